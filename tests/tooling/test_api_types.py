"""The page's API types are those of the backend."""

import shutil
import subprocess
from pathlib import Path

import openapi
from tests.tooling.conftest import ROOT

FRONTEND = ROOT / "frontend"


def test_the_openapi_document_is_that_of_the_backend() -> None:
    assert openapi.TARGET.read_text(encoding="utf-8") == openapi.document(), "run: make api-types"


def test_the_types_are_those_of_the_openapi_document(tmp_path: Path) -> None:
    npx = shutil.which("npx")
    assert npx is not None
    written = tmp_path / "schema.d.ts"
    command = [npx, "--no-install", "openapi-typescript", str(openapi.TARGET), "--output", str(written)]
    subprocess.run(command, cwd=FRONTEND, check=True, capture_output=True)
    assert (FRONTEND / "src/lib/api/schema.d.ts").read_text() == written.read_text(), "run: make api-types"
