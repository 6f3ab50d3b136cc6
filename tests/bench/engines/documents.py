"""The passages of a shelf as documents for other engines, one JSON object a line."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from app.corpus.located_words import LocatedWords
from app.corpus.passages import split
from app.corpus.shelf import Shelf
from tests.bench.engines.engine import Document


def documents(shelf: Shelf) -> Iterator[Document]:
    for book, text in shelf.books:
        of_text = LocatedWords(text)
        for number, section in enumerate(book.sections):
            for passage in split(text, of_text, number, section, book.form):
                yield Document(book.id, book.author or "", text[passage.start : passage.end])


def lines(shelf: Shelf) -> str:
    return "".join(f"{json.dumps(asdict(document))}\n" for document in documents(shelf))
