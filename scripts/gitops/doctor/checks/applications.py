"""What Argo CD is told, against what is in git."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from gitops.doctor import argocd
from gitops.doctor.argocd import Application
from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Node
from gitops.repository import from_url


@check(
    "error",
    why="Argo CD deploys another repository's manifests, and no commit here changes anything.",
    mend="Run `gitops retarget`, and apply the Application again.",
)
def applications_follow_this_repository(checkout: Checkout) -> Iterator[Problem]:
    for source in argocd.sources(checkout):
        url = source.at("repoURL")
        found = from_url(url.text)
        if checkout.remote and url.value and _takes_manifests(source):
            ours = (checkout.remote.slug, checkout.remote.name.lower())
            if found is None or (found.slug, found.name.lower()) != ours:
                yield Problem(url.place, f"{url.text} is not {checkout.remote.url}")


@check(
    "error",
    why="Argo CD cannot render it: ComparisonError, app path does not exist.",
    mend="Name a folder with a kustomization.yaml.",
)
def applications_name_a_path_that_exists(checkout: Checkout) -> Iterator[Problem]:
    for one in argocd.written(checkout):
        path = one.spec.at("source", "path")
        if path.value and f"{path.text.strip('/').removeprefix('./')}/kustomization.yaml" not in checkout.paths:
            yield Problem(path.place, f"{path.text} has no kustomization.yaml")


@check(
    "error",
    why="Argo CD finds no such revision (ComparisonError), or follows one that no deploy is pushed to.",
    mend="Name the branch that `gitops update` pushes to: main.",
)
def applications_follow_a_branch_that_exists(checkout: Checkout) -> Iterator[Problem]:
    for source in argocd.sources(checkout):
        for key in ("targetRevision", "revision"):
            revision = source.at(key)
            known = {*checkout.branches, "HEAD"}
            if checkout.branches and _takes_manifests(source) and revision.value and revision.text not in known:
                yield Problem(revision.place, f"the remote has no branch {revision.text}")


@check(
    "error",
    why="The manifests go to the overlay's namespace, and Argo CD watches, makes or permits the other one.",
    mend="Give `destination.namespace` and the overlay's `namespace` one name.",
)
def applications_deploy_to_the_overlays_namespace(checkout: Checkout) -> Iterator[Problem]:
    for one in argocd.every(checkout):
        overlay = checkout.overlays.get(argocd.overlay_of(one))
        if overlay is not None and overlay.at("namespace").text != one.namespace:
            place = overlay.at("namespace").place if one.overlay else one.spec.at("destination", "namespace").place
            yield Problem(
                place, f"{one.name} deploys to {one.namespace}, the overlay to {overlay.at('namespace').text}"
            )


@check(
    "error",
    why="Argo CD refuses the Application: InvalidSpecError, or `is not permitted in project`.",
    mend="`gitops student add` writes the project with the overlay; otherwise add destination, source and kinds to it.",
)
def projects_permit_their_applications(checkout: Checkout) -> Iterator[Problem]:
    projects = argocd.projects(checkout)
    for one in argocd.every(checkout):
        if one.project not in ("", "default"):
            yield from _refused(one, projects.get(one.project))


@check(
    "error",
    why="A project without Namespace in its clusterResourceWhitelist may not make one: the first sync fails.",
    mend="Let the teacher make the namespace (k8s/argocd-applications/class), or permit the kind.",
)
def projects_permit_the_namespace_that_is_to_be_made(checkout: Checkout) -> Iterator[Problem]:
    projects = argocd.projects(checkout)
    for one in argocd.every(checkout):
        options = one.spec.at("syncPolicy", "syncOptions").items()
        made = next((option for option in options if option.text == "CreateNamespace=true"), None)
        project = projects.get(one.project)
        if made and project and not _permits_namespaces(project):
            yield Problem(made.place, f"{one.project} permits no Namespace")


@check(
    "error",
    why="The second one replaces the first, and prunes what it has deployed.",
    mend="Give each a name of its own: gutenberg-search-<overlay>.",
)
def application_names_are_unique(checkout: Checkout) -> Iterator[Problem]:
    named = ((one.name, one.node.at("metadata", "name")) for one in argocd.written(checkout))
    return _twice(named, "the name of another Application too")


@check(
    "error",
    why="Two Applications that deploy to one namespace undo each other's changes for ever: OutOfSync.",
    mend="Give each overlay a namespace of its own.",
)
def namespaces_belong_to_one_overlay(checkout: Checkout) -> Iterator[Problem]:
    overlays = ((one.at("namespace").text, one.at("namespace")) for one in checkout.overlays.values())
    yield from _twice(overlays, "the namespace of another overlay too")
    applications = ((one.namespace, one.spec.at("destination", "namespace")) for one in argocd.written(checkout))
    yield from _twice(applications, "the namespace of another Application too")


@check(
    "error",
    why="It masks the images that git names, so that no deploy has any effect.",
    mend="Remove `kustomize.images` from the Application; `gitops rollback` and `hold` do what it is meant for.",
)
def applications_leave_images_to_git(checkout: Checkout) -> Iterator[Problem]:
    for source in argocd.sources(checkout):
        images = source.at("kustomize", "images")
        if images.value:
            yield Problem(images.place, "the Application names images itself")


@check(
    "warning",
    why="Argo CD tries each commit once: a webhook or quota that fails for a moment leaves it OutOfSync.",
    mend="Add `retry` with a limit and `refresh: true` to syncPolicy.",
)
def automated_syncs_are_retried(checkout: Checkout) -> Iterator[Problem]:
    templates = (one.at("spec", "template") for one in checkout.argocd("ApplicationSet"))
    for node in [*checkout.argocd("Application"), *templates]:
        policy = node.at("spec", "syncPolicy")
        if policy.at("automated").value is not None and not policy.at("retry", "limit").value:
            yield Problem(policy.place, "automated sync without retry")


@check(
    "warning",
    why="A folder that is renamed or a generator that fails for a moment deletes everybody's deployments.",
    mend="Set `applicationsSync: create-update`, or `preserveResourcesOnDeletion: true`.",
)
def application_sets_delete_nothing_by_mistake(checkout: Checkout) -> Iterator[Problem]:
    for one in checkout.argocd("ApplicationSet"):
        policy = one.at("spec", "syncPolicy")
        kept = policy.at("preserveResourcesOnDeletion").value is True
        if not kept and policy.at("applicationsSync").text not in ("create-update", "create-only"):
            yield Problem(policy.place, f"{one.at('metadata', 'name').text} deletes Applications with what they deploy")


def _takes_manifests(source: Node) -> bool:
    """Not a Helm chart of somebody else."""
    return not source.at("chart").value


def _refused(one: Application, project: Node | None) -> Iterator[Problem]:
    place = one.spec.at("project").place
    if project is None:
        yield Problem(place, f"no AppProject has the name {one.project}")
        return
    spec = project.at("spec")
    if not _matches(one.namespace, [d.at("namespace").text for d in spec.at("destinations").items()]):
        yield Problem(spec.at("destinations").place, f"{one.project} does not permit the namespace {one.namespace}")
    url = one.spec.at("source", "repoURL").text
    if not _matches(_normal(url), [_normal(repository.text) for repository in spec.at("sourceRepos").items()]):
        yield Problem(spec.at("sourceRepos").place, f"{one.project} does not permit the repository {url}")


def _matches(value: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in patterns)


def _normal(url: str) -> str:
    """As Argo CD compares addresses: without regard to case and to .git."""
    return url.lower().removesuffix(".git")


def _permits_namespaces(project: Node) -> bool:
    kinds = project.at("spec", "clusterResourceWhitelist").items()
    return any(kind.at("kind").text in ("*", "Namespace") for kind in kinds)


def _twice(named: Iterable[tuple[str, Node]], what: str) -> Iterator[Problem]:
    places = defaultdict(list)
    for name, node in named:
        places[name].append(node)
    for name, nodes in places.items():
        if name:
            yield from (Problem(node.place, f"{name} is {what}, in {nodes[0].place.path}") for node in nodes[1:])
