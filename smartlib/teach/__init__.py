"""Floor 5, on `run`: the course: what a lesson imports, exercises, release, grading.

The names below are what a student's notebook uses. They need the standard library alone, so that
they work wherever Python does; `exercises`, `release` and `grade` are the lecturer's side.
"""

from smartlib.teach.checking.checker import Checker
from smartlib.teach.checking.files import data_file

__all__ = ["Checker", "data_file"]
