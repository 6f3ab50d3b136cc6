"""Changes to files, as a person writes them: a line that names the file, then lines to keep (" "), to remove ("-") and
to add ("+")."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gitops.errors import BadInput

Files = Mapping[str, str]
"""Text by path in the repository."""

OVERLAY = "{overlay}"
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
    """The changes of a fenced block. Raises BadInput for a line that is none of a diff."""
    found: list[Diff] = []
    for line in block.splitlines():
        if match := _FILE.match(line):
            found.append(Diff(match[1], "", ""))
        elif not found or line[:1] not in (" ", "-", "+", ""):
            raise BadInput(
                f"{where}: {line!r} is no line of a diff.",
                'Begin with "--- k8s/…", then begin each line with a space, - or +.',
            )
        else:
            last, text = found.pop(), f"{line[1:]}\n"
            old, new = ("" if line[:1] == sign else text for sign in "+-")
            found.append(Diff(last.path, last.old + old, last.new + new))
    return found


def apply(files: Files, changes: Iterable[Diff], overlay: str) -> dict[str, str]:
    """The files with the changes, made for this overlay. Raises BadInput for one that does not apply exactly once."""
    made = dict(files)
    for one in changes:
        path, old, new = (text.replace(OVERLAY, overlay) for text in (one.path, one.old, one.new))
        text = made.get(path)
        if old and text is None:
            raise BadInput(f"{path} is not there, and a change wants to change it.", "Name a file of the repository.")
        if not old and text is not None:
            raise BadInput(f"{path} is there already.", "Keep a line of it in the change, so that its place is known.")
        times = (text or "").count(old) if old else 1
        if times != 1:
            raise BadInput(f"{path} has this {times} times, and not once:\n{old}", "Keep more lines around the change.")
        made[path] = new if text is None else text.replace(old, new)
        if not made[path]:
            del made[path]
    return made
