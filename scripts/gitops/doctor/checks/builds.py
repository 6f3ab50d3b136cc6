"""How images are built, and what workflows and scripts run."""

import re
from collections.abc import Iterator
from functools import lru_cache
from posixpath import join, normpath

from gitops.doctor import dockerfile, wanted
from gitops.doctor.actions.pushes import Push
from gitops.doctor.actions.runs import BUILDER, StepRun
from gitops.doctor.actions.sample_names import NAME, OWNER, SLUG
from gitops.doctor.actions.values import UNKNOWN
from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Location
from gitops.text import Text

_LABEL = "org.opencontainers.image.source"
_PIPED = re.compile(r"\b(?:curl|wget)\b[^\n|#]*(?:\\\n[^\n|#]*)*\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:ba|z|da|k)?sh\b")
_SUBSTITUTED = re.compile(r"\b(?:ba|z|da)?sh\s+(?:<\(|-c\s+\"\$\()\s*(?:curl|wget)\b")


@check(
    "error",
    why=Text(
        "github.repository_owner keeps its upper case letters, and the push is refused: `repository name "
        "must be lowercase`.",
        "github.repository_owner には大文字が残り、push が拒否されます（`repository name must be lowercase`）。",
    ),
    fix='Write it in lower case in a step: echo "name=ghcr.io/${OWNER,,}/image" >> "$GITHUB_OUTPUT".',
)
def workflows_lower_the_owner_in_image_names(checkout: Checkout) -> Iterator[Problem]:
    """An owner without capitals may leave the name as it is, unless forks deploy too."""
    ours = {image.component.image for image in wanted.images(checkout)}
    for push in checkout.sample.all_pushes:
        if push.name != push.name.lower() and (push.image in ours or _has_capitals(push, checkout)):
            yield Problem(push.origin_of_name, f"the owner {OWNER} would push {push.name.replace(UNKNOWN, '<?>')}")


@check(
    "error",
    why=Text(
        "GHCR links a package to its repository by this label alone, when it is first pushed; unlinked, "
        "the next push is denied.",
        "GHCR は、最初の push のときに、このラベルだけを見てパッケージをリポジトリに結び付けます。結び付"
        "かないと、次の push が拒否されます。",
    ),
    fix="Set the label to ${{ github.server_url }}/${{ github.repository }}: https, and without .git.",
)
def images_name_their_source(checkout: Checkout) -> Iterator[Problem]:
    ours = {image.component.image for image in wanted.images(checkout)}
    for push in checkout.sample.pushes:
        if push.image in ours and push.step.step.action == BUILDER:
            yield from _unlinked(push.step, checkout)


@check(
    "error",
    why=Text(
        "Images that share a cache scope overwrite each other's layers, and each build starts from nothing.",
        "キャッシュのスコープが同じイメージは互いの層を上書きし、毎回はじめからビルドします。",
    ),
    fix="Give cache-from and cache-to of each image a `scope` of its own, the same in both.",
)
def build_caches_have_a_scope(checkout: Checkout) -> Iterator[Problem]:
    builds = [step for run in checkout.sample.pushed for _, step in run.steps if step.step.action == BUILDER]
    owners: dict[str, str] = {}
    for step in builds:
        for scope in _scopes(step, "cache-to"):
            if owners.setdefault(scope, _what(step)) != _what(step):
                location = step.step.node.at("with", "cache-to").location
                yield Problem(location, f"{owners[scope]} has the scope {scope} too")
    for step in builds:
        for scope in _scopes(step, "cache-from"):
            if _scopes(step, "cache-to") and owners.get(scope) != _what(step):
                location = step.step.node.at("with", "cache-from").location
                yield Problem(location, f"no build of {_what(step)} writes the scope {scope}")


@check(
    "error",
    why=Text(
        "What the address returns today runs unread, with this job's permissions; it breaks when the branch moves.",
        "そのアドレスが返したものが、誰も読まないまま、このジョブの権限で動きます。ブランチが進むと壊れます。",
    ),
    fix="Install a package or a release whose checksum is checked.",
)
def no_download_is_piped_into_a_shell(checkout: Checkout) -> Iterator[Problem]:
    for path, text in checkout.texts(".yml", ".yaml", ".sh", "Dockerfile", "Makefile", ".ci/run"):
        for line, command in _downloads(text):
            yield Problem(Location(path, line), f"it runs {command!r}")


@check(
    "error",
    why=Text(
        "The parts of an image for several platforms have no tag of their own: with them gone, pods of a "
        "deployed image get `manifest unknown`.",
        "複数のプラットフォームのイメージでは、個々の部分にタグがありません。それらを消すと、デプロイ済み"
        "のイメージの Pod が `manifest unknown` になります。",
    ),
    fix="Delete by age and tag instead, and nothing that an overlay names.",
)
def untagged_images_are_kept(checkout: Checkout) -> Iterator[Problem]:
    for workflow in checkout.workflows:
        for job in workflow.jobs:
            for step in job.steps:
                node = step.node.at("with", "delete-only-untagged-versions")
                kind = step.node.at("with", "package-type").text
                deletes = step.action == "actions/delete-package-versions" and node.text.lower() == "true"
                if deletes and kind in ("", "container", "docker"):
                    yield Problem(node.location, "it deletes what has no tag")


def _has_capitals(push: Push, checkout: Checkout) -> bool:
    """Whether this repository's own name has capitals where the name has the sample's."""
    ours = f"{checkout.remote.owner}/{checkout.remote.name}" if checkout.remote else ""
    parts = zip((OWNER, NAME), ours.split("/"), strict=False)
    return any(sample in push.name and own != own.lower() for sample, own in parts)


def _unlinked(step: StepRun, checkout: Checkout) -> Iterator[Problem]:
    given = dict(line.partition("=")[::2] for line in step.inputs.get("build-args", "").splitlines())
    given = {name.strip(): value.strip() for name, value in given.items()}
    text = checkout.files.get(dockerfile_of(step), "")
    inputs = "\n".join(step.inputs.get(key, "") for key in ("labels", "annotations"))
    label = re.search(rf"{re.escape(_LABEL)}=(\S+)", inputs)
    source = label[1] if label else dockerfile.labels(text, given).get(_LABEL, "")
    if not text or UNKNOWN in inputs + source:
        yield Problem(step.step.location, f"its label {_LABEL} is not known", decided=False)
    elif source.lower() != f"https://github.com/{SLUG}".lower():
        yield _unlinked_at(step, source, text, checkout)


def _unlinked_at(step: StepRun, source: str, text: str, checkout: Checkout) -> Problem:
    if _LABEL not in text and not source:
        return Problem(Location(dockerfile_of(step)), f"it sets no label {_LABEL}")
    key = "labels" if _LABEL in step.inputs.get("labels", "") else "build-args"
    node = step.step.node.at("with", key)
    location = next(
        (location for location, _ in node.search(re.compile(rf"SOURCE|{re.escape(_LABEL)}"))), node.location
    )
    return Problem(location, f"GHCR does not link {source}" if source else f"the label {_LABEL} is empty")


def dockerfile_of(step: StepRun) -> str:
    context = step.inputs.get("context", ".")
    return normpath(step.inputs.get("file") or join(context, "Dockerfile"))


def _what(step: StepRun) -> str:
    """The names of what a build makes: builds of the same may share their cache."""
    target = step.inputs.get("target", "")
    return f"{dockerfile_of(step)}{f' ({target})' if target else ''}"


def _scopes(step: StepRun, key: str) -> list[str]:
    """The scopes of GitHub's cache that a step names, without those that are not known. Source: https://docs.docker.com/build/cache/backends/gha"""
    lines = [line.strip() for line in step.inputs.get(key, "").splitlines() if line.strip().startswith("type=gha")]
    settings = [dict(part.partition("=")[::2] for part in line.split(",")) for line in lines]
    return [scope for setting in settings if UNKNOWN not in (scope := setting.get("scope", "buildkit"))]


@lru_cache(maxsize=4096)
def _downloads(text: str) -> list[tuple[int, str]]:
    """Line and text of each command that runs what it downloads; looked for once, since many checkouts have the same
    file."""
    # Comments become blanks of the same length, so that what follows keeps its place.
    commands = re.sub(r"^\s*#.*$", lambda comment: " " * len(comment[0]), text, flags=re.MULTILINE)
    matches = (match for pattern in (_PIPED, _SUBSTITUTED) for match in pattern.finditer(commands))
    return [(text.count("\n", 0, match.start()) + 1, match[0].strip()) for match in matches]
