"""The values that all parts share."""

import re
from dataclasses import dataclass
from typing import Literal

NOT_DEPLOYED = "0" * 40
"""The commit in the tag of an overlay that has never been deployed; its digest is zeros too."""

NO_DIGEST = f"sha256:{'0' * 64}"

_TAG = re.compile(r"sha-([0-9a-f]{40})")


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the application that is built into an image of its own."""

    name: str

    @property
    def paths(self) -> tuple[str, ...]:
        """Files, and folders that end with a slash, of which a change asks for a new image."""
        workflows = (f".github/workflows/{workflow}.yml" for workflow in (f"{self.name}-ci", "image"))
        return (f"{self.name}/", *workflows)

    @property
    def image(self) -> str:
        """The image's name in k8s/base, and the last part of its name in a registry."""
        return f"k8s-practice-{self.name}"


COMPONENTS = {name: Component(name) for name in ("backend", "frontend")}


@dataclass(frozen=True, slots=True)
class Image:
    """An image as an overlay names it: `name` with registry and owner, without tag."""

    name: str
    tag: str
    digest: str

    @property
    def commit(self) -> str | None:
        """The commit that it was built from; None when it was never deployed, or the tag does not say."""
        return commit_of(self.tag)

    @property
    def reference(self) -> str:
        """As kustomize renders it."""
        return f"{self.name}:{self.tag}@{self.digest}"


def tag_of(commit: str) -> str:
    return f"sha-{commit}"


def commit_of(tag: str) -> str | None:
    """The commit that a tag of CI names; None for any other tag, and for the one that was never deployed."""
    match = _TAG.fullmatch(tag)
    return match[1] if match and match[1] != NOT_DEPLOYED else None


def not_deployed(name: str) -> Image:
    return Image(name, tag_of(NOT_DEPLOYED), NO_DIGEST)


@dataclass(frozen=True, slots=True)
class Hold:
    """Keeps a component where it is. A rollback notes what it left, so that repeating it changes nothing."""

    reason: str
    rolled_back_from: str | None = None


Relation = Literal["same", "ahead", "behind", "diverged"]
"""Where a commit is in history, seen from another."""


def short(commit: str | None) -> str:
    return commit[:7] if commit else "nothing"
