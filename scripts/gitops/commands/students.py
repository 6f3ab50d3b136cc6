"""`gitops student`: the overlays of a class."""

from pathlib import Path
from typing import Annotated

import typer

from gitops.commands.options import AsJson, DryRun
from gitops.errors import BadInput
from gitops.operations.students import Enrol, RemoveStudents
from gitops.output import show_outcome
from gitops.overlays import class_list
from gitops.session import Session

student = typer.Typer(no_args_is_help=True, help="Add and remove the overlays of a class.")


@student.command()
def add(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="Names of students.")] = None,
    file: Annotated[Path | None, typer.Option(help="A CSV file with a column `name`.")] = None,
    user: Annotated[
        str,
        typer.Option(
            help="User name in the cluster, with {name} for the student's: lets them look at their namespace."
        ),
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
    students = [*(names or []), *(class_list.read(file) if file else [])]
    if not students:
        raise BadInput("No student was named.", "Give names, or a list with --file students.csv.")
    return students
