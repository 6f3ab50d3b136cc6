"""Processes that are measured: the core they run on, their memory, their time."""

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.servers import Server, ServerError, environment, serving

_MIB = 1024
# PR_SET_CHILD_SUBREAPER of prctl(2): processes whose parent ends become this one's.
_SUBREAPER = 36


def cores() -> tuple[int, int]:
    """The core for the server and the one for the load. Raises ServerError when there are not two."""
    allowed = sorted(os.sched_getaffinity(0))
    if len(allowed) < 2:
        raise ServerError("The server and the load need a core each, but this process has one.")
    return allowed[0], allowed[1]


@contextmanager
def pinned(index: Path, *module: str) -> Iterator[Server]:
    """A server, by default the application's, that has the first core for itself."""
    with serving(index, module or ("app",), ("taskset", "-c", str(cores()[0]))) as server:
        yield server


def resident(pid: int) -> float:
    """Resident memory in MiB."""
    return memory(pid, "VmRSS")


def memory(pid: int | str, kind: str) -> float:
    """The memory of a process, or of this one ("self"), that Linux calls so, in MiB: RssAnon is without files."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) / _MIB
    raise ServerError(f"Process {pid} has no memory: it has ended.")


def size(place: Path) -> int:
    """Bytes of a file, or of all files in a directory."""
    return sum(path.stat().st_size for path in (place, *place.rglob("*")) if path.is_file())


def processor_seconds(pid: int) -> float:
    """Time of the processor that the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = int(fields[11]), int(fields[12])
    return (user + system) / os.sysconf("SC_CLK_TCK")


@contextmanager
def adopting() -> Iterator[None]:
    """Waits for the processes that those of the block leave behind, so that their time counts too. No process that this
    one started before may be running."""
    linux = ctypes.CDLL(None)
    linux.prctl(_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
        with suppress(ChildProcessError):
            while True:
                os.wait()
    finally:
        linux.prctl(_SUBREAPER, 0, 0, 0, 0)


def timed(*arguments: str) -> float:
    """Seconds that this Python takes with these arguments; raises ServerError when it fails."""
    started = time.perf_counter()
    run(*arguments)
    return time.perf_counter() - started


def run(*arguments: str, given: str = "", python: str = sys.executable) -> str:
    """What a Python, by default this one, prints with these arguments; raises ServerError when it fails."""
    command: Sequence[str] = [python, *arguments]
    done = subprocess.run(command, input=given, capture_output=True, text=True, env=environment())
    if done.returncode:
        raise ServerError(f"{' '.join(arguments)} failed: {done.stderr.strip()}")
    return done.stdout
