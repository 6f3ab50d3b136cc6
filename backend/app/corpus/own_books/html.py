"""The text of an HTML page: its paragraphs, line breaks and headings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import etree

from app.corpus.model import MarkedHeading
from app.corpus.own_books import headers
from app.corpus.own_books.document import About, Document, Unreadable, one_line
from app.corpus.own_books.encodings import decode, known
from app.writing import WIDE

# Elements that browsers show with a blank line around them, or on a line of their own.
_PARAGRAPHS = (
    "address article aside blockquote body center dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr"
    " main ol p pre section table ul"
)
_ROWS = "caption dd div dt figcaption legend li option summary td th tr"
_GAPS = {**dict.fromkeys(_PARAGRAPHS.split(), 2), **dict.fromkeys(_ROWS.split(), 1)}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOT_SHOWN = "head script style template nav rt rp rtc noscript svg math audio video iframe object"
_UNSEEN = frozenset(_NOT_SHOWN.split())
# What editions add to a text: numbers of pages and notes, imprints and licences. Standard Ebooks and EPUB mark them by
# epub:type, Project Gutenberg and 青空文庫 by class.
_OF_EDITIONS = (
    "pagebreak pagenum pageno noteref imprint colophon copyright-page titlepage toc landmarks loi halftitlepage"
    " pg-boilerplate bibliographical_information notation_notes after_text"
)
_ADDED = frozenset(_OF_EDITIONS.split())
_TYPES = ("class", "epub:type", "{http://www.idpf.org/2007/ops}type")

_ENCODING = re.compile(
    rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w:-]{1,40})|<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w:-]{1,40})""",
    re.IGNORECASE,
)
_HEAD_BYTES = 4096
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
# A parser compares each attribute of a tag with all before it, so thousands of them must be refused.
_MANY_ATTRIBUTES = re.compile(
    rb"""<[a-zA-Z][^\s/>]*+(?:[\s/]*+[^\s/>][^\s/>=]*+(?>(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)?)){1000}"""
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WIDE_BREAK = re.compile(rf"(?<=[{WIDE}])\s*\n\s*(?=[{WIDE}])")


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page, with the lines of its headings and of its elements with an id."""

    text: str
    headings: tuple[MarkedHeading, ...]
    anchors: Mapping[str, int]


def read(content: bytes, given: str | None = None) -> Document:
    """Reads an HTML page. Raises Unreadable."""
    text, encoding, doubt = decode(content, given, declared(content))
    root = parse(text)
    page = flatten(root)
    return Document(page.text, _about(root), page.headings, encoding, doubt)


def declared(content: bytes) -> str | None:
    """The encoding that a page declares at its beginning, if there is one of that name."""
    match = _ENCODING.search(content[:_HEAD_BYTES])
    name = (match[1] or match[2]).decode() if match else ""
    return name if known(name) else None


def parse(text: str, xml: bool = False) -> etree._Element:
    """The tree of a page, or of an XML document. Raises Unreadable if there is none, or if it is made to exhaust a
    parser."""
    content = text.encode("utf-8", "replace")
    if _ENTITY.search(content):
        raise Unreadable("declares entities, which may expand without end. Save it without them.")
    if _MANY_ATTRIBUTES.search(content):
        raise Unreadable("has an element with a thousand attributes. Save it as plain text.")
    if xml:
        parser: Any = etree.XMLParser(
            encoding="utf-8", recover=True, resolve_entities=False, no_network=True, huge_tree=True
        )
    else:
        parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.LxmlError as error:
        raise Unreadable(f"cannot be read as a page: {one_line(str(error))}. Save it as plain text.") from error
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise Unreadable("has elements in one another, thousands deep. Save it as plain text.")
    if root is None:
        raise Unreadable("holds nothing to read. Put its text there, or remove it.")
    return root


def flatten(root: etree._Element) -> Page:
    """The text of a tree as a browser lays it out, without what editions add to it."""
    layout = _Layout()
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and _is_seen(element):
            layout.open(element)
        elif event == "start":
            walk.skip_subtree()
        else:
            layout.close(element, event == "end" and _is_seen(element))
    return Page("".join(layout.parts), tuple(layout.headings), layout.anchors)


class _Layout:
    """Lays text out on lines. `gap` is the number of line breaks before the next text."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.headings: list[MarkedHeading] = []
        self.anchors: dict[str, int] = {}
        self._line = 0
        self._gap = 0
        self._blank = False
        self._kept = 0
        self._heading: tuple[int, int] | None = None

    def open(self, element: etree._Element) -> None:
        tag = _name(element)
        if tag == "&":
            self._add(unescape(element.text or ""))
            return
        self._leave_gap(tag)
        for anchor in filter(None, (element.get("id"), element.get("name"))):
            self.anchors.setdefault(anchor, self._next_line)
        if tag in _HEADINGS and self._heading is None:
            self._heading = (self._next_line, len(self.parts))
        self._kept += tag == "pre"
        self._add(element.text)

    def close(self, element: etree._Element, seen: bool) -> None:
        """Ends an element. Text after it belongs to the element around it."""
        tag = _name(element)
        if seen and tag != "&":
            if tag in _HEADINGS and self._heading:
                self._end_heading(*self._heading, _HEADINGS[tag])
            self._kept -= tag == "pre"
            self._leave_gap(tag)
            if tag == "br":
                self._gap = min(self._gap + 1, 2)
        self._add(element.tail)

    def _end_heading(self, line: int, first_part: int, level: int) -> None:
        if title := one_line("".join(self.parts[first_part:])):
            self.headings.append(MarkedHeading(line, self._line + 1, level, title))
        self._heading = None

    @property
    def _next_line(self) -> int:
        return self._line + (self._gap if self.parts else 0)

    def _leave_gap(self, tag: str) -> None:
        self._gap = max(self._gap, _GAPS.get(tag, 0))

    def _add(self, text: str | None) -> None:
        if not text:
            return
        text = text if self._kept else _BLANKS.sub(" ", _WIDE_BREAK.sub("", text))
        words = text if self._kept else text.strip(" ")
        self._blank = self._blank or text.startswith(" ")
        if not words:
            return
        if self.parts:
            words = ("\n" * self._gap or " " * self._blank) + words
        self.parts.append(words)
        self._line += words.count("\n")
        self._gap, self._blank = 0, text.endswith(" ")


def _name(element: etree._Element) -> str:
    """An element's name without its namespace; "&" for an entity, empty for what is no element."""
    if element.tag is etree.Entity:
        return "&"
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _is_seen(element: etree._Element) -> bool:
    tag = _name(element)
    if tag == "&":
        return True
    kinds = " ".join(element.get(name, "") for name in _TYPES).split()
    return tag not in _UNSEEN and "hidden" not in element.attrib and _ADDED.isdisjoint(kinds)


def _about(root: etree._Element) -> About:
    """What the head of a page says about it."""
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("name", "").lower().removeprefix("dcterms.").removeprefix("dc.")
        said.setdefault(name, meta.get("content", ""))
    title = next(root.iter("title"), None)
    named = headers.gutenberg_title(one_line(title.text) or "") if title is not None else About()
    return About(
        title=one_line(said.get("title")),
        author=headers.person(said.get("creator") or said.get("author")),
        language=headers.language(said.get("language") or root.get("lang")),
        gutenberg=headers.gutenberg_number(said.get("source", "")),
    ).or_else(named)
