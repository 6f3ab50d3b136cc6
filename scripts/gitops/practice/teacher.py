"""What a teacher types."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from gitops.doctor.checkout_reader import open_checkout
from gitops.git import change
from gitops.output import show_error, show_lines
from gitops.overlays import class_list
from gitops.practice import classroom, forks, formats, library
from gitops.practice import report as reports
from gitops.practice.formats import Format
from gitops.practice.markers import BRANCHES
from gitops.practice.options import From, helped, practice
from gitops.practice.words import said
from gitops.session import Session
from gitops.text import Text

_OPENED = Text(
    "There are {count} branches {prefix}…, {new} of them new. Tell the cluster:\n  kubectl apply -f {path}",
    "ブランチ {prefix}… が {count} 本あります（うち新規 {new} 本）。"
    "クラスターに伝えてください：\n  kubectl apply -f {path}",
)
_CLOSED = Text(
    "Argo CD follows {branch} again once the cluster knows:\n  kubectl apply -f {path}",
    "クラスターに伝えると、Argo CD は再び {branch} に従います：\n  kubectl apply -f {path}",
)
_REMOVED = Text("{count} branches were removed.", "ブランチを {count} 本消しました。")
_KEPT = Text(
    "{count} branches are kept; --delete-branches removes them.",
    "ブランチが {count} 本残っています。--delete-branches で消せます。",
)


@practice.command(
    name="open",
    help=helped(
        "Open the class: make a branch for each student, which Argo CD follows.",
        "授業を始める。受講者ごとにブランチを作り、Argo CD を従わせる。",
    ),
)
def open_class(
    context: typer.Context,
    file: Annotated[
        Path, typer.Option(help=helped("A CSV file with a column `name`.", "列 `name` のある CSV ファイル。"))
    ],
) -> None:
    session: Session = context.obj
    remote, names = session.git_remote(), class_list.read(file)
    class_list.check(names)
    source = session.git.fetch(session.remote, f"refs/heads/{remote.target}")
    there = classroom.overlays(session.git, source)
    classroom.check_students(names, there)
    new = classroom.make_branches(session.git, session.remote, source, there)
    change.commit(remote, classroom.opening(), rendering=False)
    path = classroom.APPLICATION_SET
    show_lines(said(_OPENED, count=len(there), prefix=BRANCHES, new=len(new), path=path))


@practice.command(
    name="close",
    help=helped("Close the class: Argo CD follows main again.", "授業を終える。Argo CD は再び main に従う。"),
)
def close_class(
    context: typer.Context,
    delete: Annotated[
        bool,
        typer.Option(
            "--delete-branches",
            help=helped("Remove the branches, with what the students did.", "ブランチを、受講者のしたことごと消す。"),
        ),
    ] = False,
) -> None:
    session: Session = context.obj
    remote = session.git_remote()
    change.commit(remote, classroom.closing(remote.target), rendering=False)
    show_lines(said(_CLOSED, branch=remote.target, path=classroom.APPLICATION_SET))
    if delete:
        show_lines(said(_REMOVED, count=len(classroom.remove_branches(session.git, session.remote))))
    else:
        show_lines(said(_KEPT, count=len(classroom.branches(session.git, session.remote))))


@practice.command(help=helped("Show how far the class has got.", "授業の進み具合を示す。"))
def report(
    context: typer.Context,
    form: Annotated[Format, typer.Option("--format", help=helped("The format.", "出力の形式。"))] = Format.TEXT,
    remotes: Annotated[
        list[str] | None,
        typer.Option(
            "--remotes",
            help=helped(
                "The address of a fork, or a file with one address in each line.",
                "フォークのアドレスか、1 行に 1 つ書いたファイル。",
            ),
        ),
    ] = None,
    fetch: Annotated[bool, typer.Option(help=helped("Fetch the branches first.", "先にブランチを取得する。"))] = True,
    folder: From = None,
) -> None:
    session: Session = context.obj
    git, others = open_checkout(Path.cwd()), forks.addresses(remotes or ())
    if fetch and git.remote_url(session.remote):
        there = f"+refs/heads/{BRANCHES}*:refs/remotes/{session.remote}/{BRANCHES}*"
        git.run("fetch", "--quiet", "--no-tags", "--prune", "--", session.remote, there)
    for fault in forks.fetch(git, others) if fetch else ():
        show_error(fault)
    heads = reports.branches(git, session.remote) | forks.branches(git, others)
    progress = reports.report(git, heads, library.every(folder), datetime.now(UTC))
    typer.echo(formats.write(progress, form), nl=False)
