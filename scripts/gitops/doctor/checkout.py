"""A checkout as the checks see it: plain values, without a file, a process or the network behind them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gitops.doctor.actions.sample import Sample
from gitops.doctor.application import Sources, sources_in
from gitops.doctor.facts import Facts
from gitops.doctor.nodes import Location, Node, Unreadable, parse
from gitops.doctor.workflow import Workflow
from gitops.git.repository import Repository
from gitops.manifests.objects import TEMPLATES, Object
from gitops.overlays import kustomize_paths
from gitops.overlays.overlay_names import APPLICATIONS
from gitops.overlays.store import OVERLAYS, kustomizations

WORKFLOWS = ".github/workflows"
MANIFESTS = "k8s"
_CONTAINERS = ("initContainers", "containers")


@dataclass(frozen=True)
class Rendered:
    """What kustomize makes of an overlay; `error` is what it says when it does not.

    `like` names the overlay that it differs from in the namespace alone, so that rules find the same in both.
    `refused`: kustomize was not asked, because of paths that a check of its own names by their lines.
    """

    objects: Sequence[Object] = ()
    error: str = ""
    like: str = ""
    refused: bool = False


@dataclass(frozen=True)
class Checkout:
    """`files`: text by path of whatever a check may read. `paths`: every file that git knows.

    `outside`: by path what is wrong with a symbolic link that leads out, or with a pipe or device; nothing is read
    there.
    `too_large`: files that were not read either.
    `remote` is None, and `branches` empty, when the checkout has no remote that tells them.
    """

    files: Mapping[str, str]
    paths: frozenset[str] = frozenset()
    remote: Repository | None = None
    branches: frozenset[str] = frozenset()
    rendered: Mapping[str, Rendered] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    outside: Mapping[str, str] = field(default_factory=dict)
    too_large: Sequence[str] = ()

    @cached_property
    def workflows(self) -> list[Workflow]:
        return [Workflow(document) for path, document in self._documents if path.rpartition("/")[0] == WORKFLOWS]

    @property
    def default(self) -> str:
        """The branch whose pushes are built, guessed from the names of the branches."""
        usual = [name for name in ("main", "master", "trunk") if name in self.branches]
        only = list(self.branches) if len(self.branches) == 1 else []
        return next(iter((*usual, *only)), "main")

    @cached_property
    def sample(self) -> Sample:
        """What the workflows do on a sample commit."""
        return Sample(self.workflows, self.default)

    @cached_property
    def sources(self) -> Sources:
        """What the sources of the application say."""
        return sources_in(self.files)

    @cached_property
    def kustomizations(self) -> list[Node]:
        """The kustomizations of the overlays, the base and the components."""
        return [document for path, document in self._documents if path.rpartition("/")[2] in kustomize_paths.NAMES]

    @cached_property
    def overlays(self) -> dict[str, Node]:
        """The kustomization of each overlay, by the overlay's name."""
        ours = (
            kustomization
            for kustomization in self.kustomizations
            if kustomization.location.path.startswith(f"{OVERLAYS}/")
        )
        return {
            overlay.location.path.split("/")[2]: overlay for overlay in ours if overlay.location.path.count("/") == 3
        }

    @cached_property
    def rendered_alike(self) -> list[tuple[Rendered, list[str]]]:
        """The distinct renderings, those that differ only in the namespace counted as one, with the overlays of
        each."""
        overlays = defaultdict(list)
        for overlay, rendered in self.rendered.items():
            overlays[rendered.like or overlay].append(overlay)
        return [(self.rendered[name], names) for name, names in overlays.items()]

    def kustomization(self, folder: str) -> Node | None:
        """The kustomization of a folder; None when it has none."""
        return self._kustomizations.get(folder)

    def kustomization_of(self, overlay: str) -> str:
        """The path of an overlay's kustomization, also of one that cannot be read; the usual one when it has none."""
        paths = kustomizations(overlay)
        return next((path for path in paths if path in self.paths), paths[0])

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder with files in it or below it; the empty name is the root of the repository."""
        parts = (path.split("/") for path in self.paths)
        return frozenset("/".join(names[:depth]) for names in parts for depth in range(len(names)))

    @cached_property
    def _kustomizations(self) -> dict[str, Node]:
        return {kustomization.location.path.rpartition("/")[0]: kustomization for kustomization in self.kustomizations}

    @cached_property
    def manifests(self) -> list[Node]:
        """The objects that are applied to the cluster, as they are before kustomize, without Argo CD's own objects."""
        return [document for path, document in self._documents if _is_manifest(path) and document.at("kind").value]

    @cached_property
    def unreadable(self) -> list[Unreadable]:
        return [found for found in self._parsed.values() if isinstance(found, Unreadable)]

    def argocd(self, kind: str) -> list[Node]:
        """Argo CD's objects of a kind."""
        ours = (document for path, document in self._documents if path.startswith(APPLICATIONS))
        return [document for document in ours if document.at("kind").value == kind]

    def texts(self, *suffixes: str, under: str = "") -> Iterator[tuple[str, str]]:
        """Path and text of the files whose paths end in one of the suffixes."""
        return ((path, text) for path, text in self.files.items() if path.startswith(under) and path.endswith(suffixes))

    def line(self, location: Location) -> str:
        """The line at this location as the file has it: 010 is not read as 8, nor 1.10 as 1.1."""
        return self.files[location.path].splitlines()[location.line - 1].strip(" -")

    @cached_property
    def _parsed(self) -> dict[str, list[Node] | Unreadable]:
        yaml = self.texts(".yaml", ".yml", *kustomize_paths.NAMES)
        return {path: parse(path, text) for path, text in yaml if path.startswith((f"{MANIFESTS}/", ".github/"))}

    def is_readable(self, path: str) -> bool:
        """Whether the file is there, and is YAML."""
        return isinstance(self._parsed.get(path), list)

    def documents(self, path: str) -> list[Node]:
        """The documents of a file; empty when the file is missing or cannot be read."""
        documents = self._parsed.get(path, [])
        return [] if isinstance(documents, Unreadable) else documents

    @cached_property
    def _documents(self) -> list[tuple[str, Node]]:
        return [(path, document) for path in self._parsed for document in self.documents(path)]


def containers_of(manifest: Node) -> list[Node]:
    """The containers of the pods that the object creates, or of the object if it is a pod."""
    pods = [manifest.at(*map(str, path), "spec") for path in (*TEMPLATES, ())]
    return [container for pod in pods for kind in _CONTAINERS for container in pod.at(kind).items()]


def _is_manifest(path: str) -> bool:
    return (
        path.startswith(f"{MANIFESTS}/")
        and not path.startswith(APPLICATIONS)
        and path.rpartition("/")[2] not in kustomize_paths.NAMES
    )
