"""catalog.toml, in which the owner of a folder of texts says what the texts do not."""

import tomllib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from app.corpus.catalog import Entry
from app.corpus.errors import CorpusError
from app.corpus.model import Form

NAME = "catalog.toml"

_PRINTED = r"^[^\x00-\x1f]+$"
# The shape of a tag of BCP 47: de, pt-BR, zh-Hant.
Language = Annotated[str, StringConstraints(max_length=35, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_PRINTED)]


class _Table(BaseModel):
    """[books.<id>]: every key is optional, the id is the file's name without .txt."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: Line | None = None
    author: Line | None = None
    year: int | None = Field(None, ge=-3000, le=3000)
    published: Line | None = None
    form: Annotated[Form, Field(strict=False)] | None = None
    early_modern: bool = False
    language: Language = "en"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    books: dict[str, _Table] = {}


def amend(entries: dict[str, Entry], catalogue: str, where: str) -> dict[str, Entry]:
    """The entries with what the text of a catalog.toml says instead. `where` names it in a CorpusError."""
    tables = _parse(catalogue, where)
    _require_files(tables, entries, where)
    return {name: _amended(entry, tables.get(name)) for name, entry in entries.items()}


def _parse(catalogue: str, where: str) -> dict[str, _Table]:
    try:
        return _File.model_validate(tomllib.loads(catalogue)).books
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{where} is not valid TOML: {error}. Correct it, or delete it to do without.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        allowed = ", ".join(_Table.model_fields)
        raise CorpusError(f"{where}: {key}: {first['msg']}. A table [books.<id>] may have {allowed}.") from error


def _require_files(tables: Collection[str], entries: Collection[str], where: str) -> None:
    for name in tables:
        if name not in entries:
            raise CorpusError(
                f"{where}: books.{name}: there is no such file. Name one of {', '.join(sorted(entries)[:20])}."
            )


def _amended(entry: Entry, table: _Table | None) -> Entry:
    if table is None:
        return entry
    said = table.model_dump(exclude_unset=True)
    if "title" in said:
        said["short"] = None
    if "year" in said:
        said.setdefault("published", None if said["year"] is None else str(said["year"]))
    return replace(entry, **said)


def read(folder: Path) -> str:
    """The text of a folder's catalog.toml; nothing if there is none."""
    path = folder / NAME
    try:
        return path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read: {error}. Save it as UTF-8 text that you may read.") from error
