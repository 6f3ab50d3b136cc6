"""The values of a variable that a program accepts."""

import re
from dataclasses import dataclass
from decimal import Decimal

# Characters of a value that is compared with a pattern: names of hosts have 253 at most.
_LONGEST = 300
_WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
_NUMBER = re.compile(r"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,2})?")


@dataclass(frozen=True)
class Text:
    """A text that matches the pattern as a whole."""

    pattern: str

    def problem(self, value: str) -> str:
        """What the value must be instead; empty when it is understood."""
        fits = len(value) <= _LONGEST and re.fullmatch(self.pattern, value)
        return "" if fits else f"like {self.pattern}"


@dataclass(frozen=True)
class Number:
    """A number from `least` to `most`, as far as there are such bounds."""

    whole: bool = False
    least: Decimal | None = None
    most: Decimal | None = None

    def problem(self, value: str) -> str:
        """What the value must be instead; empty when it is understood."""
        if not (_WHOLE if self.whole else _NUMBER).fullmatch(value.strip()):
            return "a whole number" if self.whole else "a number"
        if self.least is not None and Decimal(value.strip()) < self.least:
            return f"{self.least} or more"
        if self.most is not None and Decimal(value.strip()) > self.most:
            return f"{self.most} or less"
        return ""


Setting = Number | Text
