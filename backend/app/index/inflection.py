"""The regular inflections of English, and an old one that stemmers do not know: loveth, carrieth."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum


class Inflection(Enum):
    """How a word is inflected; `flag` is Hunspell's letter for the inflection."""

    GENITIVE = "M"
    PLURAL = "S"  # and he walks
    PAST = "D"
    PARTICIPLE = "G"

    @property
    def flag(self) -> str:
        return self.value


# The ending, what it replaces in the base, and what the inflection can be.
_ENDINGS = (
    ("'s", "", Inflection.GENITIVE),
    ("ies", "y", Inflection.PLURAL),
    ("es", "", Inflection.PLURAL),
    ("s", "", Inflection.PLURAL),
    ("ied", "y", Inflection.PAST),
    ("ed", "", Inflection.PAST),
    ("ed", "e", Inflection.PAST),
    ("ying", "ie", Inflection.PARTICIPLE),
    ("ing", "", Inflection.PARTICIPLE),
    ("ing", "e", Inflection.PARTICIPLE),
)
# Most words have none of these endings.
_BY_LAST_LETTER = {letter: [ending for ending in _ENDINGS if ending[0][-1] == letter] for letter in "sdg"}
_DOUBLING = "bcdfghjklmnpqrstvz"
_DOUBLED = re.compile(rf"(.*([{_DOUBLING}]))\2(?:(ed)|ing)")

# Excludes teeth, twentieth and the name Sheth.
_ETH = re.compile(r"(?=.*[aeiouy].*eth)(.+[^e])(?<!ti)eth")


def bases(word: str) -> Iterator[tuple[str, Inflection]]:
    """Candidates for the base of a word, whether or not they exist: stopped gives stopp, stoppe and stop."""
    for ending, instead, how in _BY_LAST_LETTER.get(word[-1:], ()):
        if word.endswith(ending) and word != ending:
            yield word[: -len(ending)] + instead, how
    if word.endswith(("ed", "ing")) and (doubled := _DOUBLED.fullmatch(word)):
        yield doubled[1], Inflection.PAST if doubled[3] else Inflection.PARTICIPLE


def regular(base: str, how: Inflection) -> str:
    """The regular inflection: loved, cried, boxes, but not stopped or goes."""
    y_for_ie = base[-1:] == "y" and base[-2:-1] not in tuple("aeiou")
    match how:
        case Inflection.GENITIVE:
            return base + "'s"
        case Inflection.PARTICIPLE:
            return base.removesuffix("e") + "ing"
        case Inflection.PAST:
            return base[:-1] + "ied" if y_for_ie else base.removesuffix("e") + "ed"
        case Inflection.PLURAL:
            return base[:-1] + "ies" if y_for_ie else base + ("es" if base[-1:] in tuple("sxzh") else "s")


def inflections(base: str) -> Iterator[str]:
    """Candidates for the inflections of a base, whether or not they exist."""
    for ending, instead, _ in _ENDINGS:
        if base.endswith(instead):
            yield base.removesuffix(instead) + ending
    if base[-1:] in _DOUBLING:
        yield from (f"{base}{base[-1]}{ending}" for ending in ("ed", "ing"))


def without_eth(word: str, counts: Mapping[str, int]) -> str:
    """The verb that a word in -eth comes from, the most frequent of those that are counted; the word itself if there is
    none."""
    if not (word.endswith("eth") and (match := _ETH.fullmatch(word))):
        return word
    (stem,) = match.groups()
    verbs = [verb for verb in (stem, stem + "e", _undoubled(stem), re.sub("i$", "y", stem)) if verb in counts]
    return max(verbs, key=counts.__getitem__, default=word)


def _undoubled(stem: str) -> str:
    return stem[:-1] if stem[-1] == stem[-2:-1] else stem
