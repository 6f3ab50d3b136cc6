"""From headings to sections: which heading belongs under which, and which text belongs to it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from app.corpus.model import Section, Unit
from app.corpus.structure.headings import Heading
from app.words import WORD
from app.writing import is_unspaced

# Fewer words than this between two headings, or before the first, are a title page or motto, which is not searched.
FEW_WORDS = 20

Path = tuple[Heading, ...]


def outline(text: str, short: str, headings: Sequence[Heading], unit: Unit | None = None) -> tuple[Section, ...]:
    """Sections that cover the text, one for each heading with text of its own. `short` is how the book is cited."""
    return cover(text, short, [(_section(short, path, unit), start) for path, start in _leaves(text, headings)])


def cover(text: str, short: str, starts: Sequence[tuple[Section, int]]) -> tuple[Section, ...]:
    """The sections with their starts, each ending where the next begins, after front matter if there is any."""
    if starts and _has_text(text, 0, starts[0][1]):
        starts = [(Section("front", None, "Front matter", f"{short}, front matter", 0, 0), 0), *starts]
    borders = [0, *(start for _, start in starts[1:]), len(text)]
    sections = (replace(s, start=a, end=b) for (s, _), (a, b) in zip(starts, pairwise(borders), strict=False))
    return tuple(_distinct(sections))


def _leaves(text: str, headings: Sequence[Heading]) -> Iterator[tuple[Path, int]]:
    """The path of headings to each section, and where it starts: at the first of the headings above it that have no
    text."""
    start: int | None = None
    for path, after in zip(_paths(headings), [*headings[1:], None], strict=False):
        heading = path[-1]
        start = heading.start if start is None else start
        if after is None or after.level <= heading.level or _has_text(text, heading.body, after.start):
            yield path, start
            start = None


def _paths(headings: Sequence[Heading]) -> Iterator[Path]:
    """The path to each heading; headings without a key are numbered among their siblings."""
    path: Path = ()
    siblings: Counter[tuple[str | None, ...]] = Counter()
    for heading in headings:
        above = tuple(m for m in path if m.level < heading.level)
        if heading.key is None:
            parents = tuple(m.key for m in above)
            siblings[parents] += 1
            heading = replace(heading, key=str(siblings[parents]))
        path = (*above, heading)
        yield path


def _section(short: str, path: Path, unit: Unit | None) -> Section:
    """The section of a path; its offsets are still to be set."""
    division = path[0].in_contents if len(path) > 1 else None
    rest = path[1:] or path
    heading = _listed([*(heading.label for heading in rest[:-1]), rest[-1].in_contents])
    identity = ".".join(heading.key for heading in path if heading.key)
    reference = _listed([short, *(heading.label for heading in path)])
    return Section(identity, division, heading, reference, 0, 0, unit, path[-1].body)


def _listed(names: Sequence[str]) -> str:
    """The names separated by commas, unless the last is in a script that separates them by spaces."""
    return (" " if is_unspaced(names[-1]) else ", ").join(names)


def _has_text(text: str, start: int, end: int) -> bool:
    words = WORD.finditer(text, start, end)
    return sum(1 for _ in zip(words, range(FEW_WORDS), strict=False)) == FEW_WORDS


def _distinct(sections: Iterator[Section]) -> Iterator[Section]:
    """Makes ids and references unique: a second "Thought" is cited as "Thought (2)"."""
    ids: Counter[str] = Counter()
    references: Counter[str] = Counter()
    for section in sections:
        ids[section.id] += 1
        references[section.reference] += 1
        if (count := ids[section.id]) > 1:
            section = replace(section, id=f"{section.id}-{count}")
        if (count := references[section.reference]) > 1:
            section = replace(section, reference=f"{section.reference} ({count})")
        yield section
