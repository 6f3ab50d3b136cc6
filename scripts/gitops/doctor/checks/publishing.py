"""From a push to an image with a tag: what the sample run does, against what it should do."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from gitops.doctor import wanted
from gitops.doctor.actions.events import COMMIT
from gitops.doctor.actions.pushes import Push, pushes
from gitops.doctor.actions.runs import ATTEST, BUILDER, LOGIN, WELL_KNOWN, JobRun, Run, StepRun, digest
from gitops.doctor.actions.tests import components, testing
from gitops.doctor.actions.values import UNKNOWN
from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.checks.builds import dockerfile_of
from gitops.doctor.checks.writers import committing
from gitops.doctor.nodes import Location
from gitops.image_tags import tag_of
from gitops.model import COMPONENTS, Component
from gitops.text import Text


@check(
    "error",
    why=Text(
        "`gitops update` waits for the tag of each commit that changes a component; what never gets one "
        "is never deployed, and nothing is red.",
        "`gitops update` は、コンポーネントを変えたコミットごとのタグを待ちます。タグの付かないものはデプ"
        "ロイされず、何も赤くなりません。",
    ),
    fix="Follow conditions, `needs` and outputs from the push to the last step: one of them is false or empty.",
)
def pushes_publish_every_image(checkout: Checkout) -> Iterator[Problem]:
    sample, deploys = checkout.sample, bool(committing(checkout))
    for image in wanted.images(checkout):
        for what, runs in (("a push", sample.pushed), ("a start by hand", sample.by_hand)):
            concerned = [run for run in runs if _is_about(run, image.component)]
            tagged = [push for run in runs for push in pushes(run) if push.image == image.component.image and push.tag]
            expected = concerned or (deploys and what == "a push")
            if expected and not any(push.certain for push in tagged):
                location = next((location for run in concerned for location in _skipped(run)), image.node.location)
                decided = not tagged and not sample.opaque
                ends = "ends" if decided else "may end"
                yield Problem(location, f"{what} {ends} without a tag for {image.component.image}", decided)


@check(
    "error",
    why=Text(
        "An image with a tag is deployed, whether its tests pass or not.",
        "タグの付いたイメージは、テストに通っても通らなくてもデプロイされます。",
    ),
    fix="Let the job that gives the tag need the jobs that test, without always() or continue-on-error.",
)
def images_are_tested_before_they_get_their_tag(checkout: Checkout) -> Iterator[Problem]:
    for run in checkout.sample.pushed:
        tagged = _tagged(run, checkout)
        for push in tagged:
            if not any(_is_test_of(push, job) for job in testing(run)):
                yield Problem(push.location, f"no job of {run.workflow.name} tests {push.image} before it is pushed")
        for job in testing(run):
            tested = [push for push in tagged if push.job is not job and _is_test_of(push, job)]
            after = _pushed_without(job, run, checkout) if any(job.key in push.job.before for push in tested) else ()
            for push in tested:
                if job.key not in push.job.before or push.reference in after:
                    yield Problem(_ungated(push, job), f"{push.image} gets its tag even when job {job.job.name} fails")


@check(
    "error",
    why=Text(
        "A change that breaks a component is found only on the default branch, and holds up everybody's image.",
        "コンポーネントを壊す変更が、既定のブランチに入ってから見つかります。その間、全員の次のイメージが"
        "待たされます。",
    ),
    fix="Let a workflow with the trigger pull_request run the component's tests.",
)
def pull_requests_are_tested(checkout: Checkout) -> Iterator[Problem]:
    runs = [run for run in checkout.sample.elsewhere if run.event.name == "pull_request"]
    tested = [components(job) for run in runs for job in testing(run)]
    for image in wanted.images(checkout):
        building = [run.workflow for run in checkout.sample.pushed if _is_about(run, image.component)]
        if building and not any(not names or image.component.name in names for names in tested):
            what = f"no pull request runs tests of {image.component.name}"
            yield Problem(building[0].node.at("on").location, what, decided=not checkout.sample.left_out)


@check(
    "error",
    why=Text(
        "A commit outside the default branch has not been reviewed, but everybody who pulls `latest` runs it.",
        "既定のブランチにないコミットはレビューされていません。それを、`latest` を取得した人が動かすことになります。",
    ),
    fix="Push only when github.event_name is not 'pull_request' and github.ref_name is the default branch.",
)
def only_the_default_branch_publishes(checkout: Checkout) -> Iterator[Problem]:
    for run in checkout.sample.elsewhere:
        for push in _ours(run, checkout):
            what = f"{run.event.name} on {run.event.branch.partition('-')[0]} pushes {push.image}"
            yield Problem(push.location, what, decided=push.certain)


@check(
    "error",
    why=Text(
        "The tag or the attestation is given to nothing, or to another image than the one that was built and tested.",
        "タグや証明の付く先がないか、ビルドしてテストしたものとは別のイメージに付きます。",
    ),
    fix="Take name and digest from the outputs of the job that built, and list that job in `needs`.",
)
def tags_and_attestations_are_of_what_was_built(checkout: Checkout) -> Iterator[Problem]:
    for run in checkout.sample.pushed:
        ours = _ours(run, checkout)
        built = {f"{push.name}@{digest(push.step.step)}" for push in ours if push.step.step.action == BUILDER}
        for location, reference in (*_sources(ours), *_subjects(run)):
            if reference not in built and (built or ours):
                shown = reference.replace(UNKNOWN, "<?>") or "nothing"
                yield Problem(location, f"{shown} was not built in this run", UNKNOWN not in reference)


@check(
    "error",
    why=Text(
        "The registry refuses the push: denied, or unauthorized.",
        "レジストリが push を拒否します（denied か unauthorized）。",
    ),
    fix="Run docker/login-action for that registry in the same job, before the push and under the same condition.",
)
def jobs_log_in_before_they_push(checkout: Checkout) -> Iterator[Problem]:
    for run in checkout.sample.all_runs:
        for push in pushes(run):
            host = _host(push.name)
            is_remote = push.known and not host.startswith(("localhost", "127.0.0.1", "registry:"))
            if push.certain and is_remote and not _logged_in(push.job, push.step, host):
                yield Problem(push.location, f"job {push.job.job.name} pushes to {host} without logging in")
        for job, step in run.steps:
            if step.step.action in ATTEST and step.ran and step.inputs.get("push-to-registry") == "true":
                host = _host(step.inputs.get("subject-name", ""))
                if UNKNOWN not in host and not _logged_in(job, step, host):
                    yield Problem(step.step.location, f"job {job.job.name} pushes to {host} without logging in")


@check(
    "error",
    why=Text(
        "Another component's files end under this component's name, or are tested in its place.",
        "別のコンポーネントのファイルがこのコンポーネントの名前で公開されるか、代わりにテストされます。",
    ),
    fix="Name one component in the whole workflow, or take it from one input.",
)
def images_are_of_their_component(checkout: Checkout) -> Iterator[Problem]:
    for run in checkout.sample.pushed:
        for push in _ours(run, checkout):
            name, path = _component(push), dockerfile_of(push.step)
            if push.step.step.action == BUILDER and not path.startswith(f"{name}/"):
                yield Problem(push.step.step.node.at("with", "file").location, f"{push.image} is built from {path}")
            for job in run.jobs:
                if job.key in push.job.before:
                    yield from _of_another(job, name)


def _is_test_of(push: Push, job: JobRun) -> bool:
    return not components(job) or _component(push) in components(job)


def _pushed_without(job: JobRun, run: Run, checkout: Checkout) -> set[str]:
    """What the run pushes although the job fails."""
    return {push.reference for push in pushes(checkout.sample.failing(run, job))}


def _ungated(push: Push, tests: JobRun) -> Location:
    """The line that lets the image get its tag without the tests: `needs`, continue-on-error or `if`."""
    gives = push.job.job.node
    if tests.key not in push.job.before:
        nodes = [gives.at("needs")]
    else:
        nodes = [tests.job.node.at("continue-on-error"), gives.at("if")]
    return next((node.location for node in nodes if node.value is not None), push.location)


def _is_about(run: Run, component: Component) -> bool:
    """Whether the workflow builds images and names the component."""
    builds = any(step.action == BUILDER or "docker" in step.script for job in run.jobs for step in job.job.steps)
    return builds and bool(re.search(rf"\b{component.name}\b", run.workflow.node.text))


def _skipped(run: Run) -> Iterator[Location]:
    """The conditions that were not met, of jobs and then of steps."""
    nodes = [job.job.node.at("if") for job in run.jobs if job.ran is False]
    nodes += [step.step.node.at("if") for job in run.jobs for step in job.steps if step.ran is False]
    return (node.location for node in nodes if node.value is not None)


def _of_another(job: JobRun, name: str) -> Iterator[Problem]:
    """The locations where a job names another component, and never this one."""
    named = components(job)
    for other in sorted(named - {name}) if name not in named else ():
        pattern = re.compile(rf"\b{other}\b")
        scalars = (node for node in job.job.node.every() if isinstance(node.value, str))
        location = next((location for node in scalars for location, _ in node.search(pattern)), job.job.node.location)
        yield Problem(location, f"job {job.job.name} is about {other}, and its image is of {name}")


def _sources(ours: Sequence[Push]) -> Iterator[tuple[Location, str]]:
    return ((push.location, push.source) for push in ours if push.step.step.action != BUILDER and push.source)


def _subjects(run: Run) -> Iterator[tuple[Location, str]]:
    for _, step in run.steps:
        if step.step.action in ATTEST and step.ran:
            subject = "@".join(step.inputs.get(key, "") for key in ("subject-name", "subject-digest"))
            yield step.step.node.at("with", "subject-digest").location, subject


def _host(name: str) -> str:
    """The registry in an image's name. Source: https://pkg.go.dev/github.com/distribution/reference"""
    first, slash, _ = name.partition("/")
    return first if slash and (set(first) & set(".:") or first == "localhost") else "docker.io"


def _logged_in(job: JobRun, step: StepRun, host: str) -> bool:
    """Whether an earlier step logs in to the registry, or may do so, as the action of a cloud provider."""
    before = list(takewhile(lambda one: one is not step, job.steps))
    return any(earlier.ran is not False and _may_log_in(earlier, host) for earlier in before)


def _may_log_in(step: StepRun, host: str) -> bool:
    if step.step.action == LOGIN:
        named = step.inputs.get("registry") or "docker.io"
        return (named == host or UNKNOWN in named) and bool(step.inputs.get("username") and step.inputs.get("password"))
    if step.step.action:
        return not step.step.action.startswith(WELL_KNOWN)
    return any(word in step.step.script for word in ("login", "configure-docker"))


def _tagged(run: Run, checkout: Checkout) -> list[Push]:
    return [push for push in _ours(run, checkout) if push.tag == tag_of(COMMIT)]


def _ours(run: Run, checkout: Checkout) -> list[Push]:
    images = {image.component.image for image in wanted.images(checkout)}
    return [push for push in pushes(run) if push.image in images]


def _component(push: Push) -> str:
    return next(name for name, component in COMPONENTS.items() if component.image == push.image)
