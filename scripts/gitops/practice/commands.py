"""`gitops practice`: the commands of students, teachers and authors, in one group."""

from gitops.practice import author, checking, student, teacher
from gitops.practice.options import practice

__all__ = ["author", "checking", "practice", "student", "teacher"]
