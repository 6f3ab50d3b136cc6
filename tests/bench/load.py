"""Load from wrk: 16 connections that ask as fast as they are answered."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from tests.bench.processes import cores, processor_seconds
from tests.servers import Server, ServerError

CONNECTIONS = 16

_SCRIPT = Path(__file__).with_name("paths.lua")
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True, slots=True)
class Load:
    """Requests answered, and that per second; median and 99th percentile of the latency, and processor time per
    request, in ms."""

    requests: int
    rate: float
    p50: float
    p99: float
    processor: float


def load(server: Server, paths: Sequence[str], seconds: int) -> Load:
    """Ask for the paths in turn for so many seconds."""
    if shutil.which("wrk") is None:
        raise ServerError("wrk makes the load, but is not here: apt-get install wrk")
    with NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths))
        file.flush()
        used = processor_seconds(server.pid)
        printed = _wrk(server, seconds, file.name)
    requests = int(_find(r"(\d+) requests in", printed))
    rate = float(_find(r"Requests/sec:\s+([\d.]+)", printed))
    return Load(
        requests,
        rate,
        _percentile(50, printed),
        _percentile(99, printed),
        1000 * (processor_seconds(server.pid) - used) / requests,
    )


def _wrk(server: Server, seconds: int, paths: str) -> str:
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "--latency", "-s", str(_SCRIPT)]
    command = ["taskset", "-c", str(cores()[1]), "wrk", *options, f"http://127.0.0.1:{server.port}", "--", paths]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for failure in ("Non-2xx", "Socket errors"):
        if failure in printed:
            raise ServerError(f"Not every request was answered well:\n{printed}")
    return printed


def _percentile(percent: int, printed: str) -> float:
    value = _find(rf"{percent}%\s+([\d.]+[a-z]+)", printed)
    number = value.rstrip("musn")
    return float(number) * _MILLISECONDS[value.removeprefix(number)]


def _find(pattern: str, printed: str) -> str:
    match = re.search(pattern, printed)
    if not match:
        raise ServerError(f"wrk printed something else than expected:\n{printed}")
    return match[1]
