"""The keys of words in other languages than English, which has a dictionary: what their inflections share is a stem."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

import tantivy

from app.words import WORD, normal

# By the first part of a tag of BCP 47. Those of languages whose words are not inflected, or that tantivy does not know,
# are their own keys.
_STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
# Their stemmers take words without accents; others tell été from et by them.
_WITHOUT_ACCENTS = ("ar", "el")
_SEPARATOR = ":"


def primary(language: str) -> str:
    """The language itself, of a tag that may say more: pt of pt-BR."""
    return language.partition("-")[0].lower()


def keys(words: Sequence[str], text: str, language: str) -> list[str]:
    """The key of each word of a text, which is in another language than English."""
    own = primary(language)
    if own not in _STEMMERS:
        return list(words)
    spelt = {} if own in _WITHOUT_ACCENTS else _spelt(text)
    return [key(spelt.get(word, word), own) for word in words]


def key(word: str, language: str) -> str:
    """What the word's inflections share in this language: of other languages none is the same."""
    (stem,) = _stemmer(language).analyze(word)
    return f"{language}{_SEPARATOR}{normal(stem)}"


def languages(keys: Sequence[str]) -> list[str]:
    """Those that the keys are of, but for English."""
    return sorted({one.partition(_SEPARATOR)[0] for one in keys if _SEPARATOR in one})


def _spelt(text: str) -> dict[str, str]:
    """By its normal form how each word of the text is spelt most often, in lower case."""
    counted = Counter(map(str.lower, WORD.findall(text)))
    return {normal(word): word for word, _ in reversed(counted.most_common())}


@cache
def _stemmer(language: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer(_STEMMERS[language])).build()
