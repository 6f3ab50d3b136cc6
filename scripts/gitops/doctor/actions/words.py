"""The words of a shell script, and what parameters and substitutions make of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase

from gitops.doctor.actions.values import UNKNOWN

Output = Callable[[str], str]
"""Gives the output of a command."""
Lookup = Callable[[str, bool], str]
"""The value of a variable, and whether what is written has a default for it."""

_OPERATOR = re.compile(r"\d?>&[\d-]|&&|\|\||\|&|;;|<<<|<<-?|[<>]&|&>>?|\d?>>|\d?>|<|[;|&(){}\n]")
_PARAMETER = re.compile(r"(?P<name>\w+)(?P<change>.*)", re.DOTALL)
_NAME = re.compile(r"\w+")
_CLOSING = {"(": ")", "{": "}"}


def tokens(script: str) -> Iterator[tuple[bool, str]]:
    """The words as they are written, and the operators (True) between them; without comments and here-documents."""
    position, documents = 0, list[str]()
    while position < len(script):
        if script[position] in " \t\r" or script.startswith("\\\n", position):
            position += 1 if script[position] != "\\" else 2
        elif script[position] == "#":
            position = _or_end(script.find("\n", position), script)
        elif (operator := _OPERATOR.match(script, position)) and not _is_brace_in_a_word(operator[0], script, position):
            position = operator.end()
            if operator[0] == "\n" and documents:
                position = _after_documents(script, position, documents)
            yield True, operator[0]
            if operator[0].startswith("<<") and operator[0] != "<<<":
                end = _end_of_word(script, _after_blanks(script, position))
                documents.append(script[position:end].strip().strip("'\"\\"))
                position = end
        else:
            end = _end_of_word(script, position)
            yield False, script[position:end]
            position = end


def expand(word: str, variable: Lookup, output: Output, *, quoted: bool = False) -> str:
    """A word without its quotes and with what `$` stands for; `output` is what a command in `$( )` prints."""
    parts, position = [], 0
    while position < len(word):
        character = word[position]
        if character == "'" and not quoted:
            end = _or_end(word.find("'", position + 1), word)
            parts.append(word[position + 1 : end])
            position = end + 1
        elif character == '"':
            end = _end_of_quotes(word, position)
            parts.append(expand(word[position + 1 : end], variable, output, quoted=True))
            position = end + 1
        elif character == "\\":
            parts.append(
                word[position + 1 : position + 2]
                if not quoted or word[position + 1 : position + 2] in '$`"\\'
                else word[position : position + 2]
            )
            position += 2
        elif character == "`":
            end = _or_end(word.find("`", position + 1), word)
            parts.append(output(word[position + 1 : end]))
            position = end + 1
        elif character == "$":
            value, position = _substitute(word, position + 1, variable, output)
            parts.append(value)
        else:
            parts.append(character)
            position += 1
    return "".join(parts)


def _substitute(word: str, position: int, variable: Lookup, output: Output) -> tuple[str, int]:
    """What begins after a dollar, and where it ends."""
    if word.startswith("((", position):
        return UNKNOWN, _end_of_bracket(word, position)
    if word.startswith("(", position):
        end = _end_of_bracket(word, position)
        return output(word[position + 1 : end - 1]), end
    if word.startswith("{", position):
        end = _end_of_bracket(word, position)
        return _parameter(word[position + 1 : end - 1], variable, output), end
    if name := _NAME.match(word, position):
        return variable(name[0], False), name.end()
    return (UNKNOWN, position + 1) if position < len(word) and word[position] in "@*#?$!-" else ("$", position)


def _parameter(inner: str, variable: Lookup, output: Output) -> str:
    """The value of `${…}`. Source: https://www.gnu.org/software/bash/manual/html_node/Shell-Parameter-Expansion.html"""
    match = _PARAMETER.fullmatch(inner)
    if not match:
        return UNKNOWN
    change = match["change"]
    default = re.match(r":?([-=+?])", change)
    value = variable(match["name"], default is not None)
    if default and value != UNKNOWN and bool(value) == (default[1] == "+"):
        return expand(change[default.end() :], variable, output, quoted=True)
    if default:
        return "" if default[1] == "+" else value
    if simple := _CASES.get(change):
        return simple(value)
    return UNKNOWN if UNKNOWN in value else _cut(value, expand(change, variable, output, quoted=True))


_CASES: Mapping[str, Callable[[str], str]] = {"": str, ",,": str.lower, "^^": str.upper}


def _cut(value: str, change: str) -> str:
    if part := re.fullmatch(r":(\d*)(?::(\d+))?", change):
        start = int(part[1] or 0)
        return value[start : start + int(part[2])] if part[2] else value[start:]
    if affix := re.fullmatch(r"(##?|%%?)(.+)", change, re.DOTALL):
        return _without(value, *affix.groups())
    if replaced := re.fullmatch(r"/(/?)([^/*?\[]+)/?(.*)", change, re.DOTALL):
        return value.replace(replaced[2], replaced[3], -1 if replaced[1] else 1)
    return UNKNOWN


def _without(value: str, sign: str, pattern: str) -> str:
    """The value without the shortest (#, %) or longest (##, %%) match of the pattern at its beginning or end."""
    sizes = range(len(value) + 1) if len(sign) == 1 else range(len(value), -1, -1)
    for size in sizes:
        if sign[0] == "#" and fnmatchcase(value[:size], pattern):
            return value[size:]
        if sign[0] == "%" and fnmatchcase(value[len(value) - size :], pattern):
            return value[: len(value) - size]
    return value


def _end_of_word(script: str, position: int) -> int:
    while position < len(script):
        character = script[position]
        if character in " \t\r\n;|&()<>":
            break
        if character == "\\":
            position += 2
        elif character in "\"'`":
            position = _end_of_quotes(script, position) + 1
        elif character == "$" and script[position + 1 : position + 2] in ("(", "{"):
            position = _end_of_bracket(script, position + 1)
        else:
            position += 1
    return min(position, len(script))


def _end_of_quotes(text: str, position: int) -> int:
    """The index of the quote that closes the one at `position`."""
    quote, position = text[position], position + 1
    while position < len(text) and text[position] != quote:
        if quote == '"' and text[position] == "$" and text[position + 1 : position + 2] in ("(", "{"):
            position = _end_of_bracket(text, position + 1)
        else:
            position += 2 if text[position] == "\\" and quote != "'" else 1
    return min(position, len(text))


def _end_of_bracket(text: str, position: int) -> int:
    """The index just behind the bracket that closes the one at `position`."""
    opening, depth = text[position], 0
    while position < len(text):
        character = text[position]
        if character in "\"'`":
            position = _end_of_quotes(text, position)
        elif character == "\\":
            position += 1
        elif character == opening:
            depth += 1
        elif character == _CLOSING[opening]:
            depth -= 1
            if not depth:
                return position + 1
        position += 1
    return len(text)


def _after_documents(script: str, position: int, documents: list[str]) -> int:
    while documents:
        end = re.compile(rf"^\t*{re.escape(documents.pop(0))}$", re.MULTILINE).search(script, position)
        position = end.end() if end else len(script)
    return position


def _after_blanks(script: str, position: int) -> int:
    while position < len(script) and script[position] in " \t":
        position += 1
    return position


def _is_brace_in_a_word(operator: str, script: str, position: int) -> bool:
    """Whether a brace belongs to a word: it groups commands only where it stands alone."""
    alone = position + 1 == len(script) or script[position + 1] in " \t\n;|&)>"
    return operator in "{}" and not alone


def _or_end(position: int, text: str) -> int:
    return len(text) if position < 0 else position
