"""What every operation works with."""

from collections.abc import Collection
from dataclasses import dataclass

from gitops.errors import BadInput
from gitops.git.repository import Repository
from gitops.image_tags import tag_of
from gitops.model import COMPONENTS, Image
from gitops.registry import Registry


@dataclass(frozen=True)
class Context:
    """`branch` is what images are built from, `deploy_branch` what Argo CD follows; None if both are the same."""

    repository: Repository
    registry: Registry
    branch: str = "main"
    deploy_branch: str | None = None

    @property
    def followed(self) -> str:
        """The branch that Argo CD follows."""
        return self.deploy_branch or self.branch

    def image_name(self, component: str) -> str:
        return self.repository.image_names(self.registry.host)[component]

    def path(self, component: str) -> str:
        """The component's image repository, without the registry's host."""
        return self.repository.image_repository(COMPONENTS[component])

    def verified_image(self, component: str, commit: str) -> Image:
        """The image of a commit. Raises NoSuchImage, and WrongContent when it is not what its tag says."""
        digest = self.registry.verified(self.path(component), commit)
        return Image(self.image_name(component), tag_of(commit), digest)


def chosen(component: str | None) -> Collection[str]:
    """The component that was named, or all of them. Raises BadInput when there is none of that name."""
    if component is None:
        return COMPONENTS
    if component not in COMPONENTS:
        raise BadInput(f"There is no component {component!r}.", f"These are there: {', '.join(COMPONENTS)}.")
    return [component]
