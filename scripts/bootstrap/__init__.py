"""The commands of scripts/dev.py: they make the environments, the page and the index, and start the tools on them."""
