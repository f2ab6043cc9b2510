"""The class's marks: a row a student, as `nilai.csv` and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from smartlib.data import read_text_table
from smartlib.data.workbook import sheets_bytes
from smartlib.data.writing import inert
from smartlib.teach.grade.run import Marked
from smartlib.teach.grade.words import COLUMNS, remark
from smartlib.teach.release.class_list import Member
from smartlib.vocabulary.errors import DataError

HIGHEST = 100
UNFLAGGED = ("missing", "raised")  # every class has them


@dataclass(frozen=True)
class Row:
    """A student's marks.

    Attributes
    ----------
    member : Member
        Whose.
    marked : mapping of str to Marked
        By lesson.
    remarks : tuple of str
        Codes of `words.REMARKS`, of all lessons.
    """

    member: Member
    marked: Mapping[str, Marked]
    remarks: tuple[str, ...]

    def points(self, exercises: Sequence[str]) -> list[int | None]:
        """1 or 0 for each exercise; None where nothing was marked.

        Parameters
        ----------
        exercises : sequence of str
            Names.
        """
        verdicts = {name: v for one in self.marked.values() for name, v in one.verdicts.items()}
        return [int(verdicts[n].is_right) if n in verdicts else None for n in exercises]

    def total(self, exercises: Sequence[str]) -> float | None:
        """Of a hundred; None where nothing was marked.

        Parameters
        ----------
        exercises : sequence of str
            All that there are; one that was not marked counts as 0.
        """
        points = self.points(exercises)
        known = [point for point in points if point is not None]
        return round(HIGHEST * sum(known) / len(points), 1) if known else None

    @property
    def is_flagged(self) -> bool:
        """Whether the lecturer is to look at it."""
        return bool(set(self.remarks) - set(UNFLAGGED))


def read_columns(path: Path | None) -> dict[str, str]:
    """What the campus's system calls the columns.

    Parameters
    ----------
    path : Path, optional
        A table with two columns, ours and theirs.

    Raises
    ------
    DataError
        It has other columns than two.
    """
    if path is None:
        return {}
    frame = read_text_table(path).frame
    if len(frame.columns) != 2:
        raise DataError(
            f"{path.name} has {len(frame.columns)} columns; expected two, ours and the campus's, "
            "such as: column,name and below it nim,NPM."
        )
    return dict(frame.itertuples(index=False, name=None))


def headings(rows: Sequence[Row], exercises: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Headings of the marks' table.

    Parameters
    ----------
    rows : sequence of Row
        The class.
    exercises : sequence of str
        Names.
    names : mapping of str to str
        What the campus's system calls columns of ours.

    Raises
    ------
    DataError
        A column is renamed that there is not, or two would have one name.
    """
    more = list(dict.fromkeys(name for row in rows for name in row.member.more))
    ours = ["nim", "nama", *more, *exercises, COLUMNS["total"], COLUMNS["catatan"]]
    unknown = sorted(set(names) - set(ours))
    if unknown:
        raise DataError(f"No column {', '.join(unknown)} to rename; there are {', '.join(ours)}.")
    renamed = [names.get(name, name) for name in ours]
    if len(set(renamed)) < len(renamed):
        raise DataError(f"Two columns would have one name: {', '.join(renamed)}.")
    return renamed


def table(
    rows: Sequence[Row], exercises: Sequence[str], lang: str
) -> list[list[str | int | float | None]]:
    """Cells below the headings.

    Parameters
    ----------
    rows : sequence of Row
        The class.
    exercises : sequence of str
        Names.
    lang : {"id", "en"}
        Of the remarks.
    """
    more = list(dict.fromkeys(name for row in rows for name in row.member.more))
    return [
        [
            row.member.nim,
            row.member.name,
            *(row.member.more.get(name, "") for name in more),
            *row.points(exercises),
            row.total(exercises),
            "; ".join(remark(code, lang) for code in row.remarks),
        ]
        for row in rows
    ]


def as_csv(headings: Sequence[str], cells: Sequence[Sequence[str | int | float | None]]) -> bytes:
    """For an Indonesian Excel: semicolons, decimal commas, UTF-8 with its mark.

    Parameters
    ----------
    headings, cells
        Of the table; text that a spreadsheet would run gets an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([inert(name) for name in headings])
    writer.writerows([_shown(cell) for cell in row] for row in cells)
    return out.getvalue().encode("utf-8-sig")


def _shown(cell: str | int | float | None) -> object:
    if cell is None:
        return ""
    return str(cell).replace(".", ",") if isinstance(cell, float) else inert(cell)


def as_workbook(
    headings: Sequence[str], cells: Sequence[Sequence[str | int | float | None]]
) -> bytes:
    """The same as a workbook, where a number's leading zeros stay in any Excel.

    Parameters
    ----------
    headings, cells
        Of the table.
    """
    return sheets_bytes([("nilai", headings, cells)])
