"""Answers about the process: what it is, whether it is well, and problems."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from app.errors import declared
from app.models.base import Model
from app.models.shelf import ShelfInfo


@dataclass
class About(Model):
    name: str
    version: str
    commit: str
    host: Annotated[str, Field(description="pod or host name of the process that answers")]
    shelf: ShelfInfo


@dataclass
class Health(Model):
    status: Literal["ok"]


_TYPES: list[JsonValue] = list(dict.fromkeys(error.problem_type() for error in declared()))


@dataclass
class Problem(Model):
    """RFC 9457 problem details."""

    type: Annotated[
        str, Field(description="stable for programs; later versions may have more", json_schema_extra={"enum": _TYPES})
    ]
    title: str
    status: int
    detail: str
    parameter: Annotated[str | None, Field(description="the query parameter that is wrong")] = None
    value: Annotated[str | None, Field(description="its value, or the part of it, that is wrong")] = None
    allowed: Annotated[str | None, Field(description="what it may be")] = None
