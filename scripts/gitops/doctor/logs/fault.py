"""What a known fault is."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """`check` is the doctor's check that finds the cause in the repository; empty when it cannot be seen there."""

    id: str
    pattern: re.Pattern[str]
    cause: str
    remedy: str
    check: str = ""


def fault(id: str, pattern: str, cause: str, remedy: str, check: str = "") -> Fault:  # noqa: A002
    return Fault(id, re.compile(pattern), cause, remedy, check)
