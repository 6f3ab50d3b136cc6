"""Stage directions, which are printed among the lines of a play, but are not lines."""

import re
from collections.abc import Iterator

# Stage directions are paragraphs that begin so, also in the spelling of the First Folio. Those that enter or leave may
# be single lines.
_MOVES = r"(?:Enter|Exit|Exeunt)\b"
_OPENINGS = (
    r"[\[(]|(?:A |The )?(?:noise|cry|bell rings|shew of|letter\.)|(?:Low |Lowd )?(?:alarums?|march)\b|manet|flourish"
    r"|thunder|musicke|drum|hoboyes|senn?[ei]t|shout[.,]|showt|knocke?(?:\.| within)|noise within|sing within|sings"
    r"|trumpets|retreat|fight\b|dyes|dies\b|\w+ dyes|sleepes|drinkes|(?:he )?descends?|leaps|hurts|killes|powres"
    r"|reads|opens|giues him|ghost (?:beckens|cries)|clocke strikes|bell rings|they (?:stab|whisper|play)|witches "
    r"|banquet prepar|ring the bell|(?:prepare to )?play\.|in scuffling|\w+ and \w+ stand forth|finis"
)
_DIRECTION = re.compile(rf"(?<=\n\n)(?i:{_OPENINGS}|{_MOVES})[^\n]*(?:\n[^\n]*\S[^\n]*)*|^{_MOVES}[^\n]*", re.MULTILINE)


def directions(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where each stage direction from `start` on begins and ends."""
    return (match.span() for match in _DIRECTION.finditer(text, start))
