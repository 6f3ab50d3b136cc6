"""The commands, as a person types them in a checkout."""

import gzip
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gitops.doctor.repositories import OVERLAY, ROOT, real
from tests.gitops.support.sandbox import Result, run_gitops

PERSON = ("-c", "user.name=A Person", "-c", "user.email=person@example.org")
README = ROOT / "scripts/gitops/doctor/README.md"
WORKFLOWS = len(list((ROOT / ".github/workflows").glob("*.yml")))
LOOKED_AT = f"Looked at {WORKFLOWS} workflows, 3 overlays, 2 Applications."


def gitops(folder: Path, *words: str, stdin: str = "") -> Result:
    return run_gitops(folder, {"PATH": os.environ["PATH"], "NO_COLOR": "1"}, *words, stdin=stdin)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files of this repository that the doctor reads, or asks for, in a git repository of their own."""
    explained = {path: "" for path in real().paths if path.startswith("k8s/") and path.endswith("README.md")}
    for path, text in {**explained, **real().files}.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", tmp_path], check=True)
    remote = "https://github.com/Satomichi/k8s-practice.git"
    subprocess.run(["git", "-C", tmp_path, "remote", "add", "origin", remote], check=True)
    branch = tmp_path / ".git/refs/remotes/origin/main"
    branch.parent.mkdir(parents=True)
    subprocess.run(["git", "-C", tmp_path, *PERSON, "commit", "--quiet", "--allow-empty", "-mBegin"], check=True)
    shutil.copy(tmp_path / ".git/refs/heads/main", branch)
    return tmp_path


def test_a_healthy_checkout_ends_well_and_says_what_was_looked_at(checkout: Path) -> None:
    done = gitops(checkout, "doctor")
    unused = "Not checked: the components that no overlay uses: gateway-route, ingress, library, monitoring.\n"
    assert (done.status, done.out, done.err) == (0, f"Nothing found.\n{LOOKED_AT}\n", unused)


def test_nothing_to_examine_is_no_success(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    done = gitops(tmp_path, "doctor")
    assert (done.status, done.out) == (2, "")
    assert "nothing to examine" in done.err


def test_checks_that_were_left_out_are_named(checkout: Path) -> None:
    subprocess.run(["git", "-C", checkout, "remote", "remove", "origin"], check=True)
    done = gitops(checkout, "--no-render", "doctor", "--format", "json")
    *left_out, scope = done.err.splitlines()
    assert [line.partition(":")[0] for line in left_out] == ["Not checked"] * 4
    assert scope == LOOKED_AT
    assert (done.status, done.out) == (0, "[]\n")


def test_a_file_too_large_to_be_read_is_named_and_too_much_yaml_is_refused(checkout: Path) -> None:
    (checkout / "k8s/large.yaml").write_text("#" * 1_000_001)
    done = gitops(checkout, "--no-render", "doctor")
    assert "Not checked: what has more than 1000000 bytes: k8s/large.yaml." in done.err
    for number in range(9):
        (checkout / f"k8s/large-{number}.yaml").write_text("#" * 999_000)
    done = gitops(checkout, "--no-render", "doctor")
    assert (done.status, "more than 8000000 bytes of YAML" in done.err) == (2, True)


def test_an_error_is_shown_with_its_line_and_sets_the_exit_status(checkout: Path) -> None:
    overlay = checkout / OVERLAY
    overlay.write_text(overlay.read_text().replace("ghcr.io/satomichi", "ghcr.io/somebody-else", 1))
    done = gitops(checkout, "doctor", "--format", "json")
    findings = [(finding["id"], finding["file"], finding["line"]) for finding in done.json]
    line = overlay.read_text().split("somebody-else")[0].count("\n") + 1
    assert (done.status, findings) == (1, [("images-belong-to-this-repository", OVERLAY, line)])


def test_a_warning_alone_is_no_failure(checkout: Path) -> None:
    base = checkout / "k8s/base/backend.yaml"
    base.write_text(base.read_text().replace("  revisionHistoryLimit: 3\n", "", 1))
    done = gitops(checkout, "doctor")
    assert "[old-replica-sets-are-few]" in done.out
    assert done.status == 0


def test_a_check_is_explained(tmp_path: Path) -> None:
    assert "ImagePullBackOff" in gitops(tmp_path, "doctor", "explain", "tags-have-the-format-that-ci-pushes").out


def test_an_unknown_check_is_answered_with_similar_ones(tmp_path: Path) -> None:
    done = gitops(tmp_path, "doctor", "explain", "image-tags-are-txt")
    assert done.status == 2
    assert "image-tags-are-text" in done.err


def test_the_readme_has_the_table_of_all_checks(tmp_path: Path) -> None:
    """Write it with: gitops doctor list."""
    assert gitops(tmp_path, "doctor", "list").out in README.read_text(encoding="utf-8")


def test_a_log_is_explained_from_a_file_or_from_standard_input(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_text("exec /usr/local/bin/python: exec format error\n")
    from_file = gitops(tmp_path, "explain-log", str(log))
    assert "exec-format-error (line 1)" in from_file.out
    assert gitops(tmp_path, "explain-log", "-", stdin=log.read_text()).out == from_file.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_log_is_read_in_the_encoding_that_it_was_saved_in(
    tmp_path: Path, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    log = tmp_path / "log"
    log.write_bytes(pack("Error: exec format error — at once\n".encode(encoding)))
    assert "exec-format-error (line 1)" in gitops(tmp_path, "explain-log", str(log)).out


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04logs", "is a zip archive, not a log."),
        (b"\x28\xb5\x2f\xfd", "is compressed with zstd, not a log."),
        (b"text\0and more", "is not text."),
        (gzip.compress(b"exec format error\n" * 1000, mtime=0)[:40], "is a damaged gzip file: "),
        (gzip.compress(b"\0\1", mtime=0), "is not text."),
    ],
)
def test_a_file_that_is_no_log_is_refused_by_name(tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / "log").write_bytes(content)
    done = gitops(tmp_path, "explain-log", "log")
    assert done.status == 2
    assert f"error: log {what}" in done.err


def test_a_log_that_is_not_there_is_one_clear_message(tmp_path: Path) -> None:
    done = gitops(tmp_path, "explain-log", "missing.txt")
    assert (done.status, done.err.splitlines()[0]) == (
        2,
        "error: missing.txt cannot be read: No such file or directory.",
    )
