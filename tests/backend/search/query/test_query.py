from unittest.mock import patch

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.errors import (
    EmptyQuery,
    InvalidParameter,
    OnlyExclusions,
    QueryTooLong,
    RequestError,
    TooManyNear,
    TooManyTerms,
    TooManyWildcards,
    WildcardTooShort,
)
from app.search.query import AnyOf, Near, Query, Term, TermKind, every_term, parse, read_query


def word(text: str) -> Term:
    return Term(TermKind.WORD, (text,))


def phrase(text: str) -> Term:
    return Term(TermKind.PHRASE, tuple(text.split()))


def exact(text: str) -> Term:
    return Term(TermKind.EXACT, (text,))


def wildcard(text: str) -> Term:
    return Term(TermKind.WILDCARD, (text,))


def prefix(text: str) -> Term:
    return Term(TermKind.PREFIX, (text,))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Whale SHIP", Query((word("whale"), word("ship")))),
        ('"to be or not to be"', Query((phrase("to be or not to be"),))),
        ("“curly quotes” too", Query((phrase("curly quotes"), word("too")))),
        ("whal*", Query((prefix("whal"),))),
        ("ship -whale", Query((word("ship"),), (word("whale"),))),
        ('ship -"white whale" -sea*', Query((word("ship"),), (phrase("white whale"), prefix("sea")))),
        ("snow-hill", Query((word("snow"), word("hill")))),
        ("ship -snow-hill", Query((word("ship"),), (phrase("snow hill"),))),
        ("Cæsar naïve", Query((word("caesar"), word("naive")))),
        ("ｆｕｌｌｗｉｄｔｈ", Query((word("fullwidth"),))),
        ("ship * - !", Query((word("ship"),))),
        ('"" ship', Query((word("ship"),))),
        ('"ship"', Query((exact("ship"),))),
        ("whale AND white", Query((word("whale"), word("white")))),
        ("whale OR shark", Query((AnyOf((word("whale"), word("shark"))),))),
        ("whale|shark", Query((AnyOf((word("whale"), word("shark"))),))),
        ("whale OR whale", Query((word("whale"),))),
        ("a OR (b OR c)", Query((AnyOf((word("a"), word("b"), word("c"))),))),
        ("white whale OR shark", Query((AnyOf((Query((word("white"), word("whale"))), word("shark"))),))),
        ("(whale OR shark) white", Query((AnyOf((word("whale"), word("shark"))), word("white")))),
        ("whale NOT white", Query((word("whale"),), (word("white"),))),
        ("whale NOT (NOT white)", Query((word("whale"), word("white")))),
        ("whale -(white jaw)", Query((word("whale"),), (Query((word("white"), word("jaw"))),))),
        ("whale (NOT white OR NOT jaw)", Query((word("whale"),), (Query((word("white"), word("jaw"))),))),
        ("whale NEAR/5 white", Query((Near((word("whale"), word("white")), (5,)),))),
        ("a NEAR b NEAR/2 c-d", Query((Near((word("a"), word("b"), phrase("c d")), (10, 2)),))),
        ("a NEAR/2 (b NEAR/3 c)", Query((Near((word("a"), word("b"), word("c")), (2, 3)),))),
        ('"white whale"~3', Query((Near((word("white"), word("whale")), (3,)),))),
        ("wh?le *ing un*ed", Query((wildcard("wh?le"), wildcard("*ing"), wildcard("un*ed")))),
        ("whal** what?", Query((prefix("whal"), word("what")))),
        ("speaker:hamlet love", Query((Term(TermKind.SPEAKER, ("hamlet",)), word("love")))),
        ("rock and roll or not", Query(tuple(map(word, ["rock", "and", "roll", "or", "not"])))),
        (
            "‘white whale’ 'pale ship' 「a b」 «c d» „e f“",
            Query(tuple(map(phrase, ["white whale", "pale ship", "a b", "c d", "e f"]))),
        ),
        ("'tis the dogs' tails", Query(tuple(map(word, ["tis", "the", "dogs", "tails"])))),
        ("don't o'er 'whale'", Query((word("don't"), word("o'er"), exact("whale")))),
        ("wha\u00adle \u200bship\ufeff", Query((word("whale"), word("ship")))),
        ("don´t don`t donʼt don′t don‘t", Query((word("don't"),) * 5)),
        ("don\u00adʹt don\u200b´t don\u0374t", Query((word("don't"),) * 3)),
        ("〝white whale〟 《pale ship》", Query((phrase("white whale"), phrase("pale ship")))),
        ("tab\tand\nbreak", Query((word("tab"), word("and"), word("break")))),
    ],
)
def test_a_query_is_understood(text: str, query: Query) -> None:
    assert parse(text) == query


@pytest.mark.parametrize(
    ("text", "error", "detail"),
    [
        ("", EmptyQuery, "no word"),
        (" \t ", EmptyQuery, "no word"),
        ("?! 🐳", EmptyQuery, "no word"),
        ('""', EmptyQuery, "no word"),
        ("a" * 257, QueryTooLong, "257 characters"),
        ("w " * 33, TooManyTerms, "too many words"),
        ('"' + "w " * 33 + '"', TooManyTerms, "too many words"),
        ("-whale", OnlyExclusions, "what to look for"),
        ("a*", WildcardTooShort, "“a*” is too short"),
        ("*a*", WildcardTooShort, "“*a*” is too short"),
        ("*ab *cd *ef *gh ?ij", TooManyWildcards, "begin with * or ?"),
        ("a NEAR b NEAR c NEAR d NEAR e NEAR f NEAR g NEAR h", TooManyNear, "near others"),
        ("NOT whale", OnlyExclusions, "what to look for"),
        ("NOT whale OR NOT shark", OnlyExclusions, "what to look for"),
        ("author:austen", EmptyQuery, "where to look"),
        ("ship\x00", InvalidParameter, "control character"),
        ("ship\x1b[2J", InvalidParameter, "control character"),
        ("ship\x7f", InvalidParameter, "control character"),
        ("ship\ud800", InvalidParameter, "control character"),
    ],
)
def test_a_query_that_is_refused_says_why(text: str, error: type[RequestError], detail: str) -> None:
    with pytest.raises(error) as raised:
        parse(text)
    assert detail in raised.value.detail
    assert raised.value.parameter == "q"
    assert raised.value.allowed


@pytest.mark.parametrize(
    ("text", "query", "notices"),
    [
        ('the "white whale', 'the "white whale"', ['open-quote "']),
        ("the ‘white whale", 'the "white whale"', ["open-quote ‘"]),
        ("«white whale", '"white whale"', ["open-quote «"]),
        ('white whale"', "white whale", ['open-quote "']),
        ("(whale", "whale", ["parenthesis ("]),
        ("whale) ship", "whale ship", ["parenthesis )"]),
        ("(" * 9 + "whale", "whale", ["parenthesis ("] * 9),
        ("whale AND", "whale and", ["operator AND"]),
        ("OR whale", "or whale", ["operator OR"]),
        ("NEAR NOT", "near not", ["operator NEAR", "operator NOT"]),
        ("whale | ", "whale", ["operator |"]),
        ("TO BE OR NOT TO BE", "to be or not to be", ["capitals OR", "capitals NOT"]),
        ("whale near/5 white", "whale near 5 white", ["capitals near/5"]),
        ("whale NEAR/99 ship", "whale NEAR/20 ship", ["distance NEAR/99"]),
        ("(white whale) NEAR/5 ship", "white whale ship", ["near NEAR/5"]),
        ("whale OR NOT ship", "whale", ["not-alone NOT ship"]),
        ("whale^2 ship~ +sea", "whale ship sea", ["weight ^2", "fuzzy ~", "plus +"]),
        ('"whale"~2', '"whale"', ["fuzzy ~2"]),
        ("/wh[ae]l.*/ ship", "wh ae l ship", ["regex /wh[ae]l.*/"]),
        ("wh[ae]le", "wh ae le", ["signs [", "signs ]"]),
        ("[whale TO ship]", "whale to ship", ["signs [", "signs ]"]),
        ("whale !ship –sea --jaw", "whale ship sea jaw", ["signs !", "signs –", "signs --"]),
        ("whale - ship", "whale ship", ["signs -"]),
        ('sea --(white) –"pale ship"', 'sea white "pale ship"', ["signs --", "signs –"]),
        ('[word="whale"]', 'word "whale"', ["signs [", "signs =", "signs ]"]),
        ('"white whale"~x', '"white whale" x', ["signs ~"]),
        ("whale NEAR5 ship", "whale near 5 ship", ["operator NEAR5"]),
        ("whale W/3 ship XOR sea", "whale w 3 ship xor sea", ["operator W/3", "operator XOR"]),
        ("'white whale", '"white whale"', ["open-quote '"]),
        ("white * whale", "white whale", ["star *"]),
        ('"white wh*"', '"white wh"', ["in-phrase *"]),
        ("year:1851 whale", "year 1851 whale", ["field year:"]),
        ("author: OR melville", "author OR melville", ["field author:"]),
        ('author:"" whale', "author whale", ['field author:""']),
        ("whale -author:melville", "whale", ["field-place author:melville"]),
        ("whale OR book:emma", "whale", ["field-place book:emma"]),
        ("e\u0301te\u0301 ½ +x", "ete 1 2 x", ["plus +"]),
    ],
)
def test_a_piece_that_is_not_understood_has_a_notice_at_its_place(text: str, query: str, notices: list[str]) -> None:
    reading = read_query(text)
    assert str(reading.query) == query
    assert [f"{notice.kind} {notice.text}" for notice in reading.notices] == notices
    assert all(text[notice.start : notice.end] == notice.text for notice in reading.notices)


@pytest.mark.parametrize(
    "text", ["white whale", "What is truth?", "snow-hill; 3:16, e.g. (yes)", "love -hate whal*", "“I am”"]
)
def test_plain_text_is_read_without_a_word(text: str) -> None:
    reading = read_query(text)
    assert (reading.is_plain, reading.notices) == (True, ())


_WORDS = ["love", "o'er", "XOR", "Adj", "ADJ", "near", "BE", "'tis", "'", "!", ".", "-"]
_PIECES = [*_WORDS, '"to be, or not"', '"AND"', '""', " ", " ", " "]


@given(st.lists(st.sampled_from(_PIECES), max_size=8).map("".join))
def test_a_query_read_without_the_grammar_means_the_same_as_with_it(text: str) -> None:
    reading = read_query(f"whale {text}")
    with patch("app.search.query.parser._of_words", return_value=None):
        assert read_query(f"whale {text}") == reading


def test_fields_choose_books_for_the_whole_query() -> None:
    reading = read_query('author:"Jane Austen" AND love (title:emma OR book:austen-emma)')
    assert [(field.name, field.words) for field in reading.fields] == [
        ("author", ("jane", "austen")),
        ("title", ("emma",)),
        ("book", ("austen", "emma")),
    ]
    assert str(reading.query) == "love"
    assert reading.notices == ()
    spaced = read_query('Author: melville speaker: "first witch" whale')
    assert [field.words for field in spaced.fields] == [("melville",)]
    assert str(spaced.query) == 'speaker:"first witch" whale'
    leading = read_query("author:melville whale OR shark")
    assert (str(leading.query), len(leading.fields), leading.notices) == ("whale OR shark", 1, ())


PIECES = [
    "whale",
    " whale ",
    " OR ",
    " AND ",
    " NOT ",
    " NEAR ",
    " NEAR/3 ",
    "(",
    ")",
    "|",
    "-",
    "?",
    "~3",
    "^2",
    "/",
    "author:",
    "speaker:",
    " Emma ",
    "‘",
    "「",
    "」",
    "+",
    "[",
    "\u00ad",
    "\u200b",
    "´",
    "–",
    "--",
    " W/5 ",
]
MARKS = st.sampled_from(
    [*PIECES, '"', "*", "-", " ", "'", "’", "“", "_", ":", "\t", "\x00", "æ", "ß", "İ", "ﬁ", "½", "ʼn", "9"]
)
TYPED = st.one_of(st.text(max_size=300), st.lists(st.one_of(MARKS, st.text(max_size=4)), max_size=60).map("".join))


def understood(text: str) -> Query | RequestError:
    try:
        return parse(text)
    except RequestError as error:
        return error


@given(TYPED)
def test_whatever_is_typed_is_a_query_or_a_clear_error(text: str) -> None:
    result = understood(text)
    if isinstance(result, RequestError):
        assert (result.parameter, result.status) == ("q", 400)
        assert result.allowed
        assert result.detail
    else:
        assert result.terms
        assert all(all(term.words) and term.words for term in every_term(result))
        assert all(text[notice.start : notice.end] == notice.text for notice in read_query(text).notices)


@given(TYPED)
def test_a_query_in_words_is_the_same_query(text: str) -> None:
    query = understood(text)
    assume(isinstance(query, Query) and len(str(query)) <= 256)
    again = read_query(str(query))
    assert again.query == query
    assert (again.fields, again.notices) == ((), ())


def test_the_longest_query_that_is_allowed_is_understood() -> None:
    assert parse("w" * 256).terms == (word("w" * 256),)
    assert len(parse("w " * 32).terms) == 32


@given(st.text(st.sampled_from("aZk  \t-\"*'é1"), max_size=40))
def test_words_alone_mean_the_same_as_with_empty_quotes_beside_them(text: str) -> None:
    assume(text.strip())
    try:
        expected: Query | type[RequestError] = parse(f'{text} ""')
    except RequestError as error:
        expected = type(error)
    try:
        result: Query | type[RequestError] = parse(text)
    except RequestError as error:
        result = type(error)
    assert result == expected
