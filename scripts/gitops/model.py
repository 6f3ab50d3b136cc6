"""The values that all parts share."""

from dataclasses import dataclass
from typing import Literal

from gitops.image_tags import NOT_DEPLOYED, commit_of, tag_of

NO_DIGEST = f"sha256:{'0' * 64}"


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
