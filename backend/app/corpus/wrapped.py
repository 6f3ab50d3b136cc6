"""Joins lines of Chinese and Japanese that were wrapped at a width. Their line ends are no spaces, as they are in
English."""

import re
from itertools import pairwise

from app.writing import WIDE, has_unspaced

# Shorter lines are verses or paragraphs.
_LEAST_WIDTH = 20
# Lines may be shorter by this much, since none begins with a full stop or ends with an opening bracket.
_SHORTER = 2
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)+")
_INSIDE = re.compile(rf"[{WIDE}](?<![\u3000])\n(?![\u3000「『（〔［《〈【])[{WIDE}]")


def unwrapped(text: str) -> str:
    """The text with wrapped lines joined. Verses stay, and so do paragraphs, which a wide space indents."""
    return _BLOCK.sub(_joined, text) if has_unspaced(text) else text


def _joined(block: re.Match[str]) -> str:
    lines = block.group().split("\n")
    full = max(map(len, lines)) - _SHORTER
    if full < _LEAST_WIDTH:
        return block.group()
    joined = lines[0]
    for before, line in pairwise(lines):
        is_wrapped = len(before) >= full and _INSIDE.match(f"{before[-1]}\n{line[0]}")
        joined += line if is_wrapped else f"\n{line}"
    return joined
