"""Tantivy's part of the index: fields, analyzers, version."""

import tantivy

# Raise this version whenever any file of the index changes its meaning: older indexes are then refused.
SCHEMA_VERSION = 12

TEXT = "text"
"""The stems of the words, with positions."""
EXACT = "exact"
"""The words in modern spelling, not stemmed, with positions: for phrases in quotation marks."""
SPELT = "spelt"
"""Words with several spellings, as printed: for a single word in quotation marks."""
PAIRS = "pairs"
"""Pairs of frequent stems side by side: for phrases of them."""
SPEAKER = "speaker"
"""The keys of speakers' names, in plays."""
BOOK = "book"
"""Number of the book, for filters."""
BUCKET = "bucket"
"""Number of the book × BUCKETS + the bucket of the passage: one aggregation counts by book and by part."""
PASSAGE = "passage"
"""Ordinal of the passage in its segment, for ranges of one book."""

TANTIVY_DIR = "tantivy"
META_FILE = "meta.json"
"""Tantivy's own list of its segments."""

_ANALYZER = "words"


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(TEXT, tokenizer_name=_ANALYZER, index_option="position")
    builder.add_text_field(EXACT, tokenizer_name=_ANALYZER, index_option="position")
    builder.add_text_field(SPELT, tokenizer_name=_ANALYZER, index_option="freq")
    builder.add_text_field(PAIRS, tokenizer_name=_ANALYZER, index_option="basic")
    builder.add_text_field(SPEAKER, tokenizer_name=_ANALYZER, index_option="basic")
    builder.add_unsigned_field(BOOK, indexed=True)
    builder.add_unsigned_field(BUCKET, fast=True)
    builder.add_unsigned_field(PASSAGE, fast=True)
    return builder.build()


def register_analyzers(index: tantivy.Index) -> None:
    """Registers analyzers that only split at spaces, because app.words decides what a word is. Needed after every
    open."""
    index.register_tokenizer(_ANALYZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def stemmer() -> tantivy.TextAnalyzer:
    """Snowball's English stemmer (Porter2) over words that are separated by spaces."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer("english")).build()
