"""The index and the searches of the other engines, in OpenSearch's words."""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

INDEX = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": -1},
    "mappings": {
        "properties": {
            # With the offsets of its words a passage is marked without being analysed again.
            "text": {"type": "text", "analyzer": "english", "index_options": "offsets"},
            "book": {"type": "keyword"},
            "author": {"type": "keyword"},
        }
    },
}
_BATCH = 2_000
_ACTION = '{"index":{}}'


def bulk(documents: Sequence[str]) -> Iterator[str]:
    """Bodies for /_bulk of documents, each of which is a line of JSON."""
    for start in range(0, len(documents), _BATCH):
        yield "".join(f"{_ACTION}\n{line}\n" for line in documents[start : start + _BATCH])


def path(q: str, books: Sequence[str], *, facets: bool) -> str:
    """A search by GET: the ten best with marks, those first that have the words side by side, the number of all, and
    with facets the counts by book and author, as if no book were chosen."""
    phrase = {"match_phrase": {"text": q.strip('"')}}
    query = phrase if q.startswith('"') else {"bool": {"must": {"match": {"text": q}}, "should": phrase}}
    body: dict[str, Any] = {
        "query": query,
        "size": 10,
        "track_total_hits": True,
        "highlight": {"pre_tags": "<mark>", "post_tags": "</mark>", "fields": {"text": {"number_of_fragments": 0}}},
    }
    if books:
        body["post_filter"] = {"terms": {"book": books}}
    if facets:
        body["aggs"] = {field: {"terms": {"field": field, "size": 100}} for field in ("book", "author")}
    return "/passages/_search?" + urlencode({"source": json.dumps(body), "source_content_type": "application/json"})
