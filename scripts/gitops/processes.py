"""Other programs, bounded in time and in what they may say."""

import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
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
    pipe, none = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(words, cwd=folder, env=environment, stdin=none, stdout=pipe, stderr=pipe) as process:
        with ThreadPoolExecutor(2) as readers:
            try:
                said = [readers.submit(_read, process, stream, most) for stream in (process.stdout, process.stderr)]
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                raise TooMuch(f"did not end within {seconds:.0f} seconds") from None
            finally:
                process.kill()
        texts = [one.result() for one in said]
    if any(len(text) > most for text in texts):
        raise TooMuch(f"said more than {most // MEBIBYTE} MiB")
    out, err = (text.decode("utf-8", errors="replace") for text in texts)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def _read(process: subprocess.Popen[bytes], stream: IO[bytes] | None, most: int) -> bytes:
    text = stream.read(most + 1) if stream else b""
    if len(text) > most:
        process.kill()
    return text
