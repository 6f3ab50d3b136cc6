"""Whoever practises reads one language: every sentence is there in both, and says the same things."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from string import Formatter
from typing import Any

import pytest

from gitops import practice
from gitops.doctor.all_checks import CHECKS
from gitops.practice import library, show
from gitops.practice.check import Failure, Judgement
from gitops.practice.ratchet import GUARDS
from gitops.practice.words import LANGUAGE, Language, said
from gitops.text import Text
from tests.gitops.support.sandbox import ROOT

PACKAGE = ROOT / "scripts/gitops/practice"
KANA = re.compile("[\u3041-\u30ff]")


def texts_in(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in texts_in(item))
    elif isinstance(value, (list, tuple)):
        yield from (text for item in value for text in texts_in(item))


def every_text() -> list[Text]:
    """Those of the modules, the checks and the guards."""
    modules = [import_module(module.name) for module in walk_packages(practice.__path__, f"{practice.__name__}.")]
    declared = [text for module in modules for value in vars(module).values() for text in texts_in(value)]
    return [*declared, *(check.why for check in CHECKS.values()), *(guard.says for guard in GUARDS)]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def code(text: str) -> set[str]:
    return set(re.findall("`([^`]+)`", text.replace("NAME", "名前")))


def test_both_languages_have_the_same_values_and_commands() -> None:
    texts = every_text()
    assert len(texts) > 200
    for text in texts:
        assert fields(text.en) == fields(text.ja), text
        assert code(text.en) == code(text.ja), text
        assert not KANA.search(text.en), text


def test_what_is_a_sentence_in_one_language_is_one_in_the_other() -> None:
    for text in every_text():
        if text.en.endswith("."):
            assert re.search(r"(。|：\{\w+\})$", text.ja), text


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_japanese_student_reads_no_english_sentence(check: Any) -> None:
    LANGUAGE.set(Language.JAPANESE)
    try:
        lines = list(show.judgement(Judgement((Failure(check.id, check.why),))))
        assert all(KANA.search(line) for line in lines)
    finally:
        LANGUAGE.set(Language.ENGLISH)


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.stem)
def test_what_is_refused_is_said_in_the_chosen_language(path: Any) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("BadInput", "show_lines", "show_error"):
            literal = [one for one in node.args if isinstance(one, ast.Constant)]
            assert literal == [], f"{path.name}:{node.lineno}: a text without translation"


def test_incidents_say_the_same_in_both_languages() -> None:
    for incident in library.every(None).values():
        for text in (incident.title, incident.ticket, *incident.hints, incident.lesson):
            assert KANA.search(text.ja) or text is incident.title
            assert not KANA.search(text.en)
        assert all(KANA.search(one.says.ja) for one in incident.keep)


def test_a_text_is_said_with_its_values() -> None:
    assert said(Text("{count} left.", "残り {count}。"), count=2) == "2 left."
