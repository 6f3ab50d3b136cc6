"""What `--online` adds: the registry and the cluster against what git says."""

from collections.abc import Iterable, Iterator
from itertools import chain

from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.facts import Published
from gitops.doctor.nodes import Location, Node
from gitops.manifests.objects import Workload, at, workloads
from gitops.model import NO_DIGEST, Image
from gitops.overlays.overlay_names import application
from gitops.text import Text

_FEW = 3


@check(
    "error",
    why=Text(
        "The pods wait for an image that is not there: ImagePullBackOff at the next restart or rollout.",
        "Pod が、存在しないイメージを待ちます。次の再起動かロールアウトで ImagePullBackOff になります。",
    ),
    fix="Run `gitops update`; if the image was deleted, run its CI workflow by hand on main first.",
)
def images_exist_in_the_registry(checkout: Checkout) -> Iterator[Problem]:
    return once((location, image, published.missing) for location, image, published in _published(checkout))


@check(
    "error",
    why=Text(
        "The cluster pulls without logging in, and gets ImagePullBackOff.",
        "クラスターはログインせずに取得するので、ImagePullBackOff になります。",
    ),
    fix="Package settings, Change visibility, Public; or give the pods an imagePullSecret.",
)
def images_can_be_pulled_by_anybody(checkout: Checkout) -> Iterator[Problem]:
    return once(
        (location, image, published.closed)
        for name, overlay in checkout.overlays.items()
        if not _has_pull_secrets(checkout, name)
        for location, image, published in _published_in(checkout, overlay)
    )


@check(
    "error",
    why=Text(
        "A node of a missing platform says `exec format error`; a wrong revision or digest runs another commit.",
        "欠けたプラットフォームのノードは `exec format error` になります。リビジョンやダイジェストが違え"
        "ば、別のコミットが動きます。",
    ),
    fix="Run the CI workflow by hand on main, then `gitops update`.",
)
def images_are_what_their_tag_says(checkout: Checkout) -> Iterator[Problem]:
    return once((location, image, published.different) for location, image, published in _published(checkout))


@check(
    "warning",
    why=Text(
        "Nothing proves that the image was built by this repository's workflow.",
        "イメージがこのリポジトリのワークフローで作られたことを、証明するものがありません。",
    ),
    fix="Let the workflow run actions/attest with `push-to-registry: true`.",
)
def images_are_attested(checkout: Checkout) -> Iterator[Problem]:
    return once(
        (location, image, "" if published.attested else "the registry holds no attestation of this digest")
        for location, image, published in _published(checkout)
    )


@check(
    "error",
    why=Text(
        "The signed statement of the build is about another image, commit or repository: this image is "
        "not what it seems, or `gh attestation verify` refuses it.",
        "ビルドの署名付きの証明が、別のイメージ、コミット、リポジトリのものです。イメージは見かけどおりで"
        "はなく、`gh attestation verify` は拒否します。",
    ),
    fix="Find out who pushed it; then run the CI workflow by hand on main, and `gitops update`.",
)
def attestations_agree_with_the_image(checkout: Checkout) -> Iterator[Problem]:
    return once((location, image, published.contradicted) for location, image, published in _published(checkout))


@check(
    "warning",
    why=Text(
        "Somebody changed the cluster by hand, or Argo CD does not sync: what git says is not what runs.",
        "誰かがクラスターを手で変えたか、Argo CD が同期していません。動いているものが git と違います。",
    ),
    fix="See `argocd app get gutenberg-search-<overlay>`, and `gitops explain-log` for what it says.",
)
def the_cluster_runs_what_git_says(checkout: Checkout) -> Iterator[Problem]:
    for name, overlay in checkout.overlays.items():
        namespace = checkout.facts.deployments.get(overlay.at("namespace").text, {})
        for work in _workloads(checkout, name):
            running = namespace[work.name].images if work.name in namespace else {}
            for container in at(work.pod, "containers", default=()):
                called, image = container.get("name"), container.get("image", "")
                if running.get(called, image) != image:
                    what = f"{work.name}/{called} runs {running[called]}, not {image}"
                    yield Problem(overlay.at("namespace").location, what)


@check(
    "error",
    why=Text(
        "Visitors get no answer, or the old version: a new version that is not ready never replaces an old one.",
        "利用者には何も返らないか、前のバージョンが返ります。準備のできない新しいバージョンは、古いものと入れ替わりません。",
    ),
    fix="See `kubectl describe pod` and `gitops explain-log`; `gitops rollback` brings back what ran before.",
)
def deployments_are_ready(checkout: Checkout) -> Iterator[Problem]:
    for name, overlay in checkout.overlays.items():
        namespace = checkout.facts.deployments.get(overlay.at("namespace").text)
        if namespace is None:
            continue
        for work in _workloads(checkout, name):
            if (deployment := namespace.get(work.name)) is None:
                if _was_deployed(work):
                    yield Problem(overlay.at("namespace").location, f"{work.name} is not in the cluster")
            elif deployment.trouble and at(work.object, "spec", "replicas") != 0:
                yield Problem(overlay.at("namespace").location, f"{work.name}: {deployment.trouble}")


@check(
    "error",
    why=Text("Commits do not reach the cluster.", "コミットしたものがクラスターに届きません。"),
    fix="See `kubectl -n argocd get application NAME -o yaml`, and whether the pods of Argo CD run.",
)
def argocd_follows_git(checkout: Checkout) -> Iterator[Problem]:
    for name, overlay in checkout.overlays.items():
        if what := checkout.facts.applications.get(application(name)):
            yield Problem(overlay.at("namespace").location, f"{application(name)}: {what}")


def once(contradictions: Iterable[tuple[Location, str, str]]) -> Iterator[Problem]:
    """The problem of each image, in the first place that names it: a class has thirty overlays with the same image."""
    locations: dict[tuple[str, str], list[Location]] = {}
    for location, image, what in contradictions:
        if what:
            locations.setdefault((image, what), []).append(location)
    for (_, what), (first, *others) in locations.items():
        yield Problem(first, f"{what} (and in {_few(others)})" if others else what)


def _few(locations: list[Location]) -> str:
    """The files, or how many there are."""
    paths = sorted({location.path for location in locations})
    return ", ".join(paths) if len(paths) <= _FEW else f"{len(paths)} other overlays"


def _published(checkout: Checkout) -> Iterator[tuple[Location, str, Published]]:
    return chain.from_iterable(_published_in(checkout, overlay) for overlay in checkout.overlays.values())


def _published_in(checkout: Checkout, overlay: Node) -> Iterator[tuple[Location, str, Published]]:
    for entry in overlay.at("images").items():
        reference = Image(*(entry.at(key).text for key in ("newName", "newTag", "digest"))).reference
        if reference in checkout.facts.published:
            yield entry.at("digest").location, reference, checkout.facts.published[reference]


def _workloads(checkout: Checkout, overlay: str) -> list[Workload]:
    return workloads(checkout.rendered[overlay].objects if overlay in checkout.rendered else ())


def _was_deployed(work: Workload) -> bool:
    return not any(NO_DIGEST in container.get("image", "") for container in at(work.pod, "containers", default=()))


def _has_pull_secrets(checkout: Checkout, overlay: str) -> bool:
    """Whether a pod of the overlay, or the account that it runs under, has something to log in with."""
    objects = checkout.rendered[overlay].objects if overlay in checkout.rendered else ()
    accounts = (manifest for manifest in objects if manifest.get("kind") == "ServiceAccount")
    return any(one.get("imagePullSecrets") for one in (*accounts, *(work.pod for work in workloads(objects))))
