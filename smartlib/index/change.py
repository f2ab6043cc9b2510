"""Change from last year, and how much of it noise alone would give (floor 2)."""

from __future__ import annotations

import pandas as pd


def slope_from_noise(reliability: float) -> float:
    """Slope that regression to the mean gives when no region changes at all.

    Parameters
    ----------
    reliability : float
        Share of last year's variance that is not error, between 0 and 1.

    Notes
    -----
    With true score T and independent errors, last year's mark is T + e and this year's
    T + e'. The slope of (e' - e) on T + e is -var(e) / var(T + e) = reliability - 1.
    """
    return reliability - 1


def standard_error(values: pd.Series, reliability: float) -> float:
    """Standard error of one score, from a reliability.

    Parameters
    ----------
    values : Series, shape (n,)
        Scores, in index points.
    reliability : float
        Share of their variance that is not error, between 0 and 1.

    Returns
    -------
    float
        Index points: standard deviation times the square root of 1 - reliability.
    """
    return float(values.std() * (1 - reliability) ** 0.5)


def cronbach_alpha(items: pd.DataFrame) -> float:
    """Cronbach's alpha, internal consistency of a sum of items.

    Parameters
    ----------
    items : DataFrame, shape (n, k)
        At least two columns; rows with a missing value are passed over.

    Returns
    -------
    float
        k / (k - 1) * (1 - sum of item variances / variance of the sum). Read as a
        reliability it assumes that the items measure one thing equally and err
        independently, which an index of unlike dimensions need not do.

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests.
    Psychometrika, 16(3), 297-334.
    """
    complete = items.dropna()
    count = complete.shape[1]
    share = complete.var().sum() / complete.sum(axis=1).var()
    return float(count / (count - 1) * (1 - share))
