"""URLs of this cluster in the environment of containers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlsplit

from gitops.manifests.objects import Object, Objects, Path, Workload, at, name, namespace, services, workloads
from gitops.manifests.program import Programs, running
from gitops.manifests.rule import program_rule, rule
from gitops.manifests.rules.ports import has_port, service_beside
from gitops.manifests.violation import Violation
from gitops.text import Text

_VARIABLE = re.compile(r"\$\((\w+)\)")
# service, service.namespace or service.namespace.svc.cluster.local; the second may as well be a host of the world.
_HOST = re.compile(r"(?P<service>[a-z0-9-]+)(?:\.(?P<namespace>[a-z0-9-]+)(?:\.svc(?P<domain>\.[a-z0-9.-]+)?)?)?")


@dataclass(frozen=True)
class Url:
    """An http URL in the environment of a container whose host may be a Service.

    `namespace` is empty for the caller's own; `full` tells whether the host is a name of the cluster's DNS as a whole.
    """

    caller: Workload
    variable: Object
    path: Path
    service: str
    namespace: str
    port: int
    full: bool

    @property
    def text(self) -> str:
        return f"{self.variable['name']} is {self.variable['value']}"


@rule(
    "error",
    why=Text(
        "The caller finds no such host, or no such port.", "呼び出す側から見て、そのホストまたはポートがありません。"
    ),
    fix=Text("Name a Service and its port.", "実在する Service とそのポートを書きます。"),
)
def urls_name_services(objects: Objects) -> list[Violation]:
    """A URL in the environment whose host is in the cluster names a Service and one of its ports."""
    return [found for url in urls(objects) for found in _unreachable(objects, url)]


@program_rule(
    "error",
    why=Text(
        "nginx asks the cluster's DNS itself, without the pod's search domains: no such host, and visitors get 503.",
        "nginx は Pod の検索ドメインを使わずに DNS に尋ねるので、ホストが見つからず、利用者には 503 が返ります。",
    ),
    fix=Text(
        "Write the whole name, with the namespace: http://backend.$(NAMESPACE).svc.cluster.local:8000.",
        "名前空間を含む完全な名前 http://backend.$(NAMESPACE).svc.cluster.local:8000 を書きます。",
    ),
)
def nginx_is_given_whole_names(objects: Objects, programs: Programs) -> list[Violation]:
    asking = [(one, program.variables) for _, one, program in running(objects, programs) if program.asks_dns]
    return [
        Violation(url.caller.reference, f"{url.text}, a short name that nginx cannot look up", url.path)
        for url in urls(objects)
        for container, read in asking
        if not url.full and url.service != "localhost"
        if url.variable["name"] in read and any(url.variable is one for one in container.get("env") or ())
    ]


def urls(objects: Objects) -> Iterator[Url]:
    """Those that lead to a Service of the caller's own namespace, as far as their hosts tell."""
    for work in workloads(objects):
        for container in work.containers:
            own = namespace(work.object) or "default"
            known = dict(_known(container, own))
            for variable in container.get("env") or ():
                path = work.of(container, "env", variable.get("name", ""), "value")
                host, port = _address(_filled(str(variable.get("value") or ""), known))
                if found := _HOST.fullmatch(host):
                    where = "" if found["namespace"] in (None, own) else found["namespace"]
                    yield Url(work, variable, path, found["service"], where, port, bool(found["domain"]))


def service_of(objects: Objects, url: Url) -> Object | None:
    """The Service that it leads to."""
    return None if url.namespace else service_beside(objects, url.caller.object, url.service)


def _unreachable(objects: Objects, url: Url) -> Iterator[Violation]:
    where, service = url.caller.reference, service_of(objects, url)
    if url.namespace or url.service == "localhost":
        return
    if service is not None:
        if not has_port(service, url.port):
            yield Violation(where, f"{url.text}, but Service {url.service} has no port {url.port}", url.path)
        return
    near = [name(one) for one in services(objects) if namespace(one) == namespace(url.caller.object)]
    own = [one for one in near if url.variable["name"].lower().replace("_", "-").startswith(f"{one}-")]
    if like := own or get_close_matches(url.service, near, n=1):
        yield Violation(where, f"{url.text}, but the Service is called {like[0]}", url.path)
    else:
        yield Violation(
            where, f"{url.text}, and whether there is a Service {url.service} is not said here", url.path, False
        )


def _known(container: Object, own: str) -> Iterator[tuple[str, str]]:
    """What the container's variables stand for, as far as it is written down."""
    for variable in container.get("env") or ():
        if at(variable, "valueFrom", "fieldRef", "fieldPath") == "metadata.namespace":
            yield variable["name"], own
        elif "value" in variable:
            yield variable["name"], str(variable["value"])


def _filled(text: str, known: dict[str, str]) -> str:
    return _VARIABLE.sub(lambda found: known.get(found[1], found[0]), text)


def _address(text: str) -> tuple[str, int]:
    """Host and port of an http URL; ("", 0) for anything else."""
    try:
        url = urlsplit(text)
        return (url.hostname or "", url.port or 80) if url.scheme == "http" else ("", 0)
    except ValueError:
        return "", 0
