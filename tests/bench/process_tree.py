"""What a command takes, with all processes that it starts: time and memory."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.processes import adopting
from tests.servers import ServerError, environment

_SECONDS_BETWEEN_LOOKS = 0.1


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of the clock and of the processor, and the most memory in MiB that the processes had together, with what
    they share counted once."""

    clock: float
    processor: float
    memory: float


def taken(*arguments: str) -> Taken:
    """Run this Python with these arguments; raises ServerError when it fails."""
    before, most = os.times(), 0
    command = [sys.executable, *arguments]
    with adopting(), subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            most = max(most, sum(map(_memory, _tree(process.pid))))
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        said = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise ServerError(f"{' '.join(arguments)} failed: {said.strip()}")
    after = os.times()
    processor = sum(after[2:4]) - sum(before[2:4])
    return Taken(after.elapsed - before.elapsed, processor, most / 1024)


def _tree(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _read(children).split():
            yield from _tree(int(child))


def _memory(process: int) -> int:
    """The memory of the processes in KiB, with what they share counted once."""
    lines = _read(Path(f"/proc/{process}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _read(file: Path) -> str:
    """The content of a file in /proc; empty for a process that has ended."""
    try:
        return file.read_text()
    except OSError:
        return ""
