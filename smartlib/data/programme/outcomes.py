"""Outcomes by region and year, from several compilations (floor 1)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from smartlib.data.held import held
from smartlib.data.reading.files import read_text_table
from smartlib.data.schemas import typed
from smartlib.data.sources import read_verified
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.programme_tables import MEASURES, OUTCOME_PANEL, SERIES_MOVED
from smartlib.vocabulary.tables import Table

FOLDER = "outcomes"


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Measures of regions over years.

    Attributes
    ----------
    values : DataFrame
        region_code, year, measure, value; a missing row is an unknown value.
    measures : DataFrame
        Indexed by measure: label_en, label_id, unit, scale, margin, broken_from, source.
    moved : Series of str
        Code under which compilation a had a region's series, by region code.
    """

    values: pd.DataFrame
    measures: pd.DataFrame
    moved: pd.Series

    def wide(self, measure: str) -> pd.DataFrame:
        """A measure as regions x years.

        Raises
        ------
        DataError
            There is no such measure.
        """
        if measure not in self.measures.index:
            raise DataError(
                f"There is no outcome '{measure}'; there are {', '.join(self.measures.index)}."
            )
        rows = self.values[self.values["measure"] == measure]
        return rows.pivot_table(index="region_code", columns="year", values="value", observed=True)


def load_outcomes(folders: Folders | None = None) -> Outcomes:
    """All measures of all regions.

    Raises
    ------
    SourceError
        A file differs from its source record.
    DataError
        A table does not fit its schema, or has a measure that is not described.
    """
    return _load_outcomes(folders or Folders.find())


@held
def _load_outcomes(folders: Folders) -> Outcomes:
    def read(table: Table) -> pd.DataFrame:
        file = f"{FOLDER}/{table.name}.csv"
        text = read_text_table(folders.raw / file, read_verified(folders.raw, file), file)
        return typed(text.frame, table, file)

    values, measures, moved = map(read, (OUTCOME_PANEL, MEASURES, SERIES_MOVED))
    unknown = sorted(set(values["measure"]) - set(measures["measure"]))
    if unknown:
        raise DataError(
            f"{FOLDER}/panel.csv has measures that {FOLDER}/measures.csv does not describe: "
            f"{listed(unknown)}."
        )
    return Outcomes(
        values.reset_index(drop=True),
        measures.set_index("measure"),
        moved.set_index("region_code")["series_stood_at"],
    )
