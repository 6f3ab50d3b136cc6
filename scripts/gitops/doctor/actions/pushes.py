"""Which images a run pushes, under which names and tags."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gitops.doctor.actions.runs import BUILDER, JobRun, Run, StepRun
from gitops.doctor.actions.shell import Command
from gitops.doctor.actions.values import UNKNOWN
from gitops.doctor.nodes import Location

_ELSEWHERE = ("docker/bake-action", "redhat-actions/push-to-registry", "mr-smithers-excellent/docker-build-push")
_TAGGED = (("-t", "--tag"), ("docker buildx imagetools create", "docker buildx build", "docker build", "podman build"))
_PUSH = re.compile(r"(?:docker|podman|buildah)(?: image)? push (?:-\S+ )*(\S+)$")


@dataclass(frozen=True)
class Push:
    """`reference` is name, and tag if it has one; `source` is the image that got a tag afterwards, name@digest.

    `certain` is false when the run may leave it out. What is unknown is in the reference as UNKNOWN.
    """

    reference: str
    location: Location
    run: Run
    job: JobRun
    step: StepRun
    certain: bool
    source: str = ""

    @property
    def name(self) -> str:
        path, slash, last = self.reference.rpartition("/")
        return f"{path}{slash}{last.partition(':')[0]}"

    @property
    def tag(self) -> str:
        return self.reference.rpartition("/")[2].partition(":")[2]

    @property
    def image(self) -> str:
        """The last part of the image's name."""
        return self.name.rpartition("/")[2]

    @property
    def origin_of_name(self) -> Location:
        """The line that composes the name: in the step whose output it is, or else in the push itself."""
        return self._origin(lambda value: value == self.name or self.name.startswith(f"{value}/"))

    @property
    def origin_of_tag(self) -> Location:
        return self._origin(lambda value: value == self.tag or self.reference in value.splitlines())

    def _origin(self, made: Callable[[str], bool]) -> Location:
        for job in self.run.jobs:
            for step in job.steps:
                for key, value in step.outputs.items():
                    if value and isinstance(value, str) and made(value):
                        return _composing(step, key)
        return self.location

    @property
    def known(self) -> bool:
        return UNKNOWN not in self.reference


@lru_cache(maxsize=256)
def pushes(run: Run) -> Sequence[Push]:
    return [push for job, step in run.steps for push in _of_step(run, job, step)]


def _of_step(run: Run, job: JobRun, step: StepRun) -> Iterator[Push]:
    certain = step.ran is True
    if step.step.action == BUILDER:
        yield from _of_builder(run, job, step, certain)
    elif step.step.action in _ELSEWHERE:
        yield Push(UNKNOWN, step.step.location, run, job, step, certain)
    elif step.shell:
        for command in step.shell.commands:
            for reference, source in _of_command(command):
                yield Push(reference, _line(step, "run", _tag(reference)), run, job, step, certain, source)


def _of_builder(run: Run, job: JobRun, step: StepRun, certain: bool) -> Iterator[Push]:
    inputs, wanted = step.inputs, _exports(step)
    pushed = [inputs.get("push", "").lower(), *(output.get("push", "").lower() for output in wanted)]
    pushed += ["true" for output in wanted if output.get("type") == "registry"]
    if "true" not in pushed and not any(UNKNOWN in answer for answer in pushed):
        return
    certain = certain and "true" in pushed
    for reference in re.split(r"[\s,]+", inputs.get("tags", "").strip()):
        if reference:
            yield Push(reference, _line(step, "tags", _tag(reference)), run, job, step, certain)
    for output in wanted:
        if "push-by-digest" in output and output.get("name"):
            for name in output["name"].split(","):
                yield Push(name, _line(step, "outputs", ""), run, job, step, certain)


def _exports(step: StepRun) -> list[dict[str, str]]:
    """The entries of `outputs`, such as type=image,name=…,push-by-digest=true,push=true, in which quotes may hold
    commas."""
    lines = [line.strip() for line in step.inputs.get("outputs", "").splitlines()]
    return [dict(part.partition("=")[::2] for part in next(csv.reader([line]))) for line in lines if line]


def _of_command(command: Command) -> Iterator[tuple[str, str]]:
    written = str(command)
    if push := _PUSH.search(written):
        yield push[1], ""
    elif written.startswith(_TAGGED[1]):
        creates = "imagetools create" in written
        if creates or "--push" in command.words:
            source = command.words[-1] if creates else ""
            yield from ((reference, source) for reference in _options(command.words, _TAGGED[0]))


def _options(words: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        name, sign, value = word.partition("=")
        if name in names:
            yield value if sign else "".join(words[at + 1 : at + 2])


def _composing(step: StepRun, key: str) -> Location:
    script, rules = step.step.node.at("run"), step.step.node.at("with", "tags")
    node, pattern = (script, rf"\b{re.escape(key)}=") if script.value else (rules, r"type=sha")
    return next((location for location, _ in node.search(re.compile(pattern))), node.location)


def _tag(reference: str) -> str:
    return reference.rpartition(":")[2]


def _line(step: StepRun, key: str, tag: str) -> Location:
    """Where a tag is written: the line that has the literal part of the tag, or else the key."""
    node = step.step.node.at("with", key) if key != "run" else step.step.node.at("run")
    prefix = re.match(r"[a-z]+-?", tag)
    if prefix:
        for location, _ in node.search(re.compile(rf"[:=\"]{re.escape(prefix[0])}")):
            return location
    return node.location
