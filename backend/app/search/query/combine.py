"""How operators combine queries. The results are always in the one form in which queries are printed."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from app.search.query.tree import AnyOf, Near, Node, Query, Term, TermKind


def any_of(options: Iterable[Query]) -> Query:
    """Either of the options; options that only exclude are dropped."""
    nodes: dict[Node, None] = {}
    for option in options:
        if option.terms:
            node = _one_node(option)
            nodes.update(dict.fromkeys(node.options if isinstance(node, AnyOf) else [node]))
    if len(nodes) > 1:
        return Query((AnyOf(tuple(nodes)),))
    return spliced(node if isinstance(node, Query) else Query((node,)) for node in nodes)


def _one_node(query: Query) -> Node:
    return query.terms[0] if len(query.terms) == 1 and not query.excluded else query


def negated(query: Query) -> Query:
    """NOT the query. NOT of a query that only excludes is what it excludes; an empty query stays empty."""
    if query.terms:
        return Query((), (_one_node(query),))
    return any_of(node if isinstance(node, Query) else Query((node,)) for node in query.excluded)


def spliced(queries: Iterable[Query]) -> Query:
    """All of the queries in one."""
    parts = list(queries)
    terms = tuple(term for query in parts for term in query.terms)
    return Query(terms, tuple(dict.fromkeys(node for query in parts for node in query.excluded)))


def beside(sides: Sequence[Query], distances: Sequence[int]) -> Near | None:
    """The sides of NEAR in one node; None if one of them does not stand in one place, such as words joined by AND."""
    parts: list[Term | AnyOf] = []
    between: list[int] = []
    for side, distance in zip_longest(sides, distances):
        node = _one_node(side)
        if isinstance(node, Near):
            parts += node.parts
            between += node.distances
        elif isinstance(node, Term | AnyOf) and _has_place(node):
            parts.append(node)
        else:
            return None
        between += [distance] if distance is not None else []
    return Near(tuple(parts), tuple(between))


def _has_place(node: Node) -> bool:
    if isinstance(node, AnyOf):
        return all(isinstance(option, Term) and _has_place(option) for option in node.options)
    return isinstance(node, Term) and node.kind is not TermKind.SPEAKER


def joined(terms: Sequence[Term]) -> Query:
    """Words without a space between them: a phrase, if all of them are plain words."""
    if len(terms) > 1 and all(term.kind is TermKind.WORD for term in terms):
        return Query((Term(TermKind.PHRASE, tuple(term.words[0] for term in terms)),))
    return Query(tuple(terms))
