"""What of a repository is a student's: the shared manifests, the own overlay, and what tells Argo CD of it."""

import re
from functools import cache, lru_cache

from gitops.overlays.overlay_names import APPLICATIONS
from gitops.overlays.store import OVERLAYS
from gitops.practice.diffs import Files


def files(manifests: Files, overlay: str) -> dict[str, str]:
    """Without other overlays and their Applications."""
    return {path: text for path, text in manifests.items() if _is_shared(path) or _is_own(path, overlay)}


def anonymous(manifests: Files, overlay: str) -> tuple[object, ...]:
    """The same for two students whose manifests are, but for their names, and so are judged the same.

    A name that the shared manifests have too means something there, and stays.
    """
    word = _word(overlay)
    shared = {path: text for path, text in manifests.items() if _is_shared(path)}
    if any(_has(text, word) for path, text in shared.items() if not path.endswith(".md")):
        return (overlay, *sorted(manifests.items()))
    rest = {path: text for path, text in manifests.items() if path not in shared}
    changed = ((word.sub("*", path), word.sub("*", text)) for path, text in rest.items())
    return ("", *sorted(shared.items()), *sorted(changed))


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])")


@lru_cache(maxsize=100_000)
def _has(text: str, word: re.Pattern[str]) -> bool:
    """Most of what is shared is the same in every commit of every student."""
    return word.search(text) is not None


def _is_shared(path: str) -> bool:
    return not path.startswith((f"{OVERLAYS}/", f"{APPLICATIONS}/")) or path.endswith("/class/applicationset.yaml")


def _is_own(path: str, overlay: str) -> bool:
    names = (
        f"{OVERLAYS}/{overlay}/",
        f"{APPLICATIONS}/{overlay}-application.yaml",
        f"{APPLICATIONS}/class/{overlay}.yaml",
    )
    return path.startswith(names)
