"""What the doctor looks for: one small pure function for each fault, in the module of its subject.

A function that `@check` decorates is a check: `all_checks.py` collects those of each module.
"""
