"""What the API answers, as OpenAPI shows it, by the parts of the search."""
