"""The credentials for a registry. Without any, everything still works for public images."""

from collections.abc import Generator, Mapping

import httpx

GHCR = "ghcr.io"


class BearerAuth(httpx.Auth):
    """A token instead of a password (RFC 6750)."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


def find(host: str, environment: Mapping[str, str]) -> httpx.BasicAuth | None:
    """The credentials in REGISTRY_USERNAME and REGISTRY_PASSWORD, or in GITHUB_TOKEN, which only GHCR gets to see."""
    if password := environment.get("REGISTRY_PASSWORD"):
        return httpx.BasicAuth(environment.get("REGISTRY_USERNAME", ""), password)
    if host == GHCR and (token := environment.get("GITHUB_TOKEN")):
        return httpx.BasicAuth(environment.get("GITHUB_ACTOR") or "x-access-token", token)
    return None
