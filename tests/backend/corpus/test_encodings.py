"""The encoding of a file is detected, reported, and doubted where it cannot be told for sure."""

import pytest

from app.corpus.own_books.document import Unreadable
from app.corpus.own_books.encodings import decode

JAPANESE = (
    "親譲りの無鉄砲で小供の時から損ばかりしている。小学校に居る時分学校の二階から"
    "飛び降りて一週間ほど腰を抜かした事がある。"
)
FRENCH = (
    "C'était à Mégara, faubourg de Carthage, dans les jardins d'Hamilcar. Les soldats qu'il avait commandés en Sicile"
    " se donnaient un grand festin pour célébrer le jour anniversaire de la bataille d'Éryx."
)
GERMAN = (
    "Als Gregor Samsa eines Morgens aus unruhigen Träumen erwachte, fand er sich in seinem Bett verwandelt. Er hörte."
)
ENGLISH = (
    "Call me Ishmael. Some years ago—never mind how long precisely—having little or no money in my purse, I thought I"
    " would sail about a little and see the watery part of the world. It is a way I have of driving off the spleen."
    " “Whenever I find myself growing grim about the mouth,” he’d say, “it is a damp, drizzly November in my soul.”"
)


@pytest.mark.parametrize(
    ("text", "codec", "said"),
    [
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
        (JAPANESE, "utf-16", "UTF-16"),
        (JAPANESE, "utf-8", "UTF-8"),
        (JAPANESE, "utf-8-sig", "UTF-8"),
        (FRENCH, "cp1252", "Windows-1252"),
        (FRENCH, "latin-1", "Windows-1252"),
        (FRENCH, "utf-16", "UTF-16"),
        (FRENCH, "utf-16-le", "UTF-16-LE"),
        (FRENCH, "utf-32", "UTF-32"),
        (GERMAN, "latin-1", "Windows-1252"),
        (ENGLISH, "cp1252", "Windows-1252"),
        ("Plain ASCII.", "ascii", "UTF-8"),
    ],
)
def test_encodings_are_told_apart(text: str, codec: str, said: str) -> None:
    assert decode(text.encode(codec)) == (text, said, None)


@pytest.mark.parametrize("text", [JAPANESE[:40], FRENCH[:60], GERMAN[:60]])
def test_a_short_text_is_read_right_though_it_may_be_doubted(text: str) -> None:
    codec = "shift_jis" if text in JAPANESE else "cp1252"
    assert decode(text.encode(codec)).text == text


def test_the_characters_that_tell_an_encoding_may_stand_far_behind() -> None:
    plain = "It was a day like any other in the village.\n" * 10_000
    assert decode((plain + FRENCH).encode("cp1252")) == (plain + FRENCH, "Windows-1252", None)


def test_fractions_of_latin1_are_not_taken_for_other_letters() -> None:
    text = "The toll was £7 ½ and they paid it. " * 100
    assert decode(text.encode("latin-1")).text == text


def test_a_doubtful_encoding_is_named_with_the_remedy() -> None:
    decoded = decode("Café Cæsar\n".encode("latin-1"))
    assert (decoded.text, decoded.encoding) == ("Café Cæsar\n", "Windows-1252")
    assert decoded.doubt == (
        "may not be Windows-1252, as which it was read; set its encoding in catalog.toml"
        ' (encoding = "cp1252"), or save it as UTF-8.'
    )


def test_utf8_with_a_little_damage_stays_utf8() -> None:
    content = (JAPANESE * 20).encode() + b"\xe3\x81"
    decoded = decode(content)
    assert decoded.text.startswith(JAPANESE)
    assert decoded.encoding == "UTF-8"
    assert decoded.doubt == "is UTF-8 but for 1 damaged place, shown as \ufffd. Save it anew as UTF-8."


def test_a_given_encoding_is_taken_and_its_misfit_said() -> None:
    assert decode("Łódź".encode("iso8859-2"), "latin2").text == "Łódź"
    assert decode("日本".encode("cp932"), "Shift_JIS").encoding == "Shift_JIS"
    with pytest.raises(Unreadable, match="is not UTF-8: byte 2 does not fit; set its encoding"):
        decode(b"a\xff", "utf-8")


def test_the_encoding_that_a_page_declares_is_taken_if_it_fits() -> None:
    assert decode("Łódź".encode("iso8859-2"), declared="iso8859-2").text == "Łódź"
    assert decode(JAPANESE.encode(), declared="ascii").text == JAPANESE


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\2\0\0\0\xd3\x10\x3f\x31" * 20, "image/png"),
        (b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(range(256)) * 20, "application/zip"),
        (bytes(range(256)) * 20, "application/octet-stream"),
    ],
)
def test_a_file_that_is_no_text_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(Unreadable, match=f"is not text but {kind}; save its text as UTF-8, or remove it"):
        decode(content)
