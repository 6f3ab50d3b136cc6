"""The commands by name. The docstring of each is its help."""

import inspect
import signal
import sys
from collections.abc import Callable, Sequence

from bootstrap import checks, environment, locks, page, server, tools
from bootstrap.cluster import commands as cluster_commands
from bootstrap.environment import python
from bootstrap.processes import CommandError, call


def show_help() -> None:
    """Show this table."""
    print("Usage: make COMMAND  or  python scripts/dev.py COMMAND\n")
    for name, command in COMMANDS.items():
        print(f"  {name:<12} {inspect.getdoc(command)}")


def run() -> None:
    """Build what is missing and serve the application at http://localhost:8080 (PORT=... for another port)."""
    port = server.port()
    environment.install(environment.BUILD)
    page.build()
    server.build_index()
    server.serve(port)


def dev() -> None:
    """Serve with reload: the page at http://localhost:5173, the API at http://localhost:8000."""
    for port in (server.API_PORT, server.PAGE_PORT):
        server.check_free(port, "stop it first.")
    environment.install(environment.BUILD)
    page.install()
    server.build_index()
    server.serve_reloading()


def test(*arguments: str) -> None:
    """Run every test and name what had to be left out; ARGS=backend runs that part, ARGS="-k word" pytest alone."""
    chosen = checks.tests(arguments)
    if chosen.python:
        environment.install(environment.DEVELOPMENT)
    if chosen.page:
        page.build()
    checks.run_all(chosen.commands)


def corpus() -> None:
    """Fetch the corpus and check it by its hash, for the tests that need it."""
    environment.install(environment.DEVELOPMENT)
    server.fetch_corpus()


def lint() -> None:
    """Check style and types, and change nothing."""
    environment.install(environment.DEVELOPMENT)
    page.install()
    checks.run_all(checks.linters())


def reformat() -> None:
    """Format all code, and fix what the linter can."""
    environment.install(environment.DEVELOPMENT)
    page.install()
    checks.run_all(checks.formatters())


def rehearse() -> None:
    """Build both images, push them to a local registry, and deploy them with the workflow's own steps."""
    environment.install(environment.DEVELOPMENT)
    checks.run_all(checks.tests(["tests/rehearsal"]).commands)


def bench(*arguments: str) -> None:
    """Measure search, overload and pipeline; ARGS=quick, overload, worst, library, opensearch or cluster runs one."""
    environment.install(environment.DEVELOPMENT)
    environment.install(environment.BENCH)
    checks.run_all(checks.benches(arguments))


def cluster() -> None:
    """Make a kind cluster with Argo CD, and deploy to it through git; CLUSTER=current uses kubectl's cluster."""
    environment.install(environment.DEVELOPMENT)
    cluster_commands.up()


def deploy(*arguments: str) -> None:
    """Build, push and deploy what is committed, as GitHub does after a push; ARGS=--follow shows each pod."""
    if set(arguments) - {"--follow"}:
        raise CommandError(f"make deploy knows ARGS=--follow, and was given: {' '.join(arguments)}")
    environment.install(environment.DEVELOPMENT)
    cluster_commands.deploy(follow=bool(arguments))


def cluster_down() -> None:
    """Remove what make cluster has made."""
    cluster_commands.down()


def relevance(*arguments: str) -> None:
    """Score the search on queries whose answers are known."""
    environment.install(environment.DEVELOPMENT)
    server.build_index()
    call(python("-m", "tests.relevance", *arguments), "The relevance is not as required, see above.")


def lock(*arguments: str) -> None:
    """Write the lock files anew; ARGS=--upgrade takes the newest versions of dependencies."""
    environment.install(environment.DEVELOPMENT)
    locks.write(arguments)
    page.lock()


def api_types() -> None:
    """Write the page's API types anew from the backend's OpenAPI document."""
    environment.install(environment.BUILD)
    page.install()
    call(python("scripts/openapi.py"), "The API could not be described, for the reason above.")
    call(page.npm("api"), "The types could not be written, for the reason above.")


COMMANDS: dict[str, Callable[..., None]] = {
    "help": show_help,
    "run": run,
    "dev": dev,
    "test": test,
    "corpus": corpus,
    "lint": lint,
    "format": reformat,
    "rehearse": rehearse,
    "bench": bench,
    "cluster": cluster,
    "deploy": deploy,
    "cluster-down": cluster_down,
    "relevance": relevance,
    "lock": lock,
    "api-types": api_types,
}


def main(words: Sequence[str]) -> int:
    """Runs the command that the words name and returns the exit status."""
    _end_on("SIGTERM")
    _end_on("SIGHUP")  # a closed terminal, unless nohup has it ignored; Windows has no such signal
    name, *arguments = words or ["help"]
    try:
        command = _named(name, arguments)
        if command is not show_help:
            tools.check()
        command(*arguments)
    except CommandError as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130
    return 0


def _named(name: str, arguments: Sequence[str]) -> Callable[..., None]:
    if name not in COMMANDS:
        raise CommandError(f"There is no command {name!r}; help lists them all.")
    if arguments and not inspect.signature(COMMANDS[name]).parameters:
        raise CommandError(f"The command {name} takes no arguments, but was given: {' '.join(arguments)}")
    return COMMANDS[name]


def _end_on(name: str) -> None:
    """Turns the signal into SystemExit, which ends the programs that we have started as well."""
    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
        signal.signal(number, lambda *_: sys.exit(128 + number))
