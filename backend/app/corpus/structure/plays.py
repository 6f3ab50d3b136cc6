"""Scenes that the printed text does not mark, and acts whose heading is missing."""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

from app.corpus.structure.headings import Heading, Kind, numbered

# The First Folio marks no scene of Hamlet after 2.2, only the acts of Julius Caesar, and not Macbeth 5.8.
# Act, scene and the line of NLTK's file at which the scene starts in modern editions.
_HAMLET = """1.1=4 1.2=235 1.3=588 1.4=760 1.5=866 2.1=1134 2.2=1299 3.1=2060 3.2=2305 3.3=2865 3.4=2983 4.1=3238
    4.2=3292 4.3=3339 4.4=3438 4.5=3453 4.6=3745 4.7=3788 5.1=4001 5.2=4387"""
_CAESAR = """1.1=4 1.2=103 1.3=530 2.1=747 2.2=1213 2.3=1400 2.4=1419 3.1=1489 3.2=1902 3.3=2271 4.1=2332 4.2=2404
    4.3=2487 5.1=2976 5.2=3167 5.3=3181 5.4=3339 5.5=3389"""
SCENES = {"shakespeare-hamlet": _HAMLET, "shakespeare-caesar": _CAESAR, "shakespeare-macbeth": "5.8=3159"}

_PRINTED = re.compile(r"(?:Actus|Sc(?:oe|ae|e)na) [^\n]*")


def scenes(text: str, table: str) -> Iterator[Heading]:
    """A heading for each scene of a table of "act.scene=line", and for its act."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    for act, scene, line in re.findall(r"(\d+)\.(\d+)=(\d+)", table):
        start = starts[int(line) - 1]
        printed = _PRINTED.match(text, start)
        body = printed.end() if printed else start
        yield Heading(Kind.ACT, 1, start, start, numbered(Kind.ACT, int(act)), key=act)
        yield Heading(Kind.SCENE, 2, start, body, numbered(Kind.SCENE, int(scene)), key=scene)


def with_first_acts(headings: Iterable[Heading]) -> list[Heading]:
    """The headings, with an Act 1 wherever a play opens with a scene although it has an Act 2 later."""
    complete: list[Heading] = []
    for heading in headings:
        if heading.kind is Kind.ACT and heading.key == "2":
            _insert_first_act(complete, heading.level)
        complete.append(heading)
    return complete


def _insert_first_act(headings: list[Heading], level: int) -> None:
    """Inserts an act before the first of the scenes that end the list, unless they belong to one."""
    first = len(headings)
    while first and headings[first - 1].level > level:
        first -= 1
    if first < len(headings) and (not first or headings[first - 1].kind is not Kind.ACT):
        start = headings[first].start
        headings.insert(first, Heading(Kind.ACT, level, start, start, numbered(Kind.ACT, 1), key="1"))
