"""Which word a spelling stands for: loue is love, vpon is upon, honor is honour, shew is show.

Early-modern words are mapped only if no modern book has them, so that "thee" never becomes "the", and if they are no
modern words themselves, so that "thane" never becomes "than"; EARLY lists exceptions. A word that plainly contains a
modern one stands for it: sonne is son, not soon. So does a word that modern books only quote, such as "sleepe".

Other words are compared with modern ones by a key that ignores what printers of the First Folio did freely: v for u, i
for j, y for i, vv for w, a final e, doubled letters. If no modern word has the key, a looser one ignores what they did
often: beleeue, murther, stretcht. A word that is like no modern word only gets today's letters: Octauius, vnsex. In
modern books, a word is mapped if they have both spellings.
"""

import re
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
# What a reader does first: "haue" has v for u, "soules" and "winne" have superfluous letters.
_U_FOR_V = re.compile(r"(?<=[aeiloruy])u(?=[aeiouy])")
_V_FOR_U = re.compile(r"^v(?![aeiouy])")
_I_FOR_J = re.compile(r"^i(?=[aeou])")
_IE = re.compile(r"ie$")
_SILENT_E = re.compile(r"e(?=s?$)")
_SHORT = re.compile(r"([b-df-hj-np-tv-z])\1e(?=s?$)")
# What printers did often, as it looks in folded words.
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
# Shorter words are similar to too many others.
_LONG = 5

# Of two spellings in modern books, the one that represents both: British rather than American, the later rather than
# the earlier.
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


# The functions below take one word, or many at once, one per line, which takes a tenth of the time.
def fold(words: str) -> str:
    """The key that the spellings of a word share: fold("loue") == fold("love"), fold("merrie") == fold("merry")."""
    folded = _expand(words).replace("vv", "w").translate(_LETTERS)
    return _DOUBLED.sub(r"\1", _FINAL_E.sub("", folded))


def _loosely(words: str) -> str:
    """A looser key, which more spellings share: greefe and grief, murther and murder."""
    return _DOUBLED.sub(r"\1", _replaced(fold(words), _OFTEN))


def _replaced(words: str, rules: _Rules) -> str:
    for pattern, replacement in rules:
        words = pattern.sub(replacement, words)
    return words


def _expand(words: str) -> str:
    """Writes a participle out: learn'd is learned."""
    return _CONTRACTED.sub("ed", words)


def canonical_spellings(
    modern: Mapping[str, int], early: Sequence[str], dictionary: Container[str] = frozenset()
) -> dict[str, str]:
    """The modern spelling of each word that has one.

    `modern` counts the words of modern books; `early` are words of early-modern books that modern ones do not have, or
    only quote; `dictionary` has the words of today. Contracted participles (learn'd) are mapped in both. Among several
    candidates, the closest in length wins (with the looser key, the most similar), then the most frequent.
    """
    early = [word for word in early if word not in modern or _is_quoted(word, modern)]
    old = set(early)
    modern = {word: count for word, count in modern.items() if word not in old}
    spellings = _other_spellings(modern)
    by_key, by_loose_key = _like(early, fold, modern), _like(early, _loosely, modern)
    for word, full, key, loose_key in _with(early, _expand, fold, _loosely):
        is_long = len(word) >= _LONG
        if word in EARLY:
            best = EARLY[word]
        elif word in dictionary:
            continue
        elif plain := next((it for it in _plainly(full) if it in modern or (is_long and it in dictionary)), None):
            best = plain
        elif others := by_key.get(key):
            best = min(others, key=lambda other: (abs(len(other) - len(full)), -modern[other], other))
        elif is_long and (others := by_loose_key.get(loose_key)):
            best = min(others, key=lambda other: (OSA.distance(other, full), -modern[other], other))
        else:
            best = _in_letters_of_today(word)
        if word != best:
            spellings[word] = spellings.get(best, best)
    return spellings


def _is_quoted(word: str, modern: Container[str]) -> bool:
    """Whether a word of modern books is an old spelling in them: plainly another of their words."""
    return word in EARLY or any(candidate != word and candidate in modern for candidate in _plainly(_expand(word)))


def _plainly(full: str) -> Iterator[str]:
    """The modern words that an early one plainly contains."""
    for word in (full, _in_letters_of_today(full)):
        yield word
        yield _IE.sub("y", word)
        yield _SILENT_E.sub("", word)
        yield _SHORT.sub(r"\1", word)


def _in_letters_of_today(word: str) -> str:
    return _I_FOR_J.sub("j", _V_FOR_U.sub("u", _U_FOR_V.sub("v", word)))


def _other_spellings(known: Collection[str]) -> dict[str, str]:
    """The spelling that represents each word, if it is one of the words too."""
    spellings = {}
    for word, full, modern in _with(known, _expand, lambda words: _replaced(_expand(words), _MODERN)):
        for other in (modern, full):
            if other != word and other in known:
                spellings[word] = other
                break
    return spellings


def _like(early: Sequence[str], key: Callable[[str], str], modern: Collection[str]) -> dict[str, list[str]]:
    """The modern words that share a key with an early one, by key."""
    by_key: dict[str, list[str]] = {folded: [] for _, folded in _with(early, key)}
    for word, folded in _with(modern, key) if early else ():
        if folded in by_key:
            by_key[folded].append(word)
    return by_key


def _with(words: Collection[str], *functions: Callable[[str], str]) -> Iterator[tuple[str, ...]]:
    """Each word with the results of the functions."""
    text = "\n".join(words)
    return zip(words, *(function(text).split("\n") for function in functions), strict=False)
