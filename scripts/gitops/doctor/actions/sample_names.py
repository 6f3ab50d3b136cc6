"""The sample repository's names: with capitals, which registries refuse, in owner and name."""

OWNER, NAME = "Ada-Lovelace", "K8s-Practice"
SLUG = f"{OWNER}/{NAME}"
SOMEBODY = "Grace-Hopper"
"""Owns a fork of it."""
FORK = f"{SOMEBODY}/{NAME}"

_ALL = {name.casefold() for name in (OWNER, SLUG, SOMEBODY, FORK)}


def stand_for_any(left: str, right: str) -> bool:
    """Whether a comparison depends on who owns the real repository: of a sample name with one that is none."""
    return (left.casefold() in _ALL) != (right.casefold() in _ALL)
