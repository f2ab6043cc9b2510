"""One outcome's whole study: comparisons, placebo, other choices, the rule (floor 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartlib.inference.core.distance import great_circle_km
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.outcomes.contrast import Comparison, changes, compare
from smartlib.inference.outcomes.groups import Groups
from smartlib.inference.outcomes.overlap import Likeness, likeness
from smartlib.inference.outcomes.paths import Path, path
from smartlib.inference.outcomes.verdict import Verdict, verdict
from smartlib.vocabulary.errors import DataError

JAVA = ("31", "32", "33", "34", "35", "36")  # provinces of the island, by the codes' first digits
STRATA = ("kota", "java", "kota_java")
HELD = {  # what a comparison may hold fixed; fixed before any result
    "nothing": (),
    "strata": STRATA,
    "level": ("level",),
    "income": ("income",),
    "strata_level": (*STRATA, "level"),
    "strata_income": (*STRATA, "income"),
}
OTHER = {"never": "not_yet", "not_yet": "never"}
NEAR_KM = 60.0  # centroids of neighbours lie nearer than this
FIRST = 2010  # year before which compilations differ in what they hold


@dataclass(frozen=True)
class Design:
    """What is asked, before anything is fitted.

    Attributes
    ----------
    outcome : str
        Measure.
    is_log : bool
        Whether it is read in logarithms.
    cohort : tuple of int
        Years of selection of the treated.
    controls : {"never", "not_yet"}
        Headline's controls.
    window : tuple of int
        First and last year after; the mean of these years is compared.
    margin : float
        Placebo's, fixed beforehand.
    """

    outcome: str
    is_log: bool
    cohort: tuple[int, ...]
    controls: str
    window: tuple[int, int]
    margin: float

    @property
    def base(self) -> int:
        """Last year before selection."""
        return min(self.cohort) - 1

    @property
    def after(self) -> range:
        """Years of the window."""
        return range(self.window[0], self.window[1] + 1)

    def before(self, years: pd.Index) -> range:
        """Years before the base year that the outcome has."""
        return range(max(FIRST, int(years.min())), self.base)


@dataclass(frozen=True, eq=False)
class Study:
    """What was found of one outcome.

    Attributes
    ----------
    design : Design
    wide : DataFrame
        The outcome, regions x years, in the scale that it is read in.
    columns : DataFrame
        What may be held fixed, by region.
    comparisons : dict of str to Comparison
        By controls.
    placebo : Comparison
        Not yet selected beside never selected.
    likeness : dict of (str, str) to Likeness
        How like the cohort controls are, by controls and what is to be held.
    admissible : dict of (str, str) to Estimate
        By controls and what is held; nothing is held, or controls are like enough for it.
    path : Path
        Of the headline's controls.
    verdict : Verdict
    """

    design: Design
    wide: pd.DataFrame
    columns: pd.DataFrame
    comparisons: dict[str, Comparison]
    placebo: Comparison
    likeness: dict[tuple[str, str], Likeness]
    admissible: dict[tuple[str, str], Estimate]
    path: Path
    verdict: Verdict

    @property
    def headline(self) -> Estimate:
        """Against the headline's controls, nothing held."""
        return self.admissible[self.design.controls, "nothing"]

    @property
    def main(self) -> Comparison:
        """The headline's comparison."""
        return self.comparisons[self.design.controls]


def study(
    wide: pd.DataFrame, design: Design, groups: Groups, places: pd.DataFrame, income: pd.Series
) -> Study:
    """The comparisons that the design asks for, and the rule's answer.

    Parameters
    ----------
    wide : DataFrame
        Regions x years, in logarithms where the design says so.
    design : Design
        What is asked.
    groups : Groups
        Cohorts and controls.
    places : DataFrame
        The register: kind, province.
    income : Series
        Logarithm of GRDP per person in the base year.

    Raises
    ------
    DataError
        As `changes` and `compare`; a window that begins before selection is over.
    """
    if design.window[0] <= design.base or design.window[1] < design.window[0]:
        raise DataError(
            f"The window {design.window[0]} to {design.window[1]} does not lie after the base year "
            f"{design.base}."
        )
    change = changes(wide, design.base, design.after).mean(axis=1)
    treated, province = groups.treated(design.cohort), places["province"]
    columns = held_columns(places, wide[design.base], income)
    kinds = (design.controls, OTHER[design.controls])
    comparisons = {k: compare(change, treated, groups.controls(k), province) for k in kinds}
    placebo = compare(change, groups.controls("not_yet"), groups.controls("never"), province)
    asked = {(k, held): columns[list(HELD[held])] for k in kinds for held in HELD}
    like = {
        key: _like(comparisons[key[0]], held) for key, held in asked.items() if len(held.columns)
    }
    admissible = {
        key: _holding(comparisons[key[0]], held)
        for key, held in asked.items()
        if key not in like or like[key].is_enough
    }
    years = [*design.before(wide.columns), *design.after]
    pair = (treated, groups.controls(design.controls))
    headline = admissible[design.controls, "nothing"]
    others = {f"{kind} {held}": one for (kind, held), one in admissible.items()}
    return Study(
        design=design,
        wide=wide,
        columns=columns,
        comparisons=comparisons,
        placebo=placebo,
        likeness=like,
        admissible=admissible,
        path=path(wide, design.base, years, pair, province),
        verdict=verdict(headline, others, placebo.estimate(), design.margin),
    )


def held_columns(places: pd.DataFrame, level: pd.Series, income: pd.Series) -> pd.DataFrame:
    """Kota, Java, both, the outcome's level in the base year, and income, by region.

    Parameters
    ----------
    places : DataFrame
        The register: kind.
    level, income : Series
        By region code.
    """
    kota = (places["kind"] == "kota").astype(float)
    java = pd.Series(places.index.str[:2].isin(JAVA).astype(float), places.index)
    return pd.DataFrame(
        {
            "kota": kota,
            "java": java,
            "kota_java": kota * java,
            "level": level.reindex(places.index),
            "income": income.reindex(places.index),
        }
    )


def neighbours(comparison: Comparison, places: pd.DataFrame) -> list[str]:
    """Controls whose centroid lies within `NEAR_KM` of a region of the cohort.

    Parameters
    ----------
    comparison : Comparison
        Cohort and controls.
    places : DataFrame
        The register: longitude, latitude.
    """
    rows = places.loc[comparison.change.index]
    apart = great_circle_km(rows["longitude"], rows["latitude"])
    near = (apart[:, comparison.treated.to_numpy()] < NEAR_KM).any(axis=1)
    return list(rows.index[near & ~comparison.treated.to_numpy()])


def most_moving(comparison: Comparison) -> str:
    """The region without which the difference moves most."""
    change, treated = comparison.change, comparison.treated
    size = treated.groupby(treated).transform("size")
    mean = change.groupby(treated).transform("mean")
    return str((np.abs(change - mean) / (size - 1)).idxmax())


def _with(comparison: Comparison, columns: pd.DataFrame) -> tuple[Comparison, pd.DataFrame]:
    """A comparison of the regions that have what is to be held, and their columns."""
    held = columns.reindex(comparison.change.index).dropna()
    return comparison.without(comparison.change.index.difference(held.index)), held


def _like(comparison: Comparison, columns: pd.DataFrame) -> Likeness:
    return likeness(*_with(comparison, columns))


def _holding(comparison: Comparison, columns: pd.DataFrame) -> Estimate:
    """The difference with columns held fixed."""
    kept, held = _with(comparison, columns)
    parts = (kept.change, kept.treated, kept.province)
    return Comparison(*parts, held).estimate()
