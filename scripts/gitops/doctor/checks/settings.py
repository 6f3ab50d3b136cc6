"""What gitops alone reads of an overlay: what it follows, and which components are held."""

from collections.abc import Iterator

from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Location, Node
from gitops.overlays import settings
from gitops.overlays.settings import MAIN
from gitops.overlays.store import settings_path
from gitops.text import Text


@check(
    "error",
    why=Text(
        "`gitops update` leaves the overlay as it is, and ends with exit status 30.",
        "`gitops update` はそのオーバーレイに手を付けず、終了ステータス 30 で終わります。",
    ),
    fix="Write `follows` with the name of an overlay, and `holds` with a `reason` for each component.",
)
def overlay_settings_are_understood(checkout: Checkout) -> Iterator[Problem]:
    for overlay in checkout.overlays:
        path = settings_path(overlay)
        documents = checkout.documents(path)
        node = documents[0] if len(documents) == 1 else Node(Location(path), None)
        for fault in settings.faults(node.value) if checkout.is_readable(path) else ():
            yield Problem(node.at(*fault.path).location, fault.what)


@check(
    "error",
    why=Text(
        "No update moves the overlay, and no promotion can: it keeps what it runs.",
        "更新でも昇格でも動かないオーバーレイは、今のまま取り残されます。",
    ),
    fix="Write `follows: main`, or the name of an overlay that is moved itself.",
)
def overlays_follow_what_moves(checkout: Checkout) -> Iterator[Problem]:
    followed = {overlay: _followed(checkout, overlay) for overlay in checkout.overlays}
    for overlay, node in followed.items():
        if node.text not in (MAIN, *checkout.overlays):
            yield Problem(node.location, f"there is no overlay {node.text!r}")
        elif overlay in _way(overlay, followed):
            yield Problem(node.location, f"{overlay} follows itself, by way of {node.text}")


@check(
    "warning",
    why=Text(
        "Nobody knows when the component may be released, and it stays behind.",
        "いつ解除してよいのか誰にも分からず、コンポーネントが古いまま残ります。",
    ),
    fix="Write `reason`, or run `gitops release`.",
)
def holds_say_why(checkout: Checkout) -> Iterator[Problem]:
    for overlay in checkout.overlays:
        for document in checkout.documents(settings_path(overlay)):
            for component, hold in document.at("holds").entries():
                if not hold.at("reason").text.strip():
                    yield Problem(hold.location, f"{component} of {overlay} is held without a reason")


def _followed(checkout: Checkout, overlay: str) -> Node:
    path = settings_path(overlay)
    nodes = [document.at("follows") for document in checkout.documents(path)]
    return next((node for node in nodes if isinstance(node.value, str)), Node(Location(path), MAIN))


def _way(overlay: str, followed: dict[str, Node]) -> set[str]:
    """The overlays that one follows, that which those follow, and so on."""
    way: set[str] = set()
    while (overlay := followed[overlay].text) in followed and overlay not in way:
        way.add(overlay)
    return way
