"""In which language a person reads."""

import locale
import os
from enum import StrEnum

from gitops.text import Text


class Language(StrEnum):
    ENGLISH = "en"
    JAPANESE = "ja"

    def of(self, text: Text) -> str:
        return text.ja if self is Language.JAPANESE else text.en


def of_locale() -> Language:
    """The language that the environment asks for, English if it is neither."""
    wanted = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return Language.JAPANESE if (wanted or locale.getlocale()[0] or "").startswith("ja") else Language.ENGLISH
