"""What `--online` adds: the registry and the cluster against what git says."""

from collections.abc import Iterator
from itertools import chain

from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.facts import Published
from gitops.doctor.nodes import Node, Place
from gitops.manifests.objects import at, workloads
from gitops.model import Image


@check(
    "error",
    why="The pods wait for an image that is not there: ImagePullBackOff at the next restart or rollout.",
    mend="Run `gitops update`; if the image was deleted, run its CI workflow by hand on main first.",
)
def images_exist_in_the_registry(checkout: Checkout) -> Iterator[Problem]:
    return (Problem(place, one.missing) for place, one in _published(checkout) if one.missing)


@check(
    "error",
    why="The cluster pulls without logging in, and gets ImagePullBackOff.",
    mend="Package settings, Change visibility, Public; or give the pods an imagePullSecret.",
)
def images_can_be_pulled_by_anybody(checkout: Checkout) -> Iterator[Problem]:
    for name, overlay in checkout.overlays.items():
        if not _has_pull_secrets(checkout, name):
            yield from (Problem(place, one.closed) for place, one in _published_in(checkout, overlay) if one.closed)


@check(
    "error",
    why="A node of a missing platform says `exec format error`; a wrong revision or digest runs another commit.",
    mend="Run the CI workflow by hand on main, then `gitops update`.",
)
def images_are_what_their_tag_says(checkout: Checkout) -> Iterator[Problem]:
    return (Problem(place, one.different) for place, one in _published(checkout) if one.different)


@check(
    "warning",
    why="Nothing proves that the image was built by this repository's workflow.",
    mend="Let the workflow run actions/attest with `push-to-registry: true`.",
)
def images_are_attested(checkout: Checkout) -> Iterator[Problem]:
    for place, one in _published(checkout):
        if not one.attested:
            yield Problem(place, "the registry holds no attestation of this digest")


@check(
    "error",
    why="The signed statement of the build is about another image, commit or repository: this image is not what it "
    "seems, or `gh attestation verify` refuses it.",
    mend="Find out who pushed it; then run the CI workflow by hand on main, and `gitops update`.",
)
def attestations_agree_with_the_image(checkout: Checkout) -> Iterator[Problem]:
    return (Problem(place, one.contradicted) for place, one in _published(checkout) if one.contradicted)


@check(
    "warning",
    why="Somebody changed the cluster by hand, or Argo CD does not sync: what git says is not what runs.",
    mend="See `argocd app get gutenberg-search-<overlay>`, and `gitops explain-log` for what it says.",
)
def the_cluster_runs_what_git_says(checkout: Checkout) -> Iterator[Problem]:
    for name, overlay in checkout.overlays.items():
        running = checkout.facts.running.get(overlay.at("namespace").text, {})
        for key, image in _rendered(checkout, name):
            if key in running and running[key] != image:
                yield Problem(overlay.at("namespace").place, f"{key} runs {running[key]}, not {image}")


def _published(checkout: Checkout) -> Iterator[tuple[Place, Published]]:
    return chain.from_iterable(_published_in(checkout, overlay) for overlay in checkout.overlays.values())


def _published_in(checkout: Checkout, overlay: Node) -> Iterator[tuple[Place, Published]]:
    for entry in overlay.at("images").items():
        reference = Image(*(entry.at(key).text for key in ("newName", "newTag", "digest"))).reference
        if reference in checkout.facts.published:
            yield entry.at("digest").place, checkout.facts.published[reference]


def _rendered(checkout: Checkout, overlay: str) -> Iterator[tuple[str, str]]:
    for work in workloads(checkout.rendered[overlay].objects if overlay in checkout.rendered else ()):
        for container in at(work.pod, "containers", default=()):
            yield f"{work.name}/{container.get('name')}", container.get("image", "")


def _has_pull_secrets(checkout: Checkout, overlay: str) -> bool:
    """Whether a pod of the overlay, or the account that it runs under, has something to log in with."""
    objects = checkout.rendered[overlay].objects if overlay in checkout.rendered else ()
    accounts = (one for one in objects if one.get("kind") == "ServiceAccount")
    return any(one.get("imagePullSecrets") for one in (*accounts, *(work.pod for work in workloads(objects))))
