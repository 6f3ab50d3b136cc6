"""What a change was for: whoever only takes the change back has lost it."""

from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

from gitops.manifests.objects import Object, Objects, reference
from gitops.manifests.quantity import quantity
from gitops.text import Text

NAME = "purpose"


@dataclass(frozen=True, slots=True)
class Keep:
    """A value that an object is to have. `object` is what kubectl calls it, with `*` for a part that is generated.

    An item of a list goes by its name. Without `equals`, `least` and `most` anything will do that is there.
    """

    object: str
    path: tuple[str, ...]
    says: Text
    equals: Any = None
    least: Decimal | None = None
    most: Decimal | None = None

    def holds(self, objects: Objects) -> bool:
        return any(self._fits(_value(one, self.path)) for one in objects if fnmatchcase(reference(one), self.object))

    def _fits(self, value: Any) -> bool:
        if value is None or self.equals is not None:
            return value is not None and bool(value == self.equals)
        if self.least is None and self.most is None:
            return True
        try:
            number = quantity(value)
        except ValueError:
            return False
        return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)


def _value(one: Object, path: tuple[str, ...]) -> Any:
    """What is there; None when nothing is."""
    value: Any = one
    for step in path:
        items = value if isinstance(value, list) else ()
        named = {str(item.get("name")): item for item in items if isinstance(item, dict)}
        value = value.get(step) if isinstance(value, dict) else named.get(step)
    return value
