"""What every answer of the API has in common. Offsets count Unicode code points; ranges are [start, end)."""

from pydantic import ConfigDict

Mark = tuple[int, int]


class Model:
    """The base of all answers: dataclasses without validation, which would take as long as many a search, and without
    slots, since orjson writes objects with a __dict__ in half the time."""

    __pydantic_config__ = ConfigDict(extra="forbid")
