"""A test that cannot run here is skipped with the reason and the remedy; with REQUIRE_ALL=1, as in CI, it fails."""

import os
import shutil
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

# Other processes share the cores, so an example may take its time.
settings.register_profile("shared cores", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared cores")

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def need(program: str, package: str) -> str:
    """Where the program is. Without it the test is left out, and says which package has it."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is missing: install {package}")
    return path


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _required((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _required((yield))


def _required(report: Report) -> Report:
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("REQUIRE_ALL") == "1":
        report.outcome = "failed"
        report.longrepr = f"REQUIRE_ALL=1, but this was left out: {report.longrepr}"
    return report
