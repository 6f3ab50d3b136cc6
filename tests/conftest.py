"""A test that cannot run here is skipped with the reason and the remedy; with REQUIRE_ALL=1, as in CI, it fails."""

import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest
from xdist.scheduler import LoadFileScheduling

_ORDER = {"rehearsal": 0, "containers": 0, "e2e": 2}

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def need(program: str, package: str) -> str:
    """Where the program is. Without it the test is left out, and says which package has it."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is missing: install {package}")
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the container engine comes first, and what needs a browser last.

    They must not meet: a container that starts or ends is a change of the network, at which chromium gives up what it
    loads (ERR_NETWORK_CHANGED).
    """
    items.sort(key=lambda item: _ORDER.get(item.path.parent.name, 1))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> "_Files | None":
    """With --dist loadfile all that needs the container engine has one process."""
    return _Files(config, log) if config.getoption("dist") == "loadfile" else None


class _Files(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "containers" if _ORDER.get(Path(file).parent.name) == 0 else file


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
