"""The branch that Argo CD follows where main takes pull requests only: main, and what gitops writes."""

import re
from dataclasses import dataclass

from gitops.errors import BadInput
from gitops.git.client import Git
from gitops.operations.context import Context
from gitops.operations.merging import Sides, merge

# GitHub lets no workflow's token push a change of these, nor a merge of commits that change them. Argo CD needs none.
WORKFLOWS = ".github/workflows"
# Read by git and by Python.
_TAKEN = "^Take [^ ]+ at ([0-9a-f]{40})$"


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Takes what is new in the source to the deploy branch, as one commit that names the source's."""

    context: Context

    def __call__(self, tree: Git, tip: str, source: str) -> str:
        base = self._taken(tree, tip, source)
        if tree.is_ancestor(source, base):
            return tip
        sides = Sides(*(_without_workflows(tree, side) for side in (base, tip, source)))
        branch, deploy_branch = self.context.branch, self.context.followed
        merged = merge(tree, self.context, sides, _REMEDY.format(branch=branch, deploy_branch=deploy_branch))
        tree.run("read-tree", "--reset", "-u", merged)
        if tree.text_at(tip, WORKFLOWS) is not None:
            tree.run("checkout", tip, "--", WORKFLOWS)
        return tree.commit(f"Take {branch} at {source}")

    def _taken(self, tree: Git, tip: str, source: str) -> str:
        """The newest commit of the source that the deploy branch has, by a commit of ours or by somebody's merge."""
        joined = tree.merge_base(tip, source)
        if joined is None:
            raise BadInput(
                f"{self.context.followed} has no commit in common with {self.context.branch}.",
                "Give --deploy-branch the name of a branch that is not there: it is made then.",
            )
        words = ("-1", "--first-parent", "--format=%s", "--extended-regexp", f"--grep={_TAKEN}")
        taken = re.match(_TAKEN, tree.run("log", *words, tip).strip())
        if taken and tree.is_ancestor(joined, taken[1]) and tree.is_ancestor(taken[1], source):
            return taken[1]
        return joined


_REMEDY = (
    "Give these files in {deploy_branch} the text that they have in {branch} (git switch {deploy_branch}; "
    "git checkout origin/{branch} -- FILE), push it, and run this again."
)


def _without_workflows(tree: Git, side: str) -> str:
    tree.run("read-tree", side)
    tree.run("rm", "-r", "-f", "--cached", "--quiet", "--ignore-unmatch", "--", WORKFLOWS)
    return tree.run("write-tree").strip()
