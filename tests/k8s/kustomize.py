"""Renders overlays and combinations of components, and keeps what was rendered."""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from itertools import combinations
from pathlib import Path

from gitops.manifests.objects import Object, parse
from tests.conftest import need

K8S = Path(__file__).resolve().parents[2] / "k8s"
OVERLAYS = sorted(folder.name for folder in (K8S / "overlays").iterdir())
COMPONENTS = sorted(folder.name for folder in (K8S / "components").iterdir())
COMBINATIONS = [some for count in range(len(COMPONENTS) + 1) for some in combinations(COMPONENTS, count)]
AT_ONCE = 16


def build(folder: Path) -> tuple[Object, ...]:
    """The objects of a folder with a kustomization. Raises CalledProcessError when it does not render."""
    return tuple(parse(render(folder)))


def render(folder: Path) -> str:
    kustomize = need(
        "kustomize", "Debian's kustomize, or see https://kubectl.docs.kubernetes.io/installation/kustomize/"
    )
    return subprocess.run([kustomize, "build", folder], stdout=subprocess.PIPE, text=True, check=True).stdout


@cache
def overlay(name: str) -> tuple[Object, ...]:
    return build(K8S / "overlays" / name)


@cache
def combination(components: tuple[str, ...]) -> tuple[Object, ...]:
    """The base with these components, in a namespace of its own."""
    number = COMBINATIONS.index(components)
    documents = _batch(number // AT_ONCE).split("\n---\n")
    own = [text.replace(_namespace(number), "combined") for text in documents if _namespace(number) in text]
    return tuple(parse("\n---\n".join(own)))


@cache
def _batch(number: int) -> str:
    """So many combinations at once: kustomize takes longer to start than to render one."""
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder).resolve()
        batch = range(number * AT_ONCE, min((number + 1) * AT_ONCE, len(COMBINATIONS)))
        for combined in batch:
            k8s = os.path.relpath(K8S, there / str(combined))
            kustomization = {
                "namespace": _namespace(combined),
                "resources": [f"{k8s}/base"],
                "components": [f"{k8s}/components/{component}" for component in COMBINATIONS[combined]],
                # The base names no tag: every overlay does.
                "images": [
                    {"name": f"k8s-practice-{part}", "newTag": "sha-1"} for part in ("backend", "frontend", "library")
                ],
            }
            _write(there / str(combined), kustomization)
        _write(there, {"resources": [str(combined) for combined in batch]})
        return render(there)


def _namespace(number: int) -> str:
    return f"combined-{number:03}"


def _write(folder: Path, kustomization: Mapping[str, object]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "kustomization.yaml").write_text(json.dumps(kustomization))
