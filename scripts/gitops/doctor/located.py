"""The lines behind rules that look at rendered objects, which have none."""

from collections import defaultdict
from collections.abc import Iterator

from gitops.doctor.check import Problem
from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Place
from gitops.manifests.objects import Objects
from gitops.manifests.violation import Rule, Violation
from gitops.overlays import OVERLAYS, kustomization

_FEW = 3


def problems(checkout: Checkout, rule: Rule) -> Iterator[Problem]:
    """What a rule finds in all overlays; what several have in common, such as from the base, is said once."""
    found: dict[tuple[Place, str, bool], list[str]] = defaultdict(list)
    for overlay, rendered in checkout.rendered.items():
        for violation in apply(rule, rendered.objects):
            found[_place(checkout, overlay, violation.where), str(violation), violation.decided].append(overlay)
    for (place, what, decided), overlays in found.items():
        more = f" and {len(overlays) - _FEW} more" if len(overlays) > _FEW else ""
        yield Problem(place, f"{what} (in {', '.join(overlays[:_FEW])}{more})", decided)


def apply(rule: Rule, objects: Objects) -> list[Violation]:
    """What the rule finds. Rules take objects for what Kubernetes would accept; others are one more thing to find."""
    try:
        return rule(objects)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        what = f"an object is not what Kubernetes accepts ({type(error).__name__}: {error})"
        return [Violation("Overlay", what)]


def _place(checkout: Checkout, overlay: str, reference: str) -> Place:
    """The file that describes the object: of the overlay, or else shared; the overlay itself when none does."""
    places = checkout.described.get(reference, [])
    own = (place for place in places if place.path.startswith(f"{OVERLAYS}/{overlay}/"))
    shared = (place for place in places if not place.path.startswith(f"{OVERLAYS}/"))
    return next(own, None) or next(shared, None) or Place(kustomization(overlay))
