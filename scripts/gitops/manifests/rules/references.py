"""Objects that others name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gitops.manifests.objects import (
    Object,
    Objects,
    Path,
    Workload,
    at,
    group,
    may_make_more,
    name,
    named,
    namespace,
    of_kind,
    reference,
    workloads,
)
from gitops.manifests.rule import rule
from gitops.manifests.violation import Violation
from gitops.text import Text

# The cluster itself puts this object into each namespace.
_EVERYWHERE = ("ConfigMap", "kube-root-ca.crt")
# Made by hand at times: a password does not belong in git, and a disk outlives what uses it.
_BY_HAND = ("Secret", "PersistentVolumeClaim")

_WAVE: Path = ("metadata", "annotations", "argocd.argoproj.io/sync-wave")
_HOOK: Path = ("metadata", "annotations", "argocd.argoproj.io/hook")
_PHASES = ("PreSync", "Sync", "PostSync")


@dataclass(frozen=True)
class Reference:
    """A reference of a pod to an object; `keys` are those that the pod takes from it."""

    kind: str
    name: str
    path: Path
    optional: bool = False
    keys: tuple[str, ...] = ()


@rule(
    "error",
    why=Text(
        "The pod never starts (CreateContainerConfigError), or the API server refuses it.",
        "Pod が起動しない（CreateContainerConfigError）か、API サーバーに受け付けられません。",
    ),
    fix=Text(
        "Add the object, its key or the volume, or remove the reference.",
        "そのオブジェクト、キー、ボリュームを加えるか、参照をやめます。",
    ),
)
def referred_objects_exist(objects: Objects) -> list[Violation]:
    """Looks for ConfigMaps and Secrets with the keys that are taken from them, ServiceAccounts, claims and volumes."""
    return [
        *(
            violation
            for work in workloads(objects)
            for need in references(work)
            for violation in _missing(objects, work, need)
        ),
        *(violation for work in workloads(objects) for violation in _mounts_of_nothing(work)),
    ]


@rule(
    "error",
    why=Text(
        "The sync waits for pods that wait for what only comes after them.",
        "同期は Pod を待ち、その Pod は後から来るものを待つので、いつまでも終わりません。",
    ),
    fix=Text(
        "Give what is needed the same or an earlier argocd.argoproj.io/sync-wave.",
        "必要とされるものの argocd.argoproj.io/sync-wave を、同じかそれより前にします。",
    ),
)
def what_is_needed_comes_first(objects: Objects) -> list[Violation]:
    """Argo CD waits until a wave is healthy before the next.

    Source: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
    """
    return [
        Violation(work.reference, f"it needs {reference(needed)}, which comes later: in {_said(needed)}", _WAVE)
        for work in workloads(objects)
        for needed in _needed(objects, work)
        if _order(needed) > _order(work.object)
    ]


@rule(
    "error",
    why=Text(
        "A deploy that changes the ConfigMap changes nothing: no pod is ever replaced.",
        "これを変えてデプロイしても何も変わりません。Pod が入れ替わらないからです。",
    ),
    fix=Text(
        "Refer to it from a workload (envFrom, volumes), or remove it.",
        "ワークロードから参照する（envFrom、volumes）か、削除します。",
    ),
)
def config_maps_are_used(objects: Objects) -> list[Violation]:
    used = {used.name for work in workloads(objects) for used in references(work) if used.kind == "ConfigMap"}
    unused = [config_map for config_map in of_kind(objects, "ConfigMap") if name(config_map) not in used]
    return [_unused(objects, config_map) for config_map in unused]


@rule(
    "error",
    why=Text(
        "The cluster keeps the one that was applied last.", "クラスターには、最後に適用されたほうだけが残ります。"
    ),
    fix=Text("Remove one of them.", "どちらかを削除します。"),
)
def names_are_unique(objects: Objects) -> list[Violation]:
    keys = [(group(manifest), namespace(manifest), reference(manifest)) for manifest in objects]
    return [Violation(key[2], "it is described twice") for key in sorted(set(keys)) if keys.count(key) > 1]


def references(work: Workload) -> Iterator[Reference]:
    """The objects that the pods of a workload name."""
    if account := work.pod.get("serviceAccountName"):
        yield Reference("ServiceAccount", account, work.of_pod("serviceAccountName"), account == "default")
    for index, secret in enumerate(work.pod.get("imagePullSecrets") or ()):
        # A registry with public images needs no pull secret.
        yield Reference("Secret", secret["name"], work.of_pod("imagePullSecrets", index), optional=True)
    for container in work.containers:
        for index, source in enumerate(container.get("envFrom") or ()):
            yield from _source(source, "configMapRef", "secretRef", work.of(container, "envFrom", index))
        for variable in container.get("env") or ():
            path = work.of(container, "env", variable.get("name", ""), "valueFrom")
            yield from _source(variable.get("valueFrom") or {}, "configMapKeyRef", "secretKeyRef", path)
    for volume in work.pod.get("volumes") or ():
        yield from _of_volume(volume, work.of_pod("volumes", volume.get("name", "")))


def _needed(objects: Objects, work: Workload) -> Iterator[Object]:
    """The objects that must exist before the workload's pods can start, its namespace included."""
    keys = [(one.kind, one.name) for one in references(work) if not one.optional]
    for kind, wanted in [*dict.fromkeys(keys), ("Namespace", namespace(work.object))]:
        if needed := named(objects, kind, wanted):
            yield needed


def _order(manifest: Object) -> tuple[int, int]:
    """The phase in which Argo CD applies the object, and the wave within it."""
    hooks = str(at(manifest, *_HOOK, default="Sync")).split(",")
    phase = min((_PHASES.index(hook.strip()) for hook in hooks if hook.strip() in _PHASES), default=1)
    return phase, int(at(manifest, *_WAVE, default=0))


def _said(manifest: Object) -> str:
    phase, wave = _order(manifest)
    return f"wave {wave} of {_PHASES[phase]}"


def _missing(objects: Objects, work: Workload, need: Reference) -> Iterator[Violation]:
    named_object = named(objects, need.kind, need.name)
    wanted = f"{need.kind}/{need.name}"
    if (need.optional and named_object is None) or (need.kind, need.name) == _EVERYWHERE:
        return
    if named_object is None and (need.kind in _BY_HAND or may_make_more(objects)):
        if not _is_made(objects, need.name):
            what = f"it names {wanted}, which is not here: it may be made by hand or by something else"
            yield Violation(work.reference, what, need.path, decided=False)
    elif named_object is None:
        yield Violation(work.reference, f"it names {wanted}, which does not exist", need.path)
    else:
        held = {key for field in ("data", "binaryData", "stringData") for key in at(named_object, field, default={})}
        for key in need.keys:
            if key not in held:
                what = f"it takes the key {key} from {wanted}, which has no such key"
                without = ", and whether it may do without is not said here" if need.optional else ""
                yield Violation(work.reference, f"{what}{without}", need.path, decided=not need.optional)


def _is_made(objects: Objects, wanted: str) -> bool:
    """Whether something like a SealedSecret, an ExternalSecret or a Certificate names it."""
    return any(wanted in _texts(manifest) for manifest in objects if may_make_more([manifest]))


def _unused(objects: Objects, manifest: Object) -> Violation:
    """The violation. The object may still be found by its name in an argument, or by a label, as dashboards are
    found."""
    what = "no workload refers to it, so that changing it changes nothing"
    word = re.compile(rf"(?<![\w-]){re.escape(name(manifest))}(?![\w-])")
    named_by = (other for other in objects if other is not manifest and any(map(word.search, _texts(other))))
    labelled = set(at(manifest, "metadata", "labels", default={})) - {
        label for work in workloads(objects) for label in at(work.object, "metadata", "labels", default={})
    }
    if labelled or not workloads(objects) or may_make_more(objects) or any(named_by):
        return Violation(reference(manifest), f"{what}, unless something finds it by name or label", decided=False)
    return Violation(reference(manifest), what)


def _texts(value: Any) -> Iterator[str]:
    """Every text within a value, with its keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _mounts_of_nothing(work: Workload) -> Iterator[Violation]:
    """The API server refuses the pod. A StatefulSet has volumes of its claims too."""
    claims = at(work.object, "spec", "volumeClaimTemplates", default=())
    volumes = {*(volume.get("name") for volume in work.pod.get("volumes") or ()), *map(name, claims)}
    for container in work.containers:
        for index, mount in enumerate(container.get("volumeMounts") or ()):
            if mount.get("name") not in volumes:
                what = (
                    f"container {container['name']} mounts the volume {mount.get('name')}, which the pod does not have"
                )
                yield Violation(work.reference, what, work.of(container, "volumeMounts", index, "name"))


def _of_volume(volume: Object, path: Path) -> Iterator[Reference]:
    yield from _source(volume, "configMap", "secret", path)
    if claim := at(volume, "persistentVolumeClaim", "claimName"):
        yield Reference("PersistentVolumeClaim", claim, (*path, "persistentVolumeClaim", "claimName"))
    for index, source in enumerate(at(volume, "projected", "sources", default=())):
        yield from _source(source, "configMap", "secret", (*path, "projected", "sources", index))


def _source(entry: Object, config_map: str, secret: str, path: Path) -> Iterator[Reference]:
    """A secret in a volume goes by secretName, everywhere else it is `name`."""
    for kind, field in (("ConfigMap", config_map), ("Secret", secret)):
        if source := entry.get(field):
            key = "secretName" if "secretName" in source else "name"
            keys = (source["key"],) if "key" in source else tuple(item["key"] for item in source.get("items") or ())
            yield Reference(kind, source[key], (*path, field, key), bool(source.get("optional")), keys)
