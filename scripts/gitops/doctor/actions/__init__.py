"""GitHub Actions, run on a sample commit as data: nothing is executed, and what cannot be known stays unknown."""
