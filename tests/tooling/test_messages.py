"""A missing tool is named in one sentence, with what to do, before anything is made."""

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tooling.conftest import ROOT, Checkout


def error(checkout: Checkout, command: str = "run", **variables: str) -> str:
    """The one line that the command says, after which it has ended with status 1 and made nothing."""
    before = sorted(checkout.path.rglob("*"))
    done = checkout.run(command, PYTHONDONTWRITEBYTECODE="1", **variables)
    assert done.returncode == 1
    assert sorted(checkout.path.rglob("*")) == before
    return done.stdout


def put_tool(folder: Path, name: str, says: str) -> str:
    """Makes a PATH on which the tool gives this answer, and on which nothing else is."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho {says}\n")
    (folder / name).chmod(0o755)
    return str(folder)


def test_node_that_is_too_old_is_named_with_the_needed_version(checkout: Checkout, tmp_path: Path) -> None:
    path = put_tool(tmp_path / "tools", "node", "v20.18.3")
    message = "error: Node v20.18.3 is too old: Node 20.19 or newer is needed, see https://nodejs.org\n"
    assert error(checkout, PATH=path) == message


def test_missing_node_is_named(checkout: Checkout, tmp_path: Path) -> None:
    message = "error: node is missing: Node 20.19 or newer is needed, see https://nodejs.org\n"
    assert error(checkout, PATH=str(tmp_path)) == message


def test_missing_npm_is_named(checkout: Checkout, tmp_path: Path) -> None:
    path = put_tool(tmp_path / "tools", "node", "v22.12.0")
    assert error(checkout, PATH=path).startswith("error: npm is missing")


def test_a_busy_port_is_named_with_the_variable_that_changes_it(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        for variable in ("PORT", "GUTENBERG_PORT"):
            advice = f"choose another, for example: make run {variable}=8081"
            message = f"error: Port {port} is used by another program: {advice}\n"
            assert error(checkout, **{variable: str(port)}) == message


@pytest.mark.parametrize("port", ["http", "0", "-1", "65536", "8080 "])
def test_a_value_that_is_no_port_is_quoted(checkout: Checkout, port: str) -> None:
    assert error(checkout, PORT=port) == f"error: PORT is {port!r}, but a port is a number from 1 to 65535.\n"


def run_in_python(checkout: Checkout, change: str) -> subprocess.CompletedProcess[str]:
    """Runs `run` in a Python that was changed by the statement before."""
    program = f"import sys, runpy; sys.argv[1:] = ['run']; {change}; runpy.run_path('scripts/dev.py')"
    env = {**os.environ, "PYTHONPATH": "scripts"}
    return subprocess.run([sys.executable, "-c", program], cwd=checkout.path, env=env, capture_output=True, text=True)


def test_a_missing_venv_module_is_named_with_the_package_that_has_it(checkout: Checkout) -> None:
    done = run_in_python(checkout, "sys.modules['ensurepip'] = None")
    assert done.returncode == 1
    message = "error: This Python has no venv module, install it first: sudo apt-get install python3-venv\n"
    assert done.stderr == message


def test_python_that_is_too_old_is_named_with_the_needed_version(checkout: Checkout) -> None:
    done = run_in_python(checkout, "sys.version_info = (3, 9, 2)")
    assert done.returncode == 1
    assert done.stderr == "error: Python 3.9 is too old, 3.11 or newer is needed: make PYTHON=python3.11 ...\n"


def test_old_python_can_read_the_file_that_says_so() -> None:
    ast.parse((ROOT / "scripts/dev.py").read_text(), feature_version=(3, 6))


def test_an_unknown_command_is_quoted(checkout: Checkout) -> None:
    assert error(checkout, "rnu") == "error: There is no command 'rnu'; help lists them all.\n"


def test_an_argument_that_would_be_ignored_is_refused(checkout: Checkout) -> None:
    done = checkout.run("run", "--port", "9000")
    assert done.returncode == 1
    assert done.stdout == "error: The command run takes no arguments, but was given: --port 9000\n"


def test_help_lists_every_target_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = next(line for line in makefile.splitlines() if line.startswith("COMMANDS = ")).split()[2:]
    command = ["make", "--no-print-directory", "help"]
    output = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = [line.split(maxsplit=1) for line in output.splitlines() if line.startswith("  ")]
    assert [row[0] for row in rows] == targets
    assert all(row[1].endswith(".") for row in rows)
