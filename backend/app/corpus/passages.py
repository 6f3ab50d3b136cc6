"""Sections cut into passages, the unit of search: at borders that a reader would choose.

A section falls into blocks (paragraphs, stanzas, speeches, verses), a block into sentences, those into clauses and
those into words. A piece is opened only when it does not fit, so a passage ends at the strongest border there is.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.corpus.model import Form, Passage, Section, Unit
from app.corpus.numbering import numbering
from app.corpus.structure.parts import PARAGRAPH_END
from app.words import WORD, Words
from app.writing import CHARACTERS, is_mostly_unspaced

# Of characters that are words, twice as many.
MOST = 200  # words in a passage, at most
ENOUGH = 100  # words after which a passage ends with the block
FEW = 40  # fewer words than this do not stand alone

_SPEECH = re.compile(r"\n\s*\n|\n(?= {2,}\S)")
_CLOSING = r"['\")\]’”»]*"
# It begins with the mark itself: what looks behind first is tried at every character.
_ABBREVIATION = r"(?<![A-Z].)(?<!\bMr.)(?<!\bMrs.)(?<!\bDr.)(?<!\bSt.)"
# Those of Latin, Greek and Cyrillic; Hebrew and Arabic have none.
_CAPITALS = "A-ZÀ-ÞΑ-ΫЀ-Я\u05d0-\u06ff"
_SENTENCE = re.compile(rf"[.!?؟]{_ABBREVIATION}{_CLOSING}\s+(?=['\"(\[“‘«„]?[{_CAPITALS}0-9])|[。！？][」』）”]*")
_LINE_SENTENCE = re.compile(rf"[.!?]{_CLOSING}\n|[。！？][」』）”]*\n")
_LINE = re.compile(r"\n")
_CLAUSE = re.compile(rf"(?:[;:,،؛]|--|—){_CLOSING}\s+|[、，；]")

_BORDERS: dict[Form, tuple[re.Pattern[str], ...]] = {
    Form.PROSE: (PARAGRAPH_END, _SENTENCE, _CLAUSE),
    Form.VERSE: (PARAGRAPH_END, _LINE_SENTENCE, _LINE, _CLAUSE),
    Form.PLAY: (_SPEECH, _LINE_SENTENCE, _LINE, _CLAUSE),
    Form.SCRIPTURE: (PARAGRAPH_END, _SENTENCE, _CLAUSE),
}


class _Piece(NamedTuple):
    """A stretch of the section's text. `depth` is how far it has been opened: 0 is a block."""

    start: int
    end: int
    words: list[str]
    depth: int


def split(text: str, words: Words, section_index: int, section: Section, form: Form) -> list[tuple[Passage, list[str]]]:
    """The passages of a section of a book's text, each with its words.

    Together they hold all words of the section, in order and without overlap. `words` are those of the text, or of one
    of its length in which what is no word of it is blanked.
    """
    return _Splitter(text, words, section, _BORDERS[form]).passages(section_index)


class _Splitter:
    def __init__(self, text: str, words: Words, section: Section, borders: tuple[re.Pattern[str], ...]) -> None:
        self.text = text
        self.words = words
        self.section = section
        self.borders = borders
        own = text[section.start : section.end]
        self.numbers = numbering(section, own)
        scale = CHARACTERS if is_mostly_unspaced(own) else 1
        self.most, self.enough, self.few = scale * MOST, scale * ENOUGH, scale * FEW

    def passages(self, section_index: int) -> list[tuple[Passage, list[str]]]:
        found = []
        for run in self._runs():
            start, end = self._trimmed(run[0].start, run[-1].end)
            first, last = self.numbers.touched(start, end)
            held = [word for piece in run for word in piece.words]
            found.append((Passage(section_index, start, end, len(held), first, last), held))
        return found

    def _blocks(self) -> Iterator[_Piece]:
        start, end = self.section.start, self.section.end
        if self.section.unit is Unit.VERSE:
            return self._cut_at([*self.numbers.starts[1:], end], start, 0)
        return self._cut(start, end, 0)

    def _runs(self) -> list[list[_Piece]]:
        """Pieces in groups that become passages."""
        runs: list[list[_Piece]] = []
        run: list[_Piece] = []
        held = 0
        queue = deque(self._blocks())
        while queue:
            piece = queue.popleft()
            if held + len(piece.words) <= self.most:
                run.append(piece)
                held += len(piece.words)
                ended = held >= self.enough and piece.depth == 0
            elif held < self.few:
                queue.extendleft(reversed(self._open(piece)))
                continue
            else:
                queue.appendleft(piece)
                ended = True
            if ended:
                runs.append(run)
                run, held = [], 0
        if run:
            runs.append(run)
            self._mend_tail(runs)
        return runs

    def _mend_tail(self, runs: list[list[_Piece]]) -> None:
        """Give a tiny last run words from the one before it, or merge the two."""
        if len(runs) < 2 or _count(runs[-1]) >= self.few:
            return
        tail, before = runs.pop(), runs.pop()
        if _count(before) + _count(tail) <= self.most:
            runs.append(before + tail)
            return
        while _count(tail) < self.few:
            piece = before.pop()
            if _count(before) >= self.few and _count(tail) + len(piece.words) <= self.most:
                tail.insert(0, piece)
            else:
                before.extend(self._open(piece))
        runs += [before, tail]

    def _open(self, piece: _Piece) -> list[_Piece]:
        """The piece cut at the next weaker borders that it has; at last into words."""
        for depth in range(piece.depth + 1, len(self.borders)):
            pieces = list(self._cut(piece.start, piece.end, depth))
            if len(pieces) > 1:
                return pieces
        starts = [word.start() for word in WORD.finditer(self.words.text, piece.start, piece.end)]
        return list(self._cut_at([*starts[1:], piece.end], piece.start, len(self.borders)))

    def _cut(self, start: int, end: int, depth: int) -> Iterator[_Piece]:
        borders = self.borders[depth].finditer(self.text, start, end)
        return self._cut_at([*(border.end() for border in borders), end], start, depth)

    def _cut_at(self, ends: Iterable[int], start: int, depth: int) -> Iterator[_Piece]:
        """Pieces from `start` on that end at some of `ends`: at the first that gives them a word."""
        for end in ends:
            held = self.words.between(start, end)
            if held:
                yield _Piece(start, end, held, depth)
                start = end

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        stretch = self.text[start:end]
        return start + len(stretch) - len(stretch.lstrip()), end - len(stretch) + len(stretch.rstrip())


def _count(run: list[_Piece]) -> int:
    return sum(len(piece.words) for piece in run)
