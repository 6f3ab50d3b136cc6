"""`gitops practice check`: what is judged, once or after each change, beside a cluster or without one."""

import time
from pathlib import Path
from typing import Annotated

import typer

from gitops.doctor.checkout_reader import open_checkout
from gitops.errors import BadInput
from gitops.git.client import Git
from gitops.manifests.objects import Objects
from gitops.manifests.objects import namespace as namespace_of
from gitops.output import show_lines
from gitops.practice import live as in_cluster
from gitops.practice import show, state
from gitops.practice.check import Failure, Judgement, Verdict
from gitops.practice.markers import Attempt
from gitops.practice.options import From, current, helped, practice
from gitops.practice.progress import Judge
from gitops.practice.trees import Trees
from gitops.practice.words import said
from gitops.text import Text

_SECONDS = 0.5
_NO_CLUSTER = Text(
    "kubectl shows nothing of the namespace {namespace}.", "kubectl では、名前空間 {namespace} が見えません。"
)
_CHOOSE_ONE = Text(
    "Choose a cluster with `kubectl config use-context`, or leave --live out.",
    "`kubectl config use-context` でクラスターを選ぶか、--live を外してください。",
)


@practice.command(
    help=helped(
        "Say what is not as it should be. Exit status 0 when solved, 1 while open.",
        "満たされていないことを示す。終了ステータスは、解決なら 0、まだなら 1。",
    )
)
def check(
    as_json: Annotated[bool, typer.Option("--json", help=helped("Print JSON.", "JSON で出す。"))] = False,
    live: Annotated[
        bool,
        typer.Option(
            "--live", help=helped("Ask the cluster too, for 20 seconds.", "クラスターにも 20 秒かけて確かめる。")
        ),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help=helped("Check again after each change.", "変更のたびに確かめ直す。"))
    ] = False,
    folder: From = None,
) -> None:
    git = open_checkout(Path.cwd())
    attempt, incident = current(git, folder)
    judge = Judge(Trees(git))
    files = state.manifests_in(git)
    judgement = judge.files(attempt, incident, files)
    if live:
        judgement = _beside_the_cluster(git, attempt, judgement, judge.objects(attempt, files))
    _tell(attempt, judgement, as_json)
    while watch and judgement.verdict is not Verdict.SOLVED:
        time.sleep(_SECONDS)
        if (now := state.manifests_in(git)) != files:
            files, judgement = now, judge.files(attempt, incident, now)
            _tell(attempt, judgement, as_json)
    raise typer.Exit(0 if judgement.verdict is Verdict.SOLVED else 1)


def _beside_the_cluster(git: Git, attempt: Attempt, judgement: Judgement, rendered: Objects) -> Judgement:
    """Adds what the cluster shows. This clone's git settings remember whether the fault was ever seen there."""
    namespace = next((where for item in rendered if (where := namespace_of(item))), attempt.marker.overlay)
    # While git is not solved, a single look is enough.
    observed = in_cluster.observe(namespace, rendered, steady=judgement.verdict is Verdict.SOLVED)
    if observed is None:
        raise BadInput(said(_NO_CLUSTER, namespace=namespace), said(_CHOOSE_ONE))
    key, unseen = f"practice.{attempt.start.id}.seen", list[Failure]()
    if judgement.verdict is Verdict.OPEN and observed.shows_fault:
        git.run("config", key, "true")
    elif judgement.verdict is Verdict.SOLVED and git.attempt("config", "--get", key).returncode != 0:
        unseen = [in_cluster.UNSEEN]
    return Judgement((*judgement.failures, *observed.failures, *unseen))


def _tell(attempt: Attempt, judgement: Judgement, as_json: bool) -> None:
    show_lines(*([show.as_json(attempt.marker, judgement)] if as_json else show.judgement(judgement)))
