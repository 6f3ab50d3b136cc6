"""Options that several commands have."""

from typing import Annotated

import typer

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
