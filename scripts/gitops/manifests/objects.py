"""Kubernetes objects as they are parsed from YAML, and what the rules ask of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from gitops import yaml_bounds

Object = Mapping[str, Any]
Objects = Sequence[Object]
Labels = Mapping[str, str]
# Keys; an item of a list goes by its `name`, or else by its index.
Path = tuple[str | int, ...]

# Where a kind keeps the template of its pods. A Pod is its own.
TEMPLATES: tuple[Path, ...] = (("spec", "template"), ("spec", "jobTemplate", "spec", "template"))
_JOBS = ("Job", "CronJob")
# API groups whose kinds make no Service, ConfigMap or Secret of their own.
_PLAIN_GROUPS = {
    *("", "apps", "autoscaling", "batch", "monitoring.coreos.com", "policy", "scheduling.k8s.io", "storage.k8s.io"),
    *("gateway.networking.k8s.io", "networking.k8s.io", "rbac.authorization.k8s.io"),
}


@dataclass(frozen=True)
class Workload:
    """A Deployment, or whatever else makes pods from a template, and the pods that it makes."""

    object: Object
    template: Path

    @property
    def name(self) -> str:
        return name(self.object)

    @property
    def reference(self) -> str:
        return reference(self.object)

    @property
    def is_deployment(self) -> bool:
        return self.object.get("kind") == "Deployment"

    @property
    def runs_on(self) -> bool:
        """Whether its pods keep running, unlike those of a Job."""
        return self.object.get("kind") not in _JOBS

    @property
    def labels(self) -> Labels:
        """The labels of its pods."""
        labels: Labels = at(self.object, *self.template, "metadata", "labels", default={})
        return labels

    @property
    def pod(self) -> Object:
        """The specification of its pods."""
        pod: Object = at(self.object, *self.template, "spec", default={})
        return pod

    @property
    def containers(self) -> list[Object]:
        return [*(self.pod.get("initContainers") or ()), *(self.pod.get("containers") or ())]

    @property
    def ports(self) -> dict[int, str]:
        """The names of its containers' ports by number; "" for a port without a name."""
        return {
            port["containerPort"]: port.get("name", "")
            for container in self.containers
            for port in container.get("ports") or ()
        }

    def port(self, wanted: int | str) -> int | None:
        """The number of the port with this number or name. None when no container has it."""
        return next((number for number, name in self.ports.items() if wanted in (number, name)), None)

    def of_pod(self, *more: str | int) -> Path:
        """A path below the specification of its pods."""
        return (*self.template, "spec", *more)

    def of(self, container: Object, *more: str | int) -> Path:
        """A path below one of its containers."""
        first = container in (self.pod.get("initContainers") or ())
        return self.of_pod("initContainers" if first else "containers", container.get("name", ""), *more)


def parse(text: str) -> list[Object]:
    """The objects of a stream of YAML documents, without the empty ones. Raises yaml.YAMLError and NotYaml."""
    yaml_bounds.check(text)
    return [document for document in yaml.load_all(text, Loader=yaml_bounds.LOADER) if document]


def at(value: Any, *path: str | int, default: Any = None) -> Any:
    """What is at the path of keys and indices, or the default when there is nothing."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return default
    return default if value is None else value


def whole(value: Any, *path: str | int, default: int) -> int:
    """The whole number at the path. The default also for anything else there, which `numbers-are-numbers` finds."""
    number = at(value, *path)
    return number if isinstance(number, int) else default


def name(manifest: Object) -> str:
    return str(at(manifest, "metadata", "name", default=""))


def reference(manifest: Object) -> str:
    """The name that kubectl uses: Deployment/backend."""
    return f"{manifest.get('kind')}/{name(manifest)}"


def as_yaml(value: Any) -> str:
    """A value as YAML writes it on one line, texts in quotes."""
    return json.dumps(value, ensure_ascii=False, default=str)


def of_kind(objects: Objects, kind: str) -> Iterator[Object]:
    return (manifest for manifest in objects if manifest.get("kind") == kind)


def named(objects: Objects, kind: str, wanted: str) -> Object | None:
    return next((one for one in of_kind(objects, kind) if name(one) == wanted), None)


def services(objects: Objects) -> Iterator[Object]:
    """The Services of Kubernetes, without those of Knative."""
    return (service for service in of_kind(objects, "Service") if service.get("apiVersion", "v1") == "v1")


def workloads(objects: Objects) -> list[Workload]:
    return [Workload(manifest, path) for manifest in objects if (path := _template(manifest)) is not None]


def beside(objects: Objects, manifest: Object) -> list[Workload]:
    """The workloads in the namespace of an object."""
    return [work for work in workloads(objects) if namespace(work.object) == namespace(manifest)]


def serving(objects: Objects) -> list[Workload]:
    """The workloads that a Service leads to: somebody waits for their answers."""
    leading = [
        (namespace(service), selector) for service in services(objects) if (selector := at(service, "spec", "selector"))
    ]
    return [
        work
        for work in workloads(objects)
        if any(where == namespace(work.object) and matches(selector, work.labels) for where, selector in leading)
    ]


def may_make_more(objects: Objects) -> bool:
    """Whether one of them, such as a SealedSecret or a HelmRelease, may make objects that are not seen here."""
    return any(group(manifest) not in _PLAIN_GROUPS for manifest in objects)


def namespace(manifest: Object) -> str:
    return str(at(manifest, "metadata", "namespace", default=""))


def group(manifest: Object) -> str:
    """The API group; empty for the core one."""
    version = str(manifest.get("apiVersion", ""))
    return version.rpartition("/")[0]


def short_name(image: str) -> str:
    """The last part of an image's name, without tag and digest: whose registry and account it is in does not matter."""
    return image.partition("@")[0].rpartition("/")[2].partition(":")[0]


def _template(manifest: Object) -> Path | None:
    if manifest.get("kind") == "Pod":
        return ()
    for path in TEMPLATES:
        if at(manifest, *path, "spec", "containers") is not None:
            return path
    return None


def selects(selector: Mapping[str, Any] | None, labels: Labels) -> bool:
    """Whether a label selector holds for the labels. An empty one holds for all, none at all for nothing.

    Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
    """
    if selector is None:
        return False
    wanted = selector.get("matchLabels") or {}
    expressions = selector.get("matchExpressions") or ()
    return matches(wanted, labels) and all(_is_met(expression, labels) for expression in expressions)


def matches(wanted: Labels, labels: Labels) -> bool:
    return all(labels.get(key) == value for key, value in wanted.items())


def _is_met(expression: Mapping[str, Any], labels: Labels) -> bool:
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
