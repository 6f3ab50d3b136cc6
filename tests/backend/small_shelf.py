"""Five short texts of our own that hold what the tests ask about, one of each form."""

from collections.abc import Mapping
from pathlib import Path

CATALOGUE = """
[books.orchard]
title = "The Orchard"
author = "Ada Pell"
year = 1901

[books.playe]
title = "The Playe of the Wharfe"
author = "Tom Carrow"
year = 1605
early_modern = true
form = "play"

[books.sayings]
title = "Sayings"
year = 1611
form = "scripture"

[books.travels]
title = "Travels"
author = "Ada Pell"
year = 1899

[books.signs]
title = "Signs"
author = "Mia Sato"
"""

TEXTS = {
    "orchard": """CHAPTER I

The orchard stood upon a hill. Love came late to the merry gardener, and he loved the trees with a love that
the village did not share. A learned man once told him that love, love, love is all that an orchard needs.

The lantern was burning bright in the window, and the snow-hill behind it was white as a whale.

CHAPTER II

Winter came. The gardener had no hate in him. The whaler who rented the room spoke of whaling and of whales,
and said that he would not be the one to stay. To be or not to be a sailor, that was never his question.

CHAPTER III

Spring. The lantern hung in the lantern room; the lantern was cold. He saw 12 pears and 123 plums, and he loved them.
""",
    "playe": """ACT I

SCENE I

Carrow. I loue thee well, and vpon this wharfe I sweare it.

Pell. Thou art merrie, Sir, and learn'd in loue. O'er the sea the merrie winde doth goe.

SCENE II

Carrow. The night is cold, and thee I loue no more. Giue me thy hand: haue I not sworne vpon it?
""",
    "sayings": """The First Book of Sayings

1:1 In the beginning was the orchard, and the orchard was
good. 1:2 And the gardener saw the light, that it was good: and the
night had no name.

1:3 And he said, Let there be pears: and there were pears.

1:4 And the whale came not unto the hill. 1:5 And the wind said,
I am the wind.

1:6 And there was rest. 1:7 And the dew fell upon the trees.

1:8 And the moon rose. 1:9 And the sun rose. 1:10 And the day was the tenth.

1:11 And there was an end.
""",
    "travels": """CHAPTER I

The naïve traveller drank his café crème in Rome, where Cæsar’s ghost and an œuvre of æther haunt the façade.
“Don’t go,” said the guide—and he didn’t. Dvořák’s tune was played upon the piano.

CHAPTER II

A _single_ emphatic word, and then the naive road home to Zürich and the Straße.
""",
    "signs": """CHAPTER I

The \U0001d4ae\U0001d4b6\U0001d4c9\U0001d4c4 sign and the \U0001f433 whale were painted on the wall.
\U0001f409 lantern \U0001f409 light.

CHAPTER II

猫 and 犬 sat under the lantern, \U0001f409.
""",
}


def write(folder: Path, texts: Mapping[str, str] = TEXTS, catalogue: str = CATALOGUE) -> Path:
    """The folder with the texts and their catalogue."""
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "catalog.toml").write_text(catalogue, encoding="utf-8")
    return folder
