"""Where a tree of terms matches in a text: what `marks` does for terms, with the meaning of their operators."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from app.search.compose import Composer
from app.search.expand import Expanded
from app.search.marks import Finder, Marker, Range
from app.search.near import sides
from app.search.query import AnyOf, Kind, Near, Node, Query, Term
from app.words import in_plain


def marker(nodes: Iterable[Node], composer: Composer, common: frozenset[str] = frozenset()) -> Marker:
    """Finds what the nodes are about; `common` are words that are marked only beside others."""
    terms: list[Expanded] = []
    groups: list[Finder] = []
    for node in _alternatives(nodes):
        if isinstance(node, Term):
            terms.append(composer.expanded(node))
        else:
            groups.append(_All(node, composer) if isinstance(node, Query) else _Near(node, composer))
    return Marker(terms, common, groups)


def _alternatives(nodes: Iterable[Node]) -> Iterator[Term | Near | Query]:
    """Each of those that match for themselves."""
    for node in nodes:
        if isinstance(node, AnyOf):
            yield from _alternatives(node.options)
        else:
            yield node


class _All:
    """One side of OR that is more than a term: it matches where it does as a whole."""

    def __init__(self, query: Query, composer: Composer) -> None:
        self._parts = [marker([term], composer) for term in query.terms if not _is_speaker(term)]
        self._excluded = [marker([term], composer) for term in query.excluded if not _is_speaker(term)]
        self.has_many = any(part.has_many for part in (*self._parts, *self._excluded))

    def find(self, plain: str) -> list[Range]:
        found = [part.find(plain) for part in self._parts]
        if not all(found) or any(part.find(plain) for part in self._excluded):
            return []
        return [one for ranges in found for one in ranges]


class _Near:
    """From the first to the last of words that stand near each other."""

    def __init__(self, near: Near, composer: Composer) -> None:
        self._parts = [Marker(sides(part, composer.vocabulary)) for part in near.parts]
        self._distances = near.distances
        self.has_many = any(part.has_many for part in self._parts)

    def find(self, plain: str) -> list[Range]:
        found = [sorted(part.find(plain)) for part in self._parts]
        spans = [
            span
            for (left, right), distance in zip(pairwise(found), self._distances, strict=True)
            for span in _beside(plain, left, right, distance)
        ]
        return _joined(sorted(spans))


def _is_speaker(node: Node) -> bool:
    return isinstance(node, Term) and node.kind is Kind.SPEAKER


def _beside(plain: str, left: Sequence[Range], right: Sequence[Range], distance: int) -> Iterator[Range]:
    """Each on the left with the nearest on the right, before and after it, that are near enough."""
    for one in left:
        before = max((other for other in right if other[1] <= one[0]), default=None)
        after = min((other for other in right if other[0] >= one[1]), default=None)
        if before and _words_between(plain, before[1], one[0], distance) <= distance:
            yield before[0], one[1]
        if after and _words_between(plain, one[1], after[0], distance) <= distance:
            yield one[0], after[1]


def _words_between(plain: str, start: int, end: int, enough: int) -> int:
    """Counted no further than one more than enough."""
    return sum(1 for _ in islice(in_plain(plain[start:end]), enough + 1))


def _joined(spans: Iterable[Range]) -> list[Range]:
    """Those that overlap are one."""
    joined: list[Range] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
