"""Sample events, which start the workflows as GitHub would."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from gitops.doctor.actions.sample_names import FORK, NAME, OWNER, SLUG, SOMEBODY
from gitops.doctor.actions.values import Open, Value
from gitops.doctor.nodes import Node
from gitops.doctor.workflow import Workflow

COMMIT, MERGED, TIP = "4d5e" * 10, "9b3c" * 10, "7e1f" * 10
"""What was pushed; what a pull request would become; and the default branch after later commits."""
VERSION, RUN_ID, TOKEN = "v1.2.3", "1234567890", "token-of-the-job"
_NUMBER, _PERSON = "7", "a-person"
_NOTHING = dict.fromkeys(("pull_request", "workflow_run", "inputs", "release", "merge_group", "number"))


@dataclass(frozen=True)
class Event:
    """`sha` and `ref` as in the `github` context; `payload` is `github.event`, `inputs` those of a start by hand."""

    name: str
    sha: str
    ref: str
    payload: Mapping[str, Value] = field(default_factory=dict)
    inputs: Mapping[str, Value] | None = None
    base: str = ""

    @property
    def branch(self) -> str:
        return self.ref.removeprefix("refs/heads/")

    @property
    def _is_tag(self) -> bool:
        return self.ref.startswith("refs/tags/")

    def github(self, default: str) -> Open:
        """The `github` context."""
        owner = Open(login=OWNER)
        repository = Open(full_name=SLUG, name=NAME, owner=owner, default_branch=default, private=False, fork=False)
        event = Open(_NOTHING | {"repository": repository, "deleted": False} | dict(self.payload))
        return Open(
            sha=self.sha,
            ref=self.ref,
            ref_name=self.branch.removeprefix("refs/pull/").removeprefix("refs/tags/"),
            ref_type="tag" if self._is_tag else "branch",
            head_ref=self.payload.get("pull_request", {}).get("head", {}).get("ref", ""),
            base_ref=self.base,
            event_name=self.name,
            event=event,
            repository=SLUG,
            repository_owner=OWNER,
            repositoryUrl=f"git://github.com/{SLUG}.git",
            server_url="https://github.com",
            actor=_PERSON,
            triggering_actor=_PERSON,
            token=TOKEN,
            run_id=RUN_ID,
            run_number="17",
            run_attempt="1",
        )

    def starts(self, workflow: Workflow) -> bool:
        """Whether the event passes a filter by branch; filters by path always match, because the sample commit changes
        every path."""
        if not workflow.has_trigger(self.name):
            return False
        trigger = workflow.trigger(self.name)
        branch = self.base or self.branch
        if self.name == "workflow_run":
            branch = self.payload["workflow_run"]["head_branch"]
            types, names = _listed(trigger, "types"), _listed(trigger, "workflows")
            if self.payload["workflow_run"]["name"] not in names or (types and self.payload["action"] not in types):
                return False
        wanted, unwanted = _listed(trigger, "branches"), _listed(trigger, "branches-ignore")
        tags = [*_listed(trigger, "tags"), *_listed(trigger, "tags-ignore")]
        if self.name == "push" and self._is_tag:
            return bool(tags) or not (wanted or unwanted)
        if self.name == "push" and not wanted and not unwanted:
            return not tags
        return (not wanted or _matches(branch, wanted)) and not (unwanted and _matches(branch, unwanted))


def push(branch: str) -> Event:
    return Event("push", COMMIT, f"refs/heads/{branch}", {"before": TIP, "after": COMMIT})


def by_hand(branch: str, inputs: Mapping[str, Value]) -> Event:
    return Event("workflow_dispatch", COMMIT, f"refs/heads/{branch}", {"inputs": inputs}, inputs)


def pull_request(base: str) -> Event:
    """A pull request from a fork."""
    request = Open(head=Open(sha=COMMIT, ref="topic", repo=_fork()), base=Open(sha=TIP, ref=base), draft=False)
    payload = {"pull_request": request, "number": _NUMBER, "action": "synchronize"}
    return Event("pull_request", MERGED, f"refs/pull/{_NUMBER}/merge", payload, base=base)


def merge_group(base: str) -> Event:
    group = Open(base_sha=TIP, head_sha=MERGED, base_ref=f"refs/heads/{base}")
    reference = f"refs/heads/gh-readonly-queue/{base}/pr-{_NUMBER}-{TIP}"
    return Event("merge_group", MERGED, reference, {"merge_group": group, "action": "checks_requested"}, base=base)


def after(
    workflow: str, branch: str, event: str = "push", *, conclusion: str = "success", forked: bool = False
) -> Event:
    """The end of a run of the workflow; GitHub runs what follows on the default branch's tip."""
    repository = _fork() if forked else Open(full_name=SLUG, fork=False, owner=Open(login=OWNER))
    run = Open(
        name=workflow,
        conclusion=conclusion,
        status="completed",
        event=event,
        head_branch=branch,
        head_sha=COMMIT,
        head_repository=repository,
        repository=Open(full_name=SLUG),
    )
    return Event("workflow_run", TIP, f"refs/heads/{branch}", {"workflow_run": run, "action": "completed"})


def of_a_release(default: str) -> tuple[Event, ...]:
    reference = f"refs/tags/{VERSION}"
    release = Open(tag_name=VERSION, name=VERSION, draft=False, prerelease=False, target_commitish=default)
    return (
        Event("push", COMMIT, reference, {"before": "0" * 40, "after": COMMIT}),
        Event("release", COMMIT, reference, {"release": release, "action": "published"}),
        Event("create", COMMIT, reference, {"ref": VERSION, "ref_type": "tag"}),
        Event("schedule", TIP, f"refs/heads/{default}"),
        Event("repository_dispatch", TIP, f"refs/heads/{default}", {"client_payload": Open()}),
    )


def _fork() -> Open:
    return Open(full_name=FORK, fork=True, owner=Open(login=SOMEBODY))


def _listed(trigger: Node, key: str) -> list[str]:
    return trigger.at(key).texts


def _matches(branch: str, patterns: list[str]) -> bool:
    """Whether the last pattern that matches lets the value pass. Source:
    https://docs.github.com/actions/reference/workflow-syntax#onpush"""
    matches = False
    for pattern in patterns:
        if fnmatchcase(branch, pattern.removeprefix("!")):
            matches = not pattern.startswith("!")
    return matches
