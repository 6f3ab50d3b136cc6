"""Sections and fenced blocks of a Markdown file, with their lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"^```")
_HEADING = re.compile(r"^(#{2,3}) +(.*\S)\s*$")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a heading: its own text, up to the first heading below it, and the sections below it."""

    title: str
    line: int
    text: str
    parts: tuple["Section", ...] = ()

    def blocks(self, language: str) -> list[str]:
        """The fenced blocks of its own text, without the fences."""
        return re.findall(rf"^```{language}\n(.*?)^```$", self.text, re.MULTILINE | re.DOTALL)


def sections(text: str) -> list[Section]:
    """The sections of the second level, each with those of the third; a heading within a fence is none."""
    parsed: list[Section] = []
    for level, title, line, own in _headings(text):
        if level == 3 and parsed:
            last = parsed.pop()
            parsed.append(Section(last.title, last.line, last.text, (*last.parts, Section(title, line, own))))
        else:
            parsed.append(Section(title, line, own))
    return parsed


def unwrapped(text: str, between: str) -> str:
    """Each paragraph on one line, its lines joined by `between`; words of Latin letters stay apart."""
    paragraphs = re.split(r"\n{2,}", text.strip())
    apart = (re.sub(r"(?<=[\w`.,:])\n(?=[\w`(])", " ", paragraph, flags=re.ASCII) for paragraph in paragraphs)
    return "\n\n".join(paragraph.replace("\n", between) for paragraph in apart)


def _headings(text: str) -> Iterator[tuple[int, str, int, str]]:
    """Level, title and line of each heading, and the text up to the next one."""
    lines, fenced, open_ = text.splitlines(), False, (0, "", 0)
    kept: list[str] = []
    for number, line in enumerate(lines, 1):
        fenced ^= bool(_FENCE.match(line))
        match = None if fenced else _HEADING.match(line)
        if match is None:
            kept.append(line)
            continue
        if open_[0]:
            yield *open_, _joined(kept)
        open_, kept = (len(match[1]), match[2], number), []
    if open_[0]:
        yield *open_, _joined(kept)


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n") + "\n"
