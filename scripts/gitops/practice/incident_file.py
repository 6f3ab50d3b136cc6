"""Reads an incident's Markdown file: front matter, then its sections in both languages."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from gitops import yaml_files
from gitops.errors import BadInput
from gitops.files import regular
from gitops.manifests.quantity import quantity
from gitops.practice import diffs
from gitops.practice.incident import LAYERS, LEVELS, Change, Fault, Incident
from gitops.practice.keep import Keep
from gitops.practice.markdown import Section, sections, unwrapped
from gitops.practice.words import said
from gitops.text import Text

Value = TypeVar("Value")

LARGEST = 100_000
HINTS = 3
_ENGLISH, _JAPANESE, _FAULT = "English", "日本語", "Fault"
_FRONT = {"title", "level", "minutes", "layer", "finds", "log", "shows", "needs", "seen", "keep"}
_KEEP = {"object", "path", "equals", "least", "most", "en", "ja"}
_SECTIONS = ("Ticket", "Change: …", "Look", "Hint", "Lesson")

_SEE = Text("docs/practice.md shows how to write one.", "書き方は docs/practice.ja.md にあります。")
_THESE = Text("These are there: {names}.", "あるのは {names} です。")
_UNREADABLE = Text("{path} cannot be read: {why}", "{path} を読めません：{why}")
_IN_UTF8 = Text("Name a Markdown file in UTF-8.", "UTF-8 の Markdown ファイルを指定してください。")
_TOO_LONG = Text("{path} has more than {most} characters.", "{path} は {most} 文字を超えています。")
_TWO_PAGES = Text("An incident fits on two pages.", "インシデントは 2 ページに収まります。")
_NO_FRONT = Text(
    "{path}: it does not begin with front matter, between two lines of ---.",
    "{path}：冒頭に、--- の 2 行に挟まれた front matter がありません。",
)
_FRONT_OF = Text("the front matter of {path}", "{path} の front matter")
_NOT_A_FIELD = Text(
    "{path}: {name!r} is not a field of an incident.", "{path}：{name!r} はインシデントの項目ではありません。"
)
_MISSING = Text(
    "{path}: {name!r} is missing, or not of the type {kind}.", "{path}：{name!r} がないか、型が {kind} ではありません。"
)
_NOT_TEXTS = Text("{path}: {name!r} is not a list of texts.", "{path}：{name!r} は文字列のリストではありません。")
_NOT_A_LAYER = Text(
    "{path}: there is no layer {layer!r}, or no level {level}.",
    "{path}：{layer!r} という層か、難度 {level} がありません。",
)
_NOT_ONE = Text(
    "{path}: there are {count} sections «## {title}», not {wanted}.",
    "{path}：「## {title}」の節が {wanted} 個ではなく {count} 個あります。",
)
_NOT_A_SECTION = Text(
    "{path}: «## {title}» is not a section of an incident.", "{path}：「## {title}」はインシデントの節ではありません。"
)
_NO_FAULT = Text(
    "{path}: one Change needs sections «### {fault}», one for each variant.",
    "{path}：1 つの Change に、バリアントごとの「### {fault}」の節が必要です。",
)
_NOT_A_FAULT = Text(
    "{path}:{line}: «### {title}» is not part of a Change, which has «### {fault}».",
    "{path}:{line}：「### {title}」は Change の一部ではありません。書けるのは「### {fault}」です。",
)
_EMPTY_FAULT = Text(
    "{path}:{line}: a «### {fault}» has no diff, or nothing that finds it.",
    "{path}:{line}：「### {fault}」に差分がないか、それを見つけるものがありません。",
)
_LANGUAGES = Text(
    "{path}:{line}: «## {title}» needs «### {en}» and «### {ja}», and no text outside them.",
    "{path}:{line}：「## {title}」には「### {en}」と「### {ja}」が必要で、その外に文は置けません。",
)
_NOT_A_KEEP = Text(
    "{path}: an item of keep is not as it should be: {item}", "{path}：keep の項目が正しくありません：{item}"
)
_KEEP_HAS = Text("It has {names}; path is a list.", "書けるのは {names} で、path はリストです。")
_NO_KEEP = Text("{path}: keep is empty.", "{path}：keep が空です。")
_SAY_WHY = Text(
    "Say what the change was for, so that taking it back is not enough.",
    "取り消すだけでは足りないように、変更の目的を書いてください。",
)
_NOT_AN_AMOUNT = Text("{path}: {name!r}: {why}", "{path}：{name!r}：{why}")


def read_incident(path: Path) -> Incident:
    """Raises BadInput that says where the file is not as an incident is written."""
    front, body = _halves(text_of(path), path)
    if unknown := front.keys() - _FRONT:
        raise BadInput(said(_NOT_A_FIELD, path=path, name=min(unknown)), said(_THESE, names=", ".join(sorted(_FRONT))))
    parts = sections(body)
    changes = tuple(_change(section, front, path) for section in parts if section.title.startswith("Change: "))
    if sum(bool(change.faults) for change in changes) != 1:
        raise BadInput(said(_NO_FAULT, path=path, fault=_FAULT), said(_SEE))
    hints = tuple(_texts(section, path) for section in parts if section.title == "Hint")
    if len(hints) != HINTS:
        raise BadInput(said(_NOT_ONE, path=path, title="Hint", count=len(hints), wanted=HINTS), said(_SEE))
    others = [section for section in parts if not section.title.startswith("Change: ")]
    if odd := [section for section in others if section.title not in _SECTIONS]:
        raise BadInput(said(_NOT_A_SECTION, path=path, title=odd[0].title), said(_THESE, names=", ".join(_SECTIONS)))
    layer, level = _field(front, "layer", str, path), _field(front, "level", int, path)
    if layer not in LAYERS or level not in LEVELS:
        names = f"{', '.join(LAYERS)}; {', '.join(map(str, LEVELS))}"
        raise BadInput(said(_NOT_A_LAYER, path=path, layer=layer, level=level), said(_THESE, names=names))
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
        look="".join(block for section in parts if section.title == "Look" for block in section.blocks("sh")),
        ticket=_texts(_only(parts, "Ticket", path), path),
        changes=changes,
        keep=tuple(_keeps(front, path)),
        hints=hints,
        lesson=_texts(_only(parts, "Lesson", path), path),
    )


def text_of(path: Path) -> str:
    """The text of a file that a person wrote. Raises BadInput when it cannot be read, or is too long."""
    try:
        with open(path, encoding="utf-8", opener=regular) as file:
            text = file.read(LARGEST + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(said(_UNREADABLE, path=path, why=error), said(_IN_UTF8)) from error
    if len(text) > LARGEST:
        raise BadInput(said(_TOO_LONG, path=path, most=LARGEST), said(_TWO_PAGES))
    return text


def _halves(text: str, path: Path) -> tuple[Mapping[str, Any], str]:
    before, *rest = text.split("---\n", 2)
    if before or len(rest) != 2:
        raise BadInput(said(_NO_FRONT, path=path), said(_SEE))
    return yaml_files.parse_mapping(rest[0], said(_FRONT_OF, path=path)), rest[1]


def _change(section: Section, front: Mapping[str, Any], path: Path) -> Change:
    if odd := [part for part in section.parts if part.title.partition(": ")[0] != _FAULT]:
        what = said(_NOT_A_FAULT, path=path, line=odd[0].line, title=odd[0].title, fault=_FAULT)
        raise BadInput(what, said(_SEE))
    usual = ", ".join(_list(front, "finds", path))
    faults = tuple(
        Fault(_diffs(part, f"{path}:{part.line}"), frozenset((part.title.partition(": ")[2] or usual).split(", ")))
        for part in section.parts
    )
    if any(not fault.diffs or not all(fault.finds) for fault in faults):
        raise BadInput(said(_EMPTY_FAULT, path=path, line=section.line, fault=_FAULT), said(_SEE))
    return Change(section.title.removeprefix("Change: "), _diffs(section, f"{path}:{section.line}"), faults)


def _diffs(section: Section, where: str) -> tuple[diffs.Diff, ...]:
    return tuple(diff for block in section.blocks("diff") for diff in diffs.parse(block, where))


def _keeps(front: Mapping[str, Any], path: Path) -> Iterator[Keep]:
    """What the change was for. Raises BadInput when that is nothing: a revert would solve the incident."""
    items = _field(front, "keep", list, path)
    for item in items:
        if not isinstance(item, Mapping) or item.keys() - _KEEP or not isinstance(item.get("path"), list):
            raise BadInput(said(_NOT_A_KEEP, path=path, item=item), said(_KEEP_HAS, names=", ".join(sorted(_KEEP))))
        least, most = (_amount(item, key, path) for key in ("least", "most"))
        steps = tuple(map(str, item["path"]))
        yield Keep(_field(item, "object", str, path), steps, _text(item, path), item.get("equals"), least, most)
    if not items:
        raise BadInput(said(_NO_KEEP, path=path), said(_SAY_WHY))


def _amount(item: Mapping[str, Any], name: str, path: Path) -> Decimal | None:
    try:
        return quantity(item[name]) if name in item else None
    except ValueError as error:
        raise BadInput(said(_NOT_AN_AMOUNT, path=path, name=name, why=error), said(_SEE)) from error


def _texts(section: Section, path: Path) -> Text:
    """The English and the Japanese part of a section."""
    parts = {part.title: part.text.strip() for part in section.parts}
    if parts.keys() != {_ENGLISH, _JAPANESE} or not all(parts.values()) or section.text.strip():
        what = said(_LANGUAGES, path=path, line=section.line, title=section.title, en=_ENGLISH, ja=_JAPANESE)
        raise BadInput(what, said(_SEE))
    return Text(unwrapped(parts[_ENGLISH], " "), unwrapped(parts[_JAPANESE], ""))


def _text(mapping: Mapping[str, Any], path: Path) -> Text:
    return Text(_field(mapping, "en", str, path), _field(mapping, "ja", str, path))


def _only(parts: list[Section], title: str, path: Path) -> Section:
    match [section for section in parts if section.title == title]:
        case [only]:
            return only
        case several:
            raise BadInput(said(_NOT_ONE, path=path, title=title, count=len(several), wanted=1), said(_SEE))


def _field(mapping: Mapping[str, Any], name: str, kind: type[Value], path: Path) -> Value:
    value = mapping.get(name)
    if not isinstance(value, kind):
        raise BadInput(said(_MISSING, path=path, name=name, kind=kind.__name__), said(_SEE))
    return value


def _list(mapping: Mapping[str, Any], name: str, path: Path) -> list[str]:
    """A list of texts, or one text; empty when it is missing."""
    value = mapping.get(name, [])
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise BadInput(said(_NOT_TEXTS, path=path, name=name), said(_SEE))
    return list(items)
