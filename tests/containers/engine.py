"""The Docker engine: images, containers and networks, by its command line."""

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bootstrap.processes import ROOT
from tests.containers.http import Answer, get
from tests.containers.manifest import manifest

PORTS = {"backend": 8000, "frontend": 8080}
# A short drain, for a backend that tests stop.
DRAIN = {"GUTENBERG_DRAIN_SECONDS": "2"}


def image(component: str) -> str:
    return f"k8s-practice-{component}"


def docker(*words: str, **variables: str) -> str:
    """Runs docker in the repository and returns what it printed."""
    done = subprocess.run(["docker", *words], cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True)
    assert done.returncode == 0, f"docker {' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
    return done.stdout.strip()


def inspect(name: str) -> dict[str, Any]:
    """What `docker inspect` says of an image or a container."""
    found: list[dict[str, Any]] = json.loads(docker("inspect", name))
    return found[0]


def in_image(component: str, script: str) -> str:
    """What a shell script prints in a container of the image; as root, so that nothing is hidden from it."""
    return docker(
        "run", "--rm", "--network", "none", "--user", "0", "--entrypoint", "sh", image(component), "-c", script
    )


@dataclass(frozen=True)
class Container:
    id: str
    component: str

    @property
    def port(self) -> int:
        """The port of the container on 127.0.0.1."""
        published = docker("port", self.id, f"{PORTS[self.component]}/tcp")
        return int(published.rpartition(":")[2])

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return get(self.port, path, headers)

    def wait_until_ready(self, seconds: float = 60) -> None:
        """Waits for the first answer to the route that the readiness probe asks."""
        path = {"backend": "/readyz", "frontend": "/healthz"}[self.component]
        self.wait_for(path, 200, seconds)

    def wait_until_listening(self, seconds: float = 10) -> None:
        """Waits until its port accepts connections, without asking for anything."""
        end = time.monotonic() + seconds
        probe = f"import socket; socket.create_connection(('127.0.0.1', {PORTS[self.component]})).close()"
        while subprocess.run(["docker", "exec", self.id, "python", "-c", probe], capture_output=True).returncode != 0:
            assert time.monotonic() < end, f"{self.component} does not listen after {seconds} s: {self.logs()[-3000:]}"

    def wait_for(self, path: str, status: int, seconds: float = 60) -> Answer:
        """Asks until the path answers with this status, and returns that answer."""
        end = time.monotonic() + seconds
        port = self.port
        while time.monotonic() < end:
            answer = get(port, path)
            if answer.status == status:
                return answer
            time.sleep(0.05)
        raise AssertionError(f"no {status} from {self.component}{path} in {seconds} s; its log: {self.logs()[-3000:]}")

    def logs(self) -> str:
        done = subprocess.run(["docker", "logs", self.id], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.stdout

    def wait_for_log(self, text: str, seconds: float = 10) -> str:
        """Waits until a line of the log has the text, and returns the line: the engine may be late."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for line in reversed(self.logs().splitlines()):
                if text in line:
                    return line
            time.sleep(0.1)
        raise AssertionError(f"{text!r} is not in the log of {self.component}: {self.logs()[-3000:]}")

    def state(self) -> dict[str, Any]:
        return {**inspect(self.id)["State"], "RestartCount": inspect(self.id)["RestartCount"]}

    def processor_time(self) -> float:
        """The seconds of the processor that the kernel has counted for its cgroup (version 2, else 1)."""
        microseconds = "sed -n 's/^usage_usec //p' /sys/fs/cgroup/cpu.stat 2>/dev/null"
        nanoseconds = "cat /sys/fs/cgroup/cpuacct/cpuacct.usage"
        files = f"{microseconds} | sed 's/$/000/' | grep . || {nanoseconds}"
        return int(docker("exec", self.id, "sh", "-c", files)) / 1e9

    def peak_memory(self) -> int:
        """The most bytes that the kernel has counted for its cgroup (version 2, else 1), caches included."""
        files = "cat /sys/fs/cgroup/memory.peak 2>/dev/null || cat /sys/fs/cgroup/memory/memory.max_usage_in_bytes"
        return int(docker("exec", self.id, "sh", "-c", files))


@contextmanager
def network() -> Iterator[str]:
    """A network of its own, in which containers find each other by name."""
    name = docker("network", "create", f"gutenberg-test-{time.monotonic_ns()}")
    try:
        yield name
    finally:
        docker("network", "rm", name)


@contextmanager
def running(component: str, *options: str, command: Sequence[str] = (), **environment: str) -> Iterator[Container]:
    """A container as the manifests run it, with more options and environment variables; removed afterwards."""
    publish = ["--publish", f"127.0.0.1::{PORTS[component]}"]
    variables = [word for item in environment.items() for word in ("--env", "=".join(item))]
    words = [*publish, *manifest(component).options(), *variables, *options, image(component), *command]
    started = docker("run", "--detach", *words)
    try:
        yield Container(started, component)
    finally:
        docker("rm", "--force", "--volumes", started)
