"""Which nodes may take a pod."""

from collections.abc import Iterator

from gitops.manifests.objects import Object, Objects, Path, Workload, at, selects
from gitops.manifests.program import Programs, running
from gitops.manifests.rule import program_rule
from gitops.manifests.violation import Violation
from gitops.text import Text

# Labels that every node has. Source: https://kubernetes.io/docs/reference/labels-annotations-taints/
_EVERYWHERE = {"kubernetes.io/arch", "kubernetes.io/os"}
_HOST = "kubernetes.io/hostname"
_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"


@program_rule(
    "warning",
    why=Text(
        "Where no node has the label the pods wait for ever (Pending), and a rollout stands still.",
        "そのラベルを持つノードがなければ、Pod はいつまでも Pending のままで、ロールアウトも進みません。",
    ),
    fix=Text(
        "Remove what asks for the label, or let it be preferred only.",
        "ラベルの条件を取り除くか、必須ではなく優先にします。",
    ),
)
def pods_fit_any_node(objects: Objects, programs: Programs) -> list[Violation]:
    """No manifest says which nodes there are, so every finding is undecided."""
    works = {work.reference: work for work, _, _ in running(objects, programs)}
    return [
        Violation(work.reference, f"{what}, and which nodes there are is not said here", path, decided=False)
        for work in works.values()
        for what, path in _picky(work)
    ]


def _picky(work: Workload) -> Iterator[tuple[str, Path]]:
    for key in (work.pod.get("nodeSelector") or {}).keys() - _EVERYWHERE:
        yield f"only nodes with the label {key} take its pods", work.of_pod("nodeSelector", key)
    path: Path = ("affinity", "nodeAffinity", _REQUIRED, "nodeSelectorTerms")
    terms = at(work.pod, *path, default=())
    if terms and all(_asked(term) - _EVERYWHERE for term in terms):
        keys = ", ".join(sorted(set().union(*map(_asked, terms)) - _EVERYWHERE))
        yield f"only nodes with the label {keys} take its pods", work.of_pod(*path)
    for index, constraint in enumerate(work.pod.get("topologySpreadConstraints") or ()):
        key = str(constraint.get("topologyKey"))
        if constraint.get("whenUnsatisfiable") == "DoNotSchedule" and key not in {_HOST, *_EVERYWHERE}:
            path = work.of_pod("topologySpreadConstraints", index, "topologyKey")
            yield f"only nodes with the label {key} take its pods", path
    path = ("affinity", "podAntiAffinity", _REQUIRED)
    for index, term in enumerate(at(work.pod, *path, default=())):
        if selects(term.get("labelSelector"), work.labels):
            yield f"each of its pods needs a {term.get('topologyKey')} of its own", work.of_pod(*path, index)


def _asked(term: Object) -> set[str]:
    return {str(expression.get("key")) for expression in term.get("matchExpressions") or ()}
