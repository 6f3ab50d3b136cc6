"""From tidied tokens to a query, by recursive descent."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from app.search.query.combine import any_of, beside, joined, negated, spliced
from app.search.query.lexer import Token, TokenKind
from app.search.query.notices import NoticeKind, Typed
from app.search.query.tree import Near, Query


class Field(NamedTuple):
    """A field such as author:austen, which chooses books for the whole query. `name` is author, title or book; `words`
    are its value."""

    name: str
    words: tuple[str, ...]
    start: int
    end: int


class _Option(NamedTuple):
    """One side of OR, which stands at [start, end) of the text."""

    query: Query
    start: int
    end: int


class Grammar:
    """Parses tidied tokens; `fields` collects the fields that it meets."""

    def __init__(self, tokens: Sequence[Token], typed: Typed) -> None:
        self._tokens, self._typed = deque(tokens), typed
        self._end = self._depth = 0
        self.fields: list[Field] = []

    def query(self) -> Query:
        """The query that the next tokens make, up to the end or to a closing parenthesis."""
        kept = len(self.fields)
        options = [self._all()]
        if self._depth == 0 and options[0].query.terms:
            kept = len(self.fields)  # fields before the first word hold for the whole query
        while self._is_next(TokenKind.OR):
            self._take()
            options.append(self._all())
        if len(options) == 1:
            return options[0].query
        if not any(option.query.terms for option in options):
            return negated(spliced(negated(option.query) for option in options))
        self._misplaced(kept)
        for option in options:
            if option.query.excluded and not option.query.terms:
                self._typed.say(NoticeKind.NOT_ALONE, option.start, option.end)
        return any_of([option.query for option in options])

    def _all(self) -> "_Option":
        parts = []
        start = self._tokens[0].start if self._tokens else self._end
        while self._tokens and not self._is_next(TokenKind.OR, TokenKind.CLOSE):
            if self._is_next(TokenKind.AND):
                self._take()
            else:
                parts.append(self._one())
        return _Option(spliced(parts), start, self._end)

    def _one(self) -> Query:
        before, is_negated, is_excluding = len(self.fields), False, False
        while self._is_next(TokenKind.NOT):
            self._take()
            is_excluding, is_negated = True, not is_negated
        query = self._near(together=is_excluding)
        if is_excluding:
            self._misplaced(before)
        return negated(query) if is_negated else query

    def _near(self, *, together: bool) -> Query:
        operators: list[Token] = []
        sides = [self._basic(together=together)]
        while self._is_next(TokenKind.NEAR):
            operators.append(self._take())
            sides.append(self._basic(together=True))
        if not operators:
            return sides[0]
        near = beside(sides, [operator.distance or 0 for operator in operators])
        if near:
            return Query((near,))
        for operator in operators:
            self._typed.say(NoticeKind.NEAR, operator.start, operator.end)
        return spliced(sides)

    def _basic(self, *, together: bool) -> Query:
        """Words, a field, or what stands in parentheses; several words are a phrase if `together`."""
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
        return joined(token.terms) if is_joined else Query(token.terms)

    def _take(self) -> Token:
        token = self._tokens.popleft()
        self._end = token.end
        return token

    def _is_next(self, *kinds: TokenKind) -> bool:
        return bool(self._tokens) and self._tokens[0].kind in kinds

    def _misplaced(self, before: int) -> None:
        """Drops the fields from this one on, with a notice: where they stand, they cannot hold for the whole query."""
        for field in self.fields[before:]:
            self._typed.say(NoticeKind.FIELD_PLACE, field.start, field.end)
        del self.fields[before:]
