"""What is known about each book besides its text, and the entries of NLTK's 18 books."""

from dataclasses import dataclass

from app.corpus.model import Form


@dataclass(frozen=True, slots=True)
class Entry:
    """A book's catalogue entry. `short` is the title that references use. Without a `language`, the language of the
    text is detected. The other fields are as in `Book`."""

    title: str
    author: str | None = None
    year: int | None = None
    published: str | None = None
    gutenberg: int | None = None
    form: Form | None = None
    early_modern: bool = False
    language: str | None = None
    short: str | None = None


def _prose(title: str, author: str, year: int, gutenberg: int, published: str | None = None, short: str = "") -> Entry:
    return Entry(title, author, year, published or str(year), gutenberg, Form.PROSE, language="en", short=short or None)


def _folio(title: str, year: int, published: str, short: str) -> Entry:
    return Entry(
        title, "William Shakespeare", year, published, None, Form.PLAY, early_modern=True, language="en", short=short
    )


# Years and ebook numbers are from public catalogues. Those of the three plays are uncertain, so they have none.
NLTK_BOOKS: dict[str, Entry] = {
    "austen-emma": _prose("Emma", "Jane Austen", 1815, 158),
    "austen-persuasion": _prose("Persuasion", "Jane Austen", 1817, 105),
    "austen-sense": _prose("Sense and Sensibility", "Jane Austen", 1811, 161),
    "bible-kjv": Entry("The King James Bible", None, 1611, "1611", 10, Form.SCRIPTURE, language="en"),
    "blake-poems": Entry("Poems of William Blake", "William Blake", 1789, "1789–94", 574, Form.VERSE, language="en"),
    "bryant-stories": _prose("Stories to Tell to Children", "Sara Cone Bryant", 1907, 16693),
    "burgess-busterbrown": _prose("The Adventures of Buster Bear", "Thornton W. Burgess", 1916, 22816),
    "carroll-alice": _prose("Alice's Adventures in Wonderland", "Lewis Carroll", 1865, 11),
    "chesterton-ball": _prose("The Ball and the Cross", "G. K. Chesterton", 1909, 5265),
    "chesterton-brown": _prose("The Wisdom of Father Brown", "G. K. Chesterton", 1914, 223),
    "chesterton-thursday": _prose("The Man Who Was Thursday", "G. K. Chesterton", 1908, 1695),
    "edgeworth-parents": _prose("The Parent's Assistant", "Maria Edgeworth", 1796, 3655, "1796–1800"),
    "melville-moby_dick": _prose("Moby-Dick; or, The Whale", "Herman Melville", 1851, 2701, short="Moby-Dick"),
    "milton-paradise": Entry("Paradise Lost", "John Milton", 1667, "1667", 26, Form.VERSE, language="en"),
    "shakespeare-caesar": _folio("The Tragedie of Julius Caesar", 1599, "1599 (First Folio 1623)", "Julius Caesar"),
    "shakespeare-hamlet": _folio("The Tragedie of Hamlet", 1600, "c. 1600 (First Folio 1623)", "Hamlet"),
    "shakespeare-macbeth": _folio("The Tragedie of Macbeth", 1606, "c. 1606 (First Folio 1623)", "Macbeth"),
    "whitman-leaves": Entry(
        "Leaves of Grass",
        "Walt Whitman",
        1855,
        "1855 (this text: the final 35-book edition)",
        1322,
        Form.VERSE,
        language="en",
    ),
}


def is_nltk(book_id: str, raw: str) -> bool:
    """Whether this is the text that NLTK has under this name: its files begin with a title in brackets."""
    return book_id in NLTK_BOOKS and raw.startswith("[")
