"""The list of a class: a CSV file with a column `name`."""

import csv
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from gitops.errors import BadInput
from gitops.files import regular
from gitops.overlays.overlay_names import check_student
from gitops.printable import listed

MOST_STUDENTS = 1000
LARGEST = 10_000_000


def read(path: Path) -> list[str]:
    """The names in the column `name`. Raises BadInput when the file has none, or cannot be read."""
    try:
        with open(path, newline="", encoding="utf-8-sig", opener=regular) as file:
            text = file.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise BadInput(f"{path} has more than {LARGEST} characters.", "Name the students of one class, a row each.")
        rows = csv.DictReader(StringIO(text, newline=""))
        if "name" not in (rows.fieldnames or []):
            raise BadInput(f"{path} has no column `name`.", "Its first line should hold it: name,…")
        return [name for row in rows if (name := (row["name"] or "").strip())]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"{path} cannot be read: {error}", "Save the list as CSV in UTF-8.") from error


def check(names: Sequence[str]) -> None:
    """Raises BadInput that tells everything that is wrong with the names."""
    problems = [f"{name!r} is there {times} times." for name, times in Counter(names).items() if times > 1]
    for name in names:
        try:
            check_student(name)
        except BadInput as error:
            problems.append(error.what)
    if len(names) > MOST_STUDENTS:
        problems.insert(0, f"There are {len(names)} names, and {MOST_STUDENTS} is the most.")
    if problems:
        raise BadInput(listed(problems), "Nothing was written. A name is 1 to 46 of a-z, 0-9 and inner hyphens.")
