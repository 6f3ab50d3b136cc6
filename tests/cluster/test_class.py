"""A class on one cluster: an Application for every student, confined to the student's namespace."""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bootstrap.cluster import argocd
from bootstrap.cluster.fork import DEPLOYED
from bootstrap.cluster.programs import kubectl
from bootstrap.cluster.timeline import Timeline, wait
from tests.cluster.loop import PATIENCE, Loop

pytestmark = pytest.mark.timeout(900)
STUDENTS = [f"student-{number:02}" for number in range(1, 31)]
CLASS = "k8s/argocd-applications/class"
# Thirty times four pods would not fit on a small machine.
ASLEEP = "\nreplicas:\n  - name: backend\n    count: 0\n  - name: frontend\n    count: 0\n"
ROLE = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: mine}\nrules: []\n"
CONTAINERS = "{restartPolicy: Never, containers: [{name: x, image: x}]}"
JOB = f"apiVersion: batch/v1\nkind: Job\nmetadata: {{name: mine}}\nspec: {{template: {{spec: {CONTAINERS}}}}}\n"


@dataclass(frozen=True)
class Edit:
    """What somebody writes into an overlay, with a file beside it, and what Argo CD says of it."""

    student: str
    old: str
    new: str
    file: str = ""
    message: str = ""


FAULTS = (
    Edit("student-01", "resources:", "resources:\n  - mine.yaml", ROLE, "ClusterRole is not permitted in project"),
    Edit("student-02", "resources:", "resources:\n  - mine.yaml", JOB, "Job is not permitted in project"),
    Edit("student-03", "namespace: 'student-03'", "namespace: student-30", "", "namespace student-30 is not permitted"),
    Edit("student-04", "../../base", "../../bass", "", "kustomize build"),
)


@pytest.fixture
def students(loop: Loop) -> Iterator[None]:
    loop.fork.gitops("student", "add", *STUDENTS)
    commit(loop, [Edit(name, "\nimages:", f"{ASLEEP}\nimages:") for name in STUDENTS])
    projects = [loop.fork.read(f"{CLASS}/{name}.yaml") for name in STUDENTS]
    kubectl("apply", "--filename", "-", feed="\n---\n".join(projects))
    kubectl("apply", "--filename", "-", feed=application_set(loop))
    # Its controller hears of pushes by a webhook of its own, and else looks every three minutes.
    loop.announce()
    yield
    gone = ("--ignore-not-found", "--wait=false")
    kubectl("--namespace", "argocd", "delete", "applicationset", "gutenberg-search-class", "--timeout=3m")
    kubectl("--namespace", "argocd", "delete", "application", *map("gutenberg-search-{}".format, STUDENTS), *gone)
    kubectl("delete", "namespace", *STUDENTS, *gone)
    loop.fork.gitops("student", "remove", *STUDENTS)


def test_thirty_students_have_an_application_each_and_none_can_harm_another(loop: Loop, students: None) -> None:
    timeline = Timeline()
    wait("30 healthy Applications", lambda: healthy(STUDENTS), PATIENCE, lambda: str(states()))
    timeline.mark("30 Applications are Synced and Healthy")
    commit(loop, FAULTS)
    loop.announce()
    wait("four refusals", lambda: all(map(refused, FAULTS)), PATIENCE, lambda: "\n".join(map(said, FAULTS)))
    print(*map(said, FAULTS), sep="\n")
    assert healthy({*STUDENTS} - {fault.student for fault in FAULTS})
    assert argocd.sync(loop.fork.application)[1] == "Healthy"


def refused(fault: Edit) -> bool:
    return fault.message in said(fault)


def said(fault: Edit) -> str:
    return argocd.trouble(f"gutenberg-search-{fault.student}").replace(":", " ")


def application_set(loop: Loop) -> str:
    """For the students alone, from the repository that this cluster has a copy of."""
    text = loop.fork.read(f"{CLASS}/applicationset.yaml")
    text = re.sub(r"repoURL: \S+", f"repoURL: {loop.fork.place.git_url}/{loop.fork.slug}", text)
    return text.replace("path: k8s/overlays/*", "path: k8s/overlays/student-*")


def commit(loop: Loop, edits: Iterable[Edit]) -> None:
    """Commits to the branch that Argo CD follows."""
    fork = loop.fork
    fork.git("fetch", "--quiet", "origin", DEPLOYED)
    fork.git("checkout", "--quiet", "--force", "--detach", "FETCH_HEAD")
    for edit in edits:
        folder = fork.clone / f"k8s/overlays/{edit.student}"
        text = (folder / "kustomization.yaml").read_text()
        assert edit.old in text
        (folder / "kustomization.yaml").write_text(text.replace(edit.old, edit.new, 1))
        if edit.file:
            (folder / "mine.yaml").write_text(edit.file)
    fork.git("add", "--all")
    fork.git("-c", "user.name=A Person", "-c", "user.email=person@example.org", "commit", "--quiet", "-m", "Change")
    fork.git("push", "--quiet", "origin", f"HEAD:{DEPLOYED}")


def states() -> dict[str, tuple[str, str]]:
    """Sync and health of each Application."""
    listed = json.loads(kubectl("--namespace", "argocd", "get", "applications", "--output=json"))["items"]
    found = {one["metadata"]["name"].removeprefix("gutenberg-search-"): one.get("status", {}) for one in listed}
    return {name: (_status(one, "sync"), _status(one, "health")) for name, one in found.items()}


def _status(status: dict[str, Any], key: str) -> str:
    return str(status.get(key, {}).get("status", ""))


def healthy(names: Collection[str]) -> bool:
    found = states()
    return all(found.get(name) == ("Synced", "Healthy") for name in names)
