"""The names of books and their parts in references: titles, abbreviations, poems, titles of chapters."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import NamedTuple, Self

from app.corpus.alternative_names import BIBLE_BOOKS, POEMS, TITLES
from app.corpus.locators import FOLLOWING, numbers
from app.corpus.model import Book, Form
from app.corpus.scopes import Scope, named
from app.corpus.structure.numerals import may_be_number
from app.corpus.tokens import Token, key, tokens

# Words before the name of a book of the Bible: "the Gospel according to St. John", "the First Epistle of Paul to
# Timothy".
_OPENING_WORDS = "the book of gospel according to st saint holy epistle general letter paul to apostle prophet prophecy"
_OPENINGS = frozenset(_OPENING_WORDS.split())
SIGNALS = frozenset(("see", "cf"))
_ARTICLES = frozenset(("the", "a", "an"))
# Words before any name, with the signals of citations.
_BEFORE = _OPENINGS | _ARTICLES | SIGNALS
_SILENT = _ARTICLES | {"of", "and", "or"}
_LEAST_BEGINNING = 2
_FEWEST_LETTERS = 4
_MOST_TOKENS = 25  # of a name

Words = Sequence[str]
Named = tuple[Sequence[Scope], list[Token]]
"""The scopes that a name stands for, and the tokens after the name."""


Table = Mapping[str, Sequence[Scope]]
"""By the key of a name what it stands for."""


class Tables(NamedTuple):
    """The names of books, of their parts, and of their authors; and the names of books word by word, with spaces."""

    books: Table
    parts: Table
    authors: Table
    words: Table

    @classmethod
    def of(cls, books: Sequence[Book]) -> Self:
        whole = list(_books(books))
        words: defaultdict[str, dict[Scope, None]] = defaultdict(dict)
        for name, scope in whole:
            words[" ".join(_words(tokens(name)))][scope] = None
        in_words = {name: tuple(scopes) for name, scopes in words.items() if name}
        return cls(_table(whole), _table(_parts(books)), _table(_authors(books)), in_words)


class Names:
    """The names of a shelf of books. Safe to use from several threads."""

    def __init__(self, tables: Tables) -> None:
        self._books, self._parts, self._authors, self._words = tables

    def may_say(self, typed: Sequence[str]) -> bool:
        """Whether a text with these `letters`, which may not be empty, can begin with a name. This takes a fraction of
        the time of reading it, and most queries name nothing."""
        if typed[0] in _BEFORE or any(map(may_be_number, typed)):
            return True
        beginnings = list(accumulate(typed))
        return not all(table.keys().isdisjoint(beginnings) for table in (self._books, self._parts, self._authors))

    def works(self, typed: list[Token]) -> list[Book]:
        """The book whose whole name the tokens are, or the books by the author whose name they are."""
        bare = typed[1:] if typed and typed[0].text in _ARTICLES else typed
        scopes = (*self._books.get(name := key(bare), ()), *self._authors.get(name, ()))
        return [scope.book for scope in scopes if scope.last - scope.first == len(scope.book.sections)]

    def readings(self, typed: list[Token]) -> Iterator[Named]:
        """The ways to read the first tokens as a name, the likeliest first. No name ends inside a word."""
        for variant in _variants(typed):
            yield from self._longest(variant, lambda name: self._books.get(name) or self._parts.get(name))
        for author, rest in self._longest(typed, self._authors.get):
            yield from self.inside(author, rest)
        if guessed := self._beginning(typed):
            yield guessed

    def inside(self, outer: Sequence[Scope], typed: list[Token]) -> Iterator[Named]:
        """The ways to read the first tokens as a name of something inside one of these scopes."""
        opening = next((i for i, token in enumerate(typed) if not token.is_punctuation), len(typed))
        for table in (self._parts, self._books):
            for scopes, rest in self._longest(typed[opening:], table.get):
                if within := tuple(scope for scope in scopes if any(scope.below(other) for other in outer)):
                    yield within, rest

    @staticmethod
    def _longest(typed: list[Token], table: Callable[[str], Sequence[Scope] | None]) -> Iterator[Named]:
        keys = list(accumulate("" if token.is_punctuation else token.text for token in typed[:_MOST_TOKENS]))
        for size in range(len(keys), 0, -1):
            if not typed[size - 1].is_punctuation and (scopes := table(keys[size - 1])):
                yield scopes, typed[size:]

    def _beginning(self, typed: list[Token]) -> Named | None:
        """What the words before the numbers abbreviate: "par lost", "thursday". None if that is not one book."""
        if not typed or (typed[-1].value is None and typed[-1].is_word and typed[-1].text not in FOLLOWING):
            return None  # nearly every query ends here
        size = next((i for i in range(1, len(typed)) if numbers(typed[i:])), None)
        words = size and _words(typed[:size])
        if not size or not words:
            return None
        for fits in (_begins, _is_inside):
            scopes = {scope for name in self._words if fits(words, name.split()) for scope in self._words[name]}
            if scopes:
                return (tuple(scopes), typed[size:]) if len(scopes) == 1 else None
        return None


def _variants(typed: list[Token]) -> Iterator[list[Token]]:
    """The tokens with "I Sa" read as "1 Sa", so that it is not Isaiah; as they are; and without words that may stand
    before the name of a book of the Bible."""
    number = [Token(str(typed[0].value), typed[0].value)] if typed and typed[0].value in (1, 2, 3) else []
    rest = typed[1:] if number else typed
    if number and not typed[0].text.isdecimal():
        yield number + rest
    yield typed
    opening = next((i for i, token in enumerate(rest) if token.text not in _OPENINGS and token.text != "."), 0)
    if opening:
        inner = rest[opening:]
        yield from _variants(inner) if not number else [number + inner]


def _books(books: Iterable[Book]) -> Iterator[tuple[str, Scope]]:
    for book in books:
        whole = Scope.of_book(book)
        for name in (book.title, book.id.replace("_", "-"), _short(book), *TITLES.get(book.id, ())):
            yield name, whole
        if book.form is Form.SCRIPTURE:
            for name, scope in named(book):
                yield name, scope
                for other in BIBLE_BOOKS.get(name, ()):
                    yield other, scope


def _parts(books: Iterable[Book]) -> Iterator[tuple[str, Scope]]:
    for book in books:
        if book.form is not Form.SCRIPTURE:
            for name, scope in named(book):
                yield name, scope
                for other in POEMS.get(name, ()):
                    yield other, scope


def _authors(books: Iterable[Book]) -> Iterator[tuple[str, Scope]]:
    for book in books:
        if book.author:
            works = Scope(book, 0, len(book.sections), -1)  # a level above the book
            yield book.author, works
            yield book.author.split()[-1], works


def _short(book: Book) -> str:
    """The title of the book that references use."""
    return book.sections[0].reference.partition(",")[0] if book.form is not Form.SCRIPTURE else book.title


def _table(names: Iterable[tuple[str, Scope]]) -> dict[str, tuple[Scope, ...]]:
    table: defaultdict[str, dict[Scope, None]] = defaultdict(dict)
    for name, scope in names:
        called = tokens(name)
        table[key(called)][scope] = None
        if called and called[0].text in _ARTICLES and scope.depth == 0:
            table[key(called[1:])][scope] = None
    return {name: tuple(scopes) for name, scopes in table.items() if name}


def _words(sequence: Iterable[Token]) -> Words:
    return tuple(token.text for token in sequence if not token.is_punctuation and token.text not in _SILENT)


def _begins(words: Words, name: Words) -> bool:
    """Whether each word begins a word of the name, in order and from the first one on."""
    if min(map(len, words)) < _LEAST_BEGINNING or not name[0].startswith(words[0]):
        return False
    rest = iter(name)
    return all(any(known.startswith(word) for known in rest) for word in words)


def _is_inside(words: Words, name: Words) -> bool:
    """The same, from a later word of the name on: "caesar"."""
    if len(words[0]) < _FEWEST_LETTERS:
        return False
    return any(_begins(words, name[i:]) for i in islice(range(len(name)), 1, None))
