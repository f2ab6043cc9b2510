"""What a table cannot settle by itself, and what its reader chose (floor 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from smartlib.vocabulary.errors import SmartlibError
from smartlib.vocabulary.words import tables as say
from smartlib.vocabulary.words.sentences import joined

SAMPLE = 3  # cells shown under each reading
Decimal = Literal["comma", "point"]
MARKS: dict[str, str] = {"comma": ",", "point": "."}
MARK_NAME = {mark: name for name, mark in MARKS.items()}


@dataclass(frozen=True)
class Question:
    """Something that can be read in two ways.

    Attributes
    ----------
    about : str
        `codes`, `decimal`, `bare`, `sheet`.
    column : str
        Heading of the column.
    said : str
        The question in one sentence.
    readings : tuple of str
        The answers.
    cells : tuple of tuple of str
        Three cells under each reading, as they would be read.
    option : str
        That answers it, as `--codes`; each reading is a value of it.
    """

    about: str
    column: str
    said: str
    readings: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    option: str

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "about": self.about,
            "column": self.column,
            "question": self.said,
            "readings": list(self.readings),
            "cells": [list(cells) for cells in self.cells],
            "option": self.option,
        }

    @property
    def lines(self) -> tuple[str, ...]:
        """For the screen: the question, and a line for each answer."""
        answers = zip(self.readings, self.cells, strict=True)
        return (
            self.said,
            *(
                joined([f"  {self.option} {reading}: ", joined(cells, "; ")], "")
                for reading, cells in answers
            ),
        )


class QuestionError(SmartlibError, ValueError):
    """A table can be read in two ways, and nothing in it says which.

    Parameters
    ----------
    file : str
        Name of the table.
    questions : sequence of Question
        All of them.
    how : str, optional
        Where the answer is given.
    """

    exit_code = 3

    def __init__(self, file: str, questions: Sequence[Question], how: str = "") -> None:
        super().__init__(say.TWO_WAYS(file=file))
        self.questions = tuple(questions)
        self._file, self._how = file, how

    @property
    def lines(self) -> tuple[str, ...]:
        """The questions with their answers, each once, and where to answer."""
        asked = list(dict.fromkeys(line for q in self.questions for line in q.lines))
        return (self.message, *asked, *([self._how] if self._how else []))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._file, self.questions, self._how)


@dataclass(frozen=True)
class Choices:
    """What the reader of a table decided, where the table leaves a choice.

    Attributes
    ----------
    sheet : str
        Of a workbook; default the one with regions.
    codes : {"", "bps", "kemendagri"}
        Which system a column of codes belongs to.
    decimal : {"", "comma", "point"}
        The decimal mark of columns that do not show theirs.
    bare : {"", "kabupaten", "kota"}
        What a name without its kind means, where both exist.
    dash : {"missing", "zero"}
        What a dash means.
    only : tuple of (str, str)
        Rows of the file: column and value.
    take : tuple of (str, str)
        Columns: heading, and the name that formulas use, or nothing.
    """

    sheet: str = ""
    codes: str = ""
    decimal: str = ""
    bare: str = ""
    dash: str = "missing"
    only: tuple[tuple[str, str], ...] = ()
    take: tuple[tuple[str, str], ...] = ()
