"""Splits sections into passages, the unit of search, where a reader would split them.

A section consists of blocks (paragraphs, stanzas, speeches, verses), a block of sentences, those of clauses, and those
of words. A piece is only split if it does not fit, so a passage ends at the strongest boundary there is.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.corpus.located_words import LocatedWords
from app.corpus.model import Form, Passage, Section, Unit
from app.corpus.numbering import numbering
from app.corpus.structure.parts import PARAGRAPH_END
from app.writing import CHARACTERS, is_mostly_unspaced

# Twice as many, if words are single characters.
MOST_WORDS = 200  # in a passage
ENOUGH_WORDS = 100  # from this many words on, a passage ends with its block
FEWEST_WORDS = 40  # in a passage, unless its section has fewer

_SPEECH = re.compile(r"\n\s*\n|\n(?= {2,}\S)")
_CLOSING = r"['\")\]’”»]*"
# The pattern begins with the mark itself, because a lookbehind at the start would be tried at every character.
_ABBREVIATION = r"(?<![A-Z].)(?<!\bMr.)(?<!\bMrs.)(?<!\bDr.)(?<!\bSt.)"
# Capitals of Latin, Greek and Cyrillic. Hebrew and Arabic have none, so all their letters count.
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
    """A stretch of the section's text, with its number of words. `depth` says how often it has been split: 0 is a
    block."""

    start: int
    end: int
    words: int
    depth: int


def split(text: str, words: LocatedWords, section_index: int, section: Section, form: Form) -> list[Passage]:
    """The passages of a section.

    Together they contain all words of the section, in order and without overlap. `words` are those of the text, or of a
    text of the same length in which what is no word is blanked.
    """
    return _Splitter(text, words, section, _BORDERS[form]).passages(section_index)


class _Splitter:
    def __init__(self, text: str, words: LocatedWords, section: Section, borders: tuple[re.Pattern[str], ...]) -> None:
        self.text = text
        self.words = words
        self.section = section
        self.borders = borders
        own = text[section.start : section.end]
        self.numbers = numbering(section, own)
        scale = CHARACTERS if is_mostly_unspaced(own) else 1
        self.most, self.enough, self.few = scale * MOST_WORDS, scale * ENOUGH_WORDS, scale * FEWEST_WORDS

    def passages(self, section_index: int) -> list[Passage]:
        cut = []
        for run in self._runs():
            start, end = self._trimmed(run[0].start, run[-1].end)
            first, last = self.numbers.touched(start, end)
            cut.append(Passage(section_index, start, end, _count(run), first, last))
        return cut

    def _blocks(self) -> Iterator[_Piece]:
        start, end = self.section.start, self.section.end
        if self.section.unit is Unit.VERSE:
            return self._cut_at([*self.numbers.starts[1:], end], start, 0)
        return self._cut(start, end, 0)

    def _runs(self) -> list[list[_Piece]]:
        """Groups the pieces that become a passage."""
        runs: list[list[_Piece]] = []
        run: list[_Piece] = []
        held = 0
        queue = deque(self._blocks())
        while queue:
            piece = queue.popleft()
            if held + piece.words <= self.most:
                run.append(piece)
                held += piece.words
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
            self._balance_tail(runs)
        return runs

    def _balance_tail(self, runs: list[list[_Piece]]) -> None:
        """Gives a tiny last run words from the one before it, or merges the two."""
        if len(runs) < 2 or _count(runs[-1]) >= self.few:
            return
        tail, before = runs.pop(), runs.pop()
        if _count(before) + _count(tail) <= self.most:
            runs.append(before + tail)
            return
        while _count(tail) < self.few:
            piece = before.pop()
            if _count(before) >= self.few and _count(tail) + piece.words <= self.most:
                tail.insert(0, piece)
            else:
                before.extend(self._open(piece))
        runs += [before, tail]

    def _open(self, piece: _Piece) -> list[_Piece]:
        """Splits a piece at the next weaker boundaries that it has; in the end, between words."""
        for depth in range(piece.depth + 1, len(self.borders)):
            pieces = list(self._cut(piece.start, piece.end, depth))
            if len(pieces) > 1:
                return pieces
        starts = self.words.starts[self.words.before(piece.start) : self.words.before(piece.end)]
        return list(self._cut_at([*starts[1:], piece.end], piece.start, len(self.borders)))

    def _cut(self, start: int, end: int, depth: int) -> Iterator[_Piece]:
        borders = self.borders[depth].finditer(self.text, start, end)
        return self._cut_at([*(border.end() for border in borders), end], start, depth)

    def _cut_at(self, ends: Iterable[int], start: int, depth: int) -> Iterator[_Piece]:
        """Pieces from `start` on that end at some of `ends`, as soon as they contain a word."""
        first = self.words.before(start)
        for end in ends:
            after = self.words.before(end)
            if after > first:
                yield _Piece(start, end, after - first, depth)
                start, first = end, after

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        stretch = self.text[start:end]
        return start + len(stretch) - len(stretch.lstrip()), end - len(stretch) + len(stretch.rstrip())


def _count(run: list[_Piece]) -> int:
    return sum(piece.words for piece in run)
