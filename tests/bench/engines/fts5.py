"""SQLite's FTS5 over passages: as a phrase, else all words, else any word."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from app.words import words
from tests.bench.engines.engine import Answer, Document, Find, Found

_TABLE = "CREATE VIRTUAL TABLE passages USING fts5(text, book UNINDEXED, tokenize = 'porter unicode61')"
_BEST = "SELECT book, text, highlight(passages, 0, '<mark>', '</mark>') FROM passages WHERE passages MATCH ?"
_BY_BOOK = "SELECT book, count(*) FROM passages WHERE passages MATCH ? GROUP BY book"


def build(documents: Iterable[Document], place: Path) -> None:
    with closing(sqlite3.connect(place)) as database:
        database.execute(_TABLE)
        database.executemany(
            "INSERT INTO passages VALUES (?, ?)", ((document.text, document.book) for document in documents)
        )
        database.commit()


def opened(place: Path) -> Find:
    database = sqlite3.connect(place)

    def find(q: str, books: Sequence[str], *, facets: bool) -> Answer:
        quoted = [f'"{word}"' for word in words(q)]
        phrase = f'"{" ".join(words(q))}"'
        for expression in [phrase] if q.startswith('"') else [phrase, " AND ".join(quoted), " OR ".join(quoted)]:
            if best := _best(database, expression, books):
                return Answer(best, dict(database.execute(_BY_BOOK, (expression,))) if facets else {})
        return Answer([])

    return find


def _best(database: sqlite3.Connection, expression: str, books: Sequence[str]) -> list[Found]:
    only = f" AND book IN ({','.join('?' * len(books))})" if books else ""
    return [Found(*row) for row in database.execute(f"{_BEST}{only} ORDER BY rank LIMIT 10", (expression, *books))]
