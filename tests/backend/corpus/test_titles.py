"""Headings as a contents page shows them."""

import pytest

from app.corpus.structure.titles import readable


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("A DISCUSSION SOMEWHAT IN THE AIR", "A Discussion Somewhat in the Air"),
        ("WHO KILLED THE OTTER'S BABIES?", "Who Killed the Otter's Babies?"),
        ('THE BOY WHO CRIED "WOLF!"', 'The Boy Who Cried "Wolf!"'),
        ("THE COCK-A-DOO-DLE-DOO", "The Cock-a-Doo-Dle-Doo"),
        ("WASTE NOT, WANT NOT; or TWO STRINGS TO YOUR BOW.", "Waste Not, Want Not; Or Two Strings to Your Bow"),
        ("The Whiteness of The Whale.", "The Whiteness of The Whale"),
        ("MY 71st Year", "MY 71st Year"),
        ("Of Whales in Paint;\nin Teeth", "Of Whales in Paint; in Teeth"),
        ("THE WORLD WE LIVE IN", "The World We Live In"),
    ],
)
def test_capitals_become_title_case_and_other_titles_stay(printed: str, shown: str) -> None:
    assert readable(printed) == shown
