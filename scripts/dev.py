"""The project's commands, for every system: python scripts/dev.py help. Needs nothing but Python's standard library."""

import sys

# Older versions must still be able to read this file, to say so.
if sys.version_info < (3, 11):  # noqa: UP036
    version = ".".join(map(str, sys.version_info[:2]))
    sys.exit("error: Python " + version + " is too old, 3.11 or newer is needed: make PYTHON=python3.11 ...")

from bootstrap.commands import main

sys.exit(main(sys.argv[1:]))
