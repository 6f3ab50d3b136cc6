"""What a registry's refusal means, and what to do about it, with the page to open."""

import httpx

from gitops.errors import NoSuchImage, NotAllowed, NotLoggedIn, RegistryError, Unreachable
from gitops.json_values import Misshapen, mappings, parse, text
from gitops.registry.credentials import GHCR

_LONGEST_QUOTE = 200

_GHCR_DENIALS = {
    "installation not allowed to write organization package": (
        "The package is not open to this repository: give the repository the role Write under Package settings, "
        "Manage Actions access; and the job `permissions: packages: write`."
    ),
    "installation not allowed to create organization package": (
        "The organisation does not let Actions create packages: allow it under Organization settings, Packages; "
        "and give the job `permissions: packages: write`."
    ),
    "permission_denied: write_package": (
        "The job lacks `permissions: packages: write`, or the package is not open to this repository: "
        "Package settings, Manage Actions access, role Write."
    ),
    "permission_denied: read_package": (
        "The package is not open to this repository: Package settings, Manage Actions access, role Read; "
        "and the job needs `permissions: packages: read`."
    ),
    "requested installation does not exist": (
        "The name belongs to somebody else, as in a fork that still has the upstream owner: run `gitops retarget`."
    ),
}


def refusal(
    response: httpx.Response, host: str, repository: str, *, logged_in: bool, readable: bool = False
) -> RegistryError:
    """The error for an answer of 400 or more, after the retries; those of 429 are in retries.py.

    `readable`: an earlier answer was good.
    """
    said, image, page = _said(response), f"{host}/{repository}", _page(host, repository)
    match response.status_code:
        # GHCR also answers 404 to somebody who may not read.
        case 404 if logged_in or readable or host != GHCR:
            return NoSuchImage(f"{image} does not exist: {said}", "It appears when CI on main has pushed it.", page)
        case 401 | 403 | 404 if not logged_in:
            return NotLoggedIn(
                f"{image} cannot be read without logging in: it is private, or does not exist ({said}).",
                "Make it public, or set GITHUB_TOKEN (for ghcr.io) or REGISTRY_USERNAME and REGISTRY_PASSWORD.",
                page,
            )
        case 401:
            return NotLoggedIn(
                f"{host} does not accept the credentials for {image}: {said}",
                "The token has expired, was mistyped, or lacks the scope read:packages.",
                page,
            )
        case 403:
            return NotAllowed(f"{host} does not allow this for {image}: {said}", _remedy(said), page)
        case status:
            return Unreachable(f"{host} answered {status} for {image}: {said}", "Run this again later.", _status(host))


def _remedy(said: str) -> str:
    for denial, remedy in _GHCR_DENIALS.items():
        if denial in said.lower():
            return remedy
    return "The account may not read this package: ask its owner for the role Read, or use another token."


def _page(host: str, repository: str) -> str:
    if host != GHCR:
        return ""
    owner, _, package = repository.partition("/")
    return f"https://github.com/{owner}?tab=packages&q={package}"


def _status(host: str) -> str:
    return "https://www.githubstatus.com" if host == GHCR else ""


def _said(response: httpx.Response) -> str:
    """What the registry said itself, as far as it can be read."""
    text = _listed(response) or " ".join(response.text.split())
    return text[:_LONGEST_QUOTE] or f"status {response.status_code}"


def _listed(response: httpx.Response) -> str:
    """The errors as the OCI distribution specification lists them; empty when the answer is something else."""
    try:
        errors = mappings(parse(response.content), "errors")
        return "; ".join(" ".join(filter(None, (text(error, "code"), text(error, "message")))) for error in errors)
    except Misshapen:
        return ""
