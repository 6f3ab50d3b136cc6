"""What every answer of the API has in common. Offsets count Unicode code points; ranges are [start, end)."""

from pydantic import ConfigDict

Mark = tuple[int, int]


class Model:
    """Plain dataclasses: to validate what the program itself has made would take as long as many a search.
    Without slots: orjson writes what has a __dict__ in half the time.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
