"""Renders overlays with kustomize, and makes sure that the result names the images that it should."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from gitops.errors import BadInput, DoesNotRender
from gitops.overlays import Overlay

_SECONDS = 60
# Of `image:` lines only, since a ConfigMap may hold anything.
_IMAGE = re.compile(r"^\s*(?:- )?image: [\"']?([^\s\"']+)[\"']?$", re.MULTILINE)


def check_all(overlays: Iterable[Overlay]) -> None:
    """Raises DoesNotRender for the first overlay that does not render to the images that it names."""
    command = _command()
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda overlay: _check(overlay, command), overlays))


def render(overlay: Overlay) -> str:
    """The overlay's manifests."""
    return _render(overlay, _command())


def rendered_images(manifests: str) -> set[str]:
    return set(_IMAGE.findall(manifests))


def _check(overlay: Overlay, command: list[str]) -> None:
    rendered = rendered_images(_render(overlay, command))
    for component, image in overlay.images.items():
        if image.reference not in rendered:
            raise DoesNotRender(
                f"The overlay {overlay.name} should run {image.reference} as {component}, but no container of it does.",
                "A base with newName of its own, or another name in the container, hides the entry in `images`.",
            )


def _render(overlay: Overlay, command: list[str]) -> str:
    words = [*command, str(overlay.folder)]
    try:
        done = subprocess.run(words, capture_output=True, encoding="utf-8", errors="replace", timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise DoesNotRender(f"The overlay {overlay.name} does not render within {_SECONDS} seconds.") from error
    if done.returncode != 0:
        raise DoesNotRender(f"The overlay {overlay.name} does not render: {done.stderr.strip()}")
    return done.stdout


def _command() -> list[str]:
    for program, *verb in (["kustomize", "build"], ["kubectl", "kustomize"]):
        if shutil.which(program):
            return [program, *verb]
    raise BadInput(
        "What would be committed cannot be rendered: neither kustomize nor kubectl is on PATH.",
        "Install one of them, or say --no-render to commit unseen.",
        "https://kubectl.docs.kubernetes.io/installation/kustomize/",
    )
