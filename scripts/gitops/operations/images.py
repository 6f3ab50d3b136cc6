"""Which images the registry holds of the commits of main, and what was checked of them."""

from collections.abc import Collection

from gitops import desired
from gitops.errors import NoSuchImage, RegistryError
from gitops.model import Image
from gitops.operations.context import Context


def newest_images(
    context: Context, history: list[str], components: Collection[str]
) -> tuple[dict[str, Image | None], dict[str, RegistryError]]:
    """The newest image of each component, and the errors of those that the registry did not answer for.

    Raises RegistryError where that leaves no image at all.
    """
    newest, faults = dict[str, Image | None](), dict[str, RegistryError]()
    for component in components:
        try:
            newest[component] = newest_image(context, history, component)
        except RegistryError as error:
            faults[component] = error
    if faults and not any(newest.values()):
        raise next(iter(faults.values()))
    return newest, faults


def newest_image(context: Context, history: list[str], component: str) -> Image | None:
    """The image of the newest of these commits, given newest first, that the registry holds."""
    for commit in desired.built_commits(history, context.registry.tags(context.path(component))):
        try:
            return context.verified_image(component, commit)
        except NoSuchImage:
            continue  # deleted since the tags were listed
    return None


def proof(context: Context) -> str:
    """What was checked of an image before an overlay names it."""
    platforms = ", ".join(context.registry.platforms)
    return f"Proof: {context.registry.host} holds each digest for {platforms}, and no label names another commit."
