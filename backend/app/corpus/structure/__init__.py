"""The parts of a book: by its own rules (`books`), by how headings usually look (`generic`), or by length."""
