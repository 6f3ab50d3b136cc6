"""SQLite's FTS5 over the same passages: as a phrase, else all words, else any word."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from app.corpus.passages import split
from app.corpus.shelf import Shelf
from app.words import Words, words
from tests.bench.engines.engine import Find, Found

_TABLE = "CREATE VIRTUAL TABLE passages USING fts5(text, book UNINDEXED, tokenize = 'porter unicode61')"


def build(shelf: Shelf, file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute(_TABLE)
        for book, text in shelf.books:
            of_text, sections = Words(text), enumerate(book.sections)
            passages = [p for i, section in sections for p, _ in split(text, of_text, i, section, book.form)]
            rows = [(text[passage.start : passage.end], book.id) for passage in passages]
            database.executemany("INSERT INTO passages VALUES (?, ?)", rows)
        database.commit()


def opened(file: Path) -> Find:
    database = sqlite3.connect(file)

    def find(q: str, books: Sequence[str]) -> list[Found]:
        quoted = [f'"{word}"' for word in words(q)]
        phrase = f'"{" ".join(words(q))}"'
        tries = [phrase] if q.startswith('"') else [phrase, " AND ".join(quoted), " OR ".join(quoted)]
        return next((found for expression in tries if (found := _match(database, expression, books))), [])

    return find


def _match(database: sqlite3.Connection, expression: str, books: Sequence[str]) -> list[Found]:
    only = f"AND book IN ({','.join('?' * len(books))})" if books else ""
    query = f"SELECT book, text FROM passages WHERE passages MATCH ? {only} ORDER BY rank LIMIT 10"
    return [Found(book, text) for book, text in database.execute(query, (expression, *books))]
