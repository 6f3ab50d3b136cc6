"""How often terms occur in each book."""

from collections import Counter
from collections.abc import Sequence

from app.errors import InvalidParameter
from app.index.reader import IndexReader
from app.models import BookFrequency, Comparison
from app.search.deadline import Deadline
from app.search.expand import expand, variants
from app.search.occurrences import count_by_book
from app.search.plan import plan
from app.search.query import Kind, Query, Term, parse

MAX_TERMS = 5


def compare(index: IndexReader, texts: Sequence[str], deadline: Deadline) -> Comparison:
    """The occurrences of each term by book; several words are taken as a phrase. Raises a RequestError."""
    terms = [one_term(text) for text in texts]
    counts = [_counts(index, term, deadline) for term in terms]
    return Comparison(
        terms=[str(term) for term in terms],
        variants=variants([expand(term, index.vocabulary) for term in terms], index.vocabulary),
        totals=[counted.total() for counted in counts],
        books=[
            _frequency(index, book, [counted[book] for counted in counts]) for book in range(len(index.books.books))
        ],
    )


def one_term(text: str) -> Term:
    """The term that is compared; raises a RequestError."""
    query = parse(text, "term")
    if query.excluded:
        raise InvalidParameter("It excludes words.", parameter="term", allowed="a word, a phrase or a prefix*")
    if len(query.terms) == 1:
        return query.terms[0]
    if any(term.kind is Kind.PREFIX for term in query.terms):
        raise InvalidParameter("A prefix* stands alone.", parameter="term", allowed="a word, a phrase or a prefix*")
    return Term(Kind.PHRASE, tuple(word for term in query.terms for word in term.words))


def _counts(index: IndexReader, term: Term, deadline: Deadline) -> Counter[int]:
    """By ordinal of the book. Single words and pairs of frequent ones are counted already, others in the text."""
    expanded = expand(term, index.vocabulary)
    if len(expanded.forms) == 1:
        counted: Counter[int] = Counter()
        for form in expanded.forms[0]:
            counted.update(dict(index.vocabulary.counts(form)))
        return counted
    if pair := index.pairs.of(term.words, index.vocabulary):
        return Counter(dict(enumerate(pair)))
    planned = plan(Query((term,)), index, deadline, correcting=False)
    if planned.matching == "any":
        return Counter()
    return count_by_book(index, planned, deadline)


def _frequency(index: IndexReader, book: int, counts: list[int]) -> BookFrequency:
    about, words = index.books.books[book], index.books.extents[book].words
    return BookFrequency(
        id=about.id,
        title=about.title,
        author=about.author,
        year=about.year,
        words=words,
        counts=counts,
        rates=[round(10_000 * count / max(1, words), 2) for count in counts],
    )
