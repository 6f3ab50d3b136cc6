"""What a query finds: the examples of the specification on the real books, and small ones."""

import pytest

from app.index.counted_vocabulary import vocabulary_of
from app.index.dictionary import Dictionary
from app.index.reader import IndexReader
from app.search.matching import plan
from app.search.matching.correction import candidates, correct, names_in, unknown
from app.search.query import parse
from app.words import words
from tests.backend.search.conftest import Search


def marked(answer_text: str, marks: list[tuple[int, int]]) -> list[str]:
    return [answer_text[start:end] for start, end in marks]


def test_a_phrase_of_stop_words_finds_hamlet_first(ask: Search) -> None:
    first = ask('"to be or not to be"').books[0]
    assert first.id == "shakespeare-hamlet"
    assert first.passages[0].reference.startswith("Hamlet, Act 3, Scene 1")
    assert marked(first.passages[0].text, first.passages[0].marks) == ["To be, or not to be"]


def test_the_same_words_without_quotes_find_it_too(ask: Search) -> None:
    answer = ask("to be or not to be that is the question", group="none")
    assert answer.passages[0].reference.startswith("Hamlet, Act 3, Scene 1")


def test_a_word_said_twice_is_looked_for_twice(ask: Search) -> None:
    assert "Curiouser and curiouser!" in ask("curiouser and curiouser", group="none").passages[0].text
    assert "I AM THAT I AM" in ask("I am that I am", group="none").passages[0].text


def test_a_verb_finds_its_form_of_the_king_james_bible(ask: Search) -> None:
    first = ask("bears all things believes all things hopes all things", group="none").passages[0]
    assert first.reference.startswith("1 Corinthians 13")
    assert "Beareth all things, believeth all things" in first.text


def test_an_american_spelling_finds_the_british_one_and_says_so(ask: Search) -> None:
    answer = ask("love your neighbor", group="none", book=["bible-kjv"])
    assert answer.passages[0].book == "bible-kjv"
    assert "neighbour" in answer.variants["neighbor"]


def test_love_finds_loue_and_says_so(ask: Search) -> None:
    answer = ask("love", book=["shakespeare-hamlet"])
    assert "loue" in answer.variants["love"]
    assert any(mark.lower() == "loue" for hit in answer.books[0].passages for mark in marked(hit.text, hit.marks))


@pytest.mark.parametrize(("modern", "old"), [("love", "loue"), ("upon", "vpon"), ("have", "haue"), ("merry", "merrie")])
def test_old_and_modern_spelling_find_the_same(ask: Search, modern: str, old: str) -> None:
    one, other = ask(modern), ask(old)
    assert one.hits == other.hits
    assert old in one.variants[modern]
    assert modern in other.variants[old]
    assert {"shakespeare-hamlet", "whitman-leaves"} <= {book.id for book in one.books}


def test_inflections_are_found_but_are_no_variants(ask_small: Search) -> None:
    answer = ask_small("whales", group="none")
    marked_words = {mark.lower() for hit in answer.passages for mark in marked(hit.text, hit.marks)}
    assert {"whale", "whales"} <= marked_words
    assert answer.variants == {}


def test_a_phrase_takes_the_words_as_they_are_in_any_spelling(ask_small: Search) -> None:
    assert ask_small('"I love thee"').hits == 1
    assert ask_small('"I loved thee"', correcting=False).complete == 0


def test_a_phrase_names_only_spellings_that_match_it(ask: Search) -> None:
    assert ask("come").variants["come"] == ["comming", "commings"]
    assert ask('"thou art come"').variants == {}
    assert ask('"fall in love"').variants == {"love": ["loue"]}


def test_thee_does_not_find_the(ask: Search) -> None:
    hits = ask("thee", book=["shakespeare-macbeth"], group="none").passages
    assert {mark.lower() for hit in hits for mark in marked(hit.text, hit.marks)} == {"thee"}


def test_a_prefix_finds_every_word_that_begins_so(ask: Search) -> None:
    answer = ask("whal*", group="none", limit=200)
    marked_words = {mark.lower() for hit in answer.passages for mark in marked(hit.text, hit.marks)}
    assert {"whale", "whales", "whaling", "whaleman"} <= {word for mark in marked_words for word in mark.split()}
    assert answer.hits > ask("whale").hits


def test_an_excluded_word_is_in_no_passage(ask: Search) -> None:
    answer = ask("whale -white", group="none", limit=1500)
    assert 0 < answer.hits == len(answer.passages) < ask("whale").hits
    assert not any("white" in hit.text.lower().replace("-", " ").split() for hit in answer.passages)


@pytest.mark.parametrize(("plain", "accented"), [("naive", "naïve"), ("caesar's", "Cæsar’s"), ("cafe", "CAFÉ")])
def test_case_and_accents_make_no_difference(ask_small: Search, plain: str, accented: str) -> None:
    one, other = ask_small(plain, group="none"), ask_small(accented, group="none")
    assert one.hits > 0
    assert one.passages == other.passages


def test_a_phrase_goes_on_over_the_number_of_a_verse(ask_small: Search) -> None:
    (hit,) = ask_small('"the orchard was good and the gardener"', group="none").passages
    assert hit.reference.startswith("Sayings")
    assert "1:2" in marked(hit.text, hit.marks)[0]


def test_offsets_count_characters_also_after_those_that_take_more_bytes(ask_small: Search) -> None:
    hits = ask_small("lantern", book=["signs"], group="none").passages
    assert [marked(hit.text, hit.marks) for hit in hits]
    assert {mark for hit in hits for mark in marked(hit.text, hit.marks)} == {"lantern"}


def test_words_that_no_passage_has_together_are_found_apart(ask_small: Search) -> None:
    answer = ask_small("pears sailor", group="none")
    assert (answer.matching, answer.complete) == ("any", 0)
    assert {mark for hit in answer.passages for mark in marked(hit.text, hit.marks)} == {"pears", "sailor"}


def test_a_remembered_sentence_finds_what_has_most_of_it(ask: Search) -> None:
    answer = ask("it was the whiteness of the whale that above all things frightened me", group="none")
    assert answer.matching == "any"
    assert "whiteness of the whale" in answer.passages[0].text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tygr burning brigth", {"tygr": "tiger", "brigth": "bright"}),
        ("whlae", {"whlae": "whale"}),
        ('"to be or not to be taht is the question"', {"taht": "that"}),
        ("elephnat", {"elephnat": "elephant"}),
        ("dont", {"dont": "don't"}),
        ("when i heard the learnd astronomer", {"learnd": "learn'd"}),
    ],
)
def test_a_slip_of_the_fingers_is_corrected_and_said(ask: Search, typed: str, meant: dict[str, str]) -> None:
    answer = ask(typed)
    assert answer.correction
    assert answer.correction.words == meant
    assert answer.correction.original == str(parse(typed))
    assert answer.correction.corrected == answer.query
    assert answer.hits > 0


def test_the_original_is_searched_on_demand(ask: Search) -> None:
    answer = ask("whlae", correcting=False)
    assert (answer.query, answer.correction, answer.hits) == ("whlae", None, 0)


@pytest.mark.parametrize("text", ["loue", "thither", "caesar", "vpon", "whale", "ishmael", "learn'd"])
def test_a_word_that_the_books_have_is_never_replaced(nltk_index: IndexReader, text: str) -> None:
    assert unknown(parse(text), nltk_index.vocabulary) == []
    assert plan(parse(text), nltk_index).replaced == {}
    sure, _ = correct(parse(f"{text} whlae"), nltk_index.vocabulary, lambda context: lambda word: 1)
    assert sure
    assert list(sure.words) == ["whlae"]


def test_a_word_that_is_near_to_no_other_stays(ask: Search) -> None:
    answer = ask("xqzvwkj")
    assert (answer.correction, answer.hits, answer.query) == (None, 0, "xqzvwkj")


def test_numbers_and_many_unknown_words_are_not_corrected(nltk_index: IndexReader) -> None:
    assert candidates("98765", nltk_index.vocabulary) == []
    five = parse("whlae elephnat brigth burnign freind")
    assert correct(five, nltk_index.vocabulary, lambda context: lambda word: 1) == (None, None)


def test_a_correction_fits_the_company_of_the_other_words() -> None:
    vocabulary = vocabulary_of(Dictionary([]), {"house": 9, "horse": 3, "kingdom": 5})
    alone, _ = correct(parse("hoise"), vocabulary, lambda context: lambda word: 1)
    assert alone
    assert alone.words == {"hoise": "house"}
    together, _ = correct(parse("hoise kingdom"), vocabulary, lambda context: lambda word: word == "horse")
    assert together
    assert together.words == {"hoise": "horse"}


def test_two_words_that_never_meet_are_no_correction() -> None:
    vocabulary = vocabulary_of(Dictionary([]), {"elizabeth": 9, "bonnet": 3})
    assert correct(parse("elizabeth bennet"), vocabulary, lambda context: lambda word: 0).sure is None


def test_a_word_that_english_has_is_no_slip_of_another() -> None:
    counts = {"holes": 9, "root": 9, "bonnet": 9}
    vocabulary = vocabulary_of(Dictionary(["Holmes/M", "robot/S"]), counts)
    for typed, other in (("holmes", "holes"), ("robot", "root"), ("robots", "root"), ("bennet", "bonnet")):
        sure, offered = correct(parse(typed), vocabulary, lambda context: lambda word: 1)
        assert sure is None
        assert offered is None or offered.words == {typed: other}
    sure, _ = correct(parse("hooles"), vocabulary, lambda context: lambda word: 1)
    assert sure
    assert sure.words == {"hooles": "holes"}


@pytest.mark.parametrize(("typed", "offered"), [("ann elliot", "anne elliot"), ("mr eliot", "mr elliot")])
def test_a_rare_word_is_not_taken_for_one_that_stands_everywhere(ask: Search, typed: str, offered: str) -> None:
    answer = ask(typed)
    assert answer.correction is None
    assert answer.offered
    assert answer.offered.corrected == offered


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Mr Darcy", {"mr", "darcy"}),
        ("mr darcy", {"darcy"}),
        ("Darcy", {"darcy"}),
        ("Captian Wentworth", {"wentworth"}),
        ("who is Sherlock Holmes", {"sherlock", "holmes"}),
        ("CAPTIN AHAB", set()),
        ("captin ahab", set()),
    ],
)
def test_names_are_words_with_a_capital_and_those_after_a_title(typed: str, names: set[str]) -> None:
    assert names_in(typed) == names


@pytest.mark.parametrize("word", ["walking", "harpooned", "sung", "witnesses", "kissed", "feelings"])
def test_a_word_as_it_was_asked_comes_before_its_other_inflections(ask: Search, word: str) -> None:
    answer = ask(word, group="none", limit=20)
    has_word = [word in words(hit.text) for hit in answer.passages]
    assert has_word[0]
    assert has_word == sorted(has_word, reverse=True)


@pytest.mark.parametrize(("word", "other"), [("wit", "witness"), ("mad", "madness"), ("import", "important")])
def test_words_that_only_share_a_stem_are_not_found(ask: Search, word: str, other: str) -> None:
    marked_words = {one.lower() for hit in ask(word, group="none").passages for one in marked(hit.text, hit.marks)}
    assert word in marked_words
    assert other not in marked_words
