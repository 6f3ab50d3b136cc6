"""From bytes to text: by a byte order mark, as UTF-8, or in the encoding that fits best."""

import codecs
import re
from contextlib import suppress
from typing import NamedTuple

from app.corpus.own_books.document import Unreadable

# The longer marks come first, because UTF-32's begins with UTF-16's.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
    "euc_jp": "euc_jis_2004",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_NAMES = {
    "utf-8-sig": "UTF-8",
    "cp932": "Shift_JIS",
    "euc_jis_2004": "EUC-JP",
    "iso2022_jp_2": "ISO-2022-JP",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
}

# Below this confidence, the detector cannot tell encodings apart that differ in a few letters, as those of Central
# Europe do.
_CONFIDENT = 0.2
_COMMONEST = "cp1252"
_SAMPLE = 200_000
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
# In damaged UTF-8, at least this share of the characters outside ASCII is intact.
_WHOLE = 0.98

_ADVICE = 'set its encoding in catalog.toml (encoding = "cp1252"), or save it as UTF-8'


class Decoded(NamedTuple):
    """A text, the name of its encoding, and why that may be wrong, if it may."""

    text: str
    encoding: str
    doubt: str | None = None


def decode(content: bytes, given: str | None = None, declared: str | None = None) -> Decoded:
    """The text of a file, in the `given` encoding if there is one, else in the one that it declares if that fits.

    Raises Unreadable if it is no text.
    """
    marked = given or next((encoding for start, encoding in _BYTE_ORDER_MARKS if content.startswith(start)), None)
    if marked:
        return Decoded(_strictly(content, marked), shown(marked))
    plain = b"\0" not in content and b"\x1b" not in content  # UTF-16 has NUL, ISO-2022-JP has ESC
    for encoding in filter(None, (declared, "utf-8" if plain else None)):
        with suppress(Unreadable):
            return Decoded(_strictly(content, encoding), shown(encoding))
    return _mostly_utf8(content) or _detected(content)


def known(encoding: str) -> bool:
    """Whether there is a text encoding of this name."""
    try:
        b"".decode(encoding)
    except (LookupError, UnicodeError):  # there is none, or it encodes something else, as "hex" does
        return False
    return True


def shown(encoding: str) -> str:
    """The name of an encoding as people write it: "Shift_JIS" for "cp932"."""
    name = _superset(encoding)
    return _NAMES.get(name, name.upper())


def _superset(encoding: str) -> str:
    """The encoding that this name means in practice, as in browsers: Latin-1 is Windows-1252."""
    name = codecs.lookup(encoding).name
    return _SUPERSETS.get(name, name)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(_superset(encoding)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise Unreadable(f"is not {shown(encoding)}: byte {error.start + 1:,} does not fit; {_ADVICE}.") from error


def _mostly_utf8(content: bytes) -> Decoded | None:
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    others = len(text) - len(text.encode("ascii", "ignore"))
    if b"\0" in content or not damaged or others - damaged < _WHOLE * others:
        return None
    damage = "1 damaged place" if damaged == 1 else f"{damaged:,} damaged places"
    return Decoded(text, "UTF-8", f"is UTF-8 but for {damage}, shown as \ufffd. Save it anew as UTF-8.")


def _detected(content: bytes) -> Decoded:
    import chardet

    guess = chardet.detect(
        _telling(content),
        encoding_era=chardet.EncodingEra.MODERN_WEB | chardet.EncodingEra.LEGACY_ISO,
        max_bytes=_SAMPLE,
        prefer_superset=True,
        exclude_encodings=["iso8859-15"],  # Windows-1252 is nearly always meant, and has ½ where this one has œ
        compat_names=False,
    )
    encoding = guess["encoding"]
    if encoding is None:
        raise Unreadable(f"is not text but {guess['mime_type']}; save its text as UTF-8, or remove it.")
    if guess["confidence"] >= _CONFIDENT:
        return Decoded(_strictly(content, encoding), shown(encoding))
    with suppress(Unreadable):
        return _guessed(content, _COMMONEST)
    return _guessed(content, encoding)


def _guessed(content: bytes, encoding: str) -> Decoded:
    doubt = f"may not be {shown(encoding)}, as which it was read; {_ADVICE}."
    return Decoded(_strictly(content, encoding), shown(encoding), doubt)


def _telling(content: bytes) -> bytes:
    """The content from the first line with characters outside ASCII, which may be far from the beginning."""
    first = _NOT_ASCII.search(content)
    if not first or b"\0" in content or b"\x1b" in content:
        return content
    return content[content.rfind(b"\n", 0, first.start()) + 1 :]
