"""Build the index: python -m app.index build. Fetch the corpus for it: python -m app.index fetch DIR."""

# The processes that read the books import this module too, and need nothing of the command.
if __name__ == "__main__":
    import sys

    from app.index.command import main

    sys.exit(main())
