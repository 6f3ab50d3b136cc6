"""Where a text matches a query: ranges of offsets, never HTML."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Protocol

from app.search.matching.expansion import Expanded
from app.search.matching.word_forms import Range
from app.search.query import TermKind
from app.words import WORD, are_apart, in_plain, next_in_plain, normal, words

# A lone common word of a query is not marked; this many in a row are.
_COMMON_RUN = 3
# From this many words on, it is faster to look at every word of the text than for each word in turn. A phrase counts as
# more, because the words that follow must be checked too.
_MANY = 12
_FOLLOWING = 2

Rest = Sequence[frozenset[str]]


class Finder(Protocol):
    """Finds matches that are more than terms. The text is in lower case, without accents, and ends with a space."""

    has_many: bool

    def find(self, plain: str) -> list[Range]: ...


class Marker:
    """Finds the words of a query in texts."""

    def __init__(
        self, terms: Sequence[Expanded], common: frozenset[str] = frozenset(), groups: Sequence[Finder] = ()
    ) -> None:
        """`common` words are marked only next to others. `groups` find what is more than a term, such as NEAR."""
        self._groups = groups
        known = [term for term in terms if all(term.forms)]
        # Words with the same stem have the same forms.
        self._single = list({term.first.words: term.first for term in known if len(term.forms) == 1}.values())
        self._phrases = [(term.first, term.forms[1:]) for term in known if len(term.forms) > 1]
        effort = sum(forms.effort for forms in self._single)
        effort += sum(first.effort + _FOLLOWING for first, _ in self._phrases)
        self._is_word_by_word = effort > _MANY
        self.has_many = self._is_word_by_word or any(group.has_many for group in groups)
        """Whether a text takes several times as long to search as with few words."""
        self._by_first = self._all_by_first() if self._is_word_by_word else {}
        self._common = common if any(not forms.words <= common for forms in self._single) else frozenset()
        self._may_overlap = bool(self._phrases or groups) or any(term.term.kind is not TermKind.WORD for term in known)

    def occurrences(self, text: str) -> list[Range]:
        """Every match of a term, in order and without overlap, as [start, end) in code points."""
        ranges = self._in_order(text)
        return _apart(ranges) if self._may_overlap else ranges

    def _in_order(self, text: str) -> list[Range]:
        plain, origins = (text.lower(), None) if text.isascii() else _plain(text)
        ranges = self.find(plain + " ")
        if len(ranges) > 1:
            ranges.sort()
        return [(origins[start], origins[end]) for start, end in ranges] if origins else ranges

    def find(self, plain: str) -> list[Range]:
        """All matches, in no order. The text is in lower case, without accents, and ends with a space."""
        if self._is_word_by_word:
            ranges = list(self._word_by_word(plain))
        else:
            ranges = []
            for forms in self._single:
                ranges += forms.find(plain)
        if self._may_overlap:
            ranges += self._longer(plain)
        return ranges

    def _longer(self, plain: str) -> Iterator[Range]:
        """Matches of phrases, unless they are found word by word, and of the groups."""
        if not self._is_word_by_word:
            for first, rest in self._phrases:
                yield from (whole for start in first.find(plain) if (whole := _follow(plain, start, rest)))
        for group in self._groups:
            yield from group.find(plain)

    def _word_by_word(self, plain: str) -> Iterator[Range]:
        ours = self._by_first
        for word in in_plain(plain):
            for rest in ours.get(word.group(), ()):
                if whole := _follow(plain, word.span(), rest):
                    yield whole

    def marks(self, text: str) -> list[Range]:
        """The ranges to highlight. Matches that touch or overlap are one mark; lone common words are not marked."""
        marks: list[Range] = []
        last = -1
        for start, end in self._in_order(text):
            if marks and (start <= last or _are_side_by_side(text, last, start)):
                last = max(last, end)
                marks[-1] = (marks[-1][0], last)
            else:
                marks.append((start, end))
                last = end
        return [mark for mark in marks if self._is_worth(text[slice(*mark)])] if self._common else marks

    def _all_by_first(self) -> dict[str, tuple[Rest, ...]]:
        """For each word that can begin a match, the words that must follow it; empty for a single word."""
        # All share one tuple: they can be thousands.
        rests: dict[str, tuple[Rest, ...]] = dict.fromkeys(
            chain.from_iterable(forms.words for forms in self._single), ((),)
        )
        for first, rest in self._phrases:
            for word in first.words:
                rests[word] = (*rests.get(word, ()), rest)
        return rests

    def _is_worth(self, marked: str) -> bool:
        if marked.lower() in self._common:  # most matches are one word
            return False
        run = words(marked)
        return len(run) >= _COMMON_RUN or not self._common.issuperset(run)


def _follow(plain: str, first: Range, rest: Rest) -> Range | None:
    """The range of the whole phrase, if the words after its first one match `rest` in turn."""
    end = first[1]
    for forms in rest:
        word = next_in_plain(plain, end)
        if word is None or word.group() not in forms or are_apart(plain, end, word.start()):
            return None
        end = word.end()
    return first[0], end


def _are_side_by_side(text: str, end: int, start: int) -> bool:
    """Whether no word stands between the two ranges. Usually one space is there, or a letter follows at once."""
    if start - end == 1:
        return not text[end].isalnum()
    return not (text[end + 1].isalpha() or WORD.search(text, end, start))


def _apart(ranges: list[Range]) -> list[Range]:
    """The ranges in order; of those that overlap, the longest."""
    kept: list[Range] = []
    for start, end in sorted(ranges, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _plain(text: str) -> tuple[str, list[int] | None]:
    """The text in lower case and without accents, and, if its length changes, where each character came from."""
    plain = [_plain_character(character) for character in text]
    joined = "".join(plain)
    if len(joined) == len(text) and "" not in plain:
        return joined, None
    return joined, [*(i for i, part in enumerate(plain) for _ in part), len(text)]


# Ligatures become several characters, Hebrew and Arabic points none.
_plain_character = lru_cache(maxsize=8192)(normal)
