"""The images that the overlays name, against those that CI pushes."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from gitops.doctor import wanted
from gitops.doctor.actions.events import COMMIT, MERGED, RUN_ID, TIP, VERSION
from gitops.doctor.actions.sample_names import NAME
from gitops.doctor.actions.values import UNKNOWN
from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout, Rendered, containers_of
from gitops.doctor.nodes import Location, Node
from gitops.doctor.wanted import REGISTRY, Wanted
from gitops.image_tags import NOT_DEPLOYED, tag_of
from gitops.manifests.objects import short_name
from gitops.manifests.rules.images import images_of
from gitops.model import COMPONENTS, NO_DIGEST
from gitops.overlays.store import OVERLAYS
from gitops.text import Text

_REGISTRIES = (
    *(REGISTRY, "docker.io", "quay.io", "gcr.io", "icr.io", "lscr.io", "nvcr.io"),
    *("registry.k8s.io", "registry.gitlab.com", "public.ecr.aws", "mcr.microsoft.com"),
)
_KNOWN = tuple(f".{host}" for host in _REGISTRIES)
_HEX = "[0-9a-f]"
_OTHERS = {
    **{sample[:size]: f"{_HEX}{{{size}}}" for size in (40, 7) for sample in (COMMIT, MERGED, TIP)},
    RUN_ID: r"\d+",
    VERSION: ".+",
    UNKNOWN: ".+",
}
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}")


@check(
    "error",
    why=Text(
        "Registries know names in lower case only, and kustomize does not mind: the pod ends in InvalidImageName.",
        "レジストリのイメージ名は小文字だけですが、kustomize は大文字を見逃します。Pod は InvalidImageNam"
        "e になります。",
    ),
    fix="Write the name in lower case; `gitops retarget` writes it from the git remote.",
)
def image_references_are_in_lower_case(checkout: Checkout) -> Iterator[Problem]:
    for key in ("name", "newName"):
        for entry in _all_entries(checkout):
            yield from _upper_case(entry.at(key))
    for manifest in checkout.manifests:
        for container in containers_of(manifest):
            yield from _upper_case(container.at("image"))


@check(
    "error",
    why=Text(
        "The pods run somebody else's images, or none: this repository's CI cannot push under another owner's name.",
        "Pod が別の誰かのイメージを動かすか、何も動かせません。このリポジトリの CI は、ほかの所有者の名前"
        "では push できません。",
    ),
    fix="Run `gitops retarget`, or the GitOps Deploy workflow, which does it too.",
)
def images_belong_to_this_repository(checkout: Checkout) -> Iterator[Problem]:
    for entry in _overlay_entries(checkout) if checkout.remote else ():
        name = entry.at("newName")
        host, owner = _registry(name.text), _owner(name.text)
        if checkout.remote and host and owner.lower() != checkout.remote.slug:
            sure = host == REGISTRY
            doubt = "" if sure else f", unless that is what {host} calls this owner"
            yield Problem(name.location, f"{name.text} is not an image of {checkout.remote.slug}{doubt}", decided=sure)


@check(
    "error",
    why=Text(
        "There is no such host, or it is somebody else's: ImagePullBackOff.",
        "そのようなホストはないか、別の誰かのものです（ImagePullBackOff）。",
    ),
    fix="Write ghcr.io, or whichever registry is meant.",
)
def registries_are_spelt_right(checkout: Checkout) -> Iterator[Problem]:
    """Finds hosts that are nearly, but not exactly, those of known registries."""
    images = [entry.at("newName") for entry in _all_entries(checkout)]
    images += [container.at("image") for manifest in checkout.manifests for container in containers_of(manifest)]
    for image in images:
        host = _registry(image.text)
        if not f".{host}".endswith(_KNOWN) and (near := get_close_matches(host, _REGISTRIES, n=1, cutoff=0.8)):
            yield Problem(image.location, f"the registry {host} looks like {near[0]}")


@check(
    "error",
    why=Text(
        "An image that no workflow pushes never exists: ImagePullBackOff.",
        "どのワークフローも push しないイメージは、いつまでも存在しません（ImagePullBackOff）。",
    ),
    fix="Give newName the name that the workflow pushes, or the other way round.",
)
def images_are_pushed_by_a_workflow(checkout: Checkout) -> Iterator[Problem]:
    names = {push.name for push in checkout.sample.all_pushes}
    images = {image for name in names for image in _called(name, checkout)}
    for entry in _overlay_entries(checkout):
        node = entry.at("newName")
        if names and node.text.startswith(f"{REGISTRY}/") and node.text.rpartition("/")[2] not in images:
            decided = not checkout.sample.opaque and not any(UNKNOWN in name for name in names)
            yield Problem(node.location, f"no workflow pushes {node.text}, only {_listed(names)}", decided)


@check(
    "error",
    why=Text(
        "`gitops update` asks for one name in one registry, made from owner and component; an "
        "image with another name is never deployed.",
        "`gitops update` は、所有者とコンポーネントから決まる名前を 1 つのレジストリに尋ねます。ほかの名"
        "前のものはデプロイされません。",
    ),
    fix="Compose the name as ghcr.io/<owner in lower case>/k8s-practice-<component>.",
)
def images_are_pushed_under_the_name_that_gitops_looks_for(checkout: Checkout) -> Iterator[Problem]:
    for image in wanted.images(checkout):
        pushes = [push for push in checkout.sample.pushes if push.image == image.component.image]
        right = {image.name, _of_this_owner(image, checkout)}
        if not right & {push.name.lower() for push in pushes}:
            for push in pushes:
                what = f"CI pushes {_shown(push.name)}, but gitops looks for {image.name}"
                yield Problem(push.origin_of_name, what, push.known)


@check(
    "error",
    why=Text(
        "The version that runs is not the one that git names.", "git に書いたバージョンが、動いているものと違います。"
    ),
    fix="Give `name` the image name that the container has in k8s/base.",
)
def image_entries_match_a_container(checkout: Checkout) -> Iterator[Problem]:
    """An image of a base elsewhere is only seen in the rendered overlay, under its new name."""
    containers = (container for manifest in checkout.manifests for container in containers_of(manifest))
    # A patch has containers without an image.
    written = {_name(image) for container in containers if (image := container.at("image").text)}
    for overlay, kustomization in checkout.overlays.items():
        rendered = checkout.rendered.get(overlay, Rendered()).objects
        used = written | {_name(image) for image in images_of(rendered)}
        for entry in kustomization.at("images").items():
            name, new = entry.at("name"), entry.at("newName")
            if used and name.text not in used and new.text not in used:
                yield Problem(name.location, f"no container has the image {name.text}")


@check(
    "error",
    why=Text("The version that the overlay names is ignored.", "オーバーレイの指定したバージョンが無視されます。"),
    fix="Remove newName from the base: overlays say where an image comes from.",
)
def bases_do_not_rename_images(checkout: Checkout) -> Iterator[Problem]:
    wanted = {entry.at("name").text for overlay in checkout.overlays.values() for entry in overlay.at("images").items()}
    for kustomization in checkout.kustomizations:
        if not kustomization.location.path.startswith(f"{OVERLAYS}/"):
            for entry in kustomization.at("images").items():
                if entry.at("newName").value and entry.at("name").text in wanted:
                    yield Problem(entry.at("newName").location, f"it hides the overlays' entry {entry.at('name').text}")


@check(
    "error",
    why=Text(
        "Git names two versions for one image, and the last wins.",
        "1 つのイメージに git が 2 つのバージョンを指定していて、後のものが勝ちます。",
    ),
    fix="Remove one of them.",
)
def image_entries_are_unique(checkout: Checkout) -> Iterator[Problem]:
    for kustomization in checkout.kustomizations:
        entries = kustomization.at("images").items()
        names = Counter(entry.at("name").text for entry in entries)
        seen: set[str] = set()
        for entry in entries:
            name = entry.at("name").text
            if names[name] > 1 and name in seen:
                yield Problem(entry.location, f"a second entry for {name}")
            seen.add(name)


@check(
    "error",
    why=Text(
        "YAML reads digits as a number, and kustomize refuses to render it.",
        "YAML は数字だけのタグを数として読み、kustomize は組み立てを拒みます。",
    ),
    fix="Put the tag in quotes.",
)
def image_tags_are_text(checkout: Checkout) -> Iterator[Problem]:
    for entry in _all_entries(checkout):
        tag = entry.at("newTag")
        if tag.value is not None and not isinstance(tag.value, str):
            yield Problem(tag.location, f"{checkout.line(tag.location)} is no text")


@check(
    "error",
    why=Text(
        "A tag in another format than CI's names an image that nobody pushed: ImagePullBackOff.",
        "CI と違う形式のタグのイメージは、誰も push していません（ImagePullBackOff）。",
    ),
    fix="Let CI push `sha-<commit>`, and let `gitops update` write the overlay.",
)
def tags_have_the_format_that_ci_pushes(checkout: Checkout) -> Iterator[Problem]:
    for image in wanted.images(checkout):
        pushes = [push for push in checkout.sample.pushes if push.image == image.component.image and push.tag]
        if not any(push.tag == tag_of(COMMIT) for push in pushes):
            decided = not any(UNKNOWN in push.tag for push in pushes)
            for push in [push for push in pushes if push.tag != "latest"] or pushes:
                yield Problem(
                    push.origin_of_tag,
                    f"CI pushes {_shown(push.tag)}, but gitops looks for {tag_of('<commit>')}",
                    decided,
                )
    for entry in _overlay_entries(checkout):
        name, tag = entry.at("newName").text, entry.at("newTag")
        tags = [push.tag for push in checkout.sample.all_pushes if push.image == name.rpartition("/")[2] and push.tag]
        deployed = tag.value is not None and tag.text != tag_of(NOT_DEPLOYED)
        if deployed and tags and not any(_pattern(pushed).fullmatch(tag.text) for pushed in tags):
            yield Problem(tag.location, f"CI pushes {_shown(tags[0])}, never {tag.text}")


@check(
    "error",
    why=Text(
        "Without a digest, or with a tag that moves, a new image changes nothing in git: it is never "
        "rolled out, or only when a pod happens to restart.",
        "ダイジェストがないか、タグが動くと、新しいイメージができても git は変わりません。ロールアウトさ"
        "れないか、Pod がたまたま再起動したときに入れ替わります。",
    ),
    fix="Run `gitops update`, which writes tag and digest.",
)
def overlays_pin_images_by_digest(checkout: Checkout) -> Iterator[Problem]:
    for entry in _overlay_entries(checkout):
        if entry.at("newTag").text == "latest":
            yield Problem(entry.at("newTag").location, f"{entry.at('newName').text} is deployed as latest")
        if entry.at("digest").value is None:
            yield Problem(entry.location, f"{entry.at('newName').text} has no digest")


@check(
    "error",
    why=Text(
        "The kubelet refuses the reference (InvalidImageName), or pulls nothing.",
        "kubelet が参照を受け付けないか（InvalidImageName）、何も取得できません。",
    ),
    fix="Run `gitops update`, or copy the digest from the summary of the CI run.",
)
def digests_are_well_formed(checkout: Checkout) -> Iterator[Problem]:
    for entry in _all_entries(checkout):
        digest, tag = entry.at("digest"), entry.at("newTag").text
        if digest.value is not None and not _DIGEST.fullmatch(digest.text):
            yield Problem(digest.location, f"{digest.text} is not sha256: and 64 hexadecimal digits in lower case")
        elif (
            digest.value is not None and _is_ours(entry) and (digest.text == NO_DIGEST) != (tag == tag_of(NOT_DEPLOYED))
        ):
            yield Problem(digest.location, f"either tag or digest says that nothing was deployed yet: {tag}")


@check(
    "error",
    why=Text(
        "The pods run the other component's program: probes fail, and the rollout stops.",
        "Pod がもう一方のコンポーネントのプログラムを動かします。プローブは失敗し、ロールアウトが止まります。",
    ),
    fix="Run `gitops update`, or copy the digest from the summary of the component's own CI run.",
)
def digests_belong_to_one_component(checkout: Checkout) -> Iterator[Problem]:
    """Where two entries name one digest, it is taken to be of the image that more entries have it for."""
    locations: dict[str, dict[str, list[Location]]] = defaultdict(lambda: defaultdict(list))
    for entry in _overlay_entries(checkout):
        digest = entry.at("digest")
        if digest.value is not None and digest.text != NO_DIGEST:
            locations[digest.text][short_name(entry.at("name").text)].append(digest.location)
    for images in locations.values():
        most = max(len(listed) for listed in images.values())
        sure = [image for image, listed in images.items() if len(listed) == most]
        for image, listed in images.items():
            others = ", ".join(other for other in images if other != image)
            if others and (image not in sure or len(sure) > 1):
                yield from (Problem(location, f"{image} has the digest of {others}") for location in listed)


def _called(name: str, checkout: Checkout) -> Iterator[str]:
    """The last part of an image's name; one called after the sample repository is called after this one too."""
    yield (image := name.rpartition("/")[2])
    if checkout.remote and image.startswith(NAME.lower()):
        yield checkout.remote.name.lower() + image.removeprefix(NAME.lower())


def _of_this_owner(image: Wanted, checkout: Checkout) -> str:
    """The name as this repository's owner has it; a workflow may have the owner written out."""
    owner = checkout.remote.owner.lower() if checkout.remote else ""
    return f"{REGISTRY}/{owner}/{image.component.image}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted({_shown(name).rpartition("/")[2] for name in names}))


def _shown(text: str) -> str:
    for commit in (COMMIT, TIP):
        text = text.replace(commit, "<commit>").replace(commit[:7], "<7 digits of the commit>")
    return text.replace(UNKNOWN, "<?>")


def _pattern(tag: str) -> re.Pattern[str]:
    """The pattern of the tags that other commits and runs get where the sample gets this one."""
    pattern = re.escape(tag)
    for sample, others in _OTHERS.items():
        pattern = pattern.replace(re.escape(sample), others)
    return re.compile(pattern)


def _all_entries(checkout: Checkout) -> Iterator[Node]:
    return (entry for kustomization in checkout.kustomizations for entry in kustomization.at("images").items())


def _overlay_entries(checkout: Checkout) -> Iterator[Node]:
    """The entries of the overlays that take an image of this application from a registry."""
    entries = (entry for overlay in checkout.overlays.values() for entry in overlay.at("images").items())
    return (entry for entry in entries if entry.at("newName").value and _is_ours(entry))


def _is_ours(entry: Node) -> bool:
    return short_name(entry.at("name").text) in {component.image for component in COMPONENTS.values()}


def _upper_case(node: Node) -> Iterator[Problem]:
    name = _name(node.text).removeprefix(f"{_registry(node.text)}/")
    if name != name.lower():
        yield Problem(node.location, f"{node.text} has upper case letters")


def _registry(name: str) -> str:
    """The host before the first slash; empty when there is none. Source: https://docs.docker.com/reference/cli/docker/image/tag/"""
    host, slash, _ = name.partition("/")
    return host if slash and ("." in host or ":" in host or host == "localhost") else ""


def _owner(name: str) -> str:
    parts = name.split("/")
    return parts[-2] if len(parts) > 2 else ""


def _name(reference: str) -> str:
    """The image's name without tag and digest."""
    name = reference.partition("@")[0]
    path, _, last = name.rpartition("/")
    return f"{path}/{last.partition(':')[0]}" if path else last.partition(":")[0]
