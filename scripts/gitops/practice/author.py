"""What the author of an incident types."""

from pathlib import Path
from typing import Annotated

import typer

from gitops.doctor.checkout_reader import open_checkout
from gitops.output import show_error, show_lines
from gitops.practice import answers, incident_file, proof
from gitops.practice.options import helped, practice
from gitops.practice.words import said
from gitops.session import Session
from gitops.text import Text

_ANSWERS = "tests/practice/answers"
_PROVEN = Text(
    "{incident} is what it says: {variants} variants, {answers} answers.",
    "{incident} は成り立ちます（バリアント {variants}、答え {answers}）。",
)


@practice.command(
    name="try", help=helped("Test an incident that you have written.", "書いたインシデントが成り立つか確かめる。")
)
def try_incident(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=helped("The incident's file.", "インシデントのファイル。"))],
    known: Annotated[
        Path | None,
        typer.Option(
            "--answers",
            help=helped(
                f"The file of its answers; otherwise in {_ANSWERS}.", f"解答のファイル。省くと {_ANSWERS} のもの。"
            ),
        ),
    ] = None,
) -> None:
    """Every variant is found, every right answer accepted, every wrong one refused by the requirement it names."""
    session: Session = context.obj
    git = open_checkout(Path.cwd())
    incident = incident_file.read_incident(file)
    fixes = answers.read(known or git.root / _ANSWERS / file.name)
    problems = [
        f"{ground.overlay}: {problem}"
        for ground in proof.grounds(git, session.images)
        for problem in proof.problems(incident, fixes, ground)
    ]
    for problem in problems:
        show_error(problem)
    if problems:
        raise typer.Exit(1)
    show_lines(said(_PROVEN, incident=incident.id, variants=len(incident.faults), answers=len(fixes)))
