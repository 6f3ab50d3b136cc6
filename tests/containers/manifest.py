"""How the containers run by what the manifests say."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Any

from bootstrap.processes import ROOT
from tests.k8s.kustomize import combination

MIB = 2**20


@dataclass(frozen=True)
class Probe:
    """What the kubelet asks, how often, and how long it waits for the answer, in seconds."""

    path: str
    period: float
    timeout: float


@dataclass(frozen=True)
class Manifest:
    """One container: its limits (bytes, processors), its user, the folders it may write to, and its environment."""

    memory: int
    cpus: float
    user: str
    writable: tuple[str, ...]
    environment: dict[str, str]

    def options(self) -> list[str]:
        """The same for `docker run`, with what the manifests take away from every container."""
        hardened = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"]
        limits = ["--memory", str(self.memory), "--cpus", str(self.cpus)]
        # Docker gives a mount the rights of the folder that it covers, while any user may write into an emptyDir.
        folders = [word for folder in self.writable for word in ("--tmpfs", f"{folder}:uid={self.user}")]
        environment = [word for item in self.environment.items() for word in ("--env", "=".join(item))]
        return [*hardened, *limits, *folders, *environment]


def container_of(component: str) -> dict[str, Any]:
    """The one place that knows where manifests are: the base of k8s/, rendered."""
    objects = combination(())
    pod = next(o for o in objects if o["kind"] == "Deployment" and o["metadata"]["name"] == component)["spec"][
        "template"
    ]
    [container] = pod["spec"]["containers"]
    return dict(container)


def probes(component: str) -> list[Probe]:
    """The probes that a container is asked for as long as it runs."""
    container = container_of(component)
    asked = (container["livenessProbe"], container["readinessProbe"])
    return [Probe(one["httpGet"]["path"], one["periodSeconds"], one["timeoutSeconds"]) for one in asked]


def manifest(component: str) -> Manifest:
    container = container_of(component)
    hardened = container["securityContext"]
    assert hardened["readOnlyRootFilesystem"]
    assert not hardened["allowPrivilegeEscalation"]
    assert hardened["capabilities"] == {"drop": ["ALL"]}
    limits = container["resources"]["limits"]
    # What refers to the cluster ($(NAMESPACE), fieldRef) means nothing outside it: there the image's own values serve.
    literal = {one["name"]: one["value"] for one in container["env"] if "$(" not in one.get("value", "$(")}
    return Manifest(
        memory=int(limits["memory"].removesuffix("Mi")) * MIB,
        cpus=int(limits["cpu"].removesuffix("m")) / 1000,
        user=user(component),
        writable=tuple(mount["mountPath"] for mount in container["volumeMounts"]),
        environment=literal,
    )


def compose_manifest(component: str) -> Manifest:
    """The container as compose.yaml describes it."""
    service = compose_services()[component]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    limits = service["deploy"]["resources"]["limits"]
    folders = tuple(folder.partition(":")[0] for folder in service["tmpfs"])
    return Manifest(int(limits["memory"]), limits["cpus"], user(component), folders, service.get("environment", {}))


def user(component: str) -> str:
    """The number of the user that the image runs as."""
    users = re.findall(r"^USER (\d+):\d+$", (ROOT / component / "Dockerfile").read_text(), re.MULTILINE)
    return str(users[-1])


@cache
def compose_services() -> dict[str, Any]:
    """The services of compose.yaml as `docker compose config` understands them, with no variable set."""
    command = ["docker", "compose", "config", "--format", "json"]
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PORT", "CORPUS_DIR", "INDEX_DIR", "RATE_LIMIT", "TRUSTED_PROXIES"}
    }
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "compose.yaml causes warnings"
    services: dict[str, Any] = json.loads(done.stdout)["services"]
    return services
