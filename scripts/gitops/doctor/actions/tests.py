"""Which jobs test, and which component."""

import re
from collections.abc import Iterator
from functools import lru_cache

from gitops.doctor.actions.runs import JobRun, Run, StepRun
from gitops.model import COMPONENTS

_TESTS = re.compile(r"\b(?:tests?|pytest|tox|nox|vitest|jest|ctest)\b|\.ci/run\b", re.IGNORECASE)


@lru_cache(maxsize=256)
def testing(run: Run) -> list[JobRun]:
    """The jobs that run tests, and fail when a test does."""
    return [job for job in run.jobs if job.ran and any(_tests(step) for step in job.steps)]


@lru_cache(maxsize=1024)
def components(job: JobRun) -> frozenset[str]:
    """The components that the job's commands and folders name; empty when it tests all of them, or something else."""
    words = " ".join(written for step in job.steps if step.ran is not False for written in _written(job, step))
    return frozenset(name for name in COMPONENTS if re.search(rf"\b{name}\b", words))


def _tests(step: StepRun) -> bool:
    tolerated = step.step.node.at("continue-on-error").value is True
    commands = [str(command) for command in (step.shell.commands if step.shell else ())]
    return step.ran is True and not tolerated and any(_TESTS.search(command) for command in commands)


def _written(job: JobRun, step: StepRun) -> Iterator[str]:
    yield folder(job, step)
    yield from (str(command) for command in (step.shell.commands if step.shell else ()))


def folder(job: JobRun, step: StepRun) -> str:
    """The folder in which the step's script runs, as the workflow writes it; empty for the root of the checkout."""
    levels = (step.step.node, job.job.node.at("defaults", "run"), job.job.workflow.node.at("defaults", "run"))
    return next((found for level in levels if (found := level.at("working-directory").text)), "")
