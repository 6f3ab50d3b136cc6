"""Parses the numbers of a reference: "III.i.56–90", "bk. 9, l. 780", "2:1-7, 15"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.corpus.tokens import Token

_SPELLINGS = {
    "act": "act acts",
    "scene": "scene scenes sc scs",
    "chapter": "chapter chapters chap chaps ch chs cap",
    "volume": "volume volumes vol vols",
    "book": "book books bk bks",
    "part": "part parts pt pts",
    "canto": "canto cantos",
    "section": "section sections sect sec stanza poem number no",
    "line": "line lines ll",
    "verse": "verse verses vv vs vss ver",
}
LABELS = {spelling: label for label, spellings in _SPELLINGS.items() for spelling in spellings.split()}
UNITS = frozenset(("line", "verse"))
_JOINTS = {"and": "&", "to": "-", "through": "-"}
_SILENT = frozenset(("the", "of"))
_STRENGTH = " .:,&;-"
FOLLOWING = {"f": 1, "ff": 2}


@dataclass(frozen=True, slots=True)
class Number:
    """A number, with what it counts if that is said ("act", "line"), and the punctuation between it and the one before.

    `following` is 1 for "f." (and the next one) and 2 for "ff." (and those that follow).
    """

    value: int
    label: str | None
    joint: str
    following: int = 0


def numbers(typed: Sequence[Token], *, scripture: bool = False) -> list[Number] | None:
    """The numbers that the tokens stand for; None if there is anything else among them.

    "v." and "l." are also Roman numerals: before digits, "v." means verses in scripture, and "l." lines elsewhere.
    """
    read: list[Number] = []
    joint, label = " ", None
    for i, token in enumerate(typed):
        if token.is_punctuation:
            joint = _stronger(joint, token.text)
        elif read and label is None and token.text in FOLLOWING:
            read[-1] = replace(read[-1], following=FOLLOWING[token.text])
        elif named := _label(typed, i, "v" if scripture and read else "l" if not scripture else None):
            label = named
        elif token.value is not None:
            # "Psalms 23 and 24" are two numbers of the same kind; "act 3 and scene 1" are not
            read.append(Number(token.value, label, joint.replace("&", "," if label else ";")))
            joint, label = " ", None
        elif token.text in _JOINTS:
            joint = _stronger(joint, _JOINTS[token.text])
        elif token.text not in _SILENT:
            return None
    if label and read and read[-1].label is None:  # "the third act"
        return [*read[:-1], replace(read[-1], label=label)]
    return read if label is None else None


def _label(typed: Sequence[Token], at: int, short: str | None) -> str | None:
    """What the numbers count, according to the token at `at`; `short` is a letter that may say it too."""
    word = typed[at].text
    if word != short:
        return LABELS.get(word)
    after = next((token.text for token in typed[at + 1 :] if token.text != "."), "")
    return {"v": "verse", "l": "line"}[short] if after.isdecimal() else None


def _stronger(joint: str, other: str) -> str:
    return max(joint, other, key=_STRENGTH.index)
