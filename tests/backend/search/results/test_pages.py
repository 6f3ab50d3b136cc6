"""Pages of results: the same order as in one list, nothing twice, nothing left out."""

from itertools import pairwise

import pytest

from app.errors import BadCursor
from app.models.results import SearchAnswer
from app.search.request import decode_cursor, encode_cursor
from app.search.request.cursor import MAX_OFFSET
from tests.backend.search.conftest import Passages, Search

SORTS = ["relevance", "rate", "year", "title"]


def walk(ask: Search, text: str, limit: int, **more: object) -> list[SearchAnswer]:
    pages = [ask(text, limit=limit, **more)]
    while pages[-1].next:
        pages.append(ask(text, limit=limit, cursor=pages[-1].next, **more))
    return pages


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("text", ["whale", '"to be"', "in the beginning god", "merry gentle wind of the night"])
def test_passages_come_page_by_page_as_in_one_list(ask: Search, text: str, sort: str) -> None:
    pages = walk(ask, text, 100, sort=sort, group="none")
    places = [(hit.book, hit.start) for page in pages for hit in page.passages]
    assert len(places) == len(set(places)) == pages[0].hits
    assert all(len(page.passages) == 100 for page in pages[:-1])
    whole = ask(text, limit=pages[0].hits, sort=sort, group="none")
    assert [(hit.book, hit.start) for hit in whole.passages] == places
    odd = [(hit.book, hit.start) for page in walk(ask, text, 77, sort=sort, group="none") for hit in page.passages]
    assert odd == places


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("text", ["love", "whale harpoon", "thou art merry and wise in the night"])
def test_books_come_page_by_page_as_in_one_list(ask: Search, text: str, sort: str) -> None:
    books = [book.id for page in walk(ask, text, 4, sort=sort) for book in page.books]
    whole = ask(text, sort=sort)
    assert books == [book.id for book in whole.books]
    assert whole.facets
    assert sorted(books) == sorted(facet.value for facet in whole.facets.books)


def test_by_relevance_the_best_score_comes_first(ask: Search) -> None:
    scores = [hit.score for hit in ask("white whale", group="none").passages]
    assert scores == sorted(scores, reverse=True)
    books = ask("white whale").books
    assert books[0].id == "melville-moby_dick"
    best = [book.passages[0].score for book in books]
    assert best == sorted(best, reverse=True)


def test_by_rate_year_and_title_the_books_are_in_that_order(ask: Search, by_hand: Passages) -> None:
    year = {book.id: book.year or 0 for book in by_hand.index.books.books}
    assert all(a.rate >= b.rate - 0.005 for a, b in pairwise(ask("love", sort="rate").books))
    assert all(year[a.id] <= year[b.id] for a, b in pairwise(ask("love", sort="year").books))
    titles = [book.title.removeprefix("The ") for book in ask("love", sort="title").books]
    assert titles == sorted(titles)


def test_a_list_sorted_by_book_has_the_best_passages_of_each_book_first(ask: Search) -> None:
    hits = ask("whale", sort="year", group="none", limit=1000).passages
    assert all(a.score >= b.score for a, b in pairwise(hits) if a.book == b.book)


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        pytest.param("moon", 3, id="which are among the best of all"),
        pytest.param("whale", 3, id="for which some books are asked one by one"),
        pytest.param("the man -*ing", 3, id="of a costly query, all fetched"),
    ],
)
def test_each_book_shows_its_best_passages(ask: Search, text: str, passages: int) -> None:
    for book in ask(text, passages=passages).books:
        alone = ask(text, book=[book.id], group="none", limit=passages).passages
        assert [hit.start for hit in book.passages] == [hit.start for hit in alone], book.id


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "ship"},
        {"sort": "year"},
        {"group": "none"},
        {"book": ["austen-emma"]},
        {"author": ["Jane Austen"]},
        {"correcting": False},
    ],
)
def test_a_cursor_belongs_to_its_query(ask: Search, changes: dict[str, object]) -> None:
    following = ask("whale", limit=2).next
    with pytest.raises(BadCursor) as raised:
        ask(**{"text": "whale", "limit": 2, "cursor": following, **changes})
    assert (raised.value.parameter, bool(raised.value.allowed)) == ("cursor", True)


def test_the_size_of_a_page_may_change_between_pages(ask: Search) -> None:
    following = ask("whale", limit=2).next
    assert [book.id for book in ask("whale", limit=3, cursor=following).books] == [
        book.id for book in ask("whale").books[2:5]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "MA",
        "💥",
        "====",
        "a" * 500,
        encode_cursor(0, "s"),
        encode_cursor(-3, "s"),
        f"!{encode_cursor(2, 's')}",
    ],
)
def test_a_text_that_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(text, "s")


def test_a_cursor_says_where_its_page_begins() -> None:
    assert decode_cursor(encode_cursor(20, "s"), "s") == 20
    with pytest.raises(BadCursor):
        decode_cursor(encode_cursor(20, "s"), "t")
    with pytest.raises(BadCursor):
        decode_cursor(encode_cursor(MAX_OFFSET + 1, "s"), "s")
