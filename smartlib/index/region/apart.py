"""Whether two indices can be told apart, decided by the error of measurement (floor 2)."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.levels import checked_level

VERDICTS = ("ahead", "not_apart", "behind")


def least_difference(error: float, *, measured: int = 2, level: float = 0.95) -> float:
    """The smallest difference that error alone would seldom make.

    Parameters
    ----------
    error : float
        Standard error of one index, in index points.
    measured : {1, 2}, default 2
        How many of the two indices err: 2 between regions or years, 1 against a median of many.
    level : float, default 0.95
        Share of equal indices that stay within it.

    Raises
    ------
    DataError
        The error is not above 0, or the level does not lie between 0 and 1.

    Examples
    --------
    >>> round(least_difference(0.14), 2), round(least_difference(0.14, measured=1), 2)
    (0.39, 0.27)
    """
    if not error > 0:
        raise DataError(f"Standard error {error:.4g}; expected index points above 0.")
    quantile = NormalDist().inv_cdf((1 + checked_level(level)) / 2)
    return float(quantile * np.sqrt(measured) * error)


def told_apart(
    difference: ArrayLike, error: float, *, measured: int = 2, level: float = 0.95
) -> list[str]:
    """Which of `ahead`, `not_apart` and `behind` each difference is.

    Parameters
    ----------
    difference : array-like of float
        Index minus the other's, in index points; positive is ahead.
    error, measured, level
        As in `least_difference`.

    Raises
    ------
    DataError
        As `least_difference`.

    Notes
    -----
    Errors of the two are taken to be independent and equally large. Each verdict stands by
    itself: of twenty equal pairs one will seem apart at 95%.
    """
    least = least_difference(error, measured=measured, level=level)
    values = np.atleast_1d(np.asarray(difference, dtype=np.float64))
    return list(np.where(values > least, "ahead", np.where(values < -least, "behind", "not_apart")))
