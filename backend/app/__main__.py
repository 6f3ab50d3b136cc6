"""Serve the index: python -m app."""

import sys

from app import logs
from app.index.errors import IndexRefused
from app.server import serve
from app.settings import load


def main() -> int:
    settings = load()
    logs.configure(settings.log_level)
    try:
        serve(settings)
    except IndexRefused as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
