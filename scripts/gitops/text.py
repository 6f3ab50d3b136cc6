"""What is said to a person, in the languages that gitops speaks."""

from typing import NamedTuple


class Text(NamedTuple):
    """The same in English and in Japanese."""

    en: str
    ja: str
