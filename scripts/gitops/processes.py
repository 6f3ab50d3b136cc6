"""Other programs, bounded in time and in what they may say."""

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import IO

MEBIBYTE = 1024 * 1024


class TooMuch(Exception):
    """A program ran longer, or said more, than it may; the text ends the sentence "git fetch …"."""


def run(
    words: Sequence[str | Path],
    *,
    seconds: float,
    most: int = 64 * MEBIBYTE,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Runs a program to its end, without input. Raises TooMuch, after it was stopped, past the seconds or bytes."""
    done = raw(words, seconds=seconds, most=most, environment=environment, folder=folder)
    out, err = (text.decode("utf-8", errors="replace") for text in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(words, done.returncode, out, err)


def raw(
    words: Sequence[str | Path],
    *,
    seconds: float,
    most: int = 64 * MEBIBYTE,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    given: bytes = b"",
) -> subprocess.CompletedProcess[bytes]:
    """The same as `run`, for a program that prints something else than text; `given` is written to its input."""
    pipe = subprocess.PIPE
    with tempfile.TemporaryFile() as read:
        read.write(given)
        read.seek(0)
        with (
            subprocess.Popen(words, cwd=folder, env=environment, stdin=read, stdout=pipe, stderr=pipe) as process,
            ThreadPoolExecutor(2) as readers,
        ):
            try:
                said = [readers.submit(_read, process, stream, most) for stream in (process.stdout, process.stderr)]
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                raise TooMuch(f"did not end within {seconds:.0f} seconds") from None
            finally:
                process.kill()
    out, err = (pipe.result() for pipe in said)
    if max(len(out), len(err)) > most:
        raise TooMuch(f"said more than {most // MEBIBYTE} MiB")
    return subprocess.CompletedProcess(words, process.returncode, out, err)


@cache
def works(words: tuple[str, ...]) -> bool:
    """Whether a program can be run with these words before it, such as those that take the network from it."""
    try:
        return run([*words, "true"], seconds=5).returncode == 0
    except (OSError, TooMuch):
        return False


def _read(process: subprocess.Popen[bytes], stream: IO[bytes] | None, most: int) -> bytes:
    text = stream.read(most + 1) if stream else b""
    if len(text) > most:
        process.kill()
    return text
