"""Where a text matches a query: ranges of offsets, never markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from app.search.expand import Expanded
from app.words import WORD, normal

Range = tuple[int, int]

# What may stand between the words of a phrase: anything that is no word, and the number of a verse.
_BETWEEN = r"(?:[\W_]|\d+:\d+)+"
_END = r"(?![^\W\d_]|'[^\W\d_])"
_NEVER = re.compile(r"(?!)")
# Lone common words of a query are not worth a mark, three of them in a row are.
_COMMON_RUN = 3


class Marker:
    """Finds the words of a query in texts.

    One regular expression over the whole text is several times faster than looking at every word of it.
    """

    def __init__(self, terms: Sequence[Expanded], common: frozenset[str] = frozenset()) -> None:
        """`common` are words that are marked only beside others."""
        found = [term.forms for term in terms if all(term.forms)]
        single = frozenset(form for forms in found if len(forms) == 1 for form in forms[0])
        branches = [_BETWEEN.join(map(_either, forms)) for forms in found if len(forms) > 1]
        branches += [_either(single)] if single else []
        self._pattern = re.compile(f"(?:{'|'.join(branches)}){_END}") if branches else _NEVER
        self._common = common if single - common else frozenset()

    def occurrences(self, text: str) -> list[Range]:
        """Every match of a term, in order, as [start, end) in code points."""
        plain = _plain(text)
        return [match.span() for match in self._pattern.finditer(plain) if _starts_word(plain, match.start())]

    def marks(self, text: str) -> list[Range]:
        """What to highlight: matches side by side are one mark; common words alone are none."""
        return [(run[0][0], run[-1][1]) for run in _runs(text, self.occurrences(text)) if self._worth_a_mark(text, run)]

    def _worth_a_mark(self, text: str, run: Sequence[Range]) -> bool:
        if not self._common or len(run) >= _COMMON_RUN:
            return True
        return any(normal(text[start:end]) not in self._common for start, end in run)


def _runs(text: str, occurrences: Iterable[Range]) -> Iterator[list[Range]]:
    """The occurrences in groups between which another word stands."""
    run: list[Range] = []
    for occurrence in occurrences:
        if run and WORD.search(text, run[-1][1], occurrence[0]):
            yield run
            run = []
        run.append(occurrence)
    if run:
        yield run


def _either(forms: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first so that "loved" is not taken for "love"."""
    patterns = map(re.escape, sorted(forms, key=lambda form: (-len(form), form)))
    return f"(?:{'|'.join(patterns)})".replace("ae", "(?:ae|æ)").replace("oe", "(?:oe|œ)")


def _starts_word(plain: str, start: int) -> bool:
    """Whether no letter, and no letter with an apostrophe, stands before; nor a digit or colon before a number."""
    before = plain[max(0, start - 2) : start]
    if plain[start : start + 1].isdigit():
        return not before or not (before[-1].isdigit() or before[-1] == ":")
    if before.endswith("'"):
        return not before[:-1].isalpha()
    return not before[-1:].isalpha()


def _plain(text: str) -> str:
    """Lower case without accents, character by character, so that offsets stay."""
    return text.lower() if text.isascii() else "".join(map(_plain_character, text))


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    if character in "æÆœŒ":
        return character.lower()
    plain = normal(character)
    return plain if len(plain) == 1 else character
