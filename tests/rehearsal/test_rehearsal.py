"""From a push to containers that answer, on this machine, by the deploy job's own steps."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bootstrap.processes import ROOT
from gitops.deadline import Deadline
from gitops.overlays import render, store
from tests.conftest import need
from tests.containers.conftest import corpus_dir
from tests.gitops.conftest import registry as registry
from tests.gitops.support.registry import TestRegistry
from tests.rehearsal.workflow import run_steps, runner

PORTS = {"backend": 8000, "frontend": 8080}
pytestmark = pytest.mark.timeout(900)


@dataclass(frozen=True)
class Stage:
    """A bare remote and a clone of it that belong to `owner`, and a registry."""

    owner: str
    clone: Path
    registry: str
    environment: dict[str, str]

    def run(self, *words: str | Path) -> str:
        done = subprocess.run(words, cwd=self.clone, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    @property
    def commit(self) -> str:
        return self.run("git", "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter of the job's own, as actions/setup-python gives it."""
    for program, package in (("docker", "docker.io"), ("kustomize", "kustomize")):
        need(program, package)
    if subprocess.run(["docker", "info"], capture_output=True).returncode != 0:
        pytest.skip("no container engine runs: start Docker")
    folder = tmp_path_factory.mktemp("tools")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return str(folder / "bin")


@pytest.fixture
def stage(request: pytest.FixtureRequest, tmp_path: Path, tools: str, registry: TestRegistry) -> Stage:
    environment = runner(tmp_path, tools) | {
        "GITHUB_REPOSITORY": f"{request.param}/k8s-practice",
        "GITHUB_SHA": "",
        "GITOPS_REGISTRY": registry.host,
        "GITOPS_PLATFORMS": "linux/amd64",
    }
    stage = Stage(request.param, tmp_path / "clone", registry.host, environment)
    subprocess.run(["git", "clone", "--quiet", "--bare", ROOT, tmp_path / "remote.git"], check=True)
    subprocess.run(["git", "-C", tmp_path / "remote.git", "branch", "--force", "main", "HEAD"], check=True)
    subprocess.run(["git", "clone", "--quiet", "--branch=main", tmp_path / "remote.git", stage.clone], check=True)
    return stage


@pytest.mark.parametrize("stage", ["satomichi", "Ada-Lovelace"], indirect=True)
def test_a_push_ends_in_containers_that_answer(stage: Stage) -> None:
    pushed = stage.commit
    built = {component: build(stage, component, pushed) for component in PORTS}
    deploy(stage)
    untested = store.read(stage.clone, stage.owner.lower()).images.values()
    assert {image.commit for image in untested} == {None}, "an image was deployed whose tests have not passed"

    for unnamed in built.values():
        run_steps("image.yml", "publish", stage.clone, unnamed.outputs, {**stage.environment, "GITHUB_SHA": pushed})
    deploy(stage)
    overlay = store.read(stage.clone, stage.owner.lower())
    rendered = render.rendered_images(render.render(overlay, Deadline(60)))
    for component, image in overlay.images.items():
        assert (image.commit, image.digest) == (pushed, built[component].digest)
        assert image.reference in rendered
        assert answers(stage, component, f"{image.name}@{image.digest}")


@dataclass(frozen=True)
class Built:
    """An image in the registry, without the tags that gitops looks for."""

    name: str
    digest: str

    @property
    def outputs(self) -> dict[str, str]:
        """The outputs of the build job, as the next job refers to them."""
        return {"needs.build.outputs.name": self.name, "needs.build.outputs.digest": self.digest}


def build(stage: Stage, component: str, commit: str) -> Built:
    """Does what the build job does, with Docker's own builder: its name step, then builds, and pushes an index."""
    expressions = {"inputs.component": component, "github.repository_owner": stage.owner}
    environment = {**stage.environment, "GITHUB_SHA": commit}
    named = run_steps("image.yml", "build", stage.clone, expressions, environment, only="image")
    name = named["name"].replace("ghcr.io", stage.registry)
    arguments = {
        "VERSION": named["version"],
        "COMMIT": commit,
        "CREATED": named["created"],
        "SOURCE": f"https://github.com/{stage.owner}/k8s-practice",
    }
    options = [f"--build-arg={name}={value}" for name, value in arguments.items()]
    # This builder cannot push without a tag.
    tag = f"{name}:built"
    stage.run("docker", "build", "--quiet", "--tag", tag, "--file", f"{component}/Dockerfile", *options, *corpus(), ".")
    stage.run("docker", "push", "--quiet", tag)
    stage.run("docker", "rmi", tag)
    stage.run("docker", "buildx", "imagetools", "create", "--tag", f"{name}:index", tag)
    return Built(name, digest(stage, f"{name}:index"))


def digest(stage: Stage, image: str) -> str:
    inspected: dict[str, str] = json.loads(
        stage.run("docker", "buildx", "imagetools", "inspect", image, "--format", "{{json .Manifest}}")
    )
    return inspected["digest"]


def deploy(stage: Stage) -> None:
    """Does what the deploy job does; then the clone takes over what the job has pushed."""
    expressions = {"inputs.action || 'update'": "update", "github.event.repository.default_branch": "main"}
    run_steps("gitops-deploy.yml", "deploy", stage.clone, expressions, stage.environment)
    stage.run("git", "pull", "--quiet", "--ff-only")


def corpus() -> list[str]:
    """The option that gives a build the books."""
    return [f"--build-context=corpus={corpus_dir()['CORPUS_DIR']}"]


def answers(stage: Stage, component: str, image: str) -> bool:
    """Whether the image, pulled back by digest, serves its health."""
    stage.run("docker", "pull", "--quiet", image)
    how = ("--detach", "--read-only", "--tmpfs=/tmp", "--tmpfs=/etc/nginx/conf.d:uid=101", "--cap-drop=ALL")
    container = stage.run("docker", "run", *how, f"--publish=127.0.0.1::{PORTS[component]}", image)
    try:
        address = stage.run("docker", "port", container, str(PORTS[component])).splitlines()[0]
        return healthy(f"http://{address}/healthz")
    finally:
        stage.run("docker", "rm", "--force", container)
        stage.run("docker", "rmi", image)


def healthy(url: str) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if httpx.get(url).status_code == 200:
                return True
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    return False
