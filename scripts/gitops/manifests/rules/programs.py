"""What a container is given, against what the program in its image does with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from gitops.manifests.objects import Object, Objects, Workload, short_name, workloads
from gitops.manifests.violation import Rule, Violation

_SIMILAR = 0.85


@dataclass(frozen=True)
class Program:
    """`variables`: those that it may read, of which its own settings begin with `prefix`, if that is not empty.

    `ports`: those on which it listens, unless the variable `port` names another one; none when they are not known.
    """

    variables: frozenset[str]
    ports: frozenset[str]
    prefix: str = ""

    @property
    def port(self) -> str:
        return f"{self.prefix}PORT"


Programs = Mapping[str, Program]
"""By the last part of the image's name."""


def variables_are_read_by(programs: Programs) -> Rule:
    """The rule that a container is given no variable that its program does not read."""

    def variables_are_read(objects: Objects) -> list[Violation]:
        return [found for work, one, program in _known(objects, programs) for found in _unread(work, one, program)]

    return variables_are_read


def ports_are_listened_on_by(programs: Programs) -> Rule:
    """The rule that a container's ports are those on which its program listens."""

    def ports_are_listened_on(objects: Objects) -> list[Violation]:
        return [
            Violation(
                work.reference,
                f"the image listens on {', '.join(sorted(listening))}, not on {port.get('containerPort')}",
                work.of(one, "ports", index, "containerPort"),
            )
            for work, one, program in _known(objects, programs)
            if (listening := _told(one, program.port) or program.ports)
            for index, port in enumerate(one.get("ports") or ())
            if str(port.get("containerPort")) not in listening
        ]

    return ports_are_listened_on


def _known(objects: Objects, programs: Programs) -> Iterator[tuple[Workload, Object, Program]]:
    for work in workloads(objects):
        for one in work.containers:
            if program := programs.get(short_name(str(one.get("image")))):
                yield work, one, program


def _unread(work: Workload, container: Object, program: Program) -> Iterator[Violation]:
    given = [variable for variable in container.get("env") or () if variable.get("name") not in program.variables]
    values = " ".join(str(variable.get("value")) for variable in container.get("env") or ())
    for name in (str(variable.get("name")) for variable in given):
        path = work.of(container, "env", name, "name")
        similar = get_close_matches(name, program.variables, n=1, cutoff=_SIMILAR)
        if f"$({name})" in values:
            continue
        if similar or (program.prefix and name.startswith(program.prefix)):
            hint = f", but {similar[0]}" if similar else ""
            yield Violation(work.reference, f"the application does not read {name}{hint}", path)
        else:
            yield Violation(work.reference, f"whether a library reads {name} is not said here", path, decided=False)


def _told(container: Object, name: str) -> set[str]:
    return {str(one["value"]) for one in container.get("env") or () if one.get("name") == name and one.get("value")}
