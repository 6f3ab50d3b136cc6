"""Opens and closes a class: a branch per student, which Argo CD follows instead of main."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gitops import yaml_files
from gitops.doctor import argocd
from gitops.doctor.checkout import Checkout
from gitops.errors import BadInput
from gitops.git.change import Edit, Heads
from gitops.git.client import Git
from gitops.overlays.overlay_names import APPLICATIONS
from gitops.practice import flow
from gitops.practice.markers import BRANCHES
from gitops.practice.trees import Trees
from gitops.practice.words import said
from gitops.text import Text

APPLICATION_SET = f"{APPLICATIONS}/class/applicationset.yaml"
_REVISION = r"(?<=\btargetRevision: )[^\n]+"
_PRACTICE = f"{BRANCHES}{{{{ .path.basename }}}}"

_NO_OVERLAY = Text("The class has no overlay for {names}.", "授業に {names} のオーバーレイがありません。")
_ADD_FIRST = Text(
    "Add them first: gitops student add --file students.csv",
    "先に追加してください：gitops student add --file students.csv",
)


@dataclass(frozen=True, slots=True)
class Follow:
    """Lets the class's ApplicationSet follow a revision: the students' branches, or main again."""

    revision: str
    message: str

    def __call__(self, tree: Git, heads: Heads) -> Edit:
        yaml_files.substitute(tree.root / APPLICATION_SET, [(_REVISION, self.revision)])
        return Edit(self.message)


def opening() -> Follow:
    return Follow(f"'{_PRACTICE}'", "Let Argo CD follow the students' branches")


def closing(branch: str) -> Follow:
    return Follow(yaml_files.plain(branch), f"Let Argo CD follow {branch} again")


def overlays(git: Git, commit: str) -> list[str]:
    """The overlays that the ApplicationSet deploys; each needs a branch while the class is open."""
    files = Trees(git).manifests(git.tree(commit))
    return sorted(generated.overlay for generated in argocd.generated(Checkout(files, frozenset(files))))


def check_students(names: Sequence[str], there: Collection[str]) -> None:
    """Raises BadInput for students who have no overlay yet."""
    if missing := [name for name in names if name not in there]:
        raise BadInput(said(_NO_OVERLAY, names=", ".join(missing)), said(_ADD_FIRST))


def make_branches(git: Git, remote: str, commit: str, overlays: Sequence[str]) -> list[str]:
    """Creates the branches that the remote lacks, in one push, and returns whose they are. Raises BadInput if another
    branch is in the way."""
    flow.check_room(git.run("ls-remote", "--heads", "--", remote))
    there = branches(git, remote)
    new = [name for name in overlays if name not in there]
    if new:
        git.run("push", "--quiet", "--no-verify", remote, *(f"{commit}:refs/heads/{BRANCHES}{name}" for name in new))
    return new


def remove_branches(git: Git, remote: str) -> list[str]:
    """Deletes all students' branches, with their work, and returns whose they were."""
    there = sorted(branches(git, remote))
    if there:
        git.run("push", "--quiet", "--no-verify", remote, *(f":refs/heads/{BRANCHES}{name}" for name in there))
    return there


def branches(git: Git, remote: str) -> set[str]:
    """The overlays that have a branch on the remote now."""
    listed = git.run("ls-remote", "--heads", "--", remote, f"refs/heads/{BRANCHES}*").split("\n")
    return {line.partition(f"refs/heads/{BRANCHES}")[2] for line in listed if line}
