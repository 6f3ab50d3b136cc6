"""One node of OpenSearch on one core, as Maven fetches it."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bootstrap.processes import ROOT
from tests.bench.processes import cores
from tests.servers import Server, ServerError, free_port, started

HEAP = "1g"
_HERE = Path(__file__).parent
_LIBRARIES = ROOT / "build/opensearch/lib"
_PATIENCE = 180.0


def fetch() -> None:
    """Have Maven fetch the jars, unless they are there. Raises ServerError."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            raise ServerError(f"{program} runs OpenSearch, but is not here: install a JDK (17 or 21) and Maven")
    if _LIBRARIES.exists():
        return
    goal = ("dependency:copy-dependencies", f"-DoutputDirectory={_LIBRARIES}")
    done = subprocess.run(["mvn", "-q", "-B", "-f", _HERE / "pom.xml", *goal], capture_output=True, text=True)
    if done.returncode:
        raise ServerError(f"Maven could not fetch OpenSearch: {done.stdout[-2000:]}")


@contextmanager
def running(home: Path) -> Iterator[Server]:
    """A node that has the first core for itself and keeps its data in `home`, until the block ends."""
    port = free_port()
    java = ["java", f"-Xms{HEAP}", f"-Xmx{HEAP}", "-cp", f"{_LIBRARIES}/*", str(_HERE / "BenchNode.java")]
    command = ["taskset", "-c", str(cores()[0]), *java, str(home), str(port)]
    began = time.perf_counter()
    with started(command, port, "/_cluster/health", log=home / "log", patience=_PATIENCE) as process:
        yield Server(process.pid, port, time.perf_counter() - began)


def send(server: Server, method: str, path: str, body: str = "") -> bytes:
    """The body of an answer; raises ServerError when it is not a good one."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)
    connection.request(method, path, body.encode(), {"Content-Type": "application/json"})
    response = connection.getresponse()
    answer = response.read()
    connection.close()
    if response.status not in (200, 201):
        raise ServerError(f"{path} was answered with {response.status}: {answer[:500].decode()}")
    return answer
