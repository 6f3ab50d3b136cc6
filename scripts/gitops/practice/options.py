"""What the commands of `gitops practice` have in common: group, options in both languages, what they ask git."""

from pathlib import Path
from typing import Annotated

import typer

from gitops.git.client import Git
from gitops.practice import flow, library
from gitops.practice.incident import Incident
from gitops.practice.markers import Attempt
from gitops.practice.words import LANGUAGE, Language, of_locale
from gitops.session import Session


def helped(en: str, ja: str) -> str:
    """Typer asks for help texts when the module is read, before there are options."""
    return ja if of_locale() is Language.JAPANESE else en


practice = typer.Typer(
    no_args_is_help=True,
    help=helped("Incidents to solve, in the real application.", "本物のアプリで起きる障害を解く。"),
)
Overlay = Annotated[
    str, typer.Option(envvar="GITOPS_OVERLAY", help=helped("The overlay that you work on.", "作業するオーバーレイ。"))
]
From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        envvar="GITOPS_INCIDENTS",
        help=helped(
            "A folder of incidents; otherwise those of gitops.",
            "インシデントのフォルダー。省くと gitops のもの。",
        ),
    ),
]


@practice.callback()
def choose_language(
    language: Annotated[
        Language | None,
        typer.Option("--lang", help=helped("en or ja; otherwise the locale's.", "en か ja。省くとロケール。")),
    ] = None,
) -> None:
    LANGUAGE.set(language or of_locale())


def current(git: Git, folder: Path | None) -> tuple[Attempt, Incident]:
    """The incident that HEAD is in, from the folder that it was begun from, unless another is named."""
    attempt = flow.current(git)
    return attempt, library.named(attempt.marker.incident, folder or remembered(git, attempt))


def remember(git: Git, attempt: Attempt, folder: Path | None) -> None:
    """Keeps in the settings of this clone where the incident is from."""
    if folder:
        git.run("config", _key(attempt), str(folder.resolve()))


def remembered(git: Git, attempt: Attempt) -> Path | None:
    folder = git.attempt("config", "--get", _key(attempt)).stdout.strip()
    return Path(folder) if folder else None


def _key(attempt: Attempt) -> str:
    return f"practice.{attempt.start.id}.incidents"


def base_of(git: Git, session: Session) -> str:
    """Where the manifests come from: the remote's main as it was fetched last; without a remote the branch here."""
    branch = session.branch or "main"
    for name in (f"{session.remote}/{branch}", branch):
        if git.attempt("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").returncode == 0:
            return name
    return "HEAD"
