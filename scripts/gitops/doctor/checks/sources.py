"""Compares what the images are built from with what the cluster asks of them."""

import re
from collections.abc import Iterator

from gitops.doctor import dockerfile
from gitops.doctor.check import Problem, check
from gitops.doctor.checkout import Checkout
from gitops.doctor.nodes import Location
from gitops.manifests.objects import at, short_name, workloads
from gitops.model import COMPONENTS
from gitops.text import Text

_LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?")
_TESTS = re.compile(r"\.(?:test|spec)\.[jt]s$|/test/")
_NUMBER = re.compile(r"[1-9]\d*(?::\d+)?")


@check(
    "error",
    why=Text(
        "localhost is the visitor's own machine: the page works for its author alone, and the proxy is never used.",
        "localhost は見る人自身のパソコンです。ページは作者の手元でしか動かず、プロキシーは使われません。",
    ),
    fix="Call a path such as /api/search; nginx, and Vite while developing, pass it on.",
)
def the_page_calls_its_own_origin(checkout: Checkout) -> Iterator[Problem]:
    for path, text in checkout.texts(".ts", ".js", ".svelte", ".html", ".env", under="frontend/"):
        if path.startswith(("frontend/src/", "frontend/index.html", "frontend/.env")) and not _TESTS.search(path):
            for match in _LOCAL.finditer(text):
                yield Problem(
                    Location(path, text.count("\n", 0, match.start()) + 1), f"the browser is to call {match[0]}"
                )


@check(
    "error",
    why=Text(
        "A container of this image publishes a port on which nothing listens.",
        "このイメージのコンテナーは、何も待ち受けていないポートを公開します。",
    ),
    fix="Give EXPOSE the number that the program is told.",
)
def images_expose_the_ports_on_which_they_listen(checkout: Checkout) -> Iterator[Problem]:
    for component, application in COMPONENTS.items():
        path, listening = f"{component}/Dockerfile", checkout.sources.programs[application.image].ports
        for line, ports in dockerfile.last(checkout.files.get(path, ""), "EXPOSE"):
            for port in re.findall(r"\d+", ports) if listening else ():
                if port not in listening:
                    what = f"the image listens on {', '.join(sorted(listening))}, not on {port}"
                    yield Problem(Location(path, line), what)


@check(
    "error",
    why=Text(
        "With runAsNonRoot the kubelet refuses an image whose user it cannot tell from root: "
        "CreateContainerConfigError.",
        "runAsNonRoot があると、ユーザーが root かどうか分からないイメージを kubelet が拒否します（Create"
        "ContainerConfigError）。",
    ),
    fix="End the Dockerfile with USER and a number that is not 0.",
)
def images_name_their_user_by_number(checkout: Checkout) -> Iterator[Problem]:
    """Images whose pods all state a user are left out; a base image may state one that cannot be seen here."""
    for component, application in COMPONENTS.items():
        path = f"{component}/Dockerfile"
        *_, (line, user) = [(1, ""), *dockerfile.last(checkout.files.get(path, ""), "USER")]
        if path in checkout.files and not _NUMBER.fullmatch(user) and not _users_are_given(checkout, application.image):
            what = (
                f"the image's user is {user}"
                if user
                else "the image's user is that of its base image, which is not seen here"
            )
            yield Problem(Location(path, line), what, decided=bool(user))


def _users_are_given(checkout: Checkout, image: str) -> bool:
    """Whether all pods with the image have runAsUser, for the pod or for the container."""
    works = [work for overlay in checkout.rendered.values() for work in workloads(overlay.objects)]
    users = [
        at(container, "securityContext", "runAsUser", default=at(work.pod, "securityContext", "runAsUser"))
        for work in works
        for container in work.containers
        if short_name(str(container.get("image"))) == image
    ]
    return bool(users) and all(users)
