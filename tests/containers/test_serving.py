"""The backend's container at work, within the limits of the manifests: starting, load and shutdown."""

import threading
import time
from collections.abc import Iterator

import pytest

from tests.containers.engine import DRAIN, Container, docker, running
from tests.containers.load import ask_all, queries
from tests.containers.manifest import MIB, manifest


def test_the_limits_are_those_of_the_manifests(backend: Container) -> None:
    assert manifest("backend").memory == 256 * MIB
    assert manifest("backend").cpus == 0.5
    assert int(docker("inspect", "--format", "{{.HostConfig.Memory}}", backend.id)) == 256 * MIB


def test_the_backend_is_ready_within_5_seconds_of_half_a_processor(images: None) -> None:
    with running("backend") as backend:
        backend.wait_until_ready()
        assert backend.processor_time() <= 5 / 2


def test_the_backend_writes_nowhere_but_to_its_temporary_folder(backend: Container) -> None:
    assert docker("diff", backend.id) in ("", "C /tmp")
    assert "Read-only file system" in docker("exec", backend.id, "sh", "-c", "touch /srv/new 2>&1; true")


def test_docker_run_alone_serves(images: None) -> None:
    started = docker("run", "--detach", "--publish", "127.0.0.1::8000", "k8s-practice-backend")
    try:
        alone = Container(started, "backend")
        alone.wait_until_ready()
        assert alone.get("/search?q=whale").json()["hits"] > 0
    finally:
        docker("rm", "--force", started)


@pytest.mark.timeout(300)
def test_ten_thousand_queries_leave_the_memory_small(images: None) -> None:
    with running("backend") as backend:
        backend.wait_until_ready()
        tally = ask_all(backend.port, queries(10_000), concurrency=16, patient=True)
        assert tally.statuses == {200: 10_000}, tally.failures[:3]
        assert tally.again <= 100
        state = backend.state()
        assert (state["OOMKilled"], state["RestartCount"], state["Running"]) == (False, 0, True)
        assert backend.peak_memory() <= 128 * MIB


def test_sigterm_under_load_loses_no_request(images: None) -> None:
    """Clients go elsewhere soon after readiness fails, as Kubernetes has them do; all that they sent is answered."""
    with running("backend", **DRAIN) as backend:
        backend.wait_until_ready()
        port, gone = backend.port, threading.Event()
        results = []

        def work() -> None:
            results.append(ask_all(port, until(gone), concurrency=16))

        load = threading.Thread(target=work)
        load.start()
        time.sleep(1)
        docker("kill", "--signal", "TERM", backend.id)
        backend.wait_for("/readyz", 503, 2)
        time.sleep(1)
        gone.set()
        load.join()
        code = docker("wait", backend.id)
        assert results[0].failures == []
        assert results[0].statuses[200] > 100
        assert code == "0", backend.logs()[-2000:]


def until(end: threading.Event) -> Iterator[str]:
    for path in queries(10_000):
        if end.is_set():
            return
        yield path
