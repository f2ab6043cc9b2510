"""What is understood of a table of one's own, before anything is fitted (floor 5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from smartlib.data.load import load_factors, load_gazetteer, load_register, load_year
from smartlib.data.own_tables import open_table
from smartlib.data.processed import read_tables
from smartlib.data.reading.grids import open_grids
from smartlib.data.tables.names.gazetteer import Gazetteer
from smartlib.data.tables.reading import Reading, about, as_dict, extremes
from smartlib.data.tables.record import record_path, record_text
from smartlib.data.tables.understanding import read_sheets
from smartlib.data.tables.values.columns import Column
from smartlib.data.tables.values.questions import Choices, QuestionError
from smartlib.data.writing import csv_for_people, write_whole
from smartlib.inference.factors.circularity import purge
from smartlib.inference.factors.outcomes import analysis_frame, outcome_table
from smartlib.inference.factors.table import factors_by_rule
from smartlib.vocabulary.folders import Folders, latest_year
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import files
from smartlib.vocabulary.words import screen as say
from smartlib.vocabulary.words.sentences import figure, joined

ALIKE = 0.95  # rank correlation, from which a column measures what a factor measures
ENOUGH = 20  # regions in common
PERCENT = re.compile(r"%|\b(persen|per ?cent)", re.IGNORECASE)
GROWTH = re.compile(r"laju|tumbuh|kenaikan|perubahan|inflasi|growth|change|rate of", re.IGNORECASE)
ORDER = 5.0  # times another median, from which values are of another order
SHOWN = 10  # rows or names of one kind
CELLS_SHOWN = 5  # of a column that cannot be used
TEXTS_SHOWN = 3  # of a column of texts


@dataclass(frozen=True, eq=False)
class Understood:
    """A table as it was read, and what its values are like.

    Attributes
    ----------
    reading : Reading
    gazetteer : Gazetteer
        For names.
    doubts : tuple of str
        Columns whose values are of another order than those of a factor that they follow.
    record : Path or None
        Where the reading record was written.
    problem : str
        Why it was not, if it was not.
    """

    reading: Reading
    gazetteer: Gazetteer
    doubts: tuple[str, ...] = ()
    record: Path | None = None
    problem: str = ""
    files: tuple[Path, ...] = field(default=())

    @property
    def is_usable(self) -> bool:
        """Whether a formula can use some column."""
        return any(column.is_usable for column in self.reading.columns)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        shown = as_dict(self.reading, self.gazetteer)
        return {**shown, "notes": [*shown["notes"], *self.doubts]}

    def lines(self) -> list[str]:
        """What is said on screen before the table of columns."""
        r = self.reading
        where = say.SHEET(sheet=r.sheet) if r.sheet else ""
        rows = joined(r.heading_rows) if r.heading_rows else say.NONE()
        told: list[str] = [
            joined([r.file, say.HEADINGS_IN(where=where, rows=rows)], ": "),
            say.REGIONS(
                column=r.region_column,
                by=say.BY[r.system](),
                count=len(r.regions),
                years=self._years(),
            ),
        ]
        for reason, left in r.left_out().items():
            texts = dict.fromkeys(row.text or row.digits for row in left)
            told.append(say.LEFT_OUT(reason=reason, count=len(left), texts=listed(texts, SHOWN)))
        told += [
            say.NOT_MATCHED(about=about(row, r, self.gazetteer).said) for row in r.unmatched[:SHOWN]
        ]
        if len(r.unmatched) > SHOWN:
            told.append(say.NOT_MATCHED_MORE(count=len(r.unmatched) - SHOWN))
        told += [say.NOTE(note=note) for note in r.notes]
        told += [say.NOTE(note=joined([c.name, n], ": ")) for c in r.columns for n in c.notes]
        return [*told, *(say.LOOK(doubt=doubt) for doubt in self.doubts)]

    def _years(self) -> str:
        years = sorted({year for _, year in self.reading.keys if year})
        if len(years) > 1:
            return say.YEARS(count=len(years), first=years[0], last=years[-1])
        return say.YEAR(year=years[0]) if years else ""

    def unusable(self) -> list[str]:
        """The columns that no formula can use, and their first bad cells with their rows."""
        bad = [column for column in self.reading.columns if column.problems]
        head = say.CANNOT_BE_USED if len(bad) < len(self.reading.columns) else say.NONE_CAN_BE_USED
        told: list[str] = []
        for column in bad:
            found = column.problems
            told.append(head(name=column.name, count=len(found)))
            told += [joined(["  - ", one.said], "") for one in found[:CELLS_SHOWN]]
            left = len(found) - CELLS_SHOWN
            told += [say.MORE_CELLS(count=left)] if left > 0 else []
        return told

    def table(self) -> tuple[Sequence[str], list[list[str]]]:
        """Headings and rows of the table of columns."""
        headings = [heading() for heading in say.READ_HEADINGS]
        return headings, [self._row(column) for column in self.reading.columns]

    def _row(self, column: Column) -> list[str]:
        r = self.reading
        missing = sum(column.missing.values())
        ends = extremes(r, column)
        if ends:
            said: list[str] = [
                joined(
                    [
                        figure(value, ",.6g"),
                        *([self.gazetteer.register.name(code)] if code else []),
                    ],
                    " ",
                )
                for value, code in ends
            ]
        else:
            said = [_kind(column), "", ""]
        return [
            column.heading,
            column.name,
            column.unit,
            say.DECIMAL[column.decimal]() if column.decimal else "",
            str(column.known),
            str(missing),
            *said,
        ]


def _kind(column: Column) -> str:
    if column.asks or column.problems:
        return say.KINDS["asks" if column.asks else "bad"]()
    if column.kind == "text":
        return say.TEXT(texts=listed(dict.fromkeys(t for t in column.values if t), TEXTS_SHOWN))
    return say.KINDS[column.kind]()


def understand(
    path: Path, choices: Choices, folders: Folders, to: Path | None = None
) -> Understood:
    """Read a table; write its record beside it, and where asked the tidy table.

    Parameters
    ----------
    path : Path
        The table; `-` for standard input.
    choices : Choices
        The reader's word.
    folders : Folders
        Of the checkout.
    to : Path, optional
        Where the tidy table goes, as CSV.

    Returns
    -------
    Understood
        With open questions, in which case nothing was written.

    Raises
    ------
    DataError
        The table cannot be read.
    OSError
        The tidy table cannot be written.
    """
    reading = open_table(path, folders, choices, taken_names(folders))
    gazetteer = load_gazetteer(folders)
    doubts = tuple(_doubts(reading, folders))
    if reading.all_questions:
        return Understood(reading, gazetteer, doubts)
    if to is not None:
        _write_tidy(reading, to, gazetteer)
    record, problem = None, ""
    if str(path) != "-":
        try:
            write_whole(record_path(path), record_text(reading).encode())
            record = record_path(path)
        except OSError as error:
            problem = say.RECORD_NOT_WRITTEN(why=files.why(error))
    return Understood(reading, gazetteer, doubts, record, problem)


def _write_tidy(reading: Reading, to: Path, gazetteer: Gazetteer) -> None:
    """Write the tidy table, and beside it how it is read: its codes are those of Kemendagri."""
    content = tidy_csv(reading)
    choices = Choices(codes="kemendagri", decimal="point")
    again = read_sheets(open_grids(content, to.name), content, to.name, gazetteer, choices)
    write_whole(to, content)
    write_whole(record_path(to), record_text(again).encode())


def tidy_csv(reading: Reading) -> bytes:
    """The tidy table: region_code, year where there is one, then the columns; sorted.

    Parameters
    ----------
    reading : Reading
        Without open questions.

    Raises
    ------
    QuestionError
        A column can be read in two ways.
    DataError
        No column can be read.
    """
    if reading.all_questions:
        raise QuestionError(reading.file, reading.all_questions)
    return csv_for_people(reading.frame().reset_index(), "%.15g")


def taken_names(folders: Folders) -> list[str]:
    """Names that a user's column cannot have: those of outcomes, indicators and factors.

    Parameters
    ----------
    folders : Folders
        Of the checkout.
    """
    year = latest_year(folders)
    evaluation, tables = load_year(year, folders), read_tables(folders)
    scores = tables.scores[tables.scores["year"] == year].set_index("region_code")
    without = purge(evaluation.scored, evaluation.instrument, evaluation.scheme)
    outcomes = outcome_table(scores, evaluation.scheme, without)
    values = factors_by_rule(tables.factors, scores.index, year).values
    return list(analysis_frame(scores, outcomes, values, evaluation.scheme))


def _doubts(reading: Reading, folders: Folders) -> list[str]:
    """Columns that follow a factor but with values of another order, and shares that are none."""
    names = load_register(folders).frame["region"]
    known = load_factors(folders)
    latest = known[known["year"] == known.groupby("factor")["year"].transform("max")]
    factors = latest.pivot_table(index="region_code", columns="factor", values="value")
    ranks = factors.rank()
    said = []
    for column in reading.columns:
        if column.kind != "number" or not column.is_usable:
            continue
        values = pd.Series(
            column.values, index=[code for code, _ in reading.keys], dtype=float
        ).dropna()
        said += outside_percent(column, values, names)
        values = values[~values.index.duplicated(keep="last")]
        said += _compared(column.name, values, factors, ranks)
    return said


def outside_percent(column: Column, values: pd.Series, names: pd.Series) -> list[str]:
    """Values that a share of a hundred cannot have, such as one that lost its decimal comma.

    Parameters
    ----------
    column : Column
        Of numbers.
    values : Series
        Its values that are there, by region code.
    names : Series
        Of regions by code.
    """
    if not PERCENT.search(column.unit or column.heading) or GROWTH.search(column.heading):
        return []
    odd = values[(values < 0) | (values > 100)]
    if odd.empty:
        return []
    shown = [
        say.IN_REGION(value=figure(value), region=names.get(code, code))
        for code, value in odd.head(3).items()
    ]
    return [say.OUTSIDE_PERCENT(name=column.name, count=len(odd), shown=joined(shown))]


def _compared(
    name: str, values: pd.Series, factors: pd.DataFrame, ranks: pd.DataFrame
) -> list[str]:
    common = values.index.intersection(factors.index)
    if len(common) < ENOUGH or values.nunique() < ENOUGH:
        return []
    alike = ranks.loc[common].corrwith(values[common].rank()).dropna()
    if alike.empty or alike.max() < ALIKE:
        return []
    factor = str(alike.idxmax())
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = float(np.nanmedian(values[common] / factors.loc[common, factor]))
    if not np.isfinite(ratio) or ratio <= 0 or 1 / ORDER < ratio < ORDER:
        return []
    times = say.TIMES(times=figure(ratio, ",.0f")) if ratio >= 1 else f"1/{1 / ratio:,.0f}"
    return [
        say.ANOTHER_ORDER(
            name=name,
            factor=factor,
            alike=figure(float(alike.max()), ".2f"),
            n=len(common),
            times=times,
        )
    ]
