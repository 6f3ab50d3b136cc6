"""The meaning of a query as a small tree, which prints as text of the query language."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from app.writing import is_unspaced

# From this many words on, a query is taken for a sentence, which is often remembered not quite right.
A_SENTENCE = 5


class TermKind(StrEnum):
    # Enum's own is slow, and terms are keys of dictionaries everywhere.
    __hash__ = str.__hash__

    WORD = "word"
    """a word in any form"""
    EXACT = "exact"
    """a word exactly as it is spelt"""
    PHRASE = "phrase"
    """words one after another"""
    PREFIX = "prefix"
    """the beginning of words"""
    WILDCARD = "wildcard"
    """words with wildcards (* is any number of letters, ? is one): in any form, unless the pattern is about how words
    begin or end (*ing)"""
    SPEAKER = "speaker"
    """passages in which someone of this name speaks"""


# Looking up a member of an enum takes time in Python 3.11, so what every query asks has a name of its own.
_WORD = TermKind.WORD
MANY_WORDS = frozenset((TermKind.PREFIX, TermKind.WILDCARD))
"""The kinds of terms that stand for many words."""

_FORMS = {TermKind.EXACT: '"{}"', TermKind.PHRASE: '"{}"', TermKind.PREFIX: "{}*", TermKind.SPEAKER: 'speaker:"{}"'}


class Term(NamedTuple):
    """A term of a query. `words` are in normal form; there is one, unless the term is a phrase or a name."""

    kind: TermKind
    words: tuple[str, ...]

    def __str__(self) -> str:
        if self.kind is _WORD:
            return self.words[0]
        if self.kind is TermKind.PHRASE and (together := joined(self.words)):
            return together
        return _FORMS.get(self.kind, "{}").format(" ".join(self.words))


class AnyOf(NamedTuple):
    """OR: at least one of two options or more."""

    options: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(f"({option})" if isinstance(option, Query) else str(option) for option in self.options)


class Near(NamedTuple):
    """NEAR: each part next to the following one, in either order, with at most `distances` other words between the
    two."""

    parts: tuple[Term | AnyOf, ...]
    distances: tuple[int, ...]

    def __str__(self) -> str:
        first, *others = map(_grouped, self.parts)
        return first + "".join(f" NEAR/{n} {part}" for n, part in zip(self.distances, others, strict=True))


class Query(NamedTuple):
    """What a passage must contain and what it must not. As a string, it parses to the same query again."""

    terms: tuple["Node", ...]
    excluded: tuple["Node", ...] = ()

    def __str__(self) -> str:
        if len(self.terms) == 1 and not self.excluded:
            return str(self.terms[0])
        excluded = (f"-{node}" if isinstance(node, Term) else f"-({node})" for node in self.excluded)
        return " ".join([*map(_grouped, self.terms), *excluded])


Node: TypeAlias = Term | AnyOf | Near | Query


def joined(words: Sequence[str]) -> str | None:
    """The words joined, if they are in scripts without spaces; None if any two of them need a space."""
    parted = any(not (is_unspaced(before) or is_unspaced(after)) for before, after in pairwise(words))
    return None if parted else "".join(words)


def _grouped(node: Node) -> str:
    return f"({node})" if isinstance(node, AnyOf | Query) else str(node)


def in_pairs(nodes: Iterable[Node]) -> list[Node]:
    """Each node once. A phrase in a script without spaces may be a whole sentence, so it is replaced by all pairs of
    its adjacent words."""
    pairs: dict[Node, None] = {}
    for node in nodes:
        if isinstance(node, Term) and node.kind is TermKind.PHRASE and joined(node.words):
            pairs.update((Term(TermKind.PHRASE, pair), None) for pair in pairwise(node.words))
        else:
            pairs[node] = None
    return list(pairs)


def is_about_ends(pattern: str) -> bool:
    """Whether the wildcards say how words begin or end, rather than which word is meant."""
    return pattern.startswith("*") or pattern.endswith("*")


def terms(nodes: Iterable[Node]) -> Iterator[Term]:
    """The terms in the nodes, in order, without those that are excluded."""
    for node in nodes:
        if isinstance(node, Term):
            yield node
        else:
            yield from terms(_parts(node))


def every(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes and everything inside them, also what is excluded."""
    for node in nodes:
        yield node
        if not isinstance(node, Term):
            yield from every(_parts(node))
        if isinstance(node, Query):
            yield from every(node.excluded)


def every_term(query: Query) -> Iterator[Term]:
    """All terms of the query, also those that are excluded."""
    return (node for node in every([*query.terms, *query.excluded]) if isinstance(node, Term))


def changed(query: Query, change: Callable[[Term], Term]) -> Query:
    """The query, with `change` applied to each term that is not excluded."""
    return query._replace(terms=_changed(query.terms, change))


def is_plain(query: Query) -> bool:
    """Whether the query consists only of words, phrases and prefixes, required or excluded."""
    plain = (TermKind.WORD, TermKind.EXACT, TermKind.PHRASE, TermKind.PREFIX)
    return all(isinstance(node, Term) and node.kind in plain for node in (*query.terms, *query.excluded))


def _parts(node: AnyOf | Near | Query) -> Sequence[Node]:
    return node.options if isinstance(node, AnyOf) else node.parts if isinstance(node, Near) else node.terms


def _changed(nodes: Sequence[Node], change: Callable[[Term], Term]) -> tuple[Any, ...]:
    return tuple(_one_changed(node, change) for node in nodes)


def _one_changed(node: Node, change: Callable[[Term], Term]) -> Node:
    match node:
        case Term():
            return change(node)
        case AnyOf():
            return AnyOf(_changed(node.options, change))
        case Near():
            return Near(_changed(node.parts, change), node.distances)
        case Query():
            return changed(node, change)
