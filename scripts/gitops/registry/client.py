"""The questions that gitops has for a registry."""

import os
import re
from collections.abc import Mapping, Sequence

import httpx

from gitops.errors import BadInput, NoSuchImage, WrongContent
from gitops.image_tags import tag_of
from gitops.json_values import Misshapen, items
from gitops.registry import attestations, credentials, document, manifest
from gitops.registry.attestations import Provenance
from gitops.registry.manifest import Manifest
from gitops.registry.transport import Transport

DEFAULT_PLATFORMS = ("linux/amd64", "linux/arm64")
_TAGS_PER_PAGE = 1000
_MOST_PAGES = 200
_HOST = re.compile(r"[\w.-]+(?::\d+)?")
_PLATFORM = re.compile(r"\w+/\w+(?:/\w+)?")
_TIMEOUT = httpx.Timeout(20.0, connect=10.0)


class Registry:
    """Reads image repositories, such as "satomichi/k8s-practice-backend", of the registry `host`."""

    def __init__(self, transport: Transport, platforms: Sequence[str]) -> None:
        self._transport, self.platforms = transport, tuple(platforms)

    @property
    def host(self) -> str:
        return self._transport.host

    @property
    def requests(self) -> int:
        """How many requests have been sent so far."""
        return self._transport.requests

    def close(self) -> None:
        self._transport.close()

    def tags(self, repository: str) -> set[str]:
        """All tags; none when there is no such repository."""
        tags: set[str] = set()
        path = f"tags/list?n={_TAGS_PER_PAGE}"
        for _ in range(_MOST_PAGES):
            try:
                answer = self._transport.get(repository, path)
            except NoSuchImage:
                return tags
            where = f"The answer of {self.host} for {repository}"
            with document.expecting("a list of tags", where, document.LATER):
                tags.update(map(str, items(document.parse(answer.content, where), "tags")))
                path = _next_page(answer)
            if not path:
                return tags
        raise WrongContent(f"{self.host}/{repository} has more than {_MOST_PAGES} pages of tags.")

    def verified(self, repository: str, commit: str) -> str:
        """The digest of the image that was built from the commit, for every platform asked for.

        Raises NoSuchImage, and WrongContent when the image is another one than the tag says.
        """
        where = f"{self.host}/{repository}:{tag_of(commit)}"
        top = self._manifest(repository, tag_of(commit), where)
        if top.is_index:
            manifest.check_platforms(set(top.children), self.platforms, where)
        if not top.is_index or top.revision is None:
            self._check_config(repository, top, commit, where)
        else:
            manifest.check_revision(top.revision, commit, where)
        return top.digest

    def has(self, repository: str, digest: str) -> bool:
        """Whether the registry holds a manifest with this digest."""
        try:
            self._transport.get(repository, f"manifests/{digest}", manifest.ACCEPT, method="HEAD")
        except NoSuchImage:
            return False
        return True

    def lost(self, repository: str, digest: str) -> list[str]:
        """The platforms that an index names but the registry no longer holds, as after deleting untagged versions."""
        children = self._manifest(repository, digest, f"{self.host}/{repository}@{digest}").children
        return [
            platform
            for platform in self.platforms
            if platform in children and not self.has(repository, children[platform])
        ]

    def provenances(self, repository: str, digest: str) -> list[Provenance]:
        """What is attested of how an image was built. Nothing is verified but that it can be read."""
        return list(attestations.provenances(self._transport, repository, digest))

    def _check_config(self, repository: str, top: Manifest, commit: str, where: str) -> None:
        """Reads from the image's configuration what the index does not say."""
        if top.is_index:
            child = top.children[self.platforms[0]]
            image = self._manifest(repository, child, f"{where} ({self.platforms[0]})")
        else:
            image = top
        if image.config is None:
            raise WrongContent(f"{where} is not an image: it has no configuration.")
        answer = self._transport.get(repository, f"blobs/{image.config}")
        manifest.check_digest(answer, image.config, f"The configuration of {where}")
        config = document.parse(answer.content, f"The configuration of {where}")
        with document.expecting("an image configuration", f"The configuration of {where}"):
            platform, revision = manifest.platform(config), manifest.config_revision(config)
        if not top.is_index:
            manifest.check_platforms({platform}, self.platforms, where)
        manifest.check_revision(image.revision or revision, commit, where)

    def _manifest(self, repository: str, reference: str, where: str) -> Manifest:
        answer = self._transport.get(repository, f"manifests/{reference}", manifest.ACCEPT)
        if reference.startswith("sha256:"):
            manifest.check_digest(answer, reference, where)
        return manifest.read(answer, where)


def open_registry(
    host: str, platforms: Sequence[str] = DEFAULT_PLATFORMS, environment: Mapping[str, str] = os.environ
) -> Registry:
    """A client of the registry, with the credentials that the environment has for it.

    Raises BadInput when the host or a platform cannot be one.
    """
    if not _HOST.fullmatch(host):
        raise BadInput(f"{host!r} is not the host of a registry.", "Write it as in image names, such as ghcr.io.")
    for platform in platforms:
        if not _PLATFORM.fullmatch(platform):
            raise BadInput(f"{platform!r} is not a platform.", "Write it as Docker does, such as linux/amd64.")
    client = httpx.Client(timeout=_TIMEOUT)
    return Registry(Transport(host, credentials.find(host, environment), client), platforms)


def _next_page(answer: httpx.Response) -> str:
    """The path of the next page, by the Link header; empty after the last (OCI distribution specification)."""
    address = answer.links.get("next", {}).get("url", "")
    try:
        return httpx.URL(address).raw_path.decode() if address else ""
    except httpx.InvalidURL as error:
        raise Misshapen(str(error)) from error
