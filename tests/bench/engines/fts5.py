"""SQLite's FTS5 over the same passages: as a phrase, else all words, else any word."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from app.corpus.model import Shelf
from app.corpus.passages import split
from app.words import words
from tests.bench.engines.engine import Found

_TABLE = "CREATE VIRTUAL TABLE passages USING fts5(text, book UNINDEXED, tokenize = 'porter unicode61')"


class Fts5:
    def build(self, shelf: Shelf, directory: Path) -> None:
        self._database = sqlite3.connect(directory / "fts5.sqlite")
        self._database.execute(_TABLE)
        for book, text in shelf.books:
            passages = [p for i, section in enumerate(book.sections) for p in split(text, i, section, book.form)]
            rows = [(text[passage.start : passage.end], book.id) for passage in passages]
            self._database.executemany("INSERT INTO passages VALUES (?, ?)", rows)
        self._database.commit()

    def find(self, q: str, books: Sequence[str]) -> list[Found]:
        quoted = [f'"{word}"' for word in words(q)]
        phrase = f'"{" ".join(words(q))}"'
        tries = [phrase] if q.startswith('"') else [phrase, " AND ".join(quoted), " OR ".join(quoted)]
        for expression in tries:
            if found := self._match(expression, books):
                return found
        return []

    def _match(self, expression: str, books: Sequence[str]) -> list[Found]:
        only = f"AND book IN ({','.join('?' * len(books))})" if books else ""
        query = f"SELECT book, text FROM passages WHERE passages MATCH ? {only} ORDER BY rank LIMIT 10"
        return [Found(book, text) for book, text in self._database.execute(query, (expression, *books))]
