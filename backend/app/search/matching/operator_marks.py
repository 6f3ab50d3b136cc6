"""Where a tree of terms matches a text: `marks` finds terms, this module what OR, NEAR and parentheses make of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from app.search.matching.compose import Composer
from app.search.matching.marks import Finder, Marker
from app.search.matching.proximity import sides
from app.search.matching.word_forms import Range
from app.search.query import AnyOf, Near, Node, Query, Term, TermKind
from app.words import in_plain


def marker(nodes: Iterable[Node], composer: Composer, common: frozenset[str] = frozenset()) -> Marker:
    """A marker for the nodes; `common` words are marked only next to others."""
    parts = list(_alternatives(nodes))
    terms = [way for node in parts if isinstance(node, Term) for way in composer.look_up(node).ways]
    groups = [_group(node, composer) for node in parts if not isinstance(node, Term)]
    return Marker(terms, common, groups)


def _group(node: Near | Query, composer: Composer) -> Finder:
    return _All(node, composer) if isinstance(node, Query) else _Near(node, composer)


def _alternatives(nodes: Iterable[Node]) -> Iterator[Term | Near | Query]:
    """The nodes that can match on their own, with the options of OR in place of the OR."""
    for node in nodes:
        if isinstance(node, AnyOf):
            yield from _alternatives(node.options)
        else:
            yield node


class _All:
    """A side of OR that is more than a term: its parts are marked only where all of them match."""

    def __init__(self, query: Query, composer: Composer) -> None:
        self._parts, self._excluded = _markers(query.terms, composer), _markers(query.excluded, composer)
        self.has_many = any(part.has_many for part in (*self._parts, *self._excluded))

    def find(self, plain: str) -> list[Range]:
        ranges: list[Range] = []
        for part in self._parts:
            found = part.find(plain)
            if not found:
                return []
            ranges += found
        return [] if any(part.find(plain) for part in self._excluded) else ranges


class _Near:
    """NEAR: marks from the first to the last of the words that stand near each other."""

    has_many = True  # a text takes several times as long as for words alone

    def __init__(self, near: Near, composer: Composer) -> None:
        parts = [Marker(sides(part, composer.index)) for part in near.parts]
        self._pairs = list(zip(parts, parts[1:], near.distances, strict=False))

    def find(self, plain: str) -> list[Range]:
        spans: list[Range] = []
        words: list[int] = []
        for first, second, distance in self._pairs:
            if (left := first.find(plain)) and (right := second.find(plain)):
                words = words or [word.start() for word in in_plain(plain)]
                spans += _beside(words, left, right, distance)
        return _joined(sorted(spans))


def _markers(nodes: Iterable[Node], composer: Composer) -> list[Marker]:
    """A marker for each of the nodes. The quick ones come first: often a text has nothing for one of them."""
    each = (marker([node], composer) for node in nodes if not _is_speaker(node))
    return sorted(each, key=lambda one: one.has_many)


def _is_speaker(node: Node) -> bool:
    return isinstance(node, Term) and node.kind is TermKind.SPEAKER


def _beside(words: Sequence[int], left: Iterable[Range], right: Iterable[Range], distance: int) -> Iterator[Range]:
    """Spans from each range on the left to the nearest range on the right, before and after it, if at most `distance`
    words lie between. `words` are the offsets at which the words of the text start."""
    by_start, by_end = sorted(right), sorted(right, key=itemgetter(1))
    for start, end in left:
        after = bisect_left(by_start, end, key=itemgetter(0))
        before = bisect_right(by_end, start, key=itemgetter(1)) - 1
        if before >= 0 and _words_between(words, by_end[before][1], start) <= distance:
            yield by_end[before][0], end
        if after < len(by_start) and _words_between(words, end, by_start[after][0]) <= distance:
            yield start, by_start[after][1]


def _words_between(words: Sequence[int], start: int, end: int) -> int:
    return bisect_left(words, end) - bisect_left(words, start)


def _joined(spans: Iterable[Range]) -> list[Range]:
    """Merges the spans that overlap."""
    joined: list[Range] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
