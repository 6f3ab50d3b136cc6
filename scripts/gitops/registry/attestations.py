"""What is attested of how an image was built: the signed statements that actions/attest pushes beside it.

A statement is read, not verified: whether its signature is good, `gh attestation verify` tells.
Layout: https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md, https://slsa.dev/spec/v1.0/provenance
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from gitops.errors import NoSuchImage, WrongContent
from gitops.json_values import JsonObject, Misshapen, mapping, mappings, required, text
from gitops.registry import document, manifest
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
    bundles = _bundles(transport, repository, digest)
    if len(bundles) > _MOST:
        raise WrongContent(f"{transport.host}/{repository}@{digest} has more than {_MOST} attestations.")
    for bundle in bundles:
        attached = document.parse(_fetched(transport, repository, "manifests", bundle, where).content, where)
        with document.expecting("an image manifest", where):
            layers = [required(layer, "digest") for layer in mappings(attached, "layers")]
        for layer in layers[:1]:
            if provenance := _read(_fetched(transport, repository, "blobs", layer, where), where):
                yield provenance


def _bundles(transport: Transport, repository: str, digest: str) -> list[str]:
    """The digests of the bundles that refer to the image."""
    for path in lists(transport.host, digest):
        try:
            answer = transport.get(repository, path, manifest.ACCEPT)
        except NoSuchImage:
            continue
        where = f"The list of what refers to {digest}"
        content = document.parse(answer.content, where)
        with document.expecting("a list of manifests", where, document.LATER):
            return [
                required(referrer, "digest")
                for referrer in mappings(content, "manifests")
                if (text(referrer, "artifactType") or "").startswith(_BUNDLE)
            ]
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
    """The provenance in a statement; None when the statement is about something else than the build, such as the
    contents."""
    with document.expecting("a statement of a GitHub workflow about a build", where):
        statement = document.parse(_payload(document.parse(bundle.content, where)), where)
        if required(statement, "predicateType") != _PROVENANCE:
            return None
        build = mapping(statement, "predicate", "buildDefinition")
        source = next(iter(mappings(build, "resolvedDependencies")), {})
        subjects = mappings(statement, "subject")
        return Provenance(
            tuple(f"sha256:{required(subject, 'digest', 'sha256')}" for subject in subjects),
            required(source, "digest", "gitCommit"),
            required(build, "externalParameters", "workflow", "repository"),
        )


def _payload(bundle: JsonObject) -> bytes:
    try:
        return base64.b64decode(required(bundle, "dsseEnvelope", "payload"))
    except ValueError as error:
        raise Misshapen(str(error)) from error
