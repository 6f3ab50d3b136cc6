"""A student's files agree with the repository's own overlay."""

from typing import Any

import pytest
from ruamel.yaml import YAML

from gitops.errors import BadInput
from gitops.git.repository import Repository
from gitops.operations import students
from gitops.operations.context import Context
from gitops.operations.student_label import LABEL
from gitops.operations.students import AddStudents
from gitops.overlays.overlay_names import check_user
from gitops.registry import open_registry
from tests.gitops.support.sandbox import OWNER, ROOT

PATHS = list(students.paths(OWNER))


@pytest.fixture(scope="module")
def made() -> dict[str, list[Any]]:
    """The documents of every file that the owner would get as a student."""
    registry = open_registry("ghcr.io", environment={})
    files = AddStudents(Context(Repository(OWNER, "k8s-practice"), registry), [OWNER]).files(OWNER)
    registry.close()
    return {path: list(YAML(typ="safe").load_all(text)) for path, text in files.items()}


@pytest.mark.parametrize("path", PATHS)
def test_a_student_gets_what_the_repositorys_own_overlay_has(made: dict[str, list[Any]], path: str) -> None:
    ours, (first, *rest) = list(YAML(typ="safe").load_all(ROOT / path)), made[path]
    # A student's Application belongs to the student's project, which makes no namespace.
    if first["kind"] == "Application":
        assert first["spec"].pop("project") == f"gutenberg-search-{OWNER}"
        assert ours[0]["spec"].pop("project") == "default"
        ours[0]["spec"]["syncPolicy"].pop("managedNamespaceMetadata", None)
        ours[0]["spec"]["syncPolicy"]["syncOptions"].remove("CreateNamespace=true")
    elif first["kind"] == "Kustomization":
        assert first.pop("labels") == [{"pairs": {LABEL: OWNER}}]
        for image in (*first["images"], *ours[0]["images"]):
            del image["newTag"], image["digest"]
    assert [first, *rest] == ours


def test_a_student_with_a_user_may_look_ask_the_page_and_see_what_argo_cd_says_and_nothing_else() -> None:
    registry = open_registry("ghcr.io", environment={})
    context = Context(Repository(OWNER, "k8s-practice"), registry)
    text = AddStudents(context, ["ada"], "oidc:{name}@example.org").files("ada")[
        "k8s/argocd-applications/class/ada.yaml"
    ]
    registry.close()
    _, _, look, visitor, visit, reader, read = YAML(typ="safe").load_all(text)
    assert {manifest["metadata"]["namespace"] for manifest in (look, visitor, visit)} == {"ada"}
    assert {manifest["metadata"]["namespace"] for manifest in (reader, read)} == {"argocd"}
    assert {manifest["subjects"][0]["name"] for manifest in (look, visit, read)} == {"oidc:ada@example.org"}
    own = "gutenberg-search-ada"
    assert [manifest["roleRef"]["name"] for manifest in (look, visit, read)] == ["view", "visitor", own]
    assert [
        (rule["resources"], rule["resourceNames"], rule["verbs"])
        for role in (visitor, reader)
        for rule in role["rules"]
    ] == [(["services/proxy"], ["frontend:http"], ["get"]), (["applications"], [own], ["get"])]


@pytest.mark.parametrize("user", ["a'b", "a\nb", "{{ name }}", "x" * 201])
def test_a_text_that_names_no_user_is_refused(user: str) -> None:
    with pytest.raises(BadInput, match="cannot be a user's name"):
        check_user(user)
