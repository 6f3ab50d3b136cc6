"""What the page says about a search, and what can be done with its results."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import Look
from tests.e2e.conftest import Open
from tests.e2e.server import Server


def books(page: Page) -> Locator:
    return page.get_by_role("heading", level=3).get_by_role("link")


def shown(page: Page) -> int:
    """How many passages the headline counts."""
    headline = page.get_by_role("heading", level=2, name=re.compile("passages? in"))
    expect(headline).to_be_visible()
    return int((headline.text_content() or "").split()[0].replace(",", ""))


def test_spellings_of_the_first_folio_are_searched_too_and_named(page: Page) -> None:
    page.goto("/?q=upon&book=shakespeare-hamlet")
    expect(page.get_by_role("paragraph").filter(has_text="another spelling")).to_contain_text("vpon")
    expect(page.locator("mark").filter(has_text=re.compile("^vpon$", re.IGNORECASE)).first).to_be_visible()


def test_a_mistyped_query_is_corrected_and_the_original_is_one_click_away(page: Page) -> None:
    page.goto("/?q=marraige")
    note = page.get_by_role("paragraph").filter(has_text="Showing results for")
    expect(note).to_contain_text("marriage")
    expect(page.locator("mark").first).to_have_text(re.compile("marriage", re.IGNORECASE))
    expect(page.get_by_role("combobox", name="Search the books")).to_have_value("marraige")
    note.get_by_role("link", name="Search for “marraige” instead").click()
    expect(page.get_by_role("heading", name="Nothing found for marraige")).to_be_visible()


def test_passages_with_some_of_the_words_are_said_to_be_so(page: Page) -> None:
    page.goto("/?q=whale+Desdemona+leviathan+Emma")
    expect(page.get_by_text("No passage has all you asked for.")).to_be_visible()
    expect(page.get_by_test_id("passage").first).to_be_visible()


def test_a_search_without_results_gives_advice(page: Page) -> None:
    page.goto("/?q=xqzvwk+qqqxyz&book=austen-emma")
    expect(page.get_by_role("heading", name="Nothing found for xqzvwk qqqxyz")).to_be_visible()
    expect(page.get_by_text("Use the start of a word: lov*")).to_be_visible()
    page.get_by_role("link", name="Search without filters").click()
    expect(page).to_have_url(re.compile(r"/\?q=xqzvwk\+qqqxyz$"))
    expect(page.get_by_role("button", name=re.compile("Remove filter"))).to_have_count(0)


def test_facets_filter_and_chips_take_filters_away(page: Page) -> None:
    page.goto("/?q=love")
    everything = shown(page)
    page.get_by_role("group", name="Authors").get_by_role("checkbox", name=re.compile("Jane Austen")).check()
    chip = page.get_by_role("button", name="Remove filter: Jane Austen")
    expect(chip).to_be_visible()
    expect(books(page)).to_have_text([re.compile("Emma|Persuasion|Sense and Sensibility")] * 3)
    austen = shown(page)
    page.get_by_role("group", name="Books").get_by_role("checkbox", name=re.compile("Emma")).check()
    expect(books(page)).to_have_text(["Emma"])
    assert shown(page) < austen < everything
    expect(page).to_have_url(re.compile(r"\?q=love&book=austen-emma&author=Jane\+Austen$"))
    page.get_by_role("link", name="Remove all").click()
    expect(chip).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?q=love$"))
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    assert shown(page) == everything


def test_the_page_says_how_a_query_was_read_and_what_was_not_understood(page: Page) -> None:
    page.goto("/?q=(whale|shark)+AND+white^2")
    expect(page.get_by_role("paragraph").filter(has_text="Read as")).to_contain_text("(whale OR shark) white")
    notice = page.get_by_role("list", name="Not understood").get_by_role("listitem")
    expect(notice).to_contain_text("AND white^2")
    expect(notice.locator("mark")).to_have_text("^2")
    expect(page.get_by_test_id("passage").locator("mark").first).to_be_visible()


def test_a_field_filters_as_its_chip_does_in_every_view(page: Page) -> None:
    page.goto("/?q=love&author=Jane+Austen")
    expected = shown(page)
    page.goto("/?q=author:austen+love")
    assert shown(page) == expected
    expect(page.get_by_role("checkbox", name=re.compile("Jane Austen"))).to_be_checked()
    page.get_by_role("link", name="Concordance").click()
    expect(page.get_by_role("table")).to_contain_text("Emma")
    expect(page.get_by_role("table")).not_to_contain_text("Genesis")
    page.get_by_role("button", name="Remove filter: Jane Austen").click()
    expect(page).to_have_url(re.compile(r"/\?q=love&view=concordance$"))


def test_books_are_sorted_as_asked(page: Page) -> None:
    page.goto("/?q=whale")
    order = page.get_by_role("combobox", name="Sort by")
    expect(books(page).first).to_have_text(re.compile("Moby-Dick"))
    order.select_option("Title")
    expect(page).to_have_url(re.compile(r"\?q=whale&sort=title$"))
    expect(books(page).first).not_to_have_text(re.compile("Moby-Dick"))
    titles = [re.sub("^(The|A) ", "", title) for title in books(page).all_text_contents()]
    assert titles == sorted(titles)
    order.select_option("Year")
    expect(books(page).first).to_have_text(re.compile("Caesar|Hamlet|King James"))
    order.select_option("Hits per 10,000 words")
    expect(books(page).first).to_have_text(re.compile("Moby-Dick"))


def test_the_same_hits_are_seen_as_books_passages_and_lines(page: Page) -> None:
    page.goto("/?q=ophelia")
    views = page.get_by_role("navigation", name="View")
    expect(books(page).first).to_have_text(re.compile("Hamlet"))
    views.get_by_role("link", name="Passages").click()
    expect(page.get_by_test_id("passage")).to_have_count(min(20, shown(page)))
    expect(page.get_by_test_id("passage").first.get_by_role("link")).to_have_text(re.compile("^Hamlet, Act"))
    views.get_by_role("link", name="Concordance").click()
    line = page.get_by_role("table").get_by_role("row").nth(1)
    expect(line.get_by_role("link").first).to_have_text(re.compile("^Ophelia", re.IGNORECASE))
    line.get_by_role("link").first.click()
    expect(page.locator("mark.current")).to_be_in_viewport()


def test_more_passages_are_loaded_below_the_first(page: Page) -> None:
    page.goto("/?q=love&view=passages")
    passages = page.get_by_test_id("passage")
    expect(passages).to_have_count(20)
    first = passages.first.text_content() or ""
    page.get_by_role("button", name="Load more").click()
    expect(passages).to_have_count(40)
    expect(passages.first).to_have_text(first)
    page.get_by_role("button", name="Load more").click()
    expect(passages).to_have_count(60)


def test_a_reload_shared_link_or_way_back_shows_as_many_passages(page: Page) -> None:
    page.goto("/?q=love&view=passages&pages=2")
    passages = page.get_by_test_id("passage")
    expect(passages).to_have_count(40)
    last = passages.nth(39).get_by_role("link")
    last.click()
    expect(page.locator("mark.current")).to_be_in_viewport()
    page.go_back()
    expect(last).to_be_in_viewport()
    page.get_by_role("combobox", name="Sort by").select_option("Year")
    expect(page).to_have_url(re.compile("sort=year$"))
    expect(passages).to_have_count(20)


def test_a_concordance_is_sorted_by_the_words_beside_the_match(page: Page) -> None:
    page.goto("/?q=whale&book=melville-moby_dick&view=concordance")
    lines = page.get_by_role("table").locator("tbody tr")
    expect(lines).not_to_have_count(0)
    before = lines.first.text_content() or ""
    page.get_by_role("combobox", name="Sort by").select_option("R1: word on the right")
    expect(page).to_have_url(re.compile("order=r1$"))
    expect(lines.first).not_to_have_text(before)
    page.get_by_role("combobox", name="then").select_option("L1: word on the left")
    expect(page).to_have_url(re.compile("order=r1&order=l1$"))
    expect(page.get_by_role("combobox", name="then")).to_have_count(2)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)

    def words(column: int) -> list[list[str]]:
        return [
            re.findall(r"\w+", text.lower()) for text in lines.locator(f"td:nth-child({column})").all_text_contents()
        ]

    beside = [(right[0], left[-1]) for left, right in zip(words(1), words(3), strict=True)]
    assert len(beside) == 50
    assert beside == sorted(beside)


@pytest.mark.parametrize("look", [Look(width=1280), Look(width=390)], ids=str)
def test_every_line_of_a_concordance_shows_whole_words_and_its_source(
    server: Server, open_window: Open, look: Look
) -> None:
    page = open_window(server, look).page
    page.goto("/?q=wonderland&view=concordance")
    lines = page.get_by_role("table").locator("tbody tr")
    expect(lines.first).to_be_visible()
    for line in lines.all()[:5]:
        expect(line.get_by_role("link").last).to_be_in_viewport()
        expect(line.get_by_role("link").last).to_have_text(re.compile(r"^\D+ \S+$"))
    # What is left of the match fits; of what is right of it only whole lines show.
    assert page.evaluate(
        "[...document.querySelectorAll('td.left')].every((cell) => cell.scrollWidth <= cell.clientWidth)"
    )


def test_a_concordance_is_downloaded_as_csv(page: Page, tmp_path: Path) -> None:
    page.goto("/?q=ophelia&view=concordance")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "concordance-ophelia.csv"
    download.value.save_as(tmp_path / "concordance.csv")
    with (tmp_path / "concordance.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    total = page.get_by_text(re.compile("^[0-9]+ occurrences"))
    expect(total).to_contain_text(f"{len(rows)} occurrences")
    assert {row["title"] for row in rows} == {"The Tragedie of Hamlet"}
    assert all(row["node"].lower().startswith("ophelia") for row in rows)
    assert rows[0]["reference"].startswith("Hamlet, Act")


def test_words_found_near_narrow_the_search(page: Page) -> None:
    page.goto("/?q=whale&view=concordance")
    page.get_by_role("navigation", name="View").get_by_role("link", name="Collocates").click()
    near = page.get_by_role("table", name="Words often found near whale")
    expect(near.get_by_role("link", name="sperm")).to_be_visible()
    page.get_by_role("combobox", name="Span").select_option("1 word")
    page.get_by_role("combobox", name="Side").select_option("Right")
    expect(near.get_by_role("link", name="sperm")).to_have_count(0)
    near.get_by_role("link", name="fishery").click()
    expect(page).to_have_url(re.compile(r"\?q=whale\+fishery&view=concordance&span=1&side=right$"))


def test_the_words_of_a_book_lead_from_the_library_to_its_lines(page: Page) -> None:
    page.goto("/library")
    page.get_by_role("link", name="Word list: Moby-Dick").click()
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("whale")
    page.get_by_role("combobox", name="Sort by").select_option("Count")
    page.get_by_role("checkbox", name="Function words").check()
    expect(rows.nth(1)).to_have_text(re.compile("^the"))
    with page.expect_download() as download:
        page.get_by_role("link", name="TSV").click()
    assert download.value.suggested_filename == "words-moby-dick-or-the-whale-count.tsv"
    rows.nth(1).get_by_role("link").click()
    expect(page.get_by_role("table").locator("mark").first).to_have_text(re.compile("^the$", re.IGNORECASE))


def test_an_example_leads_to_results(page: Page) -> None:
    page.goto("/")
    page.get_by_role("region", name="Try").get_by_role("link", name="leviath*").click()
    expect(page.locator("mark").first).to_have_text(re.compile("^leviath", re.IGNORECASE))


def test_a_surprise_opens_the_reader(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Surprise me").click()
    expect(page).to_have_url(re.compile("/read/.+/.+"))
    expect(page.get_by_role("navigation", name="Neighbouring sections")).to_be_visible()
