"""Parsing a query: the limits of its text, its meaning, and notices."""

import re
from typing import NamedTuple

from app.errors import (
    EmptyQuery,
    InvalidParameter,
    OnlyExclusions,
    QueryTooLong,
    TooManyNear,
    TooManyTerms,
    TooManyWildcards,
    WildcardTooShort,
)
from app.search.query.grammar import Field, Grammar
from app.search.query.lexer import tokens
from app.search.query.notices import Notice, Typed
from app.search.query.runs import quoted
from app.search.query.tidy import tidied
from app.search.query.tree import MANY_WORDS, Near, Query, Term, TermKind, every, every_term, is_plain
from app.words import words
from app.writing import CHARACTERS, is_unspaced

MAX_LENGTH = 256
MAX_TERMS = 32
MIN_LETTERS = 2
MAX_OPEN = 4
"""Words that begin with a wildcard: each is compared with the whole vocabulary."""

MAX_NEAR = 6
"""Words that are near the next ones: each pair is looked for in every text."""

# Control characters (Cc) other than white space, and halves of surrogate pairs (Cs).
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
# Operators are in capitals, and so are those of other search engines, which get a notice.
_CAPITALS = re.compile("[A-Z]{2}")
# Letters, spaces, apostrophes inside words, and punctuation without a meaning; quotation marks around the same. Some
# search engines exclude what follows an exclamation mark, which gets a notice.
_WORDS = r"(?:[A-Za-z ,.;]|!(?![A-Za-z\"])|(?<=[A-Za-z])'(?=[A-Za-z]))*"
_ENGLISH = re.compile(rf"""{_WORDS}(?:"[A-Za-z ,.;!'-]*+"{_WORDS})*""")
_WILD = re.compile("[*?]")


class Reading(NamedTuple):
    """How a text was parsed; `is_plain` if it is only words and phrases, without fields and notices."""

    query: Query
    is_plain: bool
    fields: tuple[Field, ...] = ()
    notices: tuple[Notice, ...] = ()


def parse(text: str) -> Query:
    """The query for what a person typed. Raises a RequestError that says what is allowed."""
    return read_query(text).query


def read_query(text: str) -> Reading:
    """The query with the fields that choose books, and with notices. Raises a RequestError."""
    if (plain := _of_words(text)) and plain.terms:
        return Reading(plain, True)
    _check(text)
    typed = Typed(text)
    grammar = Grammar(tidied(tokens(typed), typed), typed)
    query = grammar.query()
    _check_terms(query, bool(grammar.fields))
    said = tuple(sorted(typed.notices, key=lambda notice: notice.start))
    return Reading(query, is_plain(query) and not grammar.fields and not said, tuple(grammar.fields), said)


def _of_words(text: str) -> Query | None:
    """The query for English words and phrases alone, which is what most people type; None for anything else."""
    if len(text) > MAX_LENGTH or not _ENGLISH.fullmatch(text) or _CAPITALS.search(text):
        return None
    pieces = text.split('"')
    terms: list[Term] = []
    for i, piece in enumerate(pieces):
        terms += quoted(piece) if i % 2 else [Term(TermKind.WORD, (word,)) for word in words(piece)]
    return Query(tuple(terms)) if sum(len(term.words) for term in terms) <= MAX_TERMS else None


def _check(text: str) -> None:
    if len(text) > MAX_LENGTH:
        allowed = f"at most {MAX_LENGTH} characters"
        raise QueryTooLong(f"It has {len(text)} characters.", parameter="q", allowed=allowed)
    if _CONTROL.search(text):
        raise InvalidParameter("It holds a control character.", parameter="q", allowed="printable characters")


def _check_terms(query: Query, has_fields: bool) -> None:
    terms = list(every_term(query))
    if not terms:
        detail = "It says where to look, not what for." if has_fields else "There is no word in it."
        raise EmptyQuery(detail, parameter="q", allowed="words, phrases in quotes, prefix*")
    if not query.terms:
        raise OnlyExclusions("Nothing says what to look for.", parameter="q", allowed="at least one word")
    own = [word for term in terms for word in term.words]
    characters = sum(map(is_unspaced, own))
    if len(own) - characters + characters / CHARACTERS > MAX_TERMS:
        allowed = f"at most {MAX_TERMS} words, or {CHARACTERS * MAX_TERMS} characters of Chinese, Japanese and the like"
        raise TooManyTerms("It has too many words.", parameter="q", allowed=allowed)
    for term in terms:
        if term.kind in MANY_WORDS and len(_WILD.sub("", term.words[0])) < MIN_LETTERS:
            allowed = f"at least {MIN_LETTERS} letters beside * and ?"
            raise WildcardTooShort(f"“{term}” is too short.", parameter="q", value=str(term), allowed=allowed)
    near = [node for node in every([query]) if isinstance(node, Near)]
    if sum(len(node.distances) for node in near) > MAX_NEAR:
        detail = "Too many words are near others."
        raise TooManyNear(detail, parameter="q", allowed=f"at most {MAX_NEAR} times NEAR, or words with ~")
    if sum(_WILD.match(term.words[0]) is not None for term in terms) > MAX_OPEN:
        allowed = f"at most {MAX_OPEN} of them"
        raise TooManyWildcards("Too many words begin with * or ?.", parameter="q", allowed=allowed)
