"""Words to find in a text, as it stands in lower case and without accents."""

from app.words import WORD
from app.writing import is_mark, is_unspaced

Range = tuple[int, int]

_APOSTROPHES = ("'", "’")
# A text has one letter so many times.
_ONE_LETTER = 5
# Characters that end any word, whatever stands beyond them: nearly all that do.
_BORDERS = frozenset(" \n,.;!?-_()")
# The first letter of scripts without spaces between words.
_UNSPACED = "\u0e00"


class Forms:
    """The words that match a term at one place. Those that begin with another one of them (boat: boats, boating) are
    found with it, and those with a prefix all at once.

    To look for each word in the whole text is several times faster than to look at every word of the text, unless
    there are many, and than to compile a regular expression.
    """

    def __init__(self, words: frozenset[str], prefix: str | None = None) -> None:
        self.words = words
        # What to look for, with the characters by which others of the words go on.
        roots: dict[str, str] = {}
        last = ""
        for form in sorted({*words, prefix} if prefix else words):
            if last and form.startswith(last):
                roots[last] += form[len(last)]
            else:
                last = form
                roots[form] = ""
        self.effort = sum(_ONE_LETTER if len(root) == 1 and root < _UNSPACED else 1 for root in roots)
        """How much there is to look for, in words."""
        self._roots = [
            (root, len(root), root in words, root[0].isdigit() or is_unspaced(root), further)
            for root, further in roots.items()
        ]

    def find(self, plain: str) -> list[Range]:
        """Where they stand as whole words in a text that ends with a space."""
        found = []
        # The space ends the last word, and since plain[-1] is before plain[0] here, it begins the first.
        for root, size, is_whole, is_apart, further in self._roots:
            start = plain.find(root)
            while start >= 0:
                end = start + size
                before, after = plain[start - 1], plain[end]
                # A letter beside it says that it is a part of another word, unless it is a number, or one of the two
                # is a character of a script without spaces.
                if before in _BORDERS or (
                    (is_apart or not before.isalpha() or before >= _UNSPACED) and _starts_word(plain, start)
                ):
                    if after in _BORDERS:
                        if is_whole:
                            found.append((start, end))
                    elif is_apart or after in further:
                        word = WORD.match(plain, start)
                        if word and word.group() in self.words:
                            end = word.end()
                            found.append((start, end))
                    elif is_whole and (not after.isalpha() or after >= _UNSPACED) and _ends_word(plain, end):
                        found.append((start, end))
                start = plain.find(root, end)
        return found


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
