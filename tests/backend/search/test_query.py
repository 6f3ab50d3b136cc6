import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.errors import (
    EmptyQuery,
    InvalidParameter,
    OnlyExclusions,
    QueryTooLong,
    RequestError,
    TooManyTerms,
    UnbalancedQuotes,
)
from app.search.query import Kind, Query, Term, parse


def word(text: str) -> Term:
    return Term(Kind.WORD, (text,))


def phrase(text: str) -> Term:
    return Term(Kind.PHRASE, tuple(text.split()))


def prefix(text: str) -> Term:
    return Term(Kind.PREFIX, (text,))


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
        ('to "be', UnbalancedQuotes, "character 4"),
        ('"a" "', UnbalancedQuotes, "not closed"),
        ("-whale", OnlyExclusions, "what to look for"),
        ("a*", InvalidParameter, "“a*” is too short"),
        ("ship\x00", InvalidParameter, "control character"),
        ("ship\x1b[2J", InvalidParameter, "control character"),
        ("ship\x7f", InvalidParameter, "control character"),
        ("ship\ud800", InvalidParameter, "control character"),
    ],
)
def test_what_is_wrong_with_a_query_is_said(text: str, error: type[RequestError], detail: str) -> None:
    with pytest.raises(error) as raised:
        parse(text, "term")
    assert detail in raised.value.detail
    assert raised.value.parameter == "term"
    assert raised.value.allowed


MARKS = st.sampled_from(['"', "*", "-", " ", "'", "’", "“", "_", ":", "\t", "\x00", "æ", "ß", "İ", "ﬁ", "½", "ʼn", "9"])
TYPED = st.one_of(st.text(max_size=300), st.lists(st.one_of(MARKS, st.text(max_size=4)), max_size=60).map("".join))


def understood(text: str) -> Query | RequestError:
    try:
        return parse(text)
    except RequestError as error:
        return error


@given(TYPED)
def test_whatever_is_typed_is_a_query_or_a_clear_error(text: str) -> None:
    found = understood(text)
    if isinstance(found, RequestError):
        assert (found.parameter, found.status) == ("q", 400)
        assert found.allowed
        assert found.detail
    else:
        assert found.terms
        assert all(term.words for term in found.terms + found.excluded)


@given(TYPED)
def test_a_query_in_words_is_the_same_query(text: str) -> None:
    query = understood(text)
    assume(isinstance(query, Query) and len(str(query)) <= 256)
    assert parse(str(query)) == query


def test_the_longest_query_that_is_allowed_is_understood() -> None:
    assert len(parse("w" * 256).terms[0].words[0]) == 256
    assert len(parse("w " * 32).terms) == 32


@given(st.text(st.sampled_from("aZk  \t-\"*'é1"), max_size=40))
def test_words_alone_mean_the_same_as_with_empty_quotes_beside_them(text: str) -> None:
    assume(text.strip())
    try:
        expected: Query | type[RequestError] = parse(f'{text} ""')
    except RequestError as error:
        expected = type(error)
    try:
        found: Query | type[RequestError] = parse(text)
    except RequestError as error:
        found = type(error)
    assert found == expected
