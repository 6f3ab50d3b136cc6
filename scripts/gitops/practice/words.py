"""The language that a person reads."""

import locale
import os
from contextvars import ContextVar
from enum import StrEnum

from gitops.text import Text


class Language(StrEnum):
    ENGLISH = "en"
    JAPANESE = "ja"


def of_locale() -> Language:
    """The language that the environment asks for; English if it asks for none of these."""
    wanted = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return Language.JAPANESE if (wanted or locale.getlocale()[0] or "").startswith("ja") else Language.ENGLISH


LANGUAGE: ContextVar[Language] = ContextVar("language", default=Language.ENGLISH)
"""What everything is said in; the command line sets it."""


def said(text: Text, **values: object) -> str:
    """The text in the chosen language, with these values in their places."""
    chosen = text.ja if LANGUAGE.get() is Language.JAPANESE else text.en
    return chosen.format(**values) if values else chosen
