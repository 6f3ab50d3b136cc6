"""What a known fault is, and the phrases by which a line of a log shows it."""

import re
from dataclasses import dataclass
from functools import cached_property

# Whole words only: a phrase with an underscore at its end stops within a word.
_WORD = re.compile(r"\b\w*[^\W_]\b")
_FIRST_WORD = re.compile(r"[a-z0-9]+")
_ANYTHING = ".{0,300}?"
# What kubectl, an event, JSON, or Argo CD writes in front of the reason of a pod or an event. A bare word is no event.
_BEFORE_REASON = (
    r"(?:\d/\d+\s+|(?:reason|status)\"?\s*[:=]\s*\"?|(?:warning|normal)\s+|error:\s+|waiting:\s+|\()(?:init:)?"
)


@dataclass(frozen=True)
class Symptom:
    """What shows a fault in a log: a regular expression, and the words, in lower case, that every line with it has.

    With `in_any_case` the expression is of lines in lower case: re.IGNORECASE takes five times as long.
    """

    expression: str
    words: frozenset[str]
    in_any_case: bool = False

    def is_in(self, line: str, lower: str) -> bool:
        """Whether the line has the expression. `lower` is the line in lower case."""
        return self._pattern.search(lower if self.in_any_case else line) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Compiled when a log has the words: all together would take a sixth of the time in which any command starts.
        return re.compile(self.expression)

    @cached_property
    def rarest(self) -> str:
        """The longest word, since long ones are rare."""
        return max(sorted(self.words), key=len)


@dataclass(frozen=True)
class Fault:
    """`check` is the doctor's check that finds the cause in the repository; empty when it cannot be seen there.

    `explains` are the ids of more general faults, which a log that shows this one need not be told about. With
    `ends_step`, a line is a fault only if the workflow's step fails soon after it. One that is `general` says no more
    than that something failed, and is told only where nothing else is known.
    """

    id: str
    symptoms: tuple[Symptom, ...]
    cause: str
    remedy: str
    check: str = ""
    explains: tuple[str, ...] = ()
    ends_step: bool = False
    general: bool = False


def phrase(text: str) -> Symptom:
    """A phrase in any case, in which `*` is anything or nothing, and a space is any white space."""
    text = text.lower()
    parts = [re.escape(part.strip()).replace(r"\ ", r"\s+") for part in text.split("*")]
    first = _FIRST_WORD.match(text)
    # Behind the first word, since a pattern that begins with letters is looked for by these.
    edge = rf"(?<!\w{first[0]})" if first else ""
    begins = len(first[0]) if first else 0
    expression = _ANYTHING.join([parts[0][:begins] + edge + parts[0][begins:], *parts[1:]]) + _edge(text[-1])
    return Symptom(expression, frozenset(_WORD.findall(text)), in_any_case=True)


def reason(word: str) -> Symptom:
    """The reason of a pod or an event, where the cluster's tools show it."""
    return Symptom(rf"{_BEFORE_REASON}{word.lower()}\b", frozenset([word.lower()]), in_any_case=True)


def pattern(text: str, *words: str) -> Symptom:
    """A regular expression, with the words that every line that matches it has."""
    return Symptom(text, frozenset(words))


def _edge(character: str) -> str:
    return r"\b" if character.isalnum() else ""
