"""An index that is not whole is refused in one line that names the file, the reason and the command that repairs it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.index import manifest
from app.index.errors import BUILD_COMMAND, IndexRefused
from app.index.reader import IndexReader
from tests.backend.index.conftest import Command


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def delete(path: Path) -> None:
    path.unlink()


def without_last_line(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def opened(directory: Path) -> None:
    IndexReader.open(directory).close()


def verified(directory: Path) -> None:
    manifest.read(directory)
    manifest.verify(directory)


@pytest.mark.parametrize(
    ("damage", "files", "read"),
    [
        (truncate, "**/*", opened),
        (empty, "**/*", opened),
        (delete, "**/*", opened),
        (flip, "*", opened),
        (flip, "**/*", verified),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_damage_to_any_file_is_noticed(
    copied_index: Path, tmp_path: Path, damage: Callable[[Path], None], files: str, read: Callable[[Path], None]
) -> None:
    """Opening an index reads no segment from end to end; verifying it does."""
    names = [path.relative_to(copied_index) for path in copied_index.glob(files) if path.is_file()]
    assert len(names) > 3
    for name in (name for name in names if name.suffix != ".lock"):
        spoilt = tmp_path / "spoilt"
        shutil.copytree(copied_index, spoilt)
        damage(spoilt / name)
        with pytest.raises(IndexRefused) as refused:
            read(spoilt)
        said = str(refused.value)
        assert "\n" not in said
        assert said.endswith(f"run `{BUILD_COMMAND}`")
        # If the list of the files is wrong, the file about which it is wrong is named.
        lists = (manifest.CHECKSUMS_FILE, manifest.SIZES_FILE)
        assert said.startswith(str(spoilt if name.name in lists else spoilt / name))
        shutil.rmtree(spoilt)


def test_a_list_of_checksums_that_lost_a_line_is_noticed(copied_index: Path) -> None:
    without_last_line(copied_index / manifest.CHECKSUMS_FILE)
    with pytest.raises(IndexRefused, match="SHA256SUMS: is damaged"):
        IndexReader.open(copied_index)


def test_a_list_of_checksums_that_is_cut_within_a_line_is_noticed(copied_index: Path) -> None:
    (copied_index / manifest.CHECKSUMS_FILE).write_text("0123456789")
    with pytest.raises(IndexRefused, match="SHA256SUMS: is missing or damaged"):
        IndexReader.open(copied_index)


def test_the_index_of_another_schema_is_refused(copied_index: Path) -> None:
    path = copied_index / manifest.MANIFEST_FILE
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema_version": 999}))
    with pytest.raises(IndexRefused, match=r"manifest\.json: has schema 999, this program needs \d+; run"):
        IndexReader.open(copied_index)


def test_an_index_that_was_put_together_from_two_is_refused(copied_index: Path) -> None:
    """Every file is whole, but the manifest is not that of these passages."""
    written = manifest.read(copied_index)
    (copied_index / manifest.CHECKSUMS_FILE).unlink()
    manifest.write(copied_index, written.model_copy(update={"passages": written.passages + 1}))
    with pytest.raises(IndexRefused, match=r"it holds \d+ passages, its manifest names \d+"):
        IndexReader.open(copied_index)


@pytest.mark.parametrize("name", [".tantivy-meta.lock", ".tantivy-writer.lock"])
def test_lock_files_do_not_matter(copied_index: Path, name: str) -> None:
    (next((copied_index / "segments").iterdir()) / "tantivy" / name).unlink(missing_ok=True)
    IndexReader.open(copied_index).close()


@pytest.mark.parametrize(
    ("name", "damage", "reason"),
    [
        (".", None, "there is no index"),
        ("vocabulary.zip", flip, "is damaged"),
        ("names.zip", delete, "cannot be read (No such file or directory)"),
        ("manifest.json", truncate, "is damaged or not of schema"),
    ],
)
def test_the_server_does_not_start_and_says_why_in_one_line(
    command: Command, copied_index: Path, name: str, damage: Callable[[Path], None] | None, reason: str
) -> None:
    if damage:
        damage(copied_index / name)
        path = copied_index / name
    else:
        copied_index = copied_index.with_name("nowhere")
        path = copied_index / "manifest.json"
    done = command.run("app", GUTENBERG_INDEX_DIR=str(copied_index), GUTENBERG_PORT="0")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"error: {path}: {reason}")
    assert done.stderr.endswith(f"; run `{BUILD_COMMAND}`\n")
    assert done.stderr.count("\n") == 1
