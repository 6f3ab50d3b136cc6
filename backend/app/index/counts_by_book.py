"""How often each book has a word, or two frequent words side by side."""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate

from app.index.archive import as_numbers, narrowest
from app.index.segment import Segment
from app.index.strings import Strings, members

WORDS, PAIRS = "words", "pairs"


def counted(name: str, books: Iterable[Mapping[str, int]]) -> dict[str, bytes]:
    """The members of a segment's archive with the count of each string in each of its books."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for book, counts in enumerate(books):
        for key, count in counts.items():
            having[key] += book, count
    ordered = sorted(having)
    starts = array("I", accumulate((len(having[key]) // 2 for key in ordered), initial=0))
    own = array("H", (book for key in ordered for book in having[key][::2]))
    occurrences = [count for key in ordered for count in having[key][1::2]]
    numbers = {"starts": starts, "books": own, "counts": array(narrowest(max(occurrences, default=0)), occurrences)}
    return members(name, ordered) | {f"{name}-{which}.bin": column.tobytes() for which, column in numbers.items()}


class CountsByBook:
    """The counts that all segments have under this name. In each, the books and counts of the string i are the entries
    from starts[i] to starts[i + 1]."""

    def __init__(self, segments: Iterable[Segment], name: str) -> None:
        self._segments = [_Counts(segment, name) for segment in segments]
        self._firsts = [segment.first for segment in self._segments]

    def of(self, wanted: str) -> list[tuple[int, int]]:
        """(ordinal of the book, occurrences) for each book that has the string."""
        return [count for segment in self._segments for count in segment.of(wanted)]

    def within(self, wanted: str, books: Collection[int]) -> int:
        """The occurrences of the string in these books."""
        own = {bisect_right(self._firsts, book) - 1 for book in books}
        return sum(count for i in own for book, count in self._segments[i].of(wanted) if book in books)

    def of_book(self, book: int) -> Iterator[tuple[str, int]]:
        """The strings that a book has, in alphabetical order, with their occurrences there."""
        return self._segments[bisect_right(self._firsts, book) - 1].of_book(book)


class _Counts:
    def __init__(self, segment: Segment, name: str) -> None:
        self.first = segment.first_book
        self._strings = Strings(segment.archive, name)
        self._starts = segment.archive.numbers(f"{name}-starts.bin")
        self._books = segment.archive.numbers(f"{name}-books.bin", "H")
        self._counts = as_numbers(segment.archive.content(f"{name}-counts.bin"), len(self._books))

    def of(self, wanted: str) -> list[tuple[int, int]]:
        position = self._strings.find(wanted)
        if position is None:
            return []
        a, b = self._starts[position], self._starts[position + 1]
        return [(self.first + book, count) for book, count in zip(self._books[a:b], self._counts[a:b], strict=True)]

    def of_book(self, book: int) -> Iterator[tuple[str, int]]:
        own = book - self.first
        positions = (i for i, other in enumerate(self._books) if other == own)
        return ((self._strings[bisect_right(self._starts, i) - 1], self._counts[i]) for i in positions)
