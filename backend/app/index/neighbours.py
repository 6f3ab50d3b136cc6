"""What stands beside the commonest words, counted when the index is built: to read all their places takes a second."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple
from zlib import compress, decompress

from app.index.prepared import Prepared
from app.index.vocabulary import Vocabulary

NEIGHBOURS_DIR = "neighbours"

REACH = 5
"""Words on a side that are counted."""

LEAST = 10
"""Words that the books have less often are not counted one by one."""

_OFFSETS = (*range(-REACH, 0), *range(1, REACH + 1))
# A key that makes up more than one word of so many is worth it: four of English. A dozen would take twice as long.
_ONE_IN = 50
# Rarer ones are soon read.
_OFTEN = 10_000


class Near(NamedTuple):
    """Occurrences of words, and of all words together, with those that are not counted one by one."""

    counts: Mapping[str, int]
    total: int


class Neighbours:
    """How often each word stands at each offset from the commonest keys. Each has a file, which is read when it is
    asked for, since few ever are."""

    def __init__(self, directory: Path, vocabulary: Vocabulary) -> None:
        keys = _commonest(vocabulary)
        self._files = {key: directory / NEIGHBOURS_DIR / str(place) for place, key in enumerate(keys)}
        self._words = _counted(vocabulary)

    def __contains__(self, key: str) -> bool:
        return key in self._files

    def near(self, key: str, left: int, right: int) -> Near:
        """What stands at most so many words left and right of the key, in its section; REACH is the most."""
        table = memoryview(decompress(self._files[key].read_bytes())).cast("I")
        rows = len(self._words) + 1
        columns = [table[start : start + rows] for start in range(0, len(table), rows)]
        chosen = [column for offset, column in zip(_OFFSETS, columns, strict=True) if -left <= offset <= right]
        *counts, others = map(sum, zip(*chosen, strict=True))
        return Near(dict(zip(self._words, counts, strict=True)), sum(counts) + others)


class Text(NamedTuple):
    """A book whose neighbours are counted: its tokens, the place among the counted words of each of its words, and the
    number of tokens in each section."""

    tokens: "array[int]"
    places: "array[int]"
    sections: list[int]


def texts(books: Iterable[Prepared], vocabulary: Vocabulary) -> tuple[list[Text], list[list[int]], int]:
    """What `tables` takes of these books."""
    words = _counted(vocabulary)
    places = {word: place for place, word in enumerate(words)}
    forms = [[places[form] for form in vocabulary.forms(key)] for key in _commonest(vocabulary)]
    return [_text(book, places) for book in books], forms, len(words)


def tables(books: Iterable[Text], keys: Sequence[Sequence[int]], rare: int) -> list[bytes]:
    """The file of each of the commonest keys, given by the places of their forms; `rare` is that of rare words."""
    counted = [[Counter[int]() for _ in _OFFSETS] for _ in keys]
    for book in books:
        around = [list[int]() for _ in keys]
        around_word = {form: own for forms, own in zip(keys, around, strict=True) for form in forms}
        text = _with_borders(book, rare + 1)
        for place, word in enumerate(text):
            if word in around_word:
                around_word[word] += text[place - REACH : place + REACH + 1]
        for columns, own in zip(counted, around, strict=True):
            for offset, column in zip(_OFFSETS, columns, strict=True):
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


def _commonest(vocabulary: Vocabulary) -> list[str]:
    limit = max(_OFTEN, vocabulary.total / _ONE_IN)
    return sorted(key for key in vocabulary.frequent if vocabulary.count_of_forms(key) > limit)


def _counted(vocabulary: Vocabulary) -> list[str]:
    """The words that are counted one by one, the commonest first: all but rare ones. The forms of the keys themselves
    must be found."""
    forms = {form for key in _commonest(vocabulary) for form in vocabulary.forms(key)}
    words = [word for word in vocabulary.words if vocabulary.count(word) >= LEAST or word in forms]
    return sorted(words, key=vocabulary.count, reverse=True)


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
