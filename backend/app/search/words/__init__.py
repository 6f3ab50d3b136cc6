"""How words are used: in context, next to other words, and in each book."""

from app.search.words.collocation import CollocatesRequest, collocates
from app.search.words.comparison import MAX_TERMS, CompareRequest, CompareSort, compare, one_term
from app.search.words.concordance import AllLines, ConcordanceRequest, all_lines, concordance_page
from app.search.words.cooccurrence import MOST_WORDS
from app.search.words.keywords import WordListRequest, WordSort, whole_word_list, word_list
from app.search.words.line_sort import MOST_LEVELS, LineSort

__all__ = [
    "MAX_TERMS",
    "MOST_LEVELS",
    "MOST_WORDS",
    "AllLines",
    "CollocatesRequest",
    "CompareRequest",
    "CompareSort",
    "ConcordanceRequest",
    "LineSort",
    "WordListRequest",
    "WordSort",
    "all_lines",
    "collocates",
    "compare",
    "concordance_page",
    "one_term",
    "whole_word_list",
    "word_list",
]
