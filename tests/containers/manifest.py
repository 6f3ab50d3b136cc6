"""How the manifests say that the containers run."""

import json
import os
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Any

from bootstrap.processes import ROOT

MIB = 2**20


@dataclass(frozen=True)
class Manifest:
    """One container: its limits (bytes, processors), the folders it may write to, and its environment."""

    memory: int
    cpus: float
    writable: tuple[str, ...]
    environment: dict[str, str]

    def options(self) -> list[str]:
        """The same for `docker run`, with what the manifests take away from every container."""
        hardened = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"]
        limits = ["--memory", str(self.memory), "--cpus", str(self.cpus)]
        folders = [word for folder in self.writable for word in ("--tmpfs", folder)]
        environment = [word for item in self.environment.items() for word in ("--env", "=".join(item))]
        return [*hardened, *limits, *folders, *environment]


def manifest(component: str) -> Manifest:
    """The one place that knows where manifests are: compose.yaml."""
    service = compose_services()[component]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    limits = service["deploy"]["resources"]["limits"]
    return Manifest(int(limits["memory"]), limits["cpus"], tuple(service["tmpfs"]), service.get("environment", {}))


@cache
def compose_services() -> dict[str, Any]:
    """The services of compose.yaml as `docker compose config` understands them, with no variable set."""
    command = ["docker", "compose", "config", "--format", "json"]
    env = {name: value for name, value in os.environ.items() if name not in {"PORT", "CORPUS_DIR", "RATE_LIMIT"}}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "compose.yaml causes warnings"
    services: dict[str, Any] = json.loads(done.stdout)["services"]
    return services
