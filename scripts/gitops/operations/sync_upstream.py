"""Takes what is new in the repository that this one is a fork of."""

from dataclasses import dataclass

from gitops.errors import BadInput
from gitops.git.change import Edit, Heads, Result
from gitops.git.client import Git
from gitops.git.repository import from_url
from gitops.model import short
from gitops.operations.context import Context
from gitops.operations.merging import Sides, merge
from gitops.overlays import store
from gitops.overlays.store import OVERLAYS

_REMEDY = (
    "For each of them, take upstream's text (git fetch {upstream} HEAD; git checkout FETCH_HEAD -- FILE) and push it; "
    "run this again, and make your own change anew."
)


@dataclass(frozen=True, slots=True)
class SyncUpstream:
    """`upstream` is a git remote, or an address; its default branch is merged, with our owner, images and holds."""

    context: Context
    upstream: str

    def __call__(self, tree: Git, heads: Heads) -> Edit:
        if self.context.deploy_branch:
            branch = self.context.branch
            raise BadInput(
                f"With a deploy branch gitops writes nothing into {branch} that a merge could conflict with.",
                f"Use GitHub's «Sync fork», or merge upstream into {branch}; the next update takes it.",
            )
        tip, ours = tree.fetch(self.upstream, "HEAD"), heads.deployed
        if tree.is_ancestor(tip, ours):
            return Edit("")
        merged = merge(tree, self.context, self._sides(tree, ours, tip), _REMEDY.format(upstream=self.upstream))
        tree.commit_merge(merged, (ours, tip), f"Merge {self._name(tree)} {short(tip)}")
        changed = {path.split("/")[2] for path in tree.changed_files(ours, merged, OVERLAYS)}
        touched = [name for name in store.names(tree.root) if name in changed]
        return Edit("", touched, [Result(name, "merge") for name in touched])

    def _sides(self, tree: Git, ours: str, theirs: str) -> Sides:
        base = tree.merge_base(ours, theirs)
        if base is None:
            raise BadInput(
                f"{self.upstream} has no commit in common with this repository.", "Name what it was forked from."
            )
        return Sides(base, ours, theirs)

    def _name(self, tree: Git) -> str:
        remote = from_url(tree.remote_url(self.upstream) or self.upstream)
        return f"{remote.owner}/{remote.name}" if remote else "upstream"
