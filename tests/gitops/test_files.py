"""What stands in the place of a file is refused without waiting for it, and too much of it without reading it."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gitops import yaml_files
from gitops.doctor import checkout_reader
from gitops.errors import BadInput, DoesNotRender
from gitops.files import regular
from gitops.git.client import Git
from gitops.git.repository import Repository
from gitops.operations import sources
from gitops.operations.context import Context
from gitops.operations.students import AddStudents
from gitops.overlays import class_list, kustomize_graph, store
from gitops.overlays.overlay_names import APPLICATIONS
from gitops.practice import incident_file
from gitops.registry import open_registry
from tests.gitops.support.sandbox import run_gitops

LONGEST_WAIT = 5
OVERLAY = "k8s/overlays/x/kustomization.yaml"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    """A named pipe that somebody opens and closes in the end, so that a reader who waits for it comes back."""
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    opens = threading.Timer(LONGEST_WAIT, lambda: os.close(os.open(path, os.O_RDWR)))
    opens.start()
    yield path
    opens.cancel()


@pytest.mark.parametrize("read", [yaml_files.read, class_list.read, incident_file.text_of])
def test_a_pipe_or_a_device_is_no_file(pipe: Path, read: Callable[[Path], object]) -> None:
    for path in (pipe, Path("/dev/zero"), pipe.parent):
        with pytest.raises(BadInput, match="cannot be read"):
            read(path)


def test_a_log_is_no_named_pipe(pipe: Path) -> None:
    done = run_gitops(pipe.parent, {"PATH": os.environ["PATH"]}, "explain-log", pipe.name)
    assert (done.status, done.err.splitlines()[0]) == (2, "error: pipe.yaml cannot be read: It is not a regular file.")


def test_a_pipe_of_the_shell_is_read_to_its_end() -> None:
    reading, writing = os.pipe()
    late = threading.Timer(0.1, lambda: os.write(writing, b"late\n"))
    late.start()
    with open(f"/dev/fd/{reading}", opener=regular) as file:
        assert file.readline() == "late\n"
    late.join()
    os.close(reading)
    os.close(writing)


def test_kustomize_is_not_asked_to_read_a_pipe(pipe: Path) -> None:
    root = pipe.parent
    write(root / OVERLAY, "resources: [pipe.yaml]")
    pipe.rename((root / OVERLAY).with_name("pipe.yaml"))
    assert list(kustomize_graph.problems(root, "k8s/overlays/x")) == [
        f"{OVERLAY}:1: k8s/overlays/x/pipe.yaml is not a regular file"
    ]


def test_an_overlay_of_too_many_bytes_is_refused(tmp_path: Path) -> None:
    write(tmp_path / OVERLAY, "resources: [large.yaml]")
    large = (tmp_path / OVERLAY).with_name("large.yaml")
    write(large, "")
    assert list(kustomize_graph.problems(tmp_path, "k8s/overlays/x")) == []
    os.truncate(large, kustomize_graph.MOST_BYTES + 1)
    with pytest.raises(DoesNotRender, match=f"more than .* or {kustomize_graph.MOST_BYTES} bytes"):
        list(kustomize_graph.problems(tmp_path, "k8s/overlays/x"))


def test_too_many_overlays_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_OVERLAYS", 3)
    for number in range(4):
        (tmp_path / f"k8s/overlays/o{number}").mkdir(parents=True)
    with pytest.raises(BadInput, match="k8s/overlays has more than 3 folders"):
        store.names(tmp_path)


@pytest.mark.parametrize("name", ["kustomization.yaml", "Kustomization", "gitops.yaml"])
def test_too_many_bytes_in_all_overlays_are_refused_with_the_largest_by_name(tmp_path: Path, name: str) -> None:
    for number in range(3):
        write(tmp_path / f"k8s/overlays/o{number}/{name}", "#" * 1000)
    os.truncate(tmp_path / f"k8s/overlays/o1/{name}", store.MOST_BYTES)
    with pytest.raises(BadInput, match=f"more than {store.MOST_BYTES} bytes together") as refused:
        store.names(tmp_path)
    assert " o1," in refused.value.remedy


def test_a_file_too_large_to_be_read_is_not_written_anew(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_text("old\n" + "#" * 2_000_000)
    yaml_files.substitute(large, [("old", "new")])
    assert large.read_text().startswith("old\n")


def test_the_doctor_names_what_is_no_file(tmp_path: Path) -> None:
    git = Git(tmp_path)
    git.run("init", "--quiet", "--initial-branch=main")
    for path in ("k8s/base/kustomization.yaml", "k8s/base/a.yaml", ".github/workflows/a.yml"):
        write(tmp_path / path, "a: 1\n")
    git.run("add", "--all")
    pipes = ("k8s/base/a.yaml", ".github/workflows/a.yml")
    for path in pipes:
        (tmp_path / path).unlink()
        os.mkfifo(tmp_path / path)
    checkout = checkout_reader.read_checkout(git, "origin", "main", "a/b", rendering=False)
    assert checkout.outside == {path: f"{path} is not a regular file" for path in pipes}
    assert checkout.paths == {"k8s/base/kustomization.yaml"}


@pytest.mark.parametrize(("name", "what"), [("a.yaml", "YAML"), ("a.sh", "text")])
def test_more_text_than_a_doctor_reads_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, what: str
) -> None:
    monkeypatch.setattr(checkout_reader, "MOST_YAML", 1000)
    monkeypatch.setattr(checkout_reader, "MOST", 2000)
    write(tmp_path / "k8s" / name, "#" * 900)
    assert checkout_reader.texts(tmp_path, [f"k8s/{name}"])
    write(tmp_path / "k8s" / name, "#" * 2001)
    with pytest.raises(BadInput, match=f"bytes of {what} to examine"):
        checkout_reader.texts(tmp_path, [f"k8s/{name}"])


def test_a_class_of_the_largest_size_is_within_the_bounds(tmp_path: Path) -> None:
    """With room for what the repository has beside the class."""
    registry = open_registry("ghcr.io", environment={})
    context = Context(Repository("an-owner-with-a-name-of-usual-length", "k8s-practice"), registry)
    files = AddStudents(context, ["student-0001"], "{name}@example.org").files("student-0001")
    registry.close()
    sizes = {path: len(text) * class_list.MOST_STUDENTS for path, text in files.items()}
    applications = sum(size for path, size in sizes.items() if path.startswith(APPLICATIONS))
    overlays = sum(sizes.values()) - applications
    assert class_list.MOST_STUDENTS < store.MOST_OVERLAYS
    assert overlays < 0.8 * store.MOST_BYTES
    assert applications < 0.8 * sources.MOST_BYTES
    assert sum(sizes.values()) < 0.8 * checkout_reader.MOST_YAML
