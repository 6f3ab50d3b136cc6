"""Text from outside, made fit to be shown: registries, git, logs, file names and people may say anything.

What is shown is also read by GitHub, which takes commands from a log and Markdown from a summary, and commit messages
by git, which takes trailers from them.
"""

import re

LONGEST = 500
MOST_LINES = 60

# The user and password in an address. `git@` is everybody's.
_SECRET = re.compile(r"(?<=://)(?!git@)[^/\s]*@")
# https://docs.github.com/actions/reference/workflow-commands-for-github-actions, and the older form that still works
_COMMAND = re.compile(r"^(\s*):+(?=:)|#+(?=#\[)")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")


def line(text: object, longest: int = LONGEST) -> str:
    """One line without control characters, such as those of terminals and of the direction of writing."""
    words = " ".join(_visible(str(text)[: 4 * longest]).split())
    return _without_commands(words if len(words) <= longest else f"{words[:longest]}…")


def lines(text: str, most: int = MOST_LINES) -> str:
    """Several lines, each as by `line` but for its indentation; of more than `most` it says how many were left out."""
    every = text.splitlines()
    shown = [_without_commands(_visible(own[:LONGEST] + ("…" if len(own) > LONGEST else ""))) for own in every[:most]]
    return "\n".join([*shown, *([f"… and {len(every) - most} more lines"] if len(every) > most else [])])


def listed(every: list[str], most: int = 20) -> str:
    """The first texts, each on a line, and how many more there are."""
    more = [f"… and {len(every) - most} more"] if len(every) > most else []
    return "\n".join([*map(line, every[:most]), *more])


def markdown(text: str) -> str:
    """The text escaped, so that Markdown shows it as it is."""
    return _MARKDOWN.sub(r"\\\1", text)


def _visible(text: str) -> str:
    return _SECRET.sub("***@", "".join(character if character.isprintable() else " " for character in text))


def _without_commands(text: str) -> str:
    return _COMMAND.sub(r"\1", text)
