"""The ten faults of the former pipeline: put back, each is found by the checks that the README names."""

import re

import pytest

from gitops.doctor.all_checks import CHECKS, examine
from tests.gitops.doctor.cases_images import TAG
from tests.gitops.doctor.cases_manifests import ADDRESS, CLIENT
from tests.gitops.doctor.cases_workflows import BY_HAND, COMMIT, DEPLOY_STEP, INSTALL, KUSTOMIZE, PUSH, QUEUE, SCRIPT
from tests.gitops.doctor.repositories import DEPLOY, IMAGE_CI, OVERLAY, ROOT, Edit, edited

README = (ROOT / "scripts/gitops/README.md").read_text(encoding="utf-8")
ROWS = list(re.finditer(r"^\| (\d+)\.[^|]*\|([^|]*)\|([^|]*)\|$", README, re.M))
NAMED = {int(row[1]): re.findall(r"`([a-z-]+)`", row[3]) for row in ROWS}

CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: version\ndata:\n  version: abc\n"
FAULTS: dict[int, tuple[Edit, ...]] = {
    1: (
        Edit(OVERLAY, "ghcr.io/satomichi", "ghcr.io/Satomichi"),
        Edit(IMAGE_CI, "ghcr.io/${OWNER,,}/", "ghcr.io/$OWNER/"),
    ),
    2: (
        Edit(DEPLOY, "  workflow_dispatch:", "  push:\n    branches: [main]\n  workflow_dispatch:"),
        Edit(DEPLOY, "GITOPS_COMMIT: ${{ inputs.commit }}", "GITOPS_COMMIT: ${{ github.sha }}"),
    ),
    3: (
        Edit(IMAGE_CI, "$NAME:sha-$GITHUB_SHA", "$NAME:main-$GITHUB_SHA"),
        Edit(OVERLAY, TAG, f"newTag: {'1a' * 20}"),
    ),
    4: (Edit(IMAGE_CI, "packages: write # push the image", "packages: read"),),
    5: (Edit(DEPLOY, BY_HAND, "("),),
    6: (
        Edit(DEPLOY, f"concurrency:\n  group: gitops-deploy\n  cancel-in-progress: false\n{QUEUE}\n", ""),
        Edit(DEPLOY, DEPLOY_STEP, SCRIPT.format(commit=COMMIT, push=PUSH)),
    ),
    7: (Edit(DEPLOY, INSTALL, f"run: curl -s {KUSTOMIZE} | bash"),),
    8: (
        Edit(OVERLAY, TAG, "newTag: latest"),
        Edit(OVERLAY, "  - ../../base", "  - ../../base\n  - version.yaml"),
        Edit("k8s/overlays/satomichi/version.yaml", "", CONFIG_MAP),
    ),
    9: (Edit("k8s/base/backend.yaml", "  revisionHistoryLimit: 3\n", ""),),
    10: (Edit(CLIENT, ADDRESS, "return `http://localhost:8000${path}"),),
}


def test_the_readme_names_checks_for_each_of_the_ten() -> None:
    assert sorted(NAMED) == sorted(FAULTS) == list(range(1, 11))
    assert all(names and set(names) <= set(CHECKS) for names in NAMED.values())


def test_the_tests_that_the_readme_names_exist() -> None:
    files = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py")}
    for row in ROWS:
        named = re.findall(r"`(test_\w+)(\.py)?`", row[2])
        assert named, row[0]
        for name, suffix in named:
            assert f"{name}.py" in files if suffix else any(f"def {name}(" in text for text in files.values()), name


@pytest.mark.parametrize("number", FAULTS)
def test_a_fault_is_found_by_the_checks_that_the_readme_names(number: int) -> None:
    checks = {finding.check.id for finding in examine(edited(*FAULTS[number], rendering=number in (8, 9)))}
    assert set(NAMED[number]) <= checks
