"""The workflows of a repository, run on sample events of an owner whose name has capitals."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from gitops.doctor.actions import events
from gitops.doctor.actions.events import Event
from gitops.doctor.actions.pushes import Push, pushes
from gitops.doctor.actions.runs import WELL_KNOWN, JobRun, Run, run, sizes
from gitops.doctor.actions.values import Open
from gitops.doctor.workflow import Workflow

TOPIC = "topic"
MOST_STEPS = 1000
"""Jobs and steps of all workflows together that are followed: each is run for every sample event, and looked at with
those before it."""


@dataclass(frozen=True)
class Sample:
    """`default` is the default branch, which is the branch that is deployed."""

    workflows: Sequence[Workflow]
    default: str

    @cached_property
    def followed(self) -> list[Workflow]:
        """The workflows that are run: the smallest, until together they have MOST_STEPS, so that a huge one hides no
        other."""
        return [workflow for workflow in self.workflows if workflow.location.path in self._small]

    @cached_property
    def left_out(self) -> list[Workflow]:
        return [workflow for workflow in self.workflows if workflow.location.path not in self._small]

    @cached_property
    def _small(self) -> set[str]:
        by_size = sorted(sizes(self.workflows).items(), key=lambda one: one[1])
        totals = accumulate(size for _, size in by_size)
        return {path for (path, _), total in zip(by_size, totals, strict=True) if total <= MOST_STEPS}

    def runs(self, event: Event) -> list[Run]:
        """A run of each workflow that the event starts; a workflow may call others."""
        started = (workflow for workflow in self.followed if event.starts(workflow))
        return [run(workflow, event, self.default, self._by_path) for workflow in started]

    def failing(self, again: Run, job: JobRun) -> Run:
        """The same run once more, in which this job fails."""
        return run(again.workflow, again.event, self.default, self._by_path, job.key)

    @cached_property
    def _by_path(self) -> dict[str, Workflow]:
        return {workflow.location.path: workflow for workflow in self.workflows}

    @cached_property
    def pushed(self) -> list[Run]:
        """The runs that a push to the default branch starts."""
        return self.runs(events.push(self.default))

    @cached_property
    def by_hand(self) -> list[Run]:
        """The runs that somebody starts by hand on the default branch, with unknown inputs."""
        return self.runs(events.by_hand(self.default, Open()))

    @cached_property
    def elsewhere(self) -> list[Run]:
        """The runs that pull requests, merge queues and pushes to other branches start."""
        others = (events.pull_request, events.merge_group)
        on_topic = (events.push(TOPIC), events.by_hand(TOPIC, Open()))
        return [found for event in (*(make(self.default) for make in others), *on_topic) for found in self.runs(event)]

    @cached_property
    def released(self) -> list[Run]:
        """The runs that a tag, a release or a schedule starts."""
        return [found for event in events.of_a_release(self.default) for found in self.runs(event)]

    @cached_property
    def deploying(self) -> list[Run]:
        """The runs that start after each workflow that a push to the default branch starts has succeeded."""
        return [found for each in self.pushed for found in self.after(each.workflow)]

    def after(self, workflow: Workflow, event: str = "push", **how: Any) -> list[Run]:
        """The runs that start after a run of the workflow for such an event; `how` it went, as in events.after."""
        return self.runs(events.after(workflow.name, self.default, event, **how))

    @cached_property
    def all_runs(self) -> list[Run]:
        return [*self.pushed, *self.by_hand, *self.deploying, *self.elsewhere, *self.released]

    @cached_property
    def opaque(self) -> bool:
        """Whether somebody else's workflow or action, which cannot be read here, or one that is not followed, may push
        images."""
        return bool(self.left_out) or any(
            _is_opaque(job) for each in self.all_runs for job in each.jobs if job.ran is not False
        )

    @cached_property
    def pushes(self) -> list[Push]:
        """The pushes of images by what happens on the default branch."""
        return [found for each in (*self.pushed, *self.by_hand) for found in pushes(each)]

    @cached_property
    def all_pushes(self) -> list[Push]:
        """The pushes of images by any event."""
        return [found for each in self.all_runs for found in pushes(each)]


def _is_opaque(run: JobRun) -> bool:
    may = run.job.permissions.value is None or run.job.may("write", "packages")
    actions = [run.job.node.at("uses").text, *(step.step.action for step in run.steps if step.ran is not False)]
    return may and any(action and not action.startswith(WELL_KNOWN) for action in actions)
