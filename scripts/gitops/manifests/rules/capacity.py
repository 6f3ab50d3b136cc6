"""What the pods ask for, and what the namespace allows."""

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from gitops.manifests.objects import Object, Objects, Workload, at, of_kind, reference, services, workloads
from gitops.manifests.program import Programs, running
from gitops.manifests.quantity import quantity
from gitops.manifests.rule import program_rule, rule
from gitops.manifests.rules.autoscaling import most
from gitops.manifests.violation import Violation
from gitops.text import Text

_MEBI = 2**20
_RESOURCES = [(field, resource) for field in ("requests", "limits") for resource in ("cpu", "memory")]


@rule(
    "error",
    why=Text(
        "Without requests the scheduler crowds a node; without limits one pod may starve the others.",
        "requests がないと 1 つのノードに詰め込まれ、limits がないと 1 つの Pod がほかの Pod の分まで使います。",
    ),
    fix=Text("Set requests and limits in k8s/base.", "k8s/base に書きます。"),
)
def containers_say_what_they_need(objects: Objects) -> list[Violation]:
    """A limit stands for the request too. Without a limit a processor is shared, but a quota may ask for one."""
    return [
        Violation(
            work.reference, f"container {container['name']} sets no {field}.{resource}", work.of(container, "resources")
        )
        for work in workloads(objects)
        if work.runs_on
        for container in work.containers
        for field, resource in _RESOURCES
        if (field, resource) != ("limits", "cpu") or _cpu_limit_is_asked_for(objects)
        if at(container, "resources", field, resource, default=at(container, "resources", "limits", resource)) is None
    ]


@rule(
    "error",
    why=Text(
        "The API server refuses the Deployment: must be less than or equal to the limit.",
        "API サーバーが Deployment を受け付けません（must be less than or equal to … limit）。",
    ),
    fix=Text("Request no more than the limit.", "requests を limits 以下にします。"),
)
def requests_are_within_limits(objects: Objects) -> list[Violation]:
    return [
        Violation(
            work.reference,
            f"container {container['name']} requests {resource} {asked}, above its limit of {limit}",
            work.of(container, "resources", "requests", resource),
        )
        for work in workloads(objects)
        for container in work.containers
        for resource in ("cpu", "memory")
        for asked, limit in [(at(container, "resources", field, resource) for field in ("requests", "limits"))]
        if asked is not None and limit is not None and quantity(asked) > quantity(limit)
    ]


@rule(
    "error",
    why=Text(
        "The new pods are refused in the middle of a rollout: exceeded quota.",
        "ロールアウトの途中で新しい Pod が断られます（exceeded quota）。",
    ),
    fix=Text(
        "Raise the quota in k8s/components/class-quota, or lower requests and limits.",
        "k8s/components/class-quota のクォータを増やすか、requests と limits を減らします。",
    ),
)
def quotas_hold_a_rollout(objects: Objects) -> list[Violation]:
    """While a rollout replaces pods as fast as it may, each old one may still be finishing: twice the replicas."""
    replaced = [work for work in workloads(objects) if work.is_deployment]
    needed = {"pods": Decimal(sum(2 * most(work, objects) for work in replaced))}
    for field, resource in _RESOURCES:
        needed[f"{field}.{resource}"] = sum((_needed(work, objects, field, resource) for work in replaced), Decimal())
    return [
        Violation(
            reference(quota),
            f"{key} is {hard}, but a rollout of all Deployments takes {needed[key].normalize():f}",
            ("spec", "hard", key),
        )
        for quota in of_kind(objects, "ResourceQuota")
        for key, hard in at(quota, "spec", "hard", default={}).items()
        if key in needed and quantity(hard) < needed[key]
    ]


@rule(
    "error",
    why=Text(
        "The pods are refused; only the ReplicaSet's events say why.",
        "Pod が断られます。理由は ReplicaSet のイベントにだけ出ます。",
    ),
    fix=Text("Keep the containers within the LimitRange.", "コンテナーを LimitRange の範囲に収めます。"),
)
def limit_ranges_admit_the_containers(objects: Objects) -> list[Violation]:
    return [
        Violation(
            work.reference,
            f"container {container['name']} has {field}.{resource} {value}, but {reference(limits)} {bound}",
            work.of(container, "resources", field, resource),
        )
        for limits in of_kind(objects, "LimitRange")
        for limit in at(limits, "spec", "limits", default=())
        if limit.get("type") == "Container"
        for work in workloads(objects)
        for container in work.containers
        for field, resource, value, bound in _outside(container, limit)
    ]


@rule(
    "error",
    why=Text("The Service is refused: exceeded quota.", "Service が断られます（exceeded quota）。"),
    fix=Text("Use type ClusterIP.", "type を ClusterIP にします。"),
)
def quotas_allow_the_services(objects: Objects) -> list[Violation]:
    return [
        Violation(reference(quota), f"it allows {hard} {key}, but there are {count}", ("spec", "hard", key))
        for quota in of_kind(objects, "ResourceQuota")
        for key, kind in (("services.loadbalancers", "LoadBalancer"), ("services.nodeports", "NodePort"))
        for hard in [at(quota, "spec", "hard", key)]
        for count in [sum(at(service, "spec", "type") == kind for service in services(objects))]
        if hard is not None and quantity(hard) < count
    ]


@program_rule(
    "error",
    why=Text(
        "The program needs more memory than it may have: it is killed (OOMKilled) and started again, without end.",
        "必要なメモリーより上限が小さいため、プログラムは強制終了（OOMKilled）と再起動を繰り返します。",
    ),
    fix=Text(
        "Give the container the memory that `make bench` measures, and that of its volumes in memory.",
        "`make bench` の測るメモリーに、メモリー上のボリュームの分を加えて与えます。",
    ),
)
def memory_holds_the_working_set(objects: Objects, programs: Programs) -> list[Violation]:
    """The limit also holds what is written into volumes in memory; the request need not."""
    return [
        Violation(
            work.reference,
            f"container {container['name']} has {field}.memory {value}, but needs {ceil(needed / _MEBI)}Mi",
            work.of(container, "resources", field, "memory"),
        )
        for work, container, program in running(objects, programs)
        for field, needed in (("requests", program.memory), ("limits", program.memory + _in_memory(work, container)))
        for value in [at(container, "resources", field, "memory")]
        if value is not None and program.memory and quantity(value) < needed
    ]


@program_rule(
    "error",
    why=Text(
        "The program waits for the processor most of the time: searches take seconds, and probes fail under load.",
        "プログラムはほとんどの時間プロセッサーを待ちます。検索に何秒もかかり、負荷がかかるとプローブが失敗します。",
    ),
    fix=Text(
        "Give the container as much of the processor as k8s/base does.", "k8s/base と同じだけのプロセッサーを与えます。"
    ),
)
def processors_are_enough(objects: Objects, programs: Programs) -> list[Violation]:
    """The limit is at least a third of the processor that the figures were measured with, and the request a fifth."""
    return [
        Violation(
            work.reference,
            f"container {container['name']} has {field}.cpu {value}, less than {share} of {program.processor:f}",
            work.of(container, "resources", field, "cpu"),
        )
        for work, container, program in running(objects, programs)
        for field, share, part in (("requests", "a fifth", 5), ("limits", "a third", 3))
        for value in [at(container, "resources", field, "cpu")]
        if value is not None and quantity(value) * part < program.processor
    ]


def _cpu_limit_is_asked_for(objects: Objects) -> bool:
    """Whether a quota counts CPU limits, and no LimitRange fills them in."""
    counted = any(at(quota, "spec", "hard", "limits.cpu") is not None for quota in of_kind(objects, "ResourceQuota"))
    limits = (
        limit
        for limit_range in of_kind(objects, "LimitRange")
        for limit in at(limit_range, "spec", "limits", default=())
    )
    return counted and not any(at(limit, "default", "cpu") is not None for limit in limits)


def _needed(work: Workload, objects: Objects, field: str, resource: str) -> Decimal:
    return 2 * most(work, objects) * _of_pod(work, field, resource)


def _of_pod(work: Workload, field: str, resource: str) -> Decimal:
    """What counts of a pod: init containers run one after another before the others, except for those that stay.

    Source: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
    """
    staying, starting = Decimal(), Decimal()
    for container in work.pod.get("initContainers") or ():
        asked = _asked(container, field, resource)
        starting = max(starting, staying + asked)
        if container.get("restartPolicy") == "Always":
            staying += asked
    return max(starting, staying + sum(_asked(one, field, resource) for one in work.pod.get("containers") or ()))


def _asked(container: Object, field: str, resource: str) -> Decimal:
    """What the container requests; a limit stands for a request that is missing."""
    limit = at(container, "resources", "limits", resource, default=0)
    return quantity(at(container, "resources", field, resource, default=limit))


def _outside(container: Object, limit: Object) -> Iterator[tuple[str, str, str, str]]:
    for field, resource in _RESOURCES:
        value = at(container, "resources", field, resource)
        least, largest = at(limit, "min", resource), at(limit, "max", resource)
        if value is not None and least is not None and quantity(value) < quantity(least):
            yield field, resource, value, f"wants at least {least}"
        if value is not None and largest is not None and quantity(value) > quantity(largest):
            yield field, resource, value, f"allows at most {largest}"


def _in_memory(work: Workload, container: Object) -> Decimal:
    """What the container may write into volumes that are kept in memory."""
    mounted = {mount.get("name") for mount in container.get("volumeMounts") or ()}
    sizes = (
        at(volume, "emptyDir", "sizeLimit", default=0)
        for volume in work.pod.get("volumes") or ()
        if volume.get("name") in mounted and at(volume, "emptyDir", "medium") == "Memory"
    )
    return sum(map(quantity, sizes), Decimal())
