"""A class on the cluster: what a teacher applies, and students who practise."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bootstrap.cluster.programs import kubectl
from gitops.overlays.overlay_names import application
from tests.cluster.loop import PATIENCE, Loop
from tests.cluster.student import USER, Student
from tests.k8s.kustomize import K8S

FOLDER = "k8s/argocd-applications/class"
README = K8S / "README.md"
APPLICATION_SET = "gutenberg-search-class"
PREFIX = "practice"


def apply(loop: Loop, prefix: str, names: Sequence[str]) -> None:
    """Applies what a teacher applies for students whose names have this prefix, and asks for them at once instead of
    waiting for minutes, as the README says."""
    kubectl("apply", "--filename", "-", feed=projects(loop, names))
    kubectl("apply", "--filename", "-", feed=application_set(loop, prefix))
    # The controller ignores a request that comes during its first look.
    looked = ("--for=condition=ResourcesUpToDate", f"--timeout={PATIENCE}s")
    kubectl("--namespace", "argocd", "wait", f"applicationset/{APPLICATION_SET}-{prefix}", *looked)
    ask_for_new_students(prefix)


def ask_for_new_students(prefix: str) -> None:
    (line,) = re.findall(r"^kubectl (.* annotate applicationset .*)$", README.read_text(encoding="utf-8"), re.MULTILINE)
    kubectl(*line.replace(APPLICATION_SET, f"{APPLICATION_SET}-{prefix}").split(), "--overwrite")


def application_set(loop: Loop, prefix: str) -> str:
    """The class's ApplicationSet for names with this prefix. It reads this cluster's copy of the repository, once an
    hour, so that tests must announce a push."""
    text = here(loop, loop.fork.read(f"{FOLDER}/applicationset.yaml"))
    text = text.replace("  - git:\n", "  - git:\n        requeueAfterSeconds: 3600\n")
    text = text.replace(f"name: {APPLICATION_SET}\n", f"name: {APPLICATION_SET}-{prefix}\n")
    return text.replace("path: k8s/overlays/*", f"path: k8s/overlays/{prefix}-*")


def here(loop: Loop, text: str) -> str:
    return re.sub(r"repoURL: \S+", f"repoURL: {loop.fork.endpoints.git_url}/{loop.fork.slug}", text)


def projects(loop: Loop, names: Sequence[str]) -> str:
    return "\n---\n".join(loop.fork.read(f"{FOLDER}/{name}.yaml") for name in names)


def remove(prefix: str, names: Sequence[str]) -> None:
    """Deletes from the cluster what was applied for a class."""
    applications, gone = list(map(application, names)), ("--ignore-not-found", "--wait=false")
    kubectl("--namespace", "argocd", "delete", "applicationset", f"{APPLICATION_SET}-{prefix}", "--timeout=3m")
    for kind in ("application", "appproject", "role", "rolebinding"):
        kubectl("--namespace", "argocd", "delete", kind, *applications, *gone)
    kubectl("delete", "namespace", *names, *gone)


@contextmanager
def practising(loop: Loop, folder: Path, *names: str) -> Iterator[list[Student]]:
    """An open class of students whose names begin with PREFIX, once their pages are healthy."""
    file = folder / "students.csv"
    file.write_text("\n".join(["name", *names]), encoding="utf-8")
    loop.fork.gitops("student", "add", *names, "--user", USER)
    loop.fork.gitops("practice", "open", "--file", str(file))
    apply(loop, PREFIX, names)
    made = [Student(loop, name, folder) for name in names]
    for student in made:
        student.enter()
    try:
        yield made
    finally:
        remove(PREFIX, names)
        loop.fork.gitops("practice", "close", "--delete-branches")
        loop.fork.gitops("student", "remove", *names)
