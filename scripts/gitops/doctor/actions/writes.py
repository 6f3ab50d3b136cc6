"""Which steps push commits to what is deployed, and which call gitops."""

import re
from collections.abc import Iterator
from functools import lru_cache

from gitops.doctor.actions.programs import gitops_command
from gitops.doctor.actions.runs import JobRun, Run, StepRun
from gitops.doctor.actions.shell import Command
from gitops.doctor.actions.values import UNKNOWN

_COMMITTING = ("update", "rollback", "promote", "hold", "release", "student", "retarget")
_ACTIONS = ("stefanzweifel/git-auto-commit-action", "ad-m/github-push-action", "EndBug/add-and-commit")
_MANIFESTS = re.compile(r"\bk8s\b|\bkustomize edit\b")


def gitops_calls(step: StepRun) -> Iterator[tuple[Command, tuple[str, ...]]]:
    """Each call of gitops, with its command and arguments."""
    for command in step.shell.commands if step.shell else ():
        if called := gitops_command(command.words):
            yield command, called


@lru_cache(maxsize=1024)
def commits(job: JobRun) -> bool:
    """Whether the step may push commits that change manifests; commits to a site or a release do not count."""
    steps = [step for step in job.steps if step.ran is not False]
    if any(_is_committing(called[0]) for step in steps for _, called in gitops_calls(step)):
        return True
    written = "\n".join(step.step.script for step in steps)
    if re.search(r"\bgit clone\b", written) or any(_is_of_another_repository(step) for step in steps):
        return False
    pushes = any(_is_git_push(step) or step.step.action in _ACTIONS for step in steps)
    return pushes and bool(_MANIFESTS.search(written))


def deploys(run: Run) -> bool:
    """Whether the step certainly runs `gitops update`, or pushes commits that change manifests in another way."""
    for job in run.jobs:
        certain = any(step.ran for step in job.steps)
        called = [call[0] for step in job.steps if step.ran is not False for _, call in gitops_calls(step)]
        if job.ran and certain and commits(job) and (not called or {"update", UNKNOWN} & set(called)):
            return True
    return False


def _is_committing(command: str) -> bool:
    return command in _COMMITTING or UNKNOWN in command


def _is_of_another_repository(step: StepRun) -> bool:
    return step.step.action == "actions/checkout" and bool(step.inputs.get("repository"))


def _is_git_push(step: StepRun) -> bool:
    return any(re.match(r"git (?:-\S+ \S+ )*push\b", str(one)) for one in (step.shell.commands if step.shell else ()))
