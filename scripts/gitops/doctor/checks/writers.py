"""Jobs that push: commits, or images."""

import re
from collections.abc import Iterator

from gitops.doctor.actions.events import TOKEN
from gitops.doctor.actions.pushes import pushes
from gitops.doctor.actions.runs import ATTEST, LOGIN, JobRun, Run
from gitops.doctor.actions.writes import commits, gitops_calls
from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Node
from gitops.doctor.wanted import REGISTRY
from gitops.doctor.workflow import Job, Level, allows
from gitops.text import Text

_PUSH, _COMMIT = re.compile(r"\bgit push\b"), re.compile(r"\bgit commit\b")
_LOOP = re.compile(r"\b(?:for|while|until|retry)\b")
_MAY_BE_EMPTY = re.compile(
    r"git diff[^\n]*(?:--quiet|--exit-code)|git status --porcelain|--allow-empty|git commit[^\n]*\|\|"
)


@check(
    "error",
    why=Text(
        "Two runs push at once, and one of them fails or overwrites the other.",
        "2 つの実行が同時に push し、片方が失敗するか、もう片方を上書きします。",
    ),
    fix="Give all jobs that push commits one `concurrency` group with a fixed name, and no cancel-in-progress.",
)
def writers_share_a_concurrency_group(checkout: Checkout) -> Iterator[Problem]:
    writers = committing(checkout)
    shared = _group(writers[0]).text if writers else ""
    for job in writers:
        group, cancels = _group(job), job.concurrency.at("cancel-in-progress")
        if not group.text:
            yield Problem(job.node.location, f"job {job.name} pushes commits without a concurrency group")
        elif "${{" in group.text:
            yield Problem(group.location, f"the group {group.text} is another one for each run or branch")
        elif group.text != shared:
            yield Problem(group.location, f"the group {group.text} is not that of the other writers, {shared}")
        if cancels.value not in (None, False):
            yield Problem(cancels.location, f"job {job.name} may be cancelled between its commit and its push")


@check(
    "error",
    why=Text(
        "A push is refused whenever somebody else was faster, and then the deployment is lost.",
        "誰かが先に push していると拒否され、そのデプロイは失われます。",
    ),
    fix="Call `gitops`, which fetches, computes anew and tries again; or loop over fetch, reset and push.",
)
def pushes_are_tried_again(checkout: Checkout) -> Iterator[Problem]:
    for node in _scripts(checkout):
        if not _LOOP.search(node.text):
            for location, _ in node.search(_PUSH):
                yield Problem(location, "one refused push is the end of it")


@check(
    "error",
    why=Text(
        "`git commit` fails when there is nothing to commit, so that a run with nothing to do is red.",
        "コミットするものがないと `git commit` は失敗し、することのない実行が赤くなります。",
    ),
    fix="Call `gitops`, or ask `git diff --cached --quiet` first.",
)
def runs_with_nothing_to_commit_succeed(checkout: Checkout) -> Iterator[Problem]:
    for node in _scripts(checkout):
        if not _MAY_BE_EMPTY.search(node.text):
            for location, _ in node.search(_COMMIT):
                yield Problem(location, "it fails when nothing has changed")


@check(
    "error",
    why=Text(
        "The token is refused: GHCR says `denied: installation not allowed to Write organization "
        "package` or `permission_denied: write_package`, git says 403.",
        "トークンが拒否されます。GHCR は `denied: installation not allowed to Write organization package`"
        " か `permission_denied: write_package`、git は 403 を返します。",
    ),
    fix="Add the permission to the job's `permissions`.",
)
def jobs_have_the_permissions_that_they_need(checkout: Checkout) -> Iterator[Problem]:
    for run in checkout.sample.all_runs:
        for job in run.jobs:
            for level, permission, reason in needed(run, job):
                if job.permissions.value is None:
                    what = f"job {job.job.name} {reason}: whether it may depends on the repository's settings"
                    yield Problem(job.job.node.location, what, decided=False)
                elif not allows(job.permissions, level, permission):
                    what = f"job {job.job.name} {reason} without {permission}: {level}"
                    yield Problem(job.permissions.location, what)


@check(
    "error",
    why=Text(
        "A called workflow's jobs may ask for nothing that the call does not grant; GitHub refuses the whole run.",
        "呼び出されたワークフローのジョブは、呼び出し側が与えた権限しか求められません。GitHub は実行全体を拒否します。",
    ),
    fix="Give the job that calls the permissions of all the jobs that it calls.",
)
def calls_grant_what_the_called_jobs_ask_for(checkout: Checkout) -> Iterator[Problem]:
    for run in checkout.sample.all_runs:
        for job in run.jobs:
            if job.caller and (granted := job.caller.permissions).value is not None:
                for level, name in job.job.asked:
                    if not allows(granted, level, name):
                        yield Problem(granted.location, f"job {job.job.name} asks for {name}: {level}")


def committing(checkout: Checkout) -> list[Job]:
    """The jobs that push commits to what is deployed."""
    jobs = [job.job for run in checkout.sample.all_runs for job in run.jobs if commits(job)]
    return list({job.node.location: job for job in jobs}.values())


def needed(run: Run, job: JobRun) -> Iterator[tuple[Level, str, str]]:
    """The permissions that the job needs for what it does with its own token."""
    if any(push.job is job and push.name.startswith(f"{REGISTRY}/") for push in pushes(run)) and _uses_its_token(job):
        yield "write", "packages", "pushes an image"
    if commits(job):
        yield "write", "contents", "pushes commits"
    steps = [step for step in job.steps if step.ran is not False]
    if any(called[0] != "doctor" for step in steps for _, called in gitops_calls(step)):
        yield "read", "packages", "asks the registry"
    attesting = [step for step in steps if step.step.action in ATTEST]
    if attesting:
        yield "write", "id-token", "signs an attestation"
        yield "write", "attestations", "stores an attestation"
    if any(step.inputs.get("push-to-registry") == "true" for step in attesting) and _uses_its_token(job):
        yield "write", "packages", "pushes an attestation"


def _scripts(checkout: Checkout) -> Iterator[Node]:
    return (step.node.at("run") for job in committing(checkout) for step in job.steps)


def _group(job: Job) -> Node:
    concurrency = job.concurrency
    return concurrency if isinstance(concurrency.value, str) else concurrency.at("group")


def _uses_its_token(job: JobRun) -> bool:
    """Whether the job uses its own token, and nothing else, such as a secret, to log in."""
    given = [step.inputs.get("password", "") for step in job.steps if step.step.action == LOGIN]
    return not given or TOKEN in given
