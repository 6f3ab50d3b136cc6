"""What incidents are tried on: this repository's manifests, with the overlay of a student beside it."""

from functools import cache

from gitops.git import Git
from gitops.operations.context import Context
from gitops.operations.students import AddStudents
from gitops.practice import state
from gitops.practice.proof import Ground
from gitops.registry import open_registry
from gitops.repository import Repository
from tests.gitops.support.sandbox import ROOT

STUDENT = "ada"
OVERLAYS = ("local", STUDENT)


@cache
def ground(overlay: str) -> Ground:
    git = Git(ROOT)
    return Ground({**state.manifests_in(git), **_student()}, state.sources_in(git), overlay)


def _student() -> dict[str, str]:
    """What `gitops student add` makes."""
    registry = open_registry("ghcr.io", environment={})
    made = AddStudents(Context(Repository("class", "k8s-practice"), registry), [STUDENT]).files(STUDENT)
    registry.close()
    return made
