"""Well-known works by title and author, so that a shelf can say which of them it does not have.

They are the other works of the authors of NLTK's books, and the works that anthologies and reading lists of English
schools name most often. Titles are those of the MLA Handbook.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from app.corpus.tokens import Token, key, tokens

_WORKS = {
    "William Shakespeare": """All's Well That Ends Well; Antony and Cleopatra; As You Like It; The Comedy of Errors;
        Coriolanus; Cymbeline; Henry IV; Henry V; Henry VI; Henry VIII; King Henry V; King John; King Lear; Lear;
        Love's Labour's Lost; Measure for Measure; The Merchant of Venice; The Merry Wives of Windsor;
        A Midsummer Night's Dream; Much Ado About Nothing; Othello; Pericles; The Rape of Lucrece; Richard II;
        Richard III; King Richard III; Romeo and Juliet; Shakespeare's Sonnets; The Taming of the Shrew; The Tempest;
        Timon of Athens; Titus Andronicus; Troilus and Cressida; Twelfth Night; The Two Gentlemen of Verona;
        The Two Noble Kinsmen; Venus and Adonis; The Winter's Tale""",
    "Jane Austen": "Lady Susan; Mansfield Park; Northanger Abbey; Pride and Prejudice; Sanditon; The Watsons",
    "Lewis Carroll": "The Hunting of the Snark; Sylvie and Bruno; Through the Looking-Glass",
    "G. K. Chesterton": """The Everlasting Man; Heretics; The Incredulity of Father Brown;
        The Innocence of Father Brown; The Napoleon of Notting Hill; Orthodoxy""",
    "Maria Edgeworth": "Castle Rackrent; Belinda; The Absentee",
    "Herman Melville": "Bartleby, the Scrivener; Benito Cereno; Billy Budd; The Confidence-Man; Omoo; Pierre; Typee",
    "John Milton": "Areopagitica; Comus; Il Penseroso; Lycidas; Paradise Regained; Samson Agonistes",
    "William Blake": "The Marriage of Heaven and Hell; Milton: A Poem",
    "Homer": "The Iliad; The Odyssey",
    "Virgil": "The Aeneid",
    "Dante Alighieri": "The Divine Comedy; Dante's Inferno",
    "Geoffrey Chaucer": "The Canterbury Tales",
    "Edmund Spenser": "The Faerie Queene",
    "Christopher Marlowe": "Doctor Faustus",
    "John Bunyan": "The Pilgrim's Progress",
    "Daniel Defoe": "Moll Flanders; Robinson Crusoe",
    "Jonathan Swift": "Gulliver's Travels",
    "Henry Fielding": "Tom Jones",
    "Mary Shelley": "Frankenstein",
    "Walter Scott": "Ivanhoe; Waverley",
    "Charlotte Brontë": "Jane Eyre; Villette",
    "Emily Brontë": "Wuthering Heights",
    "William Makepeace Thackeray": "Vanity Fair",
    "Charles Dickens": """Bleak House; A Christmas Carol; David Copperfield; Great Expectations; Hard Times;
        Little Dorrit; Oliver Twist; Our Mutual Friend; The Pickwick Papers; A Tale of Two Cities""",
    "George Eliot": "Adam Bede; Middlemarch; The Mill on the Floss; Silas Marner",
    "Thomas Hardy": "Far from the Madding Crowd; Jude the Obscure; Tess of the d'Urbervilles",
    "Robert Louis Stevenson": "Dr Jekyll and Mr Hyde; Kidnapped; Treasure Island",
    "Arthur Conan Doyle": "The Adventures of Sherlock Holmes; The Hound of the Baskervilles; A Study in Scarlet",
    "Oscar Wilde": "The Importance of Being Earnest; The Picture of Dorian Gray",
    "Bram Stoker": "Dracula",
    "Rudyard Kipling": "The Jungle Book; Kim",
    "H. G. Wells": "The Time Machine; The War of the Worlds",
    "Joseph Conrad": "Heart of Darkness; Lord Jim",
    "J. M. Barrie": "Peter Pan",
    "Kenneth Grahame": "The Wind in the Willows",
    "James Joyce": "Dubliners; A Portrait of the Artist as a Young Man; Ulysses",
    "Nathaniel Hawthorne": "The House of the Seven Gables; The Scarlet Letter",
    "Edgar Allan Poe": "The Fall of the House of Usher; The Raven",
    "Henry David Thoreau": "Walden",
    "Harriet Beecher Stowe": "Uncle Tom's Cabin",
    "Louisa May Alcott": "Little Women",
    "Mark Twain": "Huckleberry Finn; Tom Sawyer; The Adventures of Huckleberry Finn; The Adventures of Tom Sawyer",
    "Henry James": "The Portrait of a Lady; The Turn of the Screw",
    "Emily Dickinson": "Poems of Emily Dickinson",
    "L. Frank Baum": "The Wonderful Wizard of Oz",
    "Miguel de Cervantes": "Don Quixote",
    "Victor Hugo": "Les Misérables",
    "Leo Tolstoy": "Anna Karenina; War and Peace",
    "Fyodor Dostoevsky": "The Brothers Karamazov; Crime and Punishment",
}
_NAMES = """alyosha aramis athos bagheera baloo baskerville bassanio benedick bennet bezukhov bingley bolkonsky
    bounderby carraway casaubon chillingworth chuzzlewit cosette cratchit dalloway darnay dartagnan dedalus
    dedlock defarge dimmesdale dombey dorrit dulcinea durbeyfield earnshaw everdene fawley fyodor goneril
    gradgrind hareton harker havisham heathcliff helsing henchard jaggers jarndyce javert kurtz ladislaw leontes
    levin longbourn lydgate magwitch malvolio manette marlow marmeladov marner mercutio mina morland mycroft
    myshkin nickleby oblonsky orsino peggotty pemberley porfiry porthos prospero prufrock raskolnikov regan
    rodolphe rosings rudge rushworth sikes smike squeers steerforth thornfield tilney tulliver tybalt utterson
    valjean varens vronsky waverley wickham wotton yeobright"""
NAMES = frozenset(_NAMES.split())
"""Names of people and places in such works that the dictionary does not have."""

_UNITS = frozenset(
    ("act", "scene", "sc", "chapter", "chap", "ch", "book", "bk", "part", "canto", "line", "lines", "l", "ll")
)


# Abbreviations of titles by the MLA Handbook, and those that readers of Austen and Milton use. Without a place after
# them, most are ordinary words.
_ABBREVIATIONS = """A&C Ant=Antony and Cleopatra; Ado=Much Ado About Nothing; AWW=All's Well That Ends Well; AYL
    AYLI=As You Like It; Cor=Coriolanus; Cym=Cymbeline; Err=The Comedy of Errors; Inf Inferno=Dante's Inferno;
    H5=Henry V; H8=Henry VIII; Lr KL=King Lear; LLL=Love's Labour's Lost; Luc=The Rape of Lucrece; MM=Measure for
    Measure; MND=A Midsummer Night's Dream; MV=The Merchant of Venice; NA=Northanger Abbey; Oth=Othello;
    Per=Pericles; MP=Mansfield Park; P&P=Pride and Prejudice; PR=Paradise Regained; R2=Richard II; R3=Richard III;
    R&J Rom=Romeo and Juliet; SA=Samson Agonistes; Shr=The Taming of the Shrew; Son Sonnet Sonnets=Shakespeare's
    Sonnets; TGV=The Two Gentlemen of Verona; Tim=Timon of Athens; Tit=Titus Andronicus; Tmp=The Tempest; TN=Twelfth
    Night; TNK=The Two Noble Kinsmen; Tro=Troilus and Cressida; Ven=Venus and Adonis; Wiv=The Merry Wives of
    Windsor; WT=The Winter's Tale"""


class Work(NamedTuple):
    title: str
    author: str


def _known() -> dict[str, Work]:
    works = (Work(" ".join(title.split()), author) for author, titles in _WORKS.items() for title in titles.split(";"))
    titles = {key(tokens(work.title)): work for work in works}
    # A title of several words is recognised without its article too; "tempest" alone is a word.
    return {**{name: work for name, work in _without_article(titles.values()) if len(tokens(work.title)) > 2}, **titles}


def _without_article(works: Iterable[Work]) -> Iterator[tuple[str, Work]]:
    return ((key(tokens(work.title)[1:]), work) for work in works if work.title.startswith(("The ", "A ")))


def _cited() -> dict[str, Work]:
    listed = (entry.split("=") for entry in " ".join(_ABBREVIATIONS.split()).split("; "))
    short = {key(tokens(name)): _KNOWN[key(tokens(title))] for names, title in listed for name in names.split()}
    return {**dict(_without_article(_KNOWN.values())), **short}


_KNOWN = _known()
_CITED = _cited()


def may_be_work(typed: Sequence[str]) -> bool:
    """Whether a text of these letters, which has no number, may begin with the title of a known work."""
    return not _KNOWN.keys().isdisjoint(accumulate(typed))


def known_work(text: str) -> Work | None:
    """The work that the text names, by its title alone or with a place after it: "King Lear 1.1", "Oth. 3.3". None if
    it names none."""
    typed = tokens(text)
    is_cited = False
    while typed:
        if work := _KNOWN.get(name := key(typed)) or (_CITED.get(name) if is_cited else None):
            return work
        last = typed.pop()
        if not _is_of_place(last):
            return None
        is_cited |= last.value is not None
    return None


def _is_of_place(token: Token) -> bool:
    return token.is_punctuation or token.value is not None or token.text in _UNITS
