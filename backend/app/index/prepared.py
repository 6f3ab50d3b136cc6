"""A book as one job: its sections, its passages and their words."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, count, pairwise

from app.corpus.book import read
from app.corpus.catalog import Entry
from app.corpus.model import Book, Passage, Source
from app.corpus.passages import split


@dataclass(frozen=True, slots=True)
class Prepared:
    """A book with its text and its passages. `tokens` are all their words, as places in `words`, which holds each once;
    `counts` are the occurrences of those."""

    book: Book
    text: str
    passages: list[Passage]
    words: list[str]
    counts: list[int]
    tokens: "array[int]"

    def by_passage(self) -> Iterator["array[int]"]:
        """The tokens of each passage."""
        borders = accumulate((passage.words for passage in self.passages), initial=0)
        return (self.tokens[start:end] for start, end in pairwise(borders))


def prepare(source: Source, entry: Entry) -> Prepared:
    """Raises CorpusError for a book that has no words."""
    book, text = read(source, entry)
    places: defaultdict[str, int] = defaultdict(count().__next__)
    passages, tokens = [], array("I")
    for passage, words in chain.from_iterable(split(text, i, s, book.form) for i, s in enumerate(book.sections)):
        passages.append(passage)
        tokens.extend(map(places.__getitem__, words))
    counted = Counter(tokens)
    return Prepared(book, text, passages, list(places), [counted[place] for place in range(len(places))], tokens)
