"""A folder of one's own from files to answers: what the commands say of it, and what is found in it."""

import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from app.corpus.errors import Rejected
from app.corpus.shelf import load_shelf
from app.index import manifest
from tests import mixed_folder
from tests.backend.index.conftest import Command

LEFT_OUT = [
    "2 files left out:",
    "  empty.txt is empty. Put its text there, or remove it.",
    "  scan.txt is not text but image/png; save its text as UTF-8, or remove it.",
]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    return mixed_folder.write(tmp_path / "mixed")


@pytest.fixture
def run(command: Command, mixed: Path) -> Callable[..., tuple[int, list[str]]]:
    """The exit status of a command, and what it says."""

    def run(*words: str) -> tuple[int, list[str]]:
        done = command.run("app.index", *words)
        return done.returncode, done.stderr.strip("\n").splitlines()

    return run


def titles(folder: Path) -> list[tuple[str, str | None]]:
    """The title and the author of each file that can be read."""
    named = []
    for unread in load_shelf(folder).sources:
        with suppress(Rejected):
            entry = unread.read()[1]
            named.append((entry.title, entry.author))
    return named


@pytest.mark.timeout(300)
def test_ten_files_of_all_kinds_go_in_with_one_command_and_a_report(
    run: Callable[..., tuple[int, list[str]]], command: Command, mixed: Path
) -> None:
    status, said = run("build", "--corpus", str(mixed), "--index", "index")
    assert status == 0
    assert said[:-1] == [
        "  genesis-luther.txt   UTF-8, de: Genesis luther",
        "  glass-garden.epub    UTF-8, en-GB: The Glass Garden, Mia Sato",
        "  large.txt            UTF-8, en: Large",
        "  lighthouse.md        UTF-8, en: Notes on the Lighthouse, Ada Pell",
        "  pg12345.txt          UTF-8, en: The Voyage of the Heron, Tom Carrow",
        "  Salammbô.txt         UTF-8, fr: Salammbô",
        "  ألف ليلة.txt         UTF-8, ar: ألف ليلة",
        "  文学/坊っちゃん.txt  Shift_JIS, ja: 坊っちゃん, 夏目漱石",
        *LEFT_OUT,
    ]
    assert said[-1].startswith("Indexed 8 books of your own: ")
    assert manifest.read(command.cwd / "index").books == 8


def test_a_strict_build_refuses_what_cannot_be_read(
    run: Callable[..., tuple[int, list[str]]], command: Command, mixed: Path
) -> None:
    (mixed / "large.txt").unlink()
    status, said = run("build", "--strict", "--corpus", "mixed", "--index", "index")
    assert (status, said) == (1, ["error: 2 files cannot be read:", *LEFT_OUT[1:]])
    assert not (command.cwd / "index").exists()


def test_a_strict_build_refuses_what_is_in_doubt(run: Callable[..., tuple[int, list[str]]], command: Command) -> None:
    folder = command.cwd / "short"
    folder.mkdir()
    (folder / "a.txt").write_bytes("Café Cæsar\n".encode("latin-1"))
    status, said = run("build", "--strict", "--corpus", "short", "--index", "index")
    assert status == 1
    assert said[0] == "error: 1 file may be wrong:"
    (folder / "catalog.toml").write_text('[books.a]\nencoding = "latin-1"\n')
    assert run("build", "--strict", "--corpus", "short", "--index", "index")[0] == 0


def test_a_folder_without_any_book_is_an_error(run: Callable[..., tuple[int, list[str]]], command: Command) -> None:
    folder = command.cwd / "none"
    folder.mkdir()
    (folder / "a.txt").touch()
    status, said = run("build", "--corpus", "none", "--index", "index")
    assert (status, said[0]) == (1, "error: No file can be read as a book.")


def test_a_catalogue_is_written_once_and_read_again(run: Callable[..., tuple[int, list[str]]], mixed: Path) -> None:
    (mixed / "large.txt").unlink()
    before = titles(mixed)
    status, said = run("catalog", "mixed")
    assert (status, said[-1]) == (0, "mixed/catalog.toml is written: edit it, and build the index.")
    written = (mixed / "catalog.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(written)["books"]
    assert tables["文学-坊っちゃん"] == {"title": "坊っちゃん", "author": "夏目漱石", "language": "ja", "form": "prose"}
    assert "# Left out: empty.txt is empty." in written
    assert titles(mixed) == before
    status, said = run("catalog", "mixed")
    assert status == 1
    assert said == [
        "error: mixed/catalog.toml is there already, so it is not written anew. Edit it, or move it away first."
    ]
    assert (mixed / "catalog.toml").read_text(encoding="utf-8") == written
    assert not list(mixed.glob(".*"))


def test_a_language_that_is_not_known_is_reported_in_words(
    run: Callable[..., tuple[int, list[str]]], command: Command
) -> None:
    folder = command.cwd / "short"
    folder.mkdir()
    (folder / "a.txt").write_text("Too short to tell.\n", encoding="utf-8")
    status, said = run("build", "--corpus", "short", "--index", "index")
    assert (status, said[0]) == (0, "  a.txt  UTF-8, unknown language: A")


def test_a_folder_that_the_system_refuses_is_an_error_of_one_line(run: Callable[..., tuple[int, list[str]]]) -> None:
    status, said = run("catalog", "x" * 300)
    assert (status, len(said)) == (1, 1)
    assert said[0].startswith("error: ")
