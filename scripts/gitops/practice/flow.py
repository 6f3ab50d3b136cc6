"""Begins an incident in a student's branch, or restores its beginning."""

from gitops.doctor.checkout import MANIFESTS
from gitops.errors import BadInput
from gitops.git.client import Git
from gitops.overlays import links
from gitops.overlays.store import OVERLAYS
from gitops.practice import diffs
from gitops.practice.diffs import Files
from gitops.practice.incident import Incident
from gitops.practice.markers import BRANCHES, Attempt, Marker, attempts
from gitops.practice.trees import Trees
from gitops.practice.words import said
from gitops.text import Text

_COLLEAGUE = "A colleague <colleague@example.org>"

_NONE_YET = Text("No incident has begun in this branch.", "このブランチでは、まだインシデントが始まっていません。")
_BEGIN_ONE = Text(
    "`gitops practice list` shows them, and `gitops practice start NAME` begins one.",
    "`gitops practice list` で一覧を見て、`gitops practice start 名前` で始めてください。",
)
_NOT_CLEAN = Text("There are changes that are not committed: {paths}.", "コミットしていない変更があります：{paths}")
_COMMIT_FIRST = Text(
    "Commit them, or take them back with `git restore` (a new file: delete it).",
    "コミットするか、`git restore` で戻してください（新しいファイルなら消してください）。",
)
_IN_THE_WAY = Text(
    "A branch is called {name!r}, so that git can make none called {name}/….",
    "{name!r} というブランチがあるので、git は {name}/… を作れません。",
)
_RENAME_IT = Text(
    "Rename it: git branch -m practice my-practice", "名前を変えてください：git branch -m practice my-practice"
)
_NO_OVERLAY = Text("There is no overlay {overlay!r} on {base}.", "{base} にオーバーレイ {overlay!r} がありません。")
_ADD_IT = Text(
    "These are there: {there}. A teacher adds one with `gitops student add`.",
    "あるのは {there} です。教員が `gitops student add` で追加できます。",
)


def current(git: Git) -> Attempt:
    """The incident that HEAD is in. Raises BadInput when none has begun."""
    begun = attempts(git, "HEAD")
    if not begun:
        raise BadInput(said(_NONE_YET), said(_BEGIN_ONE))
    return begun[-1]


def begin(git: Git, base: str, incident: Incident, variant: int, overlay: str) -> Marker:
    """Begins an incident in the overlay's own branch, with the manifests as they are in `base`.

    Raises BadInput, before anything is written, when the incident does not apply there or something is not committed.
    """
    _refuse_changes(git)
    manifests = Trees(git).manifests(git.tree(base))
    _check_overlay(manifests, overlay, base)
    steps = list(incident.commits(variant))
    trees = [manifests]
    for _, changes in steps:
        trees.append(diffs.apply(trees[-1], changes, overlay))
    branch = f"{BRANCHES}{overlay}"
    check_room(git.run("for-each-ref", "--format=%(refname)", "refs/heads/"))
    if git.attempt("switch", "--quiet", branch).returncode != 0:
        git.run("switch", "--quiet", "--no-track", "--create", branch, base)
    marker = Marker(incident.id, variant, overlay, len(steps))
    git.run("restore", "--source", base, "--staged", "--worktree", "--", MANIFESTS)
    git.run("commit", "--quiet", "--no-verify", "--allow-empty", "--message", marker.message)
    for (message, _), before, after in zip(steps, trees, trees[1:], strict=False):
        _write(git, before, after)
        git.run("commit", "--quiet", "--no-verify", "--author", _COLLEAGUE, "--message", message)
    return marker


def check_room(references: str) -> None:
    """Raises BadInput if a branch is called `practice`: git cannot have practice/<name> beside it."""
    if f"refs/heads/{BRANCHES.rstrip('/')}" in references.split():
        raise BadInput(said(_IN_THE_WAY, name=BRANCHES.rstrip("/")), said(_RENAME_IT))


def reset(git: Git, attempt: Attempt) -> None:
    """Commits the manifests as the colleagues left them; the student's attempts stay in the history."""
    _refuse_changes(git)
    git.run("restore", "--source", attempt.broken.id, "--staged", "--worktree", "--", MANIFESTS)
    message = f"Begin {attempt.marker.incident} again"
    git.run("commit", "--quiet", "--no-verify", "--allow-empty", "--message", message)


def _check_overlay(manifests: Files, overlay: str, base: str) -> None:
    there = sorted({path.split("/")[2] for path in manifests if path.startswith(f"{OVERLAYS}/")})
    if overlay not in there:
        what = said(_NO_OVERLAY, overlay=overlay, base=base)
        raise BadInput(what, said(_ADD_IT, there=", ".join(there)))


def _refuse_changes(git: Git) -> None:
    lines = git.run("status", "--porcelain", "--untracked-files=normal").splitlines()
    changed = [line[3:] for line in lines if not line.startswith("??") or line[3:].startswith(f"{MANIFESTS}/")]
    if changed:
        raise BadInput(said(_NOT_CLEAN, paths=", ".join(changed[:5])), said(_COMMIT_FIRST))


def _write(git: Git, before: Files, after: Files) -> None:
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            if problem := links.problem(git.root, path):
                raise BadInput(problem)
            file = git.root / path
            if path in after:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(after[path], encoding="utf-8")
            else:
                file.unlink()
            git.run("add", "--", path)
