"""What the steps of a job use, against what the steps before them have prepared."""

import re
from collections.abc import Iterator
from itertools import takewhile

from gitops.doctor import dockerfile, wanted
from gitops.doctor.actions.events import COMMIT
from gitops.doctor.actions.pushes import pushes
from gitops.doctor.actions.runs import BUILDER, JobRun, StepRun
from gitops.doctor.actions.shell import Command
from gitops.doctor.actions.tests import folder
from gitops.doctor.actions.values import UNKNOWN
from gitops.doctor.actions.writes import commits, gitops_calls
from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.checks.builds import dockerfile_of
from gitops.registry.client import DEFAULT_PLATFORMS
from gitops.text import Text

_CHECKOUT = "actions/checkout"
_QEMU, _BUILDX = "docker/setup-qemu-action", "docker/setup-buildx-action"
_RUNNERS_OWN, _PLATFORMS = "linux/amd64", ",".join(DEFAULT_PLATFORMS)
_WITHOUT_HISTORY = ("doctor", "explain-log")
_IDENTITY = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")


@check(
    "error",
    why=Text(
        "Docker's own builder knows one platform and no cache of GitHub; what is emulated needs QEMU: "
        "`exec format error`.",
        "Docker 標準のビルダーは 1 つのプラットフォームしか扱えず、GitHub のキャッシュも使えません。エミ"
        "ュレーションには QEMU が必要です（`exec format error`）。",
    ),
    fix="Run docker/setup-buildx-action before the build, and docker/setup-qemu-action if a stage that is not "
    "`FROM --platform=$BUILDPLATFORM` has a RUN.",
)
def builds_have_their_builder(checkout: Checkout) -> Iterator[Problem]:
    for job, step in _steps(checkout):
        if step.step.action == BUILDER and step.ran:
            done = {before.step.action for before in _before(job, step) if before.ran}
            if _BUILDX not in done and _asks_for_buildx(step):
                yield Problem(step.step.location, f"job {job.job.name} builds without {_BUILDX}")
            platforms = [name.strip() for name in step.inputs.get("platforms", "").split(",")]
            foreign = [name for name in platforms if name not in ("", _RUNNERS_OWN) and UNKNOWN not in name]
            text = checkout.files.get(dockerfile_of(step), "")
            if foreign and _QEMU not in done and _is_x86(job) and dockerfile.needs_emulation(text):
                location = step.step.node.at("with", "platforms").location
                yield Problem(location, f"job {job.job.name} builds for {', '.join(foreign)} without {_QEMU}")


@check(
    "error",
    why=Text(
        "Without a checkout the job has no file of the repository; of another revision, the image is not "
        "of the commit that its tag names, or the deploy starts from an old state.",
        "チェックアウトがないと、ジョブにはリポジトリのファイルがありません。別のリビジョンなら、イメージ"
        "がタグの示すコミットのものでなくなるか、デプロイが古い状態から始まります。",
    ),
    fix="Run actions/checkout first: without `ref` where images are built, with the default branch where it deploys.",
)
def jobs_check_out_what_they_work_on(checkout: Checkout) -> Iterator[Problem]:
    sample = checkout.sample
    for run in (*sample.pushed, *sample.deploying):
        builds = {push.job.key for push in pushes(run)}
        builds |= {key for push in pushes(run) for key in push.job.before}
        for job in run.jobs:
            right = {"", COMMIT} if job.key in builds else {"", sample.default, f"refs/heads/{sample.default}"}
            for step in _checkouts(job) if job.key in builds or commits(job) else ():
                ref = step.inputs.get("ref", "")
                if ref not in right:
                    location = step.step.node.at("with", "ref").location
                    yield Problem(location, f"job {job.job.name} works on {ref}", UNKNOWN not in ref)
    for job, step in _steps(checkout):
        if _uses_files(step, checkout) and not any(checkout.ran is not False for checkout in _checkouts(job, step)):
            yield Problem(step.step.location, f"job {job.job.name} has no checkout before it")


@check(
    "error",
    why=Text(
        "The shell treats a variable that nothing sets as empty: part of a name, or an argument, is missing.",
        "誰も設定していない変数を、シェルは空とみなします。名前の一部や、コマンドの引数が欠けます。",
    ),
    fix="Set the variable in the step's `env`.",
)
def scripts_use_variables_that_are_set(checkout: Checkout) -> Iterator[Problem]:
    for _, step in _steps(checkout):
        for name in sorted(step.shell.unset if step.shell else ()):
            node = step.step.node.at("run")
            locations = (location for location, _ in node.search(re.compile(rf"\$\{{?{name}\b")))
            yield Problem(next(locations, node.location), f"nothing sets {name}")


@check(
    "error",
    why=Text(
        "`gitops update` refuses an image that lacks a platform, and a node of it says `exec format error`.",
        "プラットフォームの欠けたイメージは `gitops update` が拒否し、そのプラットフォームのノードは `exe"
        "c format error` になります。",
    ),
    fix="Name in `platforms` what GITOPS_PLATFORMS asks for: linux/amd64,linux/arm64, unless it is set.",
)
def images_are_built_for_every_platform(checkout: Checkout) -> Iterator[Problem]:
    deploys = [command for _, _, command, called in _calls(checkout) if called[0] not in ("build-needed", "doctor")]
    asked = next((found for deploy in deploys if (found := deploy.environment.get("GITOPS_PLATFORMS"))), _PLATFORMS)
    for job, step in _steps(checkout):
        given = step.inputs.get("platforms") or _RUNNERS_OWN
        missing = [name for name in asked.split(",") if name not in re.split(r"[,\s]+", given)]
        if step.step.action == BUILDER and step.ran and missing and UNKNOWN not in given + asked:
            location = step.step.node.at("with", "platforms").location
            yield Problem(location, f"job {job.job.name} does not build for {', '.join(missing)}")


@check(
    "error",
    why=Text(
        "`No module named gitops`, or one of its dependencies.",
        "`No module named gitops` か、その依存パッケージがないと言われます。",
    ),
    fix="Install scripts/gitops/requirements.txt and set PYTHONPATH to scripts; or `pip install ./scripts/gitops`.",
)
def jobs_install_gitops(checkout: Checkout) -> Iterator[Problem]:
    for job, step, command, _ in _calls(checkout):
        installed = [str(command) for before in _before(job, step) for command in _commands(before)]
        whole = any("install" in command and command.rstrip("/").endswith("scripts/gitops") for command in installed)
        if not whole and not any("install" in command and "scripts/gitops" in command for command in installed):
            yield Problem(step.step.location, f"job {job.job.name} never installs what gitops needs")
        path = command.environment.get("PYTHONPATH", "")
        if not whole and (folder(job, step) or "scripts" not in path.split(":")) and UNKNOWN not in path:
            yield Problem(step.step.node.at("env").location, f"Python does not find gitops: PYTHONPATH is {path!r}")


@check(
    "error",
    why=Text(
        "gitops goes by history, and refuses a shallow clone.", "gitops は履歴をたどるので、浅いクローンを拒否します。"
    ),
    fix="Give actions/checkout `fetch-depth: 0`.",
)
def gitops_has_all_of_history(checkout: Checkout) -> Iterator[Problem]:
    for job, step, _, called in _calls(checkout):
        for taken in _checkouts(job, step) if called[0] not in _WITHOUT_HISTORY else ():
            if (depth := taken.inputs.get("fetch-depth", "1")) != "0":
                node = taken.step.node.at("with", "fetch-depth")
                yield Problem(node.location, f"job {job.job.name} fetches {depth} commit", UNKNOWN not in depth)


@check(
    "error",
    why=Text(
        "Without a token nobody may push, and private packages cannot be read; without a name git cannot commit.",
        "トークンがなければ誰も push できず、非公開のパッケージは読めません。名前がなければ git はコミットできません。",
    ),
    fix="Give the step GITHUB_TOKEN: ${{ github.token }}; where it commits, also the names and addresses of "
    "GIT_AUTHOR_ and GIT_COMMITTER_.",
)
def gitops_knows_who_it_is(checkout: Checkout) -> Iterator[Problem]:
    for job, step, command, called in _calls(checkout):
        missing = [] if command.environment.get("GITHUB_TOKEN") else ["GITHUB_TOKEN"]
        if commits(job) and not any("git config" in str(one) for before in job.steps for one in _commands(before)):
            missing += [name for name in _IDENTITY if not command.environment.get(name)]
        if missing and called[0] not in _WITHOUT_HISTORY:
            yield Problem(step.step.node.at("env").location, f"gitops {called[0]} has no {', '.join(missing)}")


@check(
    "error",
    why=Text(
        "bash takes the exit status of the last command in a pipe, and sh too: a deploy that failed is green.",
        "bash も sh も、パイプの最後のコマンドの終了ステータスを取ります。失敗したデプロイが緑になります。",
    ),
    fix="Set `shell: bash`, which GitHub runs with pipefail.",
)
def failures_are_not_lost_in_a_pipe(checkout: Checkout) -> Iterator[Problem]:
    for job, step, command, called in _calls(checkout):
        if command.piped:
            location = step.step.node.at("run").location
            yield Problem(location, f"job {job.job.name} goes on when gitops {called[0]} fails")


@check(
    "error",
    why=Text(
        "The commits go to a branch that is neither built nor followed by Argo CD.",
        "ビルドもされず、Argo CD も従わないブランチにコミットが入ります。",
    ),
    fix="Set GITOPS_BRANCH to ${{ github.event.repository.default_branch }}.",
)
def gitops_works_on_the_default_branch(checkout: Checkout) -> Iterator[Problem]:
    for _, step, command, called in _calls(checkout):
        branch = command.environment.get("GITOPS_BRANCH") or "main"
        if called[0] not in ("build-needed", *_WITHOUT_HISTORY) and branch != checkout.default:
            node = step.step.node.at("env", "GITOPS_BRANCH")
            yield Problem(node.location, f"gitops {called[0]} works on {branch}", UNKNOWN not in branch)


@check(
    "warning",
    why=Text(
        "A pull request of a fork gets no secret, so that its tests fail or test less; any other shows "
        "it to code that nobody has reviewed.",
        "フォークのプルリクエストにシークレットは渡らず、テストが失敗するか減ります。ほかのプルリクエスト"
        "では、誰もレビューしていないコードにシークレットが渡ります。",
    ),
    fix="Test without it, or in a job that runs on the default branch alone.",
)
def pull_request_tests_get_no_secret(checkout: Checkout) -> Iterator[Problem]:
    for run in checkout.sample.elsewhere:
        for job, step in run.steps if run.event.name == "pull_request" and _is_ours(checkout) else ():
            for node in (step.step.node.at("env"), job.job.node.at("env"), job.job.workflow.node.at("env")):
                for name, value in node.entries():
                    if step.step.script and "secrets." in value.text and "secrets.GITHUB_TOKEN" not in value.text:
                        yield Problem(value.location, f"job {job.job.name} gives {name} to what a pull request changes")


def _steps(checkout: Checkout) -> Iterator[tuple[JobRun, StepRun]]:
    """All steps that run in workflows of the kind that this project has."""
    if _is_ours(checkout):
        for run in checkout.sample.all_runs:
            yield from run.steps


def _is_ours(checkout: Checkout) -> bool:
    return bool(wanted.images(checkout))


def _calls(checkout: Checkout) -> Iterator[tuple[JobRun, StepRun, Command, tuple[str, ...]]]:
    """All calls of gitops, each with its job and step."""
    for job, step in _steps(checkout):
        for command, called in gitops_calls(step):
            yield job, step, command, called


def _before(job: JobRun, step: StepRun) -> list[StepRun]:
    return [one for one in takewhile(lambda one: one is not step, job.steps) if one.ran is not False]


def _commands(step: StepRun) -> list[Command]:
    return step.shell.commands if step.shell else []


def _checkouts(job: JobRun, step: StepRun | None = None) -> list[StepRun]:
    """The steps before this one that check out this repository into the job's own folder."""
    earlier = _before(job, step) if step else job.steps
    checkouts = [other for other in earlier if other.step.action == _CHECKOUT]
    return [other for other in checkouts if not other.inputs.get("path") and not other.inputs.get("repository")]


def _uses_files(step: StepRun, checkout: Checkout) -> bool:
    """Whether the step needs the repository's files: it builds a folder, or runs a command of the repository."""
    if step.step.action == BUILDER:
        return bool(step.inputs.get("context")) and "://" not in step.inputs["context"]
    commands = _commands(step)
    named = any(word in checkout.paths for command in commands for word in command.words)
    return named or bool(list(gitops_calls(step))) or any(command.words[0] in ("make", "npm") for command in commands)


def _asks_for_buildx(step: StepRun) -> bool:
    several = "," in step.inputs.get("platforms", "") or step.inputs.get("sbom") == "true"
    return several or any("type=gha" in step.inputs.get(key, "") for key in ("cache-from", "cache-to"))


def _is_x86(job: JobRun) -> bool:
    return "arm" not in job.job.node.at("runs-on").text
