"""The git command: history, and commits that leave the user's own checkout alone."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from gitops import processes
from gitops.errors import BadInput, GitError
from gitops.git import remote_messages
from gitops.model import Relation
from gitops.processes import MEBIBYTE, TooMuch

# Several processes may share a repository, and no person is there to type a password.
# Symbolic links are checked out as files that hold their target, so that nothing is read or written through one.
# Hooks are not run: a person's core.hooksPath may lead to files of the tree, which somebody else wrote. Submodules are
# not looked at: a .gitmodules that git refuses would end every command.
_SETTINGS = (
    "-c",
    "gc.auto=0",
    "-c",
    "maintenance.auto=false",
    "-c",
    "core.quotePath=false",
    "-c",
    "advice.detachedHead=false",
    "-c",
    "core.symlinks=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "fetch.recurseSubmodules=false",
    "-c",
    "submodule.recurse=false",
)
_MOST = 256 * MEBIBYTE
# So much is read of objects without asking for their sizes first.
_USUAL = 16 * MEBIBYTE
# The exit status of ls-remote when nothing has the name.
_NO_MATCH = 2
_HELPER = '!f() { echo username=x-access-token; echo "password=$GITHUB_TOKEN"; }; f'


@dataclass(frozen=True)
class Git:
    """A git working tree. Raises GitError when the git command fails, with what it said, or takes too long.

    `within` are words that come before git, such as those of prlimit.
    """

    root: Path
    environment: Mapping[str, str] = field(default_factory=lambda: _environment(os.environ))
    seconds: int = 600
    within: tuple[str, ...] = ()

    def run(self, *arguments: str) -> str:
        done = self.attempt(*arguments)
        if done.returncode != 0:
            raise GitError(f"git {arguments[0]} failed in {self.root}: {done.stderr.strip()}")
        return done.stdout

    def attempt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        words = [*self.within, "git", *_SETTINGS, *arguments]
        try:
            return processes.run(
                words, folder=self.root, environment=self.environment, seconds=self.seconds, most=_MOST
            )
        except FileNotFoundError as error:
            raise GitError("There is no git on PATH.", "Install it.", "https://git-scm.com/downloads") from error
        except TooMuch as error:
            raise GitError(
                f"git {arguments[0]} {error}, in {self.root}.", "Look whether the remote answers."
            ) from error

    def sizes(self, ids: Sequence[str]) -> list[int]:
        """How many bytes the objects with these ids have."""
        return [int(line.split()[-1]) for line in self._batch("--batch-check", ids, _MOST).splitlines()]

    def contents(self, ids: Sequence[str], largest: int) -> list[bytes]:
        """The contents of the objects with these ids: files as they are, trees as git writes them; empty for an object
        larger than `largest`."""
        try:
            said = self._batch("--batch", ids, _USUAL)
        except GitError:
            small = [identity for identity, size in zip(ids, self.sizes(ids), strict=True) if size <= largest]
            said = self._batch("--batch", small, _MOST)
        by_id = {identity: content for identity, content in _objects(said) if len(content) <= largest}
        return [by_id.get(identity, b"") for identity in ids]

    def _batch(self, how: str, ids: Sequence[str], most: int) -> bytes:
        if not ids:
            return b""
        words, given = ["git", *_SETTINGS, "cat-file", how], "\n".join([*ids, ""]).encode()
        try:
            return processes.raw(
                words, folder=self.root, environment=self.environment, seconds=self.seconds, most=most, given=given
            ).stdout
        except TooMuch as error:
            raise GitError(f"git cat-file {error}, in {self.root}.") from error

    def tree(self, commit: str) -> str:
        """The id of the tree of a commit, or of whatever else names one."""
        return self.run("rev-parse", "--verify", "--end-of-options", f"{commit}^{{tree}}").strip()

    def first_parents(self, commit: str) -> list[str]:
        """The commit and its ancestors along first parents: what a branch pointed at over time, newest first."""
        return self.run("rev-list", "--first-parent", commit).split()

    def commit_times(self, head: str) -> dict[str, datetime]:
        """When each of first_parents was committed, newest first."""
        lines = self.run("log", "--first-parent", "--format=%H %cI", head).splitlines()
        return {commit: moment(time) for commit, time in map(str.split, lines)}

    def relation(self, current: str, other: str) -> Relation:
        """Where `other` is, seen from `current`. A commit that this history does not have has diverged."""
        if current == other:
            return "same"
        if self.is_ancestor(current, other):
            return "ahead"
        return "behind" if self.is_ancestor(other, current) else "diverged"

    def is_ancestor(self, older: str, newer: str) -> bool:
        return self.attempt("merge-base", "--is-ancestor", older, newer).returncode == 0

    def merge_base(self, one: str, other: str) -> str | None:
        """The newest commit that both have in their history; None when they have none in common."""
        done = self.attempt("merge-base", one, other)
        return done.stdout.strip() if done.returncode == 0 else None

    def resolve(self, name: str) -> str:
        """The full id of the commit that a person names. Raises BadInput when there is none."""
        done = self.attempt("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if done.returncode != 0:
            raise BadInput(f"There is no commit {name!r} in this repository.", "`git log` lists them.")
        return done.stdout.strip()

    def commit_time(self, commit: str) -> datetime | None:
        done = self.attempt("log", "-1", "--format=%cI", commit, "--")
        return moment(done.stdout.strip()) if done.returncode == 0 else None

    def commits_of(self, head: str, *paths: str) -> list[str]:
        """The commits of main that changed one of the files, newest first."""
        how = ("--first-parent", "--diff-merges=first-parent", "--format=%H")
        return self.run("log", *how, head, "--", *paths).split()

    def text_at(self, commit: str, path: str) -> str | None:
        """The file as it was; None when there was none."""
        done = self.attempt("show", f"{commit}:{path}")
        return done.stdout if done.returncode == 0 else None

    def changed_files(self, older: str, newer: str, folder: str = ".") -> list[str]:
        return self.run("diff", "--name-only", "--no-renames", "-z", older, newer, "--", folder).split("\0")[:-1]

    def remote_url(self, remote: str) -> str | None:
        done = self.attempt("remote", "get-url", remote)
        return done.stdout.strip() if done.returncode == 0 else None

    @contextmanager
    def scratch(self) -> Iterator["Git"]:
        """A repository of its own for the time of the block, with the same history, remotes and identity.

        A worktree of this one would do, if processes that share it did not stumble over each other's.
        """
        settings = Path(self.run("rev-parse", "--path-format=absolute", "--git-common-dir").strip()) / "config"
        with tempfile.TemporaryDirectory(prefix="gitops-", ignore_cleanup_errors=True) as folder:
            tree = Path(folder).resolve() / "tree"
            shared = (
                "--shared",
                "--no-checkout",
                "--no-tags",
                "--origin=checkout",
                f"--config=include.path={settings}",
            )
            self.run("clone", "--quiet", *shared, str(self.root), str(tree))
            yield Git(tree, self.environment)

    def reset_to(self, remote: str, branch: str) -> str:
        """Fetches the branch, makes the working tree exactly that, and returns its commit."""
        self.run("reset", "--quiet", "--hard", self.fetch(remote, f"refs/heads/{branch}"))
        return self.head()

    def fetch(self, remote: str, reference: str) -> str:
        """The commit that the remote, or the repository at an address, has under the name."""
        done = self.attempt("fetch", "--no-tags", "--", remote, reference)
        if done.returncode != 0:
            raise remote_messages.not_fetched(done.stderr, remote, reference.removeprefix("refs/heads/"))
        if moved := remote_messages.moved(done.stderr, remote, self.remote_url(remote) or remote):
            raise moved
        return self.resolve("FETCH_HEAD")

    def check_branch(self, name: str) -> None:
        if self.attempt("check-ref-format", "--branch", name).returncode != 0:
            raise BadInput(f"No branch can have the name {name!r}.", "Take letters, digits and inner hyphens.")

    def has_branch(self, remote: str, branch: str) -> bool:
        done = self.attempt("ls-remote", "--exit-code", "--", remote, f"refs/heads/{branch}")
        if done.returncode not in (0, _NO_MATCH):
            raise remote_messages.not_fetched(done.stderr, remote, branch)
        return done.returncode == 0

    def default_branch(self, remote: str) -> str | None:
        """The branch that the remote's HEAD names; None when it names none."""
        done = self.attempt("ls-remote", "--symref", "--", remote, "HEAD")
        if done.returncode != 0:
            raise remote_messages.not_fetched(done.stderr, remote, "HEAD")
        head = re.match(r"ref: refs/heads/(\S+)\tHEAD", done.stdout)
        return head[1] if head else None

    def head(self) -> str:
        return self.run("rev-parse", "HEAD").strip()

    def diff(self, since: str) -> str:
        """What the working tree changes, new files included; empty when nothing."""
        self.run("add", "--all")
        return self.run("diff", "--cached", "--no-color", "--no-ext-diff", since)

    def staged_tree(self, folder: str) -> str:
        """The id of what is staged in a folder; equal ids are equal contents."""
        return self.run("write-tree", f"--prefix={folder}/").strip()

    def commit(self, message: str) -> str:
        """Commits what is staged, if anything is. Returns the newest commit."""
        if self.attempt("diff", "--cached", "--quiet").returncode != 0:
            self.run("commit", "--quiet", "--no-verify", "--message", message)
        return self.head()

    def commit_merge(self, merged: str, parents: Sequence[str], message: str) -> None:
        """Makes HEAD a commit of the tree that was merged."""
        words = [word for parent in parents for word in ("-p", parent)]
        self.run("reset", "--quiet", "--hard", self.run("commit-tree", merged, *words, "-m", message).strip())

    def push(self, remote: str, branch: str) -> Literal["pushed", "overtaken"]:
        """Pushes HEAD; "overtaken" when another commit came first. Raises PushRefused when a retry is of no use."""
        done = self.attempt("push", "--porcelain", "--no-verify", remote, f"HEAD:refs/heads/{branch}")
        if done.returncode == 0:
            return "pushed"
        if remote_messages.overtaken(done.stdout + done.stderr):
            return "overtaken"
        raise remote_messages.refused(done.stdout + done.stderr, branch)


def _objects(said: bytes) -> Iterator[tuple[str, bytes]]:
    """The id and the content of each object that `git cat-file --batch` prints."""
    start = 0
    while start < len(said):
        first = said.index(b"\n", start) + 1
        identity, _, size = said[start : first - 1].decode().split()
        start = first + int(size) + 1
        yield identity, said[first : start - 1]


def moment(written: str) -> datetime:
    """When a commit was made, as git prints %cI. Anybody may write anything there: 1970 stands for what is no date."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def open_repository(start: Path) -> Git:
    """The repository that holds the folder. Raises BadInput when there is none, or when it lacks history."""
    git = Git(start)
    done = git.attempt("rev-parse", "--show-toplevel", "--is-shallow-repository")
    if done.returncode != 0:
        raise BadInput(f"{start} is not in a git repository.", "Run gitops in a clone of the repository.")
    root, shallow = done.stdout.splitlines()
    if shallow == "true":
        raise BadInput(
            f"{root} is a shallow clone, which cannot tell what comes before what.",
            "Run `git fetch --unshallow`; in a workflow, give actions/checkout `fetch-depth: 0`.",
        )
    return Git(Path(root), git.environment)


def _environment(base: Mapping[str, str]) -> dict[str, str]:
    """An environment in which git prints messages in English, asks nothing, and leaves alone files of LFS, which a tree
    may have fetched from anywhere; with GitHub's token for GitHub when there is one."""
    # A hook that runs gitops sets GIT_DIR and the like, which would be taken for the scratch tree's.
    ours = {name: value for name, value in base.items() if name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")}
    ours |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1"}
    if base.get("GITHUB_TOKEN"):
        server = base.get("GITHUB_SERVER_URL", "https://github.com")
        count = int(base.get("GIT_CONFIG_COUNT", "0"))
        ours |= {
            "GIT_CONFIG_COUNT": str(count + 1),
            f"GIT_CONFIG_KEY_{count}": f"credential.{server}.helper",
            f"GIT_CONFIG_VALUE_{count}": _HELPER,
        }
    return ours
