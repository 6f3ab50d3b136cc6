"""What the program in an image does, as far as it is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gitops.manifests.objects import Object, Objects, Workload, short_name, workloads


@dataclass(frozen=True)
class Program:
    """What is not known is empty, and the rules that ask for it say nothing.

    `variables`: those that it may read, of which its own settings begin with `prefix`, if that is not empty.
    `ports`: those on which it listens, unless the variable `port` names another one.
    `routes`: the paths that it serves, which may have parameters: /books/{book}, /static/{path:path}.
    `asks_dns`: it asks the cluster's DNS itself, without the search domains that a pod is given.
    """

    variables: frozenset[str] = frozenset()
    prefix: str = ""
    ports: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    asks_dns: bool = False

    @property
    def port(self) -> str:
        return f"{self.prefix}PORT"


Programs = Mapping[str, Program]
"""By the last part of the image's name."""


def running(objects: Objects, programs: Programs) -> Iterator[tuple[Workload, Object, Program]]:
    """The containers whose program is known."""
    for work in workloads(objects):
        for one in work.containers:
            if program := programs.get(short_name(str(one.get("image")))):
                yield work, one, program
