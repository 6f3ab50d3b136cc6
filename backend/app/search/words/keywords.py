"""The words of one book, and its keywords: words that are much more frequent in it than in the other books."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from app.index.reader import IndexReader
from app.models.words import ListedWord, WordList
from app.search.function_words import is_function_word
from app.search.request import Deadline, decode_cursor, encode_cursor
from app.search.words.keyness import keyness


class WordSort(StrEnum):
    """Keywords first, or the most frequent words."""

    KEYNESS = "keyness"
    COUNT = "count"


class WordListRequest(NamedTuple):
    """`book` is an ordinal; `function_words` says whether those are listed too."""

    book: int
    sort: WordSort = WordSort.KEYNESS
    function_words: bool = True
    limit: int = 50
    cursor: str | None = None


def word_list(index: IndexReader, request: WordListRequest, deadline: Deadline) -> WordList:
    """One page of the list. Raises BadCursor."""
    book = index.books.books[request.book]
    scope = f"{index.manifest.corpus} words {book.id} {request.sort} {request.function_words}"
    offset = decode_cursor(request.cursor, scope)
    keywords = whole_word_list(index, request, deadline)
    end = offset + request.limit
    return WordList(
        book=book.id,
        title=book.title,
        words=index.books.extents[request.book].words,
        total=len(keywords),
        list=keywords[offset:end],
        next=encode_cursor(end, scope) if end < len(keywords) else None,
    )


def whole_word_list(index: IndexReader, request: WordListRequest, deadline: Deadline) -> list[ListedWord]:
    """The whole list, ignoring limit and cursor; equal words are in alphabetical order."""
    listed = list(_each(index, request, deadline))
    if request.sort is WordSort.KEYNESS:
        listed.sort(key=lambda entry: -entry.keyness)
    else:
        listed.sort(key=lambda entry: -entry.count)
    return listed


def _each(index: IndexReader, request: WordListRequest, deadline: Deadline) -> Iterator[ListedWord]:
    vocabulary = index.vocabulary
    here = index.books.extents[request.book].words
    there = index.manifest.words - here
    for word, count in deadline.each(index.word_counts.of_book(request.book)):
        if request.function_words or not is_function_word(word, vocabulary):
            others = vocabulary.count(word) - count
            yield ListedWord(
                word=word,
                count=count,
                rate=round(10_000 * count / here, 2),
                elsewhere=round(10_000 * others / max(1, there), 2),
                keyness=round(keyness(count, here, others, there), 1),
            )
