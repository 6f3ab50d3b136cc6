"""Tidies tokens, so that the grammar needs no error handling."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from app.search.query.lexer import Token, TokenKind
from app.search.query.notices import NoticeKind, Typed
from app.search.query.tree import Term, TermKind
from app.words import words

MAX_DEPTH = 8
"""How deep parentheses may be nested."""

_BINARY = (TokenKind.AND, TokenKind.OR, TokenKind.NEAR)
_BEGINNINGS = (TokenKind.TERMS, TokenKind.FIELD, TokenKind.OPEN)
_ENDS = (TokenKind.TERMS, TokenKind.FIELD, TokenKind.CLOSE)


def tidied(tokens: Iterable[Token], typed: Typed) -> list[Token]:
    """The tokens, in which every operator has its sides and parentheses are balanced and not empty; with notices about
    what was changed."""
    every = list(tokens)
    if "".join(typed.plain[token.start : token.end] for token in every if token.kind is TokenKind.TERMS).isupper():
        every = [piece for token in every for piece in _in_capitals(token, typed)]
    return _with_both_sides(_balanced(every, typed), typed)


def _in_capitals(token: Token, typed: Typed) -> Sequence[Token]:
    """An operator is a word where all words are in capitals."""
    return _as_word(token, NoticeKind.CAPITALS, typed) if typed.plain[token.start].isalpha() else [token]


def _as_word(token: Token, why: NoticeKind, typed: Typed) -> Sequence[Token]:
    """The token, or, for an operator, the word that it is spelt with, if any."""
    if token.kind in (TokenKind.TERMS, TokenKind.FIELD):
        return [token]
    own = words(typed.plain[token.start : token.end])
    if own or token.kind in _BINARY:
        typed.say(why, token.start, token.end)
    terms = tuple(Term(TermKind.WORD, (word,)) for word in own)
    return [Token(TokenKind.TERMS, token.start, token.end, terms)] if own else []


def _balanced(tokens: Iterable[Token], typed: Typed) -> list[Token]:
    """Balances the parentheses, and drops empty ones."""
    kept: list[Token] = []
    opened: list[Token] = []
    too_deep = 0
    for token in tokens:
        if token.kind is TokenKind.OPEN and len(opened) == MAX_DEPTH:
            too_deep += 1
            typed.say(NoticeKind.PARENTHESIS, token.start, token.end)
            continue
        if token.kind is TokenKind.OPEN:
            opened.append(token)
        elif token.kind is TokenKind.CLOSE and too_deep:
            too_deep -= 1
            continue
        elif token.kind is TokenKind.CLOSE and not opened:
            typed.say(NoticeKind.PARENTHESIS, token.start, token.end)
            continue
        elif token.kind is TokenKind.CLOSE and opened.pop() is kept[-1]:
            kept.pop()
            continue
        kept.append(token)
    for token in reversed(opened):
        typed.say(NoticeKind.PARENTHESIS, token.start, token.end)
        if kept[-1] is token:
            kept.pop()
        else:
            kept.append(token._replace(kind=TokenKind.CLOSE))
    return kept


def _with_both_sides(tokens: Sequence[Token], typed: Typed) -> list[Token]:
    """Drops operators that do not stand between two sides, or makes words of them."""
    kept: list[Token] = []
    for token, following in zip_longest(tokens, tokens[1:]):
        right = following is not None and (
            following.kind in _BEGINNINGS or (following.kind is TokenKind.NOT and token.kind is not TokenKind.NEAR)
        )
        left = bool(kept) and kept[-1].kind in _ENDS
        if (token.kind in _BINARY and not (left and right)) or (token.kind is TokenKind.NOT and not right):
            kept += _as_word(token, NoticeKind.OPERATOR, typed)
        else:
            kept.append(token)
    return kept
