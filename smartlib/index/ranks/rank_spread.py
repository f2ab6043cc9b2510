"""Ranks that draws of the errors give, and those that intervals leave open (floor 2).

Neither is a confidence set; `rank_sets` has those. Rank 1 is the highest value.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import rankdata

from smartlib.index.ranks.estimates import (
    check_labels,
    check_rows,
    checked_estimates,
    generator,
    labels_of,
)
from smartlib.vocabulary.errors import DataError, ParameterError


def rank_probabilities(
    estimates: ArrayLike,
    standard_errors: ArrayLike,
    *,
    draws: int = 10_000,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """How often each takes each rank when errors are drawn anew around the estimates.

    Parameters
    ----------
    estimates, standard_errors, rng
        As in `rank_confidence_sets`.
    draws : int, default 10000
        Draws of all estimates.

    Returns
    -------
    DataFrame of float64, shape (n, n)
        Share of the draws; a row for each estimate, indexed as they are, a column for each
        rank from 1 to n. Rows sum to 1; ties share the best rank.

    Raises
    ------
    DataError
        As `rank_confidence_sets`.
    ParameterError
        Fewer than one draw.

    Notes
    -----
    Shares of draws from N(x, S). They are no confidence sets: a range of ranks with 95% of
    the draws need not hold the true rank in 95% of samples, and near ties it can miss it far
    more often. They describe a parametric resampling of the ranking, or, to a reader who
    takes every value as equally likely beforehand, his probabilities afterwards (a flat
    prior).

    Examples
    --------
    >>> rank_probabilities([3.0, 2.0], [0.0, 0.0]).to_numpy().tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    given = checked_estimates(estimates, standard_errors)
    n = len(given.values)
    if draws < 1:
        raise ParameterError(f"{draws} draws; expected at least 1.")
    errors = given.errors(generator(rng).standard_normal((n, draws)), np.arange(n))
    places = rankdata(-(given.values[:, None] + errors), method="min", axis=0).astype("int64")
    cells = (np.arange(n)[:, None] * n + places - 1).ravel()
    shares = np.bincount(cells, minlength=n * n).reshape(n, n) / draws
    table = pd.DataFrame(shares, index=given.index, columns=range(1, n + 1))
    return table.iloc[np.argsort(given.order)]


def rank_intervals(low: ArrayLike, high: ArrayLike) -> pd.DataFrame:
    """Ranks that are possible when each value is only known to lie in an interval.

    Parameters
    ----------
    low, high : Series or array, shape (n,)
        Ends of the closed intervals, such as those that rounding leaves; in one unit.

    Returns
    -------
    DataFrame of int64, shape (n, 2)
        low, high: best and worst rank, both reached; ties share the best rank. Indexed as
        `low`.

    Raises
    ------
    DataError
        Lengths or labels that differ, a missing end, an interval whose low end is above its
        high end.

    Notes
    -----
    low_j = 1 + #{k: low_k > high_j}; high_j = 1 + #{k other than j: high_k > low_j}. No
    probability is involved. Ends are compared as the floats they are: let ends that are meant
    as one number be one (2.505 reached from 2.50 and from 2.51), by rounding them.

    Examples
    --------
    >>> rank_intervals([2.5, 1.0, 2.0], [3.0, 1.5, 2.75]).to_numpy().tolist()
    [[1, 2], [3, 3], [1, 2]]
    """
    index = labels_of(low)
    ends = np.asarray(low, dtype="float64"), np.asarray(high, dtype="float64")
    if ends[0].ndim != 1 or ends[0].shape != ends[1].shape:
        raise DataError(f"Ends of shapes {ends[0].shape} and {ends[1].shape}; expected two equal.")
    check_labels(low, high)
    lower, upper = ends
    check_rows(
        index, np.isnan(lower) | np.isnan(upper), "an end of the interval is missing", "a number"
    )
    check_rows(index, lower > upper, "the low end is above the high end", "low <= high")
    best = 1 + len(index) - np.searchsorted(np.sort(lower), upper, side="right")
    worst = 1 + len(index) - np.searchsorted(np.sort(upper), lower, side="right")
    worst -= upper > lower  # it is not above itself
    return pd.DataFrame({"low": best, "high": worst}, index=index)
