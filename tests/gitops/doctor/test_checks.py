"""Each check finds its fault, in the right line, and nothing in what only looks like it."""

import re
from collections import Counter

import pytest

from gitops.doctor.all_checks import ALL, CHECKS, FAILED, examine
from gitops.doctor.check import Check
from gitops.doctor.checks import objects, online
from tests.gitops.doctor import cases_chain, cases_images, cases_manifests, cases_settings, cases_workflows
from tests.gitops.doctor.cases import Case
from tests.gitops.doctor.cases_manifests import NO_USER
from tests.gitops.doctor.repositories import APPLICATION, DEPLOY, OVERLAY, PRODUCTION, PROJECT, Edit, edited, real

CASES = [*cases_images.CASES, *cases_chain.CASES, *cases_workflows.CASES, *cases_manifests.CASES, *cases_settings.CASES]


def test_nothing_is_found_in_this_repository() -> None:
    assert [(finding.check.id, finding.location, finding.what) for finding in examine(real())] == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fault_is_found_in_its_line(case: Case) -> None:
    checkout = edited(*case.faulty, rendering=case.rendering)
    problems = list(CHECKS[case.check].find(checkout))
    lines = [checkout.files[one.location.path].splitlines()[one.location.line - 1] for one in problems]
    assert any(case.line in line for line in lines), problems


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nothing_is_found_in_what_looks_alike(case: Case) -> None:
    assert list(CHECKS[case.check].find(edited(*case.alike, rendering=case.rendering))) == []


@pytest.mark.parametrize(
    ("check", "edits"),
    [
        (
            "images-belong-to-this-repository",
            Edit(OVERLAY, "ghcr.io/satomichi/", "registry.example.org/team/"),
        ),
        ("applications-follow-a-branch-that-exists", Edit(APPLICATION, "targetRevision: main", "targetRevision: v1.2")),
        ("projects-permit-their-applications", Edit(APPLICATION, "project: default", "project: elsewhere")),
        (
            "namespaces-belong-to-one-overlay",
            Edit(PRODUCTION, "namespace: gutenberg-search-production", "namespace: satomichi"),
        ),
    ],
    ids=str,
)
def test_a_problem_that_the_checkout_cannot_decide_says_why(check: str, edits: Edit) -> None:
    problems = list(CHECKS[check].find(edited(edits)))
    assert [one.decided for one in problems] == [False]
    assert re.search("unless|whether", problems[0].what)


def test_the_user_of_a_base_image_is_not_decided() -> None:
    problems = list(
        CHECKS["images-name-their-user-by-number"].find(
            edited(Edit("backend/Dockerfile", "USER 10001:10001", ""), NO_USER, rendering=True)
        )
    )
    assert [(one.decided, "not seen here" in one.what) for one in problems] == [(False, True)]


def test_every_check_has_a_case() -> None:
    """The cases of rules between objects are in ../manifests/breaking.py, those that need a registry in
    test_online.py."""
    online_ids = {one.id for one in vars(online).values() if isinstance(one, Check)}
    others = {rule.id for rule in objects.OF_RULES} | online_ids | {FAILED.id}
    assert set(CHECKS) - others <= {case.check for case in CASES} <= set(CHECKS)


def test_ids_are_unique() -> None:
    assert max(Counter(one.id for one in ALL).values()) == 1


@pytest.mark.parametrize(
    "edit",
    [
        Edit(OVERLAY, "images:", "images: 1\nothers:"),
        Edit(DEPLOY, "    steps:", "    steps: {}\n    others:"),
        Edit(DEPLOY, "on:", "on: [push]\nothers:"),
        Edit(PROJECT, "  destinations:\n    - server", "  destinations:\n    - none\n    - server"),
        Edit("k8s/components/class-quota/resource-quota.yaml", "limits.memory: 2560Mi", "limits.memory: much"),
        Edit("k8s/base/backend.yaml", "replicas: 2\n", "replicas: 2020-13-45\n"),
        Edit("k8s/base/backend.yaml", "      containers:", "      containers: {}\n      others:"),
    ],
    ids=lambda edit: edit.path,
)
def test_a_misshapen_value_is_found_or_passed_over_and_ends_no_examination(edit: Edit) -> None:
    examine(edited(edit, rendering=edit.path.startswith("k8s/")))
