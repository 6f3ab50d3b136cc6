"""Whose repository this is, by GITHUB_REPOSITORY or by the address of the git remote."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gitops.errors import BadInput
from gitops.model import COMPONENTS, Component
from gitops.overlays.overlay_names import check_owner, overlay_of

_REMOTE = re.compile(
    r"(?:https?://|ssh://)?(?:[^@/]+@)?(?P<host>[\w.-]+)(?::\d+/|[:/])(?P<owner>[^/:]+)/(?P<name>[^/]+?)(?:\.git)?/?"
)
# The owner of an account that an enterprise manages has an underscore; other servers allow dots.
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Repository:
    """`owner` and `name` as GitHub writes them, upper case included."""

    owner: str
    name: str
    server: str = "https://github.com"

    @property
    def url(self) -> str:
        return f"{self.server}/{self.owner}/{self.name}"

    @property
    def forks(self) -> str:
        """The addresses of all its forks, as an AppProject's sourceRepos can name them."""
        return f"{self.server}/*/{self.name}"

    @property
    def slug(self) -> str:
        """The owner in lower case, as registries require."""
        return self.owner.lower()

    @property
    def overlay(self) -> str:
        """The owner as a Kubernetes name: that of the overlay and of the namespace."""
        return overlay_of(self.owner)

    def image_repository(self, component: Component) -> str:
        return f"{self.slug}/{component.image}"

    def image_names(self, registry: str) -> dict[str, str]:
        """The full image name of each component."""
        return {name: f"{registry}/{self.image_repository(component)}" for name, component in COMPONENTS.items()}


def find(slug: str | None, remote_url: str | None, environment: Mapping[str, str]) -> Repository:
    """Raises BadInput when nothing says whose repository this is."""
    server = environment.get("GITHUB_SERVER_URL", "https://github.com")
    if slug:
        if not _SLUG.fullmatch(slug):
            raise BadInput(f"{slug!r} is not OWNER/NAME.", "Give --repository as GitHub shows it.")
        owner, name = slug.split("/")
        check_owner(owner)
        return Repository(owner, name, server)
    if remote_url and (repository := from_url(remote_url)):
        check_owner(repository.owner)
        return repository
    raise BadInput(
        f"The address of the git remote ({remote_url or 'there is none'}) does not tell owner and name.",
        "Say --repository OWNER/NAME, or set GITHUB_REPOSITORY.",
    )


def from_url(url: str) -> Repository | None:
    """The repository behind an https or ssh address; None when it has no owner and name."""
    match = _REMOTE.fullmatch(url)
    if match is None or not _SLUG.fullmatch(f"{match['owner']}/{match['name']}"):
        return None
    return Repository(match["owner"], match["name"], f"https://{match['host']}")
