"""What is left out is named, and fails where nothing may be left out."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tooling.conftest import ROOT

SKIPS = """
import pytest

def test_in_a_browser() -> None:
    pytest.skip("no browser: apt-get install chromium")
"""
MISSING_MODULE = """
import pytest

pytest.importorskip("no_such_module", reason="no module: make test")
"""


@pytest.mark.parametrize("tests", [SKIPS, MISSING_MODULE])
@pytest.mark.parametrize(("require_all", "status"), [("0", {0, 5}), ("1", {1, 2})])
def test_tests_that_are_left_out_are_named_and_fail_under_require_all(
    tmp_path: Path, tests: str, require_all: str, status: set[int]
) -> None:
    shutil.copy(ROOT / "tests/conftest.py", tmp_path)
    (tmp_path / "test_it.py").write_text(tests)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", tmp_path],
        env={**os.environ, "REQUIRE_ALL": require_all, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode in status
    assert "no browser: apt-get install chromium" in done.stdout or "no module: make test" in done.stdout
