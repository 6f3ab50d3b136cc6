"""What Python 3.11's early releases do otherwise stays out, since the tests may run on a later one."""

import re

from bootstrap.processes import ROOT

POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)[*+?]\+")


def test_no_group_of_a_pattern_is_repeated_possessively() -> None:
    """Python before 3.11.5 goes on at the wrong character after one (python/cpython#106052); Debian 12 has 3.11.2."""
    sources = [path for folder in ("backend/app", "scripts") for path in (ROOT / folder).rglob("*.py")]
    assert sources
    assert [path for path in sources if POSSESSIVE_GROUP.search(path.read_text(encoding="utf-8"))] == []
