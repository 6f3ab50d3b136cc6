"""Spelling: which word another stands for: loue is love, vpon is upon, honor is honour, shew is show.

Of early-modern words only those are mapped that no modern book has, so "thee" never becomes "the", and that are no
modern words of their own, so "thane" never becomes "than", unless EARLY says what they are. A word that has a modern
one plainly in it is that: sonne is son and not soon; so is one that modern books only quote, as they do "sleepe".
Others are compared with the modern ones by a key that forgets what printers of the First Folio did freely: v for u, i
for j, y for i, vv for w, a final e, doubled letters. A word with the key of no modern word is compared once more, by a
key that forgets what they did often: beleeue, murther, stretcht. What is like no modern word gets the letters of today:
Octauius, vnsex. Modern books differ too; in them a word is mapped if they have both spellings.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from app.index.early_words import EARLY

_Rules = Sequence[tuple[re.Pattern[str], str]]


def _rules(*rules: tuple[str, str]) -> _Rules:
    return [(re.compile(pattern, re.MULTILINE), replacement) for pattern, replacement in rules]


_LETTERS = str.maketrans({"v": "u", "j": "i", "y": "i"})
_FINAL_E = re.compile("e$", re.MULTILINE)
_DOUBLED = re.compile(r"(.)\1")
_CONTRACTED = re.compile("'d$", re.MULTILINE)
# What a plain reader does first: "haue" has v for u, "soules" and "winne" have letters too many.
_U_FOR_V = re.compile(r"(?<=[aeiloruy])u(?=[aeiouy])")
_V_FOR_U = re.compile(r"^v(?![aeiouy])")
_I_FOR_J = re.compile(r"^i(?=[aeou])")
_IE = re.compile(r"ie$")
_SILENT_E = re.compile(r"e(?=s?$)")
_SHORT = re.compile(r"([b-df-hj-np-tv-z])\1e(?=s?$)")
# What printers did often, in folded words.
_OFTEN = _rules(
    (r"(?<=[fhkpsx])t$", "ed"),  # stretcht
    (r"es$", "s"),  # dogges
    (r"(?<=.)ie(?=.)", "e"),  # greefe for grief
    (r"ow", "ou"),  # clowd
    (r"aw", "au"),  # sawce
    (r"aun", "an"),  # graunt
    (r"oa", "o"),  # smoake
    (r"^i(?=[mn])", "e"),  # indure, imploy
    (r"(?:ck?|qu)$", "k"),  # publike, publique
    (r"th(?=er)", "d"),  # murther
)
# Shorter words are like too many others.
_LONG = 5

# Of two spellings in modern books the one that stands for both: British for American, the later for the earlier.
_MODERN = _rules(
    (r"(?<=[aeiouy])([^aeiouy\n]+)or", r"\1our"),
    (r"iz", "is"),
    (r"gray", "grey"),
    (r"plow", "plough"),
    (r"(?<=cent|cept)er", "re"),
    (r"shew", "show"),
    (r"chuse", "choose"),
    (r"judgem", "judgm"),
    (r"connexion", "connection"),
    (r"^in(?=quir|treat|clos)", "en"),
)


# All below take a word, or many at once, one a line: that takes a tenth of the time.
def fold(words: str) -> str:
    """The key that spellings of one word share: fold("loue") == fold("love"), fold("merrie") == fold("merry")."""
    folded = _expand(words).replace("vv", "w").translate(_LETTERS)
    return _DOUBLED.sub(r"\1", _FINAL_E.sub("", folded))


def _loosely(words: str) -> str:
    """The key that more of its spellings share: greefe and grief, murther and murder."""
    return _DOUBLED.sub(r"\1", _replaced(fold(words), _OFTEN))


def _replaced(words: str, rules: _Rules) -> str:
    for pattern, replacement in rules:
        words = pattern.sub(replacement, words)
    return words


def _expand(words: str) -> str:
    """The participle written out: learn'd is learned."""
    return _CONTRACTED.sub("ed", words)


def canonical_spellings(
    modern: Mapping[str, int], early: Sequence[str], dictionary: Container[str] = frozenset()
) -> dict[str, str]:
    """The spelling that stands for each word that has another one.

    `modern` counts the words of the modern books; `early` are words of early-modern books that modern ones do not have,
    or may only quote; `dictionary` has the words of today. Contracted participles (learn'd) are mapped in both. Of
    several candidates the nearest in length (with the looser key, the most similar) wins, then the most frequent.
    """
    early = [word for word in early if word not in modern or _is_quoted(word, modern)]
    old = set(early)
    modern = {word: count for word, count in modern.items() if word not in old}
    spellings = _other_spellings(modern)
    by_key, by_loose_key = _by(fold, modern), _by(_loosely, modern)
    for word, full, key, loose_key in _with(early, _expand, fold, _loosely):
        is_long = len(word) >= _LONG
        if word in EARLY:
            best = EARLY[word]
        elif word in dictionary:
            continue
        elif plain := next((one for one in _plainly(full) if one in modern or (is_long and one in dictionary)), None):
            best = plain
        elif found := by_key.get(key):
            best = min(found, key=lambda other: (abs(len(other) - len(full)), -modern[other], other))
        elif is_long and (found := by_loose_key.get(loose_key)):
            best = min(found, key=lambda other: (OSA.distance(other, full), -modern[other], other))
        else:
            best = _in_letters_of_today(word)
        if word != best:
            spellings[word] = spellings.get(best, best)
    return spellings


def _is_quoted(word: str, modern: Container[str]) -> bool:
    """Whether a word that modern books have too is an old one in them: plainly another of their words."""
    return word in EARLY or any(one != word and one in modern for one in _plainly(_expand(word)))


def _plainly(full: str) -> Iterator[str]:
    """What an early word may be at first sight."""
    for word in (full, _in_letters_of_today(full)):
        yield word
        yield _IE.sub("y", word)
        yield _SILENT_E.sub("", word)
        yield _SHORT.sub(r"\1", word)


def _in_letters_of_today(word: str) -> str:
    return _I_FOR_J.sub("j", _V_FOR_U.sub("u", _U_FOR_V.sub("v", word)))


def _other_spellings(known: Collection[str]) -> dict[str, str]:
    """For each of the words the one that stands for it, if that is one of them too."""
    found = {}
    for word, full, modern in _with(known, _expand, lambda words: _replaced(_expand(words), _MODERN)):
        for other in (modern, full):
            if other != word and other in known:
                found[word] = other
                break
    return found


def _by(key: Callable[[str], str], words: Collection[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word, folded in _with(words, key):
        found[folded].append(word)
    return found


def _with(words: Collection[str], *functions: Callable[[str], str]) -> Iterator[tuple[str, ...]]:
    """Each word with what the functions make of it."""
    text = "\n".join(words)
    return zip(words, *(function(text).split("\n") for function in functions), strict=False)
