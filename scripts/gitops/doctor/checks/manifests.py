"""Files under k8s, and what kustomize makes of them."""

import posixpath
import re
from collections.abc import Iterator

from gitops import kustomize_paths
from gitops.doctor import argocd, located
from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.layers import layers
from gitops.doctor.nodes import Place
from gitops.kustomize_paths import MANIFESTS
from gitops.manifests.rules.probes import probes_ask_routes_of
from gitops.manifests.rules.projects import permitted_by
from gitops.model import COMPONENTS
from gitops.overlays import kustomization

_ROUTE = re.compile(r"^@\w+\.(?:get|api_route)\(\s*\"(/[^\"]*)\"", re.MULTILINE)


@check("error", why="What reads the file stops, or silently leaves it out.", mend="Correct the line.")
def files_are_valid_yaml(checkout: Checkout) -> Iterator[Problem]:
    return (Problem(one.place, one.what) for one in checkout.unreadable)


@check(
    "error",
    why="kustomize clones and fetches what is an address, and git runs programs that an address may name: "
    "whoever renders the overlay runs them.",
    mend="Name files and folders of k8s/ by plain relative paths, and copy what comes from elsewhere.",
)
def kustomizations_stay_inside_k8s(checkout: Checkout) -> Iterator[Problem]:
    for path, text in checkout.texts(*kustomize_paths.NAMES, under=f"{MANIFESTS}/"):
        for one in kustomize_paths.references(posixpath.dirname(path), text):
            if one.problem:
                yield Problem(Place(path, one.line), one.problem)
    yield from (Problem(Place(path), problem) for path, problem in checkout.outside.items())


@check("error", why="Argo CD shows ComparisonError, and nothing is deployed.", mend="Do as kustomize says.")
def overlays_render(checkout: Checkout) -> Iterator[Problem]:
    for name, rendered in checkout.rendered.items():
        if rendered.error:
            yield Problem(_named(checkout, name, rendered.error), rendered.error)


@check(
    "error",
    why="It puts labels into selectors too, and the API server refuses to change a Deployment's selector.",
    mend="Write `labels:` with `pairs:`, which leaves selectors alone.",
)
def labels_leave_selectors_alone(checkout: Checkout) -> Iterator[Problem]:
    for one in checkout.kustomizations:
        node = one.at("commonLabels")
        if node.value is not None:
            yield Problem(node.place, "commonLabels changes selectors")
        for entry in one.at("labels").items():
            if entry.at("includeSelectors").value is True:
                yield Problem(entry.at("includeSelectors").place, "includeSelectors changes selectors")


@check(
    "error",
    why="Argo CD leaves the object out and fails the sync: `is not permitted in project`.",
    mend="Add the kind to the project's whitelist, or take the component out of the overlay.",
)
def projects_permit_every_object(checkout: Checkout) -> Iterator[Problem]:
    projects = argocd.projects(checkout)
    for one in {one.name: one for one in argocd.every(checkout)}.values():
        project, rendered = projects.get(one.project), checkout.rendered.get(argocd.overlay_of(one))
        if project is not None and rendered is not None:
            for violation in permitted_by(project.value)(rendered.objects):
                yield Problem(project.at("spec").place, str(violation))


@check(
    "error",
    why="The probe gets 404 for ever: the pod never becomes ready, or is killed again and again.",
    mend="Ask a path that the application serves: /healthz for life, /readyz for readiness.",
)
def probes_ask_routes_that_exist(checkout: Checkout) -> Iterator[Problem]:
    routes = {route for _, text in checkout.texts(".py", under="backend/app/") for route in _ROUTE.findall(text)}
    if routes:
        yield from located.problems(checkout, probes_ask_routes_of({COMPONENTS["backend"].image: routes}))


def _named(checkout: Checkout, overlay: str, error: str) -> Place:
    """The line of the file or folder that the error names first; or else the overlay."""
    nodes = (node for layer in layers(checkout, overlay) for node in layer.every() if isinstance(node.value, str))
    named = [(found.start(), node.place) for node in nodes if (found := re.search(_word(node.text), error))]
    return min(named, key=lambda one: one[0], default=(0, Place(kustomization(overlay))))[1]


def _word(text: str) -> str:
    return rf"(?<![\w./-]){re.escape(text)}(?![\w./-])" if "/" in text or "." in text else "(?!)"
