"""Nothing is found where nothing is wrong: other spellings in this repository, and the workflows of others."""

from dataclasses import replace

import pytest

from gitops.doctor.all_checks import examine
from gitops.doctor.checkout import Checkout
from gitops.git.repository import Repository
from tests.gitops.doctor.repositories import BACKEND_CI, DEPLOY, IMAGE_CI, Edit, edited, real
from tests.gitops.doctor.shapes import SHAPES

COMPLETED = "    types: [completed]\n"
SCAN = """      - uses: aquasecurity/trivy-action@18f2510ee396bbf400402947b394f2dd8c87dbb0 # 0.29.0
        with:
          image-ref: somebody/scanner
"""
LOGIN = "      - name: Log in to GHCR\n        uses"
IMAGE_OWNER = "env:\n  IMAGE_OWNER: ${{ github.repository }}\npermissions: {}"
OTHER = """name: Docs
on:
  push:
  schedule:
    - cron: "0 3 * * *"
permissions: {}
jobs:
  docs:
    if: github.repository == 'Satomichi/k8s-practice'
    runs-on: ubuntu-24.04
    permissions:
      contents: write
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: |
          make site
          git commit --all --message "Site" && git push origin HEAD:gh-pages
"""

EDITS = {
    "one more tag": Edit(IMAGE_CI, '--tag "$NAME:latest"', '--tag "$NAME:latest" --tag "$NAME:main"'),
    "the short option for a tag": Edit(IMAGE_CI, '--tag "$NAME:sha', '-t "$NAME:sha'),
    "a tag with its sign of equality": Edit(IMAGE_CI, '--tag "$NAME:sha', '--tag="$NAME:sha'),
    "a command over several lines": Edit(IMAGE_CI, '--tag "$NAME:latest"', '--tag "$NAME:latest" \\\n           '),
    "braces around a variable": Edit(IMAGE_CI, "sha-$GITHUB_SHA", "sha-${GITHUB_SHA}"),
    "the commit from the context": (
        Edit(IMAGE_CI, "sha-$GITHUB_SHA", "sha-$COMMIT"),
        Edit(IMAGE_CI, "      NAME: ${{ needs", "      COMMIT: ${{ github.sha }}\n      NAME: ${{ needs"),
    ),
    "a comment with capitals": Edit(IMAGE_CI, "permissions: {}", "# ghcr.io/Somebody/App:main\npermissions: {}"),
    "a condition with braces": Edit(
        IMAGE_CI,
        "    if: needs.scope.outputs.needed == 'true'\n    runs-on",
        "    if: ${{ needs.scope.outputs.needed == 'true' }}\n    runs-on",
    ),
    "a list of one in needs": Edit(IMAGE_CI, "needs: scope", "needs: [scope]"),
    "another name of a job": Edit(IMAGE_CI, "name: Publish", "name: Give the image its tags"),
    "the token's other name": Edit(IMAGE_CI, "password: ${{ github.token }}", "password: ${{ secrets.GITHUB_TOKEN }}"),
    "a scan beside": Edit(IMAGE_CI, LOGIN, f"{SCAN}{LOGIN}"),
    "an environment for all": Edit(IMAGE_CI, "permissions: {}", IMAGE_OWNER),
    "platforms in lines": Edit(
        IMAGE_CI, "platforms: linux/amd64,linux/arm64", "platforms: |\n            linux/amd64\n            linux/arm64"
    ),
    "the owner lowered by tr": Edit(IMAGE_CI, "${OWNER,,}", "$(echo \"$OWNER\" | tr '[:upper:]' '[:lower:]')"),
    "shell options by hand": Edit(DEPLOY, "shell: bash # with pipefail", "shell: bash --noprofile -eo pipefail {0}"),
    "pipefail in the script": (
        Edit(DEPLOY, "        shell: bash # with pipefail\n", ""),
        Edit(DEPLOY, "run: python", "run: |\n          set -euo pipefail\n          python"),
    ),
    "the branch written out": Edit(
        DEPLOY, "ref: ${{ github.event.repository.default_branch }}", "ref: refs/heads/main"
    ),
    "events in a list": Edit(BACKEND_CI, "concurrency:", "# on: [push]\nconcurrency:"),
    "another workflow": Edit(".github/workflows/docs.yml", "", OTHER),
    "a filter that passes the default branch": Edit(DEPLOY, COMPLETED, f"{COMPLETED}    branches: ['ma*']\n"),
}


@pytest.mark.parametrize("name", EDITS)
def test_another_spelling_is_no_fault(name: str) -> None:
    edit = EDITS[name]
    checkout = edited(*(edit if isinstance(edit, tuple) else (edit,)))
    assert [(finding.check.id, finding.location, finding.what) for finding in examine(checkout)] == []


def test_a_default_branch_with_another_name_is_no_fault() -> None:
    listening = real().files[DEPLOY].replace(COMPLETED, f"{COMPLETED}    branches: [master]\n")
    checkout = replace(real(), files={**real().files, DEPLOY: listening}, branches=frozenset({"master"}))
    assert [finding for finding in examine(checkout) if finding.location.path.startswith(".github/")] == []


UNDECIDED = {
    "a tag from another file": Edit(IMAGE_CI, '"$NAME:sha-$GITHUB_SHA"', '"$NAME:$(cat VERSION)"'),
    "a name from a variable of the repository": Edit(IMAGE_CI, "${{ github.repository_owner }}", "${{ vars.OWNER }}"),
    "a condition on a variable": Edit(IMAGE_CI, "if: needs.scope.outputs.publish == 'true'", "if: vars.PUBLISH"),
}


@pytest.mark.parametrize("name", UNDECIDED)
def test_a_fact_that_only_a_run_would_tell_is_neither_fault_nor_health(name: str) -> None:
    assert {finding.verdict for finding in examine(edited(UNDECIDED[name]))} == {"not decided"}


@pytest.mark.parametrize("name", SHAPES)
def test_the_workflows_of_others_have_no_error(name: str) -> None:
    """Workflows as public repositories have them: how they name, tag and release what they push is their own choice."""
    files = {f".github/workflows/{path}": text for path, text in SHAPES[name].items()}
    empty = Checkout(files, frozenset(files), Repository("somebody", "app"), frozenset({"main"}))
    decided = [finding for finding in examine(empty) if finding.verdict != "not decided"]
    assert [(finding.check.id, finding.location, finding.what) for finding in decided] == []
