"""Writes the backend's OpenAPI document to frontend/openapi.json, from which the page's types are made."""

import json
from pathlib import Path

from app.api.app import create_app
from app.settings import Settings

TARGET = Path(__file__).resolve().parents[1] / "frontend/openapi.json"


def document() -> str:
    """The OpenAPI document as it is kept in the repository."""
    api = create_app(Settings(version="dev"), index=None)
    return json.dumps(api.openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
