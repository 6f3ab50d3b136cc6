"""The images that an overlay has named over time, by the commits of main that changed it."""

from collections.abc import Iterator
from dataclasses import dataclass

from gitops.git.client import Git
from gitops.model import Image
from gitops.overlays import store


@dataclass(frozen=True, slots=True)
class Deployment:
    """The commit that wrote an image into an overlay, and the image that was there before."""

    commit: str
    component: str
    image: Image
    previous: Image | None


def deployments(tree: Git, head: str, overlay: str) -> Iterator[Deployment]:
    """The deployments of both components, newest first. An overlay that could not be understood at some commit has none
    there."""
    commits = tree.commits_of(head, *store.kustomizations(overlay))
    images = _images(tree, commits[0], overlay) if commits else {}
    for commit, older in zip(commits, [*commits[1:], None], strict=True):
        before = _images(tree, older, overlay) if older else {}
        for component, image in images.items():
            if image.commit and image != before.get(component):
                yield Deployment(commit, component, image, before.get(component))
        images = before


def _images(tree: Git, commit: str, overlay: str) -> dict[str, Image]:
    texts = ((path, tree.text_at(commit, path)) for path in store.kustomizations(overlay))
    return next((store.images_in(text, path) for path, text in texts if text is not None), {})
