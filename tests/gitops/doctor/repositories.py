"""Repositories to examine: the real one, and what one edit of its text makes of it."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from gitops.doctor import checkout_reader
from gitops.doctor.checkout import Checkout, Rendered
from gitops.errors import BadInput
from gitops.git.client import Git
from gitops.git.repository import Repository
from gitops.overlays import store

ROOT = Path(__file__).resolve().parents[3]
REMOTE = Repository("Satomichi", "k8s-practice")

BACKEND_CI = ".github/workflows/backend-ci.yml"
FRONTEND_CI = ".github/workflows/frontend-ci.yml"
IMAGE_CI = ".github/workflows/image.yml"
DEPLOY = ".github/workflows/gitops-deploy.yml"
BASE = "k8s/base/kustomization.yaml"
OVERLAY = "k8s/overlays/satomichi/kustomization.yaml"
PRODUCTION = "k8s/overlays/production/kustomization.yaml"
APPLICATION = "k8s/argocd-applications/satomichi-application.yaml"
PROJECT = "k8s/argocd-applications/class/satomichi.yaml"
APPLICATION_SET = "k8s/argocd-applications/class/applicationset.yaml"


@dataclass(frozen=True)
class Edit:
    """Replaces the first occurrence of `old`; a file that does not exist yet begins empty."""

    path: str
    old: str
    new: str


@cache
def real() -> Checkout:
    """This repository, as it would be on GitHub."""
    checkout = checkout_reader.read_checkout(Git(ROOT), "origin", "main", "Satomichi/k8s-practice", rendering=False)
    return replace(checkout, remote=REMOTE, branches=frozenset({"main"}), rendered=rendered())


@cache
def rendered() -> dict[str, Rendered]:
    return _render(ROOT)


def edited(*edits: Edit, rendering: bool = False) -> Checkout:
    """The real repository after these edits; overlays are rendered anew only when that is asked for.

    Edits of BACKEND_CI are made in a simpler one, since most repositories have no common workflow for their images.
    """
    files = dict(real().files)
    if any(edit.path == BACKEND_CI for edit in edits):
        files[BACKEND_CI] = Path(__file__).with_name("simple-ci.yml").read_text(encoding="utf-8")
    for edit in edits:
        text = files.get(edit.path, "")
        assert edit.old in text, f"{edit.path} has no {edit.old!r}"
        files[edit.path] = text.replace(edit.old, edit.new, 1)
    paths = real().paths | {edit.path for edit in edits}
    changed = replace(real(), files=files, paths=paths)
    return replace(changed, rendered=_rendered_with(edits, files)) if rendering else changed


def _rendered_with(edits: Sequence[Edit], files: dict[str, str]) -> dict[str, Rendered]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "k8s", Path(folder, "k8s"))
        for edit in edits:
            file = Path(folder, edit.path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(files[edit.path], encoding="utf-8")
        return _render(Path(folder))


def _render(root: Path) -> dict[str, Rendered]:
    try:
        return checkout_reader.render_all(root, store.names(root))
    except BadInput as error:
        pytest.skip(f"kustomize is missing: {error.remedy}")
