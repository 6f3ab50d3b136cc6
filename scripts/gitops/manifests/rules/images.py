"""Which images run."""

import re
from collections.abc import Iterator

from gitops.manifests.objects import Objects, Path, workloads
from gitops.manifests.rule import rule
from gitops.manifests.violation import Violation
from gitops.text import Text

_TAG = re.compile(r":([^:/@]+)(?:@|$)")


@rule(
    "error",
    why=Text(
        "What a node runs depends on when it last pulled.",
        "どの版が動くかは、ノードが最後にいつ取得したかで変わります。",
    ),
    fix=Text(
        "Let the overlay's `images` give tag and digest.", "オーバーレイの `images` にタグとダイジェストを書きます。"
    ),
)
def images_are_pinned(objects: Objects) -> list[Violation]:
    """A digest pins an image; `latest`, or no tag at all, pins nothing."""
    return [
        Violation(where, f"image {image} has {'the tag latest' if tag == 'latest' else 'no tag'}", path)
        for where, image, path in _images(objects)
        for tag in [tag_in(image)]
        if tag in (None, "latest") and "@" not in image
    ]


@rule(
    "error",
    why=Text(
        "No registry accepts upper case: InvalidImageName.",
        "大文字を受け付けるレジストリはありません（InvalidImageName）。",
    ),
    fix=Text(
        "Write the name in lower case; `gitops retarget` does.",
        "名前を小文字で書きます。`gitops retarget` が直します。",
    ),
)
def image_names_are_lower_case(objects: Objects) -> list[Violation]:
    """No registry accepts upper case before the tag, and kustomize does not mind it."""
    return [
        Violation(where, f"image {image} has upper-case letters in its name", path)
        for where, image, path in _images(objects)
        for name in [_TAG.sub("", image).partition("@")[0]]
        if name != name.lower()
    ]


def tag_in(image: str) -> str | None:
    tag = _TAG.search(image)
    return tag[1] if tag else None


def images_of(objects: Objects) -> set[str]:
    """The images of all containers."""
    return {image for _, image, _ in _images(objects)}


def _images(objects: Objects) -> Iterator[tuple[str, str, Path]]:
    for work in workloads(objects):
        for container in work.containers:
            yield work.reference, container.get("image", ""), work.of(container, "image")
