"""Run a module as the image does, without the development packages that NLTK imports when it finds them.

python -m tests.bench.as_shipped MODULE [ARGUMENTS]
"""

import runpy
import sys

_ABSENT = ("scipy", "sklearn")

if __name__ == "__main__":
    for name in _ABSENT:
        sys.modules[name] = None  # type: ignore[assignment]  # what makes Python say that there is no such module
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
