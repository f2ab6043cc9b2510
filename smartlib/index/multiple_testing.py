"""P-values adjusted for reading many at once (floor 2)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed


def holm(p_values: ArrayLike) -> np.ndarray:
    """Holm's step-down p-values: bound the chance of any false finding.

    Parameters
    ----------
    p_values : array_like, shape (m,)
        One a hypothesis, between 0 and 1.

    Returns
    -------
    ndarray, shape (m,)
        Adjusted p-values in the given order; those at most alpha are rejected.

    Raises
    ------
    DataError
        No p-values, a missing one, or one outside [0, 1].

    Notes
    -----
    With p sorted upwards, the j-th is max over i <= j of min(1, (m - i + 1) p_(i)).
    Bounds the family-wise error under any dependence between the tests.

    Verification: closed form: its definition.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure.
    Scandinavian Journal of Statistics, 6(2), 65-70.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    p = _checked(p_values)
    order = np.argsort(p)
    stepped = np.maximum.accumulate(np.arange(len(p), 0, -1) * p[order])
    return _in_order(np.minimum(stepped, 1.0), order)


def benjamini_hochberg(p_values: ArrayLike) -> np.ndarray:
    """Benjamini and Hochberg's p-values: bound the expected share of false findings.

    Parameters
    ----------
    p_values : array_like, shape (m,)
        One a hypothesis, between 0 and 1.

    Returns
    -------
    ndarray, shape (m,)
        Adjusted p-values in the given order; those at most q are the findings of which
        a share of at most q is expected to be false.

    Raises
    ------
    DataError
        No p-values, a missing one, or one outside [0, 1].

    Notes
    -----
    With p sorted upwards, the j-th is min over i >= j of min(1, m p_(i) / i). Assumes
    tests that are independent, or positively dependent (Benjamini, Yekutieli, 2001).

    Verification: published: Benjamini and Hochberg (1995), section 4.

    References
    ----------
    Benjamini, Y., and Hochberg, Y. (1995). Controlling the false discovery rate: a
    practical and powerful approach to multiple testing. Journal of the Royal
    Statistical Society, Series B, 57(1), 289-300.

    Benjamini, Y., and Yekutieli, D. (2001). The control of the false discovery rate in
    multiple testing under dependency. Annals of Statistics, 29(4), 1165-1188.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    return np.asarray(stats.false_discovery_control(_checked(p_values), method="bh"))


def romano_wolf(statistics: ArrayLike, bootstrap_statistics: ArrayLike) -> np.ndarray:
    """Romano and Wolf's step-down p-values, two-sided, from joint bootstrap draws.

    Parameters
    ----------
    statistics : array_like, shape (m,)
        Estimate divided by its standard error (t), one a hypothesis.
    bootstrap_statistics : array_like, shape (draws, m)
        The same statistics in each draw, centred so that they are distributed as under
        the null: (estimate* - estimate) / standard error*, or drawn with the null
        imposed. One row is one draw of all hypotheses together.

    Returns
    -------
    ndarray, shape (m,)
        Adjusted p-values in the given order, at least 1 / (draws + 1).

    Raises
    ------
    DataError
        No draws or hypotheses, shapes that do not match, or a value that is missing or
        infinite.

    Notes
    -----
    With |t| sorted downwards, the j-th p-value is (1 + the number of draws whose
    largest |t*| among the hypotheses j, ..., m reaches |t_(j)|) / (draws + 1), and never
    less than the one before it. Bounds the family-wise error in large samples, and,
    unlike Holm's, gains from the dependence that the draws carry. Assumes that the
    draws reproduce the joint distribution of the statistics under the null.

    Verification: brute force: closed testing; simulation of its size.

    References
    ----------
    Romano, J. P., and Wolf, M. (2005). Stepwise multiple testing as formalized data
    snooping. Econometrica, 73(4), 1237-1282.

    Romano, J. P., and Wolf, M. (2016). Efficient computation of adjusted p-values for
    resampling-based stepdown multiple testing. Statistics and Probability Letters, 113,
    38-40.

    Examples
    --------
    >>> draws = [[0.5, -1.0], [-2.5, 0.1], [1.0, 3.5]]
    >>> romano_wolf([3.0, 1.2], draws).tolist()
    [0.5, 0.5]
    """
    observed, draws = _checked_draws(statistics, bootstrap_statistics)
    order = np.argsort(-observed, kind="stable")
    largest = np.maximum.accumulate(draws[:, order[::-1]], axis=1)[:, ::-1]
    reached = (largest >= observed[order]).sum(axis=0)
    return _in_order(np.maximum.accumulate((1 + reached) / (len(draws) + 1)), order)


def max_t(statistics: ArrayLike, bootstrap_statistics: ArrayLike) -> np.ndarray:
    """P-values adjusted by the largest statistic of each draw: one step for all hypotheses.

    Parameters
    ----------
    statistics, bootstrap_statistics
        As in `romano_wolf`.

    Returns
    -------
    ndarray, shape (m,)
        Adjusted p-values in the given order, at least 1 / (draws + 1).

    Raises
    ------
    DataError
        As in `romano_wolf`.

    Notes
    -----
    (1 + the number of draws whose largest |t*| reaches |t|) / (draws + 1). Every hypothesis is
    held against the largest of all, so that the verdict on one does not hang on the order of the
    others.

    Verification: closed form: one step of romano_wolf.

    References
    ----------
    Westfall, P. H., and Young, S. S. (1993). Resampling-Based Multiple Testing. Wiley.

    Examples
    --------
    >>> max_t([3.0, 1.2], [[0.5, -1.0], [-2.5, 0.1], [1.0, 3.5]]).tolist()
    [0.5, 0.75]
    """
    observed, draws = _checked_draws(statistics, bootstrap_statistics)
    largest = draws.max(axis=1)
    reached = (largest[:, None] >= observed).sum(axis=0)
    return np.asarray((1 + reached) / (len(draws) + 1))


def _in_order(stepped: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Sorted values put back where they came from."""
    adjusted = np.empty(len(order))
    adjusted[order] = stepped
    return adjusted


def _checked(p_values: ArrayLike) -> np.ndarray:
    p = np.atleast_1d(np.asarray(p_values, dtype="float64"))
    bad = np.flatnonzero(~((p >= 0) & (p <= 1)))
    if not p.size or len(bad):
        places = listed(f"{place + 1} ({p[place]})" for place in bad)
        raise DataError(
            f"P-values at position {places} are missing or outside [0, 1]; leave out hypotheses "
            "that have none."
            if len(bad)
            else "No p-values to adjust; give at least one."
        )
    return p


def _checked_draws(
    statistics: ArrayLike, bootstrap_statistics: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Absolute values of both."""
    observed = np.abs(np.asarray(statistics, dtype="float64"))
    draws = np.abs(np.asarray(bootstrap_statistics, dtype="float64"))
    if observed.ndim != 1 or not draws.size or draws.shape[1:] != observed.shape:
        raise DataError(
            f"Statistics of shape {observed.shape} and draws of shape {draws.shape} do not "
            "belong together; expected (hypotheses,) and (draws, hypotheses)."
        )
    usable = np.isfinite(observed) & np.isfinite(draws).all(axis=0)
    bad = np.flatnonzero(~usable)
    if len(bad):
        raise DataError(
            f"Hypothesis {listed(bad + 1)}: a statistic or a draw is missing or infinite; draw "
            "again with a standard error that cannot vanish, or leave the hypothesis out."
        )
    return observed, draws
