"""Where a text matches a query: ranges of offsets, never markup."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from app.search.expand import Expanded
from app.search.query import Kind
from app.words import WORD, are_apart, in_plain, next_in_plain, normal, words
from app.writing import is_mark, is_unspaced

Range = tuple[int, int]
Forms = Sequence[frozenset[str]]

# Lone common words of a query are not worth a mark, three of them in a row are.
_COMMON_RUN = 3
_APOSTROPHES = ("'", "’")
# From so much to look for on, it is faster to look at every word of the text. In words; a text has one letter so many
# times, and what follows must be looked at too.
_MANY = 12
_ONE_LETTER = 5
_FOLLOWING = 2
# Characters that end any word, whatever stands beyond them: nearly all that do.
_BORDERS = frozenset(" \n,.;!?-_()")
# The first letter of scripts without spaces between words.
_UNSPACED = "\u0e00"


class Finder(Protocol):
    """Something else that is found in a text; `find` takes the text in lower case and without accents."""

    has_many: bool

    def find(self, plain: str) -> list[Range]: ...


class Marker:
    """Finds the words of a query in texts.

    To look for each word in the whole text is several times faster than to look at every word of the text, unless
    there are many, and than to compile a regular expression for every query.
    """

    def __init__(
        self, terms: Sequence[Expanded], common: frozenset[str] = frozenset(), groups: Sequence[Finder] = ()
    ) -> None:
        """`common` are words that are marked only beside others; `groups` what is found beside the terms."""
        self._groups = groups
        found = [term for term in terms if all(term.forms)]
        single: frozenset[str] = frozenset().union(*(term.forms[0] for term in found if len(term.forms) == 1))
        prefixes = [term.term.words[0] for term in found if term.term.kind is Kind.PREFIX]
        phrases = [term.forms for term in found if len(term.forms) > 1]
        self._single = _Forms(single, prefixes)
        self._phrases = [(_Forms(first), rest) for first, *rest in phrases]
        self.has_many = self._single.effort + sum(first.effort + _FOLLOWING for first, _ in self._phrases) > _MANY
        """Whether there is so much to look for that a text takes several times as long."""
        self._by_first = _by_first(single, phrases) if self.has_many else {}
        self._is_word_by_word = self.has_many
        self.has_many |= any(group.has_many for group in groups)
        self._common = common if single - common else frozenset()
        self._may_overlap = bool(phrases or groups)

    def occurrences(self, text: str) -> list[Range]:
        """Every match of a term, in order and without overlap, as [start, end) in code points."""
        plain, origins = (text.lower(), None) if text.isascii() else _plain(text)
        found = self.find(plain)
        if len(found) > 1:
            found = _apart(found) if self._may_overlap else sorted(found)
        return [(origins[start], origins[end]) for start, end in found] if origins else found

    def find(self, plain: str) -> list[Range]:
        """Every match in a text in lower case and without accents, in no order."""
        found = list(self._word_by_word(plain)) if self._is_word_by_word else self._single.find(plain)
        if self._may_overlap:
            found += self._longer(plain)
        return found

    def _longer(self, plain: str) -> Iterator[Range]:
        """Those of several words, unless they are found word by word, and what the groups find."""
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
        """What to highlight: matches side by side are one mark; common words alone are none."""
        marks: list[Range] = []
        last = -1
        for start, end in self.occurrences(text):
            # Words side by side have one space between them, most others have a letter after it.
            if marks and (start - last <= 1 or not (text[last + 1].isalpha() or WORD.search(text, last, start))):
                marks[-1] = (marks[-1][0], end)
            else:
                marks.append((start, end))
            last = end
        return [mark for mark in marks if self._is_worth(text[slice(*mark)])] if self._common else marks

    def _is_worth(self, marked: str) -> bool:
        if marked.lower() in self._common:  # most of them are one word
            return False
        found = words(marked)
        return len(found) >= _COMMON_RUN or not self._common.issuperset(found)


class _Forms:
    """Words to find. Those that begin with another one of them (boat: boats, boating) are found with it, and those with
    a prefix all at once."""

    def __init__(self, forms: frozenset[str], prefixes: Sequence[str] = ()) -> None:
        self._forms = forms
        # What to look for, with the characters by which others of the forms go on.
        roots: dict[str, str] = {}
        last = ""
        for form in sorted({*forms, *prefixes}):
            if last and form.startswith(last):
                roots[last] += form[len(last)]
            else:
                last = form
                roots[form] = ""
        self.effort = sum(_ONE_LETTER if len(root) == 1 and root < _UNSPACED else 1 for root in roots)
        self._roots = [
            (root, len(root), root in forms, root[0].isdigit() or is_unspaced(root), further)
            for root, further in roots.items()
        ]

    def find(self, plain: str) -> list[Range]:
        """Where they stand as whole words."""
        found = []
        # The space ends the last word, and since plain[-1] is before plain[0] here, it begins the first.
        plain += " "
        for root, size, is_whole, is_apart, further in self._roots:
            start = plain.find(root)
            while start >= 0:
                end = start + size
                before, after = plain[start - 1], plain[end]
                # A letter beside it says that it is a part of another word, unless it is a number, or one of the two
                # is a character of a script without spaces.
                if before in _BORDERS or ((is_apart or _is_border(before)) and _starts_word(plain, start)):
                    if after in _BORDERS:
                        if is_whole:
                            found.append((start, end))
                    elif is_apart or after in further:
                        word = WORD.match(plain, start)
                        if word and word.group() in self._forms:
                            end = word.end()
                            found.append((start, end))
                    elif is_whole and _is_border(after) and _ends_word(plain, end):
                        found.append((start, end))
                start = plain.find(root, end)
        return found


def _by_first(single: frozenset[str], phrases: Iterable[Forms]) -> dict[str, tuple[Forms, ...]]:
    """What must follow each word that begins a match; nothing when it is one alone."""
    # The same for all of them: they may be thousands.
    found: dict[str, tuple[Forms, ...]] = dict.fromkeys(single, ((),))
    for first, *rest in phrases:
        for word in first:
            found[word] = (*found.get(word, ()), tuple(rest))
    return found


def _follow(plain: str, first: Range, rest: Forms) -> Range | None:
    """The whole phrase, if the next words after its first one are of the forms in `rest`, in turn."""
    end = first[1]
    for forms in rest:
        word = next_in_plain(plain, end)
        if word is None or word.group() not in forms or are_apart(plain, end, word.start()):
            return None
        end = word.end()
    return first[0], end


def _apart(found: list[Range]) -> list[Range]:
    """In order, the longest of those that overlap."""
    kept: list[Range] = []
    for start, end in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _is_border(character: str) -> bool:
    """Whether a word may end before the character, or begin after it."""
    if character < _UNSPACED:
        return not character.isalpha() and not is_mark(character)
    return is_unspaced(character) or not (character.isalpha() or is_mark(character))


def _starts_word(plain: str, start: int) -> bool:
    """Whether no letter, and no letter with an apostrophe, stands before; nor a digit or colon before a number."""
    before = plain[max(0, start - 2) : start]
    if plain[start].isdigit():
        return not before or not (before[-1].isdigit() or before[-1] == ":")
    if before[-1:] in _APOSTROPHES:
        return is_unspaced(plain[start]) or not before[:-1] or _is_border(before[:-1])
    return not before or is_unspaced(plain[start]) or _is_border(before[-1])


def _ends_word(plain: str, end: int) -> bool:
    """The same for what stands after."""
    after = plain[end : end + 2]
    if plain[end - 1].isdigit():
        return not after or not (after[0].isdigit() or after[0] == ":")
    if after[:1] in _APOSTROPHES:
        return not after[1:] or _is_border(after[1:])
    return not after or _is_border(after[0])


def _plain(text: str) -> tuple[str, list[int] | None]:
    """The text in lower case and without accents; if that has another length, also where each character came from."""
    plain = [_plain_character(character) for character in text]
    joined = "".join(plain)
    if len(joined) == len(text) and "" not in plain:
        return joined, None
    return joined, [*(i for i, part in enumerate(plain) for _ in part), len(text)]


# More than one for ligatures, none for the points of Hebrew and Arabic.
_plain_character = lru_cache(maxsize=8192)(normal)
