"""Kubernetes' quantities, such as 250m and 128Mi."""

import re
from decimal import Decimal

_FORM = re.compile(
    r"(?P<number>[0-9]{1,30}(?:\.[0-9]{0,30})?(?:[eE][+-]?[0-9]{1,2})?)(?P<unit>[num]|[kMGTPE]|[KMGTPE]i)?"
)
_UNITS = {"": Decimal(1), "m": Decimal("1e-3"), "u": Decimal("1e-6"), "n": Decimal("1e-9")}
_UNITS |= {unit: Decimal(1000) ** power for power, unit in enumerate("kMGTPE", start=1)}
_UNITS |= {f"{unit}i": Decimal(1024) ** power for power, unit in enumerate("KMGTPE", start=1)}


def quantity(text: str | int | float) -> Decimal:
    """The number that a quantity stands for: cores, bytes or a count. Raises ValueError.

    Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
    """
    form = _FORM.fullmatch(str(text))
    if form is None:
        raise ValueError(f"{text!r} is not a quantity such as 250m or 128Mi")
    return Decimal(form["number"]) * _UNITS[form["unit"] or ""]
