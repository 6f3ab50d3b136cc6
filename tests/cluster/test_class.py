"""A class on one cluster: an Application for every student, confined to the student's namespace."""

import json
import re
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bootstrap.cluster import argocd
from bootstrap.cluster.fork import DEPLOYED
from bootstrap.cluster.programs import kubectl
from bootstrap.cluster.timeline import Timeline, wait
from tests.cluster.classroom import README, apply, ask_for_new_students, here, projects, remove
from tests.cluster.loop import PATIENCE, Loop

pytestmark = pytest.mark.timeout(900)
PREFIX = "student"
STUDENTS = [f"{PREFIX}-{number:02}" for number in range(1, 31)]
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


def shown(what: str, student: str) -> str:
    """What k8s/README.md says that Argo CD answers to ada, as it is for this student."""
    text = README.read_text(encoding="utf-8")
    (answer,) = re.findall(rf"^\| {re.escape(what)} \| «(.*)» \|$", text, re.MULTILINE)
    return str(answer).replace("ada", student).replace("bob", "student-30")


FAULTS = (
    Edit("student-01", "resources:", "resources:\n  - mine.yaml", ROLE, shown("a ClusterRole", "student-01")),
    Edit("student-02", "resources:", "resources:\n  - mine.yaml", JOB, shown("a Job", "student-02")),
    Edit("student-03", "'student-03'", "student-30", "", shown("bob's namespace", "student-03")),
    Edit("student-04", "../../base", "../../bass", "", "kustomize build"),
)
ADOPTED, REMOVED, ANNOUNCED, ASKED_FOR = "student-29", "student-28", "student-31", "student-32"


@pytest.fixture(scope="module")
def students(loop: Loop) -> Iterator[None]:
    loop.fork.gitops("student", "add", *STUDENTS)
    commit(loop, [Edit(name, "\nimages:", f"{ASLEEP}\nimages:") for name in STUDENTS])
    # One of them has an Application already, as for a student alone.
    kubectl("apply", "--filename", "-", feed=alone(loop, ADOPTED))
    apply(loop, PREFIX, STUDENTS)
    yield
    remove(PREFIX, [*STUDENTS, ANNOUNCED, ASKED_FOR])
    loop.fork.gitops("student", "remove", *overlays(loop))


def test_thirty_students_have_an_application_each_and_none_can_harm_another(loop: Loop, students: None) -> None:
    timeline = Timeline()
    wait("30 healthy Applications", lambda: healthy(STUDENTS), PATIENCE, lambda: str(states()))
    timeline.done("30 Applications are Synced and Healthy")
    commit(loop, FAULTS)
    loop.announce()
    wait("four refusals", lambda: all(map(refused, FAULTS)), PATIENCE, lambda: "\n".join(map(said, FAULTS)))
    print(*map(said, FAULTS), sep="\n")
    assert healthy({*STUDENTS} - {fault.student for fault in FAULTS})
    assert argocd.sync(loop.fork.application)[1] == "Healthy"


def test_an_application_that_was_there_belongs_to_the_class_and_takes_nothing_with_it(
    loop: Loop, students: None
) -> None:
    wait("its adoption", lambda: "ownerReferences" in metadata(ADOPTED), PATIENCE)
    assert "finalizers" not in metadata(ADOPTED)
    before, made = metadata(ADOPTED)["uid"], deployments(ADOPTED, "uid")
    argocd.delete(f"gutenberg-search-{ADOPTED}")
    wait("a new one", lambda: metadata(ADOPTED).get("uid", before) != before, PATIENCE)
    assert deployments(ADOPTED, "uid") == made


def test_whoever_removes_an_overlay_deletes_nothing(loop: Loop, students: None) -> None:
    # Before anyone is added: to git one who comes and one who goes are a renamed folder, in which Argo CD, told the new
    # name alone, sees no change.
    loop.fork.gitops("student", "remove", REMOVED)
    loop.announce()
    missing = f"k8s/overlays/{REMOVED}: app path does not exist"
    wait(missing, lambda: missing in said_of(REMOVED), PATIENCE, lambda: said_of(REMOVED))
    assert argocd.sync(f"gutenberg-search-{REMOVED}")[0] == "Unknown"
    assert deployments(REMOVED, "name") == ["backend", "frontend"]


def test_a_student_who_is_added_has_an_application_once_the_push_is_announced(loop: Loop, students: None) -> None:
    add(loop, ANNOUNCED)
    # Nobody has told the controller, which looks by itself but once an hour.
    time.sleep(5)
    assert metadata(ANNOUNCED) == {}
    loop.announce()
    wait("an Application", lambda: metadata(ANNOUNCED) != {}, PATIENCE)


def test_a_student_who_is_added_has_an_application_once_the_controller_is_asked(loop: Loop, students: None) -> None:
    add(loop, ASKED_FOR)

    def came_when_asked() -> bool:
        """Whoever asks while the controller looks is not heard, and asks again."""
        ask_for_new_students(PREFIX)
        return metadata(ASKED_FOR) != {}

    wait("an Application", came_when_asked, PATIENCE)


def add(loop: Loop, student: str) -> None:
    loop.fork.gitops("student", "add", student)
    kubectl("apply", "--filename", "-", feed=projects(loop, [student]))


def metadata(student: str) -> dict[str, Any]:
    found: dict[str, Any] = argocd.application(f"gutenberg-search-{student}").get("metadata", {})
    return found


def deployments(student: str, field: str) -> list[str]:
    """This field of the metadata of each."""
    show = f"--output=jsonpath={{.items[*].metadata.{field}}}"
    return kubectl("--namespace", student, "get", "deployments", show).split()


def overlays(loop: Loop) -> list[str]:
    """Of the students who are there now."""
    loop.fork.git("fetch", "--quiet", "origin", DEPLOYED)
    paths = loop.fork.git("ls-tree", "--name-only", "FETCH_HEAD", "k8s/overlays/").splitlines()
    return [Path(path).name for path in paths if "/student-" in path]


def refused(fault: Edit) -> bool:
    return fault.message in said(fault)


def said(fault: Edit) -> str:
    return said_of(fault.student)


def said_of(student: str) -> str:
    return argocd.trouble(f"gutenberg-search-{student}")


def alone(loop: Loop, student: str) -> str:
    """An Application as a student has it whose repository is nobody else's."""
    text = loop.fork.read(f"k8s/argocd-applications/{loop.namespace}-application.yaml")
    return here(loop, text.replace(loop.namespace, student))


def commit(loop: Loop, edits: Iterable[Edit]) -> None:
    with loop.deployed() as clone:
        for edit in edits:
            folder = clone / f"k8s/overlays/{edit.student}"
            text = (folder / "kustomization.yaml").read_text()
            assert edit.old in text
            (folder / "kustomization.yaml").write_text(text.replace(edit.old, edit.new, 1))
            if edit.file:
                (folder / "mine.yaml").write_text(edit.file)


def states() -> dict[str, tuple[str, str]]:
    """Sync and health of each Application."""
    listed = json.loads(kubectl("--namespace", "argocd", "get", "applications", "--output=json"))["items"]
    statuses = {
        application["metadata"]["name"].removeprefix("gutenberg-search-"): application.get("status", {})
        for application in listed
    }
    return {name: (_status(status, "sync"), _status(status, "health")) for name, status in statuses.items()}


def _status(status: dict[str, Any], key: str) -> str:
    return str(status.get(key, {}).get("status", ""))


def healthy(names: Collection[str]) -> bool:
    now = states()
    return all(now.get(name) == ("Synced", "Healthy") for name in names)
