"""The query language, from what was typed to what it means.

    query  = all { OR all }
    all    = one { [AND] one }
    one    = NOT one | near
    near   = basic { NEAR/n basic }
    basic  = words | "phrase" | "words"~n | field:value | ( query )

Any text parses. `lexer` cuts it into tokens, `tidy` balances parentheses and makes words of operators that lack a
side, and `grammar` parses what is left, which has no errors. `notices` tells what is not read as it looks.

The parser is our own, because others refuse the first token that does not fit: luqum has the nearest grammar, and
raises ParseSyntaxError for a lone parenthesis or OR, and an error of its lexer for an open quotation mark. With lark or
pyparsing, tokens, tidying and notices would stay as they are here, and only the hundred lines of `grammar` would be
theirs, for 4 and 6 MiB in each process.
"""

from app.search.query.grammar import Field
from app.search.query.notices import Notice, NoticeKind
from app.search.query.parser import MAX_LENGTH, parse, read_query
from app.search.query.tree import (
    A_SENTENCE,
    MANY_WORDS,
    AnyOf,
    Near,
    Node,
    Query,
    Term,
    TermKind,
    changed,
    every,
    every_term,
    in_pairs,
    is_about_ends,
    terms,
)

__all__ = [
    "A_SENTENCE",
    "MANY_WORDS",
    "MAX_LENGTH",
    "AnyOf",
    "Field",
    "Near",
    "Node",
    "Notice",
    "NoticeKind",
    "Query",
    "Term",
    "TermKind",
    "changed",
    "every",
    "every_term",
    "in_pairs",
    "is_about_ends",
    "parse",
    "read_query",
    "terms",
]
