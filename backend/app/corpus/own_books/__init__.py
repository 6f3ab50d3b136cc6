"""A person's own books: a folder of files in several formats, encodings and languages."""
