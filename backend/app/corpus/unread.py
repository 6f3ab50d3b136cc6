"""Books that are found and still to be read."""

from dataclasses import dataclass
from typing import Protocol

from app.corpus.catalog import Entry
from app.corpus.model import Source


class Unread(Protocol):
    """A book that is still to be read: a small value, so that another process can be told to."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str:
        """What a person knows it by."""

    @property
    def size(self) -> int:
        """About how many bytes there are to read, without reading them."""

    def content(self) -> bytes:
        """All that decides what is read. Raises Rejected."""

    def read(self) -> tuple[Source, Entry]:
        """The text with its catalogue entry. Raises Rejected, with the reason."""


@dataclass(frozen=True, slots=True)
class InMemory:
    """A book that has been read before."""

    source: Source
    entry: Entry

    @property
    def id(self) -> str:
        return self.source.id

    @property
    def name(self) -> str:
        return self.source.id

    @property
    def size(self) -> int:
        return len(self.source.raw)

    def content(self) -> bytes:
        return f"{self.entry!r}\0{self.source.raw}".encode("utf-8", "surrogatepass")

    def read(self) -> tuple[Source, Entry]:
        return self.source, self.entry
