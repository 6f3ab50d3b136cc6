"""Errors of building and opening an index."""

from pathlib import Path

BUILD_COMMAND = "python -m app.index build"


class IndexRefused(Exception):
    """The index cannot be served. The message is one line: the file, the reason and the command that repairs it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; run `{BUILD_COMMAND}`")


class TargetRefused(Exception):
    """No index can be written to the target."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not an index, so it is not replaced: name another directory with --index")


class ProcessLost(Exception):
    """A process that prepared books was killed."""

    def __init__(self) -> None:
        super().__init__(
            "a process that read the books was killed, most likely for want of memory: give it more, or fewer books"
        )
