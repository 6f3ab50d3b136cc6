"""What compose.yaml gives the containers, as far as the rules ask."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from gitops.doctor import nodes
from gitops.doctor.nodes import Node, Unreadable


@dataclass(frozen=True)
class Service:
    """`writable`: the folders in memory that its container may write to; `processor`: the cores that it may use."""

    writable: frozenset[str] = frozenset()
    processor: Decimal = Decimal()


@lru_cache(maxsize=64)
def service(text: str, name: str) -> Service:
    """The service with this name; an empty one when there is none."""
    documents = nodes.parse("compose.yaml", text)
    if isinstance(documents, Unreadable) or not documents:
        return Service()
    node = documents[0].at("services", name)
    folders = frozenset(one.partition(":")[0] for one in node.at("tmpfs").texts)
    return Service(folders, _cores(node.at("deploy", "resources", "limits", "cpus")))


def _cores(node: Node) -> Decimal:
    try:
        cores = Decimal(node.text or 0)
    except InvalidOperation:
        return Decimal()
    return cores if cores.is_finite() else Decimal()
