"""URLs of this cluster in the environment of containers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import ip_address
from urllib.parse import urlsplit

from gitops.manifests.environment import Variable, environment, used_too_early
from gitops.manifests.objects import Object, Objects, Workload, at, namespace, services, workloads
from gitops.manifests.objects import name as name_of
from gitops.manifests.program import Programs, program_of, running
from gitops.manifests.rule import program_rule, rule
from gitops.manifests.rules.ports import has_port, service_beside
from gitops.manifests.violation import Violation
from gitops.text import Text

# service, service.namespace or service.namespace.svc.cluster.local; the second may as well be a host of the world.
_HOST = re.compile(r"(?P<service>[a-z0-9-]+)(?:\.(?P<namespace>[a-z0-9-]+)(?:\.svc(?P<domain>\.[a-z0-9.-]+)?)?)?")


@dataclass(frozen=True)
class Url:
    """An http URL in the environment of a container whose host may be a Service.

    `namespace` is empty for the caller's own; `full` tells whether the host is a name of the cluster's DNS as a whole.
    """

    caller: Workload
    container: Object
    variable: Variable
    service: str
    namespace: str
    port: int
    full: bool

    @property
    def text(self) -> str:
        return f"{self.variable.name} is {self.variable.value}"

    def violation(self, what: str, *, decided: bool = True) -> Violation:
        return Violation(self.variable.where, f"{self.text}, {what}", self.variable.path, decided)


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
    """Without the variable the image's own value counts, which is for compose."""
    return [
        *(
            url.violation("a short name that nginx cannot look up")
            for url in urls(objects)
            if not url.full and url.service != "localhost"
            if (program := program_of(url.container, programs)) and program.asks_dns
            if url.variable.name in program.variables
        ),
        *(
            Violation(
                work.reference, f"{name} is not set, so that it is {value}, a short name", work.of(container, "env")
            )
            for work, container, program in running(objects, programs)
            if program.asks_dns
            for name, value in program.environment.items()
            if value.startswith("http://") and "." not in value
            if name not in {variable.name for variable in environment(objects, work, container)}
        ),
    ]


@rule(
    "error",
    why=Text(
        "Kubernetes fills in only what comes before: the program gets $(…) as it is written, and does not start.",
        "Kubernetes が埋めるのは、それより前にある変数だけです。プログラムには $(…) がそのまま渡り、起動しません。",
    ),
    fix=Text(
        "Put the variable that is referred to before the one that refers to it.",
        "参照される変数を、参照する変数より前に書きます。",
    ),
)
def variables_are_defined_before_use(objects: Objects) -> list[Violation]:
    return [
        Violation(work.reference, f"{using} refers to $({used}), which only comes after it", path)
        for work in workloads(objects)
        for container in work.containers
        for using, used in used_too_early(container)
        for path in [work.of(container, "env", using, "value")]
    ]


@program_rule(
    "error",
    why=Text(
        "The page opens, and every search ends in 502, 503 or 504.",
        "ページは開きますが、検索はすべて 502、503、504 のどれかになります。",
    ),
    fix=Text(
        "Let the URL name the Service of the pods that it means, in the same namespace.",
        "同じ名前空間にある、目当ての Pod の Service を URL に書きます。",
    ),
)
def urls_lead_to_pods(objects: Objects, programs: Programs) -> list[Violation]:
    """Only Services of these manifests are looked at: another one may exist in the cluster."""
    inside = {(url.caller.reference, url.variable): url for url in urls(objects)}
    return [
        Violation(
            variable.where,
            f"{variable.name} is {variable.value}, and no pod here answers there",
            variable.path,
            decided=url is not None and url.service == "localhost",
        )
        for work, container, program in running(objects, programs)
        for variable in environment(objects, work, container)
        if variable.name in program.variables and str(variable.value).startswith("http://")
        for url in [inside.get((work.reference, variable))]
        if url is None or not _leads_to_pods(objects, url)
    ]


@program_rule(
    "error",
    why=Text(
        "A pod has another address after each rollout, and then visitors get 502 or 503.",
        "Pod のアドレスはロールアウトのたびに変わり、利用者には 502 か 503 が返るようになります。",
    ),
    fix=Text("Name the Service instead of an address.", "アドレスではなく Service の名前を書きます。"),
)
def urls_have_names_instead_of_addresses(objects: Objects, programs: Programs) -> list[Violation]:
    return [
        Violation(variable.where, f"{variable.name} is {variable.value}, an address instead of a name", variable.path)
        for work, container, program in running(objects, programs)
        for variable in environment(objects, work, container)
        if variable.name in program.variables and _is_address(_address(variable.value or "")[0])
    ]


def urls(objects: Objects) -> Iterator[Url]:
    """The URLs that lead to a Service of the caller's own namespace, as far as their hosts tell."""
    for work in workloads(objects):
        own = namespace(work.object) or "default"
        for container in work.containers:
            for variable in environment(objects, work, container):
                host, port = _address(variable.value or "")
                if match := _HOST.fullmatch(host):
                    where = "" if match["namespace"] in (None, own) else match["namespace"]
                    yield Url(work, container, variable, match["service"], where, port, bool(match["domain"]))


def service_of(objects: Objects, url: Url) -> Object | None:
    """The Service that the URL leads to."""
    return None if url.namespace else service_beside(objects, url.caller.object, url.service)


def _leads_to_pods(objects: Objects, url: Url) -> bool:
    """Whether the Service has pods; true for one that is missing or selects nobody, which other rules find."""
    if url.service == "localhost":
        return url.caller.port(url.port) is not None and len(url.caller.containers) > 1
    service = service_of(objects, url)
    return not url.namespace and (service is None or bool(at(service, "spec", "selector")))


def _unreachable(objects: Objects, url: Url) -> Iterator[Violation]:
    service = service_of(objects, url)
    if url.namespace or url.service == "localhost":
        return
    if service is not None:
        if not has_port(service, url.port):
            yield url.violation(f"but Service {url.service} has no port {url.port}")
        return
    near = [name_of(service) for service in services(objects) if namespace(service) == namespace(url.caller.object)]
    own = [one for one in near if url.variable.name.lower().replace("_", "-").startswith(f"{one}-")]
    if like := own or get_close_matches(url.service, near, n=1):
        yield url.violation(f"but the Service is called {like[0]}")
    else:
        yield url.violation(f"and whether there is a Service {url.service} is not said here", decided=False)


def _is_address(host: str) -> bool:
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return False


def _address(text: str) -> tuple[str, int]:
    """Host and port of an http URL; ("", 0) for anything else."""
    try:
        url = urlsplit(text)
        return (url.hostname or "", url.port or 80) if url.scheme == "http" else ("", 0)
    except ValueError:
        return "", 0
