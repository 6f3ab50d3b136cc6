"""`gitops doctor`, `gitops doctor explain` and `gitops explain-log`."""

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from gitops import printable
from gitops.doctor import all_checks, argocd, checkout_reader, formats, layers, survey
from gitops.doctor.checkout import WORKFLOWS, Checkout
from gitops.doctor.formats import Format
from gitops.doctor.logs import log_reader
from gitops.doctor.logs.opening import opened
from gitops.errors import BadInput
from gitops.files import regular
from gitops.output import show_error
from gitops.overlays.overlay_names import APPLICATIONS
from gitops.overlays.store import OVERLAYS
from gitops.session import Session

_MOST_LINES = 10_000

doctor = typer.Typer(invoke_without_command=True, help="Find what breaks the pipeline, in your checkout.")


@doctor.callback()
def examine(
    context: typer.Context,
    form: Annotated[Format, typer.Option("--format", help="How findings are written.")] = Format.TEXT,
    online: Annotated[bool, typer.Option("--online", help="Ask the registry and the cluster too.")] = False,
) -> None:
    """Find what breaks the pipeline: workflows, manifests, Applications and git remote. Exit status 1 on errors."""
    if context.invoked_subcommand:
        return
    session: Session = context.obj
    git = checkout_reader.open_checkout(Path.cwd())
    checkout = checkout_reader.read_checkout(
        git,
        session.remote,
        session.branch or os.environ.get("GITHUB_BASE_REF"),
        session.repository,
        rendering=session.render,
        deploy_branch=session.deploy_branch,
    )
    if online:
        facts = survey.ask(checkout, session.images.registry)
        checkout = replace(checkout, facts=facts)
    scope = _scope(checkout)
    for what in _left_out(checkout, online):
        show_error(f"Not checked: {printable.line(what)}.")
    findings = all_checks.examine(checkout)
    sys.stdout.write(formats.write(findings, form))
    typer.echo(f"Looked at {scope}.", err=form is not Format.TEXT)
    if any(finding.verdict == "error" for finding in findings):
        raise typer.Exit(1)


def _scope(checkout: Checkout) -> str:
    """How much there was to examine. Raises BadInput when there was nothing."""
    counts = {
        "workflow": len(checkout.workflows),
        "overlay": len(checkout.overlays),
        "Application": len(argocd.every(checkout)),
    }
    if not any(counts.values()) and not checkout.unreadable:
        raise BadInput(
            f"There is nothing to examine: no workflow in {WORKFLOWS}, no overlay in {OVERLAYS}, "
            f"no Application in {APPLICATIONS}.",
            "Run gitops in a clone of the repository that has them.",
        )
    return ", ".join(f"{count} {what}{'' if count == 1 else 's'}" for what, count in counts.items())


def _left_out(checkout: Checkout, online: bool) -> Iterator[str]:
    if checkout.remote is None:
        yield "whose images and addresses these are, as there is no git remote; say --repository OWNER/NAME"
    if not checkout.branches:
        yield "whether branches exist, as the git remote was never fetched"
    if lacking := sorted(checkout.overlays.keys() - checkout.rendered.keys()):
        yield f"what kustomize makes of the overlays: {', '.join(lacking)}"
    if large := checkout.too_large:
        yield f"what has more than {checkout_reader.LARGEST} bytes: {', '.join(large)}"
    if unused := layers.unused(checkout):
        yield f"the components that no overlay uses: {', '.join(unused)}"
    if online and not checkout.facts.deployments:
        yield "what runs, as kubectl shows no Deployment in any of the namespaces"


@doctor.command()
def explain(check: Annotated[str, typer.Argument(help="The id in square brackets of a finding.")]) -> None:
    """Tell what a check asks for, why, and how to fix what it finds."""
    sys.stdout.write(formats.explain(all_checks.check_named(check)))


@doctor.command(name="list")
def list_checks() -> None:
    """List all checks, as a table in Markdown."""
    sys.stdout.write(formats.markdown(all_checks.ALL))


def explain_log(
    file: Annotated[Path, typer.Argument(help="A log of CI, kubectl or Argo CD, gzip or not; - is standard input.")],
) -> None:
    """Name the known faults in a log, each with its remedy."""
    try:
        with contextlib.ExitStack() as stack:
            source = sys.stdin.buffer if str(file) == "-" else stack.enter_context(open(file, "rb", opener=regular))
            log = stack.enter_context(opened(source, str(file)))
            sightings = log_reader.sightings(log)
            if log.read(1):
                show_error(f"Only the first {log_reader.MOST_CHARACTERS} characters of {file} were read.")
    except OSError as error:
        raise BadInput(
            f"{file} cannot be read: {error.strerror}.", "Name a log file, or - for standard input."
        ) from error
    sys.stdout.write(printable.lines(log_reader.report(sightings), _MOST_LINES) + "\n")
