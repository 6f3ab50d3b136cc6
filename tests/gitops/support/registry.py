"""A real registry, Debian's docker-registry, and a pusher of tiny images that needs no Docker."""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.conftest import need
from tests.servers import free_port, started

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json"
PROVENANCE = "https://slsa.dev/provenance/v1"
REVISION = "org.opencontainers.image.revision"
PLATFORMS = ("linux/amd64", "linux/arm64")

_SETTINGS = """
version: 0.1
log: {{level: error, accesslog: {{disabled: true}}}}
storage:
  filesystem: {{rootdirectory: {folder}}}
  delete: {{enabled: true}}
http: {{addr: "127.0.0.1:{port}"}}
"""


@dataclass(frozen=True)
class TestRegistry:
    """`host` is as in image names. `client` asks it under /v2: it is kept, as a new one reads all certificates."""

    __test__ = False
    host: str
    client: httpx.Client = field(repr=False)

    def push(
        self,
        repository: str,
        tag: str,
        revision: str,
        *,
        platforms: Sequence[str] = PLATFORMS,
        annotated: bool = True,
        salt: str = "",
    ) -> str:
        """Pushes an index as buildx does, with an attestation in it, and returns its digest."""
        children = [self._image(repository, platform, revision, salt) for platform in platforms]
        attestation = children[0] | {"platform": {"os": "unknown", "architecture": "unknown"}}
        index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": [*children, attestation]}
        if annotated:
            index["annotations"] = {REVISION: revision}
        return str(self._manifest(repository, tag, index, INDEX)["digest"])

    def push_single(self, repository: str, tag: str, revision: str, platform: str = "linux/amd64") -> str:
        """Pushes an image for one platform, without an index."""
        child = self._image(repository, platform, revision, "")
        manifest = self.client.get(f"{repository}/manifests/{child['digest']}", headers={"Accept": MANIFEST}).content
        return str(self._manifest(repository, tag, json.loads(manifest), MANIFEST)["digest"])

    def attest(
        self,
        repository: str,
        digest: str,
        commit: str,
        *,
        source: str = "https://github.com/Satomichi/k8s-practice",
        about: str = "",
        predicate_type: str = PROVENANCE,
    ) -> None:
        """Attaches a statement as actions/attest does; its signature is nobody's. `about`: another digest."""
        build = {
            "externalParameters": {"workflow": {"repository": source, "ref": "refs/heads/main"}},
            "resolvedDependencies": [{"uri": f"git+{source}@refs/heads/main", "digest": {"gitCommit": commit}}],
        }
        statement = {
            "_type": "https://in-toto.io/Statement/v1",
            "subject": [{"name": repository, "digest": {"sha256": (about or digest).removeprefix("sha256:")}}],
            "predicateType": predicate_type,
            "predicate": {"buildDefinition": build},
        }
        envelope = {
            "payload": base64.b64encode(_json(statement)).decode(),
            "payloadType": "application/vnd.in-toto+json",
        }
        self.attach(repository, digest, _json({"mediaType": BUNDLE, "dsseEnvelope": envelope}))

    def attach(self, repository: str, digest: str, bundle: bytes) -> str:
        """Pushes what refers to an image, and lists it under the tag that stands for the list of referrers."""
        subject = self.client.head(f"{repository}/manifests/{digest}", headers={"Accept": f"{INDEX}, {MANIFEST}"})
        manifest = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "artifactType": BUNDLE,
            "config": {"mediaType": "application/vnd.oci.empty.v1+json", **self._blob(repository, b"{}")},
            "layers": [{"mediaType": BUNDLE, **self._blob(repository, bundle)}],
            "subject": {"mediaType": INDEX, "digest": digest, "size": int(subject.headers["content-length"])},
        }
        pushed = self._manifest(repository, None, manifest, MANIFEST)
        tag = digest.replace(":", "-")
        listed = self.client.get(f"{repository}/manifests/{tag}", headers={"Accept": INDEX})
        others = listed.json()["manifests"] if listed.status_code == 200 else []
        descriptor = {**pushed, "mediaType": MANIFEST, "artifactType": BUNDLE}
        index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": [*others, descriptor]}
        self._manifest(repository, tag, index, INDEX)
        return str(pushed["digest"])

    def children(self, repository: str, digest: str) -> dict[str, str]:
        """The digest of the image for each architecture of an index."""
        index = self.client.get(f"{repository}/manifests/{digest}", headers={"Accept": INDEX}).json()
        return {manifest["platform"]["architecture"]: manifest["digest"] for manifest in index["manifests"]}

    def delete(self, repository: str, digest: str) -> None:
        self.client.delete(f"{repository}/manifests/{digest}").raise_for_status()

    def _image(self, repository: str, platform: str, revision: str, salt: str) -> dict[str, Any]:
        system, architecture = platform.split("/")
        labels = {REVISION: revision, "salt": salt}
        config = {
            "os": system,
            "architecture": architecture,
            "config": {"Labels": labels},
            "rootfs": {"type": "layers"},
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": {"mediaType": CONFIG, **self._blob(repository, _json(config))},
            "layers": [],
        }
        pushed = self._manifest(repository, None, manifest, MANIFEST)
        return {**pushed, "mediaType": MANIFEST, "platform": {"os": system, "architecture": architecture}}

    def _blob(self, repository: str, content: bytes) -> dict[str, Any]:
        upload = self.client.post(f"{repository}/blobs/uploads/").raise_for_status().headers["location"]
        url = httpx.URL(upload).copy_merge_params({"digest": digest(content)})
        self.client.put(url, content=content).raise_for_status()
        return {"digest": digest(content), "size": len(content)}

    def _manifest(self, repository: str, tag: str | None, manifest: dict[str, Any], media_type: str) -> dict[str, Any]:
        content = _json(manifest)
        url = f"{repository}/manifests/{tag or digest(content)}"
        self.client.put(url, content=content, headers={"Content-Type": media_type}).raise_for_status()
        return {"digest": digest(content), "size": len(content)}


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode()


@contextmanager
def running(folder: Path) -> Iterator[TestRegistry]:
    program = need("docker-registry", "docker-registry")
    port = free_port()
    settings = folder / "registry.yml"
    settings.write_text(_SETTINGS.format(folder=folder / "data", port=port))
    host = f"127.0.0.1:{port}"
    with (
        started([program, "serve", settings], port, "/v2/", log=folder / "registry.log"),
        httpx.Client(base_url=f"http://{host}/v2/") as client,
    ):
        yield TestRegistry(host, client)
