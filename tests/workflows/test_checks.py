"""A pull request has to pass everything that `make lint` and `make test` run."""

import pytest

from bootstrap.checks import linters, parts
from bootstrap.processes import ROOT, Command
from tests.workflows.workflow_files import read_workflow, step

CHECKS = read_workflow("checks.yml")
JOBS = CHECKS["jobs"]
MATRIX = JOBS["test"]["strategy"]["matrix"]
FOLDERS = sorted({file.relative_to(ROOT / "tests").parts[0] for file in (ROOT / "tests").rglob("test_*.py")})


def commands(part: str) -> list[Command]:
    return list(parts()[part].commands.values())


def test_every_change_is_checked_whole() -> None:
    assert CHECKS["on"] == {"pull_request": None, "push": None, "merge_group": None}
    assert [name for name, job in JOBS.items() if "if" in job] == ["doctor", "all"]
    assert not any("if" in step or "continue-on-error" in step for step in JOBS["test"]["steps"])


def test_every_part_of_the_tests_is_run_but_that_which_needs_a_cluster() -> None:
    assert sorted([*(part for entry in MATRIX["parts"] for part in entry.split()), "cluster"]) == sorted(parts())
    assert JOBS["test"]["steps"][-1]["run"] == 'bash .ci/run "$PARTS"'
    assert JOBS["test"]["steps"][-1]["env"] == {"PARTS": "${{ matrix.parts }}"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_of_tests_is_in_one_part(folder: str) -> None:
    assert [part for part in parts() if f"tests/{folder}" in commands(part)[0].words] != []


def test_the_page_is_tested_too() -> None:
    assert {command.words[-1] for command in commands("frontend")} == {"budget", "test"}


def test_every_linter_is_run() -> None:
    assert linters()
    assert JOBS["lint"]["steps"][-1] == {"run": "make lint"}


def test_the_backend_is_tested_on_the_oldest_python_that_it_promises_as_well() -> None:
    assert MATRIX["python"] == ["3.13"]
    assert MATRIX["include"] == [{"parts": "backend", "python": "3.11"}]
    assert 'requires-python = ">=3.11"' in (ROOT / "backend/pyproject.toml").read_text()


def test_one_part_that_fails_stops_no_other() -> None:
    assert JOBS["test"]["strategy"]["fail-fast"] is False


def test_nothing_may_be_left_out_on_github() -> None:
    assert "export REQUIRE_ALL=1" in (ROOT / ".ci/run").read_text()


def test_every_pull_request_is_examined_and_no_push_of_a_fork_is_held_up_by_it() -> None:
    assert JOBS["doctor"]["if"] == "github.event_name != 'push'"
    assert JOBS["doctor"]["steps"][-1]["run"] == "python -m gitops doctor --format github"


def test_the_job_that_a_rule_can_require_fails_with_any_other() -> None:
    assert set(JOBS["all"]["needs"]) == JOBS.keys() - {"all"}
    assert JOBS["all"]["if"] == "always()"
    [verdict] = JOBS["all"]["steps"]
    failed = "contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')"
    assert verdict == {"name": verdict["name"], "if": failed, "run": "exit 1"}


def test_a_later_push_replaces_only_the_checks_of_the_same_pull_request() -> None:
    group = "checks-${{ github.event.pull_request.number || github.run_id }}"
    assert CHECKS["concurrency"] == {"group": group, "cancel-in-progress": True}


def test_history_is_there_for_the_rehearsal() -> None:
    assert step(JOBS["test"], "actions/checkout")["with"]["fetch-depth"] == 0
