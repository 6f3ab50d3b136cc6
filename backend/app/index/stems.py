"""The stems of words in other languages than English, which has a dictionary instead."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

import tantivy

from app.words import WORD, normal

# Stemmers by the first part of a BCP 47 tag. In other languages, which do not inflect or which tantivy does not know,
# words are their own stems.
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
# Stemmers that take words without accents. Others need them, to tell été from et.
_WITHOUT_ACCENTS = ("ar", "el")
_SEPARATOR = ":"


def primary(language: str) -> str:
    """The language of a tag that may say more: pt of pt-BR."""
    return language.partition("-")[0].lower()


def keys(words: Sequence[str], text: str, language: str) -> list[str]:
    """The stem of each word of a text in another language than English."""
    own = primary(language)
    if own not in _STEMMERS:
        return list(words)
    spelt = {} if own in _WITHOUT_ACCENTS else _spelt(text)
    return [key(spelt.get(word, word), own) for word in words]


def key(word: str, language: str) -> str:
    """The stem of a word in this language; stems of different languages are always different."""
    (stem,) = _stemmer(language).analyze(word)
    return f"{language}{_SEPARATOR}{normal(stem)}"


def languages(keys: Sequence[str]) -> list[str]:
    """The languages of the stems, except English."""
    return sorted({stem.partition(_SEPARATOR)[0] for stem in keys if _SEPARATOR in stem})


def _spelt(text: str) -> dict[str, str]:
    """The most frequent spelling of each word of the text, in lower case, by normal form."""
    counted = Counter(map(str.lower, WORD.findall(text)))
    return {normal(word): word for word, _ in reversed(counted.most_common())}


@cache
def _stemmer(language: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer(_STEMMERS[language])).build()
