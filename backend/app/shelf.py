"""What is said about the shelf that is served."""

SAMPLE_ADVICE = "The real 18 books need the network once: python -m nltk.downloader gutenberg, then make run"
