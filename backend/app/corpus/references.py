"""Resolves references to places in books, as people cite them: "Emma, Volume II, Chapter 3", "Hamlet III.i.56", "Gen
1:1-2:3"."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.corpus.alternative_names import VOLUMES
from app.corpus.citations import cite_ranges
from app.corpus.locators import Number, numbers
from app.corpus.model import Book, Form, Section
from app.corpus.numbering import Numbering, numbering
from app.corpus.points import Point, Range, ranges
from app.corpus.reference_names import SIGNALS, Names
from app.corpus.scopes import Scope
from app.corpus.structure.numerals import from_words
from app.corpus.tokens import MOST, Token, tokens

MOST_CHARACTERS = 200
# Editions, which may stand after a verse: "John 3:16 KJV".
_EDITIONS = frozenset(("kjv", "av"))

SectionText = Callable[[Book, Section], str]


@dataclass(frozen=True, slots=True)
class Piece:
    """[start, end) of a book's text, inside `section`: its units from `first` through `last`; 0 is all of it."""

    section: Section
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """What a reference names: pieces of a book, in order. `reference` is its usual form.

    Not `exact` if the reference names a unit that does not exist, and this is the nearest. `others` are places of the
    same name.
    """

    book: Book
    reference: str
    pieces: tuple[Piece, ...]
    exact: bool = True
    others: tuple["Place", ...] = ()

    @property
    def section(self) -> Section:
        return self.pieces[0].section

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    @property
    def units(self) -> str:
        """The numbers of its lines or verses in the section where the place starts."""
        return self.units_in(self.section)

    @property
    def further(self) -> list[Section]:
        """The other sections that the place extends over, in order."""
        sections = {piece.section.id: piece.section for piece in self.pieces}
        return [section for section in sections.values() if section is not self.section]

    def units_in(self, section: Section) -> str:
        """The numbers of its lines or verses in a section, as in an address: "1-7,15"; empty for the whole section."""
        ranges = [(piece.first, piece.last) for piece in self.pieces if piece.first and piece.section is section]
        return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def resolve(text: str, names: Names, section_text: SectionText) -> Place | None:
    """The place that a reference names. None if it names none in these books, or a whole book.

    Accepts every reference that `cite` makes, and the forms that textbooks print. `section_text` returns the text of a
    section.
    """
    if len(text) > MOST_CHARACTERS:
        return None
    typed = tokens(text)
    if len(typed) > MOST:
        return None
    if typed and typed[-1].text in _EDITIONS:
        typed = typed[:-1]
    if typed and typed[0].text in SIGNALS:
        typed = typed[2:] if typed[1:2] == [Token(".")] else typed[1:]
    finder = _Finder(names, section_text)
    return finder.find(_turned(typed)) or finder.find(typed)


def _turned(typed: list[Token]) -> list[Token]:
    """Turns "Chapter 42 of Moby-Dick" into "Moby-Dick chapter 42"; empty if the tokens have another form."""
    of = next((i for i, token in enumerate(typed) if token.text == "of"), 0)
    return typed[of + 1 :] + typed[:of] if of and numbers(typed[:of]) else []


@dataclass(frozen=True, slots=True)
class _Finder:
    names: Names
    section_text: SectionText
    known: dict[tuple[str, str], Numbering] = field(default_factory=dict)

    def find(self, typed: list[Token]) -> Place | None:
        nearest: Place | None = None
        for scopes, rest in self.names.readings(typed):
            place = self._read(scopes, rest)
            if place and place.exact:
                return place
            nearest = nearest or place
        return nearest

    def _read(self, scopes: Sequence[Scope], rest: list[Token]) -> Place | None:
        """The place that the tokens after a name lead to, from the scopes of the name."""
        counted = numbers(rest, scripture=scopes[0].book.form is Form.SCRIPTURE)
        # A title may consist of numbers: "Eighteen Sixty-One".
        if counted is None or any(from_words(token.text) for token in rest):
            place = self._read_inside(scopes, rest)
            if place or counted is None:
                return place
        if len(scopes) > 1 and scopes[0].depth == 0:
            return None
        places = [place for scope in scopes if (place := self._place(scope, counted))]
        fitting = [place for place in places if place.exact] or places[:1]
        if not fitting:
            return None
        first, *others = fitting
        return Place(first.book, first.reference, first.pieces, first.exact, tuple(others))

    def _read_inside(self, scopes: Sequence[Scope], rest: list[Token]) -> Place | None:
        """The place of a name inside the scopes, perhaps after numbers: "Leaves of Grass, Book 3, Song of Myself,
        6"."""
        for inner, after in self.names.inside(scopes, rest):
            if place := self._read(inner, after):
                return place
        for size in range(1, len(rest)):
            counted = numbers(rest[:size])
            if counted and not rest[size].is_punctuation:
                points = [self._ranges(scope, counted)[0].first for scope in scopes]
                outer = [point.scope for point in points if point.exact]
                for inner, after in self.names.inside(outer, rest[size:]):
                    if place := self._read(inner, after):
                        return place
        return None

    def _place(self, scope: Scope, counted: Sequence[Number]) -> Place | None:
        ranges = self._ranges(scope, counted)
        if any(stretch.first.scope.depth == 0 for stretch in ranges):
            return None
        pieces = tuple(piece for stretch in ranges for piece in self._pieces(stretch))
        exact = all(stretch.first.exact and stretch.last.exact for stretch in ranges)
        return Place(scope.book, cite_ranges(ranges), pieces, exact)

    def _ranges(self, scope: Scope, counted: Sequence[Number]) -> list[Range]:
        if not counted:
            return [Range(Point((scope,)), Point((scope,)))]
        return ranges(scope, _numbered_through(scope, counted), lambda section: self._numbering(scope.book, section))

    def _numbering(self, book: Book, section: Section) -> Numbering:
        key = (book.id, section.id)
        if key not in self.known:
            self.known[key] = numbering(section, self.section_text(book, section))
        return self.known[key]

    def _pieces(self, stretch: Range) -> Iterator[Piece]:
        book, first, last = stretch.first.scope.book, stretch.first, stretch.last
        for section in book.sections[first.scope.first : last.scope.last]:
            opens, closes = section is first.scope.leaf, section is last.scope.leaf
            there = self._numbering(book, section) if (opens and first.unit) or (closes and last.unit) else None
            if there:
                low = first.unit if first.unit and opens else there.numbers[0]
                high = last.unit if last.unit and closes else there.numbers[-1]
                yield Piece(section, low, high, *there.stretch(low, high))
            else:
                yield Piece(section, 0, 0, section.start, section.end)


def _numbered_through(scope: Scope, counted: Sequence[Number]) -> Sequence[Number]:
    """The numbers, with "volume 2, chapter 11" as the chapter that it is in a text without volumes."""
    lengths = VOLUMES.get(scope.book.id, ()) if scope.depth == 0 else ()
    if not lengths or len(counted) < 2 or not 1 <= counted[0].value <= len(lengths):
        return counted
    volume, chapter, *rest = counted
    is_inside = chapter.joint in " ." or (volume.label == "volume" and chapter.joint == ",")
    if not is_inside or volume.label not in (None, "volume") or chapter.value > lengths[volume.value - 1]:
        return counted
    return [replace(chapter, value=sum(lengths[: volume.value - 1]) + chapter.value, joint=volume.joint), *rest]
