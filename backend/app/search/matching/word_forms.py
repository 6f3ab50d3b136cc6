"""Finding words in a text that is in lower case and without accents."""

from app.words import WORD
from app.writing import is_combining, is_unspaced

Range = tuple[int, int]

_APOSTROPHES = ("'", "’")
# How many words a single letter counts for: it occurs so much more often.
_ONE_LETTER = 5
# The most frequent characters that end a word, whatever follows them.
_BORDERS = frozenset(" \n,.;!?-_()")
# The first code point of scripts that are written without spaces.
_UNSPACED = "\u0e00"


class Forms:
    """The words that match a term at one position.

    Words that begin with another one of them (boat: boats, boating) are found with it, and those with a common prefix
    all at once. Searching the text for each word is several times faster than looking at every word of the text, unless
    there are many, and than compiling a regular expression.
    """

    def __init__(self, words: frozenset[str], prefix: str | None = None) -> None:
        self.words = words
        # The strings to search for, each with the characters by which longer words continue it.
        roots: dict[str, str] = {}
        last = ""
        for form in sorted({*words, prefix} if prefix else words):
            if last and form.startswith(last):
                roots[last] += form[len(last)]
            else:
                last = form
                roots[form] = ""
        self.effort = sum(_ONE_LETTER if len(root) == 1 and root < _UNSPACED else 1 for root in roots)
        """The work of a search, as a number of words."""
        self._roots = [
            (root, len(root), root in words, root[0].isdigit() or is_unspaced(root), further)
            for root, further in roots.items()
        ]

    def find(self, plain: str) -> list[Range]:
        """Where the words stand as whole words, in a text that ends with a space."""
        ranges = []
        # The space at the end ends the last word; since plain[-1] is also "before" plain[0], it begins the first one
        # too.
        for root, size, is_whole, is_apart, further in self._roots:
            start = plain.find(root)
            while start >= 0:
                end = start + size
                before, after = plain[start - 1], plain[end]
                # A letter next to the match makes it a part of another word, unless the match is a number or one of the
                # two is in a script without spaces.
                if before in _BORDERS or (
                    (is_apart or not before.isalpha() or before >= _UNSPACED) and _starts_word(plain, start)
                ):
                    if after in _BORDERS:
                        if is_whole:
                            ranges.append((start, end))
                    elif is_apart or after in further:
                        word = WORD.match(plain, start)
                        if word and word.group() in self.words:
                            end = word.end()
                            ranges.append((start, end))
                    elif is_whole and (not after.isalpha() or after >= _UNSPACED) and _ends_word(plain, end):
                        ranges.append((start, end))
                start = plain.find(root, end)
        return ranges


def _is_border(character: str) -> bool:
    """Whether a word may end before the character, or begin after it."""
    if character < _UNSPACED:
        return not character.isalpha() and not is_combining(character)
    return is_unspaced(character) or not (character.isalpha() or is_combining(character))


def _starts_word(plain: str, start: int) -> bool:
    """Whether a word can start here: no letter stands before, nor a letter and an apostrophe; before a number, no digit
    or colon."""
    before = plain[max(0, start - 2) : start]
    if plain[start].isdigit():
        return not before or not (before[-1].isdigit() or before[-1] == ":")
    if before[-1:] in _APOSTROPHES:
        return is_unspaced(plain[start]) or not before[:-1] or _is_border(before[:-1])
    return not before or is_unspaced(plain[start]) or _is_border(before[-1])


def _ends_word(plain: str, end: int) -> bool:
    """Whether a word can end here, by the same rules."""
    after = plain[end : end + 2]
    if plain[end - 1].isdigit():
        return not after or not (after[0].isdigit() or after[0] == ":")
    if after[:1] in _APOSTROPHES:
        return not after[1:] or _is_border(after[1:])
    return not after or _is_border(after[0])
