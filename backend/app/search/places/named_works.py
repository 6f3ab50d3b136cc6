"""Works that a query names: books of the shelf, by title or author, or a well-known work that the shelf does not
have."""

from app.corpus.model import Book
from app.corpus.tokens import letters, tokens
from app.index.reader import IndexReader
from app.models.places import AbsentWork, NamedBook
from app.search.places.known_works import known_work, may_be_work

# A longer text is no title. Shorter names, such as "mac" and "ham", are plays in references, but words in a query.
_MOST_CHARACTERS = 80
_FEWEST_LETTERS = 5


def may_name(index: IndexReader, query: str) -> bool:
    """Whether a query may name a work or a place. If not, nothing needs to be looked up."""
    typed = letters(query)
    return bool(typed) and (index.names.may_say(typed) or may_be_work(typed))


def named_books(index: IndexReader, query: str) -> list[NamedBook]:
    """The book whose title the query is, or the books by the author that it names."""
    if len(query) > _MOST_CHARACTERS:
        return []
    return [_named(book) for book in index.names.works(tokens(query)) if _is_meant(query, book)]


def absent_work(query: str) -> AbsentWork | None:
    """The well-known work that the query names, such as King Lear. The caller checks that the shelf does not have
    it."""
    work = known_work(query) if len(query) <= _MOST_CHARACTERS else None
    return AbsentWork(*work) if work else None


def _is_meant(query: str, book: Book) -> bool:
    return len(query.strip()) >= _FEWEST_LETTERS or query.strip().lower() == book.title.lower()


def _named(book: Book) -> NamedBook:
    return NamedBook(book.id, book.title, book.author, book.published, book.sections[0].id)
