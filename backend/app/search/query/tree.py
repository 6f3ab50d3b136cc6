"""What a query means, whatever was typed: a small tree, and its text in the query language."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from app.writing import is_unspaced

# From this many words on a query is a sentence, likely to be remembered not quite right.
A_SENTENCE = 5


class Kind(StrEnum):
    # That of Enum is slow, and terms are looked up in dictionaries all the time.
    __hash__ = str.__hash__

    WORD = "word"
    """in any form"""
    EXACT = "exact"
    """spelt just so"""
    PHRASE = "phrase"
    """words one after another"""
    PREFIX = "prefix"
    """words that begin so"""
    WILDCARD = "wildcard"
    """words that look so (* is any letters or none, ? is one): in any form, unless it is about how words begin or end
    (*ing)"""
    SPEAKER = "speaker"
    """whoever of this name speaks"""


_FORMS = {Kind.EXACT: '"{}"', Kind.PHRASE: '"{}"', Kind.PREFIX: "{}*", Kind.SPEAKER: 'speaker:"{}"'}


class Term(NamedTuple):
    """One term of a query; `words` are normal forms, one of them unless it is a phrase or a name."""

    kind: Kind
    words: tuple[str, ...]

    def __str__(self) -> str:
        if self.kind is Kind.PHRASE and (together := joined(self.words)):
            return together
        return _FORMS.get(self.kind, "{}").format(" ".join(self.words))


class AnyOf(NamedTuple):
    """At least one of two or more."""

    options: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(f"({one})" if isinstance(one, Query) else str(one) for one in self.options)


class Near(NamedTuple):
    """Each part beside the next one, in either order, with at most so many other words between the two."""

    parts: tuple[Term | AnyOf, ...]
    distances: tuple[int, ...]

    def __str__(self) -> str:
        first, *others = map(_grouped, self.parts)
        return first + "".join(f" NEAR/{n} {part}" for n, part in zip(self.distances, others, strict=True))


class Query(NamedTuple):
    """What must be found and what must not. Its string parses to the same query again."""

    terms: tuple["Node", ...]
    excluded: tuple["Node", ...] = ()

    def __str__(self) -> str:
        if len(self.terms) == 1 and not self.excluded:
            return str(self.terms[0])
        excluded = (f"-{one}" if isinstance(one, Term) else f"-({one})" for one in self.excluded)
        return " ".join([*map(_grouped, self.terms), *excluded])


Node: TypeAlias = Term | AnyOf | Near | Query


def joined(words: Sequence[str]) -> str | None:
    """Words that are written without spaces, as one; None if any two of them are parted by one."""
    parted = any(not (is_unspaced(one) or is_unspaced(other)) for one, other in pairwise(words))
    return None if parted else "".join(words)


def _grouped(node: Node) -> str:
    return f"({node})" if isinstance(node, AnyOf | Query) else str(node)


def in_pairs(nodes: Iterable[Node]) -> list[Node]:
    """The nodes, each once. A phrase that is written without spaces becomes every two of its words that are side by
    side, since it may be a whole sentence."""
    found: dict[Node, None] = {}
    for node in nodes:
        if isinstance(node, Term) and node.kind is Kind.PHRASE and joined(node.words):
            found.update((Term(Kind.PHRASE, pair), None) for pair in pairwise(node.words))
        else:
            found[node] = None
    return list(found)


def is_about_ends(pattern: str) -> bool:
    """Whether a word with wildcards says how words begin or end, rather than which word is meant."""
    return pattern.startswith("*") or pattern.endswith("*")


def terms(nodes: Iterable[Node]) -> Iterator[Term]:
    """The terms in the nodes that may be found, in order; none of those that are excluded."""
    for node in nodes:
        if isinstance(node, Term):
            yield node
        else:
            yield from terms(_parts(node))


def every(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes and all that is in them, also what is excluded."""
    for node in nodes:
        yield node
        if not isinstance(node, Term):
            yield from every(_parts(node))
        if isinstance(node, Query):
            yield from every(node.excluded)


def every_term(query: Query) -> Iterator[Term]:
    """The terms of the whole query, with those that are excluded."""
    return (node for node in every([*query.terms, *query.excluded]) if isinstance(node, Term))


def changed(query: Query, change: Callable[[Term], Term]) -> Query:
    """The query with each term that may be found changed."""
    return query._replace(terms=_changed(query.terms, change))


def is_plain(query: Query) -> bool:
    """Whether it says no more than which words, phrases and beginnings of words there must be, and must not."""
    plain = (Kind.WORD, Kind.EXACT, Kind.PHRASE, Kind.PREFIX)
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
