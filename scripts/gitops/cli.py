"""The command line: `gitops --help`. Every command works on the newest main of the remote, never on your checkout;
only `doctor` looks at that."""

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from gitops.doctor import commands as doctor
from gitops.errors import BadInput, GitopsError
from gitops.git import change
from gitops.operations import build_needed
from gitops.operations.context import chosen
from gitops.operations.history import History
from gitops.operations.holds import Hold, Release
from gitops.operations.promote import Promote
from gitops.operations.retarget import Retarget
from gitops.operations.rollback import Rollback
from gitops.operations.status import Status
from gitops.operations.students import Enrol, RemoveStudents
from gitops.operations.sync_upstream import SyncUpstream
from gitops.operations.update import Update
from gitops.output import show_error, show_lines, show_outcome, show_rows
from gitops.overlays import class_list
from gitops.practice.commands import practice
from gitops.registry.client import DEFAULT_PLATFORMS
from gitops.session import Session

app = typer.Typer(no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False, help=__doc__)
student = typer.Typer(no_args_is_help=True, help="Add and remove the overlays of a class.")
app.add_typer(student, name="student")
app.add_typer(doctor.doctor, name="doctor")
app.add_typer(practice, name="practice")
app.command(name="explain-log")(doctor.explain_log)

Overlay = Annotated[str, typer.Option(envvar="GITOPS_OVERLAY", help="The folder's name under k8s/overlays.")]
AnyOverlay = Annotated[str | None, typer.Option(envvar="GITOPS_OVERLAY", help="One overlay; otherwise all.")]
AnyComponent = Annotated[
    str | None,
    typer.Option(
        envvar="GITOPS_COMPONENT",
        help="backend or frontend; otherwise both.",
        callback=lambda name: None if name == "both" else name,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would change, and change nothing.")]
Reason = Annotated[str | None, typer.Option(envvar="GITOPS_REASON", help="Why, for those who read it later.")]


@app.callback()
def configure(
    context: typer.Context,
    repository: Annotated[
        str | None, typer.Option(envvar="GITHUB_REPOSITORY", help="OWNER/NAME; otherwise as the git remote says.")
    ] = None,
    registry: Annotated[str, typer.Option(envvar="GITOPS_REGISTRY", help="The host of the images.")] = "ghcr.io",
    platforms: Annotated[
        str, typer.Option(envvar="GITOPS_PLATFORMS", help="What every image must be built for.")
    ] = ",".join(DEFAULT_PLATFORMS),
    remote: Annotated[str, typer.Option(envvar="GITOPS_REMOTE", help="The git remote.")] = "origin",
    branch: Annotated[
        str | None,
        typer.Option(
            envvar="GITOPS_BRANCH", help="The branch that images are built from; otherwise the remote's default."
        ),
    ] = None,
    deploy_branch: Annotated[
        str | None,
        typer.Option(
            envvar="GITOPS_DEPLOY_BRANCH",
            help="The branch that Argo CD follows, where main is protected; otherwise main.",
        ),
    ] = None,
    render: Annotated[bool, typer.Option(help="Render with kustomize what is to be committed.")] = True,
) -> None:
    wanted = tuple(platform.strip() for platform in platforms.split(","))
    session = Session(repository, registry, wanted, remote, branch, deploy_branch, render)
    context.obj = session
    context.call_on_close(session.close)


@app.command()
def update(
    context: typer.Context,
    overlay: AnyOverlay = None,
    component: AnyComponent = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Deploy the newest commit of main whose image the registry holds, for each free component."""
    session: Session = context.obj
    show_outcome(session.commit(Update(session.context, overlay, component), dry_run=dry_run), as_json=as_json)


@app.command()
def status(context: typer.Context, overlay: AnyOverlay = None, as_json: AsJson = False) -> None:
    """Show what runs, how far behind it is, and what is held."""
    session: Session = context.obj
    show_rows(change.read(session.git_remote(), Status(session.context, overlay)), as_json=as_json)


@app.command()
def history(
    context: typer.Context,
    overlay: Overlay,
    component: AnyComponent = None,
    limit: Annotated[int, typer.Option(min=1, help="How many deployments.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List what was deployed, newest first."""
    session: Session = context.obj
    show_rows(change.read(session.git_remote(), History(overlay, component, limit)), as_json=as_json)


@app.command()
def rollback(
    context: typer.Context,
    overlay: Overlay,
    component: AnyComponent = None,
    to: Annotated[
        str | None, typer.Option(envvar="GITOPS_COMMIT", help="A commit of main; otherwise what ran before.")
    ] = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Go back to an earlier image, and hold the component there until it is released."""
    session: Session = context.obj
    operation = Rollback(session.context, overlay, component, to, reason)
    show_outcome(session.commit(operation, dry_run=dry_run), as_json=as_json)


@app.command()
def hold(
    context: typer.Context,
    overlay: Overlay,
    reason: Annotated[str, typer.Option(envvar="GITOPS_REASON", help="Why, for those who read it later.")],
    component: AnyComponent = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Keep a component where it is."""
    session: Session = context.obj
    show_outcome(session.commit(Hold(overlay, component, reason), dry_run=dry_run), as_json=as_json)


@app.command()
def release(
    context: typer.Context,
    overlay: Overlay,
    component: AnyComponent = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Let the next update move a component that was held."""
    session: Session = context.obj
    show_outcome(session.commit(Release(overlay, component, reason), dry_run=dry_run), as_json=as_json)


@app.command()
def promote(
    context: typer.Context,
    to: Annotated[str, typer.Option(envvar="GITOPS_OVERLAY", help="The overlay that gets the images.")],
    source: Annotated[str | None, typer.Option("--from", help="Otherwise as `follows` says.")] = None,
    component: AnyComponent = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Give an overlay the very images that another one runs."""
    session: Session = context.obj
    show_outcome(session.commit(Promote(session.context, source, to, component), dry_run=dry_run), as_json=as_json)


@app.command()
def retarget(context: typer.Context, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Make the manifests those of this repository, after a fork or a renaming. `update` does it too."""
    session: Session = context.obj
    show_outcome(session.commit(Retarget(session.context), dry_run=dry_run), as_json=as_json)


@app.command(name="sync-upstream")
def sync_upstream(
    context: typer.Context,
    upstream: Annotated[
        str, typer.Option(help="The git remote, or address, of what this was forked from.")
    ] = "upstream",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Merge what is new upstream into a fork, and keep the fork's own overlay, images and holds."""
    session: Session = context.obj
    show_outcome(session.commit(SyncUpstream(session.context, upstream), dry_run=dry_run), as_json=as_json)


@app.command(name="build-needed")
def build_is_needed(
    context: typer.Context,
    component: Annotated[str, typer.Argument(help="backend or frontend.")],
    base: Annotated[
        str | None, typer.Option(envvar="GITOPS_BASE", help="For a pull request: the commit to merge into.")
    ] = None,
    always: Annotated[bool, typer.Option(envvar="GITOPS_ALWAYS", help="Build whatever has changed.")] = False,
) -> None:
    """Print `needed=true` or `needed=false`, as GITHUB_OUTPUT takes it, and the reason on the error stream."""
    session: Session = context.obj
    chosen(component)
    if always:
        answer = build_needed.Answer(True, "it was asked for")
    elif base:
        answer = build_needed.for_pull_request(session.git, component, base)
    else:
        answer = build_needed.for_main(session.git, component, session.images)
    show_error(f"{component}: {answer.reason}")
    show_lines(f"needed={str(answer.needed).lower()}")


@student.command()
def add(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="Names of students.")] = None,
    file: Annotated[Path | None, typer.Option(help="A CSV file with a column `name`.")] = None,
    user: Annotated[
        str, typer.Option(help="What the cluster calls them, {name} for the name: lets them look at their namespace.")
    ] = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Add an overlay, an Application and a project for each student."""
    session: Session = context.obj
    operation = Enrol(session.context, _students(names, file), user)
    show_outcome(session.commit(operation, dry_run=dry_run), as_json=as_json)


@student.command()
def remove(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="Names of students.")] = None,
    file: Annotated[Path | None, typer.Option(help="A CSV file with a column `name`.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Remove what `student add` has made."""
    session: Session = context.obj
    show_outcome(session.commit(RemoveStudents(_students(names, file)), dry_run=dry_run), as_json=as_json)


def _students(names: list[str] | None, file: Path | None) -> list[str]:
    found = [*(names or []), *(class_list.read(file) if file else [])]
    if not found:
        raise BadInput("No student was named.", "Give names, or a list with --file students.csv.")
    return found


def main() -> None:
    """Runs the command line; an error that a person can correct is shown as its message, and sets the exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        app()
    except GitopsError as error:
        show_error(f"error: {error}")
        sys.exit(error.exit_code)
    except OSError as error:  # a full disk, a folder that may not be written
        show_error(f"error: {error.strerror}: {error.filename}")
        sys.exit(GitopsError.exit_code)
