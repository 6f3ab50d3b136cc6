"""Renders overlays with kustomize, and makes sure that the result names the images that it should."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from gitops import processes
from gitops.deadline import Deadline
from gitops.errors import BadInput, DoesNotRender, LeavesTheRepository, TooSlow
from gitops.model import COMPONENTS
from gitops.overlays import equivalence, kustomize_graph
from gitops.overlays.store import OVERLAYS, Overlay
from gitops.processes import MEBIBYTE, TooMuch

LONGEST_COMMAND = 300.0
"""Seconds that all renders of one command may take together; one that has begun is ended by a bound of its own."""
_SECONDS = 60
_MOST = 16 * MEBIBYTE
_FEW = 10
_MEMORY = 512 * MEBIBYTE
# The first of each kind that works here cuts off the network, or bounds the memory.
_BOUNDS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("unshare", "--net"), ("unshare", "--user", "--map-root-user", "--net")),
    (("prlimit", f"--data={_MEMORY}"),),
)
# Go collects no garbage before there is so much of it: kustomize ends sooner, and takes half the processor time.
_COLLECTION = {"GOGC": "off", "GOMEMLIMIT": f"{_MEMORY // 2}"}
_NOWHERE = "http://127.0.0.1:9"
# Looks at `image:` lines only, since a ConfigMap may hold anything.
_IMAGE = re.compile(r"^\s*(?:- )?image: [\"']?([^\s\"']+)[\"']?$", re.MULTILINE)


def faults(overlays: Iterable[Overlay], deadline: Deadline) -> dict[str, DoesNotRender]:
    """By name, what is wrong with the overlays that do not render to the images that they name.

    Of overlays that are alike one is rendered, and what is wrong with it is wrong with all of them. Raises TooSlow.
    """
    groups = equivalence.groups(overlays)
    with ThreadPoolExecutor() as pool:
        errors = list(pool.map(lambda group: _fault(group[0].overlay, deadline), groups))
    return {one.overlay.name: fault for group, fault in zip(groups, errors, strict=True) if fault for one in group}


def rendered_images(manifests: str) -> set[str]:
    return set(_IMAGE.findall(manifests))


def _fault(overlay: Overlay, deadline: Deadline) -> DoesNotRender | None:
    try:
        rendered = rendered_images(render(overlay, deadline))
    except DoesNotRender as error:
        return error
    for component, image in overlay.images.items():
        if image.reference not in rendered:
            return DoesNotRender(
                f"The overlay {overlay.name} should run {image.reference} as {component}, but no container of it does.",
                f"Give the entry for it in `images` of {overlay.kustomization} the `name` that the container has in "
                f"the base, without tag: {_names_like(COMPONENTS[component].image, rendered)}.",
            )
    return None


def _names_like(image: str, rendered: set[str]) -> str:
    """The names of what seem to be a component's containers."""
    names = {re.sub(r"(:[^/]*)?(@.*)?$", "", reference) for reference in rendered}
    return " or ".join(sorted(name for name in names if name.endswith(image))) or "none has a name like it"


def render(overlay: Overlay, deadline: Deadline) -> str:
    """The overlay's manifests. Raises DoesNotRender; LeavesTheRepository and TooSlow without having run anything."""
    if deadline.has_passed:
        raise TooSlow(
            f"The overlay {overlay.name} was not rendered: those before it took the {deadline.seconds:.0f} seconds "
            "that all of a command may take together.",
            "Look with `kustomize build` which are slow, and simplify or remove them.",
        )
    if problems := list(kustomize_graph.problems(overlay.root, f"{OVERLAYS}/{overlay.name}")):
        raise LeavesTheRepository(
            "\n".join([f"The overlay {overlay.name} is not rendered:", *problems[:_FEW]]),
            "Name files and folders of k8s/ by plain relative paths, and copy what comes from elsewhere.",
        )
    with tempfile.TemporaryDirectory(prefix="gitops-home-") as home:
        words = [*_confinement(), *_command(), str(overlay.folder)]
        try:
            done = processes.run(words, seconds=_SECONDS, most=_MOST, environment=_environment(home))
        except TooMuch as error:
            raise DoesNotRender(f"The overlay {overlay.name} does not render: kustomize {error}.") from error
    if done.returncode != 0:
        raise DoesNotRender(f"The overlay {overlay.name} does not render: {_error(done.stderr, overlay)}")
    return done.stdout


def _error(said: str, overlay: Overlay) -> str:
    """What kustomize says last, which is the cause, then the rest; paths are the repository's."""
    if said.startswith("fatal error: runtime:"):  # a fault of Go, with the stacks of all its threads
        return f"kustomize needs more than {_MEMORY // MEBIBYTE} MiB of memory."
    lines = [line for line in said.replace(f"{overlay.root}/", "").splitlines() if line.strip(" `")]
    errors = [index for index, line in enumerate(lines) if line.startswith("Error:")]
    *rest, last = [line.strip(" `:") for line in lines[errors[-1] if errors else 0 :]] or ["no reason is given"]
    return " ".join([last.removeprefix("Error: "), *([f"({' '.join(rest)})"] if rest else [])])


def _environment(home: str) -> dict[str, str]:
    """An environment without secrets, in which git reaches nothing: what the overlay names is untrusted."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), _NOWHERE)
    nothing = {"HOME": home, "GIT_ALLOW_PROTOCOL": "none", "GIT_CONFIG_NOSYSTEM": "1"}
    return {**kept, **nothing, **proxies, **_COLLECTION}


@cache
def _confinement() -> tuple[str, ...]:
    """The words before a command that run it without a network and in bounded memory, where the system can do that."""
    return tuple(word for kind in _BOUNDS for word in next(filter(processes.works, kind), ()))


def _command() -> tuple[str, ...]:
    for program, *verb in (["kustomize", "build"], ["kubectl", "kustomize"]):
        if shutil.which(program):
            return program, *verb
    raise BadInput(
        "What would be committed cannot be rendered: neither kustomize nor kubectl is on PATH.",
        "Install one of them, or say --no-render to commit unseen.",
        "https://kubectl.docs.kubernetes.io/installation/kustomize/",
    )
