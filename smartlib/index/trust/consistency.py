"""Consistency of items and the error of one score that a reliability implies (floor 2)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.levels import checked_level
from smartlib.vocabulary.records import Finding

LEAST_ROWS = 3  # with two rows every correlation is 1 or -1


def checked_reliability(reliability: float) -> float:
    """A reliability itself, if it is a share of variance.

    Raises
    ------
    DataError
        It is missing, negative or above 1.
    """
    if not 0 <= reliability <= 1:
        raise DataError(
            f"Reliability {reliability:.4g}; expected a share of variance, 0 to 1. A negative "
            "alpha or correlation says that the items do not go together: no error follows."
        )
    return reliability


def complete_items(items: pd.DataFrame, least_items: int = 2) -> pd.DataFrame:
    """Rows of items without a missing value, if a covariance can be estimated from them.

    Parameters
    ----------
    items : DataFrame, shape (n, k)
        Marks; one column an item.
    least_items : int, default 2
        Columns that the method needs.

    Returns
    -------
    DataFrame, shape (rows used, k)

    Raises
    ------
    DataError
        Too few columns, fewer than three complete rows, or a column that does not vary.
    """
    complete = items.replace([np.inf, -np.inf], np.nan).dropna()
    if items.shape[1] < least_items:
        raise DataError(
            f"{items.shape[1]} item(s); expected at least {least_items}. Give one column an item."
        )
    if len(complete) < LEAST_ROWS:
        raise DataError(
            f"{len(complete)} of {len(items)} rows have a mark for each of the {items.shape[1]} "
            f"items; a covariance between them needs at least {LEAST_ROWS}. Add the marks of more "
            "regions, or leave out the items that few have."
        )
    constant = [str(name) for name in complete if complete[name].nunique() == 1]
    if constant:
        raise DataError(
            "Items that do not vary have no correlation with others; leave them out.",
            [Finding(f"is the same in all {len(complete)} rows", column=name) for name in constant],
        )
    return complete


def cronbach_alpha(items: pd.DataFrame) -> float:
    """Cronbach's alpha, internal consistency of a sum of items.

    Parameters
    ----------
    items : DataFrame, shape (n, k)
        At least two columns; rows with a missing value are passed over.

    Returns
    -------
    float
        At most 1; negative where items go against each other.

    Raises
    ------
    DataError
        As in `complete_items`.

    Notes
    -----
    k / (k - 1) * (1 - sum of item variances / variance of the sum). Read as a reliability
    it assumes that the items measure one thing equally and err independently, which an
    index of unlike dimensions need not do. It is of the plain sum: a weighted index differs.

    Verification: R: psych 2.2.9, to 1e-8.

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests.
    Psychometrika, 16(3), 297-334.

    Examples
    --------
    >>> round(cronbach_alpha(pd.DataFrame({"a": [1, 2, 3], "b": [1, 3, 2]})), 4)
    0.6667
    """
    complete = complete_items(items)
    count = complete.shape[1]
    share = complete.var().sum() / complete.sum(axis=1).var()
    return float(count / (count - 1) * (1 - share))


def feldt_interval(
    alpha: float, rows: int, items: int, *, level: float = 0.95
) -> tuple[float, float]:
    """Interval of Cronbach's alpha.

    Parameters
    ----------
    alpha : float
        As estimated.
    rows, items : int
        That it was estimated from.
    level : float, default 0.95

    Returns
    -------
    low, high : float

    Raises
    ------
    DataError
        The level does not lie between 0 and 1.

    Notes
    -----
    (1 - true alpha) / (1 - alpha) follows F with n - 1 and (n - 1)(k - 1) degrees of freedom
    where items are normal, equally variable and equally correlated, and rows independent.

    Verification: R: psych 2.2.9, to 1e-8; and by simulation of its coverage.

    References
    ----------
    Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson
    reliability coefficient twenty. Psychometrika, 30(3), 357-370.
    """
    tails = (1 + checked_level(level) * np.array([1, -1])) / 2
    low, high = 1 - (1 - alpha) * stats.f.ppf(tails, rows - 1, (rows - 1) * (items - 1))
    return float(low), float(high)


def fisher_interval(correlation: float, rows: int, *, level: float = 0.95) -> tuple[float, float]:
    """Interval of a correlation.

    Parameters
    ----------
    correlation : float
        As estimated.
    rows : int
        That it was estimated from; at least 4.
    level : float, default 0.95

    Returns
    -------
    low, high : float

    Raises
    ------
    DataError
        Fewer than four rows, or the level does not lie between 0 and 1.

    Notes
    -----
    artanh r is about normal with variance 1 / (n - 3), for independent normal pairs.

    Verification: R: cor.test, to 1e-8.

    References
    ----------
    Fisher, R. A. (1921). On the "probable error" of a coefficient of correlation deduced
    from a small sample. Metron, 1, 3-32.
    """
    if rows < 4:
        raise DataError(f"{rows} pairs; the interval of a correlation needs at least 4.")
    half = stats.norm.ppf((1 + checked_level(level)) / 2) / np.sqrt(rows - 3)
    with np.errstate(divide="ignore"):  # a correlation of 1 has the interval from 1 to 1
        low, high = np.tanh(np.arctanh(correlation) + half * np.array([-1, 1]))
    return float(low), float(high)


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

    Raises
    ------
    DataError
        The reliability is no share.
    """
    return float(values.std() * (1 - checked_reliability(reliability)) ** 0.5)


def item_rest(items: pd.DataFrame) -> pd.DataFrame:
    """How each item goes with the others.

    Parameters
    ----------
    items : DataFrame, shape (n, k)
        At least two columns; rows with a missing value are passed over.

    Returns
    -------
    DataFrame, shape (k, 3)
        Indexed by item: correlation (with the mean of the others), alpha_without (of the
        others; missing where only one is left), rows (used).

    Raises
    ------
    DataError
        As in `complete_items`, and others whose mean does not vary.
    """
    complete = complete_items(items)
    found = {}
    for name in complete:
        others = complete.drop(columns=name)
        mean = others.mean(axis=1).rename(f"mean without {name}")
        correlation = correlations(complete_items(pd.concat([complete[name], mean], axis=1)))[0, 1]
        alpha = cronbach_alpha(others) if others.shape[1] > 1 else np.nan
        found[name] = (correlation, alpha, len(complete))
    return pd.DataFrame.from_dict(
        found, orient="index", columns=["correlation", "alpha_without", "rows"]
    )


def correlations(complete: pd.DataFrame | np.ndarray) -> np.ndarray:
    """Correlation matrix, shape (k, k), of the columns of complete rows, shape (n, k)."""
    marks = np.asarray(complete, dtype="float64")
    centred = marks - marks.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=0)
    return centred.T @ centred  # half the time of np.corrcoef, which 1,000 draws feel
