"""What release makes of a source: the student's, the solution, the lecturer's notebook, slides."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from smartlib.run.execute.nodes import normalised, notebook_bytes
from smartlib.run.site.slides import slides_of
from smartlib.teach.checking.keys import Keys
from smartlib.teach.exercises.record import Student
from smartlib.teach.release.source import (
    ARROW,
    HIDDEN,
    MARK,
    NOTES,
    PERSONAL,
    SETUP,
    Source,
    for_reader,
    for_student,
    kept,
    personal_code,
    rows_by,
    tags_of,
)

WIDTH = 88  # characters of a line of keys
HEADING = re.compile(r"^(#{1,2}) ", re.MULTILINE)


@dataclass(frozen=True)
class Template:
    """A student's notebook before it is anybody's.

    Attributes
    ----------
    node : NotebookNode
        Without solutions; `setup` and `personal` cells are to be filled in.
    lang : str
        Its language.
    lesson : str
        Its number.
    by : str
        How rows are known; see `rows_by`.
    """

    node: NotebookNode
    lang: str
    lesson: str
    by: str

    def filled(self, student: Student, keys: Keys) -> bytes:
        """The notebook of one student.

        Parameters
        ----------
        student : Student
            Whose.
        keys : Keys
            Of that student.
        """
        node = copy.deepcopy(self.node)
        for cell in node.cells:
            if SETUP in tags_of(cell):
                cell.source = setup_code(keys.packed(), self.lang)
                cell.metadata["jupyter"] = {"source_hidden": True}
            elif PERSONAL in tags_of(cell):
                cell.source = personal_code(student, self.by)
        node.metadata[MARK] = {"lesson": self.lesson, "nim": student.nim}
        return notebook_bytes(node)


def setup_code(packed: str, lang: str) -> str:
    """The cell that makes `check`, in a student's notebook.

    Parameters
    ----------
    packed : str
        Keys.
    lang : {"id", "en"}
        Which language it speaks.
    """
    lines = "\n".join(f'    "{part}"' for part in re.findall(f".{{1,{WIDTH}}}", packed))
    keys = f"KEYS = (\n{lines}\n)"
    return f'from smartlib.teach import Checker\n\n{keys}\ncheck = Checker(KEYS, "{lang}")'


def template_of(source: Source, lang: str) -> Template:
    """The student's notebook of a lesson, before it is anybody's.

    Parameters
    ----------
    source : Source
        Of the lesson.
    lang : {"id", "en"}
        Language to keep.
    """
    node = normalised(kept(source, lang, (NOTES, HIDDEN)))
    for cell in node.cells:
        if cell.cell_type == "code":
            cell.source = for_student(cell.source)
            cell.outputs, cell.execution_count = [], None
    return Template(nbformat.from_dict(node), lang, source.lesson, rows_by(source))


def solution_of(source: Source, lang: str) -> NotebookNode:
    """The lesson solved, with its outputs; no notes.

    Parameters
    ----------
    source : Source
        Of the lesson.
    lang : {"id", "en"}
        Language to keep.
    """
    node = normalised(kept(source, lang, (NOTES, HIDDEN)))
    return _without_arrows(node)


def lecturer_of(source: Source, lang: str) -> NotebookNode:
    """The lesson solved, with notes and checks.

    Parameters
    ----------
    source : Source
        Of the lesson.
    lang : {"id", "en"}
        Language to keep.
    """
    return _without_arrows(normalised(kept(source, lang, ())))


def slide_page(source: Source, lang: str) -> bytes:
    """Slides: a heading begins one; exercises show their question; notes are the speaker's.

    Parameters
    ----------
    source : Source
        Of the lesson.
    lang : {"id", "en"}
        Language to keep.
    """
    node = normalised(kept(source, lang, (HIDDEN, PERSONAL, SETUP)))
    for cell in node.cells:
        is_asked = cell.cell_type == "code" and ARROW in cell.source
        kind = "slide" if HEADING.search(cell.source) and cell.cell_type == "markdown" else "-"
        kind = "notes" if NOTES in tags_of(cell) else kind
        cell.metadata["slideshow"] = {"slide_type": kind}
        if is_asked:
            cell.source = for_student(cell.source)
            cell.outputs = []
    return slides_of(node)


def _without_arrows(node: NotebookNode) -> NotebookNode:
    for cell in node.cells:
        if cell.cell_type == "code":
            cell.source = for_reader(cell.source)
    return node
