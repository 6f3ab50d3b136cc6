"""What starts a workflow, and with which commit."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from gitops.doctor import wanted
from gitops.doctor.actions.events import TIP
from gitops.doctor.actions.pushes import pushes
from gitops.doctor.actions.runs import JobRun, Run, StepRun
from gitops.doctor.actions.sample import MOST_STEPS
from gitops.doctor.actions.writes import commits, deploys
from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.checks.writers import committing
from gitops.doctor.nodes import Location, Node
from gitops.doctor.workflow import Workflow
from gitops.text import Text

_TIP = re.compile(r"\bgithub\.sha\b|\bGITHUB_SHA\b|\brev-parse\b[^\n]*\bHEAD\b|type=sha\b")
_DEPLOY = re.compile(r"\bgitops (?!build-needed|doctor|explain-log|status|history|--help)\S")
_OTHER_TOKEN = re.compile(r"secrets\.(?!GITHUB_TOKEN\b)|steps\.[\w-]+\.outputs\.token")
# What must start no deploy, as keywords of Sample.after.
_UNSAFE: dict[str, dict[str, Any]] = {
    "a build that failed": {"conclusion": "failure"},
    "the build of a pull request, which pushes nothing": {"event": "pull_request"},
    "the build of a fork": {"event": "pull_request", "forked": True},
}


@check(
    "error",
    why=Text(
        "The trigger goes by the exact `name:`; with another one the deploy never runs, and nothing says so.",
        "トリガーは `name:` と完全に一致したときだけ働きます。違う名前ではデプロイが一度も走らず、それを"
        "知らせるものもありません。",
    ),
    fix="Copy the `name:` of the workflow that builds.",
)
def workflow_run_names_a_workflow(checkout: Checkout) -> Iterator[Problem]:
    names = {workflow.name for workflow in checkout.workflows}
    for workflow in checkout.workflows:
        for wanted_name in workflow.trigger("workflow_run").at("workflows").items():
            if wanted_name.text not in names:
                yield Problem(wanted_name.location, f"no workflow has the name {wanted_name.text!r}")


@check(
    "warning",
    why=Text(
        "The doctor follows step by step what a workflow does on a push or a pull request; of this one it knows "
        "nothing.",
        "ワークフローが push やプルリクエストのときにすることは、ステップごとにたどって調べます。このワー"
        "クフローについては何も分かりません。",
    ),
    fix="Move steps into a script, or workflows that have nothing to do with deploying into another repository.",
)
def workflows_are_short_enough_to_be_followed(checkout: Checkout) -> Iterator[Problem]:
    what = f"together with smaller workflows it has more than {MOST_STEPS} jobs and steps, and was not followed"
    yield from (Problem(workflow.location, what, decided=False) for workflow in checkout.sample.left_out)


@check(
    "error",
    why=Text(
        "New images are deployed only when somebody starts the deploy by hand.",
        "新しいイメージは、誰かが手でデプロイを始めるまでデプロイされません。",
    ),
    fix="List the workflow in `workflow_run`, with the type completed and the default branch, "
    "and let the job's condition pass a push that was built.",
)
def deploys_follow_every_build(checkout: Checkout) -> Iterator[Problem]:
    listening = [workflow for workflow in checkout.workflows if workflow.has_trigger("workflow_run")]
    deploying = [*(workflow for workflow in checkout.workflows if _may_deploy(workflow)), *listening]
    if not deploying:
        return
    ours = {image.component.image for image in wanted.images(checkout)}
    for build in (*checkout.sample.pushed, *checkout.sample.by_hand):
        images = {push.image for push in pushes(build)} & ours
        followed = checkout.sample.after(build.workflow, build.event.name)
        if images and not deploys(build) and not any(deploys(run) for run in followed):
            what = f"nothing deploys what {build.workflow.name} has pushed after a {build.event.name}"
            location = _keeping_back(deploying[0], build, followed)
            yield Problem(location, f"{what}: {', '.join(sorted(images))}", decided=not checkout.sample.left_out)


@check(
    "error",
    why=Text(
        "Under workflow_run, github.sha and HEAD are the tip of main, often the last deploy's own "
        "commit, of which no image was ever built.",
        "workflow_run では、github.sha も HEAD も main の先頭です。多くは直前のデプロイ自身のコミットで、"
        "そのイメージは作られていません。",
    ),
    fix="Take github.event.workflow_run.head_sha; better, run `gitops update`, which asks the registry.",
)
def deploys_do_not_take_the_tip_for_the_build(checkout: Checkout) -> Iterator[Problem]:
    for run in checkout.sample.deploying:
        for job in run.jobs:
            for step in job.steps if commits(job) else ():
                for location, what in _tips(job, step):
                    yield Problem(location, f"{what} is not the commit that was built")


@check(
    "error",
    why=Text(
        "workflow_run fires on any conclusion and for pull requests of forks from a branch called main, "
        "with a token that may write.",
        "workflow_run は、結果が何であっても、main という名前のブランチから来たフォークのプルリクエストで"
        "も、書き込めるトークンで走ります。",
    ),
    fix="Ask for conclusion == 'success', event == 'push' and head_repository.full_name == github.repository.",
)
def workflow_run_jobs_are_guarded(checkout: Checkout) -> Iterator[Problem]:
    for build in checkout.sample.pushed:
        for what, how in _UNSAFE.items():
            for run in checkout.sample.after(build.workflow, **how):
                for job in run.jobs:
                    if job.ran is not False and (commits(job) or any(push.job is job for push in pushes(run))):
                        location = job.job.node.at("if").location
                        yield Problem(location, f"job {job.job.name} runs after {what}", decided=job.ran is True)


@check(
    "error",
    why=Text(
        "Started by hand, the workflow skips every job and ends green.",
        "手で始めても、ワークフローはすべてのジョブを飛ばし、緑で終わります。",
    ),
    fix="Begin the condition with github.event_name == 'workflow_dispatch' ||.",
)
def manual_triggers_run_a_job(checkout: Checkout) -> Iterator[Problem]:
    for run in checkout.sample.by_hand:
        first = [job for job in run.jobs if not job.before]
        if first and all(job.ran is False for job in first):
            node = first[0].job.node.at("if")
            yield Problem(node.location, f"job {first[0].job.name} is skipped when it is started by hand")


@check(
    "error",
    why=Text(
        "The deploy runs beside the builds, not after them, and writes an image that does not exist yet.",
        "ビルドの後ではなく並んで走り、まだ存在しないイメージを書き込みます。",
    ),
    fix="Trigger it with workflow_run, after the workflows that build.",
)
def deploys_wait_for_the_builds(checkout: Checkout) -> Iterator[Problem]:
    deploying = {job.workflow.location for job in committing(checkout)}
    for run in checkout.sample.pushed:
        if run.workflow.location in deploying and not pushes(run):
            location = run.workflow.trigger("push").location
            yield Problem(location, f"{run.workflow.name} is started by the push that is to be built")


@check(
    "error",
    why=Text(
        "A required check of a workflow that the filter skips stays pending, and the pull request can never be merged.",
        "フィルターがワークフローを飛ばすと、必須のチェックが保留のまま残り、プルリクエストをマージできません。",
    ),
    fix="Remove the filter; decide in a first job whether there is anything to do.",
)
def pull_request_checks_are_not_filtered_by_path(checkout: Checkout) -> Iterator[Problem]:
    """Looks at workflows that build what is deployed: which others are required checks, only GitHub knows."""
    for workflow in _building(checkout):
        for key in ("paths", "paths-ignore"):
            node = workflow.trigger("pull_request").at(key)
            if node.value is not None:
                yield Problem(node.location, f"{workflow.name} never reports on pull requests that {key} leaves out")


@check(
    "error",
    why=Text(
        "Of the runs of one group one may wait: a later one replaces or cancels it, though it builds something else.",
        "1 つのグループで待てる実行は 1 つだけです。別のものをビルドする実行でも、後から来たものが置き換"
        "えるか取り消します。",
    ),
    fix="Begin the group with the workflow's own name.",
)
def builds_have_concurrency_groups_of_their_own(checkout: Checkout) -> Iterator[Problem]:
    building = {workflow.location for workflow in _building(checkout)}
    requested = [run for run in checkout.sample.elsewhere if run.event.name == "pull_request"]
    for runs in (checkout.sample.pushed, requested):
        owners: dict[str, Workflow] = {}
        for run in runs:
            if run.group and run.workflow.location in building:
                owner = owners.setdefault(run.group, run.workflow)
                if owner.location != run.workflow.location:
                    yield Problem(run.workflow.group.location, f"{owner.name} has the group {run.group} too")


@check(
    "warning",
    why=Text(
        "A person who starts the workflow fills in the field, and it has no effect.",
        "ワークフローを始める人が入力しても、何も変わりません。",
    ),
    fix="Give the input to a step's `env`, or remove the input.",
)
def inputs_are_read(checkout: Checkout) -> Iterator[Problem]:
    chain = {workflow.location for workflow in (*_building(checkout), *(job.workflow for job in committing(checkout)))}
    for workflow in checkout.workflows:
        written = workflow.node.text
        for name, node in (
            workflow.trigger("workflow_dispatch").at("inputs").entries() if workflow.location in chain else ()
        ):
            if not re.search(rf"inputs(?:\.{name}\b|\['{name}'\])|toJSON\(.*inputs\)", written):
                yield Problem(node.location, f"nothing reads the input {name}")


@check(
    "warning",
    why=Text(
        "Unlike GITHUB_TOKEN, a deploy key or another token starts workflows: a deploy builds, a build deploys.",
        "GITHUB_TOKEN と違い、デプロイキーやほかのトークンの push はワークフローを始めます。デプロイがビ"
        "ルドを、ビルドがデプロイを呼び続けます。",
    ),
    fix="Push with GITHUB_TOKEN, or give `push:` of the building workflows `paths-ignore: [k8s/**]`.",
)
def deploy_commits_start_no_build(checkout: Checkout) -> Iterator[Problem]:
    building = [workflow for workflow in _building(checkout) if _starts_on_manifests(workflow)]
    if not building:
        return
    for job in committing(checkout):
        for node in job.node.every():
            for key in ("token", "ssh-key", "GITHUB_TOKEN", "GH_TOKEN"):
                if _OTHER_TOKEN.search(node.at(key).text):
                    yield Problem(node.at(key).location, f"what {job.workflow.name} pushes starts {building[0].name}")


def _building(checkout: Checkout) -> list[Workflow]:
    """The workflows that a push starts and that then push images of this application."""
    ours = {image.component.image for image in wanted.images(checkout)}
    return [run.workflow for run in checkout.sample.pushed if ours & {push.image for push in pushes(run)}]


def _may_deploy(workflow: Workflow) -> bool:
    """Whether any job of the workflow calls gitops to change something, not only to ask."""
    return any(_DEPLOY.search(step.script) for job in workflow.jobs for step in job.steps)


def _keeping_back(workflow: Workflow, build: Run, followed: Sequence[Run]) -> Location:
    """The line that keeps the workflow from deploying after the build: the condition of a job, a filter, or the
    workflows it names."""
    started = [run for run in followed if run.workflow is workflow]
    skipped = [job.job.node.at("if") for run in started for job in run.jobs if job.ran is False]
    trigger = workflow.trigger("workflow_run")
    waits = build.workflow.name in _texts(trigger.at("workflows"))
    types = [trigger.at("types")] if "completed" not in _texts(trigger.at("types")) else []
    filters = [*types, trigger.at("branches"), trigger.at("branches-ignore")] if waits and not started else []
    return next((node.location for node in (*skipped, *filters) if node.value is not None), _listening(workflow))


def _texts(node: Node) -> set[str]:
    return {value.text for value in (node, *node.items())}


def _listening(workflow: Workflow) -> Location:
    """The location where the workflow says what it waits for."""
    trigger = workflow.trigger("workflow_run")
    names = trigger.at("workflows")
    return names.location if names.value else trigger.location


def _tips(job: JobRun, step: StepRun) -> Iterator[tuple[Location, str]]:
    """The locations where a step takes the tip of the default branch. A deploy works on a checkout of the tip."""
    if step.step.action == "actions/checkout":
        return
    for node in (step.step.node.at("env"), job.job.node.at("env"), job.job.workflow.node.at("env")):
        yield from ((one.location, one.text) for name, one in node.entries() if TIP in step.environment.get(name, ""))
    given = step.step.node.at("with").entries()
    yield from ((node.location, node.text) for name, node in given if TIP in step.inputs.get(name, ""))
    if step.shell and any(TIP in str(command) for command in step.shell.commands):
        yield from ((location, found[0]) for location, found in step.step.node.at("run").search(_TIP))


def _starts_on_manifests(workflow: Workflow) -> bool:
    push = workflow.trigger("push")
    ignored = [node.text for node in push.at("paths-ignore").items()]
    wanted_paths = [node.text for node in push.at("paths").items()]
    if wanted_paths:
        return any(path.startswith(("k8s", "**")) for path in wanted_paths)
    return not any(path in ("k8s/**", "k8s/overlays/**") for path in ignored)
