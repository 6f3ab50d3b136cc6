"""What the kubelet and the network let a pod do."""

from collections.abc import Iterator

import pytest

from bootstrap.cluster.programs import attempt, kubectl
from tests.cluster.loop import PATIENCE, Loop

pytestmark = pytest.mark.timeout(600)
USERS = {"backend": "10001", "frontend": "101"}
CONNECT = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 4)"
STRANGER = ("--namespace", "stranger")


@pytest.mark.parametrize("component", USERS)
def test_a_process_has_the_user_and_group_of_its_image_and_no_privilege(loop: Loop, component: str) -> None:
    lines = loop.kubectl("exec", f"deployment/{component}", "--", "cat", "/proc/1/status").splitlines()
    status = {key: value.split() for key, _, value in (line.partition(":") for line in lines)}
    assert status["Uid"] == status["Gid"] == [USERS[component]] * 4
    assert set(status["Groups"]) <= {USERS[component]}
    for kind in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(status[kind][0], 16) == 0, kind
    assert status["NoNewPrivs"] == ["1"]
    assert status["Seccomp"] == ["2"], "no filter of system calls"


@pytest.mark.parametrize("component", USERS)
def test_a_container_writes_to_no_file_of_its_image_and_has_no_token(loop: Loop, component: str) -> None:
    run = ("kubectl", "--namespace", loop.namespace, "exec", f"deployment/{component}", "--", "sh", "-c")
    assert "Read-only file system" in attempt(*run, "echo >/usr/new").stderr
    assert attempt(*run, "echo >/tmp/new").returncode == 0
    assert attempt(*run, "ls /var/run/secrets/kubernetes.io/serviceaccount").returncode != 0


@pytest.fixture
def stranger(loop: Loop) -> Iterator[None]:
    """A pod of another namespace."""
    image = loop.kubectl("get", "deployment", "backend", "--output=jsonpath={..containers[0].image}")
    kubectl("create", "namespace", "stranger")
    kubectl(*STRANGER, "run", "stranger", f"--image={image}", "--command", "--", "sleep", "3600")
    kubectl(*STRANGER, "wait", "pod/stranger", "--for=condition=Ready", f"--timeout={PATIENCE}s")
    yield
    kubectl("delete", "namespace", "stranger", "--wait=false")


def test_policies_let_pass_what_the_application_needs_and_nothing_else(loop: Loop, stranger: None) -> None:
    def reaches(who: tuple[str, ...], host: str, port: int) -> bool:
        return attempt("kubectl", *who, "--", "python", "-c", CONNECT, host, str(port)).returncode == 0

    there = f"{loop.namespace}.svc.cluster.local"
    outside = (*STRANGER, "exec", "stranger")
    inside = ("--namespace", loop.namespace, "exec", "deployment/backend")
    assert reaches(outside, f"frontend.{there}", 80), "visitors reach the page"
    assert not reaches(outside, f"backend.{there}", 8000), "and not the backend"
    assert not reaches(inside, "kubernetes.default.svc.cluster.local", 443), "the backend calls nobody"
    assert not reaches(inside, address(loop, "frontend"), 80)
    with loop.visitors():
        pass
    assert not frontend_reaches(loop, f"http://{address(loop, 'kubernetes', 'default')}:443/"), "nor anything else"
    assert frontend_reaches(loop, f"http://backend.{there}:8000/healthz"), "the frontend finds and reaches the backend"


def address(loop: Loop, service: str, namespace: str = "") -> str:
    where = ("--namespace", namespace or loop.namespace)
    return kubectl(*where, "get", "service", service, "--output=jsonpath={.spec.clusterIP}")


def frontend_reaches(loop: Loop, url: str) -> bool:
    """Whether anything answers, with whatever program for it the image has."""
    script = f"if command -v curl >/dev/null; then curl -s -m 4 {url}; else wget -q -O - -T 4 {url}; fi"
    done = attempt("kubectl", "--namespace", loop.namespace, "exec", "deployment/frontend", "--", "sh", "-c", script)
    return bool(done.stdout.strip()) or "HTTP" in done.stderr
