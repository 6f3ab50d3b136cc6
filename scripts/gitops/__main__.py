"""`python -m gitops`, for a checkout in which nothing is installed."""

from gitops.cli import main

main()
