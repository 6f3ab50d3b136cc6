"""Known-item queries, asked through the API, and how often their passage comes first."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlencode

from tests.servers import Server

QUERIES = Path(__file__).with_name("queries.jsonl")


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A query of a reader who has one passage in mind: one of `book` that has the string `contains`."""

    q: str
    book: str
    contains: str
    kind: str


@dataclass(frozen=True, slots=True)
class Result:
    """How an item fared. `first` is the reference of the first passage, `rank` the place of the right one, if shown."""

    item: KnownItem
    book_first: bool
    passage_first: bool
    book_in_ten: bool
    first: str | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Parts of the queries, from 0 to 1: success@1 by book and by passage, success@10 by book."""

    queries: int
    book: float
    passage: float
    ten: float

    @classmethod
    def of(cls, results: Sequence[Result]) -> "Scores":
        count = len(results)
        return cls(
            count,
            sum(result.book_first for result in results) / count,
            sum(result.passage_first for result in results) / count,
            sum(result.book_in_ten for result in results) / count,
        )


def known_items(file: Path = QUERIES) -> list[KnownItem]:
    """The items of a file with one JSON object a line, which may say more of them. Raises OSError or ValueError."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [_item(line, number) for number, line in enumerate(lines, 1) if line]


def _item(line: str, number: int) -> KnownItem:
    try:
        row = json.loads(line)
        return KnownItem(**{field.name: row[field.name] for field in fields(KnownItem)})
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"line {number} is no JSON object with q, book, contains and kind ({error!r})") from error


def fold(text: str) -> str:
    """The text without differences of white space and case, which do not count when texts are compared."""
    return re.sub(r"\s+", " ", text).strip().casefold()


def unknown_books(server: Server, items: Iterable[KnownItem]) -> list[str]:
    """The books of the items that the shelf does not have."""
    known = {book["id"] for book in json.loads(server.get("/books"))["books"]}
    return sorted({item.book for item in items} - known)


def ask(server: Server, items: Iterable[KnownItem]) -> list[Result]:
    """Asks each query for its ten best passages."""
    results = []
    for item in items:
        body = server.get("/search?" + urlencode({"q": item.q, "group": "none", "limit": 10}))
        results.append(judge(item, json.loads(body)["passages"]))
    return results


def judge(item: KnownItem, passages: Sequence[dict[str, str]]) -> Result:
    right = [i for i, passage in enumerate(passages, 1) if _is_right(item, passage)]
    books = [passage["book"] for passage in passages]
    return Result(
        item=item,
        book_first=books[:1] == [item.book],
        passage_first=right[:1] == [1],
        book_in_ten=item.book in books,
        first=passages[0]["reference"] if passages else None,
        rank=right[0] if right else None,
    )


def _is_right(item: KnownItem, passage: dict[str, str]) -> bool:
    return passage["book"] == item.book and fold(item.contains) in fold(passage["text"])
