"""Manifests and indexes, as the OCI image specification has them. Whatever comes from outside is checked here."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from gitops.errors import WrongContent

INDEX_TYPES = ("application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json")
MANIFEST_TYPES = ("application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json")
ACCEPT = ", ".join((*INDEX_TYPES, *MANIFEST_TYPES))
REVISION = "org.opencontainers.image.revision"
LATER = "Run this again later."
REMEDY = "Build and push the image again: run its CI workflow by hand on main."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a reference stands for. `children`: digest by platform, empty unless it is an index."""

    digest: str
    is_index: bool
    children: dict[str, str]
    config: str | None
    revision: str | None


def read(response: httpx.Response, where: str) -> Manifest:
    """Raises WrongContent when the body is no manifest, or not the one that its digest promises."""
    digest = verified_digest(response, where)
    document = read_json(response, where)
    with expecting("an image manifest", where):
        # A child for another use than running, such as an attestation, has the platform unknown/unknown.
        entries = document.get("manifests") or []
        return Manifest(
            digest,
            "manifests" in document,
            {platform(entry["platform"]): str(entry["digest"]) for entry in entries if "platform" in entry},
            str(document["config"]["digest"]) if "config" in document else None,
            (document.get("annotations") or {}).get(REVISION),
        )


@contextmanager
def expecting(what: str, where: str, remedy: str = REMEDY) -> Iterator[None]:
    """Raises WrongContent when something in the block has not the shape that the code takes for granted."""
    try:
        yield
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError, httpx.InvalidURL) as error:
        raise WrongContent(f"{where} is not {what}.", remedy) from error


def verified_digest(response: httpx.Response, where: str) -> str:
    """The digest of the body, which must be the one that the registry states."""
    actual = f"sha256:{hashlib.sha256(response.content).hexdigest()}"
    stated = response.headers.get("docker-content-digest", actual)
    if stated != actual:
        raise WrongContent(f"{where} should have the digest {stated}, but has {actual}.", REMEDY)
    return actual


def check_digest(response: httpx.Response, digest: str, where: str) -> None:
    if (actual := verified_digest(response, where)) != digest:
        raise WrongContent(f"{where} should have the digest {digest}, but has {actual}.", REMEDY)


def read_json(response: httpx.Response, where: str) -> dict[str, Any]:
    try:
        document = json.loads(response.content)
    except (ValueError, RecursionError) as error:
        raise WrongContent(f"{where} is not valid JSON: {error}", LATER) from error
    if not isinstance(document, dict):
        raise WrongContent(f"{where} is not a JSON object.", LATER)
    return document


def check_platforms(found: set[str], wanted: tuple[str, ...], where: str) -> None:
    if missing := [platform for platform in wanted if platform not in found]:
        raise WrongContent(
            f"{where} is not built for {', '.join(missing)}, only for {', '.join(sorted(found))}.", REMEDY
        )


def check_revision(revision: str | None, commit: str, where: str) -> None:
    if revision not in (None, commit):
        raise WrongContent(f"{where} says that it was built from {revision}.", REMEDY)


def config_revision(config: dict[str, Any]) -> str | None:
    labels = (config.get("config") or {}).get("Labels") or {}
    return labels.get(REVISION)


def platform(of: dict[str, Any]) -> str:
    """Of a descriptor or a configuration, as Docker writes it; arm64 means v8, so the variant says nothing there."""
    parts = [of.get("os", "unknown"), of.get("architecture", "unknown"), of.get("variant", "")]
    if parts[1:] == ["arm64", "v8"]:
        parts.pop()
    return "/".join(part for part in parts if part)
