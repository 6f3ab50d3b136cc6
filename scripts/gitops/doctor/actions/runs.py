"""What a sample event makes the workflows do: which jobs and steps run, with which inputs, environment and outputs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from math import prod

from gitops.doctor.actions import metadata, programs
from gitops.doctor.actions.events import Event
from gitops.doctor.actions.expressions import Contexts, condition, interpolate
from gitops.doctor.actions.shell import Shell
from gitops.doctor.actions.values import UNKNOWN, Open, Value, both, text
from gitops.doctor.nodes import Node
from gitops.doctor.workflow import Job, Step, Workflow

_MOST_COMBINATIONS = 30
_DEEPEST_CALL = 4
BUILDER, LOGIN = "docker/build-push-action", "docker/login-action"
ATTEST = ("actions/attest", "actions/attest-build-provenance", "actions/attest-sbom")
WELL_KNOWN = ("actions/", "docker/", "github/", "sigstore/", "anchore/", "aquasecurity/", "codecov/")
"""Owners whose actions set no variables except for languages and tools, and push only what their inputs name."""
_SHELLS = ("bash", "sh")
_FILES = {"GITHUB_OUTPUT": "/github/output", "GITHUB_ENV": "/github/env", "GITHUB_STEP_SUMMARY": "/github/summary"}


@dataclass(frozen=True, eq=False)
class StepRun:
    """`ran`: None when that is unknown. `inputs`: what `with` gives. `shell`: None where no script can be followed."""

    step: Step
    ran: bool | None
    inputs: Mapping[str, str]
    environment: Mapping[str, str]
    outputs: Mapping[str, Value]
    shell: Shell | None


@dataclass(frozen=True, eq=False)
class JobRun:
    """`key`: its name, behind that of the job that called its workflow. `before`: the keys of all that it waits for."""

    key: str
    job: Job
    ran: bool | None
    before: frozenset[str]
    steps: Sequence[StepRun] = ()
    outputs: Mapping[str, Value] = field(default_factory=dict)
    calls: Sequence["JobRun"] = ()
    caller: Job | None = None
    failed: bool = False

    @property
    def permissions(self) -> Node:
        """The job's own permissions, or else those of the job that called its workflow."""
        own = self.job.permissions
        return own if own.value is not None or not self.caller else self.caller.permissions

    @property
    def all(self) -> Iterator["JobRun"]:
        """The job itself, or the jobs of the reusable workflow that it calls."""
        if self.calls:
            for inner in self.calls:
                yield from inner.all
        else:
            yield self


@dataclass(frozen=True, eq=False)
class Run:
    workflow: Workflow
    event: Event
    jobs: Sequence[JobRun]
    group: str = ""
    """The concurrency group of the whole workflow, filled in."""

    @property
    def steps(self) -> Iterator[tuple[JobRun, StepRun]]:
        """The steps that run, or may run, each with its job."""
        return ((job, step) for job in self.jobs for step in job.steps if step.ran is not False)


def run(workflow: Workflow, event: Event, default: str, callable_: Mapping[str, Workflow], failing: str = "") -> Run:
    """`callable_`: the reusable workflows by path. `failing`: the key of a job that fails at its end."""
    inputs = _inputs(workflow, event)
    runner = _Runner(event, default, callable_, workflow, inputs, failing)
    jobs = [inner for job in runner.jobs() for inner in job.all]
    return Run(workflow, event, jobs, text(interpolate(workflow.group.value, runner.contexts())))


def sizes(workflows: Iterable[Workflow]) -> dict[str, int]:
    """By path, how many jobs and steps the workflows have, with those of the workflows that they call; one for each
    workflow."""
    own, called = Counter[str](), defaultdict[str, list[str]](list)
    for workflow in workflows:
        own[workflow.location.path] += 1 + sum(map(_size, workflow.jobs))
        called[workflow.location.path] += map(_called, workflow.jobs)
    whole = dict(own)
    for _ in range(_DEEPEST_CALL):
        whole = {path: own[path] + sum(whole.get(other, 0) for other in called[path]) for path in own}
    return whole


def _size(job: Job) -> int:
    """The job and its steps, as often as a matrix repeats them."""
    axes = (len(axis.items()) for _, axis in job.node.at("strategy", "matrix").entries())
    return 1 + len(job.steps) * min(prod(length or 1 for length in axes), _MOST_COMBINATIONS)


def _called(job: Job) -> str:
    """The path of the reusable workflow of this repository that the job calls."""
    return job.node.at("uses").text.removeprefix("./")


def _inputs(workflow: Workflow, event: Event) -> dict[str, Value]:
    if event.inputs is None:
        return {}
    wanted = workflow.trigger("workflow_dispatch").at("inputs").entries()
    return {name: event.inputs.get(name, node.at("default").value) for name, node in wanted}


@dataclass
class _Runner:
    event: Event
    default: str
    callable_: Mapping[str, Workflow]
    workflow: Workflow
    inputs: Mapping[str, Value]
    failing: str = ""
    prefix: str = ""
    before: frozenset[str] = frozenset()
    ran: bool | None = True
    depth: int = 0
    caller: Job | None = None
    done: dict[str, JobRun] = field(default_factory=dict)

    def jobs(self) -> list[JobRun]:
        """The jobs, each after those that it needs; jobs that wait for each other never run."""
        waiting = {job.name: job for job in self.workflow.jobs}
        while ready := [job for job in waiting.values() if waiting.keys().isdisjoint(job.needs)]:
            for job in ready:
                del waiting[job.name]
                self.done[job.name] = self._job(job)
        return list(self.done.values())

    def _job(self, job: Job) -> JobRun:
        needed = [self.done[name] for name in job.needs if name in self.done]
        before = self.before.union(*(one.before | {inner.key for inner in one.all} | {one.key} for one in needed))
        contexts = self.contexts() | {"needs": {job.job.name: _as_needed(job) for job in needed}}
        contexts["success()"] = _all_passed(needed)
        ran = self._within(condition(job.condition, contexts))
        key = self.prefix + job.name
        if ran is False:
            return JobRun(key, job, ran, before, caller=self.caller)
        if job.node.at("uses").value is not None:
            return self._call(job, key, ran, before, contexts)
        steps, outputs = list[StepRun](), dict[str, Value]()
        for matrix in _combinations(job, contexts):
            done, after = self._steps(job, ran, contexts | {"matrix": matrix})
            steps += done
            outputs = {name: text(interpolate(node.value, after)) for name, node in job.node.at("outputs").entries()}
        failed = key == self.failing and job.node.at("continue-on-error").value is not True
        return JobRun(key, job, ran, before, steps, outputs, caller=self.caller, failed=failed)

    def _within(self, decided: bool | None) -> bool | None:
        """Whether what is decided within this workflow happens: nothing is certain in a workflow whose call is not."""
        runs = both(UNKNOWN if self.ran is None else self.ran, UNKNOWN if decided is None else decided)
        return None if runs == UNKNOWN else bool(runs)

    def _call(self, job: Job, key: str, ran: bool | None, before: frozenset[str], contexts: Contexts) -> JobRun:
        called = self.callable_.get(_called(job))
        if called is None or self.depth >= _DEEPEST_CALL:
            return JobRun(key, job, ran, before, outputs=Open())
        accepted = called.trigger("workflow_call")
        given = {name: interpolate(node.value, contexts) for name, node in job.node.at("with").entries()}
        inputs = {name: given.get(name, node.at("default").value) for name, node in accepted.at("inputs").entries()}
        runner = _Runner(
            self.event,
            self.default,
            self.callable_,
            called,
            inputs,
            self.failing,
            f"{key}/",
            before,
            ran,
            self.depth + 1,
            job,
        )
        jobs = runner.jobs()
        results = runner.contexts() | {"jobs": {job.job.name: _as_needed(job) for job in jobs}}
        outputs = {
            name: text(interpolate(node.at("value").value, results)) for name, node in accepted.at("outputs").entries()
        }
        failed = any(job.failed for job in jobs)
        return JobRun(key, job, ran, before, outputs=outputs, calls=jobs, failed=failed)

    def contexts(self) -> dict[str, Value]:
        github = self.event.github(self.default)
        github["workflow"] = self.workflow.name
        contexts: dict[str, Value] = {
            "github": github,
            "inputs": self.inputs,
            "vars": Open(),
            "secrets": Open(GITHUB_TOKEN=github["token"]),
            "runner": Open(os="Linux", arch="X64"),
            "strategy": Open(),
            "job": Open(status="success"),
        }
        return contexts | {"env": _environment(self.workflow.node, contexts)}

    def _steps(self, job: Job, ran: bool | None, contexts: Contexts) -> tuple[list[StepRun], Contexts]:
        variables = {**contexts["env"], **_environment(job.node, contexts)}
        done, outputs, complete = list[StepRun](), dict[str, Value](), True
        for step in job.steps:
            now = {**contexts, "env": variables, "steps": outputs}
            own = variables | _environment(step.node, now)
            run = self._step(step, job, ran, own, complete, {**now, "env": own})
            done.append(run)
            if identity := step.node.at("id").text:
                outputs[identity] = _as_done(run)
            if run.ran is False:
                continue
            complete = complete and not _sets_variables(step)
            if run.shell:
                exported = programs.pairs(run.shell.written("GITHUB_ENV"))
                complete = complete and exported is not None
                variables = {**variables, **(exported or {})}
        return done, {**contexts, "env": variables, "steps": outputs}

    def _step(
        self, step: Step, job: Job, ran: bool | None, own: dict[str, str], complete: bool, contexts: Contexts
    ) -> StepRun:
        if ran:
            ran = condition(step.node.at("if").text, contexts | {"success()": True})
        inputs = {name: text(interpolate(node.value, contexts)) for name, node in step.node.at("with").entries()}
        if step.action:
            return StepRun(step, ran, inputs, own, self._outputs(step, inputs), None)
        shell = _shell(step, job)
        if shell.partition(" ")[0] not in _SHELLS:
            return StepRun(step, ran, inputs, own, Open(), None)
        given = {**self._runners(), **own, **_FILES}
        script = text(interpolate(step.script, contexts))
        followed = Shell(given, complete, pipefail=shell == "bash" or "pipefail" in shell).run(script)
        written = programs.pairs(followed.written("GITHUB_OUTPUT"))
        return StepRun(step, ran, inputs, own, Open() if written is None else written, followed)

    def _runners(self) -> dict[str, str]:
        """The variables that a runner sets, as far as they are those of the `github` context."""
        github = self.event.github(self.default)
        return {f"GITHUB_{name.upper()}": text(github[name]) for name in github.keys() - {"event", "token"}}

    def _outputs(self, step: Step, inputs: Mapping[str, str]) -> Mapping[str, Value]:
        if step.action == metadata.ACTION:
            return Open(metadata.outputs(inputs, self.event, self.default))
        if step.action == BUILDER:
            return {"digest": digest(step), "imageid": UNKNOWN, "metadata": UNKNOWN}
        return Open()


def digest(step: Step) -> str:
    """A digest that is unique to the step, and tells which step it comes from."""
    return f"sha256:<digest of {step.location.path}:{step.location.line}>"


def _shell(step: Step, job: Job) -> str:
    """The shell as the workflow names it; empty for GitHub's default, which is bash without pipefail."""
    levels = (step.node, job.node.at("defaults", "run"), job.workflow.node.at("defaults", "run"))
    return next((found for level in levels if (found := level.at("shell").text)), "sh")


def _environment(node: Node, contexts: Contexts) -> dict[str, str]:
    return {name: text(interpolate(value.value, contexts)) for name, value in node.at("env").entries()}


def _sets_variables(step: Step) -> bool:
    return bool(step.action) and not step.action.startswith(WELL_KNOWN)


def _as_done(step: StepRun) -> Value:
    """The step as the `steps` context shows it."""
    if step.ran is None:
        return Open()
    result = "success" if step.ran else "skipped"
    return {"outputs": step.outputs if step.ran else {}, "outcome": result, "conclusion": result}


def _all_passed(needed: Sequence[JobRun]) -> Value:
    if any(job.ran is False or job.failed for job in needed):
        return False
    return UNKNOWN if any(job.ran is None for job in needed) else True


def _as_needed(job: JobRun) -> dict[str, Value]:
    result = "failure" if job.failed else {True: "success", False: "skipped", None: UNKNOWN}[job.ran]
    return {"result": result, "outputs": Open() if job.ran is None else job.outputs}


def _combinations(job: Job, contexts: Contexts) -> list[Value]:
    """The matrix, as far as it is written down; one combination of unknown values where it is not."""
    node = job.node.at("strategy", "matrix")
    if node.value is None:
        return [{}]
    axes = {name: axis for name, axis in node.entries() if name not in ("include", "exclude")}
    values = {name: [interpolate(value.value, contexts) for value in axis.items()] for name, axis in axes.items()}
    included = [{name: value.value for name, value in row.entries()} for row in node.at("include").items()]
    if not (values or included) or not all(values.values()):
        return [Open()]
    products = islice(product(*values.values()), _MOST_COMBINATIONS) if values else ()
    rows: list[Value] = [Open(zip(values, some, strict=True)) for some in products]
    for row in included:
        matching = [old for old in rows if all(old.get(key, row[key]) == row[key] for key in values if key in row)]
        for old in matching if values else ():
            old.update({key: value for key, value in row.items() if key not in values})
        if not (matching and values):
            rows.append(Open(row))
    return rows[:_MOST_COMBINATIONS]
