"""Whether a component has to be built: decided in the job, as a workflow that a path filter skips reports nothing."""

from dataclasses import dataclass

from gitops import desired
from gitops.errors import RegistryError
from gitops.git.client import Git
from gitops.model import COMPONENTS, short
from gitops.operations.context import Context


@dataclass(frozen=True, slots=True)
class Answer:
    needed: bool
    reason: str


def for_pull_request(git: Git, component: str, base: str) -> Answer:
    """Whether the checkout changes the component since it left the branch that it would be merged into."""
    fork_point = git.run("merge-base", base, "HEAD").strip()
    return _changed(git, component, fork_point)


def for_main(git: Git, component: str, context: Context) -> Answer:
    """Whether the component has changed since the newest image that was built of it.

    A build that failed or was lost is thus made up for by the next one, and a fork builds everything once.
    """
    history = git.first_parents("HEAD")
    try:
        tags = context.registry.tags(context.path(component))
    except RegistryError as error:
        return Answer(True, f"the registry does not say what is built already: {error.what}")
    built = next(desired.built_commits(history, tags), None)
    if built is None:
        return Answer(True, "the registry holds no image yet")
    return _changed(git, component, built)


def _changed(git: Git, component: str, since: str) -> Answer:
    files = desired.build_needed(git.changed_files(since, "HEAD"), COMPONENTS[component].paths)
    if not files:
        return Answer(False, f"nothing of it has changed since {short(since)}")
    return Answer(True, f"{len(files)} files of it have changed since {short(since)}, such as {files[0]}")
