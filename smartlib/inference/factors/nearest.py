"""Regions that are alike in their factors (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from smartlib.vocabulary.errors import DataError

# Size, density, wealth, welfare and fiscal strength: what regions compare themselves by.
LIKENESS = (
    "log_population",
    "log_population_density",
    "log_grdp_per_capita",
    "human_development_index",
    "poverty_rate",
    "own_source_share",
)


def nearest(
    values: pd.DataFrame,
    region: str,
    among: Sequence[str] | pd.Index,
    *,
    factors: Sequence[str] = LIKENESS,
    count: int = 5,
) -> pd.Series:
    """The regions nearest to one in standardised factors.

    Parameters
    ----------
    values : DataFrame, shape (regions, factors)
        Indexed by region code.
    region : str
        Code of the region to compare.
    among : sequence of str
        Codes to choose from; each factor is standardised over them. Regions that lack
        a factor cannot be chosen.
    factors : sequence of str, optional
        Default: population, density, GRDP per person (all logarithms), human development,
        poverty, own-source share.
    count : int, default 5
        How many.

    Returns
    -------
    Series of float64, shape (count,)
        Euclidean distance in standard deviations, divided by the square root of the
        number of factors; nearest first, ties by code.

    Raises
    ------
    DataError
        The region itself lacks a factor.
    """
    chosen = list(factors)
    own = values.reindex([region])[chosen].iloc[0]
    if own.isna().any():
        lacking = ", ".join(own.index[own.isna()])
        raise DataError(f"{region} has no value for {lacking}; nearest regions cannot be found.")
    pool = values.loc[values.index.intersection(pd.Index(among)), chosen].dropna().sort_index()
    difference = (pool - own) / pool.std()
    distance = np.sqrt((difference**2).mean(axis=1)).drop(region, errors="ignore")
    return distance.sort_values(kind="stable").head(count)
