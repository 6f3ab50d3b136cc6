"""A book prepared for the index: its sections, its passages and their words."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

import numpy as np

from app.corpus.book import read_book
from app.corpus.catalog import Entry
from app.corpus.elisions import elisions
from app.corpus.located_words import LocatedWords
from app.corpus.model import Book, Origin, Passage, Source
from app.corpus.passages import split
from app.corpus.speeches import Range, blanked, names
from app.index import stems
from app.index.compounds import Pair, hyphenated
from app.words import breaks
from app.writing import has_unspaced


@dataclass(frozen=True, slots=True)
class Prepared:
    """A book with its text and its passages.

    `tokens` are the words of all passages, as indexes into `words`, which holds each word once; `counts` says how often
    each occurs. `keys` are their stems, empty for English, where stems depend on all books. `speakers` has the offsets
    of names of speakers and of apostrophes between words, which are no part of any word. `hyphenated` are pairs of
    words with a hyphen between. `breaks` are the indexes in `tokens` of words that are separated from the word before
    (see app.words). `origin` says where the text comes from, for a person's own books.
    """

    book: Book
    text: str
    passages: list[Passage]
    words: list[str]
    counts: "array[int]"
    tokens: "array[int]"
    speakers: list[Range]
    hyphenated: frozenset[Pair]
    breaks: "array[int]"
    keys: list[str]
    origin: Origin | None

    def runs(self) -> Iterator[list[tuple[int, int]]]:
        """For each passage, the ranges of `tokens` whose words stand side by side: one range, unless there are
        breaks."""
        borders = accumulate((passage.words for passage in self.passages), initial=0)
        for start, end in pairwise(borders):
            inside = self.breaks[bisect_right(self.breaks, start) : bisect_left(self.breaks, end)]
            yield [*pairwise([start, *inside, end])]


def prepare(source: Source, entry: Entry) -> Prepared:
    """Prepares a book. Raises Rejected if it has no words."""
    book, text = read_book(source, entry)
    speakers = sorted([*names(text, book.form), *elisions(text, book.language)])
    spoken = blanked(text, speakers) if speakers else text
    located = LocatedWords(spoken)
    sections = (split(text, located, i, section, book.form) for i, section in enumerate(book.sections))
    passages = list(chain.from_iterable(sections))
    apart = array("I")
    if has_unspaced(text):
        offsets = accumulate((passage.words for passage in passages), initial=0)
        for passage, offset in zip(passages, offsets, strict=False):
            apart.extend(offset + place for place in breaks(spoken[passage.start : passage.end]))
    counts = array("I", np.bincount(located.tokens).tolist())
    pairs = frozenset(hyphenated(spoken)) if book.is_english else frozenset[Pair]()
    keys = [] if book.is_english else stems.keys(located.words, spoken, book.language)
    return Prepared(
        book, text, passages, located.words, counts, located.tokens, speakers, pairs, apart, keys, source.origin
    )
