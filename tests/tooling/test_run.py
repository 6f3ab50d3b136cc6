"""`run` makes what is missing, makes nothing twice, and serves until it is told to end."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.tooling.conftest import Checkout

MADE = ["Making the Python environment", "Installing Python packages", "Installing Node packages", "Building the page"]


def made(output: str) -> list[str]:
    """The lines in which the command says what it makes, in order."""
    return [what for line in output.splitlines() for what in MADE if line.startswith(f"==> {what}")]


def test_the_first_run_makes_everything_and_serves_it(first_run: tuple[Checkout, str]) -> None:
    checkout, output = first_run
    assert made(output) == MADE
    assert "index build --if-needed" in output
    assert output.endswith(f"server 8931 {checkout.path / 'frontend/dist'}\n")


def test_the_second_run_only_checks_the_index_and_serves(used_checkout: Checkout) -> None:
    second = used_checkout.run("run", PORT="8932")
    assert made(second.stdout) == []
    assert "index build --if-needed" in second.stdout
    assert "server 8932" in second.stdout
    assert second.returncode == 0


def test_a_changed_page_is_built_again(used_checkout: Checkout) -> None:
    used_checkout.write("frontend/src/App.svelte", "<p>new</p>")
    assert made(used_checkout.run("run", PORT="8933").stdout) == ["Building the page"]


def test_changed_locks_are_installed_again(used_checkout: Checkout) -> None:
    used_checkout.write("backend/requirements-build.txt", "# NO packages\n")
    assert made(used_checkout.run("run", PORT="8934").stdout) == ["Installing Python packages"]
    lock = (used_checkout.path / "frontend/package-lock.json").read_text()
    used_checkout.write("frontend/package-lock.json", f"{lock}\n")
    assert made(used_checkout.run("run", PORT="8934").stdout) == ["Installing Node packages", "Building the page"]


def test_the_packages_for_development_are_enough_to_run(used_checkout: Checkout) -> None:
    used_checkout.write("backend/requirements-build.txt", "# NO packages\n")
    assert made(used_checkout.run("bench").stdout) == ["Installing Python packages"]
    assert made(used_checkout.run("run", PORT="8935").stdout) == []


def test_a_page_that_does_not_build_is_an_error_and_is_tried_again(used_checkout: Checkout) -> None:
    broken = "fs.rmSync('dist', {recursive: true, force: true}); throw new Error('no such component')"
    used_checkout.write("frontend/build.js", broken)
    for _ in range(2):
        failed = used_checkout.run("run", PORT="8936")
        assert failed.returncode == 1
        assert "no such component" in failed.stdout
        assert failed.stdout.endswith("error: The page could not be built, for the reason above.\n")


def test_an_environment_that_was_not_finished_is_made_anew(checkout: Checkout) -> None:
    checkout.write(".venv/bin/python", "half a program")
    assert made(checkout.run("run", PORT="8937").stdout) == MADE


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals: run the tests on Linux or macOS as well")
class TestEnding:
    @contextmanager
    def serving(self, checkout: Checkout, port: str) -> Iterator[subprocess.Popen[str]]:
        env = {**os.environ, "PORT": port, "SERVE_SECONDS": "60"}
        with subprocess.Popen(
            checkout.command("run"),
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            assert process.stdout is not None
            while not process.stdout.readline().startswith("server "):
                assert process.poll() is None
            yield process

    def test_ctrl_c_lets_the_server_finish_and_ends_without_an_error(self, used_checkout: Checkout) -> None:
        with self.serving(used_checkout, "8938") as process:
            os.killpg(process.pid, signal.SIGINT)
            output, _ = process.communicate(timeout=10)
        assert output == "server interrupted\n"
        assert process.returncode == 0

    def test_sigterm_ends_the_server_too(self, used_checkout: Checkout) -> None:
        with self.serving(used_checkout, "8939") as process:
            process.terminate()
            output, _ = process.communicate(timeout=10)
        assert output == "server asked to end\n"
        assert process.returncode == 143
