"""All exercises by lesson, and the keys made of them for one student."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import import_module

from smartlib.teach.checking.checker import Checker
from smartlib.teach.checking.keys import Key, Keys, marks_of, sealed
from smartlib.teach.checking.values import Plain, plain
from smartlib.teach.checking.words import SAID
from smartlib.teach.exercises.course import Course
from smartlib.teach.exercises.record import Exercise, Student, student_of
from smartlib.vocabulary.errors import ParameterError
from smartlib.vocabulary.folders import Folders

LESSONS = tuple(f"{number:02}" for number in range(1, 11))
TEACHER = "000000000"  # whose answers the source of a lesson shows


def exercises_of(lesson: str) -> tuple[Exercise, ...]:
    """The exercises of a lesson.

    Parameters
    ----------
    lesson : str
        Its number, two digits.

    Raises
    ------
    ParameterError
        There is no such lesson.
    """
    if lesson not in LESSONS:
        raise ParameterError(f"No lesson '{lesson}'; there are {', '.join(LESSONS)}.")
    found: tuple[Exercise, ...] = import_module(
        f"smartlib.teach.exercises.lesson_{lesson}"
    ).EXERCISES
    return found


def keys_for(lesson: str, course: Course, student: Student) -> Keys:
    """What a student's notebook checks answers by.

    Parameters
    ----------
    lesson : str
        Its number, two digits.
    course : Course
        What answers are computed from.
    student : Student
        Whose they are.

    Raises
    ------
    ParameterError
        There is no such lesson.
    """
    salt = hashlib.sha256(f"{lesson}|{student.nim}".encode()).hexdigest()[:16]
    keys = {
        one.name: Key(one.form, sealed(f"{salt}|{one.name}", one.form, known(one, course, student)))
        for one in exercises_of(lesson)
    }
    return Keys(lesson, salt, keys)


def known(
    exercise: Exercise, course: Course, student: Student
) -> list[tuple[Plain, dict[str, str | int]]]:
    """The right answer of an exercise, then its mistakes, each with what is said of it.

    A mistake that gives the right answer, for this student, is none.

    Parameters
    ----------
    exercise : Exercise
        Which.
    course, student
        As in `keys_for`.
    """
    if not exercise.personal:
        return list(_shared(exercise, course))
    return _known(exercise, course, student)


@lru_cache(maxsize=256)
def _shared(exercise: Exercise, course: Course) -> tuple[tuple[Plain, dict[str, str | int]], ...]:
    """The same for every student: computed once for a class."""
    return tuple(_known(exercise, course, student_of(TEACHER, course)))


def _known(
    exercise: Exercise, course: Course, student: Student
) -> list[tuple[Plain, dict[str, str | int]]]:
    right = plain(exercise.value(course, student))
    praise = dict(zip(("id", "en"), SAID["right"], strict=True))
    told: list[tuple[Plain, dict[str, str | int]]] = [
        (
            right,
            {
                "m": 0,
                "id": f"{praise['id']} {exercise.told_id}",
                "en": f"{praise['en']} {exercise.told_en}",
            },
        )
    ]
    taken = next(marks_of(right, exercise.form))
    for number, mistake in enumerate(exercise.mistakes, start=1):
        value = plain(mistake.value(course, student))
        if taken not in marks_of(value, exercise.form):
            told.append((value, {"m": number, "id": mistake.id, "en": mistake.en}))
    return told


def teacher_checker(lesson: str, lang: str = "id") -> Checker:
    """`check` for the source of a lesson, with answers computed now.

    Parameters
    ----------
    lesson : str
        Its number, two digits.
    lang : {"id", "en"}
        Which language it speaks.

    Raises
    ------
    ParameterError
        There is no such lesson.
    """
    course = Course(Folders.find())
    return Checker(keys_for(lesson, course, student_of(TEACHER, course)), lang)
