"""Table 1, correlations and their figures: made and written (floor 5)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from smartlib.data.writing import csv_for_people, write_whole
from smartlib.inference.descriptive import Correlations, chosen_names, correlations, describe
from smartlib.inference.factors.panel import row_names
from smartlib.inference.terms import rows_where
from smartlib.present.paper.descriptives import (
    correlation_numbers,
    correlation_table,
    describe_table,
    said,
    source_line,
)
from smartlib.present.regression.printed import RegressionTable
from smartlib.present.words.labels import value_labels
from smartlib.present.words.tables import Sheet
from smartlib.run.commands.fit import DIGITS, fit_name
from smartlib.run.commands.materials import Materials, Wanted, gathered, with_keys
from smartlib.vocabulary.extras import extra_with, how_to_install
from smartlib.vocabulary.folders import Folders

DESCRIPTIONS = "descriptions"
UNDRAWN = (
    "Tables were written, figures were not: these need the extra `notebooks`, "
    f"{how_to_install('notebooks')}."
)


@dataclass(frozen=True)
class DescribeOrder:
    """What is to be described.

    Attributes
    ----------
    names : str
        A formula, or names.
    year : int
        Of the evaluation.
    by : str
        Column of groups, or nothing.
    where : str
        Condition on the rows, or nothing.
    factors, reading : Path or None
        A user's own table, and the record of how it is read.
    stars : bool
        Whether small p-values get stars.
    lang : {"en", "id"}
        Language.
    figures : tuple of str
        Formats of the figures.
    """

    names: str
    year: int
    by: str = ""
    where: str = ""
    factors: Path | None = None
    reading: Path | None = None
    stars: bool = False
    lang: str = "en"
    figures: tuple[str, ...] = ("png",)


@dataclass(frozen=True, eq=False)
class Described:
    """Columns described, and where that was written.

    Attributes
    ----------
    order : DescribeOrder
    numbers : DataFrame
        Output of `describe`.
    together : Correlations or None
        None for a single column.
    tables : tuple of RegressionTable
        Table 1, and the correlations if there are any.
    coverage : tuple of str
        What is known of a user's own table.
    files : tuple of Path
    undrawn : str
        Why there are no figures; nothing if there are.
    """

    order: DescribeOrder
    numbers: pd.DataFrame
    together: Correlations | None
    tables: tuple[RegressionTable, ...]
    coverage: tuple[str, ...]
    files: tuple[Path, ...]
    undrawn: str = ""

    def lines(self) -> Iterator[str | Sheet]:
        """What a terminal shows."""
        for table in self.tables:
            yield table.title
            yield Sheet(table.frame, tuple(list(table.frame)[1:]))
            yield from table.notes

    def as_dict(self) -> dict[str, Any]:
        """For JSON: a number that does not exist is None."""
        pairs = [] if self.together is None else _records(correlation_numbers(self.together))
        return {
            "year": self.order.year,
            "by": self.order.by or None,
            "variables": _records(self.numbers),
            "correlations": pairs,
            "notes": [note for table in self.tables for note in table.notes],
            "files": [path.as_posix() for path in self.files],
        }


def describe_and_write(
    order: DescribeOrder, folders: Folders, output: Path | None = None
) -> Described:
    """Describe columns, and write tables and figures whole.

    Parameters
    ----------
    order : DescribeOrder
    folders : Folders
        Of the checkout.
    output : Path, optional
        Folder; default `reports/descriptions/` and a name from what is described.

    Raises
    ------
    SmartlibError
        A name or a table cannot be used; nothing was written.
    OSError
        The folder cannot be made or written to.
    """
    wanted = Wanted.by(order.year, (order.names, order.by, order.where), order.factors,
                       order.reading)  # fmt: skip
    materials = gathered(wanted, folders)
    frame = with_keys(materials)
    holds, _ = rows_where(order.where, frame)
    rows = frame[holds]
    rows.attrs = frame.attrs
    names = chosen_names(order.names, rows)
    numbers = describe(rows, order.names, order.by)
    columns = list(dict.fromkeys(numbers["name"]))
    together = correlations(rows, columns) if len(columns) > 1 else None
    tables = _tables(order, materials, rows, (names, numbers, together))
    contents = _contents((numbers, together, tables))
    figures, undrawn = _figures(order, materials, rows, (numbers, together))
    contents |= figures
    name = fit_name(order.names, "; ".join(filter(None, (order.by, order.where))))
    folder = output.resolve() if output else folders.reports / DESCRIPTIONS / name
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in contents.items():
        write_whole(folder / file, content)
    files = tuple(folder / file for file in contents)
    return Described(order, numbers, together, tables, materials.coverage, files, undrawn)


Found = tuple[tuple[str, ...], pd.DataFrame, Correlations | None]


def _tables(
    order: DescribeOrder, materials: Materials, rows: pd.DataFrame, found: Found
) -> tuple[RegressionTable, ...]:
    names, numbers, together = found
    lang = order.lang
    notes = [said("rows_note", lang, n=len(rows), year=order.year)]
    if "~" in order.names:
        notes.append(said("complete_note", lang, n=int(numbers["n"].max())))
    texts = [name for name in names if name not in set(numbers["name"])]
    notes += [said("text_note", lang, names=", ".join(texts))] if texts else []
    regions = row_names(rows.index, materials.evaluation.register.name)
    groups = value_labels(materials.evaluation.scheme, lang).get(order.by)
    first = describe_table(
        numbers, materials.names, regions, lang, by=order.by, groups=groups, notes=notes
    )
    if together is None:
        return (first,)
    return first, correlation_table(together, materials.names, lang, stars=order.stars)


def _contents(
    found: tuple[pd.DataFrame, Correlations | None, tuple[RegressionTable, ...]],
) -> dict[str, bytes]:
    numbers, together, tables = found
    contents = {"describe.csv": csv_for_people(numbers, DIGITS)}
    if together is not None:
        contents["correlations.csv"] = csv_for_people(correlation_numbers(together), DIGITS)
    for name, table in zip(("describe", "correlations"), tables, strict=False):
        contents[f"{name}.html"] = table.html().encode()
        contents[f"{name}.tex"] = table.latex().encode()
    return contents


def _figures(
    order: DescribeOrder,
    materials: Materials,
    rows: pd.DataFrame,
    found: tuple[pd.DataFrame, Correlations | None],
) -> tuple[dict[str, bytes], str]:
    """Figures by file name, and why there are none where nothing can draw."""
    try:
        from smartlib.present.paper.figures import (  # noqa: PLC0415  # of an extra
            correlation_picture,
            spread_picture,
        )
    except ModuleNotFoundError as error:
        if not extra_with(error.name):
            raise
        return {}, UNDRAWN
    numbers, together = found
    source, names = source_line(order.year, order.lang), materials.names
    columns = list(dict.fromkeys(numbers["name"]))
    pictures = {"describe": spread_picture(rows, columns, names, source, order.lang)}
    if together is not None:
        pictures["correlations"] = correlation_picture(together, names, source, order.lang)
    drawn = {
        f"{name}.{form}": picture.printed(form)
        for name, picture in pictures.items()
        for form in order.figures
    }
    return drawn, ""


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            str(key): None if isinstance(value, float) and not math.isfinite(value) else value
            for key, value in row.items()
        }
        for row in frame.astype(object).to_dict("records")
    ]
