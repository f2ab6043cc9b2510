"""What an exercise is, and whose it is (see `exercises`)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smartlib.teach.checking.keys import Form
from smartlib.teach.exercises.course import Course

GROUP = 20  # rows of a student's own
WHOLE = Form()  # a whole number


@dataclass(frozen=True)
class Student:
    """Which rows of the table are a student's own, by student number.

    Attributes
    ----------
    nim : str
        Student number.
    rows : tuple of int
        Numbers of the group's rows, as the table prints them, ascending.
    regions : tuple of str
        Codes of the group's regions, in the same order.
    region : str
        Code of the region of one's own.
    name : str
        Its name.
    row : int
        Its number.
    """

    nim: str
    rows: tuple[int, ...]
    regions: tuple[str, ...]
    region: str
    name: str
    row: int


Answer = Callable[[Course, Student], object]


@dataclass(frozen=True)
class Mistake:
    """A usual wrong answer.

    Attributes
    ----------
    value : callable
        Gives it.
    id, en : str
        The hint, which names the mistake.
    """

    value: Answer
    id: str
    en: str


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes
    ----------
    name : str
        Lesson and letter, such as `3b`.
    asks_id, asks_en : str
        What it asks, in a few words.
    value : callable
        Gives the right answer.
    told_id, told_en : str
        What is said of it beyond that it is right.
    mistakes : tuple of Mistake
        At least two.
    form : Form
        What an answer looks like.
    personal : bool
        Whether each student has an answer of his own.
    """

    name: str
    asks_id: str
    asks_en: str
    value: Answer
    told_id: str
    told_en: str
    mistakes: tuple[Mistake, ...]
    form: Form = WHOLE
    personal: bool = False


def student_of(nim: str, course: Course) -> Student:
    """The rows that belong to a student number: the same number gives the same rows.

    Parameters
    ----------
    nim : str
        As in the class list.
    course : Course
        Its known rows are drawn from.
    """

    def lot(code: str) -> str:
        return hashlib.sha256(f"{nim}|{code}".encode()).hexdigest()

    drawn = sorted(course.scores.index, key=lot)
    numbers = course.scores["no"]
    group = sorted(drawn[:GROUP], key=lambda code: int(numbers[code]))
    own, rows = drawn[GROUP], tuple(int(numbers[code]) for code in group)
    name = str(course.scores.at[own, "region"])
    return Student(nim, rows, tuple(group), own, name, int(numbers[own]))


def mistakes(*told: tuple[Answer, str, str]) -> tuple[Mistake, ...]:
    """Usual wrong answers with their hints.

    Parameters
    ----------
    *told : tuple of (callable, str, str)
        Each with its hint in Indonesian and English.
    """
    return tuple(Mistake(*one) for one in told)


def numbers_of(names: Sequence[str]) -> set[str]:
    """Numbers of the lessons that exercises belong to, two digits.

    Parameters
    ----------
    names : sequence of str
        Of exercises.
    """
    return {name.rstrip("abcdefghij").zfill(2) for name in names}
