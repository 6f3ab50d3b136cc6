"""The answer to a search."""

from app.index.reader import IndexReader
from app.models.results import Correction, SearchAnswer
from app.search.matching import Plan, plan_all_words, relaxed
from app.search.places import absent_work, may_name, named_books, place_in_query
from app.search.query import Query
from app.search.request import Deadline, decode_cursor, encode_cursor
from app.search.results.facet_counts import facets
from app.search.results.result_page import Results
from app.search.results.search_request import Group, SearchRequest


def search(index: IndexReader, request: SearchRequest, deadline: Deadline) -> SearchAnswer:
    """One page of results. Raises a RequestError such as BadCursor, or QueryTimeout."""
    offset = 0 if request.cursor is None else decode_cursor(request.cursor, _scope(index, request))
    with_all_words = plan_all_words(request.query, index)
    results = Results(index, request, with_all_words, offset)
    deadline.check()
    is_name = may_name(index, request.typed)
    named = named_books(index, request.typed) if is_name else []
    absent = absent_work(request.typed) if is_name and not named else None
    correcting = request.typed if request.correcting and not named and absent is None else None
    planned, complete = relaxed(with_all_words, results.matching, index, deadline, correcting=correcting)
    if planned is not with_all_words:
        results = Results(index, request, planned, offset)
    place = place_in_query(index, request.typed) if is_name and request.cursor is None else None
    by_book = request.group is Group.BOOK
    more = offset + request.limit < (len(results.hits) if by_book else results.total)
    return SearchAnswer(
        query=str(planned.query),
        reading=request.reading,
        place=place,
        named=named,
        absent=None if place else absent,
        matching=planned.matching,
        complete=complete,
        correction=_correction(request.query, planned),
        offered=_offered(request.query, planned),
        variants=planned.variants,
        hits=results.total,
        books=results.books(deadline) if by_book else [],
        passages=[] if by_book else results.flat(deadline),
        facets=facets(index, results.everywhere, request.filters) if request.facets else None,
        next=encode_cursor(offset + request.limit, _scope(index, request)) if more else None,
    )


def _scope(index: IndexReader, request: SearchRequest) -> str:
    return f"{index.manifest.corpus} {request.scope}"


def _offered(original: Query, planned: Plan) -> Correction | None:
    offer = planned.offered
    return Correction(original=str(original), corrected=str(offer.query), words=offer.words) if offer else None


def _correction(original: Query, planned: Plan) -> Correction | None:
    if not planned.replaced:
        return None
    return Correction(original=str(original), corrected=str(planned.query), words=planned.replaced)
