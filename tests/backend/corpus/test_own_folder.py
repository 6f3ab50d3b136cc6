"""A folder of one's own texts, with or without a catalog.toml."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.corpus.errors import CorpusError
from app.corpus.model import Book, Form, ShelfKind
from app.corpus.own_books import files
from app.corpus.shelf import Shelf, load_shelf

TEXT = "CHAPTER I\n\nIt was a day like others.\n\nCHAPTER II\n\nIt rained.\n"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with one book, "tale"."""
    (tmp_path / "tale.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def only_book(shelf: Shelf) -> Book:
    ((book, _),) = shelf.books
    return book


def test_every_text_file_is_a_book_ordered_by_id(texts: Path) -> None:
    (texts / "Another Tale.TXT").write_text(TEXT, encoding="utf-8")
    (texts / "cover.jpg").write_bytes(b"not a book")
    shelf = load_shelf(texts)
    assert shelf.kind is ShelfKind.OWN
    assert [book.id for book, _ in shelf.books] == ["another-tale", "tale"]


def test_the_title_comes_from_the_first_line_in_brackets(texts: Path) -> None:
    (texts / "tale.txt").write_text(f"[A Tale of Rain by Ada North 1901]\n\n{TEXT}", encoding="utf-8")
    book = only_book(load_shelf(texts))
    assert (book.title, book.author, book.year, book.published) == ("A Tale of Rain", "Ada North", 1901, "1901")
    assert book.sections[1].reference == "A Tale of Rain, Chapter 2"


def test_without_one_the_title_comes_from_the_file_name(texts: Path) -> None:
    (texts / "tale.txt").rename(texts / "a_tale-of rain.txt")
    book = only_book(load_shelf(texts))
    assert (book.id, book.title, book.author) == ("a_tale-of-rain", "A tale of rain", None)


def test_the_catalogue_says_what_the_text_does_not(texts: Path) -> None:
    (texts / "catalog.toml").write_text(
        '[books.tale]\ntitle = "The Tale"\nauthor = "A. North"\nyear = -20\nform = "verse"\nearly_modern = true\n'
        'language = "enm"\n',
        encoding="utf-8",
    )
    book = only_book(load_shelf(texts))
    assert (book.title, book.author, book.year, book.published) == ("The Tale", "A. North", -20, "-20")
    assert (book.form, book.early_modern, book.language) == (Form.VERSE, True, "enm")
    assert book.sections[0].reference == "The Tale, Chapter 1"


@pytest.mark.parametrize(
    ("catalogue", "said"),
    [
        ("[books.tale", "not valid TOML"),
        ("[books.tale]\ncolour = 'red'", "books.tale.colour"),
        ("[books.tale]\nyear = '1901'", "books.tale.year"),
        ("[books.tale]\nyear = 99999", "books.tale.year"),
        ("[books.tale]\ntitle = ''", "books.tale.title"),
        ("[books.tale]\nform = 'opera'", "books.tale.form"),
        ("[books.tale]\nearly_modern = 1", "books.tale.early_modern"),
        ("[books.tale]\nlanguage = 'Old English'", "books.tale.language"),
        ("[book.tale]\ntitle = 'x'", "book: "),
        ("[books.missing]\ntitle = 'x'", "books.missing: there is no such file. Name one of tale."),
    ],
)
def test_a_mistake_in_the_catalogue_names_the_file_and_the_key(catalogue: str, said: str, texts: Path) -> None:
    path = texts / "catalog.toml"
    path.write_text(catalogue, encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        load_shelf(texts)
    assert str(path) in str(error.value)
    assert said in str(error.value)


def test_a_catalogue_that_is_not_utf8_is_refused(texts: Path) -> None:
    (texts / "catalog.toml").write_bytes(b"[books.tale]\ntitle = '\xff'")
    with pytest.raises(CorpusError, match="Save it as UTF-8"):
        load_shelf(texts)


def test_the_digest_follows_the_texts_and_the_catalogue(texts: Path) -> None:
    first = load_shelf(texts).digest
    assert first.startswith("sha256:")
    assert load_shelf(texts).digest == first
    (texts / "catalog.toml").write_text("[books.tale]\nyear = 1901", encoding="utf-8")
    second = load_shelf(texts).digest
    (texts / "tale.txt").write_text(TEXT + ".", encoding="utf-8")
    assert len({first, second, load_shelf(texts).digest}) == 3


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        CorpusError, match=r"nowhere cannot be read: .*Name a folder of .txt, .md, .html or .epub files"
    ):
        load_shelf(tmp_path / "nowhere")


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"holds no .txt, .md, .html or .epub files"):
        load_shelf(tmp_path)


@pytest.mark.parametrize("content", [" \n\n", "...\n--\n", "[Only a Title]\n"])
def test_a_text_without_words_is_refused(content: str, texts: Path) -> None:
    (texts / "empty.txt").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"empty\.txt has no words"):
        _ = load_shelf(texts).books


def test_too_much_text_in_all_is_refused(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 20)
    with pytest.raises(CorpusError, match="Remove some"):
        load_shelf(texts)


def test_the_same_name_with_another_text_does_not_get_the_rules_of_the_known_book(texts: Path) -> None:
    (texts / "tale.txt").rename(texts / "shakespeare-hamlet.txt")
    book = only_book(load_shelf(texts))
    assert [section.id for section in book.sections] == ["1", "2"]


def test_copies_of_the_known_books_keep_their_structure(
    texts: Path, nltk_books: Mapping[str, tuple[Book, str]]
) -> None:
    from nltk.corpus import gutenberg

    known = texts / "shakespeare-caesar.txt"
    known.write_text(gutenberg.raw("shakespeare-caesar.txt"), encoding="latin-1")
    copied = {book.id: (book, text) for book, text in load_shelf(texts).books}
    assert copied["shakespeare-caesar"] == nltk_books["shakespeare-caesar"]
