"""Git: the command, the repository that a checkout belongs to, and one push at a time."""
