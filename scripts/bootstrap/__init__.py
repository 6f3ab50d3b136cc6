"""What scripts/dev.py does: make the environments, the page and the index, and start the tools on them."""
