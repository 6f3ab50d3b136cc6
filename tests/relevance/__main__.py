"""Score the search on queries whose passages are known: python -m tests.relevance [FILE]"""

import subprocess
import sys
from pathlib import Path

from rich.console import Console

from app.settings import Settings
from tests.relevance import report, scoring
from tests.servers import environment, serving


def main() -> int:
    console = Console(highlight=False)
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else scoring.QUERIES
    try:
        items = scoring.known_items(file)
    except (OSError, ValueError) as error:
        console.print(f"error: {file} cannot be read: {error}", markup=False, soft_wrap=True)
        return 2
    index = Settings().index_dir
    subprocess.run(
        [sys.executable, "-m", "app.index", "build", "--if-needed", "--index", index], env=environment(), check=True
    )
    with serving(index) as server:
        if unknown := scoring.unknown_books(server, items):
            console.print(
                f"error: The shelf lacks {len(unknown)} of the books, such as {unknown[0]}. "
                "Set NLTK_DATA to where NLTK's Gutenberg corpus is.",
                soft_wrap=True,
            )
            return 2
        results = scoring.ask(server, items)
    report.show(console, results)
    failures = report.below(scoring.Scores.of(results))
    for failure in failures:
        console.print(f"FAIL: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
