"""Bounds on YAML from outside, checked on its events, before anything is built of them."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

LARGEST = 2_000_000
"""Characters of one file."""
DEEPEST = 100
"""Collections within collections."""
MOST_VALUES = 150_000
"""Values of one file: each takes some hundred bytes of memory, however short it is written."""
MOST_COPIES = 10_000
"""Values that aliases repeat: a few lines of aliases to aliases stand for billions ("billion laughs")."""

_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotYaml(ValueError):
    """Text that is no YAML, or too much of it, with the line, counted from 1, as far as it is known."""

    def __init__(self, line: int, problem: str) -> None:
        self.line, self.problem = line, problem
        super().__init__(f"line {line}: {problem}")


def events(text: str) -> Iterator[yaml.Event]:
    """The events of a text. Raises NotYaml where it is no YAML, too large, too deep, or copies too much."""
    if len(text) > LARGEST:
        raise NotYaml(1, f"it has more than {LARGEST} characters")
    sizes = _Sizes()
    try:
        for event in yaml.parse(text, Loader=LOADER):
            sizes.count(event)
            yield event
    except yaml.MarkedYAMLError as error:
        if conflict := _CONFLICT.search(text):
            line = text.count("\n", 0, conflict.start()) + 1
            raise NotYaml(line, "it has the marks of a merge conflict that nobody resolved") from error
        # What is missing at the end is missing in the last line, not after it.
        last = max(1, len(text.splitlines()))
        raise NotYaml(
            min(last, error.problem_mark.line + 1 if error.problem_mark else 1), str(error.problem)
        ) from error
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise NotYaml(line, " ".join(str(error).split())) from error


def check(text: str) -> None:
    """Raises NotYaml unless the text is YAML within the bounds."""
    for _ in events(text):
        pass


class _Sizes:
    """How many values each anchor stands for, and how many of them aliases have repeated."""

    def __init__(self) -> None:
        self.open: list[tuple[str | None, int]] = []
        self.total = self.copies = 0
        self.anchored: dict[str, int] = {}

    def count(self, event: yaml.Event) -> None:
        if self.total > MOST_VALUES:
            raise NotYaml(line(event), f"it has more than {MOST_VALUES} values")
        match event:
            case yaml.DocumentStartEvent():
                self.anchored.clear()
            case yaml.AliasEvent():
                self._copy(event)
            case yaml.ScalarEvent():
                self.total += 1
                self._close(event.anchor, 1)
            case yaml.CollectionStartEvent():
                self.total += 1
                self.open.append((event.anchor, self.total))
                if len(self.open) > DEEPEST:
                    raise NotYaml(line(event), f"it is nested deeper than {DEEPEST} levels")
            case yaml.CollectionEndEvent():
                anchor, before = self.open.pop()
                self._close(anchor, self.total - before + 1)

    def _copy(self, event: yaml.AliasEvent) -> None:
        size = self.anchored.get(event.anchor or "")
        if size is None:
            raise NotYaml(line(event), f"the alias *{event.anchor} stands for nothing, or for what holds it")
        self.total += size
        self.copies += size
        if self.copies > MOST_COPIES:
            raise NotYaml(line(event), f"its aliases repeat more than {MOST_COPIES} values")

    def _close(self, anchor: str | None, size: int) -> None:
        if anchor:
            self.anchored[anchor] = size


def line(parsed: yaml.Event | yaml.Node) -> int:
    """The line of the event or node, counted from 1."""
    return parsed.start_mark.line + 1 if parsed.start_mark else 1
