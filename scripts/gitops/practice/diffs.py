"""Changes to files, as a person writes them: a line that names the file, then lines to keep (" "), to remove ("-") and
to add ("+")."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gitops.errors import BadInput
from gitops.practice.words import said
from gitops.text import Text

Files = Mapping[str, str]
"""Text by path in the repository."""

OVERLAY = "{overlay}"
_NOT_A_DIFF = Text("{where}: {line!r} is not a line of a diff.", "{where}：{line!r} は差分の行ではありません。")
_WRITE_A_DIFF = Text(
    'Begin with "--- k8s/…", then begin each line with a space, - or +.',
    "「--- k8s/…」で始め、各行を空白か - か + で始めてください。",
)
_NO_FILE = Text("There is no {path} to change.", "変更する {path} がありません。")
_NAME_A_FILE = Text("Name a file of the repository.", "リポジトリにあるファイルを指定してください。")
_FILE_IS_THERE = Text("{path} is there already.", "{path} はすでにあります。")
_KEEP_A_LINE = Text(
    "Keep a line of it in the change, so that its place is known.",
    "変更の場所が決まるように、その行を 1 つ残してください。",
)
_NOT_ONCE = Text(
    "{path} has this {times} times, not once:\n{old}", "{path} にこれが 1 回ではなく {times} 回あります：\n{old}"
)
_KEEP_MORE = Text("Keep more lines around the change.", "変更の前後に、もっと行を残してください。")
_FILE = re.compile(r"^--- (k8s/[\w./{}-]+)$")


@dataclass(frozen=True, slots=True)
class Diff:
    """`old` stands exactly once in the file, and `new` takes its place. An empty `old` is a file that is not there."""

    path: str
    old: str
    new: str

    @property
    def added(self) -> list[str]:
        """The lines that it adds."""
        kept = self.old.splitlines()
        return [line for line in self.new.splitlines() if line not in kept]

    @property
    def undone(self) -> "Diff":
        return Diff(self.path, self.new, self.old)


def parse(block: str, where: str) -> list[Diff]:
    """The changes of a fenced block. Raises BadInput for any other line."""
    parsed: list[Diff] = []
    for line in block.splitlines():
        if match := _FILE.match(line):
            parsed.append(Diff(match[1], "", ""))
        elif not parsed or line[:1] not in (" ", "-", "+", ""):
            raise BadInput(said(_NOT_A_DIFF, where=where, line=line), said(_WRITE_A_DIFF))
        else:
            last, text = parsed.pop(), f"{line[1:]}\n"
            old, new = ("" if line[:1] == sign else text for sign in "+-")
            parsed.append(Diff(last.path, last.old + old, last.new + new))
    return parsed


def apply(files: Files, changes: Iterable[Diff], overlay: str) -> dict[str, str]:
    """The files with the changes, made for this overlay. Raises BadInput for one that does not apply exactly once."""
    made = dict(files)
    for change in changes:
        path, old, new = (text.replace(OVERLAY, overlay) for text in (change.path, change.old, change.new))
        text = made.get(path)
        if old and text is None:
            raise BadInput(said(_NO_FILE, path=path), said(_NAME_A_FILE))
        if not old and text is not None:
            raise BadInput(said(_FILE_IS_THERE, path=path), said(_KEEP_A_LINE))
        times = (text or "").count(old) if old else 1
        if times != 1:
            raise BadInput(said(_NOT_ONCE, path=path, times=times, old=old), said(_KEEP_MORE))
        made[path] = new if text is None else text.replace(old, new)
        if not made[path]:
            del made[path]
    return made
