"""catalog.toml, in which the owner of a folder of texts states what the texts do not."""

import tomllib
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from app.corpus.catalog import Entry
from app.corpus.errors import CorpusError
from app.corpus.model import Form
from app.corpus.own_books.encodings import known

NAME = "catalog.toml"

_PRINTED = r"^[^\x00-\x1f]+$"
# The form of a BCP 47 tag: de, pt-BR, zh-Hant.
Language = Annotated[str, StringConstraints(max_length=35, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_PRINTED)]


def _require_known(encoding: str) -> str:
    if not known(encoding):
        raise ValueError("there is no such encoding; utf-8, shift_jis, euc_jp, cp1252 and utf-16 are some")
    return encoding


class Table(BaseModel):
    """The table [books.<id>], in which every key is optional. The id is the file's path without its extension, in lower
    case, with a hyphen for each run of other characters than letters and digits."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    title: Line | None = None
    author: Line | None = None
    year: int | None = Field(None, ge=-3000, le=3000)
    published: Line | None = None
    gutenberg: int | None = Field(None, ge=1, le=999_999)
    form: Annotated[Form, Field(strict=False)] | None = None
    early_modern: bool = False
    language: Language | None = None
    encoding: Annotated[str, AfterValidator(_require_known)] | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    books: dict[str, Table] = {}


def parse(catalogue: str, ids: Collection[str], where: str) -> dict[str, Table]:
    """What a catalog.toml says about each of these books. `where` names the file in a CorpusError."""
    tables = {unicodedata.normalize("NFC", name): table for name, table in _parse(catalogue, where).items()}
    for name in tables:
        if name not in ids:
            near = get_close_matches(name, ids, 5) or sorted(ids)[:20]
            raise CorpusError(f"{where}: books.{name}: there is no such file. Name one of {', '.join(near)}.")
    return tables


def _parse(catalogue: str, where: str) -> dict[str, Table]:
    try:
        return _File.model_validate(tomllib.loads(catalogue)).books
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{where} is not valid TOML: {error}. Correct it, or delete it to do without.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        allowed = ", ".join(Table.model_fields)
        raise CorpusError(f"{where}: {key}: {first['msg']}. A table [books.<id>] may have {allowed}.") from error


def amended(entry: Entry, table: Table | None) -> Entry:
    """The entry, with the values that the catalogue overrides."""
    if table is None:
        return entry
    said = table.model_dump(exclude_unset=True, exclude={"encoding"})
    if "title" in said:
        said["short"] = None
    if "year" in said:
        said.setdefault("published", None if said["year"] is None else str(said["year"]))
    return replace(entry, **said)


def read(folder: Path) -> str:
    """The text of a folder's catalog.toml; empty if there is none."""
    path = folder / NAME
    try:
        return path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read: {error}. Save it as UTF-8 text that you may read.") from error
