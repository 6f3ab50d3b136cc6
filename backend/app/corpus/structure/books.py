"""Rules for the headings of NLTK's 18 books."""

import re

from app.corpus.model import Form, Section
from app.corpus.structure import plays, scripture
from app.corpus.structure.headings import Heading, Kind, Rule, scan
from app.corpus.structure.numerals import ROMAN, WORD_NUMBER
from app.corpus.structure.outline import outline

# A brace that marks the titles of Whitman's poems in the file.
_BRACE = re.compile("^}", re.MULTILINE)

R = f"(?P<n>{ROMAN})"
N = r"(?P<n>\d+)"
_BELOW = r"\n\s*([^\n]+(?:\n[^\n]+){0,2})\n\n"
_ACT = Rule(Kind.ACT, 1, rf"^Actus (?i:(?P<n>{WORD_NUMBER}))\.")
_SCENE = Rule(Kind.SCENE, 2, rf"(?:^|(?<=\. ))Sc(?:oe|ae|e)na (?i:(?P<n>{WORD_NUMBER}))\.?$")

RULES: dict[str, tuple[Rule, ...]] = {
    "austen-emma": (Rule(Kind.VOLUME, 1, rf"^VOLUME {R}$"), Rule(Kind.CHAPTER, 2, rf"^CHAPTER {R}$")),
    "austen-persuasion": (Rule(Kind.CHAPTER, 1, rf"^Chapter {N}$"),),
    "austen-sense": (Rule(Kind.CHAPTER, 1, rf"^CHAPTER {N}$"),),
    "blake-poems": (
        Rule(Kind.BOOK, 1, r"^ ?(?P<t>SONGS OF INNOCENCE|SONGS OF EXPERIENCE|APPENDIX)$"),
        Rule(Kind.TITLED, 1, r"^William Blake's\n\nTHE BOOK of THEL\n+(?P<t>THEL'S Motto)$", named=True),
        Rule(Kind.BOOK, 1, r"^THE BOOK of THEL\n\nThe Author.+\n+THEL$", label="The Book of Thel"),
        Rule(Kind.TITLED, 2, r"^ (?P<t>[A-Z][A-Z' -]{3,})$"),
        Rule(Kind.NUMBERED, 2, r"^(?P<n>I|II|III|IV)\.?$"),
    ),
    "bryant-stories": (Rule(Kind.TITLED, 1, r"""^(?P<t>[A-Z][A-Z',"!?\- ]{4,})$"""),),
    "burgess-busterbrown": (Rule(Kind.CHAPTER, 1, rf"^{R}$", below=_BELOW),),
    "carroll-alice": (Rule(Kind.CHAPTER, 1, rf"^ *CHAPTER {R}(?:\. (?P<t>.+)|(?=\n\n {{5}}))$", below=_BELOW),),
    "chesterton-ball": (Rule(Kind.CHAPTER, 1, rf"^{R}\. (?P<t>[A-Z][A-Z \-]+)$"),),
    "chesterton-brown": (Rule(Kind.CHAPTER, 1, rf"^{R}\. (?P<t>The [A-Z].+)$"),),
    "chesterton-thursday": (Rule(Kind.CHAPTER, 1, rf"^CHAPTER {R}$", below=_BELOW),),
    "edgeworth-parents": (
        Rule(Kind.SCENE, 3, rf"^SCENE {R}\.$"),
        Rule(Kind.CHAPTER, 2, rf"^CHAPTER {R}\.?$"),
        Rule(Kind.ACT, 2, r"^ +ACT THE (?P<n>FIRST|SECOND|THIRD)\.$"),
        Rule(Kind.TITLED, 1, r"^(?P<t>(?!MEN\.|WOMEN\.)[A-Z][A-Z ,;-]{5,}(?:or TWO STRINGS TO YOUR BOW)?)\.$"),
    ),
    "melville-moby_dick": (
        Rule(Kind.TITLED, 1, r"^(?P<t>ETYMOLOGY|EXTRACTS(?= \())[^\n]*$", named=True),
        Rule(Kind.CHAPTER, 1, rf"^CHAPTER {N}$", below=_BELOW),
        Rule(Kind.TITLED, 1, r"^(?P<t>Epilogue)$", named=True),
    ),
    "milton-paradise": (Rule(Kind.BOOK, 1, rf"^Book {R}$"),),
    "shakespeare-macbeth": (_ACT, _SCENE),
    "whitman-leaves": (
        Rule(Kind.BOOK, 1, rf"^\[BOOK ?{R}(?:\.  (?P<t>.+))?\]$"),
        Rule(Kind.TITLED, 2, r"^}(?:\[[IVX]+\])? +(?P<t>.+)$"),
        Rule(Kind.NUMBERED, 3, rf"^ {{3,}}{N}$"),
    ),
}


def sections(book_id: str, short: str, text: str, form: Form) -> tuple[Section, ...]:
    """The sections of one of the 18 books, which references cite as `short`."""
    if book_id == "bible-kjv":
        return scripture.sections(text, short, scripture.BIBLE)
    return outline(text, short, find_headings(book_id, text), form.unit)


def readable(book_id: str, text: str) -> str:
    """The text as people read it, once its sections are found; its length stays, so that offsets stay valid."""
    return _BRACE.sub(" ", text) if book_id == "whitman-leaves" else text


def find_headings(book_id: str, text: str) -> list[Heading]:
    """The headings of one of the 18 books, in order. The Bible has none: its chapters follow from its verses."""
    headings = plays.with_first_acts(scan(text, RULES.get(book_id, ())))
    if table := plays.SCENES.get(book_id):
        headings += plays.scenes(text, table)
    return headings
