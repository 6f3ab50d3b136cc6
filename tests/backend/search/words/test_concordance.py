import pytest

from app.errors import EmptyQuery
from app.index.reader import IndexReader
from app.models.words import ConcordanceLine
from app.search.places import place
from app.search.query import parse
from app.search.request.book_filters import filters
from app.search.words import CollocatesRequest, ConcordanceRequest, LineSort, all_lines, collocates, concordance_page
from app.search.words.concordance import _whole_words
from app.search.words.occurrences import MAX_OCCURRENCES
from app.words import words
from tests.backend.search.conftest import Passages, limit


@pytest.mark.parametrize("text", ["whale", "love", '"my lord"', "loue", "don't", '"loue"', "wh?le", "whale OR shark"])
def test_every_occurrence_has_a_line(nltk_index: IndexReader, by_hand: Passages, text: str) -> None:
    (term,) = parse(text).terms
    page = concordance_page(nltk_index, ConcordanceRequest(parse(text), limit=1), limit())
    assert page.total == sum(by_hand.count(term, passage) for passage in by_hand.words)
    assert (len(page.lines), page.truncated) == (1, False)


def test_no_word_that_begins_with_a_prefix_is_left_out(nltk_index: IndexReader, by_hand: Passages) -> None:
    page = concordance_page(nltk_index, ConcordanceRequest(parse("conf*"), limit=1), limit())
    begun = sum(word.startswith("conf") for passage in by_hand.words for word in passage)
    assert (page.total, page.truncated) == (begun, False)


def test_repeated_words_have_a_line_each(small_index: IndexReader) -> None:
    lines = list(all_lines(small_index, ConcordanceRequest(parse("love")), limit()).lines)
    assert [line.match for line in lines if line.book == "orchard"] == ["Love", "loved", "love", "love", "love", "love", "loved"]  # fmt: skip # noqa: E501


def test_a_line_is_what_stands_in_the_book(nltk_index: IndexReader) -> None:
    asked = ConcordanceRequest(parse("harpoon"), width=30, limit=200)
    for line in concordance_page(nltk_index, asked, limit()).lines:
        book = nltk_index.books.ordinal(line.book)
        assert book is not None
        assert nltk_index.texts.slice(book, line.start, line.start + len(line.match)) == line.match
        before = nltk_index.texts.slice(book, line.start - 30, line.start)
        assert words(before)[-2:] == words(line.left)[-2:]
        assert max(len(line.left), len(line.right)) <= 30
        assert "\n" not in line.left + line.match + line.right


@pytest.mark.parametrize("width", [20, 37, 200])
def test_no_word_is_cut_at_the_edges(nltk_index: IndexReader, width: int) -> None:
    for line in all_lines(nltk_index, ConcordanceRequest(parse("whale"), width=width), limit()).lines:
        book = nltk_index.books.ordinal(line.book)
        assert book is not None
        around = nltk_index.texts.slice(book, max(0, line.start - 300), line.start + 300).split()
        assert set(f"{line.left}{line.match}{line.right}".split()) <= set(around)
        assert max(len(line.left), len(line.right)) <= width


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("the white whale", "the"),
        ("white whale", "white"),
        ("whitest", "white"),
        ("猫は窓の下で", "猫は"),
        ("น้ำน้ำ", "น้ำน้ำ"),
    ],
)
def test_where_no_space_shows_the_end_of_a_word_the_context_is_cut(text: str, kept: str) -> None:
    assert _whole_words(text, 5).rstrip() == kept


@pytest.mark.parametrize(
    "sort", [(LineSort.R1, LineSort.L1, LineSort.NODE), (LineSort.NODE, LineSort.L2), (LineSort.L3, LineSort.R2)]
)
def test_lines_are_sorted_by_up_to_three_levels(nltk_index: IndexReader, sort: tuple[LineSort, ...]) -> None:
    chosen = filters(nltk_index.books, ["melville-moby_dick", "bible-kjv"], [])
    lines = list(all_lines(nltk_index, ConcordanceRequest(parse("whale"), chosen, sort, 200), limit()).lines)

    def level(line: ConcordanceLine, by: LineSort) -> str:
        if by is LineSort.NODE:
            return " ".join(words(line.match))
        side = words(line.left)[::-1] if by.value[0] == "l" else words(line.right)
        place = int(by.value[1]) - 1
        return side[place] if place < len(side) else "\U0010ffff"

    keys = [tuple(level(line, by) for by in sort) for line in lines]
    assert len(set(keys)) > 100
    assert keys == sorted(keys)


def test_a_side_is_short_for_its_three_words(nltk_index: IndexReader) -> None:
    short, whole = (
        concordance_page(nltk_index, ConcordanceRequest(parse("harpoon"), sort=sort, limit=100), limit())
        for sort in ((LineSort.LEFT,), (LineSort.L1, LineSort.L2, LineSort.L3))
    )
    assert short == whole


def test_the_short_reference_of_a_line_leads_to_its_section(nltk_index: IndexReader) -> None:
    for text in ("harpoon", "covenant", "sylvan", "ophelia", "knightley"):
        for line in concordance_page(nltk_index, ConcordanceRequest(parse(text), limit=20), limit()).lines:
            named = place(nltk_index, line.short)
            assert (named.book, named.section) == (line.book, line.section), line.short
            assert len(line.short) <= len(line.reference)


def test_by_position_lines_follow_the_text(nltk_index: IndexReader) -> None:
    lines = list(all_lines(nltk_index, ConcordanceRequest(parse("whale")), limit()).lines)
    order = [(nltk_index.books.ordinal(line.book) or 0, line.start) for line in lines]
    assert order == sorted(order)
    assert len(order) == len(set(order))


@pytest.mark.parametrize("sort", [LineSort.LEFT, LineSort.RIGHT])
def test_lines_are_sorted_by_the_nearest_words_on_one_side(nltk_index: IndexReader, sort: LineSort) -> None:
    chosen = filters(nltk_index.books, ["melville-moby_dick", "bible-kjv"], [])
    lines = list(all_lines(nltk_index, ConcordanceRequest(parse("whale"), chosen, (sort,), 80), limit()).lines)
    inside = [line for line in lines if len(words(line.left)) > 3 and len(words(line.right)) > 3]
    if sort is LineSort.LEFT:
        neighbours = [words(line.left)[-1] for line in inside]
    else:
        neighbours = [words(line.right)[0] for line in inside]
    assert len(inside) > 0.9 * len(lines)
    assert neighbours == sorted(neighbours)


def test_the_names_of_who_speaks_are_no_words_beside_a_match(nltk_index: IndexReader) -> None:
    chosen = filters(nltk_index.books, ["shakespeare-hamlet"], [])
    request = ConcordanceRequest(parse("lord"), chosen, sort=(LineSort.R1,))
    book = nltk_index.books.ordinal("shakespeare-hamlet") or 0
    following = []
    for line in all_lines(nltk_index, request, limit()).lines:
        start = line.start + len(line.match)
        text = nltk_index.texts.slice(book, start, start + 300)
        following += words(nltk_index.speakers.spoken(text, book, start))[:1]
    assert len(following) > 100
    assert following == sorted(following)


@pytest.mark.parametrize("text", ["speaker:hamlet", "speaker:hamlet OR speaker:horatio"])
def test_who_speaks_alone_is_no_match_and_that_is_said(nltk_index: IndexReader, text: str) -> None:
    with pytest.raises(EmptyQuery, match="who speaks"):
        concordance_page(nltk_index, ConcordanceRequest(parse(text)), limit())
    with pytest.raises(EmptyQuery, match="who speaks"):
        collocates(nltk_index, CollocatesRequest(parse(text)), limit())


@pytest.mark.parametrize("sort", list(LineSort))
def test_pages_give_every_line_once(nltk_index: IndexReader, sort: LineSort) -> None:
    query, lines, cursor = parse("harpoon"), [], None
    while True:
        page = concordance_page(nltk_index, ConcordanceRequest(query, sort=(sort,), limit=30, cursor=cursor), limit())
        lines += page.lines
        cursor = page.next
        if cursor is None:
            break
    assert lines == list(all_lines(nltk_index, ConcordanceRequest(query, sort=(sort,)), limit()).lines)
    assert len(lines) == page.total


def test_lines_come_only_from_the_chosen_books(nltk_index: IndexReader) -> None:
    chosen = filters(nltk_index.books, ["austen-emma"], [])
    lines = list(all_lines(nltk_index, ConcordanceRequest(parse("love"), chosen), limit()).lines)
    assert {line.book for line in lines} == {"austen-emma"}


def test_more_than_can_be_listed_is_cut_and_said(nltk_index: IndexReader) -> None:
    page = concordance_page(nltk_index, ConcordanceRequest(parse("the"), limit=1), limit())
    assert page.truncated
    assert page.total <= MAX_OCCURRENCES


def test_no_other_word_is_put_in_the_place_of_one_that_the_books_do_not_have(nltk_index: IndexReader) -> None:
    answer = concordance_page(nltk_index, ConcordanceRequest(parse("holmes")), limit())
    assert (answer.query, answer.total) == ("holmes", 0)
