"""How far a student is, computed from the branch alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gitops.manifests.objects import Objects
from gitops.practice import own, state
from gitops.practice.check import Judgement, Verdict, check
from gitops.practice.diffs import Files
from gitops.practice.incident import Incident
from gitops.practice.markers import Attempt, Commit
from gitops.practice.trees import Trees


@dataclass(frozen=True, slots=True)
class Progress:
    """`judgement` is that of the first commit that solved it, or else of the newest; `solved` is that commit."""

    attempt: Attempt
    judgement: Judgement
    solved: Commit | None

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    @property
    def commits(self) -> int:
        """The student's, up to the one that solved it."""
        own = self.attempt.own
        return own.index(self.solved) + 1 if self.solved in own else len(own)

    def took(self, now: datetime) -> timedelta:
        """From the colleagues' last commit to the solution, or until now."""
        return (self.solved.when if self.solved else now) - self.attempt.broken.when


@dataclass
class Judge:
    """Judges trees of one repository, and what is the same but for the student's name only once."""

    trees: Trees
    _known: dict[tuple[object, ...], Judgement] = field(default_factory=dict)

    def files(self, attempt: Attempt, incident: Incident, manifests: Files) -> Judgement:
        """Of manifests, such as those of the working tree, within an incident.

        What the changes were for cannot be lost before all of them are made, so `git bisect` finds the fault alone.
        """
        overlay, sources = attempt.marker.overlay, self.trees.sources(attempt.start.tree)
        before = own.files(self.trees.manifests(attempt.start.tree), overlay)
        after = own.files(manifests, overlay)
        keep = incident.keep if attempt.is_whole else ()
        key = (incident.id, len(keep), *own.anonymous(before, overlay), *own.anonymous(after, overlay))
        if key not in self._known:
            start = state.of(before, sources, overlay)
            self._known[key] = check(state.of(after, sources, overlay), start, keep)
        return self._known[key]

    def objects(self, attempt: Attempt, manifests: Files) -> Objects:
        """What kustomize makes of them."""
        overlay, sources = attempt.marker.overlay, self.trees.sources(attempt.start.tree)
        return state.of(own.files(manifests, overlay), sources, overlay).objects

    def progress(self, attempt: Attempt, incident: Incident) -> Progress:
        judgement = None
        for commit in _different(attempt):
            judgement = self.files(attempt, incident, self.trees.manifests(commit.tree))
            if judgement.verdict is Verdict.SOLVED:
                return Progress(attempt, judgement, commit)
        if judgement is None:
            judgement = self.files(attempt, incident, self.trees.manifests(attempt.broken.tree))
        return Progress(attempt, judgement, None)


def _different(attempt: Attempt) -> Iterator[Commit]:
    """The student's commits, without those that change nothing."""
    before = attempt.broken.tree
    for commit in attempt.own:
        if commit.tree != before:
            yield commit
        before = commit.tree
