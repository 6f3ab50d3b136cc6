"""Git, and where it keeps things: the repository, and one push at a time."""
