"""From the raw text of a file to the text in which every offset counts.

Lines are blanked, never deleted, up to the point where the tail is cut off, so that line numbers of the file stay
valid.
"""

import re
import unicodedata

from app.corpus.wrapped import unwrapped

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")
_LICENCE_HEAD = re.compile(r"(?s)\A.{0,20000}?^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG[^\n]*$", re.MULTILINE)
# The pattern begins with a line end, which is found at once; other patterns are tried at every character.
_LICENCE_TAIL = re.compile(
    r"\n(?:\*\*\* ?END OF (?:THE|THIS) PROJECT|End of (?:the )?Project) Gutenberg", re.IGNORECASE
)
_TITLE_LINE = re.compile(r"\A\[[^\n]*\]$", re.MULTILINE)
_CLOSING_LINE = re.compile(r"\n[ \[]*(?:FINIS|Finis|THE END|The End)\b[^\n]{0,60}\s*\Z")
_PICTURE = re.compile(r"\[Illustration[^\]]{0,2000}\]")
# The pattern begins with the underscore itself, because a lookbehind at the start would be tried at every character.
_EMPHASIS = re.compile(r"_(?<![^\W_]_)(?=[^\s_])((?:[^_\n]|\n(?!\n)){1,600}?)(?<=[^\s_])_")


def _horizontal(character: str) -> str:
    """The horizontal form, of the same width, of a punctuation mark for vertical lines."""
    plain = {"..": "‥", "...": "…"}.get(compatible := unicodedata.normalize("NFKC", character), compatible)
    return chr(ord(plain) + 0xFEE0) if plain.isascii() else plain


_VERTICAL = {code: _horizontal(chr(code)) for code in (*range(0xFE10, 0xFE1A), *range(0xFE30, 0xFE49))}


def normalise(raw: str) -> str:
    """The text without licence, title line, closing line, pictures and emphasis marks. Lines end in a line feed."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    text = "\n".join(map(str.rstrip, _CONTROL.sub(" ", text).split("\n")))
    text = _LICENCE_HEAD.sub(_blank, text, count=1)
    text = _without_tail(_TITLE_LINE.sub("", text, count=1))
    text = _PICTURE.sub(_blank, text)
    text = unwrapped(text if text.isascii() else text.translate(_VERTICAL))
    return _EMPHASIS.sub(r"\1", text) if "_" in text else text


def _blank(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def _without_tail(text: str) -> str:
    licence = _LICENCE_TAIL.search("\n" + text)
    if licence:
        text = text[: licence.start()]
    return _CLOSING_LINE.sub("", text.rstrip()) + "\n"
