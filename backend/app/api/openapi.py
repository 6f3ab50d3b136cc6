"""Print the OpenAPI document: python -m app.api.openapi > frontend/openapi.json."""

import json
import sys

from app.api.app import create_app
from app.settings import Settings


def main() -> None:
    # The version of whoever runs this must not show up as a change of the API.
    document = create_app(Settings(version="0"), index=None).openapi()
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
