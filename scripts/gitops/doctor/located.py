"""The lines behind rules that look at rendered objects, which have none."""

from collections import defaultdict
from collections.abc import Iterator

from gitops.doctor.check import CheckFailed, Problem, reason
from gitops.doctor.checkout import Checkout
from gitops.doctor.layers import described, generated, is_called, layers, patches
from gitops.doctor.nodes import Location, Node
from gitops.manifests.objects import Object, Path, at, name, reference, short_name
from gitops.manifests.rule import Find
from gitops.manifests.violation import Violation
from gitops.overlays.store import OVERLAYS

_FEW = 3


def problems(checkout: Checkout, rule: Find) -> Iterator[Problem]:
    """What a rule finds in all overlays; what several have in common, such as from the base, is said once.

    Raises CheckFailed, after that, for overlays that the rule fails for.
    """
    overlays_of: dict[tuple[Location, str, bool], list[str]] = defaultdict(list)
    failed: dict[str, list[str]] = defaultdict(list)
    for rendered, overlays in checkout.rendered_alike:
        try:
            violations = rule(rendered.objects)
        except Exception as error:  # objects are data from outside, and may be anything
            failed[reason(error)] += overlays
            continue
        for violation in violations:
            for location, those in _locations(checkout, overlays, violation):
                overlays_of[location, str(violation), violation.decided] += those
    for (location, what, decided), overlays in overlays_of.items():
        yield Problem(location, f"{what} ({_listed(overlays)})", decided)
    for what, overlays in failed.items():
        raise CheckFailed(Location(checkout.kustomization_of(overlays[0])), f"{what} ({_listed(overlays)})")


def _locations(checkout: Checkout, overlays: list[str], violation: Violation) -> Iterator[tuple[Location, list[str]]]:
    """The locations of a violation in the overlays that are alike: in what they share, or in each of them."""
    shared = location_of(checkout, overlays[0], violation)
    if shared.path.startswith(f"{OVERLAYS}/"):
        yield from ((location_of(checkout, overlay, violation), [overlay]) for overlay in overlays)
    else:
        yield shared, overlays


def _listed(overlays: list[str]) -> str:
    more = f" and {len(overlays) - _FEW} more" if len(overlays) > _FEW else ""
    return f"in {', '.join(overlays[:_FEW])}{more}"


def location_of(checkout: Checkout, overlay: str, violation: Violation) -> Location:
    """The line that says the value, in a patch or in the object itself; or else the nearest that is above it.

    What is applied last decides: the overlay's patches before those of its components, and those before the base.
    """
    objects = checkout.rendered[overlay].objects
    rendered = next((item for item in objects if reference(item) == violation.where), {})
    nearest = [(0, Location(checkout.kustomization_of(overlay)))]
    for layer in layers(checkout, overlay):
        for depth, location in _candidates(checkout, layer, rendered, violation.path):
            if depth >= len(violation.path):
                return location
            nearest.append((depth, location))
    return max(nearest, key=lambda candidate: candidate[0])[1]


def _candidates(checkout: Checkout, layer: Node, rendered: Object, path: Path) -> Iterator[tuple[int, Location]]:
    """Locations in one kustomization and its files, with how many steps of the path exist in each; the one that decides
    comes first."""
    kind, called, indices = str(rendered.get("kind")), name(rendered), _indices(rendered, path)
    if path[-1:] == ("image",):
        for entry in _images(layer, str(at(rendered, *indices))):
            yield len(path), entry.at("newTag").location
    aimed = (patch for patch in patches(checkout, layer) if patch.is_aimed_at(kind, called))
    for document in reversed([one for patch in aimed for one in patch.documents if path]):
        yield from _operations(document, indices) if document.items() else [_step(document, path)]
    for manifest in described(checkout, layer):
        own = manifest.at("metadata", "name")
        if manifest.at("kind").text == kind and is_called(own.text, called):
            depth, location = _step(manifest, path)
            yield depth, location if depth else own.location
    for made, entry in generated(layer):
        if made == kind and is_called(entry.at("name").text, called):
            yield len(path), entry.at("name").location


def _images(layer: Node, image: str) -> Iterator[Node]:
    for entry in layer.at("images").items():
        if short_name(entry.at("newName").text or entry.at("name").text) == short_name(image):
            yield entry


def _operations(patch: Node, path: Path) -> Iterator[tuple[int, Location]]:
    """The operations of a JSON patch that set or remove the value, or something around it."""
    for operation in patch.items():
        pointer = operation.at("path").text.strip("/").split("/")
        steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer]
        whole = [str(step) for step in path]
        if steps == whole[: len(steps)]:
            depth, location = _step(operation.at("value"), path[len(steps) :])
            yield len(steps) + depth if operation.at("value").value is not None else len(path), location


def _step(node: Node, path: Path) -> tuple[int, Location]:
    """How many steps of the path exist below a node, and where the last one is."""
    for depth, step in enumerate(path):
        child = _child(node, step)
        if child is None:
            return depth, node.location
        node = child
    return len(path), node.location


def _child(node: Node, step: str | int) -> Node | None:
    items = node.items()
    if isinstance(step, int):
        return items[step] if step < len(items) else None
    if items:
        return next((item for item in items if item.at("name").text == step), None)
    child = node.at(step)
    return child if child.value is not None else None


def _indices(rendered: Object, path: Path) -> Path:
    """The path with the index of each list item instead of its name, as JSON patches write it."""
    indices: list[str | int] = []
    for step in path:
        value = at(rendered, *indices)
        if isinstance(value, list) and isinstance(step, str):
            step = next((index for index, item in enumerate(value) if at(item, "name") == step), len(value))
        indices.append(step)
    return tuple(indices)
