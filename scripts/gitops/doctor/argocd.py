"""Argo CD's Applications: those that are written down, and those that an ApplicationSet makes of the overlays."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from posixpath import normpath

from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Node
from gitops.git.repository import from_url
from gitops.overlays.store import OVERLAYS

_IN_CLUSTER = ("https://kubernetes.default.svc", "in-cluster")


@dataclass(frozen=True)
class Application:
    """`overlay` fills in the template of an ApplicationSet; it is empty for what is written down."""

    node: Node
    overlay: str = ""

    @property
    def name(self) -> str:
        return self.filled(self.node.at("metadata", "name"))

    @property
    def home(self) -> str:
        """The namespace in which the Application itself is."""
        return self.node.at("metadata", "namespace").text or "argocd"

    @property
    def spec(self) -> Node:
        return self.node.at("spec")

    @property
    def sources(self) -> list[Node]:
        return [
            source for source in (self.spec.at("source"), *self.spec.at("sources").items()) if source.value is not None
        ]

    @property
    def paths(self) -> list[str]:
        return [self.filled(source.at("path")) for source in self.sources]

    @property
    def cluster(self) -> str:
        """The cluster's name or address; empty for the cluster in which Argo CD runs."""
        destination = self.spec.at("destination")
        where = destination.at("name").text or destination.at("server").text
        return "" if where in _IN_CLUSTER else where

    @property
    def namespace(self) -> str:
        return self.filled(self.spec.at("destination", "namespace"))

    @property
    def project(self) -> str:
        return self.filled(self.spec.at("project"))

    def filled(self, node: Node) -> str:
        path = f"{OVERLAYS}/{self.overlay}"
        return node.text.replace("{{ .path.basename }}", self.overlay).replace("{{ .path.path }}", path)


def written(checkout: Checkout) -> list[Application]:
    return [Application(node) for node in checkout.argocd("Application")]


def generated(checkout: Checkout) -> Iterator[Application]:
    for node in checkout.argocd("ApplicationSet"):
        for generator in node.at("spec", "generators").items():
            chosen = _directories(generator)
            for overlay in checkout.overlays:
                if _chooses(chosen, f"{OVERLAYS}/{overlay}"):
                    yield Application(node.at("spec", "template"), overlay)


def every(checkout: Checkout) -> list[Application]:
    """The Applications that are written in a file and those that an ApplicationSet generates."""
    return [*written(checkout), *generated(checkout)]


def projects(checkout: Checkout) -> dict[str, Node]:
    """The AppProjects by name."""
    return {project.at("metadata", "name").text: project for project in checkout.argocd("AppProject")}


def sources(checkout: Checkout) -> Iterator[Node]:
    """All nodes that name a repository: the sources of Applications, and the git generators of ApplicationSets."""
    for application in [*written(checkout), *(Application(one.at("spec", "template")) for one in _sets(checkout))]:
        yield from application.sources
    for application_set in _sets(checkout):
        yield from (generator.at("git") for generator in application_set.at("spec", "generators").items())


def is_ours(source: Node, checkout: Checkout) -> bool:
    """Whether the source takes manifests from this repository, or may take them where this repository's name is not
    known. A chart never does."""
    named, ours = from_url(source.at("repoURL").text), checkout.remote
    if source.at("chart").value or source.at("repoURL").value is None:
        return False
    return ours is None or (named is not None and (named.slug, named.name.lower()) == (ours.slug, ours.name.lower()))


def folder(source: Node) -> str:
    """The path of a source from the root of the repository; empty for the root."""
    path = normpath(source.at("path").text or ".")
    return "" if path == "." else path


def overlay_of(application: Application) -> str:
    """The overlay that the Application deploys; empty when it deploys something else."""
    for path in application.paths:
        folder, _, name = path.removeprefix("./").rstrip("/").rpartition("/")
        if folder == OVERLAYS:
            return name
    return ""


def _sets(checkout: Checkout) -> list[Node]:
    return checkout.argocd("ApplicationSet")


def _directories(generator: Node) -> list[tuple[str, bool]]:
    directories = generator.at("git", "directories").items()
    return [(directory.at("path").text, bool(directory.at("exclude").value)) for directory in directories]


def _chooses(directories: list[tuple[str, bool]], folder: str) -> bool:
    matching = [exclude for pattern, exclude in directories if fnmatchcase(folder, pattern)]
    return bool(matching) and not any(matching)
