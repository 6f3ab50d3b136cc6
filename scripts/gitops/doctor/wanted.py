"""The images that the overlays want from the workflows."""

from collections.abc import Iterator
from dataclasses import dataclass

from gitops.doctor.actions.events import COMMIT
from gitops.doctor.actions.sample_names import OWNER
from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Node
from gitops.image_tags import tag_of
from gitops.model import COMPONENTS, Component

REGISTRY = "ghcr.io"


@dataclass(frozen=True)
class Wanted:
    """`node` is the name in the first overlay that asks for it."""

    component: Component
    node: Node

    @property
    def name(self) -> str:
        """The image's name under the sample owner."""
        return f"{REGISTRY}/{OWNER.lower()}/{self.component.image}"

    @property
    def reference(self) -> str:
        """The reference that `gitops update` looks for after the sample commit was pushed."""
        return f"{self.name}:{tag_of(COMMIT)}"


def images(checkout: Checkout) -> list[Wanted]:
    """The images of this application's components; empty in a repository that deploys something else."""
    by_name: dict[str, Wanted] = {}
    for node in _names(checkout):
        if len(by_name) == len(COMPONENTS):
            break
        component = next((known for known in COMPONENTS.values() if known.image == node.text.rpartition("/")[2]), None)
        if component and node.text.startswith(f"{REGISTRY}/"):
            by_name.setdefault(component.name, Wanted(component, node))
    return list(by_name.values())


def _names(checkout: Checkout) -> Iterator[Node]:
    return (entry.at("newName") for overlay in checkout.overlays.values() for entry in overlay.at("images").items())
