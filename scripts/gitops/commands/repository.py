"""Commands for the repository as a whole: forks, and what is to be built."""

from typing import Annotated

import typer

from gitops.commands.options import AsJson, DryRun
from gitops.operations import build_needed as decisions
from gitops.operations.context import chosen
from gitops.operations.retarget import Retarget
from gitops.operations.sync_upstream import SyncUpstream
from gitops.output import show_error, show_lines, show_outcome
from gitops.session import Session


def retarget(context: typer.Context, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """After a fork or a rename, write this repository's name into the manifests. `update` does so too."""
    session: Session = context.obj
    show_outcome(session.commit(Retarget(session.context), dry_run=dry_run), as_json=as_json)


def sync_upstream(
    context: typer.Context,
    upstream: Annotated[
        str, typer.Option(help="The git remote, or the address, of the repository that this one was forked from.")
    ] = "upstream",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Merge what is new upstream into a fork, and keep the fork's own overlay, images and holds."""
    session: Session = context.obj
    show_outcome(session.commit(SyncUpstream(session.context, upstream), dry_run=dry_run), as_json=as_json)


def build_needed(
    context: typer.Context,
    component: Annotated[str, typer.Argument(help="backend or frontend.")],
    base: Annotated[
        str | None, typer.Option(envvar="GITOPS_BASE", help="For a pull request: the commit to merge into.")
    ] = None,
    always: Annotated[
        bool, typer.Option(envvar="GITOPS_ALWAYS", help="Say that a build is needed, whatever has changed.")
    ] = False,
) -> None:
    """Print `needed=true` or `needed=false`, as GITHUB_OUTPUT takes it, and on the error stream the reason."""
    session: Session = context.obj
    chosen(component)
    if always:
        answer = decisions.Answer(True, "it was asked for")
    elif base:
        answer = decisions.for_pull_request(session.git, component, base)
    else:
        answer = decisions.for_main(session.git, component, session.images)
    show_error(f"{component}: {answer.reason}")
    show_lines(f"needed={str(answer.needed).lower()}")
