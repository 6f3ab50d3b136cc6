"""Commands that move images between main and the overlays, and tell what is where."""

from typing import Annotated

import typer

from gitops.commands.options import AnyComponent, AnyOverlay, AsJson, DryRun, Overlay, Reason
from gitops.git import change
from gitops.operations.history import History
from gitops.operations.holds import Hold, Release
from gitops.operations.promote import Promote
from gitops.operations.rollback import Rollback
from gitops.operations.status import Status
from gitops.operations.update import Update
from gitops.output import show_outcome, show_rows
from gitops.session import Session


def update(
    context: typer.Context,
    overlay: AnyOverlay = None,
    component: AnyComponent = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Deploy the newest commit of main whose image the registry holds, for each component that is not held."""
    session: Session = context.obj
    show_outcome(session.commit(Update(session.context, overlay, component), dry_run=dry_run), as_json=as_json)


def status(context: typer.Context, overlay: AnyOverlay = None, as_json: AsJson = False) -> None:
    """Show what runs, how far behind it is, and what is held."""
    session: Session = context.obj
    show_rows(change.read(session.git_remote(), Status(session.context, overlay)), as_json=as_json)


def history(
    context: typer.Context,
    overlay: Overlay,
    component: AnyComponent = None,
    limit: Annotated[int, typer.Option(min=1, help="How many deployments to list.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List what was deployed, newest first."""
    session: Session = context.obj
    show_rows(change.read(session.git_remote(), History(overlay, component, limit)), as_json=as_json)


def rollback(
    context: typer.Context,
    overlay: Overlay,
    component: AnyComponent = None,
    to: Annotated[
        str | None, typer.Option(envvar="GITOPS_COMMIT", help="A commit of main; otherwise the one that ran before.")
    ] = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Go back to an earlier image, and hold the component there until it is released."""
    session: Session = context.obj
    operation = Rollback(session.context, overlay, component, to, reason)
    show_outcome(session.commit(operation, dry_run=dry_run), as_json=as_json)


def hold(
    context: typer.Context,
    overlay: Overlay,
    reason: Annotated[str, typer.Option(envvar="GITOPS_REASON", help="Why, for those who read it later.")],
    component: AnyComponent = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Keep a component at the image that it has, until it is released."""
    session: Session = context.obj
    show_outcome(session.commit(Hold(overlay, component, reason), dry_run=dry_run), as_json=as_json)


def release(
    context: typer.Context,
    overlay: Overlay,
    component: AnyComponent = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """End a hold: the next `update` deploys the component again."""
    session: Session = context.obj
    show_outcome(session.commit(Release(overlay, component, reason), dry_run=dry_run), as_json=as_json)


def promote(
    context: typer.Context,
    to: Annotated[str, typer.Option(envvar="GITOPS_OVERLAY", help="The overlay that gets the images.")],
    source: Annotated[
        str | None, typer.Option("--from", help="The overlay that has them; otherwise the one it `follows`.")
    ] = None,
    component: AnyComponent = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Give an overlay the very images that another one runs."""
    session: Session = context.obj
    show_outcome(session.commit(Promote(session.context, source, to, component), dry_run=dry_run), as_json=as_json)
