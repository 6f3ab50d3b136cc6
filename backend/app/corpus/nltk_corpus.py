"""NLTK's Gutenberg corpus of 18 books: found where NLTK keeps its data, or fetched by its downloader.

NLTK is imported inside functions, because it is needed to build an index and never to serve one.
"""

import hashlib
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from app.corpus.catalog import NLTK_BOOKS
from app.corpus.errors import CorpusError
from app.corpus.model import Source
from app.corpus.unread import InMemory

Progress = Callable[[int, int], None]

# The checksum of corpora/gutenberg.zip. NLTK compares its download with a list from the same server, which proves
# nothing about either.
SHA256 = "c79b1aa46eb5032e056681d2f06c884df584dcbff772b939665ad82edff2f499"

# By default, NLTK waits two minutes for a server that does not answer.
NETWORK_SECONDS = 10


def read(download_dir: Path | None) -> tuple[InMemory, ...] | None:
    """The books; None when the corpus is neither where NLTK looks for it nor in `download_dir`."""
    import nltk.data
    from nltk.corpus import gutenberg

    if download_dir and str(download_dir) not in nltk.data.path:
        nltk.data.path.append(str(download_dir))
    try:
        sources = [Source(name.removesuffix(".txt"), gutenberg.raw(name)) for name in gutenberg.fileids()]
    except LookupError:
        return None
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, UnicodeDecodeError, ValueError) as error:
        folders = os.pathsep.join(nltk.data.path)
        raise CorpusError(
            f"NLTK's Gutenberg corpus is damaged or cannot be read: {error}. Delete corpora/gutenberg and"
            f" corpora/gutenberg.zip where they are ({folders}) and build the index again, which fetches it anew"
        ) from error
    return tuple(InMemory(source, NLTK_BOOKS[source.id]) for source in sources)


def fetch(download_dir: Path, progress: Progress | None = None) -> str | None:
    """Makes `download_dir` contain the one archive that this project knows. `progress` is called with the percentage.

    Downloads nothing if the archive is there, and deletes one with other contents. Returns the reason of a failure.
    """
    archive = download_dir / "corpora/gutenberg.zip"
    if archive.exists() and _sha256(archive) == SHA256:
        return None
    _delete(archive)
    if failure := _download(download_dir, progress):
        return failure
    if (digest := _sha256(archive)) == SHA256:
        return None
    _delete(archive)
    return f"its archive has the sha256 {digest} instead of {SHA256}, so it was deleted"


def _download(download_dir: Path, progress: Progress | None) -> str | None:
    import nltk.downloader

    nltk.downloader.NETWORK_TIMEOUT = NETWORK_SECONDS
    for message in nltk.downloader.Downloader().incr_download("gutenberg", download_dir=str(download_dir)):
        if isinstance(message, nltk.downloader.ErrorMessage):
            return " ".join(str(message.message).split())
        if progress and isinstance(message, nltk.downloader.ProgressMessage):
            progress(int(message.progress), 100)
    return None


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _delete(archive: Path) -> None:
    """Deletes the archive, with what NLTK unpacked next to it."""
    archive.unlink(missing_ok=True)
    shutil.rmtree(archive.with_suffix(""), ignore_errors=True)
