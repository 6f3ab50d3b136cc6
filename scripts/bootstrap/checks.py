"""The tools that check and format the code, by the name that is shown."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from bootstrap import page
from bootstrap.environment import python
from bootstrap.processes import Command, CommandError, in_background, say, status


def linters() -> dict[str, Command]:
    return {
        "ruff check": python("-m", "ruff", "check"),
        "ruff format --check": python("-m", "ruff", "format", "--check"),
        "mypy": python("-m", "mypy"),
        "svelte-check": page.npm("check"),
        "eslint": page.npm("lint"),
        "prettier --check": page.npm("fmt"),
    }


def formatters() -> dict[str, Command]:
    return {
        "ruff check --fix": python("-m", "ruff", "check", "--fix"),
        "ruff format": python("-m", "ruff", "format"),
        "prettier --write": page.npm("format"),
    }


@dataclass(frozen=True)
class Part:
    """Some of the tests, and whether they need the Python environment and the built page."""

    commands: Mapping[str, Command]
    python: bool = True
    page: bool = False

    def __or__(self, other: "Part") -> "Part":
        return Part({**self.commands, **other.commands}, self.python or other.python, self.page or other.page)


def parts() -> dict[str, Part]:
    """The tests by what they are about. CI runs each part on a machine of its own."""
    pipeline = _parallel("tests/gitops", "tests/k8s", "tests/practice", "tests/tooling", "tests/workflows")
    # These mostly wait: more than there are cores run side by side. The rehearsal takes longest, and goes first.
    containers = _parallel("--no-loadscope-reorder", "tests/rehearsal", "tests/containers", processes=3)
    of_the_page = {"JavaScript budget": page.npm("budget"), "vitest": page.npm("test")}
    return {
        "pipeline": Part({"pytest of the pipeline": pipeline}),
        "backend": Part({"pytest of the backend": _parallel("tests/backend")}),
        "frontend": Part(of_the_page, python=False, page=True),
        "browser": Part({"pytest in the browser": _parallel("tests/e2e")}, page=True),
        "containers": Part({"pytest of the containers": containers}),
        # CI on GitHub has no cluster, and leaves this part out.
        "cluster": Part({"pytest on the cluster": _parallel("tests/cluster")}),
    }


def tests(arguments: Sequence[str]) -> Part:
    """Every test; or the parts with these names; or pytest alone, with these arguments."""
    known = parts()
    if not arguments:
        # A container that starts or ends changes the network, at which chromium gives up what it loads; and whatever
        # changes on a cluster may cut the connections of containers on the same machine: each of these goes alone.
        # On the cluster a test mostly waits, so the rest runs meanwhile.
        cluster = {name: replace(command, in_background=True) for name, command in known["cluster"].commands.items()}
        rest = _parallel(*(f"--ignore=tests/{folder}" for folder in ("e2e", "containers", "rehearsal", "cluster")))
        alone = known["frontend"] | known["browser"] | known["containers"]
        return alone | Part({**cluster, "pytest": rest})
    if known.keys() >= set(arguments):
        return reduce(or_, (known[name] for name in arguments))
    return Part({"pytest": python("-m", "pytest", *arguments)}, page=True)


def _parallel(*arguments: str, processes: int = 2) -> Command:
    """pytest on both cores of a small machine; each file has one process, which makes its fixtures once."""
    return python("-m", "pytest", "-q", "-n", str(processes), "--dist", "loadfile", *arguments)


def benches(arguments: Sequence[str]) -> dict[str, Command]:
    sections = {
        "overload": {"bench of overload": python("-m", "tests.bench.overload")},
        "worst": {"bench of the costliest requests": python("-m", "tests.bench.worst")},
        "opensearch": {"bench beside OpenSearch": python("-m", "tests.bench.opensearch")},
        "library": {"bench of larger libraries": python("-m", "tests.bench.library")},
        "cluster": {"bench of a deploy": python("-m", "tests.bench.cluster")},
    }
    if len(arguments) == 1 and arguments[0] in sections:
        return sections[arguments[0]]
    search = {"bench of the search": python("-m", "tests.bench", *arguments)}
    if arguments:
        return search
    return {
        **search,
        **sections["overload"],
        **sections["worst"],
        "bench of gitops update": python("-m", "tests.bench.pipeline"),
        "bench of gitops doctor": python("-m", "tests.bench.doctor"),
        "bench of gitops explain-log": python("-m", "tests.bench.logs"),
        "bench of gitops practice": python("-m", "tests.bench.practice"),
    }


def run_all(commands: Mapping[str, Command]) -> None:
    """Runs every command, also after one that fails; shows those in the background last.

    Raises CommandError that names those that failed.
    """
    failed = []
    with ExitStack() as background:
        ends: dict[str, Callable[[], int]] = {}
        for name, command in commands.items():
            if command.in_background:
                say(f"{name}: runs in the background, and is shown at the end")
                ends[name] = background.enter_context(in_background(command))
                continue
            say(name)
            if status(command) != 0:
                failed.append(name)
        for name, end in ends.items():
            say(name)
            if end() != 0:
                failed.append(name)
    if failed:
        raise CommandError(f"These found something, see above: {', '.join(failed)}")
