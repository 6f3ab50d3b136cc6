"""The language of a text, from a bounded sample of it."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
"""The tag of BCP 47 for a language that is not known."""

_SAMPLES = 5
_SAMPLE = 2_000
_LEAST_LETTERS = 100
_LEAST_PROBABILITY = 0.9
# Languages that are written like others, or are not a language at all: the detector cannot tell them.
_NOT_TOLD_APART = frozenset({"wuu", "yue", "ary", "arz", "hbo", "zxx"})


def detect(text: str) -> str:
    """The tag of the text's language, `UNKNOWN` if it is too short or too mixed to tell."""
    sample = _sample(text)
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return UNKNOWN
    code, _ = _identifier().classify(sample)
    return str(code)


def _sample(text: str) -> str:
    """Samples that are spread evenly, since a preface may be in another language."""
    step = max(_SAMPLE, len(text) // _SAMPLES)
    return "\n".join(text[start : start + _SAMPLE] for start in range(0, len(text), step))


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True, min_confidence=_LEAST_PROBABILITY)
    identifier.set_languages(set(identifier.labels) - _NOT_TOLD_APART)
    return identifier
