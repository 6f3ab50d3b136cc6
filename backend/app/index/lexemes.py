"""Groups words into lexemes: the inflections of one word.

A stemmer alone takes witness for wit, and wilderness for wilder. So words that share a stem only stay together if they
are regular inflections of each other, or of a common base, and if the dictionary does not separate them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.index.dictionary import Dictionary
from app.index.inflection import bases, inflections
from app.index.schema import stemmer


def lexemes(words: Iterable[str], dictionary: Dictionary) -> dict[str, str]:
    """For each word the one that represents its lexeme, which is the shortest."""
    by_stem: defaultdict[str, list[str]] = defaultdict(list)
    distinct = sorted(dict.fromkeys(words))  # in their order, since they are nearly sorted
    for word, stem in zip(distinct, stemmer().analyze(" ".join(distinct)), strict=True):
        by_stem[stem].append(word)
    by_word = dict(zip(distinct, distinct, strict=True))  # true of most words: no other word has their stem
    for same in by_stem.values():
        if len(same) > 1:
            by_word.update(_parted(same, dictionary))
    return by_word


def _parted(words: Sequence[str], dictionary: Dictionary) -> Iterator[tuple[str, str]]:
    """Splits words that share a stem into lexemes: each word that is not alone in its own, with the one that represents
    it."""
    own = frozenset(words)
    groups: dict[str, set[str]] = {}
    for word in words:
        for base, how in bases(word):
            if (base in own or dictionary.names(base)) and dictionary.allows(word, base, how):
                together = groups.get(word, {word}) | groups.get(base, {base})
                groups.update(dict.fromkeys(together, together))
    for word, group in groups.items():
        if word in own:
            yield word, min(group & own, key=lambda other: (len(other), other))


def related(word: str) -> Iterator[str]:
    """Words that may be inflections of the same word, the likeliest first."""
    near = [word, *(base for base, _ in bases(word))]
    stem = stemmer().analyze
    (own,) = stem(word)
    candidates = [*near[1:], *(form for base in near for form in inflections(base))]
    return (candidate for candidate in candidates if stem(candidate) == [own])
