"""Divides a book into sections: by its own rules (`books`), by how headings usually look (`generic`), or by length
(`parts`)."""
