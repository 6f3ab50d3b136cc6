"""A class that practises: each incident comes through git and Argo CD, shows what it says, and is fixed by a push,
while others have others. All that students ask the cluster is asked with the rights that `student add --user` gives.
"""

from collections.abc import Iterator

import pytest

from bootstrap.cluster import argocd
from bootstrap.cluster.programs import attempt
from gitops.practice.incident import Incident
from tests.cluster.classroom import PREFIX, practising
from tests.cluster.loop import Loop
from tests.cluster.student import METRICS, Student
from tests.cluster.walkthroughs import INCIDENTS, Walkthroughs, at_work

pytestmark = pytest.mark.timeout(900)
NAMES = [f"{PREFIX}-{name}" for name in ("ada", "bob", "cleo", "dan", "eve", "finn", "gwen")]


@pytest.fixture(scope="module")
def students(loop: Loop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Student]]:
    with practising(loop, tmp_path_factory.mktemp("class"), *NAMES) as made:
        yield made


@pytest.fixture(scope="module")
def walkthroughs(request: pytest.FixtureRequest, students: list[Student]) -> Iterator[Walkthroughs]:
    """Of the incidents that are chosen and can be seen in this cluster."""
    calls = (item.callspec.params for item in request.session.items if hasattr(item, "callspec"))
    chosen = [call["incident"] for call in calls if "incident" in call]
    measured = attempt("kubectl", "top", "node").returncode == 0
    with at_work(students, [incident for incident in chosen if measured or METRICS not in incident.needs]) as begun:
        yield begun


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda one: one.id)
def test_an_incident_comes_through_git_shows_what_it_says_and_is_solved_by_a_push(
    walkthroughs: Walkthroughs, incident: Incident
) -> None:
    if incident.id not in walkthroughs:
        pytest.skip("the cluster measures nothing: install metrics-server")
    walkthroughs[incident.id].result()


def test_several_students_at_once_do_not_notice_each_other(
    loop: Loop, students: list[Student], walkthroughs: Walkthroughs
) -> None:
    """Each check named what was that student's, and nothing else, though so many pages were broken at the same time."""
    done = [walked.result() for walked in walkthroughs.values()]
    assert max(sum(walked.broken <= other.broken <= walked.solved for walked in done) for other in done) >= 3
    for student in students:
        resources = argocd.application(student.application)["status"]["resources"]
        assert {resource["namespace"] for resource in resources} == {student.name}
    assert argocd.sync(loop.fork.application)[:2] == ("Synced", "Healthy")


def test_a_student_looks_at_the_own_namespace_and_changes_nothing(students: list[Student]) -> None:
    ada, bob, *_ = students
    own, other = ("--namespace", ada.name), ("--namespace", bob.name)
    page = f"/api/v1/namespaces/{bob.name}/services/frontend:http/proxy/"
    for words in (
        *((*where, "get", "secrets") for where in (own, other, ())),
        *((*where, "create", "configmap", "mine") for where in (own, other, ())),
        *((*where, "get", "pods") for where in (other, ("--namespace", "argocd"))),
        ("get", "pods", "--all-namespaces"),
        (*own, "delete", "pods", "--all"),
        (*own, "scale", "deployment/backend", "--replicas=9"),
        (*own, "delete", "resourcequota", "class"),
        (*own, "exec", "deployment/backend", "--", "id"),
        (*own, "create", "rolebinding", "mine", "--clusterrole=admin", f"--user={ada.name}"),
        ("label", "namespace", ada.name, "pod-security.kubernetes.io/enforce=privileged", "--overwrite"),
        ("get", "--raw", page),
        ("--namespace", "argocd", "get", "application", bob.application),
        ("--namespace", "argocd", "patch", "application", ada.application, "--type=merge", "--patch={}"),
        ("--namespace", "argocd", "get", "appproject", ada.application),
    ):
        assert "forbidden" in ada.kubectl(*words).stderr.lower(), words
    for words in ((*own, "get", "pods"), ("--namespace", "argocd", "get", "application", ada.application)):
        assert ada.kubectl(*words).returncode == 0, words
