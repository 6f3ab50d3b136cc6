"""Which files of a folder are books, and what is said of the others."""

import os
import unicodedata
from pathlib import Path

import pytest

from app.corpus.own_books import files
from app.corpus.own_books.files import book_id, find


def write(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"The text of {name}.", encoding="utf-8")
    return folder


def ids(folder: Path) -> list[str]:
    return [file.id for file in find(folder).files]


def reasons(folder: Path) -> dict[str, str]:
    return {one.file: one.reason for one in find(folder).rejected}


def test_books_are_found_in_folders_of_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "Jane Austen/Emma.EPUB", "Jane Austen/late/persuasion.html", "notes.md")
    assert ids(tmp_path) == ["b", "jane-austen-emma", "jane-austen-late-persuasion", "notes"]


def test_a_file_that_is_hidden_or_of_another_kind_or_about_the_folder_is_no_book(tmp_path: Path) -> None:
    write(
        tmp_path,
        "b.txt",
        "README.md",
        "late/Readme.txt",
        ".git/c.txt",
        "._b.txt",
        "cover.jpg",
        "scan.pdf",
        "catalog.toml",
    )
    listing = find(tmp_path)
    assert ([file.id for file in listing.files], listing.others, listing.rejected) == (["b"], 2, ())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pride & Prejudice.txt", "pride-prejudice"),
        ("O'Hara_poems.v2.txt", "ohara_poems-v2"),
        ("坊っちゃん.txt", "坊っちゃん"),
        ("夏目漱石/こころ.txt", "夏目漱石-こころ"),
        (unicodedata.normalize("NFD", "Éluard/été.txt"), "éluard-été"),
        ("!!!.txt", "book"),
    ],
)
def test_an_id_has_the_letters_of_the_path(name: str, expected: str) -> None:
    assert book_id(name) == unicodedata.normalize("NFC", expected)


def test_names_in_japanese_are_books_of_their_own(tmp_path: Path) -> None:
    assert len(ids(write(tmp_path, "坊っちゃん.txt", "こころ.txt"))) == 2


def test_of_two_files_for_one_book_the_second_is_named(tmp_path: Path) -> None:
    write(tmp_path, "tale.txt", "Tale!.txt", unicodedata.normalize("NFD", "が.txt"), "が.txt")
    assert ids(tmp_path) == ["tale", "が"]
    assert sorted(reasons(tmp_path).values()) == [
        "would be the same book as Tale!.txt, tale. Rename one of them.",
        f"would be the same book as {unicodedata.normalize('NFD', 'が')}.txt, が. Rename one of them.",
    ]


def test_a_file_may_be_too_large_or_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "large.txt")
    (tmp_path / "empty.txt").touch()
    monkeypatch.setattr(files, "MOST_FILE_BYTES", 20)
    assert reasons(tmp_path) == {
        "empty.txt": "is empty. Put its text there, or remove it.",
        "large.txt": "has 0 MiB; a book may have 0 MiB. Split it.",
    }


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes, which Windows does not let everybody make")
def test_links_lead_to_files_in_the_folder_only(tmp_path: Path) -> None:
    folder = write(tmp_path / "books", "..data/mounted.txt", "seen.txt")
    write(tmp_path, "secret.txt")
    (folder / "mounted.txt").symlink_to("..data/mounted.txt")  # as Kubernetes mounts a ConfigMap
    (folder / "twice.txt").symlink_to("seen.txt")
    (folder / "out.txt").symlink_to("../secret.txt")
    (folder / "circle.txt").symlink_to("circle.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "again").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    assert ids(folder) == ["mounted", "seen"]
    assert reasons(folder) == {
        "circle.txt": "is a link that leads nowhere. Remove it.",
        "gone.txt": "is a link that leads nowhere. Remove it.",
        "out.txt": "is a link that leads out of the folder. Put the file itself there.",
        "pipe.txt": "is not a file. Remove it.",
    }


def test_folders_are_entered_to_a_depth(tmp_path: Path) -> None:
    write(tmp_path, "/".join("abcdefghij") + "/deep.txt", "/".join("abcdefghijk") + "/deeper.txt")
    assert ids(tmp_path) == ["a-b-c-d-e-f-g-h-i-j-deep"]
    assert reasons(tmp_path) == {"a/b/c/d/e/f/g/h/i/j/k": "is a folder too deep. Move it up."}


def test_names_are_printed_without_control_characters(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m.txt").touch()
    assert list(reasons(tmp_path)) == ["a\ufffd[31m.txt"]
