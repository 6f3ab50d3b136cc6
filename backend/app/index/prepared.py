"""A book made ready for the index: its sections, its passages and their words."""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, count, pairwise

from app.corpus.book import read
from app.corpus.catalog import Entry
from app.corpus.elisions import elisions
from app.corpus.model import Book, Origin, Passage, Source
from app.corpus.passages import split
from app.corpus.speeches import Range, blanked, names
from app.index import stems
from app.index.compounds import Pair, hyphenated
from app.words import Words, breaks
from app.writing import is_unspaced


@dataclass(frozen=True, slots=True)
class Prepared:
    """A book with its text and its passages. `tokens` are all their words, as places in `words`, which holds each once;
    `counts` are the occurrences of those; `keys` are their keys, but none in English, where they depend on all books.

    `speakers` is where the text names who speaks, and where an apostrophe parts two words: none of it is a word.
    `hyphenated` are the words with a hyphen between; `breaks` are the places in `tokens` of words that are apart from
    the one before (see app.words); `origin` is where the text comes from, if it is a person's own."""

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

    def by_passage(self) -> Iterator[list["array[int]"]]:
        """The tokens of each passage, in runs of those that stand side by side: all in one, but for breaks."""
        borders = accumulate((passage.words for passage in self.passages), initial=0)
        for start, end in pairwise(borders):
            inside = self.breaks[bisect_right(self.breaks, start) : bisect_left(self.breaks, end)]
            yield [self.tokens[a:b] for a, b in pairwise([start, *inside, end])]


def prepare(source: Source, entry: Entry) -> Prepared:
    """Raises Rejected for a book that has no words."""
    book, text = read(source, entry)
    speakers = sorted([*names(text, book.form), *elisions(text, book.language)])
    spoken = Words(blanked(text, speakers) if speakers else text)
    places: defaultdict[str, int] = defaultdict(count().__next__)
    passages, tokens, apart = [], array("I"), array("I")
    sections = (split(text, spoken, i, section, book.form) for i, section in enumerate(book.sections))
    for passage, held in chain.from_iterable(sections):
        passages.append(passage)
        tokens.extend(map(places.__getitem__, held))
    if any(map(is_unspaced, places)):
        offsets = accumulate((passage.words for passage in passages), initial=0)
        for passage, offset in zip(passages, offsets, strict=False):
            apart.extend(offset + place for place in breaks(spoken.text[passage.start : passage.end]))
    counted = Counter(tokens)
    counts = array("I", map(counted.__getitem__, range(len(places))))
    pairs = frozenset(hyphenated(spoken.text)) if book.is_english else frozenset[Pair]()
    words = list(places)
    keys = [] if book.is_english else stems.keys(words, spoken.text, book.language)
    return Prepared(book, text, passages, words, counts, tokens, speakers, pairs, apart, keys, source.origin)
