"""A report on the files of a shelf, for people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from app.corpus.errors import CorpusError, Rejection
from app.corpus.model import Book, Origin
from app.corpus.own_books.language import UNKNOWN

_MOST_LINES = 40
_WIDTH = 48


@dataclass(frozen=True, slots=True)
class Report:
    """The books with their origin, the files that cannot be books, and how many files are of other kinds."""

    books: Sequence[tuple[Book, Origin | None]]
    rejected: Sequence[Rejection]
    others: int

    @property
    def doubts(self) -> list[str]:
        """The texts that may be wrong, each with the reason."""
        origins = [origin for _, origin in self.books if origin]
        return [f"{origin.file} {origin.doubt}" for origin in origins if origin.doubt]

    def lines(self) -> Iterator[str]:
        """A line for each file, or for each kind of file when there are many; then doubts, and files that were left
        out."""
        read = [(book, origin) for book, origin in self.books if origin]
        if len(read) <= _MOST_LINES:
            width = min(_WIDTH, max((cell_len(origin.file) for _, origin in read), default=0))
            yield from (f"  {set_cell_size(origin.file, width)}  {_described(book, origin)}" for book, origin in read)
        else:
            kinds = Counter((book.language, origin.encoding) for book, origin in read)
            yield from (
                f"  {count:,} books, {_language(language)}, {encoding}"
                for (language, encoding), count in kinds.most_common()
            )
        yield from _listed("to look at", self.doubts)
        yield from _listed("left out", list(map(str, self.rejected)))
        if self.others:
            yield f"{_files(self.others)} of other kinds: not looked at."


def require_all(report: Report) -> None:
    """Raises CorpusError for files that cannot be books."""
    require_some(report)
    if report.rejected:
        raise CorpusError("\n".join(_listed("cannot be read", list(map(str, report.rejected)))))


def require_certain(report: Report) -> None:
    """Raises CorpusError for files that cannot be books, or that may have been read wrongly."""
    require_all(report)
    if report.doubts:
        raise CorpusError("\n".join(_listed("may be wrong", report.doubts)))


def require_some(report: Report) -> None:
    """Raises CorpusError when there is no book."""
    if not report.books:
        raise CorpusError(
            "\n".join(["No file can be read as a book.", *_listed("left out", list(map(str, report.rejected)))])
        )


def _described(book: Book, origin: Origin) -> str:
    title = f"{book.title}, {book.author}" if book.author else book.title
    return f"{origin.encoding}, {_language(book.language)}: {title}"


def _language(tag: str) -> str:
    return "unknown language" if tag == UNKNOWN else tag


def _listed(what: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"{_files(len(lines))} {what}:"
        yield from (f"  {line}" for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield f"  and {len(lines) - _MOST_LINES:,} more"


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"
