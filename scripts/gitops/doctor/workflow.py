"""GitHub's workflows, as far as the checks ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from gitops.doctor.nodes import Location, Node

Level = Literal["read", "write"]
LEVELS: tuple[Level, ...] = ("read", "write")


@dataclass(frozen=True)
class Step:
    node: Node

    @property
    def location(self) -> Location:
        return self.node.location

    @cached_property
    def script(self) -> str:
        return self.node.at("run").text

    @cached_property
    def action(self) -> str:
        """The action's name, without its version."""
        return self.node.at("uses").text.partition("@")[0]


@dataclass(frozen=True)
class Job:
    name: str
    node: Node
    workflow: "Workflow"

    @cached_property
    def steps(self) -> list[Step]:
        return [Step(node) for node in self.node.at("steps").items()]

    @property
    def condition(self) -> str:
        return self.node.at("if").text

    @cached_property
    def needs(self) -> list[str]:
        return self.node.at("needs").texts

    @cached_property
    def permissions(self) -> Node:
        """The job's own permissions, or else the workflow's."""
        own = self.node.at("permissions")
        return own if own.value is not None else self.workflow.node.at("permissions")

    @property
    def asked(self) -> Iterator[tuple[Level, str]]:
        """The permissions that the job names one by one."""
        for name, node in self.permissions.entries():
            yield from ((level, name) for level in LEVELS if node.text == level)

    def may(self, level: Level, permission: str) -> bool:
        """Whether the job's token may read or write a resource, such as packages or contents."""
        return allows(self.permissions, level, permission)

    @property
    def concurrency(self) -> Node:
        own = self.node.at("concurrency")
        return own if own.value is not None else self.workflow.node.at("concurrency")


@dataclass(frozen=True)
class Workflow:
    node: Node

    @property
    def location(self) -> Location:
        return self.node.location

    @property
    def name(self) -> str:
        """The name by which `workflow_run` refers to the workflow: its path when it has no name."""
        return self.node.at("name").text or self.location.path

    @cached_property
    def jobs(self) -> list[Job]:
        return [Job(name, node, self) for name, node in self.node.at("jobs").entries()]

    @property
    def group(self) -> Node:
        """The name of its concurrency group, which may stand alone."""
        concurrency = self.node.at("concurrency")
        return concurrency if isinstance(concurrency.value, str) else concurrency.at("group")

    def has_trigger(self, event: str) -> bool:
        triggers = self.node.at("on")
        return event in (*triggers.texts, *(name for name, _ in triggers.entries()))

    def trigger(self, event: str) -> Node:
        """The settings of a trigger; a node without a value when it has none, or when there is no such trigger."""
        return self.node.at("on", event)


def allows(permissions: Node, level: Level, permission: str) -> bool:
    """Whether a `permissions` block allows it; what the block does not name, it does not allow."""
    granted = permissions.value
    if isinstance(granted, Mapping):
        granted = f"{granted.get(permission)}-all"
    return granted == "write-all" or (granted == "read-all" and level == "read")
