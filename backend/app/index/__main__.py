"""Builds the index: python -m app.index build. Fetches the corpus for it: python -m app.index fetch DIR."""

# Processes that prepare books import this module too, but run no command.
if __name__ == "__main__":
    import sys

    from app.index.command import main

    sys.exit(main())
