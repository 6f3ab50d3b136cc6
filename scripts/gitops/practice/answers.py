"""The fixes that an incident's author knows: right ones, and wrong ones with the requirement that refuses each.

Each changes the tree that the colleagues wanted, which is the one without the fault. Answers are not installed with the
command, so a student does not find them beside the incident.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gitops.errors import BadInput
from gitops.practice import diffs
from gitops.practice.diffs import Diff
from gitops.practice.incident_file import text_of
from gitops.practice.markdown import Section, sections
from gitops.practice.words import said
from gitops.text import Text

_RIGHT, _WRONG = "Right", "Wrong"
_NOT_AN_ANSWER = Text(
    "{where}: «## {title}» is not an answer.", "{where}：「## {title}」は答えの見出しではありません。"
)
_WRITE_ONE = Text(
    f"Write «## {_RIGHT}: what it does» or «## {_WRONG}: requirement: what it does».",
    f"「## {_RIGHT}: すること」か「## {_WRONG}: 要件: すること」と書いてください。",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """`refused_by` is the requirement that a wrong one does not meet; empty for a right one."""

    title: str
    diffs: tuple[Diff, ...]
    refused_by: str = ""


def read(path: Path) -> list[Answer]:
    """Raises BadInput that names the line of what is not an answer."""
    return list(_answers(sections(text_of(path)), path))


def _answers(parts: list[Section], path: Path) -> Iterator[Answer]:
    for section in parts:
        kind, _, title = section.title.partition(": ")
        where = f"{path}:{section.line}"
        changes = tuple(diff for block in section.blocks("diff") for diff in diffs.parse(block, where))
        requirement, _, what = title.partition(": ")
        if kind == _RIGHT and title:
            yield Answer(title, changes)
        elif kind == _WRONG and what:
            yield Answer(what, changes, requirement)
        else:
            raise BadInput(said(_NOT_AN_ANSWER, where=where, title=section.title), said(_WRITE_ONE))
