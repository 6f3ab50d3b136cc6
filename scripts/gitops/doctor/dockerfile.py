"""Dockerfiles, as far as the checks ask. Source: https://docs.docker.com/reference/dockerfile"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gitops.doctor.actions.words import expand

_INSTRUCTION = re.compile(r"\s*([A-Za-z]+)\s+(.*)", re.DOTALL)
_FROM = re.compile(r"(?:--platform=(\S+)\s+)?(\S+)(?:\s+as\s+(\S+))?\s*$", re.IGNORECASE)
_SOURCE = re.compile(r"--from=([\w.-]+)|\bfrom=([\w.-]+)")
_PAIR = re.compile(r"""([\w.-]+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)""")


@dataclass
class Stage:
    """`instructions`: keyword in upper case, and the rest."""

    base: str
    platform: str = ""
    name: str = ""
    instructions: list[tuple[str, str]] = field(default_factory=list)

    @property
    def emulated(self) -> bool:
        """Whether building the stage for another platform runs programs of that platform."""
        return not self.platform.startswith("$BUILDPLATFORM") and any(word == "RUN" for word, _ in self.instructions)

    @property
    def sources(self) -> Iterator[str]:
        yield self.base
        for _, rest in self.instructions:
            yield from (one or other for one, other in _SOURCE.findall(rest))


def stages(text: str) -> list[Stage]:
    listed: list[Stage] = []
    for word, rest in _instructions(text):
        if word == "FROM" and (base := _FROM.match(rest)):
            listed.append(Stage(base[2], (base[1] or "").replace("{", "").replace("}", ""), base[3] or ""))
        elif listed:
            listed[-1].instructions.append((word, rest))
    return listed


def needs_emulation(text: str) -> bool:
    """Whether the last stage, or one that it is made from, runs programs of the image's own platform."""
    by_name = {stage.name: stage for stage in stages(text) if stage.name}
    waiting, seen = stages(text)[-1:], list[Stage]()
    while waiting:
        stage = waiting.pop()
        if stage in seen:
            continue
        seen.append(stage)
        waiting += [by_name[name] for name in stage.sources if name in by_name]
    return any(stage.emulated for stage in seen)


def environment(text: str) -> dict[str, str]:
    """The variables that the last stage sets with ENV, as the file writes them."""
    instructions = stages(text)[-1].instructions if stages(text) else []
    pairs = (pair for word, rest in instructions if word == "ENV" for pair in _PAIR.findall(rest))
    return {name: value.strip("\"'") for name, value in pairs}


def copied(text: str) -> frozenset[str]:
    """The absolute paths to which the last stage copies files, except for the root."""
    instructions = stages(text)[-1].instructions if stages(text) else []
    paths = (rest.split()[-1].rstrip("/") for word, rest in instructions if word in ("ADD", "COPY"))
    return frozenset(path for path in paths if path.startswith("/"))


def last(text: str, word: str) -> list[tuple[int, str]]:
    """The lines of the last stage that begin with this instruction, and what follows it."""
    lines = [(number, line.split(None, 1)) for number, line in enumerate(text.splitlines(), start=1)]
    said = [(number, words[0].upper(), words[1].strip()) for number, words in lines if len(words) == 2]
    begin = max((number for number, first, _ in said if first == "FROM"), default=0)
    return [(number, rest) for number, first, rest in said if number > begin and first == word]


def labels(text: str, arguments: Mapping[str, str]) -> dict[str, str]:
    """The labels of the last stage; `arguments` are those of the build."""
    variables, written = dict[str, str](), dict[str, str]()
    for word, rest in stages(text)[-1].instructions if stages(text) else ():
        if word == "ARG":
            for part in rest.split():
                name, _, default = part.partition("=")
                variables[name] = arguments.get(name, default.strip("\"'"))
        elif word == "LABEL":
            for name, value in _PAIR.findall(rest):
                written[name] = expand(value, lambda variable, _: variables.get(variable, ""), lambda _: "")
    return written


def _instructions(text: str) -> Iterator[tuple[str, str]]:
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in re.sub(r"\\[ \t]*\n", " ", lines).splitlines():
        if instruction := _INSTRUCTION.fullmatch(line):
            yield instruction[1].upper(), instruction[2]
