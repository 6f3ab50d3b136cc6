"""The text of a Markdown file, read as the page that it makes."""

import re

from markdown_it import MarkdownIt

from app.corpus.own_books import headers, html
from app.corpus.own_books.document import About, Document, Unreadable, one_line
from app.corpus.own_books.encodings import decode

# About a megabyte is read per second.
MOST_BYTES = 16 * 1024 * 1024

_FRONT_MATTER = re.compile(r"\A---\n(.{0,10000}?)\n(?:---|\.\.\.)\n", re.DOTALL)
_FIELD = re.compile(r"^(title|author|lang|language|date): *[\"']?(.*?)[\"']?$", re.MULTILINE)


def read(content: bytes, given: str | None = None) -> Document:
    """Reads a Markdown file, with what its front matter says about it. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(
            f"has more than the {MOST_BYTES // 1024 // 1024} MiB that a file of Markdown may have. Split it."
        )
    text, encoding, doubt = decode(content, given)
    text = text.replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    fields = dict(_FIELD.findall(front[1])) if front else {}
    page = html.flatten(html.parse(MarkdownIt("commonmark").render(text[front.end() :] if front else text)))
    year = re.match(r"\d{4}", fields.get("date", ""))
    about = About(
        title=one_line(fields.get("title")),
        author=one_line(fields.get("author")),
        language=headers.language(fields.get("lang") or fields.get("language")),
        year=int(year[0]) if year else None,
    )
    return Document(page.text, about, page.headings, encoding, doubt)
