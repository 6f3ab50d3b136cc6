"""What can be wrong with an index."""

from pathlib import Path

BUILD_COMMAND = "python -m app.index build"


class IndexRefused(Exception):
    """The index cannot be served: one line with the file, the reason and the command that mends it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; run `{BUILD_COMMAND}`")
