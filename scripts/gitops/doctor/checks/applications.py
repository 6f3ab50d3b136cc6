"""Compares what Argo CD's objects say with what is in git."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from gitops.doctor import argocd
from gitops.doctor.argocd import Application
from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Location, Node
from gitops.git.repository import from_url
from gitops.operations.student_label import LABEL
from gitops.overlays.overlay_names import overlay_of
from gitops.text import Text

# A commit or a version: no checkout tells what it names.
_FIXED = re.compile(r"[0-9a-f]{7,40}|[v^~<>=]*\d+(?:[.*].*)?|refs/tags/.+")


@check(
    "error",
    why=Text(
        "Argo CD deploys another repository's manifests, and no commit here changes anything.",
        "Argo CD が別のリポジトリのマニフェストをデプロイし、ここのコミットでは何も変わりません。",
    ),
    fix="Run `gitops retarget`, and apply the Application again.",
)
def applications_follow_this_repository(checkout: Checkout) -> Iterator[Problem]:
    """A source with this repository's name, or a path of it, is meant to follow it; one with only the same path may
    be."""
    for source in argocd.sources(checkout):
        url = source.at("repoURL")
        if checkout.remote and url.value and not argocd.is_ours(source, checkout):
            named, folder = from_url(url.text), argocd.folder(source)
            same_name = named is not None and named.name.lower() == checkout.remote.name.lower()
            if same_name or (folder and folder in checkout.folders):
                doubt = "" if same_name else f"; whether it has the same {folder} is not said here"
                yield Problem(url.location, f"{url.text} is not {checkout.remote.url}{doubt}", decided=same_name)


@check(
    "error",
    why=Text(
        "Argo CD cannot render it: ComparisonError, app path does not exist.",
        "Argo CD が組み立てられません（ComparisonError、app path does not exist）。",
    ),
    fix="Name a folder of this repository that has a kustomization.yaml, a chart or manifests.",
)
def applications_name_a_path_that_exists(checkout: Checkout) -> Iterator[Problem]:
    for application in argocd.written(checkout):
        for source in application.sources:
            path = source.at("path")
            if path.value and argocd.is_ours(source, checkout) and argocd.folder(source) not in checkout.folders:
                yield Problem(path.location, f"there is nothing in {path.text}")


@check(
    "error",
    why=Text(
        "Argo CD finds no such revision (ComparisonError), or follows a branch to which no deploy is pushed.",
        "Argo CD がリビジョンを見つけられないか（ComparisonError）、デプロイのコミットが届かないブランチに従います。",
    ),
    fix="Name the branch that `gitops update` pushes to.",
)
def applications_follow_a_branch_that_exists(checkout: Checkout) -> Iterator[Problem]:
    known = {"HEAD", *checkout.branches, *(f"refs/heads/{branch}" for branch in checkout.branches)}
    for source in argocd.sources(checkout) if checkout.branches else ():
        for key in ("targetRevision", "revision"):
            revision = source.at(key)
            # A template names one for each overlay, and those of others may not have been fetched.
            if (
                revision.value
                and "{{" not in revision.text
                and revision.text not in known
                and argocd.is_ours(source, checkout)
            ):
                fixed = _FIXED.fullmatch(revision.text) is not None
                doubt = "; whether it is a tag or a commit is not looked up" if fixed else ""
                yield Problem(revision.location, f"the remote has no branch {revision.text}{doubt}", decided=not fixed)


@check(
    "error",
    why=Text(
        "A merge of upstream brings back what a former owner deploys, beside this repository's own overlay.",
        "upstream をマージすると、以前の所有者のデプロイするものが、このリポジトリのオーバーレイの隣に戻ってきます。",
    ),
    fix="Run `gitops retarget`, or the GitOps Deploy workflow: both remove it. Merge with `gitops sync-upstream`.",
)
def overlays_are_of_this_owner(checkout: Checkout) -> Iterator[Problem]:
    former = {}
    if checkout.remote and checkout.remote.overlay in checkout.overlays:
        former = {name: location for name, location in _owned(checkout) if name != checkout.remote.overlay}
    for name, location in former.items():
        yield Problem(location, f"the overlay {name} is of another owner")
    for application in argocd.written(checkout):
        if (name := argocd.overlay_of(application)) in former:
            path = application.spec.at("source", "path")
            yield Problem(path.location, f"it deploys the overlay {name} of another owner")


@check(
    "error",
    why=Text(
        "The manifests go to the overlay's namespace, and Argo CD watches, makes or permits another one.",
        "マニフェストはオーバーレイの名前空間に入り、Argo CD は別の名前空間を見たり、作ったり、許可したりします。",
    ),
    fix="Give `destination.namespace` and the overlay's `namespace` one name.",
)
def applications_deploy_to_the_overlays_namespace(checkout: Checkout) -> Iterator[Problem]:
    """Where only one of the two names a namespace, that one counts."""
    for application in argocd.every(checkout):
        overlay = checkout.overlays.get(argocd.overlay_of(application))
        own = overlay.at("namespace") if overlay else None
        if own and own.value and application.namespace and own.text != application.namespace:
            location = own.location if application.overlay else application.spec.at("destination", "namespace").location
            yield Problem(location, f"{application.name} deploys to {application.namespace}, the overlay to {own.text}")


@check(
    "error",
    why=Text(
        "Argo CD refuses the Application: InvalidSpecError, or `is not permitted in project`.",
        "Argo CD が Application を拒否します（InvalidSpecError か `is not permitted in project`）。",
    ),
    fix="`gitops student add` writes the project with the overlay; otherwise add destination, source and kinds to it.",
)
def projects_permit_their_applications(checkout: Checkout) -> Iterator[Problem]:
    projects = argocd.projects(checkout)
    for application in argocd.every(checkout):
        if application.project not in ("", "default"):
            yield from _refused(application, projects.get(application.project))


@check(
    "error",
    why=Text(
        "A project without Namespace in its clusterResourceWhitelist may not make one: the first sync fails.",
        "clusterResourceWhitelist に Namespace のないプロジェクトは名前空間を作れず、最初の同期が失敗します。",
    ),
    fix="Let the teacher make the namespace (k8s/argocd-applications/class), or permit the kind.",
)
def projects_permit_the_namespace_that_is_to_be_made(checkout: Checkout) -> Iterator[Problem]:
    projects = argocd.projects(checkout)
    for application in argocd.every(checkout):
        options = application.spec.at("syncPolicy", "syncOptions").items()
        made = next((option for option in options if option.text == "CreateNamespace=true"), None)
        project = projects.get(application.project)
        if made and project and not _permits_namespaces(project):
            yield Problem(made.location, f"{application.project} permits no Namespace")


@check(
    "error",
    why=Text(
        "The second Application replaces the first, and prunes what the first has deployed.",
        "2 つ目が 1 つ目を置き換え、デプロイしたものを消します。",
    ),
    fix="Give each a name of its own: gutenberg-search-<overlay>.",
)
def application_names_are_unique(checkout: Checkout) -> Iterator[Problem]:
    written = [application for application in argocd.written(checkout) if application.name]
    names = (
        (f"{application.home}/{application.name}", application.name, application.node.at("metadata", "name"))
        for application in written
    )
    for listed in _together(names).values():
        for name, node in listed[1:]:
            yield Problem(
                node.location, f"{name} is the name of another Application too, in {listed[0][1].location.path}"
            )


@check(
    "error",
    why=Text(
        "Two Applications that deploy the same objects to one namespace undo each other's changes for ever: OutOfSync.",
        "同じ名前空間に同じオブジェクトをデプロイする 2 つの Application は、互いの変更を取り消し続けます"
        "（OutOfSync）。",
    ),
    fix="Give each overlay a namespace of its own.",
)
def namespaces_belong_to_one_overlay(checkout: Checkout) -> Iterator[Problem]:
    """Overlays may share a name on clusters of their own. An Application that deploys no overlay has other objects."""
    deployed = argocd.every(checkout)
    clusters = {argocd.overlay_of(application): application.cluster for application in deployed}
    overlays = (
        (overlay.at("namespace").text, name, overlay.at("namespace")) for name, overlay in checkout.overlays.items()
    )
    for namespace, listed in _together(overlays).items():
        for name, node in listed[1:]:
            first, location = listed[0][0], listed[0][1].location.path
            known = first in clusters and name in clusters
            if not known or clusters[first] == clusters[name]:
                doubt = "" if known else ", and no Application says whether on one cluster"
                what = f"{namespace} is the namespace of another overlay too, in {location}{doubt}"
                yield Problem(node.location, what, known)
    written = (
        (f"{app.cluster} {app.namespace}", app.namespace, app.spec.at("destination", "namespace"))
        for app in argocd.written(checkout)
        if app.namespace and argocd.overlay_of(app) in checkout.overlays
    )
    for listed in _together(written).values():
        for namespace, node in listed[1:]:
            location = listed[0][1].location.path
            yield Problem(node.location, f"{namespace} is the namespace of another Application too, in {location}")


@check(
    "error",
    why=Text(
        "The Application overrides the images that git names, so that no deploy has any effect.",
        "git の指定したイメージが上書きされ、デプロイしても何も変わりません。",
    ),
    fix="Remove `kustomize.images` from the Application; `gitops rollback` and `gitops hold` do what it is meant for.",
)
def applications_leave_images_to_git(checkout: Checkout) -> Iterator[Problem]:
    for source in argocd.sources(checkout):
        images = source.at("kustomize", "images")
        if images.value:
            yield Problem(images.location, "the Application names images itself")


@check(
    "warning",
    why=Text(
        "Argo CD tries each commit once: a webhook or quota that fails for a moment leaves it OutOfSync.",
        "Argo CD は各コミットを一度しか試しません。Webhook やクォータが一瞬失敗しただけで、OutOfSync のま"
        "まになります。",
    ),
    fix="Add `retry` with a limit and `refresh: true` to syncPolicy.",
)
def automated_syncs_are_retried(checkout: Checkout) -> Iterator[Problem]:
    templates = (application_set.at("spec", "template") for application_set in checkout.argocd("ApplicationSet"))
    for node in [*checkout.argocd("Application"), *templates]:
        policy = node.at("spec", "syncPolicy")
        automated = policy.at("automated")
        if (
            automated.value is not None
            and automated.at("enabled").value is not False
            and not policy.at("retry", "limit").value
        ):
            yield Problem(policy.location, "automated sync without retry")


@check(
    "warning",
    why=Text(
        "A folder that is renamed or a generator that fails for a moment deletes everybody's deployments.",
        "フォルダーの名前を変えるか、ジェネレーターが一瞬失敗すると、全員のデプロイが消えます。",
    ),
    fix="Set `applicationsSync: create-update`, or `preserveResourcesOnDeletion: true`.",
)
def application_sets_delete_nothing_by_mistake(checkout: Checkout) -> Iterator[Problem]:
    for maker in checkout.argocd("ApplicationSet"):
        policy = maker.at("spec", "syncPolicy")
        kept = policy.at("preserveResourcesOnDeletion").value is True
        if not kept and policy.at("applicationsSync").text not in ("create-update", "create-only"):
            yield Problem(
                policy.location, f"{maker.at('metadata', 'name').text} deletes Applications with what they deploy"
            )


def _owned(checkout: Checkout) -> Iterator[tuple[str, Location]]:
    """The overlays that are called like the owner of their images, with the place that names the owner; no student's
    overlays."""
    for name, overlay in checkout.overlays.items():
        students = [entry.at("pairs", LABEL).text for entry in overlay.at("labels").items()]
        images = [entry.at("newName") for entry in overlay.at("images").items()]
        owned = [image.location for image in images if _owner(image.text) == name and name not in students]
        yield from ((name, location) for location in owned[:1])


def _owner(image: str) -> str:
    parts = image.split("/")
    return overlay_of(parts[-2]) if len(parts) > 1 else ""


def _refused(application: Application, project: Node | None) -> Iterator[Problem]:
    location = application.spec.at("project").location
    if project is None:
        what = f"no AppProject has the name {application.project} here: whether the cluster has one is not known"
        yield Problem(location, what, decided=False)
        return
    spec = project.at("spec")
    if application.namespace and not _matches(
        application.namespace, [d.at("namespace").text for d in spec.at("destinations").items()]
    ):
        yield Problem(
            spec.at("destinations").location,
            f"{application.project} does not permit the namespace {application.namespace}",
        )
    permitted = [_normal(repository.text) for repository in spec.at("sourceRepos").items()]
    for source in application.sources:
        url = source.at("repoURL").text
        if url and not _matches(_normal(url), permitted):
            yield Problem(
                spec.at("sourceRepos").location, f"{application.project} does not permit the repository {url}"
            )


def _matches(value: str, patterns: list[str]) -> bool:
    """Whether a list of patterns accepts the text; a pattern with ! in front excludes. Source:
    https://argo-cd.readthedocs.io/en/stable/user-guide/projects/"""
    excluded = any(pattern.startswith("!") and fnmatchcase(value, pattern[1:]) for pattern in patterns)
    return not excluded and any(fnmatchcase(value, pattern) for pattern in patterns if not pattern.startswith("!"))


def _normal(url: str) -> str:
    """The address as Argo CD compares it: without regard to case or to a final .git."""
    return url.lower().removesuffix(".git")


def _permits_namespaces(project: Node) -> bool:
    kinds = project.at("spec", "clusterResourceWhitelist").items()
    return any(kind.at("kind").text in ("*", "Namespace") for kind in kinds)


def _together(named: Iterable[tuple[str, str, Node]]) -> dict[str, list[tuple[str, Node]]]:
    """The names and nodes that share a key, by key; those without a key are left out."""
    groups = defaultdict(list)
    for key, name, node in named:
        if key:
            groups[key].append((name, node))
    return groups
