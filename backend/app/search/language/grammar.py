"""From tidy tokens to a query, by recursive descent; and the queries that operators make of others."""

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from app.search.language.notices import NoticeKind, Typed
from app.search.language.tokens import Token, TokenKind
from app.search.query import AnyOf, Kind, Near, Node, Query, Term


class Field(NamedTuple):
    """What chooses books for the whole query: `name` is author, title or book, `words` name them."""

    name: str
    words: tuple[str, ...]
    start: int
    end: int


class _Option(NamedTuple):
    """One side of OR, from [start, end) of the text."""

    query: Query
    start: int
    end: int


class Grammar:
    """Reads tokens that are tidy; `fields` are those that it has met."""

    def __init__(self, found: Sequence[Token], typed: Typed) -> None:
        self._tokens, self._typed = deque(found), typed
        self._end = self._depth = 0
        self.fields: list[Field] = []

    def query(self) -> Query:
        """What the next tokens mean, up to the end or a parenthesis that is not opened in them."""
        kept = len(self.fields)
        options = [self._all()]
        if self._depth == 0 and options[0].query.terms:
            kept = len(self.fields)  # those at the beginning are for all that follows
        while self._is_next(TokenKind.OR):
            self._take()
            options.append(self._all())
        if len(options) == 1:
            return options[0].query
        if not any(option.query.terms for option in options):
            return _negated(_spliced(_negated(option.query) for option in options))
        self._misplaced(kept)
        for option in options:
            if option.query.excluded and not option.query.terms:
                self._typed.say(NoticeKind.NOT_ALONE, option.start, option.end)
        return _any_of([option.query for option in options])

    def _all(self) -> "_Option":
        found = []
        start = self._tokens[0].start if self._tokens else self._end
        while self._tokens and not self._is_next(TokenKind.OR, TokenKind.CLOSE):
            if self._is_next(TokenKind.AND):
                self._take()
            else:
                found.append(self._one())
        return _Option(_spliced(found), start, self._end)

    def _one(self) -> Query:
        before, is_negated, is_excluding = len(self.fields), False, False
        while self._is_next(TokenKind.NOT):
            self._take()
            is_excluding, is_negated = True, not is_negated
        one = self._near(together=is_excluding)
        if is_excluding:
            self._misplaced(before)
        return _negated(one) if is_negated else one

    def _near(self, *, together: bool) -> Query:
        operators: list[Token] = []
        sides = [self._basic(together=together)]
        while self._is_next(TokenKind.NEAR):
            operators.append(self._take())
            sides.append(self._basic(together=True))
        if not operators:
            return sides[0]
        near = _beside(sides, [operator.distance or 0 for operator in operators])
        if near:
            return Query((near,))
        for operator in operators:
            self._typed.say(NoticeKind.NEAR, operator.start, operator.end)
        return _spliced(sides)

    def _basic(self, *, together: bool) -> Query:
        """Words, of which several `together` are a phrase, a field or what stands in parentheses."""
        if not self._is_next(TokenKind.TERMS, TokenKind.FIELD, TokenKind.OPEN):
            return Query(())
        token = self._take()
        if token.kind is TokenKind.OPEN:
            self._depth += 1
            query = self.query()
            self._depth -= 1
            self._take()
            return query
        if token.kind is TokenKind.FIELD:
            self.fields.append(Field(token.field, token.terms[0].words, token.start, token.end))
            return Query(())
        if token.distance is not None:
            return Query((Near(token.terms, (token.distance,) * (len(token.terms) - 1)),))
        is_joined = together or self._is_next(TokenKind.NEAR)
        return _joined(token.terms) if is_joined else Query(token.terms)

    def _take(self) -> Token:
        token = self._tokens.popleft()
        self._end = token.end
        return token

    def _is_next(self, *kinds: TokenKind) -> bool:
        return bool(self._tokens) and self._tokens[0].kind in kinds

    def _misplaced(self, before: int) -> None:
        """The fields from there on cannot hold for the whole query."""
        for field in self.fields[before:]:
            self._typed.say(NoticeKind.FIELD_PLACE, field.start, field.end)
        del self.fields[before:]


def _any_of(options: Iterable[Query]) -> Query:
    """Without those that find nothing themselves."""
    nodes: dict[Node, None] = {}
    for option in options:
        if option.terms:
            node = _one_node(option)
            nodes.update(dict.fromkeys(node.options if isinstance(node, AnyOf) else [node]))
    if len(nodes) > 1:
        return Query((AnyOf(tuple(nodes)),))
    return _spliced(node if isinstance(node, Query) else Query((node,)) for node in nodes)


def _one_node(query: Query) -> Node:
    return query.terms[0] if len(query.terms) == 1 and not query.excluded else query


def _negated(query: Query) -> Query:
    if query.terms:
        return Query((), (_one_node(query),))
    return _any_of(one if isinstance(one, Query) else Query((one,)) for one in query.excluded)


def _spliced(queries: Iterable[Query]) -> Query:
    """All of them in one."""
    found = list(queries)
    terms = tuple(term for query in found for term in query.terms)
    return Query(terms, tuple(dict.fromkeys(one for query in found for one in query.excluded)))


def _beside(sides: Sequence[Query], distances: Sequence[int]) -> Near | None:
    """The sides in a row; None if one of them is not something that stands in one place."""
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
    return isinstance(node, Term) and node.kind is not Kind.SPEAKER


def _joined(terms: Sequence[Term]) -> Query:
    """Words that have no space between them, as a phrase if they can be one."""
    if len(terms) > 1 and all(term.kind is Kind.WORD for term in terms):
        return Query((Term(Kind.PHRASE, tuple(term.words[0] for term in terms)),))
    return Query(tuple(terms))
