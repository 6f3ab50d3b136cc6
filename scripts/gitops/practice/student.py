"""What a student types."""

from pathlib import Path
from typing import Annotated

import typer

from gitops import printable
from gitops.doctor.checkout_reader import open_checkout
from gitops.errors import BadInput
from gitops.git.client import Git
from gitops.output import show_lines
from gitops.overlays.store import LOCAL, OVERLAYS
from gitops.practice import evidence as recordings
from gitops.practice import flow, library, show, state
from gitops.practice.check import Verdict
from gitops.practice.incident import Incident
from gitops.practice.markers import BRANCHES, Attempt, attempts
from gitops.practice.options import From, Overlay, base_of, current, helped, practice, remember, remembered
from gitops.practice.progress import Judge
from gitops.practice.trees import Trees
from gitops.practice.words import said
from gitops.session import Session
from gitops.text import Text

_STILL_OPEN = Text("{incident} is not solved yet: it is {verdict}.", "{incident} はまだ解決していません（{verdict}）。")
_FINISH_IT = Text(
    "Solve it, or say --force to leave it as it is.", "解決するか、そのままにして始めるなら --force を付けてください。"
)
_NO_VARIANT = Text("{incident} has the variants 1 to {count}.", "{incident} のバリアントは 1 から {count} です。")
_NEXT = Text(
    "Your branch is {branch}. Bring it to your cluster: {command}\n"
    "Look there, change files under k8s/, and ask `gitops practice check`.\n"
    "Without a cluster, `gitops practice evidence` shows what kubectl showed in one.",
    "ブランチは {branch} です。クラスターに届けてください：{command}\n"
    "クラスターを調べ、k8s/ のファイルを直し、`gitops practice check` で確かめます。\n"
    "クラスターがなければ、実際のクラスターで kubectl が示したものを `gitops practice evidence` で見られます。",
)
_NO_EVIDENCE = Text("Nothing was recorded of {incident}.", "{incident} の記録はありません。")
_SEE_FOR_YOURSELF = Text("Start it in a cluster, and look there.", "クラスターで障害を起こして、自分で見てください。")
_HINT = Text("Hint {number} of {count}", "ヒント {number}/{count}")
_AGAIN = Text("{incident} is as your colleagues left it.", "{incident} を、同僚が残したままの状態に戻しました。")


@practice.command(
    name="list", help=helped("List the incidents, and how far you have got.", "インシデントと進み具合を一覧する。")
)
def list_incidents(overlay: Overlay = LOCAL, folder: From = None) -> None:
    git, incidents = open_checkout(Path.cwd()), library.every(folder)
    branch = f"{BRANCHES}{overlay}"
    there = git.attempt("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}").returncode == 0
    known = {attempt.marker.incident: attempt for attempt in (attempts(git, branch) if there else ())}
    judge = Judge(Trees(git))
    begun = {name: attempt for name, attempt in known.items() if name in incidents}
    states = {name: judge.progress(attempt, incidents[name]).verdict for name, attempt in begun.items()}
    show_lines(show.table(incidents, states))


@practice.command(help=helped("Begin an incident, in a branch of your own.", "自分のブランチでインシデントを始める。"))
def start(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=helped("As `list` names it.", "`list` に出る名前。"))],
    overlay: Overlay = LOCAL,
    variant: Annotated[
        int | None,
        typer.Option(
            help=helped("The variant's number; otherwise your own.", "バリアントの番号。省くと人ごとに決まる。")
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=helped("Even while another is unsolved.", "未解決のものがあっても始める。"))
    ] = False,
    folder: From = None,
) -> None:
    session: Session = context.obj
    git, incident = open_checkout(Path.cwd()), library.named(name, folder)
    if variant is not None and not 1 <= variant <= len(incident.faults):
        raise BadInput(said(_NO_VARIANT, incident=name, count=len(incident.faults)))
    if not force:
        _refuse_while_open(git, overlay, folder)
    chosen = library.variant_for(incident, overlay) if variant is None else variant - 1
    marker = flow.begin(git, base_of(git, session), incident, chosen, overlay)
    remember(git, flow.current(git), folder)
    branch = f"{BRANCHES}{marker.overlay}"
    # Argo CD deploys every overlay but that of one's own machine.
    is_local = marker.overlay == LOCAL
    command = f"kubectl apply -k {OVERLAYS}/{LOCAL}" if is_local else f"git push -u {session.remote} {branch}"
    show_lines(show.ticket(incident), said(_NEXT, branch=branch, command=command))


@practice.command(help=helped("Read the ticket again.", "チケットをもう一度読む。"))
def ticket(folder: From = None) -> None:
    _, incident = current(open_checkout(Path.cwd()), folder)
    show_lines(show.ticket(incident))


@practice.command(
    help=helped(
        "Without a cluster: see what kubectl showed in a real one.",
        "クラスターがないとき、実際のクラスターで kubectl が示したものを見る。",
    )
)
def evidence(folder: From = None) -> None:
    git = open_checkout(Path.cwd())
    attempt, incident = current(git, folder)
    text = recordings.recorded(attempt.marker, folder or remembered(git, attempt))
    if not text:
        raise BadInput(said(_NO_EVIDENCE, incident=incident.id), said(_SEE_FOR_YOURSELF))
    show_lines(printable.lines(text, most=recordings.MOST_LINES))


@practice.command(
    help=helped("Read the next of three hints; they cost nothing.", "3 つのヒントの次を読む。何も減らない。")
)
def hint(folder: From = None) -> None:
    git = open_checkout(Path.cwd())
    attempt, incident = current(git, folder)
    key, count = f"practice.{attempt.start.id}.hints", len(incident.hints)
    seen = git.attempt("config", "--get", key).stdout.strip()
    number = min(int(seen) + 1 if seen.isdigit() else 1, count)
    git.run("config", key, str(number))
    show_lines(f"{said(_HINT, number=number, count=count)}: {said(incident.hints[number - 1])}")


@practice.command(help=helped("After solving: read what the fault was.", "解決した後に、何が起きていたのかを読む。"))
def explain(folder: From = None) -> None:
    git = open_checkout(Path.cwd())
    attempt, incident = current(git, folder)
    _refuse_unless_solved(git, attempt, incident)
    show_lines(*show.explanation(incident, attempt.marker))


@practice.command(
    help=helped("Bring the fault back, with one commit.", "コミットを 1 つ足して、障害のある状態に戻す。")
)
def reset(folder: From = None) -> None:
    git = open_checkout(Path.cwd())
    attempt, incident = current(git, folder)
    flow.reset(git, attempt)
    show_lines(said(_AGAIN, incident=incident.id))


def _refuse_while_open(git: Git, overlay: str, folder: Path | None) -> None:
    branch = f"refs/heads/{BRANCHES}{overlay}"
    if git.attempt("rev-parse", "--verify", "--quiet", branch).returncode == 0 and (known := attempts(git, branch)):
        last = known[-1]
        if incident := library.every(folder or remembered(git, last)).get(last.marker.incident):
            verdict = Judge(Trees(git)).progress(last, incident).verdict
            if verdict is not Verdict.SOLVED:
                what = said(_STILL_OPEN, incident=incident.id, verdict=said(show.STATES[verdict]))
                raise BadInput(what, said(_FINISH_IT))


def _refuse_unless_solved(git: Git, attempt: Attempt, incident: Incident) -> None:
    judgement = Judge(Trees(git)).files(attempt, incident, state.manifests_in(git))
    if judgement.verdict is not Verdict.SOLVED:
        raise BadInput(said(_STILL_OPEN, incident=incident.id, verdict=said(show.STATES[judgement.verdict])))
