"""A file read as a table of regions: what was understood, and what is open (floor 1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from smartlib.data.tables.names.gazetteer import Gazetteer
from smartlib.data.tables.rows.matching import Row
from smartlib.data.tables.shape import Key
from smartlib.data.tables.values.columns import Column
from smartlib.data.tables.values.questions import Choices, Question, QuestionError
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Finding
from smartlib.vocabulary.words import tables as say
from smartlib.vocabulary.words.sentences import joined

HINTED = 10  # unmatched rows for which the nearest names are looked for


@dataclass(eq=False)
class Reading:
    """What was understood of a file.

    Attributes
    ----------
    file, sha256 : str
        Name, and hash of the content.
    sheet : str
        Sheets that were read.
    heading_rows : list of int
        Row numbers of the headings.
    region_column, system : str
        Where the region stands, and by what: `name`, `kemendagri` or `bps`.
    rows : list of Row
        With the region of each, or why it has none.
    keys : list of (str, str)
        Region code and year of each row of the tidy table.
    columns : list of Column
        With names, values, notes and questions of their own.
    choices : Choices
        The reader's word.
    notes : list of str
        A sentence for each kind of thing that was decided.
    questions : list of Question
        On rows; those on single columns stand with the columns.
    labels : dict of str to str
        Of headings, where the file keeps them apart.
    """

    file: str
    sha256: str
    choices: Choices
    sheet: str = ""
    heading_rows: list[int] = field(default_factory=list)
    region_column: str = ""
    system: str = "name"
    rows: list[Row] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def has_years(self) -> bool:
        """Whether rows have years."""
        return any(year for _, year in self.keys)

    @property
    def all_questions(self) -> list[Question]:
        """Those on rows, then those on columns."""
        return [*self.questions, *(c.asks for c in self.columns if c.asks)]

    @property
    def regions(self) -> list[str]:
        """Codes of the regions that were matched, sorted."""
        return sorted({code for code, _ in self.keys})

    @property
    def unmatched(self) -> list[Row]:
        """Rows that should be about a region and could not be matched."""
        return [row for row in self.rows if row.unmatched]

    def left_out(self) -> dict[str, list[Row]]:
        """Rows that are about no region, by reason."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.reason:
                found[row.reason].append(row)
        return dict(found)

    def frame(self, names: Collection[str] | None = None) -> pd.DataFrame:
        """The tidy table: indexed by region code, a column `year` where there are years, sorted.

        Parameters
        ----------
        names : collection of str, optional
            Columns; default all that can be read.

        Raises
        ------
        QuestionError
            A wanted column, or the rows, can be read in two ways.
        DataError
            A wanted column has cells that cannot be read.
        """
        wanted = [c for c in self.columns if (c.name in names if names is not None else True)]
        questions = [*self.questions, *(c.asks for c in wanted if c.asks)]
        if questions:
            raise QuestionError(self.file, questions)
        bad = [problem for c in wanted for problem in c.problems]
        if bad and (names is not None or all(c.problems for c in wanted)):
            raise DataError(say.UNUSABLE(file=self.file), bad)
        codes = pd.Index([code for code, _ in self.keys], name="region_code", dtype="str")
        years = [int(year) if year else pd.NA for _, year in self.keys]
        beside = {"year": pd.array(years, dtype="Int64")} if self.has_years else {}
        values = {c.name: c.values for c in wanted if not c.problems}
        frame = pd.DataFrame({**beside, **values}, index=codes)
        if self.has_years:
            frame = frame.sort_values("year", kind="stable")
        return frame.sort_index(kind="stable")


def about(row: Row, reading: Reading, gazetteer: Gazetteer, hints: bool = True) -> Finding:
    """What is said of a row that could not be matched.

    Parameters
    ----------
    row : Row
        With `unmatched`.
    reading : Reading
        For the file's name.
    gazetteer : Gazetteer
        For the nearest names.
    hints : bool, default True
        Whether to look for them.
    """
    near = ", ".join(gazetteer.nearest(row.text)) if hints and row.text else ""
    shown = row.text or row.digits
    said = joined([f"'{shown[:60]}'", row.unmatched], ": ") if shown else row.unmatched
    return Finding(said, reading.file, row.number, expected=say.SUCH_AS(near=near) if near else "")


def extremes(reading: Reading, column: Column) -> tuple[tuple[float, str], ...]:
    """Lowest, median and highest value of a column, with the regions of the ends.

    Returns
    -------
    tuple of (value, region code)
        None of them where the column has no numbers.
    """
    if column.kind != "number" or column.asks or column.problems:
        return ()
    values = column.values.astype(float)
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return ()
    low, high = known[np.argmin(values[known])], known[np.argmax(values[known])]
    middle = float(np.median(values[known]))
    return (
        (float(values[low]), reading.keys[low][0]),
        (middle, ""),
        (float(values[high]), reading.keys[high][0]),
    )


def as_dict(reading: Reading, gazetteer: Gazetteer) -> dict[str, Any]:
    """What was understood, for JSON.

    Parameters
    ----------
    reading : Reading
        Of a file.
    gazetteer : Gazetteer
        For the nearest names.
    """
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "sheet": reading.sheet,
        "heading_rows": reading.heading_rows,
        "regions": {
            "column": reading.region_column,
            "system": reading.system,
            "matched": len(reading.regions),
            "left_out": [
                {"row": row.number, "text": row.text or row.digits, "reason": row.reason}
                for rows in reading.left_out().values()
                for row in rows
            ],
            "unmatched": [
                {
                    "row": row.number,
                    "text": row.text or row.digits,
                    "reason": row.unmatched,
                    "nearest": gazetteer.nearest(row.text) if n < HINTED else [],
                }
                for n, row in enumerate(reading.unmatched)
            ],
        },
        "years": sorted({int(year) for _, year in reading.keys if year}),
        "columns": [_column_dict(reading, column, gazetteer) for column in reading.columns],
        "questions": [question.as_dict() for question in reading.all_questions],
        "notes": reading.notes,
    }


def _column_dict(reading: Reading, column: Column, gazetteer: Gazetteer) -> dict[str, Any]:
    ends = extremes(reading, column)
    names = ("lowest", "median", "highest")
    return {
        "heading": column.heading,
        "name": column.name,
        "unit": column.unit,
        "kind": column.kind,
        "decimal": column.decimal,
        "values": column.known,
        "missing": sum(column.missing.values()),
        "dashes": column.missing["dash"],
        **{
            name: {"value": value, "region": gazetteer.register.name(code) if code else None}
            for name, (value, code) in zip(names, ends, strict=False)
        },
        "notes": column.notes,
        "problems": [str(problem) for problem in column.problems],
    }
