"""What is text in a file of each kind, and what is its structure; files that were made to exhaust a reader."""

import zipfile
from pathlib import Path

import pytest

from app.corpus.book import read_book
from app.corpus.errors import Rejected
from app.corpus.model import Book
from app.corpus.own_books import html
from app.corpus.shelf import load_shelf
from tests import mixed_folder

LONG = "The keeper climbed the hundred and twelve steps every evening at dusk with a can of oil in each of his hands. "


def only(folder: Path) -> tuple[Book, str]:
    (unread,) = load_shelf(folder).sources
    return read_book(*unread.read())


def from_file(folder: Path, name: str, content: str | bytes) -> tuple[Book, str]:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return only(folder)


def headings(book: Book) -> list[tuple[str | None, str]]:
    return [(section.part, section.heading) for section in book.sections]


def refused(folder: Path, name: str, content: str | bytes) -> str:
    with pytest.raises(Rejected) as error:
        from_file(folder, name, content)
    return error.value.rejection.reason


def test_the_contents_of_an_epub_are_its_sections(tmp_path: Path) -> None:
    mixed_folder.write_epub(tmp_path / "garden.epub")
    book, text = only(tmp_path)
    assert (book.title, book.author, book.language, book.gutenberg) == ("The Glass Garden", "Mia Sato", "en-GB", 54321)
    assert headings(book) == [(None, "The Seed"), (None, "The Frost"), ("The Frost", "Night")]
    assert "her mother’s, and set it where the light would find it. Nobody" in text
    assert "product of many hours" not in text


def test_the_contents_of_an_older_epub_are_read_too(tmp_path: Path) -> None:
    package = mixed_folder.PACKAGE.replace(
        'href="toc.xhtml" media-type="application/xhtml+xml" properties="nav"',
        'href="toc.ncx" media-type="application/x-dtbncx+xml"',
    )
    points = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>'
        "<navPoint><navLabel><text>Chapter I. The Seed</text></navLabel>"
        '<content src="text/chapter%201.xhtml"/></navPoint>'
        '<navPoint><navLabel><text>Chapter II</text></navLabel><content src="text/two.xhtml"/></navPoint>'
        "</navMap></ncx>"
    )
    mixed_folder.write_epub(tmp_path / "garden.epub", **{"EPUB/package.opf": package, "EPUB/toc.ncx": points})
    assert headings(only(tmp_path)[0]) == [(None, "Chapter 1. The Seed"), (None, "Chapter 2")]


def test_headings_of_html_are_sections_and_what_editions_add_is_no_text(tmp_path: Path) -> None:
    page = f"""<html lang="en"><head><title>The Project Gutenberg eBook of The Light, by Ada Pell</title>
        <style>p {{color: red}}</style></head><body>
        <section class="pg-boilerplate">Licence</section><h1>The Light</h1>
        <h2>Chapter I<br>The Lamp</h2><p>One<span class="pagenum">[Pg 2]</span> lamp &amp; <i>two</i>
        wicks.</p><p>{LONG}</p><h2>Chapter II</h2><p>Rain<br>fell.</p><p>{LONG}</p><script>x</script></body></html>"""
    book, text = from_file(tmp_path, "light.html", page)
    assert (book.title, book.author, book.language) == ("The Light", "Ada Pell", "en")
    assert headings(book) == [(None, "Chapter 1. The Lamp"), (None, "Chapter 2")]
    assert "One lamp & two wicks.\n\nThe keeper" in text
    assert "Rain\nfell." in text
    assert not any(word in text for word in ("Licence", "Pg", "color", "x</"))


def test_readings_in_html_are_no_text_and_line_ends_no_spaces(tmp_path: Path) -> None:
    page = "<p><ruby><rb>吾輩</rb><rp>（</rp><rt>わがはい</rt><rp>）</rp></ruby>は猫で\nある。</p>"
    assert from_file(tmp_path, "neko.html", page.encode("utf-8"))[1] == "吾輩は猫である。\n"


def test_the_encoding_that_a_page_declares_is_taken(tmp_path: Path) -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>Łódź</p>'
    assert from_file(tmp_path, "a.html", page.encode("iso8859-2"))[1] == "Łódź\n"


def test_markdown_is_read_as_the_page_that_it_makes(tmp_path: Path) -> None:
    book, text = from_file(tmp_path, "notes.md", mixed_folder.NOTES)
    assert (book.title, book.author, book.language) == ("Notes on the Lighthouse", "Ada Pell", "en")
    assert [heading for _, heading in headings(book)] == ["Front matter", "The lamp", "The storm"]
    assert "in a careful hand" in text


def test_the_header_of_project_gutenberg_says_what_the_book_is(tmp_path: Path) -> None:
    book, text = from_file(tmp_path, "pg.txt", mixed_folder.GUTENBERG.replace("\n", "\r\n"))
    assert (book.title, book.author, book.year) == ("The Voyage of the Heron", "Tom Carrow", 1884)
    assert (book.gutenberg, book.language) == (12345, "en")
    assert text.strip().startswith("CHAPTER I")
    assert text.endswith("to its own.\n")


def test_the_notation_of_aozora_is_structure_and_not_text(tmp_path: Path) -> None:
    book, text = from_file(tmp_path, "b.txt", mixed_folder.JAPANESE.replace("\n", "\r\n").encode("shift_jis"))
    assert (book.title, book.author, book.language) == ("坊っちゃん", "夏目漱石", "ja")
    assert [section.heading for section in book.sections] == ["一", "二"]
    assert "夕方折戸の蔭に隠れて" in text
    assert "譃と云う魚もある。" in text
    assert not any(mark in text for mark in "《》｜［］※")
    assert "底本" not in text


def test_titles_of_chinese_books_in_the_text_are_no_readings(tmp_path: Path) -> None:
    assert "《红楼梦》" in from_file(tmp_path, "a.txt", "我读了《红楼梦》。\n")[1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (mixed_folder.FRENCH, "fr"),
        (mixed_folder.GERMAN, "de"),
        (mixed_folder.ARABIC, "ar"),
        ("Arma virumque cano, Troiae qui primus ab oris Italiam, fato profugus, Laviniaque venit litora. " * 3, "la"),
        ("A lamp.", "und"),
        ("qwxz plork vint zzgra trulm brekt ompf slarg nnax qwilt fleep drox " * 3, "und"),
    ],
)
def test_the_language_of_a_text_is_detected_or_none(text: str, language: str, tmp_path: Path) -> None:
    assert from_file(tmp_path, "a.txt", text)[0].language == language


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.html", "<div>" * 30_000 + "deep", "has elements in one another, thousands deep. Save it as plain text."),
        ("a.html", f"<a {' '.join(f'x{i}=1' for i in range(2000))}>b", "has an element with a thousand attributes."),
        ("a.xhtml", '<!DOCTYPE x [<!ENTITY a "b">]><p>&a;</p>', "declares entities, which may expand without end."),
        ("a.epub", b"PK\x03\x04 and then nothing", "is a damaged EPUB: File is not a zip file."),
        ("a.md", b"a" * 20_000_000, "has more than the 16 MiB that a file of Markdown may have. Split it."),
    ],
)
def test_a_file_made_to_exhaust_a_reader_is_refused(
    name: str, content: str | bytes, reason: str, tmp_path: Path
) -> None:
    assert refused(tmp_path, name, content).startswith(reason)


@pytest.mark.parametrize("content", ["<" * 300_000, "<!--" * 100_000 + "a", "<a x='" * 900, "</p>" * 300_000 + "a"])
def test_a_malformed_page_is_read_in_passing(content: str) -> None:
    html.flatten(html.parse(f"<p>first</p>{content}"))


def test_a_text_of_one_huge_line_is_read(tmp_path: Path) -> None:
    assert len(from_file(tmp_path, "a.txt", LONG * 40_000)[1]) > 4_000_000


def test_an_epub_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.corpus.own_books.epub.MOST_BYTES", 1024 * 1024)
    mixed_folder.write_epub(tmp_path / "bomb.epub", **{"EPUB/text/two.xhtml": " " * 5_000_000})
    with pytest.raises(Rejected, match="has more than 1 MiB of text when unpacked"):
        only(tmp_path)


def test_an_encrypted_epub_is_refused_but_not_one_with_hidden_fonts(tmp_path: Path) -> None:
    def encryption(name: str) -> str:
        return (
            '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:CipherData>'
            f'<e:CipherReference URI="{name}"/></e:CipherData></e:EncryptedData></encryption>'
        )

    mixed_folder.write_epub(tmp_path / "a.epub", **{"META-INF/encryption.xml": encryption("EPUB/fonts/a.otf")})
    assert only(tmp_path)[0].title == "The Glass Garden"
    mixed_folder.write_epub(tmp_path / "a.epub", **{"META-INF/encryption.xml": encryption("EPUB/text/two.xhtml")})
    with pytest.raises(Rejected, match=r"is encrypted \(DRM\)"):
        only(tmp_path)


def test_an_epub_without_what_it_names_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as archive:
        archive.writestr("META-INF/container.xml", mixed_folder.CONTAINER)
    with pytest.raises(Rejected, match=r"is a damaged EPUB: it has no EPUB/package.opf"):
        only(tmp_path)
