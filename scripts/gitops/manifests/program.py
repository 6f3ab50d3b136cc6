"""What the program in an image does, as far as it is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gitops.manifests.objects import Object, Objects, Workload, short_name, workloads
from gitops.manifests.setting import Setting


@dataclass(frozen=True)
class Program:
    """What is not known is empty, and the rules that ask for it say nothing.

    `variables`: those that it may read, of which its own settings begin with `prefix`, if that is not empty.
    `ports`: those on which it listens, unless the variable `port` names another one.
    `routes`: the paths that it serves, which may have parameters: /books/{book}, /static/{path:path}.
    `environment`: the variables that the image sets; `settings`: what its variables may say.
    `written`: the folders in which it writes; `files`: what of the image it needs, files and folders.
    `memory`: bytes that it holds at work; `processor`: the cores that it is measured with.
    `slowest`: seconds that one of its answers may take.
    `ending`: seconds that each step of its end may take, by the variable or the directive that says so.
    `asks_dns`: it asks the cluster's DNS itself, without the search domains that a pod is given.
    """

    variables: frozenset[str] = frozenset()
    prefix: str = ""
    ports: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    environment: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    memory: int = 0
    processor: Decimal = Decimal()
    slowest: Decimal = Decimal()
    ending: Mapping[str, Decimal] = field(default_factory=dict)
    asks_dns: bool = False

    @property
    def port(self) -> str:
        return f"{self.prefix}PORT"


Programs = Mapping[str, Program]
"""Programs by the last part of their image's name."""


def program_of(container: Object, programs: Programs) -> Program | None:
    return programs.get(short_name(str(container.get("image"))))


def running(objects: Objects, programs: Programs) -> Iterator[tuple[Workload, Object, Program]]:
    """The containers whose program is known, each with its workload."""
    for work in workloads(objects):
        for container in work.containers:
            if program := program_of(container, programs):
                yield work, container, program
