"""What should be deployed, decided by pure functions: nothing here reads or writes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gitops.image_tags import commit_of
from gitops.model import Hold, Image, Relation, short


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with one component of one overlay, and why. `image` is what the overlay should name afterwards."""

    action: Literal["deploy", "keep", "refuse"]
    image: Image
    reason: str


def built_commits(first_parents: Sequence[str], tags: Iterable[str]) -> Iterator[str]:
    """The commits of main, as given newest first, that the registry has a tag for."""
    built = {commit_of(tag) for tag in tags}
    return (commit for commit in first_parents if commit in built)


def decide(
    current: Image, newest: Image | None, relation: Relation | None, hold: Hold | None, *, present: bool = True
) -> Decision:
    """What to do with a component.

    `newest` is the image of the newest commit of main that the registry holds. `relation` says where that commit is,
    seen from the deployed one; None when nothing is deployed. `present`: the registry still holds the deployed digest.
    """
    if hold:
        return Decision("keep", current, f"held: {hold.reason}")
    if newest is None:
        return Decision("keep", current, "the registry holds no image of any commit of main")
    if current.commit is None:
        return Decision("deploy", newest, "nothing was deployed before")
    match relation:
        case "ahead":
            return Decision("deploy", newest, f"{short(newest.commit)} comes after {short(current.commit)}")
        case "same" if present:
            return Decision("keep", current, "it is the newest image")
        case "same":
            return Decision("deploy", newest, "the registry has lost the deployed digest, and has this one instead")
        case "behind":
            return Decision("keep", current, f"the newest image, {short(newest.commit)}, comes before it in history")
    return Decision("refuse", current, f"{short(current.commit)} is no ancestor of {short(newest.commit)}")


def behind(first_parents: Sequence[str], current: str | None, newest: str | None) -> int | None:
    """How many commits of main the newest image is ahead of the deployed one; None when that has no answer."""
    if current is None or newest is None:
        return None
    try:
        return max(0, first_parents.index(current) - first_parents.index(newest))
    except ValueError:
        return None


def build_needed(changed: Collection[str], paths: Iterable[str]) -> list[str]:
    """The changed files that a component is built from or tested by."""
    return [file for file in changed if any(_covers(path, file) for path in paths)]


def _covers(path: str, file: str) -> bool:
    return file.startswith(path) if path.endswith("/") else file == path
