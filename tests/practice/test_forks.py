"""Students who work in forks of their own are reported beside the others, each for itself."""

import json
import random
from pathlib import Path

import pytest

from gitops.errors import BadInput
from gitops.git.client import Git
from gitops.practice import forks
from tests.practice.school import Desk, new_desk, new_school


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("forks")
    return new_desk(new_school(folder), folder, "teacher")


def fork(teacher: Desk, folder: Path, owner: str) -> Path:
    """With a branch in which its owner has begun an incident and not solved it."""
    made = folder / f"{owner}.git"
    teacher.git("clone", "--quiet", "--bare", str(teacher.path.parent / "school.git"), str(made))
    desk = new_desk(made, folder / "desks", owner)
    assert desk.practice("start", "nobody-home").status == 0
    desk.git("push", "--quiet", "origin", "practice/local")
    return made


def rows(teacher: Desk, *words: str) -> dict[str, str]:
    out = teacher.practice("report", "--format", "json", *words).out
    return {row["student"]: row["verdict"] for row in json.loads(out)["rows"]}


def test_the_branches_of_forks_are_reported_and_one_that_is_gone_stops_no_other(teacher: Desk, tmp_path: Path) -> None:
    ada, bob = fork(teacher, tmp_path, "ada"), fork(teacher, tmp_path, "bob")
    listed = tmp_path / "forks.txt"
    listed.write_text(f"# the class\n{ada}   # Ada\n\n{tmp_path}/gone.git\n")
    words = ("--remotes", str(listed), "--remotes", str(bob))
    done = teacher.practice("report", *words)
    assert done.status == 0
    assert "gone.git is left as it was fetched last" in done.err
    assert rows(teacher, *words) == {"ada/local": "open", "bob/local": "open"}
    assert rows(teacher) == {}
    assert rows(teacher, "--no-fetch", "--remotes", str(ada)) == {"ada/local": "open"}
    assert teacher.git("status", "--porcelain", "--ignored") == ""


def test_a_branch_that_is_called_like_the_owner_of_the_fork_goes_by_one_name(teacher: Desk) -> None:
    address = "https://github.com/Ada/k8s-practice"
    for name in ("ada", "other"):
        teacher.git("update-ref", f"refs/practice-forks/{forks._folder(address)}/{name}", "HEAD")
    assert set(forks.branches(Git(teacher.path), [address])) == {"ada", "ada/other"}


def test_no_password_is_shown_or_kept(teacher: Desk) -> None:
    address = "https://ada:s3cret@127.0.0.1:1/ada/k8s-practice"
    done = teacher.practice("report", "--remotes", address)
    assert (done.status, "127.0.0.1" in done.err) == (0, True)
    assert "s3cret" not in done.out + done.err + forks._folder(address)


@pytest.mark.parametrize("address", ["ext::sh -c touch% {}/ran", "--upload-pack=touch {}/ran"])
def test_an_address_runs_nothing(teacher: Desk, tmp_path: Path, address: str) -> None:
    [fault] = forks.fetch(Git(teacher.path), [address.format(tmp_path)])
    assert "left as it was" in fault
    assert not (tmp_path / "ran").exists()


def test_a_fork_that_is_too_large_is_left_out(teacher: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = fork(teacher, tmp_path, "cleo")
    desk = Desk(tmp_path / "desks/cleo", teacher.environment)
    (desk.path / "film").write_bytes(random.randbytes(300_000))
    desk.commit("Add a film")
    desk.git("push", "--quiet", "origin", "practice/local")
    monkeypatch.setattr(forks, "_LIMIT", ("prlimit", "--fsize=100000"))
    [fault] = forks.fetch(Git(teacher.path), [str(made)])
    assert "cleo.git is left as it was" in fault
    assert forks.branches(Git(teacher.path), [str(made)]) == {}


def test_more_forks_than_a_class_has_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="more than"):
        forks.addresses(f"https://example.org/{number}/x" for number in range(forks.MOST + 1))
