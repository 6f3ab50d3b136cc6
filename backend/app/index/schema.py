"""The tantivy side of the index: fields, analyzers, version."""

import tantivy

# Raise it whenever any file of the index changes its meaning: older indexes are then refused.
SCHEMA_VERSION = 9

TEXT = "text"
"""The keys of the words, which their inflections share, with positions."""
EXACT = "exact"
"""The words in their modern spelling, unstemmed, with positions: for quoted phrases."""
SPELT = "spelt"
"""The words that have several spellings, as they are printed: for a word in quotes."""
PAIRS = "pairs"
"""Frequent keys side by side: for phrases of them."""
SPEAKER = "speaker"
"""The keys of the names of those who speak, in plays."""
BOOK = "book"
"""Ordinal of the book, for filters."""
BUCKET = "bucket"
"""What `bucket_of` gives: one aggregation over it counts the hits of books and of their parts."""
PASSAGE = "passage"
"""Ordinal of the passage, for results in the order of the text."""

TANTIVY_DIR = "tantivy"
META_FILE = "meta.json"
"""Tantivy's own list of its segments, whose passages follow each other in this order."""

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
    """Words are told apart by app.words, so tantivy only has to split at spaces. Needed after every open."""
    index.register_tokenizer(_ANALYZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def stemmer() -> tantivy.TextAnalyzer:
    """Snowball's English stemmer (Porter2) over words that are separated by spaces."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer("english")).build()
