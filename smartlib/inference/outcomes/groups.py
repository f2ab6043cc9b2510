"""Who is compared with whom: cohorts and controls of a study of outcomes (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartlib.vocabulary.errors import DataError

CONTROLS = ("never", "not_yet")  # never selected; selected in the last cohort, after all windows


@dataclass(frozen=True, eq=False)
class Groups:
    """Regions by the part that they can have in a comparison.

    Attributes
    ----------
    cohort : Series
        Year of selection, indexed by the register; 0 for the never selected, missing for regions
        that can be neither: undated, or taken up or invited later.
    certainty : Series of str
        What the year rests on; missing where there is none.
    last : int
        Year of the last cohort.
    """

    cohort: pd.Series
    certainty: pd.Series
    last: int

    def treated(self, cohort: Sequence[int], firm: Sequence[str] = ()) -> pd.Index:
        """Regions of cohorts; of a certainty among `firm` alone, if that is given.

        Raises
        ------
        DataError
            A year without a dated region.
        """
        none = [year for year in cohort if not (self.cohort == year).any()]
        if none or not cohort:
            known = sorted(int(y) for y in self.cohort.dropna().unique() if y)
            raise DataError(
                f"No region is dated to {', '.join(map(str, none)) or 'no year'}; cohorts at hand: "
                f"{', '.join(map(str, known))}."
            )
        is_of = self.cohort.isin(list(cohort))
        return self.cohort.index[is_of & (self.certainty.isin(list(firm)) | (not firm))]

    def controls(self, kind: str) -> pd.Index:
        """Regions of a kind of controls.

        Raises
        ------
        DataError
            No such kind.
        """
        if kind not in CONTROLS:
            raise DataError(f"Controls '{kind}'; expected one of {', '.join(CONTROLS)}.")
        year = 0 if kind == "never" else self.last
        return self.cohort.index[self.cohort == year]

    def counts(self) -> dict[str, int]:
        """Regions of each kind of controls, those that can be neither, the last cohort's year."""
        return {
            "never": len(self.controls("never")),
            "later": len(self.controls("not_yet")),
            "open": int(self.cohort.isna().sum()),
            "year_later": self.last,
        }


def groups_of(register: pd.Index, dated: pd.DataFrame, later: pd.Index) -> Groups:
    """What each region of the register can be.

    Parameters
    ----------
    register : Index of str
        All regions.
    dated : DataFrame
        Indexed by the selected regions: cohort_year (missing if unknown), certainty.
    later : Index of str
        Taken up, or invited, after the lists that `dated` is of: neither treated nor controls.
    """
    cohort = pd.Series(0.0, register)
    cohort[register.isin(later)] = np.nan
    cohort[dated.index] = dated["cohort_year"].astype("float64")
    certainty = dated["certainty"].reindex(register)
    return Groups(cohort, certainty, int(dated["cohort_year"].max()))
