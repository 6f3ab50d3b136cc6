"""A book made ready for the index: its sections, its passages and their words."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from app.corpus.model import Book, Passage
from app.corpus.speeches import Range
from app.index.compounds import Pair


@dataclass(frozen=True, slots=True)
class Prepared:
    """A book with its text and its passages. `tokens` are all their words, as places in `words`, which holds each once;
    `counts` are the occurrences of those; `speakers` is where the text names who speaks, which are no words of it;
    `hyphenated` are the words that it has with a hyphen between."""

    book: Book
    text: str
    passages: list[Passage]
    words: list[str]
    counts: list[int]
    tokens: "array[int]"
    speakers: list[Range]
    hyphenated: frozenset[Pair]

    def by_passage(self) -> Iterator["array[int]"]:
        """The tokens of each passage."""
        borders = accumulate((passage.words for passage in self.passages), initial=0)
        return (self.tokens[start:end] for start, end in pairwise(borders))
