"""What incidents are tried on: this repository's manifests, with the overlay of a student beside it."""

from functools import cache

from gitops.git.client import Git
from gitops.git.repository import Repository
from gitops.operations.context import Context
from gitops.overlays.store import LOCAL
from gitops.practice import proof
from gitops.practice.proof import STUDENT, Ground
from gitops.registry import open_registry
from tests.gitops.support.sandbox import ROOT

OVERLAYS = (LOCAL, STUDENT)


@cache
def _grounds() -> dict[str, Ground]:
    registry = open_registry("ghcr.io", environment={})
    grounds = proof.grounds(Git(ROOT), Context(Repository("class", "k8s-practice"), registry))
    registry.close()
    return {tried_on.overlay: tried_on for tried_on in grounds}


def ground(overlay: str) -> Ground:
    return _grounds()[overlay]
