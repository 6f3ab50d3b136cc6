"""Which shelf is read: NLTK's, what its downloader brings, or the bundled samples."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.corpus import nltk_corpus
from app.corpus.model import ShelfKind
from app.corpus.source import find
from app.index.command import main

BACKEND = Path(__file__).parents[3] / "backend"

# In a process of its own NLTK looks in one place only, and its server is not there.
SHOW = """
import sys
from pathlib import Path
from app.corpus.errors import CorpusError
from app.corpus.source import find
import nltk.data, nltk.downloader
nltk.data.path[:] = [sys.argv[2]]
nltk.downloader.Downloader.DEFAULT_URL = "http://127.0.0.1:9/index.xml"
try:
    found = find(download_dir=Path(sys.argv[1]))
    print(found.kind, len(found.sources), found.notice)
except CorpusError as error:
    print("CorpusError:", error)
"""


def shelf_with(nltk_data: Path, download_dir: Path) -> str:
    """The shelf that is read when NLTK's data can only be in `nltk_data`, and there is no network."""
    return python(SHOW, str(download_dir), str(nltk_data))


def python(code: str, *arguments: str) -> str:
    """The output of this code, run in a process of its own."""
    command = [sys.executable, "-c", code, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(BACKEND)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def real_zip(nltk_shelf: object) -> Path:
    """NLTK's file, if that is how the corpus is here."""
    import nltk.data

    for place in nltk.data.path:
        archive = Path(place) / "corpora" / "gutenberg.zip"
        if archive.exists():
            return archive
    pytest.skip("needs the NLTK Gutenberg corpus as gutenberg.zip: make run fetches it, or set NLTK_DATA")


def place(archive: Path, where: Path) -> Path:
    target = where / "corpora" / "gutenberg.zip"
    target.parent.mkdir(parents=True)
    return Path(shutil.copy(archive, target))


def test_the_corpus_is_found_through_nltk_data(real_zip: Path, tmp_path: Path) -> None:
    place(real_zip, tmp_path / "data")
    assert shelf_with(tmp_path / "data", tmp_path / "fetched") == "nltk 18 None\n"


def test_an_unpacked_corpus_gives_the_same(real_zip: Path, tmp_path: Path) -> None:
    zipped = place(real_zip, tmp_path / "data")
    shutil.unpack_archive(zipped, zipped.parent)
    zipped.unlink()
    assert shelf_with(tmp_path / "data", tmp_path / "fetched") == "nltk 18 None\n"


def test_a_corpus_that_was_fetched_before_is_found(real_zip: Path, tmp_path: Path) -> None:
    place(real_zip, tmp_path / "fetched")
    assert shelf_with(tmp_path / "empty", tmp_path / "fetched") == "nltk 18 None\n"


def test_without_corpus_and_network_the_sample_shelf_is_read_and_says_why(tmp_path: Path) -> None:
    said = shelf_with(tmp_path / "empty", tmp_path / "fetched")
    assert said.startswith("sample 7 ")
    assert "NLTK's Gutenberg corpus could not be had" in said
    assert "this is the sample shelf" in said


@pytest.mark.parametrize("content", [b"not a zip", b""])
def test_a_damaged_corpus_is_refused_with_the_remedy(content: bytes, tmp_path: Path) -> None:
    damaged = tmp_path / "data" / "corpora" / "gutenberg.zip"
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(content)
    said = shelf_with(tmp_path / "data", tmp_path / "fetched")
    assert said.startswith("CorpusError: ")
    assert "build the index again, which fetches it anew" in said
    assert str(tmp_path / "data") in said


def test_a_corpus_that_breaks_off_is_refused_with_the_remedy(real_zip: Path, tmp_path: Path) -> None:
    cut = place(real_zip, tmp_path / "data")
    content = bytearray(cut.read_bytes())
    content[100_000:120_000] = bytes(20_000)
    cut.write_bytes(content)
    assert shelf_with(tmp_path / "data", tmp_path / "fetched").startswith("CorpusError: ")


@pytest.mark.parametrize("module", ["nltk", "numpy", "app.corpus.book", "app.corpus.catalog", "app.index.build"])
def test_serving_imports_nothing_that_only_a_build_needs(module: str) -> None:
    assert python(f"import sys, app.server; print({module!r} in sys.modules)") == "False\n"


def index_xml(package: Path) -> bytes:
    """NLTK's list of packages, with this one only."""
    size, checksum = package.stat().st_size, hashlib.sha256(package.read_bytes()).hexdigest()
    unzipped = sum(member.file_size for member in zipfile.ZipFile(package).infolist())
    return f"""<nltk_data><packages><package id="gutenberg" name="Gutenberg" subdir="corpora" unzip="1" size="{size}"
        unzipped_size="{unzipped}" sha256_checksum="{checksum}" checksum="" url="https://nltk.test/gutenberg.zip"/></packages>
        <collections/></nltk_data>""".encode()


def serve(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands in for NLTK's server, with this file as its archive."""
    import nltk.downloader

    def urlopen(url: str, **_: object) -> io.BytesIO:
        return io.BytesIO(package.read_bytes() if url.endswith(".zip") else index_xml(package))

    monkeypatch.setattr(nltk.downloader, "urlopen", urlopen)


@pytest.fixture
def other_zip(tmp_path: Path) -> Path:
    """An archive that NLTK would be content with."""
    archive = tmp_path / "other.zip"
    with zipfile.ZipFile(archive, "w") as writing:
        writing.writestr("gutenberg/austen-emma.txt", "Emma Woodhouse, handsome, clever, and poor")
    return archive


def test_a_corpus_that_is_nowhere_is_fetched_with_progress(
    real_zip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import nltk.data
    from nltk.corpus.reader import PlaintextCorpusReader
    from nltk.corpus.util import LazyCorpusLoader

    serve(real_zip, monkeypatch)
    monkeypatch.setattr(nltk.data, "path", [str(tmp_path / "empty")])
    loader = LazyCorpusLoader("gutenberg", PlaintextCorpusReader, r"(?!\.).*\.txt", encoding="latin1")
    monkeypatch.setattr("nltk.corpus.gutenberg", loader)
    told: list[tuple[int, int]] = []
    listing = find(download_dir=tmp_path / "fetched", progress=lambda done, total: told.append((done, total)))
    assert listing.kind is ShelfKind.NLTK
    assert len(listing.sources) == 18
    assert told[0] == (0, 100)
    assert told == sorted(told)
    assert len(told) > 10


def test_an_archive_of_other_content_is_deleted_whatever_its_server_says_of_it(
    other_zip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(other_zip, monkeypatch)
    failure = nltk_corpus.fetch(tmp_path / "fetched")
    given = hashlib.sha256(other_zip.read_bytes()).hexdigest()
    assert failure == f"its archive has the sha256 {given} instead of {nltk_corpus.SHA256}, so it was deleted"
    assert list((tmp_path / "fetched/corpora").iterdir()) == []


def test_a_wrong_archive_of_before_is_replaced(
    real_zip: Path, other_zip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = place(other_zip, tmp_path)
    serve(real_zip, monkeypatch)
    assert nltk_corpus.fetch(tmp_path) is None
    assert old.read_bytes() == real_zip.read_bytes()


def fetch(directory: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["app.index", "fetch", str(directory)])
    return main()


def test_the_command_leaves_what_is_right_and_needs_no_network_for_it(
    real_zip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place(real_zip, tmp_path)
    monkeypatch.setattr("nltk.downloader.urlopen", lambda *_, **__: pytest.fail("asks a server"))
    assert fetch(tmp_path, monkeypatch) == 0
    assert capsys.readouterr().err == f"NLTK's Gutenberg corpus is in {tmp_path}.\n"


def test_the_command_fails_in_one_line(
    other_zip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(other_zip, monkeypatch)
    assert fetch(tmp_path / "fetched", monkeypatch) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(
        f"error: NLTK's Gutenberg corpus could not be fetched to {tmp_path / 'fetched'}: its archive"
    )
