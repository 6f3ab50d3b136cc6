"""Excerpts as CI, kubectl, the containers and Argo CD print them, each with the fault behind it."""

from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import pytest

from gitops.doctor.all_checks import CHECKS
from gitops.doctor.logs.log_reader import FAULTS, Sighting, report, sightings

TEXT = Path(__file__).with_name("excerpts.txt").read_text(encoding="utf-8")
EXCERPTS = dict(section.split("\n", 1) for section in TEXT.split("\n== ")[1:])

WELL = [
    "##[group]Run python -m gitops explain-log OOMKilled",
    "\x1b[36;1mgrep ImagePullBackOff events.txt || true\x1b[0m",
    "Run docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a",
    "#21 pushing manifest for ghcr.io/satomichi/k8s-practice-backend:sha-1@sha256:9f9f done",
    "- satomichi backend: deploy 5d6e7f8",
    "   5d6e7f8..1a2b3c4  HEAD -> main",
    "HEAD is now at 5d6e7f8 Explain what exec format error means",
    "5d6e7f8 Name no space left on device by its cause",
    "nothing to commit, working tree clean",
    "tests/gitops/test_logs.py::test_named[ImagePullBackOff] PASSED [ 10%]",
    "tests/gitops/test_logs.py::test_manifest_unknown_is_named PASSED [ 12%]",
    'configmap "x" not found is named (tests.test_logs.Logs) ... ok',
    "secret \"x\" not found is named (tests.test_logs.Logs) ... skipped 'no cluster'",
    "--- PASS: TestReasons/OOMKilled (0.00s)",
    "Normal  Pulled  kubelet  Successfully pulled image in 2.1s",
    "Warning  Unhealthy  41s (x3 over 44s)  kubelet  Startup probe failed: dial tcp: connection refused",
    '39s  Warning  Unhealthy  pod/backend-7cf6f74865-ntz2n  Startup probe failed: Get "http://10.244.0.66:8000/": '
    "dial tcp 10.244.0.66:8000: connect: connection refused",
    "Warning  Unhealthy  2s (x14 over 16s)  kubelet  Startup probe failed: dial tcp: connection refused",
    "Tolerations:  node.kubernetes.io/not-ready:NoExecute op=Exists for 300s",
    "              node.kubernetes.io/unreachable:NoExecute op=Exists for 300s",
    'deployment "backend" successfully rolled out',
    "Health Status:      Healthy",
    "Sync Status:        Synced to main (5d6e7f8)",
    '10.0.0.1 - - [02/Mar/2026:08:12:13 +0000] "GET /?q=ImagePullBackOff HTTP/1.1" 200 42 "-" "exec format error"',
    'INFO:     10.0.0.1:51234 - "GET /search?q=no+space+left+on+device HTTP/1.1" 200 OK',
    'backend-1  | {"level":"info","message":"GET /search","query":"q=toomanyrequests"}',
    "INFO exceeded quota check passed: 0 of 5",
    "INFO:     CORS allowed origins: http://localhost:5173",
    "backend-1 exited with code 0",
]


def seen(lines: Iterable[str]) -> list[Sighting]:
    return sightings(StringIO("".join(f"{line}\n" for line in lines)))


def names(text: str) -> list[str]:
    return [sighting.fault.id for sighting in sightings(StringIO(text))]


@pytest.mark.parametrize("fault", EXCERPTS)
def test_a_fault_is_recognised_and_no_other_is_named(fault: str) -> None:
    assert names(EXCERPTS[fault]) == [fault]


def test_every_fault_has_an_excerpt() -> None:
    assert {fault.id for fault in FAULTS} == set(EXCERPTS)


def test_no_two_faults_have_one_name() -> None:
    assert len({fault.id for fault in FAULTS}) == len(FAULTS)


def test_the_check_behind_a_fault_exists() -> None:
    assert {fault.check for fault in FAULTS} - {""} <= set(CHECKS)


def test_the_faults_that_another_explains_exist() -> None:
    assert {general for fault in FAULTS for general in fault.explains} <= {fault.id for fault in FAULTS}


@pytest.mark.parametrize("line", WELL)
def test_a_line_of_a_good_run_shows_no_fault(line: str) -> None:
    assert seen([line]) == []


def test_a_log_without_a_fault_says_that_none_is_known() -> None:
    assert report(seen(WELL)) == "No known fault is in this log.\n"


@pytest.mark.parametrize("reason", ["ImagePullBackOff", "CrashLoopBackOff", "OOMKilled", "InvalidImageName"])
def test_the_reason_of_a_pod_is_known_wherever_a_tool_shows_it(reason: str) -> None:
    for line in (
        f"backend-7d8b6c5f4-xk2pl   0/1   {reason}   4 (31s ago)   2m",
        f"backend-7d8b6c5f4-xk2pl   0/2   Init:{reason}   0   2m",
        f"      Reason:       {reason}",
        f'            "reason": "{reason}",',
        f"  Warning  {reason}  3s  kubelet  …",
        f"  Warning  Failed  3s  kubelet  Error: {reason}",
        f"level=warning reason={reason}",
        f"backend-7d8b6c5f4-xk2pl   0/1   \x1b[31m{reason}\x1b[0m   4 (31s ago)   2m",
    ):
        assert len(seen([line])) == 1, line
    assert seen([f"What to do about {reason}"]) == []


def test_a_reason_silences_the_general_fault_that_it_explains() -> None:
    log = ["app-1  0/1  CrashLoopBackOff  4  2m", "exec /venv/bin/python: exec format error"]
    assert [sighting.fault.id for sighting in seen(log)] == ["exec-format-error"]
    assert [sighting.fault.id for sighting in seen(log[:1])] == ["crash-loop"]


def test_a_field_that_is_named_with_its_cause_is_not_named_twice() -> None:
    beginning = 'The Deployment "backend" is invalid: spec.template.spec.containers[0].resources.requests: '
    assert [one.fault.id for one in seen([f"{beginning}must be less than or equal to memory limit of 512Mi"])] == [
        "limit-range-exceeded"
    ]


def test_nothing_to_commit_is_a_fault_only_where_the_step_fails() -> None:
    failed = ["nothing to commit, working tree clean", "##[error]Process completed with exit code 1."]
    assert [one.line for one in seen(failed)] == [1]
    later = [failed[0], *["other work"] * 20, failed[1]]
    assert seen(later) == []


@pytest.mark.parametrize(
    ("fault", "log"),
    [
        ("manifest-unknown", "ERROR: ghcr.io/hanako/k8s-practice-backend:sha-1f2e: not found"),
        (
            "ghcr-denied-read",
            'Failed to pull image "ghcr.io/a/b:1": failed to authorize: unexpected status: 403 Forbidden',
        ),
        ("ghcr-denied-read", 'Error response from daemon: Head "https://ghcr.io/v2/a/b/manifests/latest": denied'),
        ("exec-format-error", "#9 0.1 .buildkit_qemu_emulator: /bin/sh: Invalid ELF image for this architecture"),
        ("package-not-found", "npm error 404 Not Found - GET https://npm.example.org/@types%2fsvelt - Not found"),
        (
            "package-not-found",
            "No solution found when resolving dependencies:\nx was not found in the package registry",
        ),
        ("name-not-resolved", "Temporary failure in name resolution\nNo matching distribution found for fastapi"),
        ("no-docker", "permission denied while trying to connect to the Docker daemon socket at unix:///x"),
        ("workflow-not-valid", "The workflow is requesting 'packages: write', but is only allowed 'packages: read'."),
        ("action-not-found", "failed because it uses a deprecated version of `actions/upload-artifact: v3`"),
        ("command-not-found", "'docker' is not recognized as an internal or external command,"),
        ("crash-loop", "backend-5d9c7b7f5d-abcde    0/1     Init:CrashLoopBackOff    4 (20s ago)   2m"),
        ("crash-loop", "backend-5d9c7b7f5d-abcde    0/1     Error    2 (20s ago)   40s"),
        ("manifest-unknown", "ERROR: failed to solve: python:3.99-slim: docker.io/library/python:3.99-slim: not found"),
        ("login-without-secrets", "Error: Cannot perform an interactive login from a non TTY device"),
        ("rate-limited", "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."),
        ("name-not-resolved", "wget: bad address 'backend:8000'"),
        ("network-timed-out", "curl: (28) Connection timed out after 5001 milliseconds"),
        ("network-timed-out", "error: RPC failed; curl 56 GnuTLS recv error (-54)\nfatal: early EOF"),
        ("certificate-not-trusted", "fatal: unable to access 'https://git.example.org/a/': SSL certificate problem: x"),
        ("branch-is-protected", " ! [remote rejected] HEAD -> main (pre-receive hook declined)"),
        ("revision-missing", "fatal: Remote branch practice/ada not found in upstream origin"),
        ("upstream-refuses", 'W0302 1 controller.go:1142] Service "a/backend" does not have any active Endpoint.'),
        ("command-not-in-image", "exec ./entrypoint.sh: no such file or directory"),
        ("command-not-in-image", "/usr/bin/env: 'python3\\r': No such file or directory"),
        ("command-not-in-image", "bash: ./build.sh: /bin/bash^M: bad interpreter: No such file or directory"),
        ("object-not-valid", 'The ConfigMap "Backend_1" is invalid: metadata.name: Invalid value: "Backend_1"'),
        ("tests-failed", "  1 failed\n    [chromium] › finds whale\n##[error]Process completed with exit code 1."),
        ("browser-refuses", "Access to fetch at 'https://b' from 'https://a' has been blocked by CORS policy: no"),
    ],
)
def test_a_fault_is_known_by_whatever_words_tell_of_it(fault: str, log: str) -> None:
    assert names(log) == [fault]


def test_a_general_failure_is_named_where_nothing_else_is_known() -> None:
    failed = 'process "/bin/sh -c npm ci" did not complete successfully: exit code: 1'
    assert names(failed) == ["build-step-failed"]
    assert names(f"{failed}\nnpm error code ERESOLVE") == ["packages-conflict"]


def test_the_message_of_a_commit_is_no_event_and_a_pod_that_is_described_is() -> None:
    message = "Date:   Mon Mar 2 08:12:11 2026 +0900\n\n    Explain it\n\n    Reason:       OOMKilled\n"
    assert names(f"commit {'1f' * 20}\nAuthor: Hanako <h@example.org>\n{message}") == []
    assert names("    Last State:     Terminated\n      Reason:       OOMKilled\n") == ["oom-killed"]


def test_an_error_of_nginx_is_read_without_the_request_that_it_quotes() -> None:
    line = '[error] 22#22: *1 open() "/x" failed (2: No such file), request: "GET /?q=exec+format+error HTTP/1.1"'
    assert seen([line]) == []
    assert [one.fault.id for one in seen([line.replace("(2: No such file)", "(30: Read-only file system)")])] == [
        "read-only-file-system"
    ]


def test_a_fault_is_told_once_with_its_first_line_and_its_number() -> None:
    (sighting,) = seen(["Starting", "\x1b[31mexec format error\x1b[0m", "exec format error"])
    assert (sighting.line, sighting.times, sighting.text) == (2, 2, "exec format error")
    assert "exec-format-error (line 2, 2 times)" in report([sighting])


def test_a_line_of_any_length_is_read_in_time_and_to_its_end() -> None:
    assert seen(["http://localhost " * 200_000, "self-heal" * 200_000]) == []
    (sighting,) = seen(["x " * 300_000 + "exec format error" + " y" * 300_000, "the next line"])
    assert (sighting.line, sighting.times) == (1, 1)
