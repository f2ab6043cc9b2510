"""Ranks among the known rows, and what the lost rows allow (floor 2)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd


def rank(values: pd.Series, within: pd.Series | None = None) -> pd.Series:
    """Rank from the highest value down; ties share the best rank.

    Parameters
    ----------
    values : Series, shape (n,)
        Index points.
    within : Series, shape (n,), optional
        Groups to rank within: track, province, kind.

    Returns
    -------
    Series of int64, shape (n,)

    Examples
    --------
    >>> rank(pd.Series([3.1, 3.5, 3.1])).tolist()
    [2, 1, 2]
    """
    groups = values if within is None else values.groupby(within, sort=False)
    return groups.rank(ascending=False, method="min").astype("int64")


def lowest_possible(ranks: pd.Series, lost: int | pd.Series) -> pd.Series:
    """Rank if every lost row stood above.

    Parameters
    ----------
    ranks : Series of int
        Ranks among the known rows.
    lost : int or Series of int
        Rows that may be missing from the same ranking.

    Returns
    -------
    Series of int
        The other bound of the true rank; the known rank is the best possible.
    """
    return ranks + lost


def percentile(values: pd.Series) -> pd.Series:
    """Share of the other known rows that lie below, in percent; ties count half.

    Examples
    --------
    >>> percentile(pd.Series([1.0, 2.0, 3.0])).tolist()
    [0.0, 50.0, 100.0]
    """
    others = len(values) - 1
    if others == 0:
        return pd.Series(np.nan, index=values.index)
    return (values.rank(method="average") - 1) / others * 100


def median_bounds(values: Sequence[float] | pd.Series, lost: int) -> tuple[float, float]:
    """Lowest and highest median that the full table may have.

    Parameters
    ----------
    values : sequence of float, shape (n,)
        Known values.
    lost : int
        Rows whose values are unknown.

    Returns
    -------
    low, high : float
        Median with all lost rows below every known one, and with all above; minus or
        plus infinity where the lost rows outnumber the known ones.

    Notes
    -----
    Worst-case bounds: no assumption on the lost rows (Manski, 1989).

    References
    ----------
    Manski, C. F. (1989). Anatomy of the selection problem. Journal of Human Resources,
    24(3), 343-360.

    Examples
    --------
    >>> median_bounds([1.0, 2.0, 3.0, 4.0, 5.0], lost=2)
    (2.0, 4.0)
    """
    known = np.sort(np.asarray(values, dtype="float64"))
    low = np.median(np.concatenate([np.full(lost, -np.inf), known]))
    high = np.median(np.concatenate([known, np.full(lost, np.inf)]))
    return float(low), float(high)
