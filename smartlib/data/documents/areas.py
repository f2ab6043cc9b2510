"""Which lines of a document belong to its letter, lists, tables and remarks (floor 1).

One pass; each area is opened by a heading that the ministry prints, and a table is closed by
the first line that is no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from smartlib.data.documents.formats.lines import Line
from smartlib.data.documents.records import REMARK_KINDS
from smartlib.vocabulary.tables import DIMENSIONS, SCORE_HEADINGS

QUESTION, MARK = "PERTANYAAN", "HASIL PENILAIAN"
SCORE_COLUMNS = ("NO", *SCORE_HEADINGS)
BLOCKS = {re.sub(r"\W", "", d.heading): d.heading for d in DIMENSIONS}
TABLES = ("scores", "answers")
HEADINGS = {
    "list": re.compile(r"LAMPIRAN [IVX]+$"),
    "chart": re.compile(r"PERBANDINGAN HASIL EVALUASI"),
    "letter": re.compile(r"NOMOR\b.*\d"),
}
ENDS_LIST = re.compile(r"(HASIL )?EVALUASI .*(TAHAP|IMPLEMENTASI)")


@dataclass(frozen=True)
class Area:
    """Lines under one heading.

    Attributes
    ----------
    name : str
        `cover`, `letter`, `list`, `scores`, `answers`, `remarks`, `chart`, `text`.
    heading : Line
        What opened it.
    lines : tuple of Line
        Below the heading.
    subject : str
        Of a block of questions its dimension's heading; of remarks their kind.
    """

    name: str
    heading: Line
    lines: tuple[Line, ...]
    subject: str = ""


def bare(text: str) -> str:
    """Capital letters, digits and single spaces; what a heading says whatever its dress."""
    return " ".join(re.sub(r"[^A-Z0-9/ ]", " ", text.upper()).split())


def score_columns(line: Line) -> list[str]:
    """Headings of a score table's columns; nothing if the line is no such row."""
    known = {re.sub(r"\W", "", h): h for h in SCORE_COLUMNS}
    names = [known.get(re.sub(r"\W", "", cell.upper()), "") for cell in line.cells]
    return names if {"KAB/KOTA", "NILAI FINAL"} <= set(names) else []


def question_columns(line: Line) -> list[str]:
    """Headings of a block of questions; nothing if the line is no such row."""
    names = [bare(cell) for cell in line.cells]
    return names if {QUESTION, MARK} <= set(names) else []


def areas_of(lines: Sequence[Line]) -> list[Area]:
    """The areas of a document, in its order.

    Parameters
    ----------
    lines : sequence of Line
        Of the whole document.
    """
    found: list[Area] = []
    name, heading, subject, body = "cover", Line(0, ("",)), "", []
    block = ""
    for line in lines:
        block = _block(line) or block
        opened = _opens(line, name, block)
        if opened is None:
            body.append(line)
            continue
        found.append(Area(name, heading, tuple(body), subject))
        (name, subject), heading, body = opened, line, []
    return [*found, Area(name, heading, tuple(body), subject)]


def first(areas: Iterable[Area], name: str) -> list[Area]:
    """The areas of a name."""
    return [area for area in areas if area.name == name]


def _block(line: Line) -> str:
    """Heading of a dimension, alone on its line."""
    alone = len([cell for cell in line.cells if cell]) == 1
    return BLOCKS.get(re.sub(r"\W", "", line.text.upper()), "") if alone else ""


def _opens(line: Line, within: str, block: str) -> tuple[str, str] | None:
    """Name and subject of the area that a line opens, if it opens one."""
    for name, subject, found in (
        ("scores", "", score_columns(line)),
        ("answers", block, question_columns(line)),
    ):
        if found:
            return None if within == name else (name, subject)
    text = bare(line.text)
    single = len([cell for cell in line.cells if cell]) == 1
    if single and text in REMARK_KINDS:
        return "remarks", REMARK_KINDS[text]
    if within == "remarks":
        return None
    opened = next((name for name, opens in HEADINGS.items() if single and opens.match(text)), "")
    if opened and (opened != "letter" or within == "cover"):
        return opened, ""
    closes = within in TABLES and (len(line.cells) == 1 or bool(_block(line)))
    ends_list = within == "list" and ENDS_LIST.match(text)
    return ("text", "") if closes or ends_list else None
