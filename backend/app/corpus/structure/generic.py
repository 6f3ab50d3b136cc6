"""Rules for headings as they usually look, for books that have no rules of their own."""

import re

from app.corpus.model import Form, Section
from app.corpus.structure import east_asian, scripture
from app.corpus.structure.headings import Heading, Kind, Rule, counting, scan
from app.corpus.structure.numerals import ROMAN, WORD_NUMBER
from app.corpus.structure.outline import outline
from app.corpus.structure.parts import parts
from app.corpus.structure.plays import with_first_acts

_INDENT = r"[^\S\n]*"
_NUMBER = rf"(?:THE |The |the )?(?P<n>(?:{ROMAN}|\d{{1,4}}|(?i:{WORD_NUMBER}))\b)"
_TITLE = r"""(?:(?:[.:,—–-]+[^\S\n]*|[^\S\n]+)(?P<t>[A-Z"'“‘(][^\n]{0,119})|[.:,—–-]*)$"""
_CAPITALS = r"[^a-z\n]{0,40}[A-Z][^a-z\n]{0,40}"
_SMALL = "an?|and|as|at|by|for|from|in|of|on|or|the|to|with"
_TITLE_CASE = rf"[A-Z][\w'’-]*(?:[ ,:;-]{{1,2}}(?:[A-Z][\w'’-]*|(?:{_SMALL})\b)){{0,12}}"
_NAMED = "preface|prologue|epilogue"
_NO_TITLE = rf"(?:(?i:volume|book|part|chapter|act|scene|{_NAMED})\b|(?:{ROMAN}|\d+)\.?\n)"
_BELOW = rf"\n\s*(?!{_NO_TITLE})({_CAPITALS}|{_TITLE_CASE})\n\n"
_LOWEST = 4


def _word(kind: Kind) -> str:
    return f"(?:{kind}|{kind.upper()})"


def _division(kind: Kind, level: int) -> Rule:
    return Rule(kind, level, f"{_INDENT}{_word(kind)} {_NUMBER}{_TITLE}", below=_BELOW)


RULES = (
    _division(Kind.VOLUME, 1),
    _division(Kind.BOOK, 2),
    _division(Kind.PART, 3),
    _division(Kind.CHAPTER, _LOWEST),
    Rule(Kind.ACT, 3, rf"{_INDENT}{_word(Kind.ACT)} {_NUMBER}(?=[^\S\n]*(?:$|[.:,—–-]|{_word(Kind.SCENE)}))"),
    Rule(
        Kind.SCENE,
        _LOWEST,
        rf"{_INDENT}(?:{_word(Kind.ACT)} {_NUMBER.replace('?P<n>', '?:')}[.:,—–-]*[^\S\n]+)?"
        rf"(?P<h>{_word(Kind.SCENE)} {_NUMBER}{_TITLE})",
    ),
    Rule(Kind.TITLED, _LOWEST, rf"{_INDENT}(?P<t>(?i:{_NAMED}))\.?$", named=True),
)
# The rules are only tried where a line begins as one of their headings does: trying each everywhere takes longer than
# all the other work on a book.
_BLANK_LINE = "\n\n"
_WORD_OPENS = re.compile(rf"\n\n(?={_INDENT}(?i:volume|book|part|chapter|act|scene|{_NAMED})\b)")
_NUMERAL_OPENS = re.compile(rf"\n\n(?={_INDENT}(?:{ROMAN}|\d{{1,3}})(?:\.|\n\n))")
_NUMERAL_TITLE = r"(?:\.[^\S\n]+(?P<t>[A-Z][^\n]{0,79})|\.?)(?=\n\n)"
_NUMERAL = Rule(Kind.CHAPTER, _LOWEST, rf"{_INDENT}(?P<n>{ROMAN}|\d{{1,3}}){_NUMERAL_TITLE}", below=_BELOW)
_OPENING = "\"'“‘(["
_CONTENTS = re.compile(r"^[^\S\n]*(?:(?i:(?:table of )?contents)|目[次录錄]|목차|차례|สารบัญ)[.:]?$", re.MULTILINE)


def sections(text: str, short: str, form: Form) -> tuple[Section, ...]:
    """The sections of any text, which references cite as `short`."""
    if form is Form.SCRIPTURE:
        return scripture.sections(text, short) or parts(text, short)
    headings = find_headings(text)
    return outline(text, short, headings, form.unit) if len(headings) > 1 else parts(text, short, form.unit)


def find_headings(text: str) -> list[Heading]:
    """The headings of a text, in order: those with a name ("Chapter 2"), or else numerals that count up."""
    headings = scan(text, RULES, _starts(text, _WORD_OPENS))
    if not any(heading.kind in (Kind.CHAPTER, Kind.SCENE) for heading in headings):
        numerals = counting(scan(text, [_NUMERAL], _starts(text, _NUMERAL_OPENS)))
        headings = sorted([*headings, *numerals], key=lambda heading: (heading.start, heading.level))
    return with_first_acts(_without_contents(text, headings or east_asian.find_headings(text)))


def _starts(text: str, opening: re.Pattern[str]) -> list[int]:
    """Where a heading may start: after a blank line, or at the start of the text."""
    return [match.end() - len(_BLANK_LINE) for match in opening.finditer(_BLANK_LINE + text)]


def _without_contents(text: str, headings: list[Heading]) -> list[Heading]:
    """The headings without those of a table of contents, which ends where its first entry occurs again."""
    table = _CONTENTS.search(text)
    listed = [heading for heading in headings if table and heading.start > table.end()]
    again = next((heading for heading in listed[1:] if heading.label == listed[0].label), None)
    if not again:
        return headings
    return [heading for heading in headings if heading.start < listed[0].start or heading.start >= again.start]


def guess_form(text: str) -> Form:
    """How a text without a catalogue entry is written, from its verse numbers, its scenes or the shape of its lines."""
    if sum(1 for _ in zip(scripture.verses(text), range(10), strict=False)) == 10:
        return Form.SCRIPTURE
    if any(heading.kind is Kind.SCENE for heading in scan(text, RULES, _starts(text, _WORD_OPENS))):
        return Form.PLAY
    return Form.VERSE if _looks_like_verse(text) else Form.PROSE


def _looks_like_verse(text: str) -> bool:
    """Whether lines are short and nearly all of them begin with a capital, as no wrapped paragraph's do."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    capital = sum(line.lstrip(_OPENING)[:1].isupper() for line in lines)
    return len(lines) >= 10 and capital >= 0.8 * len(lines) and sum(map(len, lines)) <= 60 * len(lines)
