"""Runs other programs, and says what is being done."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class CommandError(Exception):
    """An error that the user can correct; its message is one sentence that says how."""


@dataclass(frozen=True)
class Command:
    """A program with its arguments, where it runs and in which environment (None: as ours)."""

    words: tuple[str | Path, ...]
    cwd: Path = ROOT
    env: Mapping[str, str] | None = None
    in_background: bool = False
    """Whether it may run while later commands do."""

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self.words, cwd=self.cwd, env=self.env)

    def start_apart(self) -> subprocess.Popen[bytes]:
        """Starts the command away from the terminal (except on Windows), so that a Ctrl-C reaches only this process."""
        return subprocess.Popen(
            self.words, cwd=self.cwd, env=self.env, stdin=subprocess.DEVNULL, start_new_session=True
        )


def say(message: str) -> None:
    print(f"==> {message}", flush=True)


def status(command: Command) -> int:
    """Runs the command to its end and returns its exit status, which a Ctrl-C or SIGTERM lets it reach."""
    process = command.start()
    try:
        return process.wait()
    except KeyboardInterrupt:
        _await(process, seconds=10)  # the terminal has interrupted it as well
        raise
    except SystemExit:
        _await(process, seconds=0)
        raise


@contextmanager
def in_background(command: Command) -> Iterator[Callable[[], int]]:
    """Starts the command; what is yielded waits for its end, shows all its output and returns its exit status."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command.words, cwd=command.cwd, env=command.env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )

        def end() -> int:
            process.wait()
            output.seek(0)
            shutil.copyfileobj(output, sys.stdout.buffer)
            sys.stdout.flush()
            return process.returncode

        try:
            yield end
        except KeyboardInterrupt:
            _await(process, seconds=10)  # the terminal has interrupted it as well
            raise
        finally:
            _await(process, seconds=0)


def call(command: Command, otherwise: str) -> None:
    """Runs the command. Raises CommandError with the message `otherwise` when it fails; its own output has said why."""
    if status(command) != 0:
        raise CommandError(otherwise)


def side_by_side(*commands: Command) -> None:
    """Runs all commands until one of them ends, or Ctrl-C; then asks the others, once, to end."""
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes.extend(command.start_apart() for command in commands)
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def _await(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        process.terminate()
        process.wait()
