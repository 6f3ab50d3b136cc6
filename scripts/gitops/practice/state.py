"""The manifests as the checks see them, built from plain text."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from gitops.doctor import all_checks, checkout_reader
from gitops.doctor.check import Finding
from gitops.doctor.checkout import MANIFESTS, Checkout
from gitops.errors import BadInput
from gitops.git.client import Git
from gitops.manifests.objects import Object
from gitops.overlays import links
from gitops.practice.diffs import Files
from gitops.practice.trees import LARGEST, MOST_BYTES, MOST_FILES, SOURCES
from gitops.practice.words import said
from gitops.text import Text

_TOO_MANY = Text("{folders} has more than {most} files.", "{folders} に {most} を超えるファイルがあります。")
_TOO_LARGE = Text("{folders} has more than {most} bytes.", "{folders} が {most} バイトを超えています。")
_REMOVE = Text("Remove what does not belong there.", "そこに要らないものを消してください。")


@dataclass(frozen=True)
class State:
    """The manifests, one rendered overlay, and the sources of the application that they run."""

    checkout: Checkout
    overlay: str

    @property
    def objects(self) -> Sequence[Object]:
        """Empty if the overlay does not render."""
        return self.checkout.rendered[self.overlay].objects

    @cached_property
    def findings(self) -> list[Finding]:
        """The doctor's findings, including those that are undecided, so that hiding something solves nothing."""
        return all_checks.examine(self.checkout)


def of(manifests: Files, sources: Files, overlay: str) -> State:
    """Renders an overlay. Nothing in the files is run, and no kustomization reaches outside k8s/."""
    return _of(tuple(sorted(manifests.items())), tuple(sorted(sources.items())), overlay)


@lru_cache(maxsize=512)
def _of(manifests: tuple[tuple[str, str], ...], sources: tuple[tuple[str, str], ...], overlay: str) -> State:
    """Cached, since students who do the same have the same."""
    with tempfile.TemporaryDirectory(prefix="gitops-practice-") as folder:
        root = Path(folder).resolve()
        for parent in {(root / path).parent for path, _ in manifests}:
            parent.mkdir(parents=True, exist_ok=True)
        for path, text in manifests:
            (root / path).write_text(text, encoding="utf-8")
        rendered = checkout_reader.render_all(root, [overlay])
    files = dict((*manifests, *sources))
    return State(Checkout(files, frozenset(files), rendered=rendered), overlay)


def manifests_in(git: Git) -> dict[str, str]:
    """The manifests in the working tree, committed or not, without symbolic links. Raises BadInput for too many."""
    return _texts(git, MANIFESTS)


def sources_in(git: Git) -> dict[str, str]:
    return _texts(git, *SOURCES)


def _texts(git: Git, *folders: str) -> dict[str, str]:
    listed = git.run("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders)
    paths = sorted(set(listed.split("\0")[:-1]))
    if len(paths) > MOST_FILES:
        raise BadInput(said(_TOO_MANY, folders=", ".join(folders), most=MOST_FILES), said(_REMOVE))
    files = [path for path in paths if _is_file(git.root, path)]
    if sum((git.root / path).stat().st_size for path in files) > MOST_BYTES:
        raise BadInput(said(_TOO_LARGE, folders=", ".join(folders), most=MOST_BYTES), said(_REMOVE))
    return {path: text for path in files if (text := _text(git.root / path)) is not None}


def _is_file(root: Path, path: str) -> bool:
    """Whether it is a file, not too large, and not reached through a symbolic link."""
    file = root / path
    return not links.problem(root, path) and not file.is_symlink() and file.is_file() and file.stat().st_size <= LARGEST


def _text(file: Path) -> str | None:
    """None if it is not text."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
