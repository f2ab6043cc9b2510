"""`smartlib teach release`: a lesson for a class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from smartlib.data.writing import write_whole
from smartlib.run.execute.nodes import notebook_bytes
from smartlib.teach.exercises.course import Course
from smartlib.teach.exercises.record import student_of
from smartlib.teach.exercises.registry import exercises_of, keys_for
from smartlib.teach.release.class_list import read_class
from smartlib.teach.release.forms import lecturer_of, slide_page, solution_of, template_of
from smartlib.teach.release.source import Source, read_source
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.folders import Folders

LARGEST = 100_000  # bytes of a student's notebook
BESIDE = "-lecturer"  # of the folder that no student is to get


@dataclass(frozen=True)
class Released:
    """What a release wrote.

    Attributes
    ----------
    students : int
        Notebooks, one a student.
    largest : int
        Bytes of the largest.
    folder, lecturer : Path
        Where they stand, and where the lecturer's files stand.
    """

    students: int
    largest: int
    folder: Path
    lecturer: Path


def release(
    lesson: str,
    class_list: Path,
    output: Path,
    *,
    lang: str = "id",
    folders: Folders,
    done: Callable[[], None] = lambda: None,
) -> Released:
    """Write a notebook for each student, and the lecturer's files beside the folder.

    Answers are computed now, from the tables as they are. A notebook that a student has begun
    with is not written over: it is refused before anything is written.

    Parameters
    ----------
    lesson : str
        Its number.
    class_list : Path
        `nim,nama`; more columns may follow.
    output : Path
        Folder for the class.
    lang : {"id", "en"}
        Language of the notebooks.
    folders : Folders
        Of the checkout.
    done : callable
        Told of each student.

    Raises
    ------
    ParameterError
        No such lesson, its source does not hold its exercises, or a notebook was begun with.
    DataError
        The class list cannot be used, or a notebook would be too large.
    OSError
        A folder or file cannot be written.
    """
    source = read_source(lesson, folders)
    _check_whole(source)
    members, course = read_class(class_list), Course(folders)
    template, name = template_of(source, lang), source.path.name
    contents = {}
    for member in members:
        student = student_of(member.nim, course)
        contents[member.nim] = template.filled(student, keys_for(source.lesson, course, student))
        done()
    _check_new({output / nim / name: content for nim, content in contents.items()})
    for nim, content in contents.items():
        (output / nim).mkdir(parents=True, exist_ok=True)
        write_whole(output / nim / name, content)
    lecturer = output.with_name(f"{output.resolve().name}{BESIDE}")
    _write_lecturers(source, lang, lecturer)
    return Released(len(members), max(map(len, contents.values())), output, lecturer)


def _write_lecturers(source: Source, lang: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    stem = source.path.stem
    write_whole(folder / f"{stem}.solution.ipynb", notebook_bytes(solution_of(source, lang)))
    write_whole(folder / f"{stem}.lecturer.ipynb", notebook_bytes(lecturer_of(source, lang)))
    write_whole(folder / f"{stem}.slides.html", slide_page(source, lang))


def _check_whole(source: Source) -> None:
    asked = [exercise.name for exercise in exercises_of(source.lesson)]
    if source.exercises != asked:
        raise ParameterError(
            f"{source.path.name} checks {', '.join(source.exercises) or 'nothing'}; the registry "
            f"has {', '.join(asked)}. Bring them together before a release."
        )


def _check_new(contents: dict[Path, bytes]) -> None:
    too_large = [path for path, content in contents.items() if len(content) > LARGEST]
    if too_large:
        raise DataError(
            f"{too_large[0].name} would have {len(contents[too_large[0]]):,} bytes; a student's "
            f"notebook has at most {LARGEST:,}. Shorten the lesson."
        )
    begun = [
        path
        for path, content in contents.items()
        if path.is_file() and path.read_bytes() != content
    ]
    if begun:
        raise ParameterError(
            f"{begun[0]} is there and differs (as {len(begun) - 1} more do): a student may have "
            "begun with it. Give another --output, or remove what is to be made again."
        )
