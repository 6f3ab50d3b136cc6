"""Which passages a query matches, how well, and where.

`query_plan` makes a plan for a query: its words are expanded to those of the books (`expansion`, `compounds`,
`correction`), composed to tantivy queries (`compose`, `proximity`), and found again in a text to be marked (`marks`,
`operator_marks`). `finding_cost` estimates beforehand what that will take.
"""

from app.search.matching.compose import Composer
from app.search.matching.compounds import ways_to_write
from app.search.matching.expansion import MAX_EXPANSIONS, expand, merge_variants
from app.search.matching.finding_cost import cost_of_finding
from app.search.matching.marks import Marker
from app.search.matching.query_plan import Plan, plan, plan_all_words, relaxed, require_bounded

__all__ = [
    "MAX_EXPANSIONS",
    "Composer",
    "Marker",
    "Plan",
    "cost_of_finding",
    "expand",
    "merge_variants",
    "plan",
    "plan_all_words",
    "relaxed",
    "require_bounded",
    "ways_to_write",
]
