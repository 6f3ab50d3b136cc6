"""What each overlay runs, and how far that is from what it could run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial

from gitops import cluster, desired, yaml_files
from gitops.errors import RegistryError
from gitops.git.change import Heads
from gitops.git.client import Git
from gitops.image_tags import commit_of
from gitops.model import COMPONENTS, Image, short
from gitops.operations.context import Context
from gitops.operations.images import newest_images
from gitops.overlays import store
from gitops.overlays.store import Overlay


@dataclass(frozen=True, slots=True)
class Row:
    """A component of an overlay; the table and the JSON have these fields.

    `behind` counts commits; `present` tells whether the registry holds the image, None where it does not say so.
    """

    overlay: str
    component: str | None = None
    commit: str | None = None
    committed: datetime | None = None
    behind: int | None = None
    follows: str | None = None
    hold: str | None = None
    image: str | None = None
    present: bool | None = None
    cluster: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """None as `overlay` means all of them."""

    context: Context
    overlay: str | None = None

    def __call__(self, tree: Git, heads: Heads) -> list[Row]:
        overlays, faults = (
            store.read_all(tree.root) if self.overlay is None else ([store.read(tree.root, self.overlay)], {})
        )
        if faults and not overlays:
            raise next(iter(faults.values()))
        look = _Look(self.context, tree, heads.source, {name for overlay in overlays for name in overlay.images})
        rows = [row for overlay in overlays for row in look.rows(overlay)]
        left = {name: fault.what for name, fault in faults.items()}
        left |= {} if self.overlay else store.without(tree.root)
        rows += [Row(folder, note=reason) for folder, reason in left.items()]
        return _beside_the_cluster(rows, {overlay.name: _namespace(overlay) for overlay in overlays})


class _Look:
    """Asks git and the registry each thing once, for any number of overlays."""

    def __init__(self, context: Context, tree: Git, head: str, components: set[str]) -> None:
        self._times = tree.commit_times(head)
        history = list(self._times)
        self._newest, self._faults = newest_images(
            context, history, [name for name in COMPONENTS if name in components]
        )
        self._behind = cache(partial(desired.behind, history))
        self._time_of_stranger = cache(tree.commit_time)
        self._present = cache(lambda component, digest: context.registry.has(context.path(component), digest))

    def rows(self, overlay: Overlay) -> Iterator[Row]:
        for component, image in overlay.images.items():
            yield self._component(overlay, component, image)
        for component in (name for name in COMPONENTS if name not in overlay.images):
            yield Row(overlay.name, component, follows=overlay.follows, note=f"it {overlay.lack(component)}")

    def _component(self, overlay: Overlay, component: str, image: Image) -> Row:
        newest, hold, time = self._newest.get(component), overlay.holds.get(component), self._time(image.commit)
        present, note = self._is_present(component, image)
        return Row(
            overlay.name,
            component,
            commit=image.commit,
            committed=time,
            behind=self._behind(image.commit, newest.commit if newest else None),
            follows=overlay.follows,
            hold=hold.reason if hold else None,
            image=image.reference,
            present=present,
            note=note,
        )

    def _is_present(self, component: str, image: Image) -> tuple[bool | None, str | None]:
        """Whether the registry holds it; None where it does not say so, with what it says."""
        try:
            if component in self._faults:
                raise self._faults[component]
            return bool(image.commit) and self._present(component, image.digest), None
        except RegistryError as error:
            return None, error.what

    def _time(self, commit: str | None) -> datetime | None:
        if commit is None:
            return None
        return self._times.get(commit) or self._time_of_stranger(commit)


def _beside_the_cluster(rows: list[Row], namespaces: Mapping[str, str]) -> list[Row]:
    """The rows, each with what the cluster runs, if kubectl reaches one that runs any of it."""
    there = cluster.look({*namespaces.values()} - {""})
    return [replace(row, cluster=_in_cluster(row, there.get(namespaces.get(row.overlay, "")))) for row in rows]


def _in_cluster(row: Row, namespace: cluster.Namespace | None) -> str | None:
    """Whether what git says runs, and is ready; a Deployment has the name of its component."""
    if namespace is None or row.commit is None or row.component is None:
        return None
    if (running := namespace.get(row.component)) is None:
        return "it is not there"
    if row.image not in running.images.values():
        return f"runs {short(commit_of(next(iter(running.images.values())).partition('@')[0].rpartition(':')[2]))}"
    return running.trouble or "ready"


def _namespace(overlay: Overlay) -> str:
    return str(yaml_files.read_mapping(overlay.root / overlay.kustomization).get("namespace") or "")
