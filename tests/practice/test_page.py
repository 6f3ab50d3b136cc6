"""The page shows a student which version and pod answers and what is lost (tests/e2e/test_rollout.py), and no cause: it
gives no incident away, whether one is open or not."""

import re
from pathlib import Path
from typing import get_type_hints

import pytest

from app.models.operation import About
from tests.gitops.support.sandbox import ROOT

CAUSES = re.compile(
    r"kubectl|kubernetes|argo|nginx|upstream|endpoint|selector|label|probe|polic|quota|memory|limit\b|dns|resolve|"
    r"replica|namespace|configmap|config|image|\bport\b|ポリシー|クォータ|プローブ|ラベル|イメージ|名前解決|メモリ|設定",
    re.IGNORECASE,
)


def errors(dictionary: Path) -> str:
    """What the page says of an answer that is missing or wrong."""
    match = re.search(r"^  errors: \{\n(.*?)^  \},$", dictionary.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert match
    return match[1]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_the_page_says_of_a_failure_names_no_cause(language: str) -> None:
    text = errors(ROOT / f"frontend/src/lib/i18n/{language}.ts")
    assert "backend-unavailable" in text
    assert CAUSES.findall(text) == []


def test_what_nginx_answers_for_the_backend_names_no_cause() -> None:
    text = (ROOT / "frontend/nginx/problems.conf").read_text(encoding="utf-8")
    told = re.findall(r'"(?:title|detail)":"([^"]+)"', text)
    assert len(told) > 10
    assert [one for one in told if CAUSES.search(one)] == []


def test_the_api_tells_who_answers_and_nothing_of_the_cluster() -> None:
    assert get_type_hints(About).keys() == {"name", "version", "commit", "host", "shelf"}
