"""The files of commits, read without a working tree: what a student has pushed is neither checked out nor run."""

from dataclasses import dataclass, field

from gitops.doctor.checkout import MANIFESTS
from gitops.errors import BadInput
from gitops.git import Git

MOST_FILES = 1000
LARGEST = 1_000_000
"""Bytes of one file; one that is larger, a symbolic link, or what is no text is not there."""
SOURCES = ("backend/app", "backend/Dockerfile", "frontend/nginx", "frontend/Dockerfile")
"""What the doctor knows the application by: its routes, settings and ports."""
_FILES = ("100644", "100755")


@dataclass
class Trees:
    """Reads each content once, whatever many commits have it."""

    git: Git
    _known: dict[str, str | None] = field(default_factory=dict)

    def manifests(self, commit: str) -> dict[str, str]:
        return self._texts(commit, MANIFESTS)

    def sources(self, commit: str) -> dict[str, str]:
        return self._texts(commit, *SOURCES)

    def _texts(self, commit: str, *folders: str) -> dict[str, str]:
        """Raises BadInput for more files than anybody writes by hand."""
        listed = self.git.run("ls-tree", "-r", "-z", "-l", commit, "--", *folders).split("\0")[:-1]
        if len(listed) > MOST_FILES:
            raise BadInput(f"{', '.join(folders)} of {commit[:12]} has more than {MOST_FILES} files.")
        ids = {path: blob for mode, blob, size, path in map(_entry, listed) if mode in _FILES and size <= LARGEST}
        self._read(sorted(set(ids.values()) - self._known.keys()))
        return {path: text for path, blob in ids.items() if (text := self._known[blob]) is not None}

    def _read(self, ids: list[str]) -> None:
        for blob, content in zip(ids, self.git.blobs(ids) if ids else (), strict=True):
            try:
                self._known[blob] = content.decode("utf-8")
            except UnicodeDecodeError:
                self._known[blob] = None


def _entry(line: str) -> tuple[str, str, int, str]:
    """Mode, id, size and path."""
    about, _, path = line.partition("\t")
    mode, _, blob, size = about.split()
    return mode, blob, int(size) if size.isdigit() else 0, path
