"""Early-modern spelling: which modern word an old one stands for (loue is love, vpon is upon).

Only words that no modern book has are mapped, so "thee" never becomes "the". Old and new are compared by a key that
forgets what printers of the First Folio did freely: v for u, i for j, y for i, vv for w, a final e, doubled letters.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

_LETTERS = str.maketrans({"v": "u", "j": "i", "y": "i"})
_DOUBLED = re.compile(r"(.)\1")


def fold(word: str) -> str:
    """The key that spellings of one word share: fold("loue") == fold("love"), fold("merrie") == fold("merry")."""
    folded = _expand(word).replace("vv", "w").translate(_LETTERS)
    if folded.endswith("e"):
        folded = folded[:-1]
    return _DOUBLED.sub(r"\1", folded)


def canonical_spellings(modern: Mapping[str, int], early: Iterable[str]) -> dict[str, str]:
    """The modern spelling of each early-modern word that has one.

    `modern` counts the words of the modern books; `early` are the words that only early-modern books have.
    Contracted participles (learn'd) are mapped in both. Of several candidates the nearest in length wins, then
    the most frequent.
    """
    candidates: defaultdict[str, list[str]] = defaultdict(list)
    for word in modern:
        candidates[fold(word)].append(word)
    spellings = {word: full for word in modern if (full := _expand(word)) != word and full in modern}
    for word in early:
        found = candidates.get(fold(word))
        if found:
            length = len(_expand(word))
            best = min(found, key=lambda other: (abs(len(other) - length), -modern[other], other))
            spellings[word] = spellings.get(best, best)
    return spellings


def _expand(word: str) -> str:
    """The participle written out: learn'd is learned."""
    return word[:-2] + "ed" if word.endswith("'d") else word
