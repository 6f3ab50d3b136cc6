"""GitHub's workflows, as far as the checks ask."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gitops.doctor.nodes import Node, Place

_PUSHES = re.compile(r"\bgit push\b|\bgitops [\w \"'=.-]*(?:\$|update|rollback|promote|hold|release|student|retarget)")
_WRITING_ACTIONS = ("stefanzweifel/git-auto-commit-action", "ad-m/github-push-action", "EndBug/add-and-commit")
_BUILDER = "docker/build-push-action"


@dataclass(frozen=True)
class Step:
    node: Node

    @property
    def place(self) -> Place:
        return self.node.place

    @property
    def script(self) -> str:
        return self.node.at("run").text

    @property
    def action(self) -> str:
        """The action's name, without its version."""
        return self.node.at("uses").text.partition("@")[0]

    @property
    def publishes(self) -> bool:
        """Whether it may push an image."""
        if self.action == _BUILDER:
            return self.node.at("with", "push").text.lower() not in ("", "false")
        return "docker push" in self.script or ("docker buildx build" in self.script and "--push" in self.script)

    @property
    def commits(self) -> bool:
        """Whether it may push a commit."""
        return bool(_PUSHES.search(self.script)) or self.action in _WRITING_ACTIONS


@dataclass(frozen=True)
class Job:
    name: str
    node: Node
    workflow: "Workflow"

    @property
    def steps(self) -> list[Step]:
        return [Step(node) for node in self.node.at("steps").items()]

    @property
    def condition(self) -> str:
        return self.node.at("if").text

    @property
    def needs(self) -> list[str]:
        value = self.node.at("needs").value or []
        return [value] if isinstance(value, str) else list(value)

    @property
    def publishes(self) -> bool:
        return any(step.publishes for step in self.steps)

    @property
    def commits(self) -> bool:
        return any(step.commits for step in self.steps)

    @property
    def permissions(self) -> Node:
        """Its own, or else the workflow's."""
        own = self.node.at("permissions")
        return own if own.value is not None else self.workflow.node.at("permissions")

    def may(self, permission: str) -> bool:
        """Whether its token may write this: packages, contents, …"""
        granted = self.permissions.value
        return granted == "write-all" or (isinstance(granted, Mapping) and granted.get(permission) == "write")

    @property
    def concurrency(self) -> Node:
        own = self.node.at("concurrency")
        return own if own.value is not None else self.workflow.node.at("concurrency")


@dataclass(frozen=True)
class Workflow:
    node: Node

    @property
    def place(self) -> Place:
        return self.node.place

    @property
    def name(self) -> str:
        """As `workflow_run` calls it: without a name it is the path."""
        return self.node.at("name").text or self.place.path

    @property
    def jobs(self) -> list[Job]:
        return [Job(name, node, self) for name, node in self.node.at("jobs").entries()]

    @property
    def publishes(self) -> bool:
        return any(job.publishes for job in self.jobs)

    @property
    def commits(self) -> bool:
        return any(job.commits for job in self.jobs)

    def has_trigger(self, event: str) -> bool:
        triggers = self.node.at("on").value or []
        return event in ([triggers] if isinstance(triggers, str) else triggers)

    def trigger(self, event: str) -> Node:
        """Its settings; without a value when it has none, or when there is no such trigger."""
        return self.node.at("on", event)
