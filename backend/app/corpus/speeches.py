"""Speakers in plays. The names that open speeches are printed in the text, but are not words of it."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from app.corpus.model import Form, Passage
from app.words import words

Range = tuple[int, int]

# As the First Folio prints them: "  Ham. To be", "  1.Ple. Neuer", "  3 Ple. O", "  Old man. 'Tis", "  2 Peace".
_NUMBER = r"\d(?:\. ?| (?=[A-Z][a-z]+\.))?"
_NAME = re.compile(
    rf"^ {{2,}}((?:{_NUMBER})?(?:[A-Z]\.)?[A-Z][A-Za-z]*(?: (?:[a-z]+|[A-Z]))?\.|\d\.?)(?=\s)", re.MULTILINE
)
# "  Caes Antonio" lacks the full stop that the name has elsewhere.
_WITHOUT_POINT = re.compile(r"^ {2,}([A-Z][a-z]+)(?= [A-Z](?!\.))", re.MULTILINE)
# "  Tit. Messa. Good night", "  Hor. & Mar. within".
_ANOTHER = re.compile(r" (?:& )?([A-Z][a-z]+\.)(?=\s)")
_DIRECTION = re.compile(r"\b(?:Enter|Exit|Exeunt|Manet)\b[^\n]*$", re.MULTILINE)
_ABBREVIATED = re.compile(r"\b[A-Z][a-z]+\.")


def names(text: str, form: Form) -> list[Range]:
    """The [start, end) of each speaker's name in a play, in order: names that open speeches, and their abbreviations in
    stage directions ("Exit Fran."). None in other books."""
    if form is not Form.PLAY:
        return []
    spans = [match.span(1) for match in _NAME.finditer(text)]
    known = {word for start, end in spans for word in words(text[start:end])}
    another = (_ANOTHER.match(text, end) for _, end in spans)
    spans += [match.span(1) for match in another if match and match[1][:-1].lower() in known]
    spans += [match.span(1) for match in _WITHOUT_POINT.finditer(text) if match[1].lower() in known]
    said = set(words(_DIRECTION.sub("", blanked(text, sorted(spans)))))
    return sorted([*spans, *_abbreviated(text, known, said)])


def blanked(text: str, ranges: Iterable[Range]) -> str:
    """The text with spaces in these ranges, which are in order; offsets stay the same."""
    parts = []
    last = 0
    for start, end in ranges:
        parts += [text[last:start], " " * (end - start)]
        last = end
    return "".join([*parts, text[last:]])


def speaking(text: str, names: Iterable[Range], passages: Iterable[Passage]) -> Iterator[list[str]]:
    """The words of the names of those who speak in each passage, including whoever spoke before it in its section."""
    opening = [(start, end) for start, end in names if not text[text.rfind("\n", 0, start) + 1 : start].strip()]
    section, before, following = -1, list[str](), 0
    for passage in passages:
        if passage.section != section:
            section, before = passage.section, []
        first = following
        while following < len(opening) and opening[following][0] < passage.end:
            following += 1
        own = [words(text[start:end]) for start, end in opening[first:following]]
        begins = not own or text[passage.start : opening[first][0]].strip()
        yield list(dict.fromkeys(chain(before if begins else [], *own)))
        before = own[-1] if own else before


def _abbreviated(text: str, known: set[str], said: set[str]) -> Iterator[Range]:
    """Abbreviated names in stage directions, unless the speeches use them as words."""
    for direction in _DIRECTION.finditer(text):
        for match in _ABBREVIATED.finditer(text, *direction.span()):
            word = match.group()[:-1].lower()
            if word not in said and any(name.startswith(word) for name in known):
                yield match.span()
