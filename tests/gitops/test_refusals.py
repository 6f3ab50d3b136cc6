"""GHCR's answers, which mean other things than they say."""

from base64 import b64encode

import httpx
import pytest

from gitops import errors
from gitops.registry import challenge, credentials
from gitops.registry.refusals import refusal


def refused(status: int, message: str = "", *, logged_in: bool, readable: bool = False) -> errors.RegistryError:
    response = httpx.Response(status, json={"errors": [{"code": "DENIED", "message": message}]})
    return refusal(response, "ghcr.io", "ada/k8s-practice-backend", logged_in=logged_in, readable=readable)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_without_credentials_private_and_missing_look_alike(status: int) -> None:
    error = refused(status, logged_in=False)
    assert isinstance(error, errors.NotLoggedIn)
    assert "it is private, or does not exist" in str(error)


def test_with_credentials_not_found_means_that_there_is_none() -> None:
    assert isinstance(refused(404, logged_in=True), errors.NoSuchImage)


def test_where_one_image_was_read_another_that_is_not_found_does_not_exist() -> None:
    assert isinstance(refused(404, logged_in=False, readable=True), errors.NoSuchImage)


@pytest.mark.parametrize(
    ("message", "remedy"),
    [
        ("installation not allowed to Write organization package", "Manage Actions access"),
        ("installation not allowed to Create organization package", "Organization settings, Packages"),
        ("permission_denied: write_package", "packages: write"),
        ("permission_denied: read_package", "packages: read"),
        ("requested installation does not exist", "gitops retarget"),
        ("something new", "ask its owner"),
    ],
)
def test_each_denial_has_its_remedy_and_the_page_to_open(message: str, remedy: str) -> None:
    error = refused(403, message, logged_in=True)
    assert isinstance(error, errors.NotAllowed)
    assert message in error.what
    assert remedy in error.remedy
    assert error.page == "https://github.com/ada?tab=packages&q=k8s-practice-backend"


def shown(host: str, environment: dict[str, str]) -> str | None:
    """What the registry sees of the credentials."""
    own = credentials.find(host, environment)
    request = httpx.Request("GET", f"https://{host}/v2/")
    return next(own.auth_flow(request)).headers["Authorization"] if own else None


def test_githubs_token_is_shown_to_ghcr_only() -> None:
    environment = {"GITHUB_TOKEN": "t", "GITHUB_ACTOR": "ada"}
    assert shown("ghcr.io", environment) == f"Basic {b64encode(b'ada:t').decode()}"
    assert shown("registry.example", environment) is None


def test_other_credentials_come_first() -> None:
    environment = {"GITHUB_TOKEN": "t", "REGISTRY_USERNAME": "bob", "REGISTRY_PASSWORD": "p"}
    assert shown("ghcr.io", environment) == f"Basic {b64encode(b'bob:p').decode()}"


def test_a_password_is_not_printed() -> None:
    assert "geheim" not in repr(credentials.find("ghcr.io", {"REGISTRY_PASSWORD": "geheim"}))
    assert "geheim" not in repr(credentials.BearerAuth("geheim"))


def test_a_challenge_is_read_with_and_without_quotes() -> None:
    header = 'Bearer realm="https://ghcr.io/token",service=ghcr.io , scope="repository:a/b:pull"'
    assert challenge.parse(header) == challenge.Challenge("bearer", "https://ghcr.io/token", "ghcr.io")
