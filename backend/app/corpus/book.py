"""A book from its raw text."""

from app.corpus.catalog import Entry, is_nltk
from app.corpus.errors import CorpusError
from app.corpus.model import Book, Source
from app.corpus.normalise import normalise
from app.corpus.structure import books, generic
from app.words import WORD


def read(source: Source, entry: Entry) -> tuple[Book, str]:
    """The book with its text. Raises CorpusError when it has no words."""
    text = normalise(source.raw)
    if not WORD.search(text):
        raise CorpusError(f"The book {source.id}.txt has no words. Put its text into the file, or remove the file.")
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
        language=entry.language,
        length=len(text),
        sections=books.sections(source.id, short, text, form) if known else generic.sections(text, short, form),
    )
    return book, books.readable(source.id, text) if known else text
