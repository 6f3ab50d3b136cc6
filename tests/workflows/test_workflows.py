"""The workflows are sound, minimal in what they may do, and agree with the rest of the repository."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bootstrap.processes import ROOT
from gitops.model import COMPONENTS
from tests.conftest import need
from tests.workflows.workflow_files import FILES, WORKFLOWS, jobs, read_workflow, step, steps

CI = {"backend": "backend-ci.yml", "frontend": "frontend-ci.yml"}
DEPLOY = "gitops-deploy.yml"
OURS = "ada/k8s-practice"
JOBS, STEPS = dict(jobs()), dict(steps())


def test_they_have_the_names_by_which_people_and_triggers_know_them() -> None:
    assert {name: workflow["name"] for name, workflow in WORKFLOWS.items()} == {
        "backend-ci.yml": "Backend CI/CD",
        "frontend-ci.yml": "Frontend CI/CD",
        "image.yml": "Image",
        "gitops-deploy.yml": "GitOps Deploy",
        "checks.yml": "Checks",
    }


def test_actionlint_finds_nothing() -> None:
    program = need("actionlint", "github.com/rhysd/actionlint (go install)")
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_zizmor_finds_nothing() -> None:
    words = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--pedantic", "--no-progress", ".github"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", STEPS)
def test_every_action_is_pinned_by_commit_and_names_its_version(name: str) -> None:
    if uses := STEPS[name].get("uses"):
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", uses)
        text = (ROOT / ".github/workflows" / name.split(":")[0]).read_text()
        assert re.search(rf"uses: {re.escape(uses)} # v\d+\.\d+\.\d+\n", text)


def test_an_action_has_one_version_everywhere() -> None:
    pins = {step["uses"] for step in STEPS.values() if "uses" in step}
    assert len(pins) == len({pin.split("@")[0] for pin in pins})


@pytest.mark.parametrize("name", STEPS)
def test_no_script_holds_an_expression(name: str) -> None:
    assert "${{" not in STEPS[name].get("run", "")


@pytest.mark.parametrize("name", JOBS)
def test_every_job_has_a_timeout_and_its_own_permissions(name: str) -> None:
    if "steps" in JOBS[name]:  # else each job of the workflow that it calls has one
        assert JOBS[name]["timeout-minutes"] <= 45
    assert "permissions" in JOBS[name]
    assert WORKFLOWS[name.split(":")[0]]["permissions"] == {}


def test_only_the_job_that_needs_it_may_write() -> None:
    writes = {name: sorted(k for k, v in job["permissions"].items() if v == "write") for name, job in JOBS.items()}
    publishing = ["attestations", "id-token", "packages"]
    assert {name: what for name, what in writes.items() if what} == {
        "backend-ci.yml:image": publishing,
        "frontend-ci.yml:image": publishing,
        "image.yml:build": ["packages"],
        "image.yml:publish": publishing,
        "gitops-deploy.yml:deploy": ["contents"],
    }


@pytest.mark.parametrize("name", STEPS)
def test_no_checkout_leaves_credentials_behind(name: str) -> None:
    if STEPS[name].get("uses", "").startswith("actions/checkout@"):
        assert STEPS[name]["with"]["persist-credentials"] is False


def test_the_deploy_listens_to_the_workflows_by_their_names() -> None:
    on = read_workflow(DEPLOY)["on"]["workflow_run"]
    assert on["workflows"] == [read_workflow(file)["name"] for file in CI.values()]
    # The default branch may have another name; the job's condition asks for it.
    assert "branches" not in on


@pytest.mark.parametrize(
    ("run", "deploys"),
    [
        ({}, True),
        ({"event": "workflow_dispatch"}, True),
        ({"event": "pull_request"}, False),
        ({"event": "schedule"}, False),
        ({"conclusion": "failure"}, False),
        ({"head_branch": "topic", "event": "workflow_dispatch"}, False),
        ({"head_repository.full_name": "mallory/k8s-practice"}, False),
        ({"head_repository.full_name": "mallory/k8s-practice", "event": "pull_request"}, False),
    ],
)
def test_the_deploy_follows_what_was_built_of_the_default_branch_here(run: dict[str, str], deploys: bool) -> None:
    ours = {"conclusion": "success", "event": "push", "head_branch": "trunk", "head_repository.full_name": OURS}
    values = {f"workflow_run.{key}": value for key, value in (ours | run).items()}
    values["repository.default_branch"] = "trunk"
    assert _holds(JOBS[f"{DEPLOY}:deploy"]["if"], "workflow_run", values) is deploys


def test_a_person_may_start_the_deploy() -> None:
    assert _holds(JOBS[f"{DEPLOY}:deploy"]["if"], "workflow_dispatch", {"repository.default_branch": "main"})


def test_the_deploy_waits_its_turn_and_is_not_replaced_while_it_waits() -> None:
    assert read_workflow(DEPLOY)["concurrency"] == {
        "group": "gitops-deploy",
        "cancel-in-progress": False,
        "queue": "max",
    }


def test_the_deploy_looks_at_main_and_at_no_commit_of_the_event() -> None:
    text = (ROOT / ".github/workflows" / DEPLOY).read_text()
    assert "github.sha" not in text
    assert "head_sha" not in text
    assert step(JOBS[f"{DEPLOY}:deploy"], "actions/checkout")["with"]["fetch-depth"] == 0


def test_every_input_reaches_the_command() -> None:
    inputs = read_workflow(DEPLOY)["on"]["workflow_dispatch"]["inputs"]
    environment = JOBS[f"{DEPLOY}:deploy"]["steps"][-1]["env"]
    for name in inputs:
        assert any(value.startswith(f"${{{{ inputs.{name} ") for value in environment.values())
    assert inputs["component"]["options"] == ["both", *COMPONENTS]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_piped_into_a_shell(file: Path) -> None:
    assert not re.search(r"\|\s*(sudo\s+)?(ba)?sh\b", file.read_text())


def test_dependabot_keeps_everything_current() -> None:
    updates = YAML(typ="safe").load(ROOT / ".github/dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "pip", "npm", "docker"}


def _holds(condition: str, event: str, values: dict[str, str]) -> bool:
    """What GitHub makes of a condition of comparisons; `values` are those of github.event."""
    known = {f"github.event.{name}": value for name, value in values.items()}
    known |= {"github.event_name": event, "github.repository": OURS}
    python = re.sub(r"github[\w.]*", lambda name: repr(known.get(name[0], "")), condition)
    return bool(eval(python.replace("&&", "and").replace("||", "or")))
