"""Change from last year, and how much of it noise alone would give (floor 2).

The published improvement is the difference of two finals, so that last year's error is in
it as well as this year's. Only this year's error can be estimated; last year's is taken to
be as large, and independent of it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from smartlib.index.multiple_testing import benjamini_hochberg
from smartlib.index.trust.consistency import checked_reliability
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.kept import kept
from smartlib.vocabulary.levels import checked_level

KINDS_OF_CHANGE = ("rose", "within_noise", "fell", "no_last_year")
QUESTIONS = ("changed", "than_rest", "than_alike")
TIE = 1e-12  # 1 - 0.95 is not 0.05 in floats


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

    Verification: published: Jacobson and Truax (1991), p. 14; simulation.

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


@kept
def change_questions(
    previous: pd.Series,
    change: pd.Series,
    *,
    standard_error: float,
    reliability: float,
    level: float = 0.95,
) -> dict[str, pd.DataFrame]:
    """Did it change; otherwise than the rest; otherwise than regions that began alike.

    Parameters
    ----------
    previous, change : Series, shape (n,)
        Last year's index and this year's minus it, index points; missing without a last year.
    standard_error : float
        Of one index, in index points.
    reliability : float
        Share of last year's variance that is not error, between 0 and 1; taken as known.
    level : float, default 0.95
        Of each verdict by itself, and 1 less the share of false ones among the controlled.

    Returns
    -------
    dict of str to DataFrame, shape (n, 5)
        By question: difference (index points), error (of it), p_value, verdict (`rose`, `fell`,
        `within_noise`, `no_last_year`; each region by itself), controlled (the same with the
        share of false discoveries held at 1 - level over all regions).

    Raises
    ------
    DataError
        As in `reliable_change` and `expected_from_regression`.

    Notes
    -----
    With SE the error of one index, R the reliability and m regions with both years:

    ===========  =================================  =========================
    question     difference                         its error
    ===========  =================================  =========================
    changed      change                             SE sqrt(2)
    than_rest    change - mean                      SE sqrt(2) sqrt(1 - 1/m)
    than_alike   change - mean - (R - 1)(previous   SE sqrt(1 + R) sqrt(1 - 1/m)
                 - its mean)
    ===========  =================================  =========================

    The last factor is the mean's own error. `changed` asks of a general rise too: where all rose,
    it is no sign that a region did. The error of `than_alike` is Kelley's of prediction. Under
    the retest route that is the spread of the residuals themselves, so that about 1 - level of
    the regions stand out whatever happened. Of regions that moved as supposed 1 - level get a
    verdict by chance.

    Verification: closed form, and by simulation (20,000 regions, three binomial errors).

    References
    ----------
    Benjamini, Y., and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the
    Royal Statistical Society, Series B, 57(1), 289-300.

    Kelley, T. L. (1947). Fundamentals of Statistics. Harvard University Press.
    """
    expected = expected_from_regression(previous, reliability, change)
    both = expected["expected"].notna()
    own = float(np.sqrt(1 - 1 / both.sum()))
    differences = {
        "changed": (change.where(both), np.sqrt(2)),
        "than_rest": (change.where(both) - change[both].mean(), np.sqrt(2) * own),
        "than_alike": (expected["left_over"], np.sqrt(1 + reliability) * own),
    }
    return {
        name: _stood_out(difference, float(factor) * standard_error, level)
        for name, (difference, factor) in differences.items()
    }


def _stood_out(difference: pd.Series, error: float, level: float) -> pd.DataFrame:
    # reliable_change divides by sqrt(2) times what it is given
    verdict = reliable_change(difference, error / np.sqrt(2), level=level)["verdict"]
    p = pd.Series(2 * stats.norm.sf(np.abs(difference / error)), difference.index)
    known = p.notna()
    adjusted = p.copy()
    adjusted[known] = benjamini_hochberg(p[known])
    is_apart = ~known | (adjusted <= 1 - level + TIE)
    return pd.DataFrame(
        {
            "difference": difference,
            "error": error,
            "p_value": p,
            "verdict": verdict,
            "controlled": verdict.where(is_apart, "within_noise"),
        }
    )


def change_counts(questions: dict[str, pd.DataFrame], level: float = 0.95) -> pd.DataFrame:
    """How many rose and fell by each question, and how many chance alone would say.

    Parameters
    ----------
    questions : dict of str to DataFrame
        Output of `change_questions`.
    level : float, default 0.95
        The one of the verdicts.

    Returns
    -------
    DataFrame
        By question: rose, fell, rose_controlled, fell_controlled, regions, by_chance (regions
        times 1 - level).
    """
    rows = {}
    for name, found in questions.items():
        known = int(found["p_value"].notna().sum())
        counts = {
            f"{kind}{end}": int((found[column] == kind).sum())
            for column, end in (("verdict", ""), ("controlled", "_controlled"))
            for kind in ("rose", "fell")
        }
        rows[name] = counts | {"regions": known, "by_chance": known * (1 - level)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("question")
