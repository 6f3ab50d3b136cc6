"""What the first lines of a text say about it: headers of Project Gutenberg, and titles in brackets."""

import re

from app.corpus.own_books.document import About, one_line

# The licence may come first, so the header may start later in the text.
_HEAD = 20_000
_START = re.compile(r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG[^\n]*$", re.MULTILINE | re.IGNORECASE)
# A field may continue on indented lines.
_FIELD = re.compile(
    r"^(Title|Author|Language|Original publication|Release date): *(\S[^\n]*(?:\n[ \t]+\S[^\n]*)*)", re.M | re.I
)
_NUMBER = re.compile(r"\[e(?:book|text) #(\d{1,6})\]", re.IGNORECASE)
_ADDRESS = re.compile(r"gutenberg\.org/(?:ebooks/|files/|etext/|cache/epub/)?(\d{1,6})\b")
_OPENING = re.compile(
    r"(?:The )?Project Gutenberg(?:'s)? E-?(?:book|text)(?: of|,)? (?P<title>.{1,200}?)(?:, by (?P<author>.{1,100}))?",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d\d)(?!\d)")
_BRACKETS = re.compile(
    r"\[(?P<title>[^\n]{1,200}?)(?:,? by (?P<author>[^\n\d]{1,100}?))?(?: (?P<year>\d{3,4}))?\][ \t\r]*$", re.MULTILINE
)
_INVERTED = re.compile(r"([^,]{1,80}), ([^,\d]{1,80}), [^,]*\d{2,4}[^,]*")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")

# The names by which Project Gutenberg calls the languages of its books.
_LANGUAGES = dict(
    line.split(": ")
    for line in """\
Afrikaans: af
Arabic: ar
Bulgarian: bg
Catalan: ca
Chinese: zh
Czech: cs
Danish: da
Dutch: nl
English: en
Esperanto: eo
Estonian: et
Finnish: fi
French: fr
Galician: gl
German: de
Greek: el
Greek, Ancient: grc
Hebrew: he
Hungarian: hu
Icelandic: is
Irish: ga
Italian: it
Japanese: ja
Korean: ko
Latin: la
Lithuanian: lt
Middle English: enm
Norwegian: no
Old English: ang
Persian: fa
Polish: pl
Portuguese: pt
Romanian: ro
Russian: ru
Serbian: sr
Slovak: sk
Slovenian: sl
Spanish: es
Swedish: sv
Tagalog: tl
Turkish: tr
Ukrainian: uk
Welsh: cy
Yiddish: yi""".splitlines()
)


def read(text: str) -> About:
    """What a plain text says about itself; empty if it has no header."""
    if match := _BRACKETS.match(text):
        return About(
            one_line(match["title"]), one_line(match["author"]), year=int(match["year"]) if match["year"] else None
        )
    head = text[:_HEAD]
    start = _START.search(head)
    return gutenberg(head[: start.start()]) if start else About()


def gutenberg(header: str) -> About:
    """What the header of a Project Gutenberg file says about the text."""
    fields = {name.lower(): value for name, value in reversed(_FIELD.findall(header))}
    number, year = _NUMBER.search(header), _YEAR.search(fields.get("original publication", ""))
    opening = next(filter(None, map(str.strip, header.splitlines())), "")
    said = About(
        title=one_line(fields.get("title")),
        author=person(fields.get("author")),
        language=language(fields.get("language")),
        year=int(year[1]) if year else None,
        gutenberg=int(number[1]) if number else None,
    )
    return said.or_else(gutenberg_title(opening))


def gutenberg_title(line: str) -> About:
    """From "The Project Gutenberg eBook of Emma, by Jane Austen"; any other line is a title."""
    match = _OPENING.fullmatch(line)
    return About(one_line(match["title"]), person(match["author"])) if match else About(one_line(line))


def gutenberg_number(text: str) -> int | None:
    """The number of the book that an address in the text leads to."""
    match = _ADDRESS.search(text)
    return int(match[1]) if match else None


def person(name: str | None) -> str | None:
    """A person's name in the order in which it is said: "Jane Austen" for "Austen, Jane, 1775-1817"."""
    shown = one_line(name)
    inverted = _INVERTED.fullmatch(shown) if shown else None
    return f"{inverted[2]} {inverted[1]}" if inverted else shown


def language(name: str | None) -> str | None:
    """The BCP 47 tag of a language, given as a tag or by its English name; the first one if there are several."""
    first = re.split(r"[;/]| and ", one_line(name) or "")[0].strip()
    if known := _LANGUAGES.get(first.title()) or _LANGUAGES.get(first.partition(",")[0].strip().title()):
        return known
    return first if _TAG.fullmatch(first) else None
