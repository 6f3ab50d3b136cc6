"""Xapian over passages: as a phrase, else all words, else any word."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import xapian

from app.words import words
from tests.bench.engines.engine import Answer, Document, Find, Found

_BOOK = 0
"""The slot of a document's book."""


def build(documents: Iterable[Document], place: Path) -> None:
    database = xapian.WritableDatabase(str(place), xapian.DB_CREATE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    for passage in documents:
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(passage.text)
        document.add_boolean_term(_term(passage.book))
        document.add_value(_BOOK, passage.book)
        document.set_data(passage.text)
        database.add_document(document)
    database.commit()
    database.close()


def opened(place: Path) -> Find:
    database, stem = xapian.Database(str(place)), xapian.Stem("en")

    def find(q: str, books: Sequence[str], *, facets: bool) -> Answer:
        for query in _queries(q, stem):
            spy = xapian.ValueCountMatchSpy(_BOOK)
            matches = _matches(database, _within(query, books), None if books or not facets else spy)
            if matches.size():
                if books and facets:
                    _matches(database, query, spy)
                counts = {str(item.term, "utf-8"): item.termfreq for item in spy.values()} if facets else {}
                return Answer([_found(matches, match.document, stem) for match in matches], counts)
        return Answer([])

    return find


def _queries(q: str, stem: xapian.Stem) -> list[xapian.Query]:
    exact = words(q)
    phrase = xapian.Query(xapian.Query.OP_PHRASE, exact)
    stems = [f"Z{str(stem(word), 'utf-8')}" for word in exact]
    operators = () if q.startswith('"') else (xapian.Query.OP_AND, xapian.Query.OP_OR)
    return [phrase, *(xapian.Query(operator, stems) for operator in operators)]


def _within(query: xapian.Query, books: Sequence[str]) -> xapian.Query:
    chosen = xapian.Query(xapian.Query.OP_OR, [_term(book) for book in books])
    return xapian.Query(xapian.Query.OP_FILTER, query, chosen) if books else query


def _matches(database: xapian.Database, query: xapian.Query, spy: xapian.MatchSpy | None) -> xapian.MSet:
    enquire = xapian.Enquire(database)
    enquire.set_query(query)
    if spy is None:
        return enquire.get_mset(0, 10)
    enquire.add_matchspy(spy)
    # A spy sees what is looked at: here all.
    return enquire.get_mset(0, 10, database.get_doccount())


def _found(matches: xapian.MSet, document: xapian.Document, stem: xapian.Stem) -> Found:
    text = str(document.get_data(), "utf-8")
    whole = len(document.get_data())
    marked = matches.snippet(text, whole, stem, xapian.MSet.SNIPPET_EXHAUSTIVE, "<mark>", "</mark>", "")
    return Found(str(document.get_value(_BOOK), "utf-8"), text, str(marked, "utf-8"))


def _term(book: str) -> str:
    return f"XBOOK:{book}"
