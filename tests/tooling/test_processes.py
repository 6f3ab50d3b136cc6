"""Programs that run together end together, and every check runs though one fails."""

import sys
import time
from pathlib import Path

import pytest

from bootstrap.checks import run_all
from bootstrap.processes import Command, CommandError, side_by_side


def python(program: str) -> Command:
    return Command((sys.executable, "-c", program))


def test_when_one_of_two_programs_ends_the_other_is_ended() -> None:
    start = time.monotonic()
    side_by_side(python("import time; time.sleep(60)"), python("pass"))
    assert time.monotonic() - start < 10


def test_every_check_runs_and_those_that_failed_are_named(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    checks = {
        "spelling": python("raise SystemExit(3)"),
        "types": python(f"open({str(mark)!r}, 'w').close()"),
        "style": python("raise SystemExit(1)"),
    }
    with pytest.raises(CommandError, match="spelling, style"):
        run_all(checks)
    assert mark.exists()
