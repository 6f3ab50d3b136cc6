"""What the images are made of, against what the cluster asks of them."""

import re
from collections.abc import Iterator

from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout, containers_of
from gitops.doctor.nodes import Node, Place
from gitops.model import COMPONENTS

_LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?")
_TESTS = re.compile(r"\.(?:test|spec)\.[jt]s$|/test/")
_EXPOSE = re.compile(r"^EXPOSE\s+(\d+)", re.MULTILINE)
_USER = re.compile(r"^USER\s+(\S+)", re.MULTILINE)


@check(
    "error",
    why="localhost is the visitor's own machine: the page works for its author alone, and the proxy is never used.",
    mend="Call a path such as /api/search; nginx, and Vite while developing, pass it on.",
)
def the_page_calls_its_own_origin(checkout: Checkout) -> Iterator[Problem]:
    for path, text in checkout.texts(".ts", ".js", ".svelte", ".html", ".env", under="frontend/"):
        if path.startswith(("frontend/src/", "frontend/index.html", "frontend/.env")) and not _TESTS.search(path):
            for found in _LOCAL.finditer(text):
                yield Problem(Place(path, text.count("\n", 0, found.start()) + 1), f"the browser is to call {found[0]}")


@check(
    "error",
    why="The Service sends requests to a port on which nobody listens.",
    mend="Give containerPort the port that the image EXPOSEs.",
)
def container_ports_are_those_of_the_image(checkout: Checkout) -> Iterator[Problem]:
    for container, text in _containers(checkout):
        exposed = _EXPOSE.findall(text)
        for port in container.at("ports").items():
            if exposed and port.at("containerPort").text not in exposed:
                place = port.at("containerPort").place
                yield Problem(
                    place, f"the image listens on {', '.join(exposed)}, not on {port.at('containerPort').text}"
                )


@check(
    "error",
    why="With runAsNonRoot the kubelet refuses an image whose user it cannot tell from root: "
    "CreateContainerConfigError.",
    mend="End the Dockerfile with USER and a number that is not 0.",
)
def images_name_their_user_by_number(checkout: Checkout) -> Iterator[Problem]:
    for component in COMPONENTS:
        path = f"{component}/Dockerfile"
        text = checkout.files.get(path, "")
        users = list(_USER.finditer(text))
        user = users[-1][1] if users else "root"
        if text and not re.fullmatch(r"[1-9]\d*(?::\d+)?", user):
            line = text.count("\n", 0, users[-1].start()) + 1 if users else 1
            yield Problem(Place(path, line), f"the image's user is {user}")


def _containers(checkout: Checkout) -> Iterator[tuple[Node, str]]:
    """Each container of the manifests that has an image of ours, and the text of its Dockerfile."""
    dockerfiles = {one.image: checkout.files.get(f"{name}/Dockerfile", "") for name, one in COMPONENTS.items()}
    for manifest in checkout.manifests:
        for container in containers_of(manifest):
            if (image := container.at("image").text) in dockerfiles:
                yield container, dockerfiles[image]
