"""Counts the words beside the commonest words of a segment, for `neighbours.py` to read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from operator import attrgetter

import numpy as np
import orjson
from numpy.typing import NDArray

from app.index.neighbours import NEAR, REACH, commonest, member
from app.index.prepared_file import PreparedFile
from app.index.vocabulary import Vocabulary

_Numbers = NDArray[np.unsignedinteger]


def members(books: Iterable[PreparedFile], vocabulary: Vocabulary, words: Sequence[str]) -> dict[str, bytes]:
    """The members of a segment's archive, to be compressed: the neighbours of each key in its books, which have these
    words."""
    ordinals = dict(zip(words, range(len(words)), strict=True))
    text = np.concatenate([*_with_borders(books, ordinals)])
    tables = {
        member(key): _counted(text, [ordinals[form] for form in vocabulary.forms(key) if form in ordinals], len(words))
        for key in commonest(vocabulary)
    }
    near: list[int] = np.flatnonzero(np.sum([*tables.values()], axis=(0, 1))).tolist() if tables else []
    columns = {name: table[:, near].tobytes() for name, table in tables.items()}
    return columns | {NEAR: orjson.dumps([words[ordinal] for ordinal in near])}


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


def _counted(text: _Numbers, forms: Sequence[int], words: int) -> _Numbers:
    """How often each word stands at most so many words before one of the forms, and then so many words after."""
    own = np.zeros(words + 1, bool)
    own[forms] = True
    occurrences = np.flatnonzero(own[text])
    offsets = np.arange(1, REACH + 1)
    sides = [
        [np.bincount(text[occurrences + offset], minlength=words + 1)[:words] for offset in side]
        for side in (-offsets, offsets)
    ]
    return np.cumsum(sides, axis=1, dtype=np.uint32).reshape(2 * REACH, words)
