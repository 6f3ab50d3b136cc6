"""Errors in the texts that a person provides."""

from dataclasses import dataclass


class CorpusError(Exception):
    """The books cannot be read. The message says what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that cannot be a book. `reason` continues a sentence that begins with the file's name, and says what to
    do."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file} {self.reason}"


class Rejected(CorpusError):
    """One file cannot be a book, while the others can."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file, reason)
        self.rejection = Rejection(file, reason)

    def __str__(self) -> str:
        return str(self.rejection)
