"""The source of a lesson: one notebook with both languages, solutions, checks and notes.

A cell says by its tags what it is: `lang-id` or `lang-en`, `lecturer` for notes, `hidden` for
checks that only the source has, `setup` where `check` comes from, `personal` where the student's
own rows stand. In code, what stands before the arrow `# ==>` is the solution and what stands
behind it is what the student gets instead; a line with nothing behind its arrow is left out.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from smartlib.run.execute.nodes import only_language
from smartlib.run.plan.parameters import read_notebook
from smartlib.teach.exercises.record import Student
from smartlib.vocabulary.errors import ParameterError
from smartlib.vocabulary.folders import Folders

FOLDER = "course"
ARROW = "# ==>"
LINE = re.compile(rf"^(?P<solution>.*?)\s*{ARROW} ?(?P<student>.*)$")
ANSWER = "answer_"
CHECKED = re.compile(r"""\bcheck\(\s*["'](\d+[a-j])["']""")
NOTES, HIDDEN, SETUP, PERSONAL = "lecturer", "hidden", "setup", "personal"
MARK = "smartlib"  # of a released notebook, in its metadata


@dataclass(frozen=True)
class Source:
    """A lesson's source.

    Attributes
    ----------
    lesson : str
        Its number, two digits.
    path : Path
        The notebook.
    node : NotebookNode
        Its content; not to be changed.
    """

    lesson: str
    path: Path
    node: NotebookNode

    @property
    def exercises(self) -> list[str]:
        """Exercises that it checks, in order."""
        code = "\n".join(cell.source for cell in self.node.cells if cell.cell_type == "code")
        return list(dict.fromkeys(CHECKED.findall(code)))


def tags_of(cell: NotebookNode) -> list[str]:
    """A cell's tags."""
    return list(cell.metadata.get("tags", []))


def sources(folders: Folders) -> dict[str, Path]:
    """The lessons' notebooks by number.

    Parameters
    ----------
    folders : Folders
        Of the checkout.
    """
    paths = sorted((folders.notebooks / FOLDER).glob("[0-9][0-9]_*.ipynb"))
    return {path.name[:2]: path for path in paths}


def read_source(lesson: str, folders: Folders) -> Source:
    """The source of a lesson.

    Parameters
    ----------
    lesson : str
        Its number, with or without a leading zero.
    folders : Folders
        Of the checkout.

    Raises
    ------
    ParameterError
        There is no such lesson, or its notebook cannot be read.
    """
    known = sources(folders)
    number = lesson.strip().zfill(2)
    if number not in known:
        raise ParameterError(
            f"No lesson '{lesson}' in {folders.notebooks / FOLDER}; there are "
            f"{', '.join(known) or 'none'}. Give its number, as: smartlib teach release 1."
        )
    return Source(number, known[number], read_notebook(known[number]))


def for_student(source: str) -> str:
    r"""Code without its solution.

    Parameters
    ----------
    source : str
        Of a code cell.

    Examples
    --------
    >>> print(for_student("a = 1\nanswer = a + 2  # ==> answer = ...\nb = 3  # ==>"))
    a = 1
    answer = ...
    """
    lines = []
    for line in source.splitlines():
        found = LINE.match(line)
        if found is None:
            lines.append(line)
        elif found["student"]:
            indent = re.match(r"\s*", line)
            lines.append(f"{indent[0] if indent else ''}{found['student'].strip()}")
    return "\n".join(lines)


def for_reader(source: str) -> str:
    """Code with its solution, without the arrows.

    Parameters
    ----------
    source : str
        Of a code cell.

    Examples
    --------
    >>> for_reader("answer = a + 2  # ==> answer = ...")
    'answer = a + 2'
    """
    found = [(LINE.match(line), line) for line in source.splitlines()]
    return "\n".join(match["solution"] if match else line for match, line in found)


def solutions(source: str) -> list[str]:
    """What a student's copy must not hold, line by line.

    Parameters
    ----------
    source : str
        Of a code cell.
    """
    found = filter(None, map(LINE.match, source.splitlines()))
    return [match["solution"].strip() for match in found]


def personal_code(student: Student, rows_by: str) -> str:
    """The cell in which a student's own rows stand.

    Parameters
    ----------
    student : Student
        Whose.
    rows_by : {"numbers", "codes"}
        How the lesson knows rows.
    """
    if rows_by == "numbers":
        rows, own = ", ".join(map(str, student.rows)), student.row
        return f'NIM = "{student.nim}"\nMY_ROWS = [{rows}]\nMY_ROW = {own}  # {student.name}'
    half = len(student.regions) // 2
    lines = (student.regions[:half], student.regions[half:])
    codes = "\n".join("    " + ", ".join(f'"{code}"' for code in line) + "," for line in lines)
    return (
        f'NIM = "{student.nim}"\nMY_REGIONS = [\n{codes}\n]  # fmt: skip\n'
        f'MY_REGION = "{student.region}"  # {student.name}'
    )


def rows_by(source: Source) -> str:
    """How a lesson knows rows: by printed `numbers`, or by region `codes`.

    Parameters
    ----------
    source : Source
        Of the lesson.
    """
    own = [cell.source for cell in source.node.cells if PERSONAL in tags_of(cell)]
    return "numbers" if "MY_ROWS" in "".join(own) else "codes"


def kept(source: Source, lang: str, without: tuple[str, ...]) -> NotebookNode:
    """The lesson in one language, less cells of some tags; outputs, arrows and setup stay.

    Parameters
    ----------
    source : Source
        Of the lesson.
    lang : {"id", "en"}
        Language to keep.
    without : tuple of str
        Tags.
    """
    node = only_language(copy.deepcopy(source.node), lang)
    node.cells = [cell for cell in node.cells if not set(tags_of(cell)) & set(without)]
    return node
