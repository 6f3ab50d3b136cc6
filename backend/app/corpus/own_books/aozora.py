"""Texts of 青空文庫: their first lines, readings (ruby), notes, headings and colophon are structure, not text.

The notation is described at https://www.aozora.gr.jp/annotation/.
"""

import re

from app.corpus.model import MarkedHeading
from app.corpus.own_books.document import About, one_line

# A line of hyphens above and below the explanation of the notation, between the title and the text.
_RULE = re.compile(r"^-{20,}$", re.MULTILINE)
_EXPLANATION = "【テキスト中に現れる記号について】"
_COLOPHON = re.compile(r"^底本[：:]", re.MULTILINE)
_HEAD = 20_000

_RUBY = re.compile(r"《[^《》\n]{1,100}》|[｜|](?=[^《》\n｜]{1,100}《)")
_NOTE = re.compile(r"［＃[^［］\n]{0,400}(?:［[^［］\n]{0,100}］[^［］\n]{0,400})?］")
_CHARACTER = re.compile(
    r"※［＃[^［］\n]{0,200}?(?:U\+([0-9A-Fa-f]{4,6})|([12])-(\d{1,2})-(\d{1,2}))[^［］\n]{0,100}］|※(?=［＃)"
)
_HEADING = re.compile(r"［＃(?:[「『].{1,200}?[」』]は|ここから)?(?:同行|窓)?(大|中|小)見出し］")
_LEVELS = {"大": 1, "中": 2, "小": 3}
_UNKNOWN = "〓"
_OTHERS = re.compile(r"(?:訳|校訂|編|編訳|校注)$")


def is_aozora(text: str) -> bool:
    """Whether a text explains the notation, or has notes and a colophon."""
    return _EXPLANATION in text[:_HEAD] or ("［＃" in text and _COLOPHON.search(text) is not None)


def read(text: str) -> tuple[str, About, tuple[MarkedHeading, ...]]:
    """The text alone, what its first lines say about it, and its headings."""
    above, body = _divided(text)
    end = _COLOPHON.search(body)
    lines, headings = list[str](), list[MarkedHeading]()
    for number, line in enumerate((body[: end.start()] if end else body).split("\n")):
        plain = _plain(line)
        note = _HEADING.search(line)
        title = one_line(plain)
        if note and title:
            headings.append(MarkedHeading(number, number + 1, _LEVELS[note[1]], title))
        lines.append(plain)
    return "\n".join(lines), _about(above), tuple(headings)


def _divided(text: str) -> tuple[str, str]:
    """Splits a text into its first lines, and the text below them and below the explanation."""
    rules = list(_RULE.finditer(text[:_HEAD]))[:2]
    if len(rules) == 2 and _EXPLANATION in text[rules[0].end() : rules[1].start()]:
        return text[: rules[0].start()], text[rules[1].end() :]
    above, _, below = text.lstrip("\n").partition("\n\n")
    return above, below


def _plain(line: str) -> str:
    return _RUBY.sub("", _NOTE.sub("", _CHARACTER.sub(_character, line)))


def _character(note: re.Match[str]) -> str:
    """A character that the encoding lacks: given as a Unicode code point, or as plane, row and cell of JIS X 0213."""
    code, plane, row, cell = note.groups()
    try:
        if code:
            return chr(int(code, 16))
        if plane:
            position = bytes((0xA0 + int(row), 0xA0 + int(cell)))
            return (b"\x8f" * (plane == "2") + position).decode("euc_jis_2004")
    except ValueError:  # there is no such character
        pass
    return _UNKNOWN


def _about(above: str) -> About:
    """The title is the first line; the author is the last one that is no translator or editor."""
    lines = [line for line in (one_line(_plain(line)) for line in above.splitlines()) if line]
    people = [line for line in lines[1:] if not _OTHERS.search(line)]
    return About(title=lines[0] if lines else None, author=people[-1] if people else None, language="ja")
