"""What the sources of the application say: settings, ports, routes and files. They are read as data, and never run."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from gitops.doctor import compose, dockerfile, variables
from gitops.manifests.program import Program
from gitops.manifests.setting import Setting
from gitops.model import COMPONENTS

BACKEND, FRONTEND = "backend", "frontend"
_NGINX = (".sh", ".conf", ".template")
# Bytes that each holds after many requests; the backend's is the bar of `make bench`.
_MEMORY = {BACKEND: 100 * 2**20, FRONTEND: 16 * 2**20}
_SLOWEST_OF_NGINX = Decimal(1)
_PLACES = (f"{BACKEND}/", f"{FRONTEND}/", "compose.yaml")
_METHODS = {"get", "head", "api_route", "route"}
# What FastAPI adds, by the argument that moves it, or with None removes it.
# Source: https://fastapi.tiangolo.com/tutorial/metadata/
_DOCUMENTATION = {"docs_url": "/docs", "redoc_url": "/redoc", "openapi_url": "/openapi.json"}
_LISTEN = re.compile(r"^\s*listen\s+(?:\S+:)?(\d+)\b", re.MULTILINE)
_SHUTDOWN = re.compile(r"^\s*worker_shutdown_timeout\s+(\d+)s;", re.MULTILINE)
_LOCATION = re.compile(r"^\s*location\s+(=|\^~)?\s*(/\S*)\s*\{", re.MULTILINE)
_RESOLVER = re.compile(r"^\s*resolver\s", re.MULTILINE)
_WORD = re.compile(r"\b[A-Z][A-Z0-9_]{2,}\b")


@dataclass(frozen=True)
class Settings:
    """The variables that pydantic-settings reads, by name, with their default where that is written out, and
    with what they may say."""

    prefix: str
    defaults: dict[str, Any]
    understood: dict[str, Setting]


@dataclass(frozen=True)
class Sources:
    """The application's sources; `files` are their texts by path."""

    files: Mapping[str, str]

    @cached_property
    def settings(self) -> Settings | None:
        """The settings of the first class whose variables have a prefix."""
        return next((found for text in self._modules if (found := _settings(text))), None)

    @cached_property
    def routes(self) -> set[str]:
        """The paths of the backend's routes, in FastAPI's notation: /books/{book}."""
        prefixes = {prefix for text in self._modules for prefix in _prefixes(text)}
        declared = {route for text in self._modules for route in _routes(text)}
        return {f"{prefix}{route}" for prefix in ("", *prefixes) for route in declared}

    @cached_property
    def programs(self) -> dict[str, Program]:
        """The programs in the images, by the last part of the image's name."""
        own = self.settings or Settings("", {}, {})
        shutdown = [seconds for text in self._nginx for seconds in _SHUTDOWN.findall(text)]
        return {
            COMPONENTS[BACKEND].image: Program(
                variables=self._variables(BACKEND, ".py"),
                prefix=own.prefix,
                ports=self._ports_of_backend,
                routes=frozenset(self.routes),
                settings=own.understood,
                slowest=Decimal(str(own.defaults.get(f"{own.prefix}QUERY_SECONDS") or 0)),
                memory=_MEMORY[BACKEND],
                ending={
                    name: Decimal(str(own.defaults[name] or 0))
                    for name in (f"{own.prefix}DRAIN_SECONDS", f"{own.prefix}SHUTDOWN_SECONDS")
                    if name in own.defaults
                },
                written=self._container(BACKEND).writable,
                processor=self._container(BACKEND).processor,
                files=dockerfile.copied(self._dockerfile(BACKEND)),
                environment=dockerfile.environment(self._dockerfile(BACKEND)),
            ),
            COMPONENTS[FRONTEND].image: Program(
                variables=self._variables(FRONTEND, *_NGINX),
                ports=self._ports_of_frontend,
                routes=self._locations,
                settings={name: default for text in self._nginx for name, default in variables.of_script(text).items()},
                slowest=_SLOWEST_OF_NGINX,
                memory=_MEMORY[FRONTEND],
                ending={"worker_shutdown_timeout": Decimal(sum(map(int, shutdown)))},
                asks_dns=any(map(_RESOLVER.search, self._nginx)),
                written=self._container(FRONTEND).writable,
                processor=self._container(FRONTEND).processor,
                files=dockerfile.copied(self._dockerfile(FRONTEND)),
                environment=dockerfile.environment(self._dockerfile(FRONTEND)),
            ),
        }

    def texts(self, component: str, *suffixes: str) -> list[str]:
        return [
            text for path, text in self.files.items() if path.startswith(f"{component}/") and path.endswith(suffixes)
        ]

    def _variables(self, component: str, *suffixes: str) -> frozenset[str]:
        """The words in the sources that may be names of variables; empty when there are no sources."""
        own = self.settings.defaults if component == BACKEND and self.settings else {}
        texts = self.texts(component, *suffixes, "Dockerfile")
        return frozenset(own).union(*map(_words, texts))

    @property
    def _ports_of_backend(self) -> frozenset[str]:
        """The port of the settings, unless the image sets another one."""
        if self.settings is None:
            return frozenset()
        name = f"{self.settings.prefix}PORT"
        image = dockerfile.environment(self._dockerfile(BACKEND))
        port = image.get(name, self.settings.defaults.get(name))
        return frozenset() if port is None else frozenset({str(port)})

    @property
    def _ports_of_frontend(self) -> frozenset[str]:
        return frozenset(port for text in self._nginx for port in _LISTEN.findall(text))

    @property
    def _locations(self) -> frozenset[str]:
        """The locations that nginx serves: a prefix, or with `=` one exact path."""
        locations = (location for text in self._nginx for location in _LOCATION.findall(text))
        return frozenset(path if sign == "=" else f"{path}{{path:path}}" for sign, path in locations)

    def _container(self, component: str) -> compose.Service:
        return compose.service(self.files.get("compose.yaml", ""), component)

    def _dockerfile(self, component: str) -> str:
        return self.files.get(f"{component}/Dockerfile", "")

    @property
    def _nginx(self) -> list[str]:
        return self.texts(f"{FRONTEND}/nginx", *_NGINX)

    @property
    def _modules(self) -> list[str]:
        return self.texts(f"{BACKEND}/app", ".py")


# What sources and texts say is looked for once: many checkouts have the same.


def sources_in(files: Mapping[str, str]) -> Sources:
    """The sources among all files of a checkout."""
    return _sources(tuple(sorted((path, text) for path, text in files.items() if path.startswith(_PLACES))))


@lru_cache(maxsize=64)
def _sources(files: tuple[tuple[str, str], ...]) -> Sources:
    return Sources(dict(files))


@lru_cache(maxsize=1024)
def _settings(text: str) -> Settings | None:
    for node in _nodes(text) if "env_prefix" in text else ():
        if isinstance(node, ast.ClassDef) and (prefix := _prefix(node)):
            fields = [field for field in node.body if isinstance(field, ast.AnnAssign)]
            named = {f"{prefix}{ast.unparse(field.target)}".upper(): _default(field.value) for field in fields}
            return Settings(prefix.upper(), named, variables.of_class(node, prefix, _nodes(text)))
    return None


@lru_cache(maxsize=1024)
def _prefixes(text: str) -> frozenset[str]:
    prefixes = (str(_keyword(node, "prefix", "")) for node in _calls(text))
    return frozenset(prefix for prefix in prefixes if prefix.startswith("/"))


@lru_cache(maxsize=1024)
def _routes(text: str) -> frozenset[str]:
    return frozenset(route for node in _calls(text) for route in _routes_of(node))


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


def _routes_of(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    path = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    if name in _METHODS and isinstance(path, str) and path.startswith("/"):
        yield path
    elif name == "mount" and isinstance(path, str):
        yield f"{path.rstrip('/')}/{{path:path}}"
    elif name == "FastAPI":
        given = (_keyword(call, argument, usual) for argument, usual in _DOCUMENTATION.items())
        yield from (value for value in given if isinstance(value, str))


def _prefix(node: ast.ClassDef) -> str:
    calls = (line.value for line in node.body if isinstance(line, ast.Assign) and isinstance(line.value, ast.Call))
    return next((prefix for call in calls if isinstance(prefix := _keyword(call, "env_prefix"), str)), "")


def _default(value: ast.expr | None) -> Any:
    """The constant itself, or the first argument of Field(…)."""
    first = value.args[0] if isinstance(value, ast.Call) and value.args else value
    return first.value if isinstance(first, ast.Constant) else None


def _keyword(call: ast.Call, name: str, default: Any = None) -> Any:
    """The constant that a call passes for this argument; the default for anything else."""
    given = (keyword.value for keyword in call.keywords if keyword.arg == name)
    return next((value.value if isinstance(value, ast.Constant) else default for value in given), default)


@lru_cache(maxsize=1024)
def _calls(text: str) -> list[ast.Call]:
    return [node for node in _nodes(text) if isinstance(node, ast.Call)]


def _nodes(text: str) -> list[ast.AST]:
    try:
        return list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
