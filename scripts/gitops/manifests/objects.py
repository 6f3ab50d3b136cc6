"""Kubernetes objects as they are parsed from YAML, and what the rules ask of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

Object = Mapping[str, Any]
Objects = Sequence[Object]
Labels = Mapping[str, str]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Workload:
    """A Deployment and the pods that it makes."""

    deployment: Object

    @property
    def name(self) -> str:
        return name(self.deployment)

    @property
    def reference(self) -> str:
        return reference(self.deployment)

    @property
    def labels(self) -> Labels:
        """The labels of its pods."""
        labels: Labels = at(self.deployment, "spec", "template", "metadata", "labels", default={})
        return labels

    @property
    def pod(self) -> Object:
        """The specification of its pods."""
        pod: Object = at(self.deployment, "spec", "template", "spec", default={})
        return pod

    @property
    def containers(self) -> list[Object]:
        return [*self.pod.get("initContainers", ()), *self.pod.get("containers", ())]

    @property
    def ports(self) -> dict[int, str]:
        """The names of its containers' ports by number; "" for a port without a name."""
        return {port["containerPort"]: port.get("name", "") for one in self.containers for port in one.get("ports", ())}

    def port(self, wanted: int | str) -> int | None:
        """The number of the port with this number or name. None when no container has it."""
        return next((number for number, name in self.ports.items() if wanted in (number, name)), None)


def parse(text: str) -> list[Object]:
    """The objects of a stream of YAML documents, without the empty ones. Raises yaml.YAMLError."""
    return [document for document in yaml.load_all(text, Loader=_LOADER) if document]


def at(value: Any, *path: str | int, default: Any = None) -> Any:
    """What is at the path of keys and indices, or the default when there is nothing."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return default
    return default if value is None else value


def name(one: Object) -> str:
    return str(at(one, "metadata", "name", default=""))


def reference(one: Object) -> str:
    """How kubectl calls it: Deployment/backend."""
    return f"{one.get('kind')}/{name(one)}"


def of_kind(objects: Objects, kind: str) -> Iterator[Object]:
    return (one for one in objects if one.get("kind") == kind)


def named(objects: Objects, kind: str, wanted: str) -> Object | None:
    return next((one for one in of_kind(objects, kind) if name(one) == wanted), None)


def workloads(objects: Objects) -> list[Workload]:
    return [Workload(one) for one in of_kind(objects, "Deployment")]


def selects(selector: Mapping[str, Any] | None, labels: Labels) -> bool:
    """Whether a label selector holds for the labels. An empty one holds for all, none at all for nothing.

    Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
    """
    if selector is None:
        return False
    wanted = selector.get("matchLabels") or {}
    expressions = selector.get("matchExpressions") or ()
    return matches(wanted, labels) and all(_holds(expression, labels) for expression in expressions)


def matches(wanted: Labels, labels: Labels) -> bool:
    return all(labels.get(key) == value for key, value in wanted.items())


def _holds(expression: Mapping[str, Any], labels: Labels) -> bool:
    key, values = expression["key"], expression.get("values") or ()
    match expression["operator"]:
        case "In":
            return labels.get(key) in values
        case "NotIn":
            return labels.get(key) not in values
        case "Exists":
            return key in labels
        case _:
            return key not in labels
