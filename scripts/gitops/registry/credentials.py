"""Who asks. Without credentials everything still works for public images."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

GHCR = "ghcr.io"


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    user: str
    password: str

    @property
    def basic(self) -> str:
        """The value of an Authorization header (RFC 7617)."""
        return f"Basic {base64.b64encode(f'{self.user}:{self.password}'.encode()).decode()}"


def find(host: str, environment: Mapping[str, str]) -> Credentials | None:
    """REGISTRY_USERNAME and REGISTRY_PASSWORD, or GITHUB_TOKEN, which only GHCR gets to see."""
    if password := environment.get("REGISTRY_PASSWORD"):
        return Credentials(environment.get("REGISTRY_USERNAME", ""), password)
    if host == GHCR and (token := environment.get("GITHUB_TOKEN")):
        return Credentials(environment.get("GITHUB_ACTOR") or "x-access-token", token)
    return None
