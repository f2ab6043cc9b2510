"""Outcomes by region and year, from several compilations (floor 1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
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
OWN_MARGIN = 0.05  # standard deviations within which a difference is of no consequence


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

    def scaled(self, measure: str) -> pd.DataFrame:
        """A measure as regions x years, in the scale that changes are read in.

        Raises
        ------
        DataError
            There is no such measure, or a value that has no logarithm.
        """
        wide = self.wide(measure)
        if self.measures.at[measure, "scale"] != "log":
            return wide
        low = wide.stack()
        low = low[low <= 0]
        if len(low):
            (code, year), value = low.index[0], low.iloc[0]
            raise DataError(
                f"'{measure}' of {code} in {year} is {value:g}; logarithms need values above 0."
            )
        return np.log(wide)

    def with_own(self, table: pd.DataFrame | str) -> Outcomes:
        """The same with a user's own panel: each column of numbers is an outcome, read in levels.

        Parameters
        ----------
        table : DataFrame or str
            Of `read_table`: indexed by region code, with a column `year`; nothing for none.

        Raises
        ------
        DataError
            A table without years, or a column called as a measure is.
        """
        if isinstance(table, str):
            return self
        if "year" not in table:
            raise DataError(
                "The table has no years; an outcome needs a column or headings with years, before "
                "and after selection."
            )
        names = [n for n in table if n != "year" and pd.api.types.is_numeric_dtype(table[n])]
        taken = [name for name in names if name in self.measures.index]
        if taken:
            raise DataError(f"{listed(taken)} is an outcome already; rename the column.")
        long = table.reset_index().melt(["region_code", "year"], names, "measure").dropna()
        spread = {name: float(table[name].std()) * OWN_MARGIN for name in names}
        rows = pd.DataFrame(
            [(n, n, n, "as in the table", "level", spread[n], None, "own table") for n in names],
            columns=["measure", *self.measures.columns],
        ).set_index("measure")
        return Outcomes(
            pd.concat([self.values, long[self.values.columns]], ignore_index=True),
            pd.concat([self.measures, rows]),
            self.moved,
        )


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
