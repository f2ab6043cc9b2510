"""Ranks among the known rows, and what the lost rows allow (floor 2)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from smartlib.vocabulary.records import Scheme


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


def ranking(scores: pd.DataFrame, scheme: Scheme) -> pd.Series:
    """Which ranking each row belongs to: its cohort, or the one that holds all.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        With the column cohort.
    scheme : Scheme
        Of the year.

    Returns
    -------
    Series of str, shape (n,)
        The scheme's own cohort where there is one ranking.
    """
    cohorts = scores["cohort"].fillna(scheme.cohort)
    return cohorts.map(lambda cohort: scheme.of(cohort).cohort)


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


def median_bounds(
    values: Sequence[float] | pd.Series,
    lost: int,
    *,
    lowest: float = -np.inf,
    highest: float = np.inf,
) -> tuple[float, float]:
    """Lowest and highest median that the full table may have.

    Parameters
    ----------
    values : sequence of float, shape (n,)
        Known values.
    lost : int
        Rows whose values are unknown.
    lowest, highest : float, optional
        What a lost value may be at least and at most; by default anything.

    Returns
    -------
    low, high : float
        Median with every lost row at its lowest, and with every one at its highest. Without
        ends, minus or plus infinity where as many rows are lost as known.

    Notes
    -----
    Worst-case bounds: no assumption on the lost rows but the scale (Manski, 1989). They bound
    what is not known of these rows and are no interval: sampling error has no part in them.

    Verification: brute force: all fillings.

    References
    ----------
    Manski, C. F. (1989). Anatomy of the selection problem. Journal of Human Resources,
    24(3), 343-360.

    Examples
    --------
    >>> median_bounds([1.0, 2.0, 3.0, 4.0, 5.0], lost=2)
    (2.0, 4.0)
    >>> median_bounds([3.64], lost=1, lowest=0.9, highest=4.0)
    (2.27, 3.8200000000000003)
    """
    known = np.sort(np.asarray(values, dtype="float64"))
    low = np.median(np.concatenate([np.full(lost, lowest), known]))
    high = np.median(np.concatenate([known, np.full(lost, highest)]))
    return float(low), float(high)


def index_ends(scheme: Scheme) -> tuple[float, float]:
    """Lowest and highest published index that any track's formula can give.

    Parameters
    ----------
    scheme : Scheme
        Of the year: scale, and each track's weights and marks that count 0 where blank.

    Notes
    -----
    Every mark at the scale's end; where a blank counts as 0, that dimension adds nothing. The
    track of a lost row is not known, so that the lowest is over all tracks.
    """
    counted = [
        sum(float(w) for name, w in track.weights.items() if name not in track.zero_if_missing)
        for track in scheme.tracks.values()
    ]
    return float(scheme.lowest) * min(counted), float(scheme.highest)
