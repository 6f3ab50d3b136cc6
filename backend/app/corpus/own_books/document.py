"""What is read from a file, whatever its format."""

import unicodedata
from dataclasses import dataclass, fields, replace
from typing import Self

from app.corpus.model import MarkedHeading


class Unreadable(Exception):
    """A file that is no book. The message continues a sentence that begins with the file's name, and says what to
    do."""


@dataclass(frozen=True, slots=True)
class About:
    """What a file says about itself. `language` is a BCP 47 tag, `gutenberg` a Project Gutenberg number."""

    title: str | None = None
    author: str | None = None
    language: str | None = None
    year: int | None = None
    gutenberg: int | None = None

    def or_else(self, other: Self) -> Self:
        """These values, completed with those of the other."""
        missing = {field.name: getattr(other, field.name) for field in fields(self) if not getattr(self, field.name)}
        return replace(self, **missing)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text, with the headings that its format marks as such.

    `doubt` says why the text may be wrong and what to do; it continues a sentence that begins with the file's name.
    """

    text: str
    about: About
    headings: tuple[MarkedHeading, ...] = ()
    encoding: str = "UTF-8"
    doubt: str | None = None


def one_line(text: str | None) -> str | None:
    """A title or name that can be shown: on one line, without control characters, at most 200 characters long."""
    text = unicodedata.normalize("NFC", text[:2000]) if text else ""
    shown = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return shown[:200].strip() or None
