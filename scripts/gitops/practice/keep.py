"""What a change was for, which is lost when the change is only reverted."""

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
    """A value that an object must have. `object` is its kind and name, as kubectl writes them, with `*` for a generated
    part; `path` names items of lists by their `name`. Without `equals`, `least` and `most`, any value will do."""

    object: str
    path: tuple[str, ...]
    says: Text
    equals: Any = None
    least: Decimal | None = None
    most: Decimal | None = None

    def is_kept(self, objects: Objects) -> bool:
        return any(self._fits(_value(item, self.path)) for item in objects if fnmatchcase(reference(item), self.object))

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


def _value(item: Object, path: tuple[str, ...]) -> Any:
    """The value at the path; None if there is none."""
    value: Any = item
    for step in path:
        items = value if isinstance(value, list) else ()
        named = {str(item.get("name")): item for item in items if isinstance(item, dict)}
        value = value.get(step) if isinstance(value, dict) else named.get(step)
    return value
