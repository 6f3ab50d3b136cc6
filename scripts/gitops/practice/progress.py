"""How far a student is, computed from the branch alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gitops.deadline import Deadline
from gitops.doctor.checkout import MANIFESTS
from gitops.manifests.objects import Objects
from gitops.practice import own, state, verdicts
from gitops.practice.check import Failure, Judgement, Verdict, check
from gitops.practice.diffs import Files
from gitops.practice.incident import Incident
from gitops.practice.markers import Attempt, Commit
from gitops.practice.trees import SOURCES, Trees
from gitops.practice.verdicts import Verdicts
from gitops.text import Text

LONGEST_ATTEMPT, LONGEST_COMMAND = 60.0, 600.0
"""Seconds for all commits of one attempt, so that one student's branch stops no report; and for all attempts."""
_NOT_JUDGED = Judgement(
    (
        Failure(
            "judged-in-time",
            Text(
                "Not judged: to look at the commits takes too long. Run this again: what was judged is kept.",
                "未判定です。コミットを調べるのに時間がかかりすぎました。もう一度実行してください。判定の済んだものは残っています。",
            ),
        ),
    )
)


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
    """Judges trees of one repository, those that differ only in the student's name once."""

    trees: Trees
    verdicts: Verdicts = field(default_factory=Verdicts)
    _known: dict[tuple[object, ...], Judgement] = field(default_factory=dict)
    _deadline: Deadline = field(default_factory=lambda: Deadline(LONGEST_COMMAND))

    def prepare(self, given: Iterable[tuple[Attempt, Incident]]) -> None:
        """Reads what the judgements of these attempts need, with a few calls of git for all of them."""
        listed = [(attempt, incident, [attempt.broken, *distinct_commits(attempt)]) for attempt, incident in given]
        self.trees.load_roots(commit.tree for attempt, _, commits in listed for commit in (attempt.start, *commits))
        wanted: set[str] = set()
        for attempt, incident, commits in listed:
            if new := {commit.tree for commit in commits if self.key(attempt, incident, commit) not in self.verdicts}:
                wanted |= {attempt.start.tree, *new}
        self.trees.load(wanted)

    def files(self, attempt: Attempt, incident: Incident, manifests: Files) -> Judgement:
        """Judges manifests, such as those of the working tree, within an incident.

        Before all of the colleagues' commits are there, their purpose does not count, so `git bisect` finds the fault.
        """
        overlay, start = attempt.marker.overlay, attempt.start.tree
        self.trees.load([start], *SOURCES)
        sources, before = self.trees.sources(start), own.files(self.trees.manifests(start), overlay)
        after = own.files(manifests, overlay)
        keep = incident.keep if attempt.is_whole else ()
        fault = incident.fault(attempt.marker.variant).finds
        key = (incident.id, len(keep), *sorted(fault), *own.anonymous(before, overlay), *own.anonymous(after, overlay))
        if key not in self._known:
            now, then = state.of(after, sources, overlay), state.of(before, sources, overlay)
            self._known[key] = check(now, then, keep, fault)
        return self._known[key]

    def commit(self, attempt: Attempt, incident: Incident, commit: Commit, deadline: Deadline) -> Judgement:
        """Judges the manifests of a commit, unless a judgement is known or the time is up."""
        key = self.key(attempt, incident, commit)
        judgement = self.verdicts.get(key)
        if judgement is None and (deadline.has_passed or self._deadline.has_passed):
            return _NOT_JUDGED
        if judgement is None:
            judgement = self.files(attempt, incident, self.trees.manifests(commit.tree))
            self.verdicts.put(key, judgement)
        return judgement

    def key(self, attempt: Attempt, incident: Incident, commit: Commit) -> str:
        """A hash of everything that the judgement depends on, computed without reading a file."""
        keep = repr(incident.keep) if attempt.is_whole else ""
        fault = " ".join(sorted(incident.fault(attempt.marker.variant).finds))
        start = [self.trees.id_of(attempt.start.tree, path) for path in (MANIFESTS, *SOURCES)]
        return verdicts.key(keep, fault, attempt.marker.overlay, *start, self.trees.id_of(commit.tree, MANIFESTS))

    def objects(self, attempt: Attempt, manifests: Files) -> Objects:
        """The rendered manifests."""
        overlay, sources = attempt.marker.overlay, self.trees.sources(attempt.start.tree)
        return state.of(own.files(manifests, overlay), sources, overlay).objects

    def progress(self, attempt: Attempt, incident: Incident) -> Progress:
        judgement, deadline = None, Deadline(LONGEST_ATTEMPT)
        for commit in distinct_commits(attempt):
            judgement = self.commit(attempt, incident, commit, deadline)
            if judgement is _NOT_JUDGED:
                break
            if judgement.verdict is Verdict.SOLVED:
                return Progress(attempt, judgement, commit)
        if judgement is None:
            judgement = self.commit(attempt, incident, attempt.broken, deadline)
        return Progress(attempt, judgement, None)


def distinct_commits(attempt: Attempt) -> Iterator[Commit]:
    """The student's commits, without those that change nothing."""
    before = attempt.broken.tree
    for commit in attempt.own:
        if commit.tree != before:
            yield commit
        before = commit.tree
