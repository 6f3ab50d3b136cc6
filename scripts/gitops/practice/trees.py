"""The files of commits, read without a working tree: what a student has pushed is neither checked out nor run."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from gitops.doctor.checkout import MANIFESTS
from gitops.git.client import Git

MOST_FILES, MOST_BYTES = 1000, 5_000_000
LARGEST = 1_000_000
"""Bytes of one file. A larger one reads as empty; symbolic links and files that are not text are left out."""
SOURCES = ("backend/app", "backend/Dockerfile", "frontend/nginx", "frontend/Dockerfile", "compose.yaml")
"""The paths from which the doctor learns the application's routes, settings, ports and needs."""
_DEEPEST = 20
_FOLDER, _FILES = "40000", ("100644", "100755")

Entries = dict[str, tuple[str, str]]
"""Mode and id by name."""


@dataclass
class Trees:
    """Reads each tree and each file once, however many commits contain it, and those of many commits together.

    Commits are named by the ids of their trees.
    """

    git: Git
    _folders: dict[str, Entries] = field(default_factory=dict)
    _texts: dict[str, str | None] = field(default_factory=dict)
    _sizes: dict[str, int] = field(default_factory=dict)

    def manifests(self, tree: str) -> dict[str, str]:
        """Text by path; empty beyond MOST_FILES or MOST_BYTES, so that one branch cannot stop the report."""
        return self._files(tree, MANIFESTS)

    def sources(self, tree: str) -> dict[str, str]:
        return self._files(tree, *SOURCES)

    def id_of(self, tree: str, path: str) -> str:
        """Mode and id of a file or folder in a tree, equal for equal contents; empty if it is not there."""
        return " ".join(self._entry(tree, path)).strip()

    def load_roots(self, trees: Iterable[str]) -> None:
        """Reads the top level of these trees, in one call of git."""
        self._load_folders(trees)

    def load(self, trees: Iterable[str], *more: str) -> None:
        """Reads the manifests of these trees, and `more` paths, in a few calls of git."""
        self._load(sorted(set(trees)), [MANIFESTS, *more])

    def _files(self, tree: str, *paths: str) -> dict[str, str]:
        self._load([tree], paths)
        files = self._found(tree, paths)
        texts = {path: self._texts[id_] for path, id_ in files} if self._are_few_bytes(files) else {}
        return {path: text for path, text in texts.items() if text is not None}

    def _load(self, trees: Sequence[str], paths: Sequence[str]) -> None:
        """Reads the folders level by level, each level of all trees in one call of git."""
        self._load_folders(trees)
        entries = {self._entry(tree, path) for tree in trees for path in paths}
        for _ in range(_DEEPEST):
            if not (folders := {id_ for mode, id_ in entries if mode == _FOLDER}):
                break
            self._load_folders(folders)
            entries = {entry for id_ in folders for entry in self._folders[id_].values()}
        listed = [self._found(tree, paths) for tree in trees]
        self._load_sizes(id_ for files in listed for _, id_ in files)
        self._load_texts(id_ for files in listed if self._are_few_bytes(files) for _, id_ in files)

    def _are_few_bytes(self, files: Iterable[tuple[str, str]]) -> bool:
        return sum(self._sizes[id_] for _, id_ in files) <= MOST_BYTES

    def _found(self, tree: str, paths: Iterable[str]) -> list[tuple[str, str]]:
        """Path and id of each file in the folders of a tree, or of that one file; none of too many."""
        entries = chain.from_iterable(self._within(path, *self._entry(tree, path)) for path in paths)
        # Folders count too: git stores a few nested ones once, but their paths may be more than can be listed.
        listed = list(islice(entries, MOST_FILES + 1))
        return [] if len(listed) > MOST_FILES else [(path, id_) for path, mode, id_ in listed if mode in _FILES]

    def _entry(self, tree: str, path: str) -> tuple[str, str]:
        mode, id_ = _FOLDER, tree
        for name in path.split("/"):
            if mode != _FOLDER or name not in self._folder(id_):
                return "", ""
            mode, id_ = self._folder(id_)[name]
        return mode, id_

    def _within(self, path: str, mode: str, id_: str) -> Iterator[tuple[str, str, str]]:
        """Path, mode and id of an entry and of everything below it."""
        yield path, mode, id_
        if mode == _FOLDER and path.count("/") < _DEEPEST:
            for name, entry in self._folder(id_).items():
                yield from self._within(f"{path}/{name}", *entry)

    def _folder(self, id_: str) -> Entries:
        if id_ not in self._folders:
            self._load_folders([id_])
        return self._folders[id_]

    def _load_folders(self, ids: Iterable[str]) -> None:
        new = sorted(set(ids) - self._folders.keys())
        for id_, content in zip(new, self.git.contents(new, LARGEST), strict=True):
            self._folders[id_] = dict(_entries(content, len(id_) // 2))

    def _load_sizes(self, ids: Iterable[str]) -> None:
        new = sorted(set(ids) - self._sizes.keys())
        self._sizes |= zip(new, self.git.sizes(new), strict=True)

    def _load_texts(self, ids: Iterable[str]) -> None:
        new = sorted(set(ids) - self._texts.keys())
        for id_, content in zip(new, self.git.contents(new, LARGEST), strict=True):
            try:
                self._texts[id_] = content.decode("utf-8")
            except UnicodeDecodeError:
                self._texts[id_] = None


def _entries(content: bytes, size: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """Parses a tree object: mode, name, a zero byte and the bytes of the id, for each entry."""
    start = 0
    while start < len(content):
        end = content.index(b"\0", start)
        mode, _, name = content[start:end].partition(b" ")
        start = end + 1 + size
        yield name.decode("utf-8", errors="replace"), (mode.decode(), content[end + 1 : start].hex())
