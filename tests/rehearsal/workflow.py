"""Runs the `run:` steps of a workflow's job on this machine, as the runner would."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.workflows.workflow_files import read_workflow

_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")


def run_steps(
    file: str, job: str, folder: Path, expressions: Mapping[str, str], environment: Mapping[str, str], only: str = ""
) -> dict[str, str]:
    """Runs every step of the job that has a script, or only that of an id or name; returns the outputs of the last.

    An expression that is not among `expressions` is empty, as GitHub has it.
    """
    outputs: dict[str, str] = {}
    declared = read_workflow(file)["jobs"][job]
    everything = {**environment, **_variables(declared, expressions)}
    for step in declared["steps"]:
        if "run" in step and only in ("", step.get("id"), step.get("name")):
            outputs = _run(step, folder, expressions, everything)
    return outputs


def _run(
    step: dict[str, Any], folder: Path, expressions: Mapping[str, str], environment: Mapping[str, str]
) -> dict[str, str]:
    files = {name: folder.parent / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    files["GITHUB_OUTPUT"].write_text("")
    paths = {name: str(path) for name, path in files.items()}
    everything = {**environment, **paths, **_variables(step, expressions)}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env=everything,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, f"{step.get('name', step['run'])}: {done.stdout}"
    return dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())


def _variables(owner: dict[str, Any], expressions: Mapping[str, str]) -> dict[str, str]:
    """The `env` of a job or a step."""
    return {name: _evaluated(str(value), expressions) for name, value in owner.get("env", {}).items()}


def _evaluated(text: str, expressions: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda match: expressions.get(match[1], ""), text)


def runner(home: Path, path: str) -> dict[str, str]:
    """A runner's environment: its PATH and a home of its own, and nothing of this machine's git settings."""
    kept = {name: os.environ[name] for name in os.environ if name.startswith(("PIP_", "SSL_", "REQUESTS_", "LANG"))}
    return {**kept, "PATH": f"{path}:{os.environ['PATH']}", "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}
