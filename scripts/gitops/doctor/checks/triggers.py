"""What starts a workflow, and with which commit."""

import re
from collections.abc import Iterator

from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.workflow import Job, Workflow

_TIP = re.compile(r"\bgithub\.sha\b|\bGITHUB_SHA\b|\brev-parse\b[^\n]*\bHEAD\b|type=sha\b")
_GUARDS = {
    "the conclusion is success": re.compile(r"workflow_run\.conclusion\s*==\s*'success'"),
    "the build was of a push": re.compile(r"workflow_run\.event\s*==\s*'push'"),
    "the build was of this repository": re.compile(
        r"workflow_run\.head_repository\.(?:full_name\s*==\s*github\.repository\b|fork\s*==\s*false|id\s*==)"
    ),
}
_MANUAL = re.compile(r"workflow_dispatch|always\(\)|github\.event_name\s*!=\s*'workflow_run'|\binputs\.")
_AUTOMATIC = re.compile(r"github\.event\.workflow_run\b|github\.event_name\s*==\s*'(?:workflow_run|push)'")
_OTHER_TOKEN = re.compile(r"secrets\.(?!GITHUB_TOKEN\b)|steps\.[\w-]+\.outputs\.token")


@check(
    "error",
    why="The trigger goes by the exact `name:`; with another one the deploy never runs, and nothing says so.",
    mend="Copy the `name:` of the workflow that builds.",
)
def workflow_run_names_a_workflow(checkout: Checkout) -> Iterator[Problem]:
    names = {workflow.name for workflow in checkout.workflows}
    for workflow in checkout.workflows:
        for wanted in workflow.trigger("workflow_run").at("workflows").items():
            if wanted.text not in names:
                yield Problem(wanted.place, f"no workflow has the name {wanted.text!r}")


@check(
    "error",
    why="Under workflow_run, github.sha and HEAD are the tip of main, often the last deploy's own commit, "
    "of which no image was ever built.",
    mend="Take github.event.workflow_run.head_sha; better, run `gitops update`, which asks the registry.",
)
def deploys_do_not_take_the_tip_for_the_build(checkout: Checkout) -> Iterator[Problem]:
    for workflow in _after_workflows(checkout):
        for job in workflow.jobs:
            for node in job.node.every():
                if isinstance(node.value, str):
                    for place, found in node.search(_TIP):
                        yield Problem(place, f"{found[0]} is not the commit that was built")


@check(
    "error",
    why="workflow_run fires on any conclusion and for pull requests of forks from a branch called main, "
    "with a token that may write.",
    mend="Ask for conclusion == 'success', event == 'push' and head_repository.full_name == github.repository.",
)
def workflow_run_jobs_are_guarded(checkout: Checkout) -> Iterator[Problem]:
    for workflow in _after_workflows(checkout):
        for job in _first_jobs(workflow):
            missing = [what for what, guard in _GUARDS.items() if not guard.search(job.condition)]
            if missing:
                yield Problem(job.node.at("if").place, f"job {job.name} does not ask that {' and '.join(missing)}")


@check(
    "error",
    why="Started by hand, the workflow skips every job and ends green.",
    mend="Begin the condition with github.event_name == 'workflow_dispatch' ||.",
)
def manual_triggers_run_a_job(checkout: Checkout) -> Iterator[Problem]:
    for workflow in checkout.workflows:
        first = _first_jobs(workflow)
        if workflow.has_trigger("workflow_dispatch") and first and all(_is_dead_by_hand(job) for job in first):
            yield Problem(first[0].node.at("if").place, f"job {first[0].name} is skipped when it is started by hand")


@check(
    "error",
    why="It runs beside the builds, not after them, and writes an image that does not exist yet.",
    mend="Trigger it with workflow_run, after the workflows that build.",
)
def deploys_wait_for_the_builds(checkout: Checkout) -> Iterator[Problem]:
    for workflow in checkout.workflows:
        if workflow.commits and not workflow.publishes and workflow.has_trigger("push"):
            yield Problem(workflow.trigger("push").place, f"{workflow.name} is started by the push that is to be built")


@check(
    "error",
    why="A required check of a workflow that the filter skips stays pending, and the pull request can never be merged.",
    mend="Remove the filter; decide in a first job whether there is anything to do.",
)
def pull_request_checks_are_not_filtered_by_path(checkout: Checkout) -> Iterator[Problem]:
    for workflow in checkout.workflows:
        for key in ("paths", "paths-ignore"):
            node = workflow.trigger("pull_request").at(key)
            if node.value is not None:
                yield Problem(node.place, f"{workflow.name} never reports on pull requests that {key} leaves out")


@check(
    "warning",
    why="Unlike GITHUB_TOKEN, a deploy key or another token starts workflows: a deploy builds, a build deploys.",
    mend="Push with GITHUB_TOKEN, or give `push:` of the building workflows `paths-ignore: [k8s/**]`.",
)
def deploy_commits_start_no_build(checkout: Checkout) -> Iterator[Problem]:
    building = [one for one in checkout.workflows if one.publishes and one.has_trigger("push")]
    if not any(_starts_on_manifests(workflow) for workflow in building):
        return
    for workflow in checkout.workflows:
        for job in workflow.jobs:
            for node in job.node.every() if job.commits else ():
                for key in ("token", "ssh-key", "GITHUB_TOKEN", "GH_TOKEN"):
                    if _OTHER_TOKEN.search(node.at(key).text):
                        yield Problem(node.at(key).place, f"what {workflow.name} pushes starts {building[0].name}")


def _after_workflows(checkout: Checkout) -> Iterator[Workflow]:
    return (workflow for workflow in checkout.workflows if workflow.has_trigger("workflow_run"))


def _first_jobs(workflow: Workflow) -> list[Job]:
    return [job for job in workflow.jobs if not job.needs]


def _is_dead_by_hand(job: Job) -> bool:
    return bool(_AUTOMATIC.search(job.condition)) and not _MANUAL.search(job.condition)


def _starts_on_manifests(workflow: Workflow) -> bool:
    push = workflow.trigger("push")
    ignored = [node.text for node in push.at("paths-ignore").items()]
    wanted = [node.text for node in push.at("paths").items()]
    if wanted:
        return any(path.startswith(("k8s", "**")) for path in wanted)
    return not any(path in ("k8s/**", "k8s/overlays/**") for path in ignored)
