"""Metrics for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from app.index.reader import IndexReader
from app.settings import Settings

registry = CollectorRegistry()

requests = Counter(
    "gutenberg_http_requests_total", "Requests answered", ["route", "method", "status"], registry=registry
)
seconds = Histogram(
    "gutenberg_http_request_seconds",
    "Time from request to answer",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
    registry=registry,
)
in_flight = Gauge("gutenberg_http_requests_in_flight", "Requests being answered", registry=registry)
waiting = Gauge("gutenberg_queue_waiting", "Requests that wait to be computed", ["line"], registry=registry)
refused = Counter("gutenberg_queue_refused_total", "Requests refused with 503", ["line"], registry=registry)
build = Gauge("gutenberg_build_info", "Always 1; the labels say what runs", ["version", "commit"], registry=registry)
corpus = Gauge("gutenberg_corpus_passages", "Passages in the index", ["shelf"], registry=registry)


def describe(settings: Settings, index: IndexReader | None) -> None:
    """Sets the metrics that stay the same while the process lives."""
    build.labels(settings.version, settings.commit).set(1)
    if index:
        corpus.labels(index.manifest.shelf.value).set(index.books.passage_count)


def exposition() -> bytes:
    """All metrics in Prometheus' text format."""
    return generate_latest(registry)
