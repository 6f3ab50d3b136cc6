"""Whatever somebody else wrote, a terminal, GitHub and git take it for text."""

import os
import subprocess
from pathlib import Path

import pytest

from gitops import printable
from gitops.doctor import formats
from gitops.doctor.all_checks import ALL
from gitops.doctor.check import Finding
from gitops.doctor.formats import Format
from gitops.doctor.nodes import Location
from gitops.overlays import class_list
from tests.gitops.support.sandbox import OWNER, Clone

HOSTILE = (
    "\x1b[2J\r::add-mask::x\n##[error]y\u2028::set-output name=a::b\u202egnp\x85###[group]\n\nSigned-off-by: Eve <e@x>"
)


def assert_harmless(text: str) -> None:
    for shown in text.split("\n"):
        assert shown.isprintable(), shown
        assert not shown.lstrip().startswith("::")
        assert "##[" not in shown


@pytest.mark.parametrize("text", [HOSTILE, ":::::x::", "  ::x::", "####[x]", "a" * 10_000, "\x1b" * 10_000])
def test_a_line_is_one_is_bounded_and_is_no_command(text: str) -> None:
    assert_harmless(printable.line(text))
    assert_harmless(printable.lines(f"error: {text}\n{text}"))
    assert "\n" not in printable.line(text)
    assert len(printable.line(text)) <= printable.LONGEST + 1


def test_harmless_text_stays_as_it_is() -> None:
    text = '[::1]:80 は C++ の std::string（日本語）: 50 % — "x"'
    assert printable.line(text) == text
    assert printable.lines(f"a\n    {text}") == f"a\n    {text}"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://ada:hunter2@github.com/a/b", "https://***@github.com/a/b"),
        (
            "fatal: unable to access 'https://hunter2@example.org/x/': no",
            "fatal: unable to access 'https://***@example.org/x/': no",
        ),
        ("https://ada:hunter2@x:80/a https://bob:hunter2@y", "https://***@x:80/a https://***@y"),
        ("ssh://git@github.com/a/b", "ssh://git@github.com/a/b"),
    ],
)
def test_the_password_in_an_address_is_masked(address: str, shown: str) -> None:
    assert printable.line(address) == shown


def test_the_password_of_a_remote_is_never_shown(clone: Clone) -> None:
    clone.git("remote", "set-url", "origin", "http://ada:hunter2@127.0.0.1:9/a/b/c")
    for words in (("update",), ("status",), ("doctor",)):
        done = clone.gitops(*words, GITHUB_REPOSITORY="")
        assert "hunter2" not in done.out + done.err


def test_a_reason_forges_neither_trailer_nor_command(clone: Clone) -> None:
    assert clone.gitops("hold", "--overlay", OWNER, "--reason", HOSTILE).status == 0
    clone.pull()
    message = clone.git("log", "-1", "--format=%B")
    trailers = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=message, capture_output=True, text=True, check=True
    ).stdout
    assert "Signed-off-by:" not in [line.split(" ")[0] for line in trailers.splitlines()]
    assert_harmless(message)
    clone.build("backend", clone.commit("backend"))
    done = clone.gitops("update")
    assert "held" in done.out
    assert_harmless(done.out)


def test_a_summary_shows_a_reason_as_text(clone: Clone) -> None:
    clone.gitops("hold", "--overlay", OWNER, "--reason", "<img src=http://x> [click](http://y) `z`")
    clone.build("backend", clone.commit("backend"))
    out = clone.gitops("update", GITHUB_STEP_SUMMARY="/dev/null").out
    assert "\\<img src=http://x\\> \\[click\\](http://y) \\`z\\`" in out


@pytest.mark.parametrize("form", list(Format))
def test_findings_show_what_files_hold_as_text(form: Format) -> None:
    shown = formats.write([Finding(ALL[0], Location(f"k8s/{HOSTILE}.yaml"), printable.line(HOSTILE))], form)
    lines = shown.splitlines()
    assert all(line.isprintable() for line in lines)
    assert sum(line.lstrip().startswith("::") for line in lines) == (form is Format.GITHUB)


def test_a_log_is_quoted_as_text(clone: Clone, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("::add-mask::x denied: installation not allowed to Write organization package \x1b[31m::x::\n")
    done = clone.gitops("explain-log", str(log))
    assert "installation not allowed" in done.out
    assert_harmless(done.out)


def test_of_many_bad_rows_the_first_are_shown_and_the_rest_counted(clone: Clone, tmp_path: Path) -> None:
    file = tmp_path / "class.csv"
    file.write_text("name\n" + "".join(f"Bad \x1b[31m{i}\n" for i in range(300_000)))
    done = clone.gitops("student", "add", "--file", str(file))
    assert done.status == 2
    assert len(done.err.splitlines()) == 22
    assert "There are 300000 names" in done.err
    assert "… and 299981 more" in done.err
    assert_harmless(done.err)


def test_an_endless_list_is_refused(clone: Clone, tmp_path: Path) -> None:
    large = tmp_path / "class.csv"
    large.write_text("name\n")
    os.truncate(large, class_list.LARGEST + 1)
    for file, message in (("/dev/zero", "It is not a regular file"), (str(large), "has more than")):
        done = clone.gitops("student", "add", "--file", file)
        assert (done.status, message in done.err) == (2, True)
