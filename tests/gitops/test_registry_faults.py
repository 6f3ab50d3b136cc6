"""A registry that does not do as it should: the right error, the right words, and nothing else."""

import gzip
import json
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from gitops import errors
from gitops.errors import RegistryError
from gitops.registry import Registry, transport
from gitops.registry.client import DEFAULT_PLATFORMS
from gitops.registry.retries import ATTEMPTS, LONGEST_WAIT
from gitops.registry.transport import LARGEST_ANSWER, Transport
from tests.gitops.support.faulty import Answer, FaultyRegistry, Handler, running
from tests.gitops.support.registry import digest
from tests.gitops.support.sandbox import Clone

REPOSITORY = "satomichi/k8s-practice-backend"
COMMIT = "a" * 40

Open = Callable[..., Registry]


def status(code: int, body: str = "{}", **headers: str) -> Answer:
    return lambda handler: handler.answer(code, body.encode(), {k.replace("_", "-"): v for k, v in headers.items()})


def denied(code: int, message: str) -> Answer:
    return status(code, f'{{"errors": [{{"code": "DENIED", "message": "{message}"}}]}}')


def reset(handler: Handler) -> None:
    handler.connection.close()
    handler.close_connection = True


def hang(handler: Handler) -> None:
    time.sleep(1)


def drip_body(handler: Handler) -> None:
    """Sends an answer of which no packet is ever late, and which never ends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    drip(handler, b'{"tags": [' + b" " * 100)


def drip_headers(handler: Handler) -> None:
    drip(handler, b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100)


def drip(handler: Handler, text: bytes) -> None:
    handler.close_connection = True
    with suppress(OSError):
        for byte in text:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.1)


def redirect_endlessly(handler: Handler) -> None:
    """With more beside it than anybody could keep."""
    handler.wfile.write(b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /again\r\n\r\n")
    handler.close_connection = True
    with suppress(OSError):
        for _ in range(1000):
            handler.wfile.write(b" " * 1024 * 1024)


def long_headers(handler: Handler) -> None:
    handler.answer(200, headers={f"X-{number}": "x" * 1000 for number in range(1000)})


def early_hints(handler: Handler) -> None:
    """An answer before the answer, again and again."""
    handler.close_connection = True
    with suppress(OSError):
        while True:
            handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 10)
            time.sleep(0.01)


def bomb(layers: int) -> Answer:
    packed = b'{"tags": []}' + b" " * 50_000_000
    for _ in range(layers):
        packed = gzip.compress(packed)
    return lambda handler: handler.answer(200, packed, {"Content-Encoding": ", ".join(["gzip"] * layers)})


def truncated(handler: Handler) -> None:
    handler.answer(200, b'{"tags": [', {"Content-Length": "1000"})
    handler.close_connection = True


@pytest.fixture
def faulty() -> Iterator[FaultyRegistry]:
    with running(FaultyRegistry()) as registry:
        yield registry


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def open_it(faulty: FaultyRegistry, waits: list[float]) -> Iterator[Open]:
    """Opens a client of the faulty registry whose waits are only noted."""
    with httpx.Client(timeout=0.5) as client:

        def opened(user: str | None = None, password: str = "secret") -> Registry:
            credentials = httpx.BasicAuth(user, password) if user else None
            return Registry(Transport(faulty.host, credentials, client, waits.append), DEFAULT_PLATFORMS)

        yield opened


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (denied(401, "who are you"), errors.NotLoggedIn, "does not accept the credentials"),
        (denied(403, "no"), errors.NotAllowed, "does not allow this"),
        (denied(403, "permission_denied: read_package"), errors.NotAllowed, "packages: read"),
        (
            denied(403, "installation not allowed to Write organization package"),
            errors.NotAllowed,
            "Manage Actions access",
        ),
        (denied(403, "requested installation does not exist"), errors.NotAllowed, "gitops retarget"),
        (status(429, Retry_After="600"), errors.RateLimited, "a wait of 600 seconds"),
        (status(500, "oh no"), errors.Unreachable, "answered 500"),
        (status(503), errors.Unreachable, "answered 503"),
        (hang, errors.Unreachable, "cannot be reached"),
        (reset, errors.Unreachable, "cannot be reached"),
        (truncated, errors.Unreachable, "cannot be reached"),
        (status(200, '{"tags": ['), errors.WrongContent, "is not valid JSON"),
        (status(200, "<html>"), errors.WrongContent, "is not valid JSON"),
        (status(200, "[]"), errors.WrongContent, "is not a JSON object"),
        (status(200, '{"tags": 1}'), errors.WrongContent, "is not a list of tags"),
        (status(200, "[" * 100_000), errors.WrongContent, "is not valid JSON"),
        (status(200, '{"tags": []}', Link="<\x7f>; rel=next"), errors.WrongContent, "is not a list of tags"),
        (status(403, "[" * 100_000), errors.NotAllowed, "does not allow this"),
        (status(429, Retry_After="\xb2"), errors.RateLimited, "a wait of"),
        (
            status(401, WWW_Authenticate='Bearer realm="http://\x7f"'),
            errors.WrongContent,
            "is not an address of tokens",
        ),
        (status(200, " " * (LARGEST_ANSWER + 1)), errors.WrongContent, "is larger than"),
        (redirect_endlessly, errors.WrongContent, "redirects more than 5 times"),
        (status(307, Location="file:///etc/passwd"), errors.Unreachable, "unsupported protocol"),
        (long_headers, errors.Unreachable, "cannot be reached"),
        (bomb(1), errors.WrongContent, "is packed as gzip, which was not asked for"),
        (bomb(2), errors.WrongContent, "is packed as gzip, gzip, which was not asked for"),
        (status(200, f'{{"tags": [{"9" * 5000}]}}'), errors.WrongContent, "is not valid JSON"),
        (
            status(401, WWW_Authenticate='Bearer realm="http://elsewhere.example/token"'),
            errors.WrongContent,
            "not encrypted",
        ),
    ],
)
def test_a_fault_that_stays_is_an_error_that_says_what_to_do(
    faulty: FaultyRegistry, open_it: Open, answer: Answer, error: type[RegistryError], words: str
) -> None:
    faulty.always = answer
    with pytest.raises(error) as raised:
        open_it("ada").tags(REPOSITORY)
    assert words in str(raised.value)


@pytest.mark.parametrize("answer", [status(500), status(429, Retry_After="2"), status(429), hang, reset, truncated])
def test_a_fault_that_passes_is_not_noticed(faulty: FaultyRegistry, open_it: Open, answer: Answer) -> None:
    faulty.faults = deque([answer] * (ATTEMPTS - 1))
    assert open_it().tags(REPOSITORY) == {f"sha-{COMMIT}"}


def test_it_waits_as_long_as_it_is_told(faulty: FaultyRegistry, open_it: Open, waits: list[float]) -> None:
    in_a_minute = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    faulty.faults = deque([status(429, Retry_After="7"), status(429, Retry_After=in_a_minute)])
    open_it().tags(REPOSITORY)
    assert waits[0] == 7
    assert 55 < waits[1] <= 60


def test_it_does_not_wait_longer_than_a_run_has(faulty: FaultyRegistry, open_it: Open, waits: list[float]) -> None:
    faulty.always = status(429, Retry_After="50")
    with pytest.raises(errors.RateLimited):
        open_it().tags(REPOSITORY)
    assert sum(waits) <= LONGEST_WAIT


@pytest.mark.parametrize("answer", [drip_body, drip_headers, early_hints])
def test_an_answer_that_drips_is_given_up(
    faulty: FaultyRegistry, open_it: Open, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "LONGEST_COMMAND", 1)
    faulty.always = answer
    before = time.monotonic()
    with pytest.raises(errors.Unreachable, match="took longer than 1 seconds for all answers together"):
        open_it().tags(REPOSITORY)
    assert time.monotonic() - before < 5


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ("9" * 5000, errors.RateLimited),
        ("Fri, 31 Dec 9999 23:59:59 GMT", errors.RateLimited),
        ("-5", None),
        ("\u0663".encode().decode("latin-1"), None),
        ("Fri, 31 Dec 99999 23:59:59 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00 +2359", None),
        ("Mon, 01 Jan 2024 00:00:00 +99999999999999999999", None),
    ],
)
def test_an_absurd_wait_is_refused_or_passed_over(
    faulty: FaultyRegistry, open_it: Open, waits: list[float], told: str, error: type[RegistryError] | None
) -> None:
    faulty.faults = deque([status(429, Retry_After=told)])
    if error:
        with pytest.raises(error, match=r"a wait of [0-9]{10,12} seconds"):
            open_it().tags(REPOSITORY)
    else:
        assert open_it().tags(REPOSITORY) == {f"sha-{COMMIT}"}
        assert 0 <= waits[0] <= 2


def test_a_repository_that_does_not_exist_has_no_tags(faulty: FaultyRegistry, open_it: Open) -> None:
    faulty.always = denied(404, "name unknown")
    assert open_it().tags(REPOSITORY) == set()
    assert open_it().has(REPOSITORY, "sha256:0") is False


@pytest.mark.parametrize(
    ("body", "headers", "words"),
    [
        (b"{}", {"Docker-Content-Digest": f"sha256:{'0' * 64}"}, "should have the digest"),
        (b'{"manifests": [{"platform": 1}]}', {}, "is not an image manifest"),
        (b'{"manifests": []}', {}, "is not built for linux/amd64, linux/arm64"),
        (b"{}", {}, "is not an image"),
        (b"{", {}, "is not valid JSON"),
    ],
)
def test_a_manifest_that_is_wrong_is_refused(
    faulty: FaultyRegistry, open_it: Open, body: bytes, headers: dict[str, str], words: str
) -> None:
    faulty.always = lambda handler: handler.answer(200, body, headers)
    with pytest.raises(errors.WrongContent) as raised:
        open_it().verified(REPOSITORY, COMMIT)
    assert words in str(raised.value)


@pytest.mark.parametrize("field", ["os", "architecture", "variant", "config"])
@pytest.mark.parametrize("value", [1, [1], {"Labels": 1}])
def test_a_configuration_that_is_misshapen_is_refused(
    faulty: FaultyRegistry, open_it: Open, field: str, value: object
) -> None:
    config = json.dumps({"os": "linux", "architecture": "amd64", field: value}).encode()
    image = json.dumps({"config": {"digest": digest(config)}}).encode()
    faulty.faults = deque([status(200, image.decode()), status(200, config.decode())])
    with pytest.raises(errors.WrongContent):
        open_it().verified(REPOSITORY, COMMIT)


@pytest.mark.parametrize("token", ["", 0, "\u3042"])
def test_a_token_that_cannot_be_shown_is_refused(faulty: FaultyRegistry, open_it: Open, token: object) -> None:
    challenge = status(401, WWW_Authenticate=f'Bearer realm="http://{faulty.host}/token"')
    faulty.faults = deque([challenge, status(200, json.dumps({"token": token}))])
    with pytest.raises(errors.WrongContent, match="gave no token"):
        open_it().tags(REPOSITORY)


@pytest.mark.parametrize("scheme", ["Bearer", "Basic"])
def test_it_logs_in_as_the_registry_wants_it(faulty: FaultyRegistry, open_it: Open, scheme: str) -> None:
    faulty.user, faulty.scheme = "ada", scheme
    registry = open_it("ada")
    assert registry.tags(REPOSITORY) == {f"sha-{COMMIT}"}
    assert registry.verified(REPOSITORY, COMMIT).startswith("sha256:")
    assert registry.tags("satomichi/k8s-practice-frontend") == {f"sha-{COMMIT}"}


@pytest.mark.parametrize("scheme", ["Bearer", "Basic"])
def test_another_host_that_it_leads_to_sees_no_credentials(faulty: FaultyRegistry, open_it: Open, scheme: str) -> None:
    """Registries keep their blobs on the storage of others."""
    seen: list[str | None] = []

    def tags(handler: Handler) -> None:
        seen.append(handler.headers.get("Authorization"))
        handler.answer(200, b'{"tags": []}')

    with running(FaultyRegistry(always=tags)) as storage:
        faulty.user, faulty.scheme = "ada", scheme
        registry = open_it("ada")
        registry.verified(REPOSITORY, COMMIT)
        faulty.faults.append(status(307, Location=f"http://{storage.host}/elsewhere"))
        assert registry.tags(REPOSITORY) == set()
    assert seen == [None]


def test_with_tokens_a_usual_update_takes_four_requests_and_the_next_component_three(
    faulty: FaultyRegistry, open_it: Open
) -> None:
    faulty.user = "ada"
    registry = open_it("ada")
    for name in ("backend", "frontend"):
        registry.tags(f"satomichi/k8s-practice-{name}")
        registry.verified(f"satomichi/k8s-practice-{name}", COMMIT)
    assert len(faulty.requests) == registry.requests == 4 + 3


def test_a_request_that_was_answered_is_not_sent_again(faulty: FaultyRegistry, open_it: Open) -> None:
    registry = open_it()
    assert registry.tags(REPOSITORY) == registry.tags(REPOSITORY)
    assert len(faulty.requests) == 1


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_wrong_password_is_told_from_none(faulty: FaultyRegistry, open_it: Open, password: str) -> None:
    faulty.user = "ada"
    with pytest.raises(errors.NotLoggedIn) as raised:
        open_it("ada" if password else None, password).tags(REPOSITORY)
    expected = "does not accept the credentials" if password else "without logging in"
    assert expected in str(raised.value)


def test_all_pages_of_tags_are_read(faulty: FaultyRegistry, open_it: Open) -> None:
    faulty.more_tags, faulty.tags_per_page = [f"v{number}" for number in range(25)], 10
    assert len(open_it().tags(REPOSITORY)) == 26
    assert len(faulty.requests) == 3


@pytest.mark.parametrize(
    ("answer", "exit_code"),
    [(denied(403, "no"), 13), (status(200, "{"), 16), (status(429, Retry_After="600"), 14), (denied(401, "no"), 12)],
)
def test_whatever_is_wrong_nothing_is_written(
    clone: Clone, faulty: FaultyRegistry, answer: Answer, exit_code: int
) -> None:
    faulty.always = answer
    before = clone.commits()
    done = clone.gitops("update", GITOPS_REGISTRY=faulty.host, REGISTRY_USERNAME="ada", REGISTRY_PASSWORD="secret")
    assert (done.status, clone.commits()) == (exit_code, before), done.err
    assert done.err.startswith("error: ")
