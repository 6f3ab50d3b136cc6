"""Renders overlays and combinations of components, and keeps what was rendered."""

import json
import os
import subprocess
import tempfile
from functools import cache
from itertools import combinations
from pathlib import Path

from gitops.manifests.objects import Object, parse
from tests.conftest import need

K8S = Path(__file__).resolve().parents[2] / "k8s"
OVERLAYS = sorted(folder.name for folder in (K8S / "overlays").iterdir())
COMPONENTS = sorted(folder.name for folder in (K8S / "components").iterdir())
COMBINATIONS = [some for count in range(len(COMPONENTS) + 1) for some in combinations(COMPONENTS, count)]


def build(folder: Path) -> tuple[Object, ...]:
    """The objects of a folder with a kustomization. Raises CalledProcessError when it does not render."""
    kustomize = need(
        "kustomize", "Debian's kustomize, or see https://kubectl.docs.kubernetes.io/installation/kustomize/"
    )
    done = subprocess.run([kustomize, "build", folder], stdout=subprocess.PIPE, text=True, check=True)
    return tuple(parse(done.stdout))


@cache
def overlay(name: str) -> tuple[Object, ...]:
    return build(K8S / "overlays" / name)


@cache
def combination(components: tuple[str, ...]) -> tuple[Object, ...]:
    """The base with these components, in a namespace of its own."""
    with tempfile.TemporaryDirectory() as folder:
        there = os.path.relpath(K8S, Path(folder).resolve())
        kustomization = {
            "namespace": "combined",
            "resources": [f"{there}/base"],
            "components": [f"{there}/components/{component}" for component in components],
            # The base names no tag: every overlay does.
            "images": [
                {"name": f"k8s-practice-{part}", "newTag": "sha-1"} for part in ("backend", "frontend", "library")
            ],
        }
        Path(folder, "kustomization.yaml").write_text(json.dumps(kustomization))
        return build(Path(folder))
