"""The lines behind rules that look at rendered objects, which have none."""

from collections import defaultdict
from collections.abc import Iterator

from gitops.doctor.check import CheckFailed, Problem, reason
from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Place
from gitops.manifests.violation import Rule
from gitops.overlays import OVERLAYS, kustomization

_FEW = 3


def problems(checkout: Checkout, rule: Rule) -> Iterator[Problem]:
    """What a rule finds in all overlays; what several have in common, such as from the base, is said once.

    Raises CheckFailed, after that, for overlays that the rule fails for.
    """
    found: dict[tuple[Place, str, bool], list[str]] = defaultdict(list)
    failed: dict[str, list[str]] = defaultdict(list)
    for overlay, rendered in checkout.rendered.items():
        try:
            violations = rule(rendered.objects)
        except Exception as error:  # objects are data from outside, and may be anything
            failed[reason(error)].append(overlay)
            continue
        for violation in violations:
            found[_place(checkout, overlay, violation.where), str(violation), violation.decided].append(overlay)
    for (place, what, decided), overlays in found.items():
        yield Problem(place, f"{what} ({_listed(overlays)})", decided)
    for what, overlays in failed.items():
        raise CheckFailed(Place(kustomization(overlays[0])), f"{what} ({_listed(overlays)})")


def _listed(overlays: list[str]) -> str:
    more = f" and {len(overlays) - _FEW} more" if len(overlays) > _FEW else ""
    return f"in {', '.join(overlays[:_FEW])}{more}"


def _place(checkout: Checkout, overlay: str, reference: str) -> Place:
    """The file that describes the object: of the overlay, or else shared; the overlay itself when none does."""
    places = checkout.described.get(reference, [])
    own = (place for place in places if place.path.startswith(f"{OVERLAYS}/{overlay}/"))
    shared = (place for place in places if not place.path.startswith(f"{OVERLAYS}/"))
    return next(own, None) or next(shared, None) or Place(kustomization(overlay))
