"""Scopes: the parts of a book that a reference can name, such as the book, a volume, an act, a poem, a chapter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from app.corpus.model import Book, Form, Section

# A numbered heading with its title: "Book 21. Drum-Taps", "Chapter 3", "6".
_COUNTED = re.compile(
    r"(?:(?P<kind>Volume|Book|Part|Chapter|Act|Scene|Canto) (?:\d+|[IVXLC]+)|\d+)(?:\. (?P<title>.+))?"
)

# Where a subtitle starts: "The Barring Out; or, Party Spirit", "How Solemn As One by One [Washington City, 1865]".
_SUBTITLE = re.compile(r"; | \[")
# The number that tells the second "Thought" of a book from the first.
_AGAIN = re.compile(r" \(\d+\)$")


@dataclass(frozen=True, slots=True)
class Scope:
    """The sections of a book from `first` to `last`, which is not included. The first `depth` components of their ids
    are the same. Both are indexes into the book's sections."""

    book: Book = field(repr=False)
    first: int
    last: int
    depth: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scope) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[str, int, int, int]:
        """The book is compared by its id: comparing its sections is slow, and thousands of books may have as many."""
        return self.book.id, self.first, self.last, self.depth

    @classmethod
    def of_book(cls, book: Book) -> "Scope":
        return cls(book, 0, len(book.sections))

    @property
    def sections(self) -> Sequence[Section]:
        return self.book.sections[self.first : self.last]

    @property
    def start(self) -> int:
        return self.book.sections[self.first].start

    @property
    def end(self) -> int:
        return self.book.sections[self.last - 1].end

    @property
    def leaf(self) -> Section | None:
        """Its section, if it has only one."""
        return self.book.sections[self.first] if self.last - self.first == 1 else None

    @property
    def parts(self) -> "list[Scope]":
        """The scopes that it is divided into; none for a section."""
        if self.leaf and len(_components(self.leaf)) <= self.depth:
            return []
        groups = (list(group) for _, group in groupby(range(self.first, self.last), self._component))
        return [Scope(self.book, group[0], group[-1] + 1, self.depth + 1) for group in groups]

    def _component(self, section: int) -> str | None:
        components = _components(self.book.sections[section])
        return components[self.depth] if self.depth < len(components) else None

    @property
    def leaves(self) -> "list[Scope]":
        """A scope for each of its sections."""
        return [
            Scope(self.book, i, i + 1, len(_components(section))) for i, section in enumerate(self.sections, self.first)
        ]

    @property
    def number(self) -> int | None:
        """The number in its heading or id, among its neighbours."""
        components = _components(self.sections[0])
        last = components[self.depth - 1] if self.depth <= len(components) else ""
        return int(last) if last.isdecimal() else None

    @property
    def kind(self) -> str | None:
        """What it is called with its number, in lower case, such as "act"; None for a poem."""
        if self.book.form is Form.SCRIPTURE:
            return "chapter"
        match = _COUNTED.fullmatch(self.reference.rpartition(", ")[2])
        return match["kind"].lower() if match and match["kind"] else None

    @property
    def reference(self) -> str:
        """How it is cited."""
        if self.leaf and len(_components(self.leaf)) <= self.depth:
            return self.leaf.reference
        if self.depth == 0:
            return self.book.title
        opening = self.sections[0]
        if self.book.form is Form.SCRIPTURE:
            return opening.part or self.book.title
        if self.depth == 1 and opening.part:
            before, label, _ = opening.reference.partition(f", {_label(opening.part)}")
            return before + label
        references = [section.reference for section in self.sections]
        common = shared(references)
        return common if common in references else common.rpartition(", ")[0]

    def below(self, other: "Scope") -> bool:
        """Whether it is a part of the other scope, directly or not."""
        inside = self.book is other.book and other.first <= self.first and self.last <= other.last
        return inside and self.depth > other.depth


def shared(references: Sequence[str]) -> str:
    """The beginning that all references share."""
    together = takewhile(lambda letters: len(set(letters)) == 1, zip(*references, strict=False))
    return "".join(letters[0] for letters in together)


def named(book: Book) -> Iterator[tuple[str, Scope]]:
    """The parts of a book that have names, not only numbers: poems, stories, titles of chapters and divisions."""
    for part in Scope.of_book(book).parts:
        yield from _named(part)


def _named(scope: Scope) -> Iterator[tuple[str, Scope]]:
    name = _name(scope)
    if name:
        yield name, scope
        if (short := _SUBTITLE.split(name)[0]) != name:
            yield short, scope
        if again := _AGAIN.search(scope.reference):
            yield name + again[0], scope
    for part in scope.parts:
        yield from _named(part)


def _name(scope: Scope) -> str | None:
    path = _path(scope.sections[0])
    heading = path[scope.depth - 1] if scope.depth <= len(path) else "0"
    counted = _COUNTED.fullmatch(heading)
    return counted["title"] if counted else heading


def _path(section: Section) -> list[str]:
    """The headings that lead to a section, one for each component of its id."""
    size = len(_components(section)) - (1 if section.part else 0)
    below = section.heading.rsplit(", ", size - 1) if size > 1 else [section.heading]
    return [section.part, *below] if section.part else below


def _label(heading: str) -> str:
    """The heading without its title: "Book 21"."""
    counted = _COUNTED.fullmatch(heading)
    return heading.removesuffix(f". {counted['title']}") if counted else heading


def _components(section: Section) -> list[str]:
    return section.id.split(".")
