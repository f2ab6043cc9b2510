"""Blocks of questions: number, mark, and the mean below (floor 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from smartlib.data.documents.areas import MARK, QUESTION, Area, bare, question_columns
from smartlib.data.documents.formats.lines import Line
from smartlib.data.documents.records import Discrepancy, Mark, Mean

NUMBERED = re.compile(r"(\d{1,3})\.\s?\D")
MISPRINT = re.compile(r"\d{1,3}\.\s?(Se jauh|Ssejauh)\b")
PRINTED = re.compile(r"\d([.,]\d{1,2})?", re.ASCII)
MEAN = "RATA RATA"


@dataclass
class Block:
    """What has been read of the blocks so far."""

    marks: list[Mark] = field(default_factory=list)
    means: list[Mean] = field(default_factory=list)
    told: list[Discrepancy] = field(default_factory=list)
    unread: list[Discrepancy] = field(default_factory=list)


def read_questions(areas: Sequence[Area]) -> Block:
    """Marks and means of all blocks, and rows that cannot be taken for either.

    Parameters
    ----------
    areas : sequence of Area
        One a block; headings may stand again at every page.
    """
    read = Block()
    for area in areas:
        headings = question_columns(area.heading)
        closed = False
        for line in area.lines:
            if question_columns(line):
                headings = question_columns(line)
            elif bare(line.text).startswith(MEAN):
                closed = _mean(line, area, read)
            elif len(line.cells) > 1 or line.style != "text":
                _row(line, headings, area, read)
        if not area.subject:
            _refuse(read, area.heading, "a block of questions without a heading", "a dimension")
        if not closed:
            _refuse(read, area.heading, f"block {area.subject} has no mean", "a mean below it")
    read.told += gaps(read.marks)
    return read


def _mean(line: Line, area: Area, read: Block) -> bool:
    printed = [cell for cell in line.cells if PRINTED.fullmatch(cell)]
    if len(printed) != 1:
        _refuse(read, line, f"{len(printed)} numbers beside the mean's label", "one")
    else:
        read.means.append(Mean(line.place, area.subject, printed[0]))
    return True


def _row(line: Line, headings: list[str], area: Area, read: Block) -> None:
    """A question, or what goes on of the one above; anything else is unread."""
    if len(line.cells) != len(headings):
        _refuse(read, line, f"{len(line.cells)} cells", str(len(headings)))
        return
    cells = dict(zip(headings, line.cells, strict=True))
    number, printed = NUMBERED.match(cells[QUESTION]), cells[MARK]
    if number and PRINTED.fullmatch(printed):
        read.marks.append(Mark(line.place, area.subject, int(number[1]), printed))
        if MISPRINT.match(cells[QUESTION]):
            read.told.append(Discrepancy("misprint", line.place, f"question {number[1]}"))
    elif not number and not printed and read.marks:
        # A piece of the question, or of a heading beside it, that goes on overleaf.
        read.told.append(
            Discrepancy("broken_question", line.place, f"question {read.marks[-1].question}")
        )
    else:
        _refuse(read, line, f"mark '{printed}'", "a numbered question and its mark")


def _refuse(read: Block, line: Line, printed: str, expected: str) -> None:
    read.unread.append(Discrepancy("unread_row", line.place, printed, expected, "answers"))


def gaps(marks: Sequence[Mark]) -> list[Discrepancy]:
    """The first question whose number is not the next one, if there is one.

    Parameters
    ----------
    marks : sequence of Mark
        In the document's order.
    """
    for wanted, mark in enumerate(marks, start=1):
        if mark.question != wanted:
            printed = f"question {mark.question}"
            return [Discrepancy("question_number", mark.line, printed, str(wanted), "answers")]
    return []
