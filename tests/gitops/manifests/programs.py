"""What the sources of this repository say about the programs in the images."""

from functools import cache

from bootstrap.processes import ROOT
from gitops.doctor import checkout_reader
from gitops.doctor.application import Sources
from gitops.manifests.program import Program


@cache
def programs() -> dict[str, Program]:
    paths = (path for part in ("backend", "frontend/nginx") for path in (ROOT / part).rglob("*") if path.is_file())
    files = [*paths, ROOT / "frontend/Dockerfile", ROOT / "compose.yaml"]
    return Sources(checkout_reader.texts(ROOT, [str(path.relative_to(ROOT)) for path in files])).programs
