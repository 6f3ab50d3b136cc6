"""Everything that the documents link to is there, and both languages say the same."""

import re
import subprocess
from pathlib import Path

import pytest

from bootstrap.processes import ROOT

_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#[^)]*)?\)")
_COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


_LIST = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
FILES = subprocess.run(_LIST, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
DOCUMENTS = [path for path in FILES if path.endswith(".md") and (ROOT / path).exists()]
TRANSLATED = [path for path in DOCUMENTS if path.removesuffix(".md") + ".ja.md" in DOCUMENTS]


def links(document: Path) -> list[str]:
    return _LINK.findall(document.read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_links_to_exists(document: str) -> None:
    path = ROOT / document
    assert [link for link in links(path) if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "CONTRIBUTING.ja.md"])
def test_every_module_that_the_guide_names_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(r"`([\w./-]+\.(?:py|yml))`", text)
    assert named
    assert [name for name in named if not any(path.endswith(f"/{name}") for path in FILES)] == []


@pytest.mark.parametrize("document", TRANSLATED)
def test_both_languages_have_the_same_commands_and_links(document: str) -> None:
    english, japanese = ROOT / document, ROOT / (document.removesuffix(".md") + ".ja.md")
    commands = [_COMMANDS.findall(path.read_text(encoding="utf-8")) for path in (english, japanese)]
    assert commands[0] == commands[1]
    targets = [sorted({link.replace(".ja.md", ".md") for link in links(path)}) for path in (english, japanese)]
    assert targets[0] == targets[1]
