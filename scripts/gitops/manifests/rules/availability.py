"""What keeps requests answered while pods come and go."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from math import ceil, floor

from gitops.manifests.environment import environment
from gitops.manifests.objects import (
    Object,
    Objects,
    Workload,
    at,
    beside,
    of_kind,
    reference,
    selects,
    serving,
    whole,
    workloads,
)
from gitops.manifests.program import Program, Programs, program_of
from gitops.manifests.rule import program_rule, rule
from gitops.manifests.rules.autoscaling import fewest
from gitops.manifests.violation import Violation
from gitops.text import Text

_OLD = 3
# `sleep 5` as a command of its own.
_SLEEP = re.compile(r"(?:^|[;&|\n])\s*(?:/\S*/)?sleep\s+(\d+)")
_SHELLS = re.compile(r"(/\S*/)?(ba|da|a|)sh -\w*c ")


@rule(
    "error",
    why=Text(
        "Requests fail while a rollout takes pods away before new ones are ready.",
        "ロールアウト中、新しい Pod の準備ができる前に古い Pod が消え、リクエストが失敗します。",
    ),
    fix=Text(
        "Set maxUnavailable to 0, and minReadySeconds.", "maxUnavailable を 0 にし、minReadySeconds を設定します。"
    ),
)
def rollouts_keep_every_replica(objects: Objects) -> list[Violation]:
    """An old pod goes only when a new one has been ready for a while. What nobody calls may pause."""
    return [
        Violation(work.reference, what, path)
        for work in serving(objects)
        if work.is_deployment
        for what, path, wrong in (
            (
                "a rollout may take pods away before new ones are ready: set maxUnavailable to 0",
                ("spec", "strategy", "rollingUpdate", "maxUnavailable"),
                _unavailable(work, objects) > 0,
            ),
            (
                "minReadySeconds is 0, so that a pod that fails at once still replaces the next",
                ("spec", "minReadySeconds"),
                not at(work.object, "spec", "minReadySeconds"),
            ),
        )
        if wrong
    ]


@rule(
    "warning",
    why=Text(
        "Ten old ReplicaSets for each Deployment, twenty in all, hide the ones that matter.",
        "古い ReplicaSet が Deployment ごとに 10、合わせて 20 も残り、見たいものが埋もれます。",
    ),
    fix=Text(
        "Set revisionHistoryLimit to 3: git is what we roll back with.",
        "revisionHistoryLimit を 3 にします。前の版には git で戻ります。",
    ),
)
def old_replica_sets_are_few(objects: Objects) -> list[Violation]:
    return [
        Violation(
            work.reference,
            f"it keeps {limit} old ReplicaSets: set revisionHistoryLimit to {_OLD} or less",
            ("spec", "revisionHistoryLimit"),
        )
        for work in workloads(objects)
        if work.is_deployment
        for limit in [whole(work.object, "spec", "revisionHistoryLimit", default=10)]
        if limit > _OLD
    ]


@rule(
    "error",
    why=Text("No node with such a pod can ever be drained.", "この Pod のあるノードは、いつまでもドレインできません。"),
    fix=Text(
        "Set maxUnavailable to 1 instead of minAvailable.", "minAvailable の代わりに maxUnavailable を 1 にします。"
    ),
)
def disruption_budgets_allow_one_eviction(objects: Objects) -> list[Violation]:
    """Source: https://kubernetes.io/docs/tasks/run-application/configure-pdb/"""
    return [
        Violation(reference(budget), f"it never allows an eviction of the {least} pods of {work.reference}", ("spec",))
        for budget in of_kind(objects, "PodDisruptionBudget")
        for work in beside(objects, budget)
        if selects(at(budget, "spec", "selector"), work.labels)
        for least in [fewest(work, objects)]
        if _evictions(budget, least) < 1
    ]


@rule(
    "warning",
    why=Text(
        "Draining nodes may take all replicas at once.",
        "ノードのドレインで、すべてのレプリカが一度に消えることがあります。",
    ),
    fix=Text(
        "Add a PodDisruptionBudget with maxUnavailable 1.", "maxUnavailable が 1 の PodDisruptionBudget を加えます。"
    ),
)
def replicated_workloads_have_a_disruption_budget(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, "it has no PodDisruptionBudget, so that all its pods may be evicted at once")
        for work in workloads(objects)
        if work.runs_on and fewest(work, objects) > 1
        if not any(
            selects(at(budget, "spec", "selector"), work.labels) for budget in of_kind(objects, "PodDisruptionBudget")
        )
    ]


@rule(
    "error",
    why=Text(
        "What is deployed never reaches the pods: the old version goes on, and nothing is red.",
        "デプロイしたものが Pod に届きません。古い版が動き続け、何も赤くなりません。",
    ),
    fix=Text("Remove `paused`.", "`paused` を取り除きます。"),
)
def rollouts_are_not_paused(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, "its rollouts are paused", ("spec", "paused"))
        for work in workloads(objects)
        if work.is_deployment and at(work.object, "spec", "paused") is True
    ]


@program_rule(
    "error",
    why=Text("Connections are cut off at each rollout.", "ロールアウトのたびに接続が切れます。"),
    fix=Text(
        "Set preStop sleep, and a terminationGracePeriodSeconds above all that has to finish.",
        "preStop で待たせ、terminationGracePeriodSeconds を、終えるべきことの合計より長くします。",
    ),
)
def pods_end_gracefully(objects: Objects, programs: Programs) -> list[Violation]:
    """New connections stop before the process does, and it has time to finish those it has.

    How long a program takes to end counts where it is known; preStop everywhere.
    """
    return [found for work in serving(objects) for found in _cut_off(objects, work, programs)]


def pre_stop(work: Workload) -> int:
    """Seconds that the pod sleeps before it is told to end, as far as they are written down."""
    return max((seconds for hook in _hooks(work) if (seconds := _slept(hook)) is not None), default=0)


def ending(objects: Objects, work: Workload, programs: Programs) -> Decimal:
    """Seconds from the decision to end a pod to its end, when the last requests take as long as they may."""
    containers = ((container, program_of(container, programs)) for container in work.containers)
    own = [_ending(objects, work, container, program) for container, program in containers if program]
    return pre_stop(work) + max(own, default=Decimal())


def grace(work: Workload) -> int:
    """Seconds after which a pod is killed."""
    return whole(work.pod, "terminationGracePeriodSeconds", default=30)


def _cut_off(objects: Objects, work: Workload, programs: Programs) -> Iterator[Violation]:
    hook = work.of(next(reversed(work.containers), {}), "lifecycle", "preStop")
    if not pre_stop(work) and any(_slept(hook) is None for hook in _hooks(work)):
        what = "how long its preStop waits before the process is told to end is not said here"
        yield Violation(work.reference, what, hook, decided=False)
    elif not pre_stop(work):
        what = "it has no preStop sleep, so that requests still arrive when it has stopped listening"
        yield Violation(work.reference, what, hook)
    if (seconds := ending(objects, work, programs)) >= grace(work):
        what = f"its grace period of {grace(work)} s ends before preStop, drain and shutdown do ({seconds} s)"
        yield Violation(work.reference, what, work.of_pod("terminationGracePeriodSeconds"))


def _hooks(work: Workload) -> list[Object]:
    return [hook for container in work.containers if (hook := at(container, "lifecycle", "preStop"))]


def _slept(hook: Object) -> int | None:
    if "sleep" in hook:
        return whole(hook, "sleep", "seconds", default=0)
    command = " ".join(map(str, at(hook, "exec", "command", default=())))
    seconds = _SLEEP.findall(_SHELLS.sub("", command, count=1))
    return sum(map(int, seconds)) if seconds else None


def _ending(objects: Objects, work: Workload, container: Object, program: Program) -> Decimal:
    told = {variable.name: variable.value for variable in environment(objects, work, container) if variable.value}
    return sum((_seconds(told.get(name), usual) for name, usual in program.ending.items()), Decimal())


def _seconds(value: str | None, usual: Decimal) -> Decimal:
    """The setting in seconds; its default when it is not a number, which `settings-are-understood` finds."""
    try:
        seconds = Decimal(value or usual)
    except InvalidOperation:
        return usual
    return seconds if seconds.is_finite() else usual


def _unavailable(work: Workload, objects: Objects) -> int:
    """How many pods a rollout may take away at once; a percentage is rounded down."""
    strategy, pods = at(work.object, "spec", "strategy", default={}), fewest(work, objects)
    if strategy.get("type") == "Recreate":
        return pods
    return floor(_share(at(strategy, "rollingUpdate", "maxUnavailable", default="25%"), pods))


def _evictions(budget: Object, pods: int) -> int:
    """How many pods may be evicted at once, as the disruption controller counts: percentages are rounded up."""
    least, most = at(budget, "spec", "minAvailable"), at(budget, "spec", "maxUnavailable")
    if most is not None:
        return ceil(_share(most, pods))
    return pods - ceil(_share(least, pods)) if least is not None else pods - 1


def _share(value: int | str, pods: int) -> Decimal:
    """A number of pods, or a percentage of them."""
    if isinstance(value, str) and value.endswith("%"):
        return Decimal(pods * int(value[:-1])) / 100
    return Decimal(int(value))
