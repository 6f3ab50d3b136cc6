"""Both images are tested, built and published by one workflow, and no image has a tag before its tests have passed."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from bootstrap.processes import ROOT
from gitops.image_tags import tag_of
from gitops.model import COMPONENTS
from tests.workflows.workflow_files import read_workflow, step

IMAGE = read_workflow("image.yml")
JOBS = IMAGE["jobs"]
PUBLISHES = "needs.scope.outputs.publish == 'true'"
each = pytest.mark.parametrize("component", COMPONENTS)


@each
def test_a_workflow_of_its_own_names_the_component_and_leaves_the_rest_to_the_common_one(component: str) -> None:
    workflow = read_workflow(f"{component}-ci.yml")
    [job] = workflow["jobs"].values()
    assert job["uses"] == "./.github/workflows/image.yml"
    assert job["with"] == {"component": component}
    assert workflow["concurrency"]["group"].startswith(f"{component}-ci-")


@each
def test_it_may_do_what_the_common_one_asks_for_and_no_more(component: str) -> None:
    [job] = read_workflow(f"{component}-ci.yml")["jobs"].values()
    asked = [item for called in JOBS.values() for item in called["permissions"].items()]
    strongest = dict(sorted(asked, key=lambda item: item[1] == "write"))
    assert job["permissions"] == strongest


@each
def test_no_filter_can_leave_a_required_check_pending_or_another_default_branch_unbuilt(component: str) -> None:
    on = read_workflow(f"{component}-ci.yml")["on"]
    assert on == {"pull_request": None, "push": None, "workflow_dispatch": None}


@each
def test_a_change_of_what_the_image_is_made_of_asks_for_a_new_one(component: str) -> None:
    text = (ROOT / component / "Dockerfile").read_text()
    copied = re.findall(r"^COPY (?!--from)(?:--\S+ )*(.+) \S+$", text, re.M)
    sources = [source for words in copied for source in words.split()]
    assert sources
    folder, *workflows = COMPONENTS[component].paths
    assert all(f"{source}/".startswith(folder) for source in sources)
    assert workflows == [f".github/workflows/{component}-ci.yml", ".github/workflows/image.yml"]
    assert all((ROOT / workflow).is_file() for workflow in workflows)


def test_only_a_push_to_the_default_branch_or_a_person_on_it_publishes() -> None:
    on_default = "github.ref_name == github.event.repository.default_branch"
    publish = JOBS["scope"]["outputs"]["publish"]
    assert publish == f"${{{{ github.event_name != 'pull_request' && {on_default} }}}}"
    assert JOBS["scope"]["if"] == f"github.event_name != 'push' || {on_default}"
    assert JOBS["build"]["env"]["PUBLISH"] == "${{ needs.scope.outputs.publish }}"
    assert step(JOBS["build"], "docker/login-action")["if"] == "env.PUBLISH == 'true'"
    assert JOBS["publish"]["if"] == PUBLISHES


def test_tests_and_build_run_side_by_side_and_the_tags_wait_for_both() -> None:
    assert JOBS["test"]["needs"] == JOBS["build"]["needs"] == "scope"
    assert set(JOBS["publish"]["needs"]) == {"scope", "test", "build"}
    # `always()` and the like would let it run after tests that failed.
    assert JOBS["publish"]["if"] == PUBLISHES
    assert JOBS["test"]["if"] == f"needs.scope.outputs.needed == 'true' && {PUBLISHES}"


def test_ci_pushes_the_names_and_tags_that_gitops_looks_for_in_its_last_step_alone() -> None:
    build = step(JOBS["build"], "docker/build-push-action")["with"]
    assert "tags" not in build
    assert "push" not in build
    name = "${{ steps.image.outputs.name }}"
    assert build["outputs"] == (
        f"type=image,name={name},push-by-digest=true,name-canonical=true,push=${{{{ env.PUBLISH }}}}"
    )
    last = JOBS["publish"]["steps"][-1]["run"]
    tags = [f"$NAME:{tag_of('$GITHUB_SHA')}", "$NAME:latest"]
    assert re.findall(r'--tag "(\S+)"', last) == tags
    assert "--tag" not in "".join(step.get("run", "") for job in JOBS.values() for step in job["steps"][:-1])


def test_the_tag_is_given_to_the_image_that_was_built_and_attested() -> None:
    assert JOBS["build"]["outputs"] == {
        "name": "${{ steps.image.outputs.name }}",
        "digest": "${{ steps.build.outputs.digest }}",
    }
    assert JOBS["publish"]["env"] == {
        "NAME": "${{ needs.build.outputs.name }}",
        "DIGEST": "${{ needs.build.outputs.digest }}",
    }
    attest = step(JOBS["publish"], "actions/attest")
    assert attest["if"] == "!github.event.repository.private"
    assert attest["with"]["subject-name"] == "${{ env.NAME }}"
    assert attest["with"]["subject-digest"] == "${{ env.DIGEST }}"
    assert '"$NAME@$DIGEST"' in JOBS["publish"]["steps"][-1]["run"]


def test_each_component_is_built_for_both_platforms_with_a_cache_of_its_own() -> None:
    build = step(JOBS["build"], "docker/build-push-action")["with"]
    assert build["file"] == "${{ inputs.component }}/Dockerfile"
    assert build["platforms"] == "linux/amd64,linux/arm64"
    for key in ("cache-from", "cache-to"):
        assert "scope=${{ inputs.component }}" in build[key]


def test_no_cache_that_others_can_write_to_is_used_for_what_is_published() -> None:
    assert step(JOBS["test"], "actions/setup-node")["with"]["package-manager-cache"] is False
    assert not any("actions/cache" in step.get("uses", "") for job in JOBS.values() for step in job["steps"])
    assert "cache" not in step(JOBS["test"], "actions/setup-python")["with"]


@each
@pytest.mark.parametrize("owner", ["Ada-Lovelace", "satomichi"])
def test_the_image_is_named_in_lower_case(component: str, owner: str, tmp_path: Path) -> None:
    environment = {
        "OWNER": owner,
        "COMPONENT": component,
        "GITHUB_SHA": "a" * 40,
        "GITHUB_OUTPUT": str(tmp_path / "out"),
    }
    script = ["bash", "-e", "-c", step(JOBS["build"], "image")["run"]]
    subprocess.run(script, env={"PATH": os.environ["PATH"], **environment}, check=True)
    outputs = dict(line.split("=", 1) for line in (tmp_path / "out").read_text().splitlines())
    assert outputs["name"] == f"ghcr.io/{owner.lower()}/{COMPONENTS[component].image}"
    assert outputs["version"] == "aaaaaaa"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", outputs["created"])
