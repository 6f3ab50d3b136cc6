"""How images are built, and what workflows and scripts run."""

import re
from collections.abc import Iterator

from gitops.doctor import pushed
from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Place
from gitops.doctor.workflow import Step, Workflow

_COMMIT = re.compile(r"@[0-9a-f]{40}$|^\./|^docker://[^@]+@sha256:[0-9a-f]{64}$")
_LABEL = "org.opencontainers.image.source"
_SOURCE = re.compile(rf"(?:SOURCE|{re.escape(_LABEL)})=(.+)")
_LINKING = re.compile(r"(?:https://|\$\{\{\s*github\.server_url\s*\}\}/)(?!.*\.git$).+")
_PIPED = re.compile(r"\b(?:curl|wget)\b[^\n|#]*(?:\\\n[^\n|#]*)*\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:ba|z|da|k)?sh\b")
_SUBSTITUTED = re.compile(r"\b(?:ba|z|da)?sh\s+(?:<\(|-c\s+\"\$\()\s*(?:curl|wget)\b")
_WRITTEN = r"\$\{\{\s*github\.repository(?:_owner)?\s*\}\}"
_OWNER = re.compile(rf"ghcr\.io/(?:{_WRITTEN}|\$GITHUB_REPOSITORY(?:_OWNER)?\b|\$\{{GITHUB_REPOSITORY(?:_OWNER)?\}})")
_NAME = re.compile(rf"^{_WRITTEN}(?:/[\w./-]+)?$")


@check(
    "error",
    why="github.repository_owner keeps its upper case letters, and the push is refused: "
    "`repository name must be lowercase`.",
    mend='Lower it in a step: echo "name=ghcr.io/${OWNER,,}/image" >> "$GITHUB_OUTPUT".',
)
def workflows_lower_the_owner_in_image_names(checkout: Checkout) -> Iterator[Problem]:
    for workflow in checkout.workflows:
        for place, found in _owners_as_written(workflow):
            yield Problem(place, f"{found[0]} keeps the owner's upper case letters")
    for job in pushed.publishing_jobs(checkout):
        for step in job.steps:
            for name in pushed.references(step):
                if name.replace("OWNER", "") != name.replace("OWNER", "").lower():
                    yield Problem(step.place, f"{name} has upper case letters")


@check(
    "error",
    why="GHCR links a package to its repository by this label alone, when it is first pushed; "
    "unlinked, the next push is denied.",
    mend="Set it to ${{ github.server_url }}/${{ github.repository }}: https, and without .git.",
)
def images_name_their_source(checkout: Checkout) -> Iterator[Problem]:
    for step in _builds(checkout):
        inputs = (step.node.at("with", "build-args"), step.node.at("with", "labels"))
        given = [found for node in inputs for found in node.search(_SOURCE)]
        if not given:
            yield Problem(step.place, f"the image gets no label {_LABEL}")
        for place, found in given:
            if not _LINKING.fullmatch(found[1].strip()):
                yield Problem(place, f"GHCR does not link {found[1]}")
    for path, text in checkout.texts("Dockerfile"):
        if _LABEL not in text:
            yield Problem(Place(path), f"it sets no label {_LABEL}")


@check(
    "error",
    why="Images that share a cache scope overwrite each other's layers, and each build starts from nothing.",
    mend="Give cache-from and cache-to of each image a `scope` of its own.",
)
def build_caches_have_a_scope(checkout: Checkout) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for step in _builds(checkout):
        for key in ("cache-from", "cache-to"):
            node = step.node.at("with", key)
            if "type=gha" not in node.text:
                continue
            scope = re.search(r"scope=([^,\s]+)", node.text)
            if not scope:
                yield Problem(node.place, f"{key} has no scope")
            elif owners.setdefault(scope[1], step.place.path) != step.place.path:
                yield Problem(node.place, f"{owners[scope[1]]} has the scope {scope[1]} too")


@check(
    "error",
    why="A tag of an action can be moved, and then runs whatever its new owner likes, with this repository's token.",
    mend="Pin the commit, with the version as a comment; Dependabot keeps it current.",
)
def actions_are_pinned_by_commit(checkout: Checkout) -> Iterator[Problem]:
    for workflow in checkout.workflows:
        for job in workflow.jobs:
            for node in (job.node.at("uses"), *(step.node.at("uses") for step in job.steps)):
                if node.text and not _COMMIT.search(node.text):
                    yield Problem(node.place, f"{node.text} is not pinned")


@check(
    "error",
    why="Whatever the address answers today is run, unread, with this job's rights; a branch that moves breaks it.",
    mend="Install a package or a release whose checksum is checked.",
)
def no_download_is_piped_into_a_shell(checkout: Checkout) -> Iterator[Problem]:
    for path, text in checkout.texts(".yml", ".yaml", ".sh", "Dockerfile", "Makefile", ".ci/run"):
        for pattern in (_PIPED, _SUBSTITUTED):
            for found in pattern.finditer(text):
                yield Problem(Place(path, text.count("\n", 0, found.start()) + 1), f"it runs {found[0].strip()!r}")


@check(
    "error",
    why="The parts of an image for several platforms have no tag of their own: with them gone, pods of a deployed "
    "image get `manifest unknown`.",
    mend="Delete by age and tag instead, and nothing that an overlay names.",
)
def untagged_images_are_kept(checkout: Checkout) -> Iterator[Problem]:
    for workflow in checkout.workflows:
        for job in workflow.jobs:
            for step in job.steps:
                node = step.node.at("with", "delete-only-untagged-versions")
                if step.action == "actions/delete-package-versions" and node.text.lower() == "true":
                    yield Problem(node.place, "it deletes what has no tag")


def _builds(checkout: Checkout) -> Iterator[Step]:
    jobs = pushed.publishing_jobs(checkout)
    return (step for job in jobs for step in job.steps if step.publishes and step.action)


def _owners_as_written(workflow: Workflow) -> Iterator[tuple[Place, re.Match[str]]]:
    """In image names, and in variables called after one; docker/metadata-action lowers what it is given."""
    if any(step.action == pushed.METADATA for job in workflow.jobs for step in job.steps):
        return
    for node in workflow.node.every():
        if isinstance(node.value, str):
            yield from node.search(_OWNER)
        for key, child in node.entries():
            if "image" in key.lower():
                yield from child.search(_NAME)
