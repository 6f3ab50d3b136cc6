"""`gitops practice`: the commands of students and of authors, in one group."""

from gitops.practice import author, student
from gitops.practice.options import practice

__all__ = ["author", "practice", "student"]
