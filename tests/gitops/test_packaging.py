"""`pip install ./scripts/gitops` gives the whole command."""

import tomllib
from importlib import import_module

from gitops.cli import app
from tests.gitops.support.sandbox import ROOT

FOLDER = ROOT / "scripts/gitops"
PROJECT = tomllib.loads((FOLDER / "pyproject.toml").read_text())


def test_every_package_is_named() -> None:
    packages = {".".join(("gitops", *file.parent.relative_to(FOLDER).parts)) for file in FOLDER.rglob("__init__.py")}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == packages


def test_every_file_that_is_read_is_named() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["gitops"]
    named = {file for pattern in patterns for file in FOLDER.glob(pattern)}
    held = (file for folder in ("templates", "practice/incidents") for file in (FOLDER / folder).rglob("*"))
    assert named == {file for file in held if file.is_file()}


def test_the_command_exists() -> None:
    module, name = PROJECT["project"]["scripts"]["gitops"].split(":")
    assert callable(getattr(import_module(module), name))


def test_the_readme_names_every_command() -> None:
    readme = (FOLDER / "README.md").read_text()
    for command in app.registered_commands:
        assert command.callback
        assert f"gitops {command.name or command.callback.__name__}" in readme
