"""What is attested of how an image was built: the signed statements that actions/attest pushes beside it.

A statement is read, not verified: whether its signature is good, `gh attestation verify` tells.
Layout: https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md, https://slsa.dev/spec/v1.0/provenance
"""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from gitops.errors import NoSuchImage, WrongContent
from gitops.registry import manifest
from gitops.registry.credentials import GHCR
from gitops.registry.transport import Transport

_BUNDLE = "application/vnd.dev.sigstore.bundle"
_PROVENANCE = "https://slsa.dev/provenance/v1"
_MOST = 32


@dataclass(frozen=True, slots=True)
class Provenance:
    """The digests that a statement is about, and the commit and the repository that it says they were built from."""

    digests: tuple[str, ...]
    commit: str
    repository: str


def provenances(transport: Transport, repository: str, digest: str) -> Iterator[Provenance]:
    """The statements that refer to the image. Raises WrongContent when one of them cannot be understood."""
    where = f"An attestation of {transport.host}/{repository}@{digest}"
    bundles = [
        one for one in _referrers(transport, repository, digest) if _text(one, "artifactType").startswith(_BUNDLE)
    ]
    if len(bundles) > _MOST:
        raise WrongContent(f"{transport.host}/{repository}@{digest} has more than {_MOST} attestations.")
    for one in bundles:
        attached = _fetched(transport, repository, "manifests", _text(one, "digest"), where)
        for layer in _mappings(manifest.read_json(attached, where), "layers")[:1]:
            if found := _read(_fetched(transport, repository, "blobs", _text(layer, "digest"), where), where):
                yield found


def _referrers(transport: Transport, repository: str, digest: str) -> list[dict[str, Any]]:
    for path in lists(transport.host, digest):
        try:
            answer = transport.get(repository, path, manifest.ACCEPT)
        except NoSuchImage:
            continue
        return _mappings(manifest.read_json(answer, f"The list of what refers to {digest}"), "manifests")
    return []


def lists(host: str, digest: str) -> list[str]:
    """Where to look for what refers to a manifest: the registry's list, then the tag that stands for it.

    Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers
    """
    tag = f"manifests/{digest.replace(':', '-')}"
    # GHCR has no such list, and leads to a page of its web site that soon answers 429.
    return [tag] if host == GHCR else [f"referrers/{digest}", tag]


def _fetched(transport: Transport, repository: str, kind: str, digest: str, where: str) -> httpx.Response:
    answer = transport.get(repository, f"{kind}/{digest}", manifest.ACCEPT if kind == "manifests" else "*/*")
    manifest.check_digest(answer, digest, where)
    return answer


def _read(bundle: httpx.Response, where: str) -> Provenance | None:
    """None when the statement is about something else than the build, such as the contents."""
    with manifest.expecting("a statement of a GitHub workflow about a build", where):
        statement = json.loads(base64.b64decode(json.loads(bundle.content)["dsseEnvelope"]["payload"]))
        if statement["predicateType"] != _PROVENANCE:
            return None
        build = statement["predicate"]["buildDefinition"]
        return Provenance(
            tuple(f"sha256:{subject['digest']['sha256']}" for subject in statement["subject"]),
            str(build["resolvedDependencies"][0]["digest"]["gitCommit"]),
            str(build["externalParameters"]["workflow"]["repository"]),
        )


def _mappings(document: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = document.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(descriptor: dict[str, Any], key: str) -> str:
    return str(descriptor.get(key, ""))
