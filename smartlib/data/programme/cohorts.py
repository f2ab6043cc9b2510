"""The years in which regions were selected, with how sure each is (floor 1)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from smartlib.data.held import held
from smartlib.data.reading.files import read_text_table
from smartlib.data.schemas import typed
from smartlib.data.sources import read_sources, read_verified
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.programme_tables import (
    CERTAINTY,
    COHORT_SIZES,
    COHORTS,
    NEXT_COHORT,
)
from smartlib.vocabulary.tables import Table

FOLDER = "programme"


@dataclass(frozen=True, eq=False)
class Cohorts:
    """Years of selection.

    Attributes
    ----------
    dated : DataFrame
        Indexed by region code: cohort_year (missing if unknown), certainty, how_sure, source, note;
        the regions of the letters' lists.
    later : DataFrame
        Indexed by region code: cohort_year, source, note; taken up, or invited only, after them.
    sizes : Series of int
        Regions newly selected, as published, by year.
    """

    dated: pd.DataFrame
    later: pd.DataFrame
    sizes: pd.Series

    @property
    def open_places(self) -> pd.Series:
        """Published size less dated regions, by year."""
        found = self.dated["cohort_year"].value_counts().reindex(self.sizes.index, fill_value=0)
        return self.sizes - found

    @property
    def latest_open(self) -> int | None:
        """Last year that an undated region can be of; None where no place is open."""
        places = self.open_places
        return int(places.index[places > 0].max()) if (places > 0).any() else None


def load_cohorts(folders: Folders | None = None) -> Cohorts:
    """Years of selection; without rows in a checkout that has no such files.

    Raises
    ------
    SourceError
        A file differs from its source record.
    DataError
        A table does not fit its schema, a wording has no certainty, or more regions are dated to a
        year than were selected in it.
    """
    return _load_cohorts(folders or Folders.find())


@held
def _load_cohorts(folders: Folders) -> Cohorts:
    raw, known = folders.raw, read_sources(folders.raw)

    def read(table: Table) -> pd.DataFrame:
        file = f"{FOLDER}/{table.name}.csv"
        if file not in known:
            return typed(pd.DataFrame(columns=table.column_names, dtype="str"), table, file)
        return typed(read_text_table(raw / file, read_verified(raw, file), file).frame, table, file)

    dated, later, sizes, certainty = map(read, (COHORTS, NEXT_COHORT, COHORT_SIZES, CERTAINTY))
    words = certainty.set_index("how_sure")["certainty"]
    new = sorted(set(dated["how_sure"]) - set(words.index))
    if new:
        raise DataError(
            f"{FOLDER}/cohorts.csv: no certainty for {listed(new)}; add a row for each to "
            f"{FOLDER}/certainty.csv."
        )
    sure = dated["how_sure"].map(words).astype("str").where(dated["cohort_year"].notna(), "unknown")
    found = Cohorts(
        dated.assign(certainty=sure).set_index("region_code"),
        later.set_index("region_code"),
        sizes.set_index("cohort_year")["regions"],
    )
    over = found.open_places[found.open_places < 0]
    if len(over):
        raise DataError(
            f"{FOLDER}/cohorts.csv dates more regions than were selected to "
            f"{listed(map(str, over.index))}; compare it with {FOLDER}/cohort_sizes.csv."
        )
    return found
