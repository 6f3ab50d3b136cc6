"""Programs that run together end together, and every check runs though one fails."""

import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bootstrap.checks import run_all
from bootstrap.processes import Command, CommandError, in_background, side_by_side


def python(program: str) -> Command:
    return Command((sys.executable, "-c", program))


def test_when_one_of_two_programs_ends_the_other_is_ended() -> None:
    start = time.monotonic()
    side_by_side(python("import time; time.sleep(60)"), python("pass"))
    assert time.monotonic() - start < 10


def test_a_check_in_the_background_is_shown_whole_after_the_others(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    slow = replace(python("import time; print('begin', flush=True); time.sleep(0.5); print('end')"), in_background=True)
    run_all({"slow": slow, "quick": python("print('quick')")})
    output = capfdbinary.readouterr().out.decode()
    assert output.endswith("==> quick\nquick\n==> slow\nbegin\nend\n")


def test_a_check_that_fails_in_the_background_is_named() -> None:
    with pytest.raises(CommandError, match="slow"):
        run_all({"slow": replace(python("raise SystemExit(1)"), in_background=True), "quick": python("pass")})


def test_when_the_checks_are_ended_so_is_the_one_in_the_background() -> None:
    start = time.monotonic()
    with pytest.raises(SystemExit), in_background(python("import time; time.sleep(60)")):
        raise SystemExit(143)
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
