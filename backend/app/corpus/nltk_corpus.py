"""NLTK's Gutenberg corpus: 18 books, found where NLTK keeps its data or fetched by its downloader.

NLTK is imported inside the functions: it is needed to build an index and never to serve one.
"""

import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from app.corpus.errors import CorpusError
from app.corpus.model import Source

Progress = Callable[[int, int], None]

# NLTK would wait two minutes for a server that does not answer.
NETWORK_SECONDS = 10


def read(download_dir: Path | None) -> tuple[Source, ...] | None:
    """The books, or None when the corpus is neither where NLTK looks for it nor in `download_dir`."""
    import nltk.data
    from nltk.corpus import gutenberg

    if download_dir and str(download_dir) not in nltk.data.path:
        nltk.data.path.append(str(download_dir))
    try:
        return tuple(Source(name.removesuffix(".txt"), gutenberg.raw(name)) for name in gutenberg.fileids())
    except LookupError:
        return None
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, UnicodeDecodeError, ValueError) as error:
        places = os.pathsep.join(nltk.data.path)
        raise CorpusError(
            f"NLTK's Gutenberg corpus is damaged or cannot be read: {error}. Delete corpora/gutenberg and"
            f" corpora/gutenberg.zip where they are ({places}) and build the index again, which fetches it anew"
        ) from error


def fetch(download_dir: Path, progress: Progress | None = None) -> str | None:
    """Download the corpus with NLTK's downloader; tell `progress` (percent, 100). Returns the reason of a failure."""
    import nltk.downloader

    nltk.downloader.NETWORK_TIMEOUT = NETWORK_SECONDS
    for message in nltk.downloader.Downloader().incr_download("gutenberg", download_dir=str(download_dir)):
        if isinstance(message, nltk.downloader.ErrorMessage):
            return str(message.message)
        if progress and isinstance(message, nltk.downloader.ProgressMessage):
            progress(int(message.progress), 100)
    return None
