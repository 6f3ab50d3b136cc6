"""`gitops practice`."""

from pathlib import Path
from typing import Annotated

import typer

from gitops.doctor.reading import open_checkout
from gitops.output import show_error, show_lines
from gitops.practice import answers, proof, reading
from gitops.session import Session

practice = typer.Typer(no_args_is_help=True, help="Incidents to solve, in the real application.")

_ANSWERS = "tests/practice/answers"


@practice.command(name="try")
def try_incident(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An incident's Markdown file.")],
    known: Annotated[
        Path | None, typer.Option("--answers", help=f"Its answers; otherwise those of that name in {_ANSWERS}.")
    ] = None,
) -> None:
    """Prove an incident that you have written: what is broken is found, what is right is accepted, the rest refused."""
    session: Session = context.obj
    git = open_checkout(Path.cwd())
    incident = reading.read(file)
    fixes = answers.read(known or git.root / _ANSWERS / file.name)
    found = [
        f"{ground.overlay}: {problem}"
        for ground in proof.grounds(git, session.images)
        for problem in proof.problems(incident, fixes, ground)
    ]
    for problem in found:
        show_error(problem)
    if found:
        raise typer.Exit(1)
    show_lines(f"{incident.id} holds: {len(incident.faults)} variants, {len(fixes)} answers.")
