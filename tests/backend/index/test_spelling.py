import pytest

from app.index.counted_vocabulary import vocabulary_of
from app.index.dictionary import Dictionary
from app.index.early_words import EARLY
from app.index.reader import IndexReader
from app.index.spelling import canonical_spellings, fold


@pytest.mark.parametrize(
    ("old", "modern"),
    [
        ("loue", "love"),
        ("vpon", "upon"),
        ("merrie", "merry"),
        ("haue", "have"),
        ("iudge", "judge"),
        ("vvhat", "what"),
        ("learn'd", "learned"),
        ("sunne", "sun"),
        ("goe", "go"),
    ],
)
def test_spellings_of_one_word_share_their_key(old: str, modern: str) -> None:
    assert fold(old) == fold(modern)
    assert canonical_spellings({modern: 3}, [old]) == {old: modern}


@pytest.mark.parametrize(
    ("old", "modern"),
    [
        ("beleeue", "believe"),
        ("greefe", "grief"),
        ("theeues", "thieves"),
        ("murther'd", "murdered"),
        ("stretcht", "stretched"),
        ("crost", "crossed"),
        ("clowdes", "clouds"),
        ("sawce", "sauce"),
        ("graunted", "granted"),
        ("goary", "gory"),
        ("indure", "endure"),
        ("imploy", "employ"),
        ("publique", "public"),
        ("dogges", "dogs"),
    ],
)
def test_spellings_that_printers_often_used_are_recognised(old: str, modern: str) -> None:
    assert canonical_spellings({modern: 3}, [old]) == {old: modern}


def test_a_free_spelling_explains_a_word_better_than_a_frequent_one() -> None:
    assert canonical_spellings({"fellow": 1, "fellou": 9}, ["fellowe"]) == {"fellowe": "fellow"}


def test_of_several_words_that_are_like_it_often_the_most_similar_wins() -> None:
    assert canonical_spellings({"cloths": 9, "clothes": 1}, ["cloathes"]) == {"cloathes": "clothes"}


def test_short_words_are_seen_through_only_where_printers_were_free() -> None:
    assert canonical_spellings({"manes": 1, "man": 9, "sin": 3}, ["mans", "sinne"]) == {"sinne": "sin"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("honor", "honour"),
        ("neighborhood", "neighbourhood"),
        ("favorites", "favourites"),
        ("humor'd", "humoured"),
        ("recognized", "recognised"),
        ("gray", "grey"),
        ("plowing", "ploughing"),
        ("center", "centre"),
        ("scepters", "sceptres"),
        ("shewed", "showed"),
        ("chuse", "choose"),
        ("surprize", "surprise"),
        ("intreat", "entreat"),
        ("judgement", "judgment"),
    ],
)
def test_two_spellings_of_modern_books_are_one_word_where_both_occur(one: str, other: str) -> None:
    assert canonical_spellings({one: 2, other: 3}, []) == {one: other}
    assert canonical_spellings({one: 2}, []) == {}


@pytest.mark.parametrize(("one", "other"), [("for", "four"), ("morning", "mourning"), ("or", "our"), ("in", "en")])
def test_words_that_only_look_like_two_spellings_stay_apart(one: str, other: str) -> None:
    assert canonical_spellings({one: 2, other: 3}, []) == {}


def test_a_word_that_a_modern_book_has_keeps_its_spelling() -> None:
    assert canonical_spellings({"the": 100, "thee": 1, "loue": 1, "love": 9}, []) == {}


def test_a_participle_is_written_out_only_if_the_books_have_it_so() -> None:
    assert canonical_spellings({"learn'd": 2, "learned": 5, "o'er": 1, "bow'd": 1}, []) == {"learn'd": "learned"}


def test_of_several_modern_words_the_nearest_in_length_wins_then_the_most_frequent() -> None:
    assert canonical_spellings({"wine": 3, "vine": 4, "uine": 9}, ["vvine", "uin"])["uin"] in ("uine", "vine")
    assert canonical_spellings({"bel": 2, "bell": 7}, ["belle"])["belle"] == "bell"


def test_an_old_spelling_of_a_participle_gets_the_spelling_of_the_word_itself() -> None:
    modern = canonical_spellings({"lov'd": 1, "loved": 9}, ["lou'd"])
    assert modern == {"lov'd": "loved", "lou'd": "loved"}


@pytest.mark.parametrize(
    ("old", "modern", "other"),
    [
        ("sonne", "son", "soon"),
        ("warre", "war", "ware"),
        ("starres", "stars", "stares"),
        ("growes", "grows", "groves"),
        ("meanes", "means", "meanness"),
        ("feele", "feel", "fell"),
        ("furie", "fury", "furry"),
        ("ouer", "over", "oer"),
        ("iade", "jade", "ide"),
        ("vngentle", "ungentle", "gentle"),
    ],
)
def test_a_word_that_is_plainly_in_an_old_one_is_meant(old: str, modern: str, other: str) -> None:
    assert canonical_spellings({modern: 1, other: 90}, [old])[old] == modern


def test_a_word_of_the_dictionary_may_be_meant_too() -> None:
    assert canonical_spellings({"heiress": 9}, ["heires"], {"heirs"}) == {"heires": "heirs"}


def test_a_modern_word_of_its_own_keeps_its_meaning() -> None:
    assert canonical_spellings({"than": 9, "deer": 2}, ["thane"], {"thane"}) == {}


@pytest.mark.parametrize(("old", "modern"), [("doe", "do"), ("deere", "dear"), ("vs", "us"), ("moue", "move")])
def test_a_word_by_which_printers_meant_another_is_listed(old: str, modern: str) -> None:
    known = {"doe", "deer", "vs", "moue"}
    assert canonical_spellings({"do": 9, "doo": 1, "deer": 9, "us": 9, "move": 1}, [old], known)[old] == modern


def test_a_word_that_modern_books_only_quote_is_the_one_that_is_plainly_in_it() -> None:
    modern = {"sleep": 9, "sleepe": 1, "glamis": 1}
    assert canonical_spellings(modern, ["glamis", "glamys", "sleepe"]) == {"sleepe": "sleep", "glamys": "glamis"}


def test_a_word_that_no_modern_one_resembles_gets_the_letters_of_today() -> None:
    modern = canonical_spellings({}, ["octauius", "vnsex", "iutty", "banquo"])
    assert modern == {"octauius": "octavius", "vnsex": "unsex", "iutty": "jutty"}


def test_a_word_that_modern_books_have_as_often_is_theirs() -> None:
    modern, early = {"bee": 9, "be": 50, "sleep": 9, "sleepe": 1}, {"bee": 7, "sleepe": 7}
    vocabulary = vocabulary_of(Dictionary(["bee/SM", "be", "sleep/S"]), modern, early)
    assert [vocabulary.canonical(word) for word in ("bee", "sleepe")] == ["bee", "sleep"]


def test_no_listed_word_is_listed_as_the_modern_one_of_another() -> None:
    assert {word: modern for word, modern in EARLY.items() if EARLY.get(modern, modern) != modern} == {}


def test_every_listed_word_is_one_of_the_first_folio(nltk_index: IndexReader) -> None:
    folio = {i for i, book in enumerate(nltk_index.books.books) if book.early_modern}
    counts = nltk_index.word_counts
    assert [word for word in EARLY if not folio.intersection(book for book, _ in counts.of(word))] == []


def test_thee_is_never_the() -> None:
    vocabulary = vocabulary_of(Dictionary([]), {"the": 50, "thee": 2}, {"thee": 9, "loue": 2})
    assert vocabulary.canonical("thee") == "thee"
    assert vocabulary.spellings("the") == ["the"]


def test_thee_is_never_the_in_the_real_books(nltk_index: IndexReader) -> None:
    assert "thee" not in nltk_index.vocabulary.spellings("the")
