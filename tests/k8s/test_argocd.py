"""What Argo CD is told fits what is there, confines each student, and deletes no class by mistake."""

import json
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from gitops.git.repository import from_url
from gitops.manifests.objects import Object, parse
from gitops.manifests.rules.projects import permitted_by
from tests.k8s.kustomize import COMPONENTS, K8S, OVERLAYS, combination, overlay
from tests.k8s.schema import mistakes, supported_versions

ROOT = K8S.parent
APPLICATIONS = K8S / "argocd-applications"
RESTRICTED = {
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
}


def read(path: Path) -> list[Object]:
    return parse(path.read_text(encoding="utf-8"))


def application_set() -> Object:
    return read(APPLICATIONS / "class/applicationset.yaml")[0]


def students() -> list[str]:
    """The overlays that the ApplicationSet's generator chooses."""
    directories = application_set()["spec"]["generators"][0]["git"]["directories"]
    folders = [f"k8s/overlays/{folder.name}" for folder in (K8S / "overlays").iterdir()]

    def listed(folder: str, exclude: bool) -> bool:
        return any(
            fnmatchcase(folder, directory["path"])
            for directory in directories
            if directory.get("exclude", False) is exclude
        )

    return sorted(Path(folder).name for folder in folders if listed(folder, False) and not listed(folder, True))


def generated(student: str) -> dict[str, Any]:
    """The Application that the ApplicationSet makes of a student's overlay."""
    template = json.dumps(application_set()["spec"]["template"])
    filled = template.replace("{{ .path.basename }}", student).replace("{{ .path.path }}", f"k8s/overlays/{student}")
    assert "{{" not in filled
    application: dict[str, Any] = json.loads(filled)
    return application


@pytest.mark.parametrize("file", sorted(APPLICATIONS.rglob("*.yaml")), ids=lambda file: file.name)
def test_the_cluster_accepts_it(file: Path) -> None:
    assert [mistakes(tuple(read(file)), version) for version in supported_versions()] == [[], []]


class TestApplication:
    @pytest.fixture(params=sorted(APPLICATIONS.glob("*.yaml")), ids=lambda file: file.name)
    def application(self, request: pytest.FixtureRequest) -> Object:
        return read(request.param)[0]

    def test_it_deploys_the_overlay_to_the_overlays_namespace(self, application: Object) -> None:
        spec = application["spec"]
        name = Path(spec["source"]["path"]).name
        assert application["metadata"]["name"] == f"gutenberg-search-{name}"
        assert application["metadata"]["namespace"] == "argocd"
        assert spec["source"]["path"] == f"k8s/overlays/{name}"
        assert {spec["destination"]["namespace"]} == {one["metadata"]["namespace"] for one in overlay(name)}

    def test_it_follows_git_alone(self, application: Object) -> None:
        spec = application["spec"]
        assert spec["syncPolicy"]["automated"] == {"prune": True, "selfHeal": True}
        assert spec["source"].keys() == {"repoURL", "targetRevision", "path"}

    def test_its_namespace_enforces_restricted_pod_security(self, application: Object) -> None:
        """Made here in the default project; a student's project permits no namespace, so the teacher makes it."""
        policy = application["spec"]["syncPolicy"]
        makes_it = "CreateNamespace=true" in policy["syncOptions"]
        assert makes_it is (application["spec"]["project"] == "default")
        assert not makes_it or policy["managedNamespaceMetadata"]["labels"] == RESTRICTED

    def test_it_is_rendered_again_for_whatever_it_is_made_of_and_nothing_else(self, application: Object) -> None:
        folder = ROOT / application["spec"]["source"]["path"]
        listed = application["metadata"]["annotations"]["argocd.argoproj.io/manifest-generate-paths"].split(";")
        assert {(folder / path).resolve() for path in listed} == {folder, K8S / "base", K8S / "components"}


class TestApplicationSet:
    def test_it_takes_the_overlays_of_students(self) -> None:
        assert students() == sorted(set(OVERLAYS) - {"local", "production"})

    @pytest.mark.parametrize("student", students())
    def test_each_overlay_is_in_the_namespace_of_its_name(self, student: str) -> None:
        assert {one["metadata"]["namespace"] for one in overlay(student)} == {student}

    def test_it_deletes_no_application_and_nothing_that_one_deployed(self) -> None:
        assert application_set()["spec"]["syncPolicy"] == {
            "applicationsSync": "create-update",
            "preserveResourcesOnDeletion": True,
        }
        assert "finalizers" not in application_set()["spec"]["template"]["metadata"]

    def test_a_misspelt_field_is_an_error(self) -> None:
        spec = application_set()["spec"]
        assert (spec["goTemplate"], spec["goTemplateOptions"]) == (True, ["missingkey=error"])

    @pytest.mark.parametrize("file", sorted(APPLICATIONS.glob("*-application.yaml")), ids=lambda file: file.name)
    def test_it_deploys_what_an_application_of_ones_own_does(self, file: Path) -> None:
        own = read(file)[0]
        made = generated(own["spec"]["destination"]["namespace"])
        assert made["metadata"]["name"] == own["metadata"]["name"]
        assert made["metadata"]["annotations"] == own["metadata"]["annotations"]
        for field in ("source", "destination", "revisionHistoryLimit"):
            assert made["spec"][field] == own["spec"][field]
        for field in ("automated", "retry"):
            assert made["spec"]["syncPolicy"][field] == own["spec"]["syncPolicy"][field]


@pytest.mark.parametrize("student", students())
class TestStudent:
    @pytest.fixture
    def given(self, student: str) -> dict[str, Object]:
        return {one["kind"]: one for one in read(APPLICATIONS / f"class/{student}.yaml")}

    def test_the_namespace_enforces_restricted_pod_security(self, student: str, given: dict[str, Object]) -> None:
        assert given["Namespace"]["metadata"] == {"name": student, "labels": RESTRICTED}

    def test_the_project_is_the_students_and_of_this_repository(self, student: str, given: dict[str, Object]) -> None:
        made = generated(student)["spec"]
        repository = from_url(made["source"]["repoURL"])
        assert repository
        assert given["AppProject"]["metadata"] == {"name": made["project"], "namespace": "argocd"}
        assert given["AppProject"]["spec"]["sourceRepos"] == [repository.forks]
        assert given["AppProject"]["spec"]["destinations"] == [made["destination"]]

    def test_no_student_writes_what_says_where_manifests_come_from(
        self, student: str, given: dict[str, Object]
    ) -> None:
        permitted = permitted_by(given["AppProject"])
        for kind in ("Application", "ApplicationSet", "AppProject"):
            item = {"apiVersion": "argoproj.io/v1alpha1", "kind": kind, "metadata": {"namespace": student}}
            assert permitted([item])

    def test_the_project_permits_the_overlay(self, student: str, given: dict[str, Object]) -> None:
        assert permitted_by(given["AppProject"])(overlay(student)) == []

    def test_the_project_permits_every_component(self, student: str, given: dict[str, Object]) -> None:
        metadata = {"name": "any", "namespace": student}
        objects = [{**one, "metadata": metadata} for one in combination(tuple(COMPONENTS))]
        assert permitted_by(given["AppProject"])(objects) == []

    def test_no_namespace_is_made_that_the_project_would_not_permit(
        self, student: str, given: dict[str, Object]
    ) -> None:
        assert given["AppProject"]["spec"]["clusterResourceWhitelist"] == []
        assert "CreateNamespace=true" not in generated(student)["spec"]["syncPolicy"]["syncOptions"]


def test_an_owner_is_named_only_where_images_and_the_repository_are() -> None:
    """Nothing else names the repository, so a fork has nothing else to change."""
    named = r"(ghcr\.io|github\.com)/(?!\*/)"
    allowed = r"    newName: ghcr\.io/\S+|\s+repoURL: https://github\.com/\S+"
    for file in K8S.rglob("*.yaml"):
        for line in file.read_text(encoding="utf-8").splitlines():
            assert not re.search(named, line) or re.fullmatch(allowed, line), f"{file.name}: {line}"
