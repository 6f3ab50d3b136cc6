"""What of the texts a query matches, and how well: the forms of its words, the queries of the index, and the marks.

A query is planned (`query_plan`): its words are expanded to those of the books (`expansion`, `compounds`,
`correction`), composed to queries of tantivy (`compose`, `proximity`), and found again in a text (`marks`,
`operator_marks`).
"""

from app.search.matching.compose import Composer
from app.search.matching.compounds import written
from app.search.matching.expansion import MAX_EXPANSIONS, expand, merged
from app.search.matching.marks import Marker
from app.search.matching.query_plan import Plan, all_words, plan, relaxed, require_bounded

__all__ = [
    "MAX_EXPANSIONS",
    "Composer",
    "Marker",
    "Plan",
    "all_words",
    "expand",
    "merged",
    "plan",
    "relaxed",
    "require_bounded",
    "written",
]
