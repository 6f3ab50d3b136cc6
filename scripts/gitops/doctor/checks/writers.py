"""Jobs that push: commits, or images."""

import re
from collections.abc import Iterator

from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Node
from gitops.doctor.workflow import Job

_PUSH, _COMMIT = re.compile(r"\bgit push\b"), re.compile(r"\bgit commit\b")
_LOOP = re.compile(r"\b(?:for|while|until|retry)\b")
_MAY_BE_EMPTY = re.compile(
    r"git diff[^\n]*(?:--quiet|--exit-code)|git status --porcelain|--allow-empty|git commit[^\n]*\|\|"
)
_ATTEST = ("actions/attest", "actions/attest-build-provenance", "actions/attest-sbom")


@check(
    "error",
    why="Two runs push at once, and one of them fails or overwrites the other.",
    mend="Give all jobs that push commits one `concurrency` group with a fixed name, and no cancel-in-progress.",
)
def writers_share_a_concurrency_group(checkout: Checkout) -> Iterator[Problem]:
    writers = [job for workflow in checkout.workflows for job in workflow.jobs if job.commits]
    shared = _group(writers[0]).text if writers else ""
    for job in writers:
        group, cancels = _group(job), job.concurrency.at("cancel-in-progress")
        if not group.text:
            yield Problem(job.node.place, f"job {job.name} pushes commits without a concurrency group")
        elif "${{" in group.text:
            yield Problem(group.place, f"the group {group.text} is another one for each run or branch")
        elif group.text != shared:
            yield Problem(group.place, f"the group {group.text} is not that of the other writers, {shared}")
        if cancels.value not in (None, False):
            yield Problem(cancels.place, f"job {job.name} may be cancelled between its commit and its push")


@check(
    "error",
    why="A push is refused whenever somebody else was faster, and then the deployment is lost.",
    mend="Call `gitops`, which fetches, computes anew and tries again; or loop over fetch, reset and push.",
)
def pushes_are_tried_again(checkout: Checkout) -> Iterator[Problem]:
    for node in _scripts(checkout):
        if not _LOOP.search(node.text):
            for place, _ in node.search(_PUSH):
                yield Problem(place, "one refused push is the end of it")


@check(
    "error",
    why="`git commit` fails when there is nothing to commit, so that a run with nothing to do is red.",
    mend="Call `gitops`, or ask `git diff --cached --quiet` first.",
)
def runs_with_nothing_to_commit_succeed(checkout: Checkout) -> Iterator[Problem]:
    for node in _scripts(checkout):
        if not _MAY_BE_EMPTY.search(node.text):
            for place, _ in node.search(_COMMIT):
                yield Problem(place, "it fails when nothing has changed")


@check(
    "error",
    why="The token is refused: GHCR says `denied: installation not allowed to Write organization package` or "
    "`permission_denied: write_package`, git says 403.",
    mend="Add it to the job's `permissions`.",
)
def jobs_have_the_permissions_that_they_need(checkout: Checkout) -> Iterator[Problem]:
    for job in _jobs(checkout):
        for permission, reason in _needed(job):
            if not job.may(permission):
                yield Problem(job.permissions.place, f"job {job.name} {reason} without {permission}: write")


@check(
    "error",
    why="Without it a job gets what the repository's settings say: read only in a fork, too much elsewhere.",
    mend="Give each job `permissions` with what it needs, and the workflow `permissions: {}`.",
)
def jobs_declare_their_permissions(checkout: Checkout) -> Iterator[Problem]:
    for job in _jobs(checkout):
        if job.permissions.value is None:
            yield Problem(job.node.place, f"job {job.name} declares no permissions")


def _jobs(checkout: Checkout) -> Iterator[Job]:
    return (job for workflow in checkout.workflows for job in workflow.jobs)


def _scripts(checkout: Checkout) -> Iterator[Node]:
    return (step.node.at("run") for job in _jobs(checkout) for step in job.steps)


def _group(job: Job) -> Node:
    concurrency = job.concurrency
    return concurrency if isinstance(concurrency.value, str) else concurrency.at("group")


def _needed(job: Job) -> Iterator[tuple[str, str]]:
    if job.publishes:
        yield "packages", "pushes an image"
    if job.commits:
        yield "contents", "pushes commits"
    if any(step.action in _ATTEST for step in job.steps):
        yield "id-token", "signs an attestation"
        yield "attestations", "stores an attestation"
