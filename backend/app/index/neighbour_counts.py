"""Counts what stands beside the commonest words of a segment, as `neighbours.py` reads it."""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from typing import NamedTuple, Self

import orjson

from app.index.neighbours import COUNTED_WORDS, LEAST, OFFSETS, REACH, commonest, member
from app.index.prepared_file import PreparedFile
from app.index.vocabulary import Vocabulary


class CountedWords(NamedTuple):
    """The words that are counted one by one, the commonest first: a character for each, whose code is its place, and
    one for all others. `forms` are those of the commonest keys, each as the characters of its forms."""

    characters: dict[str, str]
    other: str
    forms: dict[str, str]

    @classmethod
    def of(cls, vocabulary: Vocabulary, counts: Mapping[str, int]) -> Self:
        """Of a segment, in which words occur so often: all but rare ones. The forms of the keys must be found."""
        forms = {key: [form for form in vocabulary.forms(key) if form in counts] for key in commonest(vocabulary)}
        found = {word for own in forms.values() for word in own}
        counted = sorted(word for word, count in counts.items() if count >= LEAST or word in found)
        characters = {word: chr(i) for i, word in enumerate(sorted(counted, key=counts.__getitem__, reverse=True))}
        of_keys = {key: "".join(map(characters.__getitem__, own)) for key, own in forms.items()}
        return cls(characters, chr(len(characters)), of_keys)


def members(books: Sequence[PreparedFile], words: CountedWords) -> dict[str, bytes]:
    """What a segment's archive has, compressed: the neighbours of each key in its books."""
    around: dict[str, list[str]] = {key: [] for key in words.forms}
    for book in books:
        text = _with_borders(book, words)
        for key, windows in around.items():
            found = re.finditer(f"[{re.escape(words.forms[key])}]", text) if words.forms[key] else ()
            windows.append("".join([text[one.start() - REACH : one.end() + REACH] for one in found]))
    columns = {
        member(key): b"".join(column.tobytes() for column in _columns("".join(windows), ord(words.other)))
        for key, windows in around.items()
    }
    return columns | {COUNTED_WORDS: orjson.dumps([*words.characters])}


def _with_borders(book: PreparedFile, words: CountedWords) -> str:
    """The characters of the book's words. Borders around each section keep windows from reaching across."""
    characters = [words.characters.get(word, words.other) for word in book.words]
    text = "".join(map(characters.__getitem__, book.tokens))
    sections = (sum(passage.words for passage in same) for _, same in groupby(book.passages, attrgetter("section")))
    parts = (text[start:end] for start, end in pairwise(accumulate(sections, initial=0)))
    return (chr(ord(words.other) + 1) * REACH).join(["", *parts, ""])


def _columns(windows: str, other: int) -> Iterator["array[int]"]:
    """How often each character stands at each offset."""
    for offset in OFFSETS:
        column = array("I", bytes(4 * (other + 1)))
        for character, count in Counter(windows[REACH + offset :: 2 * REACH + 1]).items():
            if ord(character) <= other:
                column[ord(character)] = count
        yield column
