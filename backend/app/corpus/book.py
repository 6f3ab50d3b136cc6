"""Makes a book from its raw text."""

from app.corpus.catalog import Entry, is_nltk
from app.corpus.errors import Rejected
from app.corpus.model import Book, Form, Section, Source
from app.corpus.normalise import normalise
from app.corpus.own_books import language
from app.corpus.structure import books, generic, marked
from app.words import WORD


def read_book(source: Source, entry: Entry) -> tuple[Book, str]:
    """Returns the book with its text. Raises Rejected when it has no words."""
    text = normalise(source.raw)
    if not WORD.search(text):
        file = source.origin.file if source.origin else source.id
        raise Rejected(file, "has no words. Put its text there, or remove it.")
    short = entry.short or entry.title
    form = entry.form or generic.guess_form(text)
    known = is_nltk(source.id, source.raw)
    book = Book(
        id=source.id,
        title=entry.title,
        author=entry.author,
        year=entry.year,
        published=entry.published,
        gutenberg=entry.gutenberg,
        form=form,
        early_modern=entry.early_modern,
        language=entry.language or language.detect(text),
        length=len(text),
        sections=books.sections(source.id, short, text, form) if known else _sections(source, short, entry, text, form),
    )
    return book, books.readable(source.id, text) if known else text


def _sections(source: Source, short: str, entry: Entry, text: str, form: Form) -> tuple[Section, ...]:
    """The sections under the headings that the file marks, else under lines that look like headings."""
    marked_ = marked.sections(text, short, source.headings, (entry.title, entry.author), form.unit)
    return marked_ or generic.sections(text, short, form)
