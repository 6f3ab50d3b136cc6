"""What the Dockerfiles say; these tests need no Docker engine."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bootstrap.processes import ROOT

DOCKERFILES = ("backend/Dockerfile", "frontend/Dockerfile")
each = pytest.mark.parametrize("dockerfile", DOCKERFILES)


@each
@pytest.mark.skipif(
    os.name == "nt", reason="hadolint is not packaged for Windows: run the tests on Linux or macOS as well"
)
def test_hadolint_finds_nothing(dockerfile: str) -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, dockerfile], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


@each
def test_it_builds_without_a_network_for_its_own_syntax(dockerfile: str) -> None:
    assert not re.search(r"^#\s*syntax=", (ROOT / dockerfile).read_text(), re.M)


@each
def test_base_images_are_literal_with_a_version_since_dependabot_reads_nothing_else(dockerfile: str) -> None:
    text = (ROOT / dockerfile).read_text()
    stages = set(re.findall(r" AS (\w+)$", text, re.M)) | {"scratch"}
    bases = set(re.findall(r"^FROM (?:--\S+ )?(\S+)", text, re.M)) - stages
    assert bases
    for base in bases:
        assert re.fullmatch(r"[a-z/-]+:\d[\w.-]*", base), f"{base} is no name with a version"
    assert len({base.partition(":")[0] for base in bases}) == len(bases), "one base, two versions"


@each
def test_packages_come_from_the_lock_alone(dockerfile: str) -> None:
    text = (ROOT / dockerfile).read_text().replace("\\\n", "")
    installs = re.findall(r"(?:pip|npm) (?:--\S+ \S+ )*(?:install|add|i|ci)\b[^&;\n]*", text)
    assert installs
    for install in installs:
        assert "--require-hashes" in install or install.startswith("npm ci"), install
        assert not re.search(r"index-url|trusted-host|registry", install)


@each
def test_only_the_last_stage_is_for_another_platform_and_it_runs_nothing_that_takes_long(dockerfile: str) -> None:
    text = (ROOT / dockerfile).read_text()
    *earlier, last = re.split(r"^FROM ", text, flags=re.M)[1:]
    own = {"scratch"}
    for stage in earlier:
        source, _, name = stage.splitlines()[0].removeprefix("--platform=$BUILDPLATFORM ").split()
        assert stage.startswith("--platform=$BUILDPLATFORM ") or source in own, f"{name} would be emulated"
        own.add(name)
    assert re.findall(r"^RUN (\w+)", last, re.M) == ["find"]


def test_the_stage_that_makes_the_index_has_every_module_that_it_imports(tmp_path: Path) -> None:
    text = (ROOT / "backend/Dockerfile").read_text()
    copied = re.findall(r"^COPY (backend/app/.+) app(?:/\w*)?$", text[: text.index("\nFROM indexer")], re.M)
    for path in " ".join(copied).split():
        target = tmp_path / Path(path).relative_to("backend")
        if (ROOT / path).is_dir():
            shutil.copytree(ROOT / path, target)
        else:
            target.parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / path, target)
    command = [sys.executable, "-m", "app.index", "build", "--help"]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": ""}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("lock", ["backend/requirements.txt"])
def test_the_packages_do_not_depend_on_the_platform_that_chooses_them(lock: str) -> None:
    assert not re.search(r"platform_machine", (ROOT / lock).read_text())


def test_compose_gives_the_frontend_the_defaults_of_its_image() -> None:
    """They stand in both: compose takes a variable without a value away from the container."""
    variables = re.findall(r"^      ([A-Z_]+): \$\{\1:-(.*)\}$", (ROOT / "compose.yaml").read_text(), re.M)
    (defaults,) = re.findall(r"^ENV (BACKEND_URL=.*)$", (ROOT / "frontend/Dockerfile").read_text(), re.M)
    assert {"RATE_LIMIT", "TRUSTED_PROXIES"} == {name for name, _ in variables}
    assert {f"{name}={default or chr(34) * 2}" for name, default in variables} <= set(defaults.split())
