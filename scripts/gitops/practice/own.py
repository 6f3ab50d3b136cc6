"""Which files concern a student: the shared manifests, the student's overlay and its Argo CD Application."""

import re
from functools import cache, lru_cache

from gitops.overlays.overlay_names import APPLICATIONS
from gitops.overlays.store import OVERLAYS
from gitops.practice.diffs import Files


def files(manifests: Files, overlay: str) -> dict[str, str]:
    """The manifests without other overlays and their Applications."""
    return {path: text for path, text in manifests.items() if _is_shared(path) or _is_own(path, overlay)}


def anonymous(manifests: Files, overlay: str) -> tuple[object, ...]:
    """A key that is equal for two students whose manifests differ only in their names, and so are judged alike.

    A name that also occurs in the shared manifests has a meaning there, and is not replaced.
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
    """Cached, since most shared files are the same in every commit of every student."""
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
