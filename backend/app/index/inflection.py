"""An inflection that English has lost, and its stemmers do not know: loveth, sitteth, carrieth."""

import re
from collections.abc import Mapping

# Not teeth, twentieth, and not the name Sheth.
_ETH = re.compile(r"(?=.*[aeiouy].*eth)(.+[^e])(?<!ti)eth")


def without_eth(word: str, counts: Mapping[str, int]) -> str:
    """The verb, if it is one of the counted words: the most frequent of those that the word may come from."""
    match = _ETH.fullmatch(word)
    if not match:
        return word
    (stem,) = match.groups()
    verbs = [verb for verb in (stem, stem + "e", _undoubled(stem), re.sub("i$", "y", stem)) if verb in counts]
    return max(verbs, key=counts.__getitem__, default=word)


def _undoubled(stem: str) -> str:
    return stem[:-1] if stem[-1] == stem[-2:-1] else stem
