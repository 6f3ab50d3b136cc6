"""Serve the index: python -m app."""

import sys

from pydantic import ValidationError

from app import logs
from app.index.errors import IndexRefused
from app.server import serve
from app.settings import Settings


def main() -> int:
    try:
        settings = Settings()
    except ValidationError as error:
        for problem in error.errors():
            name = "GUTENBERG_" + "_".join(map(str, problem["loc"])).upper()
            print(f"error: {name}={problem['input']!r}: {problem['msg']}", file=sys.stderr)
        return 2
    logs.configure(settings.log_level)
    try:
        serve(settings)
    except IndexRefused as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
