"""Counts the words beside the commonest words of a segment, for `neighbours.py` to read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby, pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from app.index.archive import narrowest
from app.index.neighbours import REACH, commonest, member
from app.index.prepared_file import PreparedFile
from app.index.vocabulary import Vocabulary

_Numbers = NDArray[np.unsignedinteger]


def members(books: Sequence[PreparedFile], vocabulary: Vocabulary) -> dict[str, bytes]:
    """The members of a segment's archive, to be compressed: the neighbours of each key in its books."""
    words = sorted({*chain.from_iterable(book.words for book in books)})
    ordinals = dict(zip(words, range(len(words)), strict=True))
    text = np.concatenate([*_with_borders(books, ordinals)])
    return {
        member(key): _counted(text, [ordinals[form] for form in vocabulary.forms(key) if form in ordinals], len(words))
        for key in commonest(vocabulary)
    }


def _with_borders(books: Iterable[PreparedFile], ordinals: Mapping[str, int]) -> Iterator[_Numbers]:
    """The words of the books, as positions in the list of words. Borders around each section keep windows from reaching
    across."""
    border = np.full(REACH, len(ordinals), np.uint32)
    yield border
    for book in books:
        text = np.array([ordinals[word] for word in book.words], np.uint32)[book.tokens]
        sections = (sum(passage.words for passage in same) for _, same in groupby(book.passages, attrgetter("section")))
        for start, end in pairwise(accumulate(sections, initial=0)):
            yield from (text[start:end], border)


def _counted(text: _Numbers, forms: Sequence[int], words: int) -> bytes:
    """How often each word stands at each distance from one of the forms, before and then after it."""
    own = np.zeros(words + 1, bool)
    own[forms] = True
    occurrences = np.flatnonzero(own[text])
    distances = (*range(-REACH, 0), *range(1, REACH + 1))
    table = np.array([np.bincount(text[occurrences + by], minlength=words + 1)[:words] for by in distances])
    return table.astype(narrowest(int(table.max(initial=0)))).tobytes()
