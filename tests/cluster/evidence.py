"""What kubectl shows, without what differs each time: names, ages, addresses and hashes."""

import re
from collections.abc import Callable, Iterable
from itertools import groupby

from gitops.output import aligned
from gitops.practice.diffs import OVERLAY
from gitops.practice.incident import Incident

_AGE = "1m"
_MASKS = (
    (r"[^\s\"]+/k8s-practice-(backend|frontend)(?=[:@])", r"ghcr.io/class/k8s-practice-\1"),
    (r"sha-[0-9a-f]{40}", "sha-<commit>"),
    (r"sha256:[0-9a-f]{64}", "sha256:<digest>"),
    (r"containerd://[0-9a-f]{64}", "containerd://<id>"),
    (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b", "<id>"),
    (r"\d{4}([-/])\d\d[-/]\d\d([T ])\d\d:\d\d:\d\d(\.\d+)?", r"2026\g<1>01\g<1>05\g<2>09:00:00"),
    (r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d", "Mon, 05 Jan 2026 09:00:00"),
    (r"(?m)^(  +(?:Normal|Warning) +\w+ +)\d\w*(?: \(x\d+ over \w+\))? +", rf"\g<1>{_AGE}   "),
    (r"(?m)^(  Type +Reason +)Age +", r"\g<1>Age  "),
    (r"(?m)^(  -+ +-+ +)-+ +", r"\g<1>---  "),
    (r"\d+#\d+: \*\d+", "40#40: *1"),
    (r'("(?:seconds|bytes)":)[\d.]+', r"\g<1>1"),
    (r'("upstream_seconds":")[^"]*', r"\g<1>1"),
    (r"((?:resourceVersion|generation|observedGeneration|kubernetes.io/revision): )\S+", r'\g<1>"1"'),
    (r"back-off \w+ restarting", "back-off 10s restarting"),
    (r"\d+% \(\d+m\)", "90% (18m)"),
)
"""What is replaced wherever it stands, in this order."""
_LETTERS = "bcdfghjklmnpqrstvwxz2456789"
"""The letters in names that Kubernetes makes up."""
_RANDOM = f"[{_LETTERS}]"
_HASH = re.compile(rf"(?:(?<=backend-)|(?<=frontend-)|(?<=hash=)|(?<=hash in \())(?=\w*\d){_RANDOM}{{8,10}}\b")
_POD = re.compile(rf"(?<=\w{{8}}-){_RANDOM}{{5}}\b|(?<=backend-){_RANDOM}{{5}}(?= +IPv4)")
_ADDRESS = re.compile(r"\b10(?:\.\d{1,3}){3}\b")
_NAMES: tuple[tuple[re.Pattern[str], Callable[[int], str]], ...] = (
    (_HASH, lambda number: f"7d9f8c6b{_letters(number)}"),
    (_POD, lambda number: f"x4k{_letters(number)}"),
    (_ADDRESS, lambda number: f"10.0.0.{number + 1}"),
)
"""Patterns of random names, and what replaces the first, second, … name that matches."""
_CELLS = "\t"
_COMMAND = re.compile(r"(?m)^(?=\$ )")
_BLANK = re.compile(r"\n{2,}(?=\S)")
_HEADS = re.compile(r"[A-Z][A-Z ()-]{3,}")


def is_shown(incident: Incident, text: str) -> bool:
    """Whether the text has all that the incident shows, in its order."""
    lines = (".*".join(map(re.escape, shown.split("*"))) for shown in incident.shows)
    return re.search("(?s:.*?)".join(lines), text) is not None


def normal(text: str, student: str) -> str:
    """The same for each recording of the same state, and for every student."""
    text = text.replace(student, OVERLAY)
    for mask, replacement in _MASKS:
        text = re.sub(mask, replacement, text)
    text = "".join(f"{_in_order(one)}\n" for one in _COMMAND.split(text) if one)
    for pattern, name in _NAMES:
        text = _renamed(text, pattern, name)
    return _aligned(text)


def _in_order(section: str) -> str:
    """A command and its output, in an order that does not depend on random names, without duplicates."""
    command, _, said = section.partition("\n")
    watched = command.endswith(" --watch")
    parts = [_table(one, watched=watched) if _HEADS.match(one) else one for one in _BLANK.split(said.strip())]
    if " describe " in command:
        parts = _different(parts)
    if " logs " in command:
        parts = ["\n".join(_different(parts[0].splitlines()))]
    return "\n".join([command, "\n\n".join(parts)])


def _table(text: str, *, watched: bool) -> str:
    """With all ages the same. Rows come in an order that names do not decide, and events that differ in nothing else
    are one; where a command watched, rows stay in the order of time, and those that repeat the one before are left out.
    """
    heads, *rows = text.splitlines()
    starts = [match.start() for match in re.finditer(r"(?<!\S)\S+(?: \S+)*", heads)]
    ends = [*starts[1:], None]
    table = [[row[start:end].strip() for start, end in zip(starts, ends, strict=True)] for row in (heads, *rows)]
    for row in table[1:]:
        for column, head in enumerate(table[0]):
            if head in ("AGE", "LAST SEEN"):
                row[column] = _AGE
            elif head == "RESTARTS" and row[column] != "0":
                row[column] = f"2 ({_AGE} ago)"
    first, *lines = [_CELLS.join(row) for row in table]
    if watched:
        lines = [line for line, _ in groupby(lines)]
    elif heads.startswith("LAST SEEN"):
        lines = _different(lines)
    else:
        lines = sorted(lines, key=_nameless)
    return "\n".join([first, *lines])


def _aligned(text: str) -> str:
    """With the columns of tables as wide as their widest cell, now that all have their names."""
    groups = groupby(text.splitlines(), lambda line: _CELLS in line)
    blocks = (aligned([line.split(_CELLS) for line in lines]) if cells else "\n".join(lines) for cells, lines in groups)
    return "".join(f"{block}\n" for block in blocks)


def _different(parts: Iterable[str]) -> list[str]:
    """Without those that differ only in names, in an order that does not depend on names."""
    known = {_nameless(one): one for one in parts}
    return [known[key] for key in sorted(known)]


def _nameless(text: str) -> str:
    # A pod's name is known by the hash before it.
    for pattern, _ in reversed(_NAMES):
        text = pattern.sub("*", text)
    return text


def _renamed(text: str, pattern: re.Pattern[str], name: Callable[[int], str]) -> str:
    new = {one: name(number) for number, one in enumerate(dict.fromkeys(pattern.findall(text)))}
    return re.sub("|".join(map(re.escape, new)) or r"(?!)", lambda match: new[match[0]], text)


def _letters(number: int) -> str:
    return "".join(_LETTERS[one] for one in divmod(number, len(_LETTERS)))
