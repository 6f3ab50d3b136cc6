"""What books are called in references: titles, parts of them, ids, and abbreviations of the books of the Bible."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from app.corpus.model import Book, Form
from app.corpus.structure.numerals import from_roman
from app.words import normal

# Those that are more than the beginning of one name, such as "phil" (Philippians or Philemon?) or "mt".
_ABBREVIATIONS = """
    gn=genesis exd=exodus lv=leviticus nm=numbers dt=deuteronomy jsh=joshua jdg=judges jgs=judges rt=ruth rth=ruth
    sm=samuel kgs=kings kin=kings chr=chronicles jb=job pss=psalms psm=psalms pr=proverbs prv=proverbs qoh=ecclesiastes
    sos=song-solomon song-songs=song-solomon canticles=song-solomon jr=jeremiah ezk=ezekiel dn=daniel jl=joel ob=obadiah
    jnh=jonah hb=habakkuk zp=zephaniah hg=haggai zec=zechariah mt=matthew mk=mark mrk=mark lk=luke jn=john jhn=john
    rm=romans phil=philippians php=philippians phlm=philemon phm=philemon tm=timothy jas=james jm=james pt=peter
    revelations=revelation apocalypse=revelation"""
_FULL = {
    tuple(short.split("-")): tuple(full.split("-"))
    for short, full in (pair.split("=") for pair in _ABBREVIATIONS.split())
}
_TOKEN = re.compile(r"\d{1,5}|[^\W\d_]+")
_SILENT_WORDS = "a an the of and or act scene sc chapter chap ch volume vol book bk part line lines verse verses canto"
_SILENT = frozenset(_SILENT_WORDS.split())
_FEWEST_LETTERS = 4

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """What a name in a reference stands for: a book, or a division of it, whose sections' ids begin with `prefix`."""

    book: Book
    prefix: str = ""


def split_reference(text: str) -> tuple[Tokens, tuple[int, ...]] | None:
    """The words of a reference and the numbers after them: "1 Cor xiii" gives ("1", "cor"), (13,).

    None when it has no words, or more words after the numbers.
    """
    tokens = _tokens(text)
    words = (*tokens[:1], *takewhile(lambda token: not token.isdecimal(), tokens[1:]))
    numbers = tokens[len(words) :]
    if not any(map(str.isalpha, words)) or not all(map(str.isdecimal, numbers)):
        return None
    return words, tuple(map(int, numbers))


@lru_cache(maxsize=1024)
def _tokens(text: str) -> Tokens:
    """The words and numbers of a name or reference, Roman figures as numbers, without words that tell nothing apart."""
    found = (token for token in _TOKEN.findall(normal(text).replace("'", "")) if token not in _SILENT)
    return tuple(str(from_roman(token) or token) for token in found)


def find_name(words: Tokens, books: Iterable[Book]) -> Name | None:
    """What the words name: by its whole name, else by its beginning, else by a later part; None if not one thing."""
    number, name = (words[:1], words[1:]) if words[0].isdecimal() else ((), words)
    words = (*number, *_FULL.get(name, name))
    names = [(_tokens(text), name) for text, name in _names(books)]
    for fits in (_is_name, _begins_name, _is_in_name):
        found = [name for tokens, name in names if fits(words, tokens)]
        if found:
            return found[0] if all(name == found[0] for name in found) else None
    return None


def _names(books: Iterable[Book]) -> Iterator[tuple[str, Name]]:
    for book in books:
        yield book.title, Name(book)
        yield book.id, Name(book)
        if book.form is Form.SCRIPTURE:
            for part, prefix in {s.part: s.id.rpartition(".")[0] for s in book.sections if s.part}.items():
                yield part, Name(book, f"{prefix}.")
        elif book.sections:
            yield book.sections[0].reference.partition(",")[0], Name(book)


def _is_name(words: Tokens, name: Tokens) -> bool:
    return words == name


def _begins_name(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each word begins a word of the name, from the first on: "par lost"."""
    return len(words[0]) + len(words) > 2 and len(words) <= len(name) and all(map(str.startswith, name, words))


def _is_in_name(words: Tokens, name: Tokens) -> bool:
    """The same from a later word of the name on: "caesar"."""
    return len(words[0]) >= _FEWEST_LETTERS and any(_begins_name(words, name[i:]) for i in range(1, len(name)))
