"""Runs of characters between two spaces: one word or several, perhaps with wildcards, and characters without a
meaning."""

import re
from collections.abc import Iterator

from app.search.query.notices import NoticeKind, Typed
from app.search.query.tree import Term, TermKind
from app.words import normal, together, words
from app.writing import is_unspaced

FIELDS = "author|title|book|speaker"

_WITHOUT_MEANING = {
    NoticeKind.PLUS: re.compile(r"^\+(?=.)"),
    NoticeKind.WEIGHT: re.compile(r"\^[\d.]*$"),
    NoticeKind.FUZZY: re.compile(r"(?<=.)~[\d.]*$"),
    # A dash before a word does not exclude it, as a hyphen does; nor does a dash between spaces.
    NoticeKind.SIGNS: re.compile(r"^(?:--+|[!–—])(?=\w)|^-$|[\[\]{}\\^~<>=]+|(?<=\w)\++(?=\w)"),
}
_OTHER_FIELD = re.compile(rf"[A-Za-z]{{2,}}:(?=[^\s:])|(?i:{FIELDS}):$")
_WILD = re.compile("[*?]+")
_PIECE = re.compile(r"(?:[^\W_]|[*?]|(?<=[^\W_])['’](?=[^\W_]))+")


def terms_of_run(run: str, start: int, typed: Typed) -> Iterator[Term]:
    """The terms of a run that starts at offset `start`, with notices about what is ignored."""
    run = _understood(run, start, typed)
    if "*" not in run and "?" not in run:
        yield from terms_of_text(run)
        return
    for piece in _PIECE.finditer(run):
        terms = _with_wildcards(piece.group())
        if not terms and "*" in piece.group():
            typed.say(NoticeKind.STAR, start + piece.start(), start + piece.end())
        yield from terms


def terms_of_text(text: str) -> tuple[Term, ...]:
    """The words of a text, each in any form; characters of a script without spaces form a phrase."""
    return tuple(Term(TermKind.PHRASE if len(run) > 1 else TermKind.WORD, run) for run in together(text))


def quoted(text: str) -> tuple[Term, ...]:
    """The words of a text as a phrase; a single word is matched exactly."""
    quoted_words = tuple(words(text))
    return (Term(TermKind.PHRASE if len(quoted_words) > 1 else TermKind.EXACT, quoted_words),) if quoted_words else ()


def _understood(run: str, start: int, typed: Typed) -> str:
    """The run, in which spaces replace operators of other search engines that have no meaning here."""
    for kind, pattern in _WITHOUT_MEANING.items():
        for sign in pattern.finditer(run):
            typed.say(kind, start + sign.start(), start + sign.end())
            run = run[: sign.start()] + " " * len(sign.group()) + run[sign.end() :]
    if field := _OTHER_FIELD.match(run):
        typed.say(NoticeKind.FIELD, start, start + field.end())
        run = run.replace(":", " ", 1)
    return run


def _with_wildcards(piece: str) -> tuple[Term, ...]:
    if any(map(is_unspaced, piece)):  # found inside any run of characters
        return terms_of_text(_WILD.sub(" ", piece))
    # ? at the end of a word ends a question, and is no wildcard.
    pattern = re.sub(r"\*+", "*", normal(piece.rstrip("?")))
    beginning = pattern.removesuffix("*")
    if not words(beginning):
        return ()
    if "*" in beginning or "?" in beginning:
        return (Term(TermKind.WILDCARD, (pattern,)),)
    terms = terms_of_text(beginning)
    return terms if beginning == pattern else (*terms[:-1], Term(TermKind.PREFIX, terms[-1].words))
