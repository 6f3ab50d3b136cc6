"""What keeps requests answered while pods come and go."""

from decimal import Decimal

from gitops.manifests.objects import Object, Objects, Workload, at, of_kind, reference, selects, workloads
from gitops.manifests.rules.autoscaling import fewest
from gitops.manifests.violation import Violation

_OLD = 3


def rollouts_keep_every_replica(objects: Objects) -> list[Violation]:
    """An old pod goes only when a new one has been ready for a while."""
    return [
        Violation(work.reference, what)
        for work in workloads(objects)
        for what, wrong in (
            (
                "a rollout may take pods away before new ones are ready: set maxUnavailable to 0",
                _unavailable(work) not in ("0", "0%"),
            ),
            ("minReadySeconds is 0, so that a pod that fails at once still replaces the next", not _settled(work)),
        )
        if wrong
    ]


def old_replica_sets_are_few(objects: Objects) -> list[Violation]:
    """Each is one more to look through in `kubectl get all`; the default keeps ten for each Deployment."""
    return [
        Violation(work.reference, f"it keeps {limit} old ReplicaSets: set revisionHistoryLimit to {_OLD} or less")
        for work in workloads(objects)
        for limit in [at(work.deployment, "spec", "revisionHistoryLimit", default=10)]
        if limit > _OLD
    ]


def disruption_budgets_allow_one_eviction(objects: Objects) -> list[Violation]:
    """Else no node with such a pod can ever be drained. Source: https://kubernetes.io/docs/tasks/run-application/configure-pdb/"""
    return [
        Violation(reference(budget), f"it never allows an eviction of the {least} pods of {work.reference}")
        for budget in of_kind(objects, "PodDisruptionBudget")
        for work in workloads(objects)
        if selects(at(budget, "spec", "selector"), work.labels)
        for least in [fewest(work, objects)]
        if _evictions(budget, least) < 1
    ]


def replicated_workloads_have_a_disruption_budget(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, "it has no PodDisruptionBudget, so that all its pods may be evicted at once")
        for work in workloads(objects)
        if fewest(work, objects) > 1
        and not any(
            selects(at(budget, "spec", "selector"), work.labels) for budget in of_kind(objects, "PodDisruptionBudget")
        )
    ]


def pods_end_gracefully(objects: Objects) -> list[Violation]:
    """New connections stop before the process does, and it has time to finish those it has."""
    return [
        Violation(work.reference, what)
        for work in workloads(objects)
        for what, wrong in (
            (
                "it has no preStop sleep, so that requests still arrive when it has stopped listening",
                not pre_stop(work),
            ),
            (
                f"its grace period of {grace(work)} s ends before preStop, drain and shutdown do ({ending(work)} s)",
                ending(work) >= grace(work),
            ),
        )
        if wrong
    ]


def pre_stop(work: Workload) -> int:
    """Seconds that the pod sleeps before it is told to end."""
    return max((at(one, "lifecycle", "preStop", "sleep", "seconds", default=0) for one in work.containers), default=0)


def ending(work: Workload) -> Decimal:
    """Seconds from the decision to end a pod to its end, when the last requests take as long as they may."""
    set_in_env = {
        variable["name"]: variable.get("value") or "0" for one in work.containers for variable in one.get("env", ())
    }
    own = (set_in_env.get(name, "0") for name in ("GUTENBERG_DRAIN_SECONDS", "GUTENBERG_SHUTDOWN_SECONDS"))
    return sum(map(Decimal, own), Decimal(pre_stop(work)))


def grace(work: Workload) -> int:
    """Seconds after which a pod is killed."""
    return int(work.pod.get("terminationGracePeriodSeconds", 30))


def _unavailable(work: Workload) -> str:
    return str(at(work.deployment, "spec", "strategy", "rollingUpdate", "maxUnavailable", default="25%"))


def _settled(work: Workload) -> int:
    return int(at(work.deployment, "spec", "minReadySeconds", default=0))


def _evictions(budget: Object, pods: int) -> int:
    least, most = at(budget, "spec", "minAvailable"), at(budget, "spec", "maxUnavailable")
    if most is not None:
        return _share(most, pods)
    return pods - _share(least, pods) if least is not None else pods - 1


def _share(value: int | str, pods: int) -> int:
    """A number of pods, or a percentage of them, rounded up as the disruption controller does."""
    return -(-pods * int(value[:-1]) // 100) if isinstance(value, str) and value.endswith("%") else int(value)
