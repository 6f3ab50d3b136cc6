"""Objects that others name."""

from collections.abc import Iterator

from gitops.manifests.objects import Object, Objects, Workload, at, name, named, of_kind, reference, workloads
from gitops.manifests.violation import Violation


def referred_objects_exist(objects: Objects) -> list[Violation]:
    """A pod that names a ConfigMap, Secret or ServiceAccount that is not there never starts."""
    return [
        Violation(work.reference, f"it names {kind}/{wanted}, which does not exist")
        for work in workloads(objects)
        for kind, wanted, optional in _references(work)
        if not optional and named(objects, kind, wanted) is None
    ]


def config_maps_are_used(objects: Objects) -> list[Violation]:
    """A ConfigMap that no pod refers to changes nothing when it changes."""
    used = {wanted for work in workloads(objects) for kind, wanted, _ in _references(work) if kind == "ConfigMap"}
    return [
        Violation(reference(one), "no Deployment refers to it, so that changing it changes nothing")
        for one in of_kind(objects, "ConfigMap")
        if name(one) not in used
    ]


def names_are_unique(objects: Objects) -> list[Violation]:
    """Of two objects with one name the cluster keeps the one that was applied last."""
    keys = [(one.get("apiVersion"), at(one, "metadata", "namespace"), reference(one)) for one in objects]
    return [Violation(key[2], "it is described twice") for key in sorted(set(keys), key=str) if keys.count(key) > 1]


def _references(work: Workload) -> Iterator[tuple[str, str, bool]]:
    """Kind, name, and whether it may be missing."""
    if account := work.pod.get("serviceAccountName"):
        yield "ServiceAccount", account, account == "default"
    for secret in work.pod.get("imagePullSecrets", ()):
        # Made by hand, because a secret does not belong in git.
        yield "Secret", secret["name"], True
    for container in work.containers:
        for source in container.get("envFrom", ()):
            yield from _source(source, "configMapRef", "secretRef", key="name")
        for variable in container.get("env", ()):
            yield from _source(variable.get("valueFrom", {}), "configMapKeyRef", "secretKeyRef", key="name")
    for volume in work.pod.get("volumes", ()):
        yield from _volume(volume)


def _volume(volume: Object) -> Iterator[tuple[str, str, bool]]:
    yield from _source(volume, "configMap", "", key="name")
    yield from _source(volume, "", "secret", key="secretName")
    for source in at(volume, "projected", "sources", default=()):
        yield from _source(source, "configMap", "secret", key="name")


def _source(one: Object, config_map: str, secret: str, key: str) -> Iterator[tuple[str, str, bool]]:
    for kind, field in (("ConfigMap", config_map), ("Secret", secret)):
        if field in one:
            yield kind, one[field][key], bool(one[field].get("optional"))
