"""Reads one file of a folder as a book; each call may run in another process."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from app.corpus import catalog
from app.corpus.catalog import Entry
from app.corpus.catalog_file import Table, amended
from app.corpus.errors import Rejected
from app.corpus.model import Origin, Source
from app.corpus.own_books import aozora, headers
from app.corpus.own_books.document import Document, Unreadable, one_line
from app.corpus.own_books.encodings import decode
from app.corpus.own_books.files import File

Format = Callable[[bytes, str | None], Document]


@dataclass(frozen=True, slots=True)
class OwnBook:
    """A file of a folder, with its entry in catalog.toml."""

    file: File
    said: Table | None = None

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def size(self) -> int:
        return self.file.bytes

    def content(self) -> bytes:
        return f"{self.file.name}\0{self.said!r}\0".encode() + _content(self.file)

    def read(self) -> tuple[Source, Entry]:
        """The text of the file, and what it says about itself, overridden by the catalogue."""
        content = _content(self.file)
        try:
            document = _format(self.file.path.suffix.lower())(content, self.said.encoding if self.said else None)
        except Unreadable as error:
            raise Rejected(self.file.name, str(error)) from error
        origin = Origin(self.file.name, document.encoding, document.doubt)
        source = Source(self.id, document.text, document.headings, origin)
        return source, amended(_entry(self.file, document), self.said)


def _content(file: File) -> bytes:
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise Rejected(file.name, f"cannot be read: {error.strerror}. Give yourself permission to read it.") from error


def _entry(file: File, document: Document) -> Entry:
    if catalog.is_nltk(file.id, document.text):
        return catalog.NLTK_BOOKS[file.id]
    about = document.about
    return Entry(
        title=about.title or _title(file.name),
        author=about.author,
        year=about.year,
        published=str(about.year) if about.year else None,
        gutenberg=about.gutenberg,
        language=about.language,
    )


def _format(suffix: str) -> Format:
    """The reader of files with this extension. Parsers are imported only when they are needed: plain text needs
    none."""
    if suffix == ".txt":
        return _plain
    if suffix == ".epub":
        from app.corpus.own_books import epub

        return epub.read
    if suffix in (".md", ".markdown"):
        from app.corpus.own_books import markdown

        return markdown.read
    from app.corpus.own_books import html

    return html.read


def _plain(content: bytes, encoding: str | None) -> Document:
    decoded = decode(content, encoding)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if aozora.is_aozora(text):
        text, about, headings = aozora.read(text)
        return Document(text, about, headings, decoded.encoding, decoded.doubt)
    return Document(text, headers.read(text), (), decoded.encoding, decoded.doubt)


def _title(name: str) -> str:
    """A title from the name of a file: "a_tale-of rain.txt" gives "A tale of rain"."""
    words = one_line(PurePath(name).stem.replace("_", " ").replace("-", " ")) or "Book"
    return words[0].upper() + words[1:]
