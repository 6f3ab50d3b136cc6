"""GET /compare, /collocates, /books/{id}/words, /suggest: questions about words."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api.caching import cached
from app.api.csv_writer import FILES, Format, Table, file_name, table_file
from app.api.download import download
from app.api.parameters import Authors, BookId, BookIds, Cursor, FileFormat, FunctionWords, Index, Text
from app.api.problems import RESPONSES
from app.index.reader import IndexReader
from app.models.results import Suggestions
from app.models.words import Collocates, Comparison, Side, WordList
from app.search import cost
from app.search.query import MAX_LENGTH
from app.search.request import Deadline, book_ordinal, interpret
from app.search.results import suggest
from app.search.words import (
    MAX_TERMS,
    MOST_WORDS,
    CollocatesRequest,
    CompareRequest,
    CompareSort,
    WordListRequest,
    WordSort,
    collocates,
    compare,
    one_term,
    whole_word_list,
    word_list,
)

router = APIRouter(tags=["words"], responses=RESPONSES)

Terms = Annotated[
    list[str], Query(min_length=1, max_length=MAX_TERMS, description="repeat it: a word, a phrase or a prefix*")
]

_COLLOCATE_COLUMNS = (
    "query",
    "word",
    "count",
    "expected",
    "log_likelihood",
    "window",
    "side",
    "passages_read",
    "passages",
)
# A file has no pages.
_EVERY = 1_000_000
_WORD_COLUMNS = ("title", "word", "count", "per_10000", "per_10000_elsewhere", "keyness")


@router.get("/compare", response_model=Comparison)
async def get_compare(
    request: Request,
    index: Index,
    term: Terms,
    sort: CompareSort = CompareSort.YEAR,
    limit: Annotated[int, Query(ge=1, le=200, description="books")] = 100,
    cursor: Cursor = None,
) -> Response:
    """How often each term occurs in each book, in total and per 10,000 words."""
    asked = CompareRequest([one_term(text) for text in term], sort, limit, cursor)
    expected = cost.of_counting(index, [term.node for term in asked.compared])
    return await cached(request, expected, lambda deadline: compare(index, asked, deadline))


@router.get("/collocates", response_model=Collocates, responses=FILES)
async def get_collocates(
    request: Request,
    index: Index,
    q: Text,
    book: BookIds = (),
    author: Authors = (),
    window: Annotated[int, Query(ge=1, le=MOST_WORDS, description="words on a side")] = MOST_WORDS,
    side: Annotated[Side, Query(description="of the query")] = Side.BOTH,
    function_words: FunctionWords = True,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    kind: FileFormat = Format.JSON,
) -> Response:
    """Collocates: words that stand near the query more often than chance explains, by log-likelihood ratio (Dunning
    1993)."""
    query, filters, reading = interpret(index.books, q, book, author)
    asked = CollocatesRequest(query, filters, window, side, function_words, limit, reading)
    if kind is not Format.JSON:
        every = asked._replace(limit=_EVERY)
        return download(request, lambda deadline: table_file(_near(collocates(index, every, deadline)), kind))
    return await cached(
        request,
        cost.of_reading(index, asked.query),
        lambda deadline: collocates(index, asked, deadline),
    )


def _near(answer: Collocates) -> Table:
    how = (answer.window, answer.side, answer.passages_read, answer.passages)
    rows = (
        (answer.query, collocate.word, collocate.count, collocate.expected, collocate.score, *how)
        for collocate in answer.collocates
    )
    return Table(file_name("collocates", answer.query, f"{answer.window} {answer.side}"), _COLLOCATE_COLUMNS, rows)


@router.get("/books/{book}/words", response_model=WordList, responses=FILES)
async def get_words(
    request: Request,
    index: Index,
    book: BookId,
    sort: WordSort = WordSort.KEYNESS,
    function_words: FunctionWords = True,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Cursor = None,
    kind: FileFormat = Format.JSON,
) -> Response:
    """The words of a book, with how often each occurs in it and in the other books, and how surprising that is."""
    asked = WordListRequest(book_ordinal(index.books, book, "book"), sort, function_words, limit, cursor)
    if kind is Format.JSON:
        return await cached(request, cost.of_words(index), lambda deadline: word_list(index, asked, deadline))
    return download(request, lambda deadline: table_file(_table(index, asked, deadline), kind))


def _table(index: IndexReader, asked: WordListRequest, deadline: Deadline) -> Table:
    book = index.books.books[asked.book]
    rows = (
        (book.title, listed.word, listed.count, listed.rate, listed.elsewhere, listed.keyness)
        for listed in whole_word_list(index, asked, deadline)
    )
    return Table(file_name("words", book.title, asked.sort), _WORD_COLUMNS, rows)


@router.get("/suggest", response_model=Suggestions)
async def get_suggest(
    request: Request,
    index: Index,
    q: Annotated[str, Query(max_length=MAX_LENGTH, description="what is typed so far")],
    limit: Annotated[int, Query(ge=1, le=20)] = 8,
) -> Response:
    """Suggestions while typing: places, books, and words with their frequency."""
    return await cached(
        request, cost.LEAST, lambda deadline: Suggestions(suggestions=suggest(index, q, limit, deadline))
    )
