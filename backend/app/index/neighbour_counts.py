"""Counts what stands beside the commonest words, as `neighbours.py` reads it."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple
from zlib import compress

from app.index.neighbours import NEIGHBOURS_DIR, OFFSETS, REACH, commonest, counted_words
from app.index.prepared import Prepared
from app.index.vocabulary import Vocabulary


class Text(NamedTuple):
    """A book whose neighbours are counted: its tokens, the place among the counted words of each of its words, and the
    number of tokens in each section."""

    tokens: "array[int]"
    places: "array[int]"
    sections: list[int]


def texts(books: Iterable[Prepared], vocabulary: Vocabulary) -> tuple[list[Text], list[list[int]], int]:
    """What `tables` takes of these books."""
    words = counted_words(vocabulary)
    places = {word: place for place, word in enumerate(words)}
    forms = [[places[form] for form in vocabulary.forms(key)] for key in commonest(vocabulary)]
    return [_text(book, places) for book in books], forms, len(words)


def tables(books: Iterable[Text], keys: Sequence[Sequence[int]], rare: int) -> list[bytes]:
    """The file of each of the commonest keys, given by the places of their forms; `rare` is that of rare words."""
    counted = [[Counter[int]() for _ in OFFSETS] for _ in keys]
    for book in books:
        around = [list[int]() for _ in keys]
        around_word = {form: own for forms, own in zip(keys, around, strict=True) for form in forms}
        text = _with_borders(book, rare + 1)
        for place, word in enumerate(text):
            if word in around_word:
                around_word[word] += text[place - REACH : place + REACH + 1]
        for columns, own in zip(counted, around, strict=True):
            for offset, column in zip(OFFSETS, columns, strict=True):
                column.update(own[REACH + offset :: 2 * REACH + 1])
    return [compress(b"".join(_column(column, rare) for column in columns)) for columns in counted]


def save(directory: Path, tables: Iterable[bytes]) -> None:
    """Write a file for each key."""
    folder = directory / NEIGHBOURS_DIR
    folder.mkdir()
    for name, table in enumerate(tables):
        (folder / str(name)).write_bytes(table)


def _column(counted: Counter[int], other: int) -> bytes:
    """By place of the word, with the rare ones last."""
    column = array("I", bytes(4 * (other + 1)))
    for word, count in counted.items():
        if word <= other:
            column[word] = count
    return column.tobytes()


def _text(book: Prepared, places: Mapping[str, int]) -> Text:
    rare = len(places)
    sections = groupby(book.passages, attrgetter("section"))
    return Text(
        book.tokens,
        array("I", [places.get(word, rare) for word in book.words]),
        [sum(passage.words for passage in passages) for _, passages in sections],
    )


def _with_borders(book: Text, border: int) -> list[int]:
    """The places of its words, with borders around each section, which no window reaches across."""
    tokens = list(map(book.places.tolist().__getitem__, book.tokens))
    borders = [border] * REACH
    text = borders[:]
    for start, end in pairwise(accumulate(book.sections, initial=0)):
        text += tokens[start:end]
        text += borders
    return text
