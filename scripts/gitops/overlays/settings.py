"""What gitops alone reads of an overlay, in its gitops.yaml: what it follows, and which components are held."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gitops.model import COMPONENTS, Hold

NAME = "gitops.yaml"
MAIN = "main"
_KEYS, _KEYS_OF_A_HOLD = ("follows", "holds"), ("reason", "rolled-back-from")
NO_REASON = "no reason given"


@dataclass(frozen=True, slots=True)
class Fault:
    """`path`: the keys that lead to the value that cannot be used."""

    path: tuple[Any, ...]
    what: str


def faults(settings: Any) -> Iterator[Fault]:
    """What keeps the settings from being understood: with one fault, the overlay is left as it is."""
    if not isinstance(settings, Mapping):
        yield Fault((), "it should hold one YAML mapping")
        return
    yield from _unknown(settings, _KEYS)
    yield from _no_text(settings, "follows")
    holds = settings.get("holds") or {}
    if not isinstance(holds, Mapping):
        yield Fault(("holds",), "`holds` should be a mapping from component to a mapping with `reason`")
        return
    yield from _unknown(holds, COMPONENTS, "holds")
    for component in (known for known in COMPONENTS if known in holds):
        yield from _of_hold(component, holds[component])


def follows(settings: Mapping[str, Any]) -> str:
    """`main`, or the name of the overlay from which this one is promoted by hand."""
    return str(settings.get("follows", MAIN))


def holds(settings: Mapping[str, Any]) -> dict[str, Hold]:
    """The held components; the settings have no fault."""
    return {
        component: Hold(hold.get("reason", NO_REASON), hold.get("rolled-back-from"))
        for component, hold in (settings.get("holds") or {}).items()
    }


def _of_hold(component: str, hold: Any) -> Iterator[Fault]:
    if not isinstance(hold, Mapping):
        yield Fault(("holds", component), f"the hold of {component} should be a mapping with `reason`")
        return
    yield from _unknown(hold, _KEYS_OF_A_HOLD, "holds", component)
    for key in _KEYS_OF_A_HOLD:
        yield from _no_text(hold, key, "holds", component)


def _unknown(mapping: Mapping[Any, Any], known: Collection[str], *path: str) -> Iterator[Fault]:
    for key in mapping:
        if key not in known:
            yield Fault((*path, key), f"the key {str(key)!r} is none of {', '.join(known)}")


def _no_text(mapping: Mapping[Any, Any], key: str, *path: str) -> Iterator[Fault]:
    if not isinstance(mapping.get(key, ""), str):
        yield Fault((*path, key), f"`{key}: {mapping[key]}` is not text; put it in quotes")
