"""Change from last year, and how much of it noise alone would give (floor 2).

The published improvement is the difference of two finals, so that last year's error is in
it as well as this year's. Only this year's error can be estimated; last year's is taken to
be as large, and independent of it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from smartlib.index.trust.consistency import checked_reliability
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.levels import checked_level

KINDS_OF_CHANGE = ("rose", "within_noise", "fell", "no_last_year")


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


def reliable_change(
    change: pd.Series, standard_error: float, *, level: float = 0.95
) -> pd.DataFrame:
    """Which changes are larger than two errors of measurement would make them.

    Parameters
    ----------
    change : Series, shape (n,)
        This year's index minus last year's, in index points; missing without a last year.
    standard_error : float
        Of one index, in index points.
    level : float, default 0.95
        Share of unchanged regions that stay within noise.

    Returns
    -------
    DataFrame, shape (n, 3)
        change; index (the change over its standard error); verdict (`rose`, `fell`,
        `within_noise`, or `no_last_year` where there is no change to judge).

    Raises
    ------
    DataError
        The standard error is not above 0, or the level does not lie between 0 and 1.

    Notes
    -----
    change / (sqrt(2) SE): both indices err, independently and by the same SE. A verdict
    needs it beyond the two-sided normal quantile, 1.96 at 95%. Of n regions that did not
    change, n (1 - level) are still expected to get a verdict: read the counts against that.
    With an SE that counts real change as error (the retest route) few changes can stand out.

    References
    ----------
    Jacobson, N. S., & Truax, P. (1991). Clinical significance: A statistical approach to
    defining meaningful change in psychotherapy research. Journal of Consulting and Clinical
    Psychology, 59(1), 12-19.

    Examples
    --------
    >>> reliable_change(pd.Series([0.61, -0.14, float("nan")]), 0.14)["verdict"].tolist()
    ['rose', 'within_noise', 'no_last_year']
    """
    if not standard_error > 0:
        raise DataError(
            f"Standard error {standard_error:.4g}; expected index points above 0. Without an "
            "error every change is beyond noise."
        )
    index = change / (np.sqrt(2) * standard_error)
    beyond = stats.norm.ppf((1 + checked_level(level)) / 2)
    kinds = [index > beyond, index.abs() <= beyond, index < -beyond]
    verdict = np.select(kinds, KINDS_OF_CHANGE[:3], KINDS_OF_CHANGE[3])
    return pd.DataFrame({"change": change, "index": index, "verdict": verdict})


def expected_from_regression(
    previous: pd.Series, reliability: float, change: pd.Series
) -> pd.DataFrame:
    """What regression to the mean alone would have given each region.

    Parameters
    ----------
    previous : Series, shape (n,)
        Last year's index, in index points; missing without one.
    reliability : float
        Share of its variance that is not error, between 0 and 1; by either route.
    change : Series, shape (n,)
        This year's index minus last year's, indexed as `previous`.

    Returns
    -------
    DataFrame, shape (n, 4)
        previous, change, expected, left_over (change minus expected); index points, the
        last two missing where there is no last year. `left_over` sums to 0.

    Raises
    ------
    DataError
        The reliability is no share, the two columns are not of the same rows, or no row has
        both values.

    Notes
    -----
    expected = mean change + (reliability - 1) (previous - mean previous), means over the rows
    with both values: `slope_from_noise` about the general rise. It holds where no region
    changed apart from that rise and errors are independent of true scores. Under the retest
    route the reliability is the correlation of the two years, so that, where both vary
    equally, `expected` is the fitted line itself: then `left_over` takes real convergence for
    noise.

    References
    ----------
    Nesselroade, J. R., Stigler, S. M., & Baltes, P. B. (1980). Regression toward the mean
    and the study of change. Psychological Bulletin, 88(3), 622-637.
    """
    if not previous.index.equals(change.index):
        raise DataError(
            f"Last year's {len(previous)} rows and the {len(change)} changes are not of the same "
            "regions in the same order; give both columns of one table."
        )
    both = previous.notna() & change.notna()
    if not both.any():
        raise DataError("No region has an index of last year and a change from it.")
    centred = previous - previous[both].mean()
    expected = change[both].mean() + slope_from_noise(checked_reliability(reliability)) * centred
    expected = expected.where(both)
    return pd.DataFrame(
        {
            "previous": previous,
            "change": change,
            "expected": expected,
            "left_over": change - expected,
        }
    )
