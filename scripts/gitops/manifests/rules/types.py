"""Values that the API server refuses because of their type."""

from collections.abc import Iterator
from typing import Any

from gitops.manifests.objects import Object, Objects, Path, as_yaml, group, reference
from gitops.manifests.quantity import quantity
from gitops.manifests.rule import rule
from gitops.manifests.violation import Violation
from gitops.text import Text

_WHOLE = {
    *("replicas", "minReplicas", "maxReplicas", "revisionHistoryLimit", "parallelism", "completions", "backoffLimit"),
    *("minReadySeconds", "terminationGracePeriodSeconds", "progressDeadlineSeconds", "activeDeadlineSeconds"),
    *("ttlSecondsAfterFinished", "initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold"),
    *("successThreshold", "containerPort", "hostPort", "nodePort", "runAsUser", "runAsGroup", "fsGroup", "seconds"),
}
_QUANTITIES = {"requests", "limits", "hard"}
# Kinds of these groups have the fields above, with these types.
_GROUPS = {"", "apps", "autoscaling", "batch", "policy"}
_TEXTS = {"labels", "annotations", "matchLabels", "selector", "nodeSelector"}


@rule(
    "error",
    why=Text("The API server refuses the object.", "API サーバーがオブジェクトを受け付けません。"),
    fix=Text(
        "Write a number without quotes or unit, and a quantity with one of Kubernetes' units.",
        "数は引用符も単位も付けずに書き、量は Kubernetes の単位で書きます。",
    ),
)
def numbers_are_numbers(objects: Objects) -> list[Violation]:
    """`5s` is not a number of seconds, and `"2"` is not a number of replicas."""
    return [
        Violation(reference(manifest), f"{path[-1]} is {as_yaml(value)}, which is {what}", path)
        for manifest in objects
        if group(manifest) in _GROUPS
        for path, value, what in _wrong(manifest.get("spec"), ("spec",))
    ]


def _wrong(value: Any, path: Path) -> Iterator[tuple[Path, Any, str]]:
    for key, child in _children(value):
        here = (*path, key)
        if child is None:
            continue  # as if it were not there
        if key in _WHOLE and (not isinstance(child, int) or isinstance(child, bool)):
            yield here, child, "no whole number"
        elif path[-1] in _QUANTITIES and not isinstance(child, (dict, list)) and not _is_quantity(child):
            yield here, child, "no quantity such as 250m or 128Mi"
        elif key not in _TEXTS:
            yield from _wrong(child, here)


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    """The keys and values of a value; an item of a list goes by its name, as in Path."""
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from ((_name(item) or index, item) for index, item in enumerate(value))


def _name(entry: Object) -> str:
    return str(entry.get("name") or "") if isinstance(entry, dict) else ""


def _is_quantity(value: Any) -> bool:
    try:
        quantity(value)
    except ValueError:
        return False
    return True
