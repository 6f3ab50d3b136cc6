"""Asks the registry about the images that the overlays name, and the cluster about what runs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from gitops import cluster
from gitops.doctor.checkout import Checkout
from gitops.doctor.facts import Facts, Published
from gitops.errors import NoSuchImage, NotLoggedIn, RegistryError, WrongContent
from gitops.git.repository import Repository
from gitops.json_values import JsonObject, Misshapen, mappings, parse, required, text
from gitops.model import Image
from gitops.registry import Registry, open_registry
from gitops.registry.attestations import Provenance

_LONGEST_SILENCE = timedelta(minutes=10)


def ask(checkout: Checkout, registry: Registry) -> Facts:
    anybody = open_registry(registry.host, registry.platforms, environment={})
    try:
        images = {image.reference: image for image in _images(checkout, registry.host)}
        published = {
            reference: _published(image, registry, anybody, checkout.remote) for reference, image in images.items()
        }
    finally:
        anybody.close()
    namespaces = sorted({overlay.at("namespace").text for overlay in checkout.overlays.values()} - {""})
    deployments = cluster.look(namespaces)
    return Facts(published, deployments, applications() if deployments else {})


def applications(now: datetime | None = None) -> dict[str, str]:
    """What is wrong with each Application of Argo CD that has something wrong; none where they cannot be looked at."""
    answer = cluster.kubectl("--namespace=argocd", "get", "applications", "--output=json")
    try:
        listed = mappings(parse(answer or "{}"), "items")
        by_name = {required(app, "metadata", "name"): _unwell(app, now or datetime.now(UTC)) for app in listed}
    except Misshapen:
        return {}
    return {name: what for name, what in by_name.items() if what}


def _unwell(application: JsonObject, now: datetime) -> str:
    """What is wrong with an Application. Argo CD compares each one every two to three minutes."""
    compared = _moment(text(application, "status", "reconciledAt"))
    if compared is None or now - compared > _LONGEST_SILENCE:
        since = f"since {compared:%Y-%m-%d %H:%M} UTC" if compared else "at all"
        return f"Argo CD has not looked at it {since}: does it run?"
    sync, health = (text(application, "status", part, "status") for part in ("sync", "health"))
    conditions = mappings(application, "status", "conditions")
    errors = [
        text(condition, "message") or ""
        for condition in conditions
        if (text(condition, "type") or "").endswith("Error")
    ]
    return ", ".join([*(str(state) for state in (sync, health) if state not in ("Synced", "Healthy")), *errors])


def _moment(written: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError as error:
        raise Misshapen(f"not a time: {written}") from error


def _images(checkout: Checkout, host: str) -> Iterator[Image]:
    """The deployed images of this registry."""
    for overlay in checkout.overlays.values():
        for entry in overlay.at("images").items():
            image = Image(*(entry.at(key).text for key in ("newName", "newTag", "digest")))
            if image.name.startswith(f"{host}/") and image.commit:
                yield image


def _published(image: Image, registry: Registry, anybody: Registry, ours: Repository | None) -> Published:
    path = image.name.removeprefix(f"{registry.host}/")
    try:
        if not registry.has(path, image.digest):
            return Published(missing=f"{registry.host} holds no image with the digest {image.digest}")
        if lost := registry.lost(path, image.digest):
            return Published(missing=f"{image.name}@{image.digest} has lost its image for {', '.join(lost)}")
        attested, contradicted = _attestation(image, path, registry, ours)
        closed, different = _refusal(image, path, anybody), _difference(image, path, registry)
        return Published(closed=closed, different=different, contradicted=contradicted, attested=attested)
    except RegistryError as error:
        return Published(missing=error.what)


def _difference(image: Image, path: str, registry: Registry) -> str:
    """How the image differs from what its tag says, in platforms, revision or digest; empty when it does not."""
    try:
        digest = registry.verified(path, image.commit or "")
    except NoSuchImage:
        return f"the tag {image.tag} is gone, though the digest is there"
    except WrongContent as error:
        return error.what
    return "" if digest == image.digest else f"{image.name}:{image.tag} has the digest {digest} by now"


def _refusal(image: Image, path: str, anybody: Registry) -> str:
    try:
        return "" if anybody.has(path, image.digest) else f"{image.name} is hidden from whoever is not logged in"
    except NotLoggedIn as error:
        return error.what


def _attestation(image: Image, path: str, registry: Registry, ours: Repository | None) -> tuple[bool, str]:
    """Whether the image has an attestation, and what is wrong with it; of several, each must be right."""
    try:
        stated = registry.provenances(path, image.digest)
    except NoSuchImage:
        return True, f"an attestation of {image.digest} is listed, but gone"
    except WrongContent as error:
        return True, error.what
    return bool(stated), next(filter(None, (_contradiction(provenance, image, ours) for provenance in stated)), "")


def _contradiction(said: Provenance, image: Image, ours: Repository | None) -> str:
    if image.digest not in said.digests:
        return f"the attestation is about {', '.join(said.digests)}, not about {image.digest}"
    if said.commit != image.commit:
        return f"the attestation says that {said.commit} was built, the tag says {image.commit}"
    if ours and said.repository.lower() != ours.url.lower():
        return f"the attestation says that {said.repository} built it, not {ours.url}"
    return ""
