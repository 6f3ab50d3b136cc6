"""The tools that check and format the code, by the name that is shown."""

from collections.abc import Sequence

from bootstrap import page
from bootstrap.environment import python
from bootstrap.processes import Command, CommandError, say, status


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


def parts() -> dict[str, dict[str, Command]]:
    """The tests by what they are about. CI runs each part on a machine of its own."""
    return {
        "pipeline": {
            "pytest of the pipeline": _parallel("tests/gitops", "tests/k8s", "tests/tooling", "tests/workflows"),
        },
        "backend": {"pytest of the backend": _parallel("tests/backend")},
        "frontend": {"JavaScript budget": page.npm("budget"), "vitest": page.npm("test")},
        "browser": {"pytest in the browser": _parallel("tests/e2e")},
        "containers": {"pytest of the containers": _parallel("tests/containers", "tests/rehearsal")},
    }


def tests(arguments: Sequence[str]) -> dict[str, Command]:
    """Every test; or the parts with these names; or pytest alone, with these arguments."""
    known = parts()
    if not arguments:
        # pytest comes last, since it names what was left out; each file has one process, which makes its fixtures once.
        # A container that starts or ends changes the network, at which chromium gives up what it loads: these two wait
        # for each other.
        return {**known["frontend"], **known["browser"], "pytest": _parallel("--ignore=tests/e2e")}
    if known.keys() >= set(arguments):
        return {name: command for part in arguments for name, command in known[part].items()}
    return {"pytest": python("-m", "pytest", *arguments)}


def _parallel(*arguments: str) -> Command:
    return python("-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *arguments)


def benches(arguments: Sequence[str]) -> dict[str, Command]:
    search = {"bench of the search": python("-m", "tests.bench", *arguments)}
    if arguments:
        return search
    return {
        **search,
        "bench of gitops update": python("-m", "tests.bench.pipeline"),
        "bench of gitops doctor": python("-m", "tests.bench.doctor"),
        "bench of gitops explain-log": python("-m", "tests.bench.logs"),
    }


def run_all(commands: dict[str, Command]) -> None:
    """Runs every command, also after one that fails. Raises CommandError that names those that failed."""
    failed = []
    for name, command in commands.items():
        say(name)
        if status(command) != 0:
            failed.append(name)
    if failed:
        raise CommandError(f"These found something, see above: {', '.join(failed)}")
