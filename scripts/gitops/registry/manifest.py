"""Manifests and indexes, as the OCI image specification has them."""

import hashlib
from dataclasses import dataclass

import httpx

from gitops.errors import WrongContent
from gitops.json_values import JsonObject, mapping, mappings, required, text
from gitops.registry import document
from gitops.registry.document import REBUILD

INDEX_TYPES = ("application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json")
MANIFEST_TYPES = ("application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json")
ACCEPT = ", ".join((*INDEX_TYPES, *MANIFEST_TYPES))
REVISION = "org.opencontainers.image.revision"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a reference stands for. `children`: digest by platform, empty unless it is an index."""

    digest: str
    is_index: bool
    children: dict[str, str]
    config: str | None
    revision: str | None


def read(response: httpx.Response, where: str) -> Manifest:
    """The manifest in the body. Raises WrongContent when it is none, or not the one that its digest promises."""
    digest = verified_digest(response, where)
    content = document.parse(response.content, where)
    with document.expecting("an image manifest", where):
        # A child for another use than running, such as an attestation, has the platform unknown/unknown.
        children = [entry for entry in mappings(content, "manifests") if "platform" in entry]
        return Manifest(
            digest,
            "manifests" in content,
            {platform(mapping(child, "platform")): required(child, "digest") for child in children},
            required(content, "config", "digest") if "config" in content else None,
            text(content, "annotations", REVISION),
        )


def verified_digest(response: httpx.Response, where: str) -> str:
    """The digest of the body, which must be the one that the registry states."""
    actual = f"sha256:{hashlib.sha256(response.content).hexdigest()}"
    stated = response.headers.get("docker-content-digest", actual)
    if stated != actual:
        raise WrongContent(f"{where} should have the digest {stated}, but has {actual}.", REBUILD)
    return actual


def check_digest(response: httpx.Response, digest: str, where: str) -> None:
    if (actual := verified_digest(response, where)) != digest:
        raise WrongContent(f"{where} should have the digest {digest}, but has {actual}.", REBUILD)


def check_platforms(platforms: set[str], wanted: tuple[str, ...], where: str) -> None:
    if missing := [platform for platform in wanted if platform not in platforms]:
        raise WrongContent(
            f"{where} is not built for {', '.join(missing)}, only for {', '.join(sorted(platforms))}.", REBUILD
        )


def check_revision(revision: str | None, commit: str, where: str) -> None:
    if revision not in (None, commit):
        raise WrongContent(f"{where} says that it was built from {revision}.", REBUILD)


def config_revision(config: JsonObject) -> str | None:
    return text(config, "config", "Labels", REVISION)


def platform(of: JsonObject) -> str:
    """The platform of a descriptor or a configuration, as Docker writes it; arm64 means v8, so the variant says nothing
    there."""
    system, processor = text(of, "os") or "unknown", text(of, "architecture") or "unknown"
    parts = [system, processor, text(of, "variant") or ""]
    if parts[1:] == ["arm64", "v8"]:
        parts.pop()
    return "/".join(part for part in parts if part)
