"""What a person reads, in both languages."""

import locale
import os
from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    ENGLISH = "en"
    JAPANESE = "ja"


@dataclass(frozen=True, slots=True)
class Text:
    en: str
    ja: str

    def said(self, language: Language) -> str:
        return self.ja if language is Language.JAPANESE else self.en

    def filled(self, **values: object) -> "Text":
        return Text(self.en.format(**values), self.ja.format(**values))


def of_locale() -> Language:
    """The language that the environment asks for, English if it is neither."""
    wanted = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return Language.JAPANESE if (wanted or locale.getlocale()[0] or "").startswith("ja") else Language.ENGLISH
