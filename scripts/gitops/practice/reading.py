"""Reads an incident's Markdown file: front matter, then its sections in both languages."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from gitops import yaml_files
from gitops.errors import BadInput
from gitops.manifests.quantity import quantity
from gitops.practice import diffs
from gitops.practice.incident import LAYERS, LEVELS, Change, Fault, Incident
from gitops.practice.keep import Keep
from gitops.practice.markdown import Section, sections, unwrapped
from gitops.text import Text

Value = TypeVar("Value")

LARGEST = 100_000
HINTS = 3
_ENGLISH, _JAPANESE, _FAULT = "English", "日本語", "Fault"
_FRONT = {"title", "level", "minutes", "layer", "finds", "log", "shows", "needs", "seen", "keep"}
_KEEP = {"object", "path", "equals", "least", "most", "en", "ja"}


def read(path: Path) -> Incident:
    """Raises BadInput that says where the file is not as an incident is written."""
    front, body = _halves(text_of(path), path)
    if unknown := front.keys() - _FRONT:
        raise _wrong(path, f"{min(unknown)!r} is no field of an incident", f"There are {', '.join(sorted(_FRONT))}.")
    found = sections(body)
    changes = tuple(_change(one, front, path) for one in found if one.title.startswith("Change: "))
    if sum(bool(one.faults) for one in changes) != 1:
        raise _wrong(path, f"one Change has to have sections «### {_FAULT}», one for each variant")
    hints = tuple(_texts(one, path) for one in found if one.title == "Hint")
    if len(hints) != HINTS:
        raise _wrong(path, f"there are {len(hints)} sections «## Hint», and not {HINTS}")
    known = ("Ticket", "Look", "Hint", "Lesson")
    if odd := [one for one in found if one.title not in known and not one.title.startswith("Change: ")]:
        raise _wrong(path, f"«## {odd[0].title}» is no section of an incident", "There are Change: … and " + str(known))
    layer, level = _field(front, "layer", str, path), _field(front, "level", int, path)
    if layer not in LAYERS or level not in LEVELS:
        raise _wrong(path, "layer or level is none that there is", f"{', '.join(LAYERS)}; {LEVELS[0]} to {LEVELS[-1]}.")
    return Incident(
        id=path.stem,
        title=_text(_field(front, "title", dict, path), path),
        level=level,
        minutes=_field(front, "minutes", int, path),
        layer=layer,
        seen=tuple(_list(front, "seen", path)),
        needs=tuple(_list(front, "needs", path)),
        log=frozenset(_list(front, "log", path)),
        shows=tuple(_list(front, "shows", path)),
        look="".join(block for one in found if one.title == "Look" for block in one.blocks("sh")),
        ticket=_texts(_only(found, "Ticket", path), path),
        changes=changes,
        keep=tuple(_keeps(front, path)),
        hints=hints,
        lesson=_texts(_only(found, "Lesson", path), path),
    )


def text_of(path: Path) -> str:
    """The text of a file that a person wrote. Raises BadInput when it cannot be read, or is too long."""
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(LARGEST + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}", "Name a Markdown file in UTF-8.") from error
    if len(text) > LARGEST:
        raise BadInput(f"{path} has more than {LARGEST} characters.", "An incident fits on two pages.")
    return text


def _halves(text: str, path: Path) -> tuple[Mapping[str, Any], str]:
    before, *rest = text.split("---\n", 2)
    if before or len(rest) != 2:
        raise _wrong(path, "it does not begin with front matter, between two lines of ---")
    return yaml_files.parse_mapping(rest[0], f"the front matter of {path}"), rest[1]


def _change(section: Section, front: Mapping[str, Any], path: Path) -> Change:
    where = f"{path}:{section.line}"
    if odd := [one for one in section.parts if one.title.partition(": ")[0] != _FAULT]:
        raise _wrong(path, f"«### {odd[0].title}» is no part of a Change", f"There is «### {_FAULT}».")
    usual = ", ".join(_list(front, "finds", path))
    faults = tuple(
        Fault(_diffs(one, f"{path}:{one.line}"), frozenset((one.title.partition(": ")[2] or usual).split(", ")))
        for one in section.parts
    )
    if any(not one.diffs or not all(one.finds) for one in faults):
        raise _wrong(path, f"a «### {_FAULT}» in line {section.line} has no diff, or nothing that finds it")
    return Change(section.title.removeprefix("Change: "), _diffs(section, where), faults)


def _diffs(section: Section, where: str) -> tuple[diffs.Diff, ...]:
    return tuple(one for block in section.blocks("diff") for one in diffs.parse(block, where))


def _keeps(front: Mapping[str, Any], path: Path) -> Iterator[Keep]:
    """What the change was for; there is something, so that taking it back is not all that is asked for."""
    found = _field(front, "keep", list, path)
    for one in found:
        if not isinstance(one, Mapping) or one.keys() - _KEEP or not isinstance(one.get("path"), list):
            raise _wrong(path, f"an item of keep is none: {one}", f"It has {', '.join(sorted(_KEEP))}; path is a list.")
        least, most = (_amount(one, key, path) for key in ("least", "most"))
        steps = tuple(map(str, one["path"]))
        yield Keep(_field(one, "object", str, path), steps, _text(one, path), one.get("equals"), least, most)
    if not found:
        raise _wrong(path, "keep is empty", "Say what the change was for, so that taking it back is not enough.")


def _amount(found: Mapping[str, Any], name: str, path: Path) -> Decimal | None:
    try:
        return quantity(found[name]) if name in found else None
    except ValueError as error:
        raise _wrong(path, f"{name!r}: {error}") from error


def _texts(section: Section, path: Path) -> Text:
    """A section's two parts."""
    parts = {one.title: one.text.strip() for one in section.parts}
    if parts.keys() != {_ENGLISH, _JAPANESE} or not all(parts.values()) or section.text.strip():
        raise _wrong(path, f"«## {section.title}» in line {section.line} needs «### {_ENGLISH}» and «### {_JAPANESE}»")
    return Text(unwrapped(parts[_ENGLISH], " "), unwrapped(parts[_JAPANESE], ""))


def _text(found: Mapping[str, Any], path: Path) -> Text:
    return Text(_field(found, "en", str, path), _field(found, "ja", str, path))


def _only(found: list[Section], title: str, path: Path) -> Section:
    match [one for one in found if one.title == title]:
        case [one]:
            return one
        case several:
            raise _wrong(path, f"there are {len(several)} sections «## {title}», and not one")


def _field(found: Mapping[str, Any], name: str, kind: type[Value], path: Path) -> Value:
    value = found.get(name)
    if not isinstance(value, kind):
        raise _wrong(path, f"{name!r} is missing, or is no {kind.__name__}")
    return value


def _list(found: Mapping[str, Any], name: str, path: Path) -> list[str]:
    """A list of texts, or one text; empty when it is missing."""
    value = found.get(name, [])
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(one, str) for one in items):
        raise _wrong(path, f"{name!r} is no list of texts")
    return list(items)


def _wrong(path: Path, what: str, remedy: str = "") -> BadInput:
    return BadInput(f"{path}: {what}.", remedy or "docs/practice.md shows how an incident is written.")
