"""The manifests say what the backend and nginx do: ports, paths, settings and seconds."""

import re
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.api.app import create_app
from app.settings import Settings
from gitops.doctor import dockerfile
from gitops.manifests.objects import Objects, Workload, workloads
from gitops.manifests.program import Program
from gitops.manifests.rules.availability import grace, pre_stop
from gitops.manifests.rules.probes import probes_ask_routes_that_exist
from gitops.manifests.setting import Number
from tests.bench import bars
from tests.containers.manifest import MIB
from tests.gitops.manifests.breaking import Break, Manifests, container
from tests.gitops.manifests.programs import programs
from tests.k8s.kustomize import K8S, OVERLAYS, combination, overlay

NGINX = K8S.parent / "frontend/nginx"
DOCKERFILE = K8S.parent / "frontend/Dockerfile"


@pytest.fixture
def backend() -> Workload:
    return next(work for work in workloads(combination(())) if work.name == "backend")


@pytest.fixture
def frontend() -> Workload:
    return next(work for work in workloads(combination(())) if work.name == "frontend")


@pytest.fixture
def settings(backend: Workload) -> Settings:
    return settings_of(backend)


def settings_of(backend: Workload) -> Settings:
    """The settings as the backend reads them in its container."""
    variables = backend.containers[0]["env"]
    return Settings(
        **{
            variable["name"].removeprefix("GUTENBERG_").lower(): variable.get("value", "a-pod")
            for variable in variables
        }
    )


def mismatched_ports(objects: Objects) -> list[str]:
    """Containers whose ports are not those that uvicorn and nginx listen on."""
    works = {work.name: work for work in workloads(objects)}
    listened = re.findall(r"^\s*listen (\d+);", nginx("templates/default.conf.template"), re.MULTILINE)
    listening = {"backend": {settings_of(works["backend"]).port}, "frontend": set(map(int, listened))}
    return [name for name, work in works.items() if set(work.ports) != listening[name]]


def routes() -> set[str]:
    return set(create_app(Settings(), None).openapi()["paths"])


def nginx(file: str) -> str:
    return Path(NGINX, file).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OVERLAYS)
def test_uvicorn_and_nginx_listen_on_the_ports_of_their_containers(name: str) -> None:
    assert mismatched_ports(overlay(name)) == []


def another_port_of_the_backend(manifests: Manifests) -> None:
    container(manifests)["ports"][0]["containerPort"] = 8080


def another_port_that_uvicorn_is_told(manifests: Manifests) -> None:
    container(manifests)["env"].append({"name": "GUTENBERG_PORT", "value": "9000"})


def another_port_of_the_frontend(manifests: Manifests) -> None:
    container(manifests, "frontend")["ports"][0]["containerPort"] = 80


@pytest.mark.parametrize(
    ("change", "mismatch"),
    [
        (another_port_of_the_backend, "backend"),
        (another_port_that_uvicorn_is_told, "backend"),
        (another_port_of_the_frontend, "frontend"),
    ],
)
def test_a_port_that_nothing_listens_on_is_found(change: Break, mismatch: str) -> None:
    manifests = deepcopy([dict(one) for one in combination(())])
    change(manifests)
    assert mismatched_ports(manifests) == [mismatch]


def test_settings_in_the_manifest_are_settings_of_the_backend(backend: Workload) -> None:
    known = {f"GUTENBERG_{name.upper()}" for name in Settings.model_fields}
    assert {variable["name"] for variable in backend.containers[0]["env"]} <= known


def test_the_backend_has_drained_and_ended_before_it_is_killed(backend: Workload, settings: Settings) -> None:
    assert settings.drain_seconds > 0
    assert pre_stop(backend) + settings.drain_seconds + settings.shutdown_seconds < grace(backend)


@pytest.mark.parametrize("name", OVERLAYS)
def test_the_backends_probes_ask_routes_that_it_serves(name: str) -> None:
    known = {"k8s-practice-backend": Program(routes=frozenset(routes()))}
    assert probes_ask_routes_that_exist.of(known)(overlay(name)) == []


def test_prometheus_asks_a_route_of_the_backend() -> None:
    monitor = next(one for one in combination(("monitoring",)) if one["kind"] == "ServiceMonitor")
    assert {endpoint["path"] for endpoint in monitor["spec"]["endpoints"]} <= routes()


SETTINGS = programs()["k8s-practice-backend"].settings
SPELLINGS = st.sampled_from(["debug", "verbose", "Info", "5s", "1e3", "-1", "0", "2.0", "nan", "inf", "65536", " 7"])


@pytest.mark.parametrize("name", SETTINGS)
@given(value=SPELLINGS | st.integers(-10, 70_000).map(str) | st.floats(-1, 700).map(str) | st.text(min_size=1))
def test_the_backend_refuses_what_the_rules_do_not_understand(name: str, value: str) -> None:
    understood = SETTINGS[name].problem(value) == ""
    try:
        Settings.model_validate({name.removeprefix("GUTENBERG_").lower(): value})
    except ValidationError:
        assert not understood
    else:
        # It takes other spellings of a number too: 8000.0 for a port.
        assert understood or isinstance(SETTINGS[name], Number)


def test_every_number_and_pattern_among_the_backends_settings_is_known() -> None:
    numbers = {name for name, field in Settings.model_fields.items() if field.annotation in (int, float)}
    assert {f"GUTENBERG_{name.upper()}" for name in {*numbers, "log_level"}} == set(SETTINGS)


def test_the_rules_know_the_backend_as_it_is() -> None:
    known = programs()["k8s-practice-backend"]
    assert routes() <= known.routes
    assert known.slowest == Decimal(str(Settings().query_seconds))
    assert known.memory == bars.MOST_MEMORY * MIB


class TestNginx:
    def test_its_probes_ask_locations_that_it_serves(self) -> None:
        locations = re.findall(r"location (?:= )?(/\S*) \{", nginx("templates/default.conf.template"))
        known = {"k8s-practice-frontend": Program(routes=frozenset(locations))}
        assert probes_ask_routes_that_exist.of(known)(combination(())) == []

    def test_it_has_ended_before_it_is_killed(self, frontend: Workload) -> None:
        seconds = re.search(r"worker_shutdown_timeout (\d+)s;", nginx("nginx.conf"))
        assert seconds
        assert pre_stop(frontend) + int(seconds[1]) < grace(frontend)

    def test_it_may_write_where_it_does(self, frontend: Workload) -> None:
        mounts = {mount["mountPath"] for mount in frontend.containers[0]["volumeMounts"]}
        written = set(re.findall(r"(?:_temp_path|pid) (/\w+)/", nginx("nginx.conf")))
        assert written | {"/etc/nginx/conf.d"} == mounts

    @pytest.mark.parametrize(("name", "value"), [("BACKEND_URL", "http://backend:8000/api"), ("RATE_LIMIT", "many")])
    def test_the_rules_know_what_it_refuses(self, name: str, value: str) -> None:
        settings = programs()["k8s-practice-frontend"].settings
        assert settings[name].problem(value)
        assert settings[name].problem(dockerfile.environment(DOCKERFILE.read_text(encoding="utf-8"))[name]) == ""
