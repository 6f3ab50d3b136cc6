"""The query language: words, "exact phrases", prefix*, -excluded."""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from app.errors import EmptyQuery, InvalidParameter, OnlyExclusions, QueryTooLong, TooManyTerms, UnbalancedQuotes
from app.words import words

MAX_LENGTH = 256
MAX_TERMS = 32
MIN_PREFIX = 2
# From this many words on a query is a sentence, likely to be remembered not quite right.
A_SENTENCE = 5

# A minus excludes only in front of a term: "snow-hill" is two words.
_TERM = re.compile(r'((?<!\S)-)?(?:"([^"]*)"|([^\s"]+))')
# Control characters (Cc) that are no spaces, and halves of surrogate pairs (Cs).
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)


class Kind(StrEnum):
    WORD = "word"
    PHRASE = "phrase"
    PREFIX = "prefix"


class Term(NamedTuple):
    """One term of a query; `words` are normal forms, one of them unless it is a phrase."""

    kind: Kind
    words: tuple[str, ...]

    def __str__(self) -> str:
        text = " ".join(self.words)
        if self.kind is Kind.PHRASE:
            return f'"{text}"'
        return f"{text}*" if self.kind is Kind.PREFIX else text


class Query(NamedTuple):
    """What must be found and what must not. Its string parses to the same query again."""

    terms: tuple[Term, ...]
    excluded: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return " ".join([*map(str, self.terms), *(f"-{term}" for term in self.excluded)])


def parse(text: str, parameter: str = "q") -> Query:
    """The query that a person typed; raises a RequestError that names the parameter and says what is allowed."""
    return _of_words(text) or _of_terms(text, parameter)


def _of_words(text: str) -> Query | None:
    """The query of letters and spaces alone, which is what most people type; None if it is anything else."""
    if len(text) > MAX_LENGTH or not text.isascii() or not text.replace(" ", "").isalpha():
        return None
    found = text.lower().split()
    return Query(tuple([Term(Kind.WORD, (word,)) for word in found])) if len(found) <= MAX_TERMS else None


def _of_terms(text: str, parameter: str) -> Query:
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_QUOTES)
    _check(text, plain, parameter)
    terms: list[Term] = []
    excluded: list[Term] = []
    for match in _TERM.finditer(plain):
        minus, phrase, run = match.groups()
        found = _words(run, minus, parameter) if phrase is None else _phrase(words(phrase))
        (excluded if minus else terms).extend(found)
    if not terms and excluded:
        raise OnlyExclusions("Nothing says what to look for.", parameter=parameter, allowed="at least one word")
    if not terms:
        raise EmptyQuery("There is no word in it.", parameter=parameter, allowed="words, phrases in quotes, prefix*")
    if sum(len(term.words) for term in terms + excluded) > MAX_TERMS:
        raise TooManyTerms("It has too many words.", parameter=parameter, allowed=f"at most {MAX_TERMS} words")
    return Query(tuple(terms), tuple(dict.fromkeys(excluded)))


def _check(text: str, plain: str, parameter: str) -> None:
    if len(text) > MAX_LENGTH:
        allowed = f"at most {MAX_LENGTH} characters"
        raise QueryTooLong(f"It has {len(text)} characters.", parameter=parameter, allowed=allowed)
    if _CONTROL.search(plain):
        raise InvalidParameter("It holds a control character.", parameter=parameter, allowed="printable characters")
    if plain.count('"') % 2:
        detail = f"The quotation mark at character {plain.rindex(chr(34)) + 1} is not closed."
        raise UnbalancedQuotes(detail, parameter=parameter, allowed='an even number of "')


def _phrase(found: list[str]) -> list[Term]:
    return [Term(Kind.PHRASE, tuple(found))] if found else []


def _words(run: str, minus: str | None, parameter: str) -> list[Term]:
    """What stands between two spaces: one word or more, the last of them a prefix before a star."""
    found = words(run)
    if minus and len(found) > 1:
        return _phrase(found)
    terms = [Term(Kind.WORD, (word,)) for word in found]
    if terms and run.endswith("*"):
        terms[-1] = _prefix(terms[-1], parameter)
    return terms


def _prefix(term: Term, parameter: str) -> Term:
    if len(term.words[0]) < MIN_PREFIX:
        detail = f"The prefix “{term}*” is too short."
        raise InvalidParameter(detail, parameter=parameter, allowed=f"at least {MIN_PREFIX} letters before the *")
    return Term(Kind.PREFIX, term.words)
