"""Log-likelihood ratio G²: how surprising a count is. Linguists rank collocates and keywords by it."""

from math import log


def association(count: int, near: int, everywhere: float, total: float) -> float:
    """Of a word that occurs `count` times among the `near` words beside a term, and `everywhere` times among all
    `total` words: G² over the table of this word and all others, beside the term and elsewhere.

    Dunning 1993, Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics 19.1."""
    table = (
        (count, near * everywhere / total),
        (near - count, near * (total - everywhere) / total),
        (everywhere - count, (total - near) * everywhere / total),
        (total - near - everywhere + count, (total - near) * (total - everywhere) / total),
    )
    return 2 * sum(observed * log(observed / expected) for observed, expected in table if observed > 0 and expected > 0)


def keyness(count: int, words: int, other_count: int, other_words: int) -> float:
    """Of a word that occurs `count` times in `words` words, and `other_count` times in `other_words` others: G², with a
    minus for a word that is rarer here than there. By chance it is 3.84 or more for 5 of 100 words, 15.13 or more for
    1 of 10,000.

    Rayson and Garside 2000, Comparing Corpora using Frequency Profiling, Proceedings of the ACL workshop on Comparing
    Corpora."""
    everywhere = (count + other_count) / (words + other_words)
    pairs = (count, words * everywhere), (other_count, other_words * everywhere)
    ratio = 2 * sum(observed * log(observed / expected) for observed, expected in pairs if observed)
    return -ratio if count * other_words < other_count * words else ratio
