"""The tags of images: sha- and the commit that an image was built from, as .github/workflows/image.yml writes them."""

import re

NOT_DEPLOYED = "0" * 40
"""The commit in the tag of an overlay that has never been deployed; its digest is zeros too."""

_TAG = re.compile(r"sha-([0-9a-f]{40})")


def tag_of(commit: str) -> str:
    return f"sha-{commit}"


def commit_of(tag: str) -> str | None:
    """The commit that a tag of CI names; None for any other tag, and for the one that was never deployed."""
    match = _TAG.fullmatch(tag)
    return match[1] if match and match[1] != NOT_DEPLOYED else None
