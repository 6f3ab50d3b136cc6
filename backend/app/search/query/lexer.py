"""The tokens of a query: words, phrases, fields, operators, parentheses."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from app.search.query.notices import NoticeKind, Typed
from app.search.query.runs import FIELDS, quoted, terms_of_run, terms_of_text
from app.search.query.tree import Term, TermKind
from app.words import words

MAX_DISTANCE = 20
DEFAULT_DISTANCE = 10
"""The default of SQLite's FTS5."""


class TokenKind(StrEnum):
    TERMS = "terms"
    FIELD = "field"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    NEAR = "NEAR"


class Token(NamedTuple):
    """A token at [start, end) of the text. `terms` are the words of a run, the phrase, or the value of the `field`;
    `distance` belongs to NEAR, or to a phrase with ~."""

    kind: TokenKind
    start: int
    end: int
    terms: tuple[Term, ...] = ()
    distance: int | None = None
    field: str = ""


_OPERATORS = frozenset(["AND", "OR", "NOT"])
_QUOTES = str.maketrans("“”„‟«»‹›「」『』〝〞〟《》〈〉❝❞−", '"' * 21 + "-")
# Words that begin with an apostrophe: before them it is no quotation mark.
_ELIDED = "tis|twas|twere|twill|twould|twixt|tween|gainst|neath|mongst|bout|em|en|im|er|n|t|s|ll|d|th|pon"
_SINGLE = rf"""(?<![^\s("-])['‘‚](?=\w)(?!(?i:{_ELIDED})\b)(?P<%s>(?:[^"'‘’]|['’](?=\w))+)['’‘](?!\w)"""
# These characters are not typed for an apostrophe, so they open a phrase even if nothing closes it; so does an
# apostrophe at the very beginning.
_OPEN = rf"""(?:(?<![^\s("-])[‘‚]|(?<!.)'(?=\w+\s+\w))(?=\w)(?!(?i:{_ELIDED})\b)(?P<open_single>[^"]*)"""
_FIELD = (
    rf"""(?<![^\s(-])(?P<field>(?i:{FIELDS})):\s*(?:"(?P<quoted>[^"]*)"?|['‘](?P<named>[^"'‘’]*)['’]"""
    r"""|(?P<value>(?!(?:AND|OR|NOT)(?!\S))[^\s"()|]+))"""
)
_TOKEN = re.compile(
    rf"""
      (?<!\S)/(?=[^\s/])(?P<regex>[^/"]+)/(?![^\s)])
    | (?P<minus>(?<![^\s(])-(?=[^\s)-]))
    | {_FIELD}
    | (?:"(?P<phrase>[^"]*)(?P<closed>")?|{_SINGLE % "single"}|{_OPEN})(?:~(?P<distance>\d*)(?![^\s)]))?
    | (?P<open>\() | (?P<close>\)) | (?P<or>\|+)
    | (?P<run>[^\s"()|]+)
    """,
    re.VERBOSE,
)
_SIMPLE = {"minus": TokenKind.NOT, "open": TokenKind.OPEN, "close": TokenKind.CLOSE, "or": TokenKind.OR}
_NEAR = re.compile(r"near(?:/(\d+))?", re.IGNORECASE)
# Operators of ProQuest, EBSCO, Scopus and others.
_OF_OTHERS = re.compile(r"NEAR[\W\d].*|(?:W|N|PRE|ADJ)/?\d+|ADJ|ANDNOT|XOR")
_DASHES = re.compile("--+|[!–—]")
_IN_PHRASE = re.compile(r"\*|\?(?=\w)")


def tokens(typed: Typed) -> Iterator[Token]:
    """The tokens of a text, with notices about what is ignored."""
    for match in _TOKEN.finditer(typed.plain.translate(_QUOTES)):
        yield from _of(match, typed)


def _of(match: re.Match[str], typed: Typed) -> Iterator[Token]:
    start, end = match.span()
    if match["run"]:
        yield from _of_run(match["run"], start, end, typed)
    elif match["phrase"] is not None or match["single"] or match["open_single"]:
        yield from _of_phrase(match, typed)
    elif match["field"]:
        yield from _of_field(match, typed)
    elif match["regex"]:
        typed.say(NoticeKind.REGEX, start, end)
        yield from _of_terms(terms_of_text(match["regex"]), start, end)
    else:
        assert match.lastgroup
        yield Token(_SIMPLE[match.lastgroup], start, end)


def _of_phrase(match: re.Match[str], typed: Typed) -> Iterator[Token]:
    start, end = match.span()
    text = match["phrase"] or match["single"] or match["open_single"] or ""
    if not match["closed"] and not match["single"]:
        typed.say(NoticeKind.OPEN_QUOTE, start, start + 1)
    for sign in _IN_PHRASE.finditer(text):
        typed.say(NoticeKind.IN_PHRASE, start + 1 + sign.start(), start + 1 + sign.end())
    if match["distance"] is None:
        yield from _of_terms(quoted(text), start, end)
    elif len(terms := terms_of_text(text)) > 1:
        distance = _distance(match["distance"], start, end, typed)
        yield Token(TokenKind.TERMS, start, end, terms, distance)
    else:
        typed.say(NoticeKind.FUZZY, match.start("distance") - 1, end)
        yield from _of_terms(quoted(text), start, end)


def _of_field(match: re.Match[str], typed: Typed) -> Iterator[Token]:
    start, end = match.span()
    value = tuple(words(match["quoted"] or match["named"] or match["value"] or ""))
    name = match["field"].lower()
    if match["quoted"] is not None and not match.group().endswith('"'):
        typed.say(NoticeKind.OPEN_QUOTE, match.start("quoted") - 1, match.start("quoted"))
    if not value:
        typed.say(NoticeKind.FIELD, start, end)
        yield from _of_terms(terms_of_text(name), start, end)
    elif name == TermKind.SPEAKER:
        yield Token(TokenKind.TERMS, start, end, (Term(TermKind.SPEAKER, value),))
    else:
        yield Token(TokenKind.FIELD, start, end, (Term(TermKind.EXACT, value),), field=name)


def _of_run(run: str, start: int, end: int, typed: Typed) -> Iterator[Token]:
    """The tokens of a run: an operator, or one word or several."""
    near = _NEAR.fullmatch(run)
    if run in _OPERATORS:
        yield Token(TokenKind(run), start, end)
    elif near and run.startswith("NEAR"):
        yield Token(TokenKind.NEAR, start, end, distance=_distance(near[1], start, end, typed))
    else:
        if near and near[1]:
            typed.say(NoticeKind.CAPITALS, start, end)
        elif _OF_OTHERS.fullmatch(run):
            typed.say(NoticeKind.OPERATOR, start, end)
        elif _DASHES.fullmatch(run) and typed.plain[end : end + 1].strip():
            typed.say(NoticeKind.SIGNS, start, end)  # before a phrase or a parenthesis
        yield from _of_terms(tuple(terms_of_run(run, start, typed)), start, end)


def _distance(text: str | None, start: int, end: int, typed: Typed) -> int:
    wanted = int(text) if text else DEFAULT_DISTANCE
    if wanted > MAX_DISTANCE:
        typed.say(NoticeKind.DISTANCE, start, end)
    return min(wanted, MAX_DISTANCE)


def _of_terms(terms: tuple[Term, ...], start: int, end: int) -> Iterator[Token]:
    if terms:
        yield Token(TokenKind.TERMS, start, end, terms)
