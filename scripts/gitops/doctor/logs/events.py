"""Tells what a line reports from what it merely quotes: requests, test names, commit subjects, commands."""

import json
import re

_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# GitHub's, or those of `kubectl logs --timestamps`.
_TIMESTAMP = re.compile(r"\ufeff?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z ")
# Requests and user agents: anybody may write anything there.
_REQUEST = re.compile(r'"?\b(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) [^"]*? HTTP/[\d.]+"?|(?:referrer|host): "[^"]*"')
_ACCESS_LOG = re.compile(r'HTTP/[\d.]+" [1-5]\d\d\b')
_ECHO = "\x1b[36;1m"  # how GitHub shows the script of a step
_OPENS_A_QUOTE = re.compile(
    r"##\[group\]|##\[command\]|\[command\]|[$+] "  # a command, before it runs
    r"|HEAD is now at |[0-9a-f]{7,40} |commit [0-9a-f]{40}|\[\S+ [0-9a-f]{7,}\] "  # a commit and its subject
    r"|\s*--- (?:PASS|SKIP)|\s*ok \d|\s*[✓✔√] "  # a test that is well
)
_QUOTES = re.compile(
    r":No(?:Execute|Schedule) op=(?:Exists|Equal)\b"  # what a pod tolerates, in `kubectl describe pod`
    r"|\b(?:PASSED|SKIPPED|XFAIL)\b|\.\.\. (?:ok|ignored|expected failure)$|\.\.\. skipped\b"  # a test that is well
)
# Looking for these first takes a tenth of the time.
_PARTS_OF_QUOTES = (" op=", "PASSED", "SKIPPED", "XFAIL", "... ")
_DATE = re.compile(r"(?:Author|Commit)?Date: {3}")
_LONGEST_MESSAGE = 100
_LEVEL = re.compile(r'"(?:level|severity|levelname)"\s*:\s*"(?:trace|debug|info|notice)"', re.IGNORECASE)


def plain(line: str) -> str:
    """The line without the codes for colours."""
    return _COLOURS.sub("", line) if "\x1b" in line else line


def event(line: str) -> str:
    """What the line reports, without colours and the time in front; empty when it only quotes."""
    if _ECHO in line:
        return ""
    text = _without_time(plain(line)).strip()
    if _OPENS_A_QUOTE.match(text) or _quotes(text) or _is_information(text):
        return ""
    if "HTTP/" not in text and ': "' not in text:  # most have no request
        return text
    return "" if _ACCESS_LOG.search(text) else _REQUEST.sub("", text)


def _without_time(line: str) -> str:
    match = _TIMESTAMP.match(line)
    return line[match.end() :] if match else line


def in_commit_message(lines: list[str], index: int) -> bool:
    """Whether the line belongs to a commit message as `git log` shows it: indented by four, below the commit's date."""
    if "    " not in lines[index]:
        return False
    for above in range(index, max(-1, index - _LONGEST_MESSAGE), -1):
        text = _without_time(plain(lines[above]))
        if text.strip() and not text.startswith("    "):
            return _DATE.match(text) is not None
    return False


def _quotes(text: str) -> bool:
    return next((_QUOTES.search(text) is not None for part in _PARTS_OF_QUOTES if part in text), False)


def _is_information(text: str) -> bool:
    """Whether the line is a JSON record below the level of a warning, with or without compose's prefix."""
    start = text.find("{")
    if start < 0 or not _LEVEL.search(text):
        return False
    try:
        return isinstance(json.loads(text[start:]), dict)
    except (ValueError, RecursionError):
        return False
