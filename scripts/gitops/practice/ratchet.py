"""Guards: nothing that protected before is weaker now. Pure functions of the objects before and after."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gitops.manifests.network_policy import ANOTHER, Peer, lets_in, lets_out
from gitops.manifests.objects import (
    Labels,
    Object,
    Objects,
    Workload,
    at,
    named,
    namespace,
    of_kind,
    reference,
    workloads,
)
from gitops.manifests.rules.autoscaling import fewest
from gitops.text import Text

_LEVEL = "pod-security.kubernetes.io/enforce"
_LEVELS = ("privileged", "baseline", "restricted")
_SHARED = ("ResourceQuota", "LimitRange")
_DNS = {"k8s-app": "kube-dns"}
# A port that no policy names: only policies without ports let it through.
_ANY_PORT = 47_011


@dataclass(frozen=True, slots=True)
class Guard:
    """`loss` yields what is weaker in the second objects than in the first, as kubectl calls it."""

    name: str
    says: Text
    loss: Callable[[Objects, Objects], Iterator[str]]


def _missing(before: Objects, now: Objects) -> Iterator[str]:
    there = set(map(reference, now))
    return (reference(one) for one in before if reference(one) not in there)


def _moved(before: Objects, now: Objects) -> Iterator[str]:
    for earlier, later in _both(before, now):
        if namespace(earlier) != namespace(later):
            yield f"{reference(later)}: {namespace(earlier)} → {namespace(later)}"


def _shared(before: Objects, now: Objects) -> Iterator[str]:
    return (
        reference(earlier) for earlier, later in _both(before, now) if earlier["kind"] in _SHARED and earlier != later
    )


def _security(before: Objects, now: Objects) -> Iterator[str]:
    """The level of Pod Security that a namespace enforces."""
    for earlier, later in _both(before, now):
        old, new = (at(each, "metadata", "labels", _LEVEL, default=_LEVELS[0]) for each in (earlier, later))
        if earlier["kind"] == "Namespace" and old in _LEVELS and new in _LEVELS[: _LEVELS.index(old)]:
            yield f"{reference(later)}: {old} → {new}"


def _spread(before: Objects, now: Objects) -> Iterator[str]:
    for earlier, later in _works(before, now):
        if missing := _topologies(earlier) - _topologies(later):
            yield f"{later.reference}: {', '.join(sorted(missing))}"


def _topologies(work: Workload) -> set[str]:
    return {str(at(constraint, "topologyKey")) for constraint in at(work.pod, "topologySpreadConstraints", default=())}


def _selectors(before: Objects, now: Objects) -> Iterator[str]:
    for earlier, later in _both(before, now):
        if earlier["kind"] == "Deployment" and at(earlier, "spec", "selector") != at(later, "spec", "selector"):
            yield reference(later)


def _replicas(before: Objects, now: Objects) -> Iterator[str]:
    for earlier, later in _works(before, now):
        if fewest(later, now) < fewest(earlier, before):
            yield f"{later.reference}: {fewest(earlier, before)} → {fewest(later, now)}"


def _images(before: Objects, now: Objects) -> Iterator[str]:
    for earlier, later in _works(before, now):
        images = {at(container, "name"): at(container, "image") for container in earlier.containers}
        for container in later.containers:
            if at(container, "image") != images.get(at(container, "name"), at(container, "image")):
                yield f"{later.reference}: {at(container, 'image')}"


def _doors(before: Objects, now: Objects) -> Iterator[str]:
    """Connections that policies let through now and did not before, of the peers and ports that either knows."""
    if _network(before) == _network(now):
        return
    before, now = _connecting(before), _connecting(now)
    peers, ports = _peers(before, now), _ports(before, now)
    for earlier, later in _works(before, now):
        for peer in peers:
            for port in ports:
                if lets_in(now, later, peer, port) and not lets_in(before, earlier, peer, port):
                    yield f"{later.reference} ← {_shown(peer)}, {port}"
                for protocol in ("TCP", "UDP"):
                    out = lets_out(now, later, peer, port, protocol) and not lets_out(
                        before, earlier, peer, port, protocol
                    )
                    if out and not (port == 53 and peer.labels == _DNS):
                        yield f"{later.reference} → {_shown(peer)}, {port}/{protocol}"


GUARDS = (
    Guard(
        "nothing-is-missing",
        Text("Something that was deployed before is gone.", "前にはデプロイされていたものが、なくなっています。"),
        _missing,
    ),
    Guard(
        "the-namespace-stays",
        Text("It is deployed somewhere else than before.", "前とは別の場所にデプロイされます。"),
        _moved,
    ),
    Guard(
        "the-shared-limits-stay",
        Text(
            "It takes more of the shared cluster than was granted: the limits themselves have changed.",
            "共有クラスターの割り当てそのものが変わっています。決められた分より多く使えてしまいます。",
        ),
        _shared,
    ),
    Guard(
        "pod-security-stays",
        Text(
            "The namespace lets in pods that it refused before.",
            "前には断られていた Pod を、名前空間が受け入れるようになっています。",
        ),
        _security,
    ),
    Guard(
        "pods-stay-apart",
        Text(
            "One node that goes down may take every replica now.",
            "1 つのノードの停止で、すべてのレプリカが止まることがあります。",
        ),
        _spread,
    ),
    Guard(
        "selectors-stay",
        Text(
            "The cluster refuses the change: what a Deployment selects can never be changed.",
            "クラスターが変更を拒みます。Deployment のセレクターは後から変えられません。",
        ),
        _selectors,
    ),
    Guard(
        "as-many-replicas",
        Text("Fewer pods share the work than before.", "仕事を分け合う Pod が、前より少なくなっています。"),
        _replicas,
    ),
    Guard(
        "the-images-stay",
        Text(
            "A different version runs from the one that was deployed.",
            "デプロイされていたものとは別のバージョンが動きます。",
        ),
        _images,
    ),
    Guard(
        "no-door-is-opened",
        Text(
            "Somebody may connect now who could not before.",
            "前にはつながらなかった相手が、つながるようになっています。",
        ),
        _doors,
    ),
)


def _both(before: Objects, now: Objects) -> Iterator[tuple[Object, Object]]:
    for earlier in before:
        if later := named(now, str(earlier.get("kind")), str(at(earlier, "metadata", "name"))):
            yield earlier, later


def _works(before: Objects, now: Objects) -> Iterator[tuple[Workload, Workload]]:
    after = {work.reference: work for work in workloads(now)}
    return ((work, after[work.reference]) for work in workloads(before) if work.reference in after)


def _network(objects: Objects) -> list[object]:
    """All that decides who may connect."""
    works = ((work.reference, work.labels, work.ports) for work in workloads(objects))
    return [*works, *of_kind(objects, "NetworkPolicy")]


def _connecting(objects: Objects) -> list[Object]:
    """What connects, and what decides who may: the others would be looked through for each peer and port."""
    return [*(work.object for work in workloads(objects)), *of_kind(objects, "NetworkPolicy")]


def _peers(*trees: Objects) -> list[Peer]:
    """Pods of the application, those that a policy names, and strangers; here, elsewhere, and where DNS is."""
    known: list[Labels] = [{}, _DNS, *(work.labels for objects in trees for work in workloads(objects))]
    known += [labels for objects in trees for labels in _selected(objects)]
    unique = [labels for index, labels in enumerate(known) if labels not in known[:index]]
    return [Peer(labels, place) for labels in unique for place in ("", ANOTHER, "kube-system")]


def _selected(objects: Objects) -> Iterator[Labels]:
    for peers, _ in _rules(objects):
        for peer in peers:
            yield at(peer, "podSelector", "matchLabels", default={})


def _ports(*trees: Objects) -> list[int]:
    named = {port for objects in trees for _, ports in _rules(objects) for one in ports for port in _numbers(one)}
    listened = {port for objects in trees for work in workloads(objects) for port in work.ports}
    return sorted({53, _ANY_PORT, *named, *listened})


def _numbers(port: Object) -> Iterator[int]:
    return (port[key] for key in ("port", "endPort") if isinstance(port.get(key), int))


def _rules(objects: Objects) -> Iterator[tuple[list[Object], list[Object]]]:
    """Peers and ports of each rule of each policy."""
    for policy in of_kind(objects, "NetworkPolicy"):
        for way, key in (("ingress", "from"), ("egress", "to")):
            for rule in at(policy, "spec", way, default=()):
                yield rule.get(key) or [], rule.get("ports") or []


def _shown(peer: Peer) -> str:
    """Labels, after the namespace if it is not the application's own; `*` is any."""
    labels = ",".join(f"{key}={value}" for key, value in sorted((peer.labels or {}).items())) or "*"
    return f"{peer.namespace}/{labels}".removeprefix("/")
