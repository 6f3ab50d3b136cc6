"""Rules for headings in Chinese, Japanese, Korean and Thai: 第一章, 제1장, 上・中・下, numerals alone, 序 and 跋."""

from app.corpus.structure.headings import Heading, Kind, Rule, counting, scan
from app.writing import has_unspaced

_INDENT = r"^[^\S\n]*"
_GAP = r"[^\S\n]?"
_FIGURES = r"(?P<n>[〇零一二三四五六七八九十百千廿壱弐参\d]{1,8})"
# A title is set off by a space or a colon, and is no sentence.
_TITLE = r"(?:[^\S\n]*(?:[:：][^\S\n]*|[・、.．]?[^\S\n]+)(?P<t>[^\n。]{1,40}))?$"


def _counted(kind: Kind, level: int, names: str) -> Rule:
    return Rule(kind, level, rf"{_INDENT}(?P<p>[第제]{_GAP}{_FIGURES}{_GAP}(?:{names})){_TITLE}")


def _named(key: str, names: str) -> Rule:
    return Rule(Kind.TITLED, 4, rf"{_INDENT}(?P<p>{names}){_TITLE}", key=key)


_RULES = (
    _counted(Kind.VOLUME, 1, "[巻卷冊册集輯권]"),
    _counted(Kind.PART, 2, "[部編篇幕부편막]"),
    _counted(Kind.CHAPTER, 4, "[章回話话夜場场장화회]"),
    _counted(Kind.NUMBERED, 5, "[節节項절]"),
    Rule(Kind.CHAPTER, 4, rf"{_INDENT}(?P<p>(?:บท|ตอน)(?:ที่)?{_GAP}{_FIGURES}){_TITLE}"),
    _named("preface", "[自小]?序[文章言詞]?|はしがき|まえがき|はじめに|緒言|楔子|引子|プロローグ|서문|머리말|คำนำ"),
    _named("afterword", "跋|後記|后记|終章|尾[聲声]|あとがき|おわりに|エピローグ|후기|맺음말"),
)
_HALVES = Rule(Kind.PART, 3, rf"{_INDENT}(?P<p>[上中下](?:の?[巻卷編篇部])?|[前中後](?:[編篇])){_TITLE}")
_NUMERAL = Rule(Kind.CHAPTER, 4, rf"(?:\A|(?<=\n\n)){_INDENT}(?P<p>(?:その|其の?)?{_FIGURES}){_TITLE}")


def find_headings(text: str) -> list[Heading]:
    """The headings of a text, in order; none for a text in another script."""
    if not has_unspaced(text):
        return []
    headings = scan(text, _RULES)
    if not any(heading.kind is Kind.CHAPTER for heading in headings):
        headings += counting(scan(text, [_NUMERAL]))
    return sorted([*headings, *_halves(text)], key=lambda heading: (heading.start, heading.level))


def _halves(text: str) -> list[Heading]:
    """The headings 上, 中 and 下, if there is more than one: alone, such a line is something else."""
    halves = scan(text, [_HALVES])
    return halves if len({heading.label for heading in halves}) > 1 else []
