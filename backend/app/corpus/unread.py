"""Books that have been found, but not read."""

from dataclasses import dataclass
from typing import Protocol

from app.corpus.catalog import Entry
from app.corpus.model import Source


class Unread(Protocol):
    """A book that has not been read: a small value that can be passed to another process."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str:
        """The name by which a person knows the book."""

    @property
    def size(self) -> int:
        """The approximate number of bytes to read, without reading them."""

    def content(self) -> bytes:
        """Everything that determines what is read. Raises Rejected."""

    def read(self) -> tuple[Source, Entry]:
        """The text with its catalogue entry. Raises Rejected, with the reason."""


@dataclass(frozen=True, slots=True)
class InMemory:
    """A book that is in memory already."""

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
