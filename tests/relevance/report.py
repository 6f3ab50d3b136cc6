"""The scores as a table by kind of query, the misses, and the bars."""

from collections import defaultdict
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tests.relevance.scoring import Result, Scores

BARS = {"book": 0.93, "passage": 0.88, "ten": 0.99}
"""The least success@1 by book, success@1 by passage, and success@10 by book."""

_NAMES = {"book": "success@1 by book", "passage": "success@1 by passage", "ten": "success@10 by book"}


def show(console: Console, results: Sequence[Result]) -> None:
    table = Table("kind", "queries", *_NAMES.values())
    by_kind: defaultdict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_kind[result.item.kind].append(result)
    for kind, own in {**by_kind, "all": list(results)}.items():
        scores = Scores.of(own)
        figures = (f"{getattr(scores, name):.3f}" for name in _NAMES)
        table.add_row(kind, str(scores.queries), *figures, style="bold" if kind == "all" else None)
    console.print(table)
    for result in results:
        if not (result.passage_first and result.book_in_ten):
            console.print(miss(result), markup=False, soft_wrap=True)


def miss(result: Result) -> str:
    """A query whose passage did not come first, in one line."""
    item, place = result.item, f"at {result.rank}" if result.rank else "not among the first ten"
    return f"miss ({item.kind}) {item.q} — {item.book} is {place}; first is {result.first or 'nothing'}"


def below(scores: Scores) -> list[str]:
    """The scores that are below their bar."""
    scored = ((_NAMES[name], getattr(scores, name), bar) for name, bar in BARS.items())
    return [f"{name} is {value:.3f}, below {bar:.2f}" for name, value, bar in scored if value < bar]
