"""The exercises of k8s/README.md."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.k8s.kustomize import K8S


def blocks(readme: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", readme.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def exercises() -> dict[str, str]:
    """The change of each exercise, by its title."""
    text = (K8S / "README.md").read_text(encoding="utf-8")
    titles = re.findall(r"^### \d\. (.*)$", text, re.MULTILINE)
    return dict(zip(titles, blocks(K8S / "README.md", "diff"), strict=True))


def apply(change: str, root: Path) -> None:
    """Makes the change of a diff in the file that its first line names."""
    first, *lines = change.splitlines()
    file = root / first.removeprefix("--- ")
    old, new = ("".join(f"{line[1:]}\n" for line in lines if line[:1] != sign) for sign in "+-")
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} does not have, or has more than once:\n{old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


@dataclass(frozen=True)
class Exercise:
    """Its whole text, and the commands that show the symptom."""

    text: str
    commands: str


def sections() -> dict[str, Exercise]:
    """By title."""
    text = (K8S / "README.md").read_text(encoding="utf-8")
    _, *parts = re.split(r"^### \d\. ", text, flags=re.MULTILINE)
    found = {}
    for part in parts:
        title, _, rest = part.partition("\n")
        commands = re.findall(r"^```sh\n(.*?)^```$", rest, re.MULTILINE | re.DOTALL)
        found[title] = Exercise(rest, commands[0])
    return found
