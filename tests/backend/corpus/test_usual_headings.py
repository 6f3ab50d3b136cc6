"""Books without rules of their own: the headings that most books have."""

import pytest

from app.corpus.model import Form, Section, Unit
from app.corpus.structure.generic import guess_form, sections
from app.words import words

PROSE = "It was a day like others, and they walked to the harbour to see whether the ship had come in at last.\n"
STORY = f"\n{PROSE}\n{PROSE}\n"


def found_in(text: str, form: Form = Form.PROSE) -> list[tuple[str, str | None, str]]:
    return [(section.id, section.part, section.heading) for section in sections(text, "Book", form)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("CHAPTER I.", "CHAPTER II."),
        ("Chapter 1", "Chapter 2"),
        ("CHAPTER THE FIRST", "CHAPTER THE SECOND"),
        ("Chapter One", "Chapter Two"),
        ("  CHAPTER I  ", "  CHAPTER II  "),
        ("I.", "II."),
        ("1", "2"),
    ],
)
def test_chapters_are_found_in_every_usual_form(first: str, second: str) -> None:
    assert found_in(f"{first.strip()}\n{STORY}\n{second.rstrip()}\n{STORY}") == [
        ("1", None, "Chapter 1"),
        ("2", None, "Chapter 2"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "CHAPTER I. The Harbour",
        "Chapter 1: The Harbour",
        "CHAPTER I\n\nTHE HARBOUR",
        "CHAPTER I.--The Harbour",
        "Chapter 1. THE HARBOUR",
        "Chapter One\nThe Harbour",
        "I. The Harbour",
    ],
)
def test_titles_of_chapters_are_found(heading: str) -> None:
    second = heading.replace("CHAPTER I", "CHAPTER II").replace("Chapter 1", "Chapter 2").replace("One", "Two")
    second = second.replace("I. T", "II. T") if heading.startswith("I.") else second
    headings = [heading for _, _, heading in found_in(f"{heading}\n{STORY}\n{second}\n{STORY}")]
    assert headings == ["Chapter 1. The Harbour", "Chapter 2. The Harbour"]


def test_the_first_sentence_is_not_taken_for_a_title() -> None:
    text = f'CHAPTER I\n\n"Tom!"\n\nNo answer.\n\n{PROSE}\nCHAPTER II\n\nHe ran.\n\n{PROSE}'
    assert [heading for _, _, heading in found_in(text)] == ["Chapter 1", "Chapter 2"]


def test_volumes_books_and_parts_are_divisions() -> None:
    text = f"VOLUME I\n\nBOOK I\n\nCHAPTER I\n{STORY}\nCHAPTER II\n{STORY}\nBOOK II\n\nCHAPTER I\n{STORY}"
    assert found_in(text) == [
        ("1.1.1", "Volume I", "Book 1, Chapter 1"),
        ("1.1.2", "Volume I", "Book 1, Chapter 2"),
        ("1.2.1", "Volume I", "Book 2, Chapter 1"),
    ]
    assert sections(text, "Book", Form.PROSE)[2].reference == "Book, Volume I, Book 2, Chapter 1"


def test_acts_and_scenes_are_found_on_two_lines_and_on_one() -> None:
    text = f"ACT I\n\nSCENE I. A street.\n{STORY}\nSCENE II. The same.\n{STORY}\nACT II. SCENE I.\n{STORY}"
    assert found_in(text, Form.PLAY) == [
        ("1.1", "Act 1", "Scene 1. A street"),
        ("1.2", "Act 1", "Scene 2. The same"),
        ("2.1", "Act 2", "Scene 1"),
    ]


def test_books_of_verse_have_numbered_lines() -> None:
    divided = sections("BOOK I\n\nOf water\nI sing.\n\nBOOK II\n\nOf fire\n", "Poem", Form.VERSE)
    assert [(s.reference, s.unit) for s in divided] == [("Poem, Book 1", Unit.LINE), ("Poem, Book 2", Unit.LINE)]


def test_a_table_of_contents_is_not_taken_for_the_chapters() -> None:
    contents = f"CONTENTS\n\nCHAPTER I. Out\n\nCHAPTER II. Home\n\nTo the reader\n{STORY}"
    text = f"{contents}\nCHAPTER I. Out\n{STORY}\nCHAPTER II. Home\n{STORY}"
    assert [identity for identity, _, _ in found_in(text)] == ["front", "1", "2"]


def test_preface_and_epilogue_are_sections() -> None:
    text = f"PREFACE\n{STORY}\nCHAPTER I\n{STORY}\nCHAPTER II\n{STORY}\nEPILOGUE\n{STORY}"
    assert [identity for identity, _, _ in found_in(text)] == ["preface", "1", "2", "epilogue"]


@pytest.mark.parametrize("line", ["Chapter one was short, he said.", "Part of it was true.", "I", "Book I had read."])
def test_sentences_and_single_numerals_are_no_headings(line: str) -> None:
    text = f"{PROSE}\n{line}\n\n{PROSE}"
    assert found_in(text) == [("1", None, "Book")]


def test_repeated_headings_get_ids_and_references_of_their_own() -> None:
    divided = sections(f"CHAPTER I\n{STORY}\nCHAPTER II\n{STORY}\nCHAPTER I\n{STORY}", "Book", Form.PROSE)
    assert [(s.id, s.reference) for s in divided] == [
        ("1", "Book, Chapter 1"),
        ("2", "Book, Chapter 2"),
        ("1-2", "Book, Chapter 1 (2)"),
    ]


def test_a_short_text_without_headings_is_one_section_cited_by_its_title() -> None:
    (section,) = sections(STORY, "A Day", Form.PROSE)
    assert section == Section("1", None, "A Day", "A Day", 0, len(STORY))


def test_a_long_text_without_headings_falls_into_numbered_parts_of_whole_paragraphs() -> None:
    text = f"{PROSE}\n" * 500
    parts = sections(text, "A Day", Form.PROSE)
    assert [section.reference for section in parts] == [f"A Day, {n}" for n in range(1, len(parts) + 1)]
    assert "".join(text[section.start : section.end] for section in parts) == text
    for section in parts:
        part = text[section.start : section.end]
        assert part.startswith("It was")
        assert 1_000 <= len(words(part)) <= 3_000


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        (
            "\n  The ship, which had been\nwaiting in the harbour, sailed. " * 900,
            "2. The ship, which had been waiting in the…",
        ),
        (
            "　吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗い所で泣いていた。\n" * 300,
            "2. 吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗い所…",
        ),
        (f"A day.\n\n{'b' * 50} " * 3_000, f"2. {'b' * 40}…"),
    ],
)
def test_a_part_without_a_heading_is_headed_by_its_first_words(text: str, heading: str) -> None:
    assert sections(text, "Book", Form.PROSE)[1].heading == heading


def test_a_long_text_without_paragraphs_is_cut_between_words() -> None:
    text = "word " * 9_000
    parts = sections(text, "Words", Form.PROSE)
    assert len(parts) > 3
    assert all(text[section.start : section.end].startswith("word") for section in parts)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (STORY * 20, Form.PROSE),
        ("Of water, and the patient\nAnd slow return I sing,\n" * 10, Form.VERSE),
        ("".join(f"1:{n} And it was so.\n" for n in range(1, 12)), Form.SCRIPTURE),
        (f"ACT I\n\nSCENE I. A street.\n{STORY}", Form.PLAY),
    ],
)
def test_the_form_is_guessed_from_the_look_of_the_text(text: str, form: Form) -> None:
    assert guess_form(text) is form
