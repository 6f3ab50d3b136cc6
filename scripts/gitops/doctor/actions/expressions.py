"""GitHub's expressions. Source: https://docs.github.com/actions/reference/evaluate-expressions-in-workflows-and-actions"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gitops.doctor.actions.values import UNKNOWN, Value, both, either, equal, known, member, number, text, truth

_EXPRESSION = re.compile(r"\$\{\{((?:'[^']*'|[^'])*?)\}\}", re.DOTALL)
_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d[\w.]*)|(?P<name>[A-Za-z_][\w-]*)"
    r"|(?P<sign>&&|\|\||[=!<>]=|[!<>().,\[\]*]))"
)
_LITERALS = {"true": True, "false": False, "null": None}
_LONGEST, _DEEPEST = 21_000, 40
"""GitHub's own limit on the length of an expression, and our limit on its nesting."""

Contexts = dict[str, Value]


class _Malformed(Exception):
    pass


def interpolate(value: Value, contexts: Contexts) -> Value:
    """A value of a workflow after its `${{ }}` are filled in; an expression alone keeps its type."""
    if not isinstance(value, str):
        return value
    if alone := _EXPRESSION.fullmatch(value.strip()):
        return evaluate(alone[1], contexts)
    return _EXPRESSION.sub(lambda found: text(evaluate(found[1], contexts)), value)


def condition(written: str, contexts: Contexts) -> bool | None:
    """What an `if` decides; None when that is unknown. Without a status function it asks for success too."""
    inner = _EXPRESSION.fullmatch(written.strip())
    if not inner and "${{" in written:
        return truth(interpolate(written, contexts))
    decided = truth(evaluate(inner[1] if inner else written, contexts)) if written.strip() else True
    asks = re.search(r"\b(?:success|failure|always|cancelled)\s*\(", written)
    return decided if asks else truth(both(contexts.get("success()", True), UNKNOWN if decided is None else decided))


def evaluate(expression: str, contexts: Contexts) -> Value:
    """The value of an expression; unknown when the expression is malformed, which actionlint reports."""
    try:
        reader = _Reader(_tokens(expression), contexts)
        value = reader.value()
        return value if reader.position == len(reader.tokens) else UNKNOWN
    except _Malformed:
        return UNKNOWN


def _tokens(expression: str) -> list[tuple[str, str]]:
    if len(expression) > _LONGEST:
        raise _Malformed
    expression, tokens, position = expression.strip(), [], 0
    while position < len(expression):
        token = _TOKEN.match(expression, position)
        if not token:
            raise _Malformed
        tokens.append((str(token.lastgroup), token[str(token.lastgroup)]))
        position = token.end()
    return tokens


@dataclass
class _Reader:
    """Parses and evaluates in one pass: expressions have no side effects that short-circuiting would avoid."""

    tokens: list[tuple[str, str]]
    contexts: Contexts
    position: int = 0
    depth: int = 0

    def value(self) -> Value:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Malformed
        value = self._chain("||", either, lambda: self._chain("&&", both, self._equality))
        self.depth -= 1
        return value

    def _chain(self, sign: str, combine: Callable[[Value, Value], Value], operand: Callable[[], Value]) -> Value:
        left = operand()
        while self._take(sign):
            left = combine(left, operand())
        return left

    def _equality(self) -> Value:
        left = self._comparison()
        while sign := self._take("==", "!="):
            same = equal(left, self._comparison())
            left = same if sign == "==" or same == UNKNOWN else not same
        return left

    def _comparison(self) -> Value:
        left = self._negation()
        while sign := self._take("<=", ">=", "<", ">"):
            left = _compare(sign, left, self._negation())
        return left

    def _negation(self) -> Value:
        negations = 0
        while self._take("!"):
            negations += 1
        value = self._member()
        for _ in range(negations):
            decided = truth(value)
            value = UNKNOWN if decided is None else not decided
        return value

    def _member(self) -> Value:
        value = self._operand()
        while sign := self._take(".", "["):
            if sign == "[":
                value = member(value, self.value())
                self._expect("]")
            else:
                value = UNKNOWN if self._take("*") else member(value, self._next("name"))
        return value

    def _operand(self) -> Value:
        if self._take("("):
            value = self.value()
            self._expect(")")
            return value
        kind, written = self._any()
        if kind == "text":
            return written[1:-1].replace("''", "'")
        if kind == "number":
            return number(written)
        if kind != "name":
            raise _Malformed
        if self._take("("):
            return self._call(written.casefold())
        return _LITERALS[written] if written in _LITERALS else member(self.contexts, written)

    def _call(self, name: str) -> Value:
        arguments: list[Value] = []
        while not self._take(")"):
            arguments.append(self.value())
            if not self._take(","):
                self._expect(")")
                break
        if name in ("success", "always", "failure", "cancelled"):
            return self.contexts.get("success()", True) if name == "success" else name == "always"
        if not all(known(argument) for argument in arguments):
            return UNKNOWN
        function = _FUNCTIONS.get(name)
        try:
            return function(*arguments) if function else UNKNOWN
        except (TypeError, ValueError, IndexError, RecursionError):
            return UNKNOWN

    def _take(self, *signs: str) -> str:
        kind, written = self.tokens[self.position] if self.position < len(self.tokens) else ("", "")
        if kind != "sign" or written not in signs:
            return ""
        self.position += 1
        return written

    def _any(self) -> tuple[str, str]:
        if self.position >= len(self.tokens):
            raise _Malformed
        self.position += 1
        return self.tokens[self.position - 1]

    def _next(self, kind: str) -> str:
        next_kind, written = self._any()
        if next_kind != kind:
            raise _Malformed
        return written

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise _Malformed


def _compare(sign: str, left: Value, right: Value) -> Value:
    if not (known(left) and known(right)):
        return UNKNOWN
    a, b = number(left), number(right)
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def _contains(where: Value, what: Value) -> Value:
    if isinstance(where, list):
        return any(equal(item, what) is True for item in where)
    return text(what).casefold() in text(where).casefold()


def _format(pattern: Value, *values: Value) -> str:
    return re.sub(r"\{(\d+)\}", lambda found: text(values[int(found[1])]), text(pattern))


def _from_json(written: Value) -> Value:
    return _numbers(json.loads(text(written)[:_LONGEST]))


def _numbers(value: Any) -> Value:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "contains": _contains,
    "startswith": lambda where, what: text(where).casefold().startswith(text(what).casefold()),
    "endswith": lambda where, what: text(where).casefold().endswith(text(what).casefold()),
    "format": _format,
    "join": lambda values, sign=",": text(sign).join(map(text, values)) if isinstance(values, list) else text(values),
    "fromjson": _from_json,
    "tojson": lambda value: json.dumps(value, indent=2),
}
