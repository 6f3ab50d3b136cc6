"""How headings usually look: for books that have no rules of their own."""

from app.corpus.structure.marks import Kind, Mark, Rule, scan
from app.corpus.structure.numerals import ROMAN, WORD_NUMBER

_N = rf"(?P<n>{ROMAN}|\d{{1,4}}|(?i:{WORD_NUMBER}))"
_TITLE = r"(?:[.:]?\s*$|[.:—–-]+[^\S\n]*(?P<t>[^\n]{1,120})$)"


def _rule(kind: Kind, level: int, word: str) -> Rule:
    return Rule(kind, level, rf"(?:(?<=\n\n)|\A|^)[^\S\n]*(?:{word}|{word.upper()}) (?:THE )?{_N}{_TITLE}", title_below=False)


RULES = (
    _rule(Kind.VOLUME, 1, "Volume"),
    _rule(Kind.BOOK, 1, "Book"),
    _rule(Kind.PART, 1, "Part"),
    _rule(Kind.ACT, 1, "Act"),
    _rule(Kind.CHAPTER, 2, "Chapter"),
    _rule(Kind.SCENE, 2, "Scene"),
)


def marks(text: str) -> list[Mark]:
    return scan(text, RULES)
