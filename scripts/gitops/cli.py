"""Deploy through git: write into the overlays of main which images should run. Commands that deploy work on the newest
main of the remote, never on your checkout; `doctor` and `practice` look at your checkout."""

import signal
import sys
from typing import Annotated

import typer

from gitops.commands import deploy, repository
from gitops.commands.students import student
from gitops.doctor.commands import doctor, explain_log
from gitops.errors import GitopsError
from gitops.output import show_error
from gitops.practice.commands import practice
from gitops.registry.client import DEFAULT_PLATFORMS
from gitops.session import Session

app = typer.Typer(no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False, help=__doc__)

_COMMANDS = {
    "Deploy": (
        deploy.update,
        deploy.status,
        deploy.history,
        deploy.rollback,
        deploy.hold,
        deploy.release,
        deploy.promote,
    ),
    "Repository": (repository.retarget, repository.sync_upstream, repository.build_needed),
    "Diagnosis": (explain_log,),
}
for panel, commands in _COMMANDS.items():
    for command in commands:
        app.command(name=command.__name__.replace("_", "-"), rich_help_panel=panel)(command)
app.add_typer(doctor, name="doctor", rich_help_panel="Diagnosis")
app.add_typer(student, name="student", rich_help_panel="Class")
app.add_typer(practice, name="practice", rich_help_panel="Class")


@app.callback()
def configure(
    context: typer.Context,
    repository: Annotated[
        str | None, typer.Option(envvar="GITHUB_REPOSITORY", help="OWNER/NAME; otherwise taken from the git remote.")
    ] = None,
    registry: Annotated[
        str, typer.Option(envvar="GITOPS_REGISTRY", help="The host of the registry that holds the images.")
    ] = "ghcr.io",
    platforms: Annotated[
        str, typer.Option(envvar="GITOPS_PLATFORMS", help="The platforms that every image must be built for.")
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
    render: Annotated[bool, typer.Option(help="Render the overlays with kustomize before they are committed.")] = True,
) -> None:
    wanted = tuple(platform.strip() for platform in platforms.split(","))
    session = Session(repository, registry, wanted, remote, branch, deploy_branch, render)
    context.obj = session
    context.call_on_close(session.close)


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
