"""EPUB: a ZIP archive of pages, with a package document that orders them and a table of contents.

https://www.w3.org/TR/epub-33/; the contents of EPUB 2 (toc.ncx) are read as well.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from app.corpus.model import MarkedHeading
from app.corpus.own_books import headers, html
from app.corpus.own_books.document import About, Document, Unreadable, one_line
from app.corpus.own_books.encodings import decode

MOST_BYTES = 64 * 1024 * 1024
_MOST_FILES = 10_000
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


class _Entry(NamedTuple):
    """An entry of the table of contents: where it leads, and its depth, from 1."""

    page: str
    anchor: str
    level: int
    title: str


def read(content: bytes, _given: str | None = None) -> Document:
    """Reads an EPUB, whose table of contents gives the headings. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Book(archive).document()
    except _DAMAGED as error:
        raise Unreadable(f"is a damaged EPUB: {one_line(str(error))}. Take another copy, or remove it.") from error


class _Book:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = MOST_BYTES
        if len(archive.infolist()) > _MOST_FILES:
            raise Unreadable(f"holds more than {_MOST_FILES:,} files. Remove it.")
        rootfile = next(_elements(self._xml(_CONTAINER), "rootfile"), None)
        self._package_name = rootfile.get("full-path", "") if rootfile is not None else ""
        self._package = self._xml(self._package_name)
        self._items = {item.get("id", ""): item for item in _elements(self._package, "item")}

    def document(self) -> Document:
        names = list(self._spine())
        self._require_not_encrypted(names)
        parts, own, anchors = list[str](), list[MarkedHeading](), dict[str, int]()
        line = 0
        for name in names:
            page = html.flatten(html.parse(decode(self._read(name)).text, xml=True))
            if page.text:
                anchors[name] = line
            anchors |= {f"{name}#{anchor}": line + at for anchor, at in page.anchors.items()}
            own += (MarkedHeading(h.line + line, h.body + line, h.level, h.title) for h in page.headings)
            parts.append(page.text)
            line += page.text.count("\n") + 2
        listed = _placed(list(self._contents()), anchors, own)
        return Document("\n\n".join(parts), self._about(), tuple(listed or own))

    def _read(self, name: str) -> bytes:
        try:
            with self._archive.open(name) as file:
                content = file.read(self._left + 1)
        except KeyError:
            raise Unreadable(
                f"is a damaged EPUB: it has no {one_line(name)}. Take another copy, or remove it."
            ) from None
        self._left -= len(content)
        if self._left < 0:
            raise Unreadable(f"has more than {MOST_BYTES // 1024 // 1024} MiB of text when unpacked. Remove it.")
        return content

    def _xml(self, name: str) -> etree._Element:
        return html.parse(decode(self._read(name)).text, xml=True)

    def _spine(self) -> Iterator[str]:
        """The names of the pages in reading order."""
        for reference in _elements(self._package, "itemref"):
            item = self._items.get(reference.get("idref", ""))
            if item is not None and reference.get("linear") != "no" and "html" in item.get("media-type", ""):
                yield self._name(item)

    def _name(self, item: etree._Element) -> str:
        return _joined(self._package_name, item.get("href", ""))[0]

    def _require_not_encrypted(self, pages: Sequence[str]) -> None:
        """Raises Unreadable if pages are encrypted. Fonts may be obfuscated, but pages under digital rights management
        cannot be read."""
        if _ENCRYPTION not in self._archive.namelist():
            return
        hidden = {unquote(element.get("URI", "")) for element in _elements(self._xml(_ENCRYPTION), "CipherReference")}
        if not hidden.isdisjoint(pages):
            raise Unreadable("is encrypted (DRM). Take a copy without, or remove it.")

    def _contents(self) -> Iterator[_Entry]:
        """EPUB 3's table of contents, else EPUB 2's."""
        for item in self._items.values():
            if "nav" in item.get("properties", "").split():
                name = self._name(item)
                navigation = (nav for nav in _elements(self._xml(name), "nav") if nav.get(_EPUB_TYPE) in ("toc", None))
                yield from _listed(next(navigation, None), name)
                return
        for item in self._items.values():
            if item.get("media-type") == "application/x-dtbncx+xml":
                name = self._name(item)
                yield from _points(next(_elements(self._xml(name), "navMap"), None), name)
                return

    def _about(self) -> About:
        said: dict[str, list[str]] = {}
        for element in self._package.iter(f"{_DUBLIN_CORE}*"):
            said.setdefault(element.tag.removeprefix(_DUBLIN_CORE), []).append(element.text or "")
        authors = [one_line(name) or "" for name in said.get("creator", [])]
        return About(
            title=one_line(next(iter(said.get("title", [])), None)),
            author=one_line(" and ".join(filter(None, authors[:3]))),
            language=headers.language(next(iter(said.get("language", [])), None)),
            gutenberg=headers.gutenberg_number(" ".join([*said.get("source", []), *said.get("identifier", [])])),
        )


def _elements(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of this name in any namespace."""
    yield from root.iter(f"{{*}}{name}")


def _joined(base: str, address: str) -> tuple[str, str]:
    """The name in the archive, and the fragment, of an address in the file `base`."""
    path, _, anchor = address.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path))), unquote(anchor)


def _listed(navigation: etree._Element | None, name: str) -> Iterator[_Entry]:
    """The links of nested lists."""
    for link in _elements(navigation, "a") if navigation is not None else ():
        level = sum(1 for _ in link.iterancestors("{*}ol"))
        if title := one_line("".join(link.itertext())):
            yield _Entry(*_joined(name, link.get("href", "")), level, title)


def _points(navigation: etree._Element | None, name: str) -> Iterator[_Entry]:
    """The nested points of a navigation map."""
    for point in _elements(navigation, "navPoint") if navigation is not None else ():
        level = 1 + sum(1 for _ in point.iterancestors("{*}navPoint"))
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        title = one_line("".join(label.itertext())) if label is not None else None
        if title and content is not None:
            yield _Entry(*_joined(name, content.get("src", "")), level, title)


def _placed(entries: Sequence[_Entry], anchors: dict[str, int], pages: Sequence[MarkedHeading]) -> list[MarkedHeading]:
    """The entries as headings in the order of the text, each with the heading that its page has at its place."""
    printed = {heading.line: heading.body for heading in pages}
    by_line: dict[int, MarkedHeading] = {}
    for entry in entries:
        line = anchors.get(f"{entry.page}#{entry.anchor}" if entry.anchor else entry.page)
        if line is None:
            line = anchors.get(entry.page)
        if line is not None:
            by_line.setdefault(line, MarkedHeading(line, printed.get(line, line), entry.level, entry.title))
    return [by_line[line] for line in sorted(by_line)]
