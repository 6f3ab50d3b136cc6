"""An index from elsewhere: what k8s/components/library copies is served, and what cannot be served is named."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gitops.manifests.objects import workloads
from tests.containers.engine import docker, image, running
from tests.k8s.kustomize import combination

pytestmark = pytest.mark.usefixtures("images")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """What the init container of the component copies, with the rights that it has in a pod."""
    backend = next(work for work in workloads(combination(("library",))) if work.name == "backend")
    first, serving = backend.containers
    [written] = first["volumeMounts"]
    assert {"name": written["name"], "mountPath": "/srv/index", "readOnly": True} in serving["volumeMounts"]
    # Any user may write into an emptyDir.
    folder = tmp_path / "library"
    folder.mkdir()
    folder.chmod(0o777)
    hardened = ["--read-only", "--cap-drop", "ALL", "--network", "none", "--security-opt", "no-new-privileges"]
    mounted = f"{folder}:{written['mountPath']}"
    docker("run", "--rm", *hardened, "--volume", mounted, image("backend"), *first["command"])
    return folder


def test_the_index_that_the_component_copies_is_served(library: Path) -> None:
    with running("backend", "--volume", f"{library}:/srv/index:ro") as backend:
        backend.wait_until_ready()
        assert backend.get("/search?q=whale").json()["hits"] > 0


def nothing(index: Path) -> None:
    for path in index.iterdir():
        path.rename(index.parent / path.name)


def half_of_it(index: Path) -> None:
    (index / "names.zip").unlink()


def another_schema(index: Path) -> None:
    manifest = json.loads((index / "manifest.json").read_text())
    (index / "manifest.json").write_text(json.dumps(manifest | {"schema_version": 999}))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (nothing, "error: /srv/index/manifest.json: there is no index"),
        (half_of_it, "error: /srv/index/names.zip: cannot be read (No such file or directory)"),
        (another_schema, "error: /srv/index/manifest.json: has schema 999, this program needs"),
    ],
)
def test_an_index_that_cannot_be_served_ends_the_backend_with_a_line_that_says_why(
    library: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(library)
    with running("backend", "--volume", f"{library}:/srv/index:ro") as backend:
        backend.wait_for_log(said)
        assert docker("wait", backend.id) == "1"
