"""Ranks as sets: what the error of the estimates, or their rounding, leaves open (floor 2).

Estimates go in with standard errors or a covariance, and every rank comes out as the places
that cannot be ruled out, alone or for all at once. Rank 1 is the highest value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.levels import checked_level
from smartlib.vocabulary.records import Finding

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

SEED = 0  # of the draws where no generator is given, so that a second call gives the same sets
ROUNDING = 1e-12  # share of a variance below which lies only what floats lose in adding it up
BLOCK = 2**15  # differences held at once: a quarter of a megabyte, which a core's cache keeps


def rank_confidence_sets(
    estimates: ArrayLike,
    standard_errors: ArrayLike,
    *,
    simultaneous: bool = False,
    level: float = 0.95,
    draws: int = 2000,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """Confidence sets for ranks, with step-down.

    Parameters
    ----------
    estimates : Series or array, shape (n,)
        At least two, in any unit.
    standard_errors : Series, DataFrame or array, shape (n,) or (n, n)
        Standard errors of independent estimates, in their unit; or the covariance of their
        errors, in that unit squared.
    simultaneous : bool, default False
        False: each set holds its own rank with the probability `level`. True: all sets hold
        their ranks at once with that probability.
    level : float, default 0.95
        Between 0 and 1.
    draws : int, default 2000
        Draws of the errors that the critical values come from.
    rng : numpy Generator, optional
        Source of the draws; by default a fixed seed.

    Returns
    -------
    DataFrame of int64, shape (n, 2)
        low, high: best and worst place not ruled out; 1 is the highest value. Indexed as
        `estimates`.

    Raises
    ------
    DataError
        Fewer than two estimates, a missing value, a negative standard error, shapes or
        labels that differ, a covariance not symmetric or not positive semi-definite.
    ParameterError
        A level outside (0, 1), or too few draws for it.

    Notes
    -----
    For the pairs of a family (for a marginal set all that j is in, for simultaneous sets
    all), each in both directions, the hypothesis theta_j <= theta_k is rejected where
    (x_j - x_k) / s_jk exceeds c, with s_jk^2 = S_jj + S_kk - 2 S_jk. c is the `level`
    quantile of the largest (e_j - e_k) / s_jk over the family, e drawn from N(0, S). Then
    rejected hypotheses leave the family and c is found again, until none is rejected. Then
    low_j = 1 + #{k surely above j} and high_j = n - #{k surely below j}. Where s_jk = 0 the
    estimates decide. c is never below 0.

    The errors are taken as normal with a known covariance. With true ties a set holds every
    place that the tied ones share. A set speaks of these n only: the rank among more is
    another number.

    Each marginal family meets the same draws in the same order, so that equal estimates with
    equal and independent errors have equal sets.

    References
    ----------
    Mogstad, M., Romano, J. P., Shaikh, A. M., and Wilhelm, D. (2024). Inference for ranks with
    applications to mobility across neighbourhoods and academic achievement across countries.
    Review of Economic Studies, 91(1), 476-518.

    Romano, J. P., and Wolf, M. (2005). Exact and approximate stepdown methods for multiple
    hypothesis testing. Journal of the American Statistical Association, 100(469), 94-108.

    Examples
    --------
    >>> rank_confidence_sets([3.0, 2.0, 2.1], [0.1, 0.1, 0.1]).to_numpy().tolist()
    [[1, 1], [2, 3], [2, 3]]
    """
    given = _given(estimates, standard_errors)
    quantile = _quantile(level, draws)
    normal = _generator(rng).standard_normal((len(given.values), draws))
    count = _simultaneous if simultaneous else _marginal
    above, below = count(given, normal, quantile)
    sets = pd.DataFrame({"low": 1 + above, "high": len(above) - below}, index=given.index)
    return sets.iloc[np.argsort(given.order)]


def best_sets(
    estimates: ArrayLike,
    standard_errors: ArrayLike,
    k: int,
    *,
    level: float = 0.95,
    draws: int = 2000,
    rng: np.random.Generator | None = None,
) -> pd.Series:
    """Who cannot be ruled out of the best k.

    Parameters
    ----------
    estimates, standard_errors, level, draws, rng
        As in `rank_confidence_sets`.
    k : int
        Places that count as best, from 1 to n.

    Returns
    -------
    Series of bool, shape (n,)
        True for a set that holds all of the true best k (ties included) with the probability
        `level`; indexed as `estimates`.

    Raises
    ------
    DataError, ParameterError
        As `rank_confidence_sets`; a k outside 1 to n.

    Notes
    -----
    Those whose `low` among the simultaneous sets is at most k: the projection of the joint
    set. Joint lower ends alone would be the same, since their family, too, is every pair in
    both directions.

    References
    ----------
    Mogstad, M., Romano, J. P., Shaikh, A. M., and Wilhelm, D. (2024), as in
    `rank_confidence_sets`: the set for the tau-best.

    Examples
    --------
    >>> best_sets([3.0, 2.0, 2.1], [0.1, 0.1, 0.1], 1).tolist()
    [True, False, False]
    """
    n = np.size(estimates)
    if not 1 <= k <= n:
        raise ParameterError(f"The best {k} of {n}; expected a number from 1 to {n}.")
    sets = rank_confidence_sets(
        estimates, standard_errors, simultaneous=True, level=level, draws=draws, rng=rng
    )
    return (sets["low"] <= k).rename("best")


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
    draws : int, default 10,000
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
    given = _given(estimates, standard_errors)
    n = len(given.values)
    if draws < 1:
        raise ParameterError(f"{draws} draws; expected at least 1.")
    errors = given.errors(_generator(rng).standard_normal((n, draws)), np.arange(n))
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
    index = _index(low)
    ends = np.asarray(low, dtype="float64"), np.asarray(high, dtype="float64")
    if ends[0].ndim != 1 or ends[0].shape != ends[1].shape:
        raise DataError(f"Ends of shapes {ends[0].shape} and {ends[1].shape}; expected two equal.")
    _check_labels(low, high)
    lower, upper = ends
    _check(
        index, np.isnan(lower) | np.isnan(upper), "an end of the interval is missing", "a number"
    )
    _check(index, lower > upper, "the low end is above the high end", "low <= high")
    best = 1 + len(index) - np.searchsorted(np.sort(lower), upper, side="right")
    worst = 1 + len(index) - np.searchsorted(np.sort(upper), lower, side="right")
    worst -= upper > lower  # it is not above itself
    return pd.DataFrame({"low": best, "high": worst}, index=index)


@dataclass(frozen=True)
class _Given:
    """Checked estimates from the lowest up, so that the order of rows does not matter.

    `order` holds their places in the caller's table; `root` is the standard errors, shape
    (n,), or the symmetric root of the covariance, shape (n, n); `deviations` the standard
    errors of all differences, shape (n, n), 0 where a difference has no error.
    """

    index: pd.Index
    order: Places
    values: Floats
    root: Floats
    deviations: Floats

    def errors(self, normal: Floats, members: Places) -> Floats:
        """Errors of all, in the order of `members`, from standard normal draws, (n, draws)."""
        if self.root.ndim == 1:
            return self.root[members, None] * normal
        return self.root[np.ix_(members, members)] @ normal


def _simultaneous(given: _Given, normal: Floats, quantile: int) -> tuple[Places, Places]:
    """Numbers surely above and surely below each, all pairs being one family."""
    n = len(normal)
    everything = np.ones((n, n), dtype=bool)
    higher = _surely_higher(given, np.arange(n), normal, family=everything, quantile=quantile)
    return higher.sum(axis=0), higher.sum(axis=1)


def _marginal(given: _Given, normal: Floats, quantile: int) -> tuple[Places, Places]:
    """The same, the pairs of each estimate being a family of their own."""
    places = np.arange(len(normal))
    above, below = np.zeros_like(places), np.zeros_like(places)
    family = (places == 0) | (places[:, None] == 0)
    for j in places:
        own_first = np.r_[j, np.delete(places, j)]
        higher = _surely_higher(given, own_first, normal, family=family, quantile=quantile)
        above[j], below[j] = higher[:, 0].sum(), higher[0].sum()
    return above, below


def _surely_higher(
    given: _Given, members: Places, normal: Floats, *, family: Flags, quantile: int
) -> Flags:
    """Pairs of a family whose first is higher beyond error, found by step-down."""
    values, errors = given.values[members], given.errors(normal, members)
    deviation = given.deviations[np.ix_(members, members)]
    higher = (deviation == 0) & (values[:, None] > values)
    first, second = np.nonzero(family & (deviation > 0))
    deviation = deviation[first, second]
    statistic = (values[first] - values[second]) / deviation
    pairs = _Pairs(first, second, deviation, errors)
    higher[first, second] = statistic > _critical_value(statistic, pairs, quantile)
    return higher


@dataclass(frozen=True)
class _Pairs:
    """Ordered pairs of rows of `errors`, and the standard errors of their differences."""

    first: Places
    second: Places
    deviation: Floats
    errors: Floats

    def largest(self, some: Flags, base: Floats) -> Floats:
        """Each draw's largest standardized difference over some pairs, or `base`, (draws,)."""
        largest, size = base.copy(), max(1, BLOCK // len(base))
        pairs = np.flatnonzero(some)
        for part in (pairs[start : start + size] for start in range(0, len(pairs), size)):
            difference = self.errors[self.first[part]]
            difference -= self.errors[self.second[part]]
            difference /= self.deviation[part, None]
            np.maximum(largest, difference.max(axis=0), out=largest)
        return largest


def _critical_value(statistic: Floats, pairs: _Pairs, quantile: int) -> float:
    """What step-down ends at: pairs with a larger statistic are rejected."""

    def critical(largest: Floats) -> float:
        return max(0.0, float(np.partition(largest, quantile)[quantile]))

    # A part of a family has no larger critical value than the whole: the pairs below it stay
    # in at every step, and are gone through once.
    base = np.full(pairs.errors.shape[1], -np.inf)
    inside = np.zeros(len(statistic), dtype=bool)
    while (found := ~inside & (statistic <= critical(base))).any():
        base, inside = pairs.largest(found, base), inside | found
    kept = ~inside
    while True:
        value = critical(pairs.largest(kept, base))
        below = kept & (statistic <= value)
        if below.sum() == kept.sum():
            return value
        kept = below


def _given(estimates: ArrayLike, standard_errors: ArrayLike) -> _Given:
    index, values = _index(estimates), np.asarray(estimates, dtype="float64")
    errors = np.asarray(standard_errors, dtype="float64")
    n = values.size
    if values.ndim != 1 or n < 2:
        raise DataError(f"Estimates of shape {values.shape}; expected a list of at least 2.")
    if errors.shape not in {(n,), (n, n)}:
        raise DataError(
            f"{n} estimates with standard errors of shape {errors.shape}; expected ({n},), or "
            f"({n}, {n}) for a covariance."
        )
    _check_labels(estimates, standard_errors)
    rows = errors.reshape(n, -1)
    _check(index, ~np.isfinite(values), "the estimate is missing", "a number")
    _check(index, ~np.isfinite(rows).all(axis=1), "a standard error is missing", "a number")
    if errors.ndim == 1:
        _check(index, errors < 0, "the standard error is negative", "0 or more")
        errors = np.diag(errors**2)
    order = np.lexsort((np.diag(errors), values))
    covariance = errors[np.ix_(order, order)]
    root = _root(covariance, index[order])
    return _Given(index[order], order, values[order], root, _deviations(covariance))


def _root(covariance: Floats, index: pd.Index) -> Floats:
    """Symmetric root of a covariance, or its diagonal where there is nothing else."""
    lopsided = np.abs(covariance - covariance.T) > ROUNDING * np.abs(covariance).max()
    _check(index, lopsided.any(axis=1), "its covariances are not symmetric", "S_jk = S_kj")
    variances = np.diag(covariance)
    if np.array_equal(covariance, np.diag(variances)) and (variances >= 0).all():
        return np.sqrt(variances)
    values, vectors = np.linalg.eigh(covariance)
    if values[0] < -ROUNDING * len(values) * values[-1]:
        raise DataError(
            "The covariance is not positive semi-definite: its smallest eigenvalue is "
            f"{values[0]:.3g}, its largest {values[-1]:.3g}; expected none below 0. Estimate it "
            "from complete rows, or give standard errors alone."
        )
    root: Floats = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    return root


def _deviations(covariance: Floats) -> Floats:
    """Standard errors of all differences, exactly 0 where nothing but rounding is left."""
    variances = np.diag(covariance)
    total = variances[:, None] + variances
    square = total - 2 * covariance
    return np.sqrt(np.where(square > ROUNDING * total, square, 0))


def _quantile(level: float, draws: int) -> int:
    """Place of the critical value, from 0, among the draws in order."""
    place = math.ceil(checked_level(level) * (draws + 1)) - 1
    if place >= draws:
        needed = math.ceil(level / (1 - level))
        raise ParameterError(f"{draws} draws for a level of {level}; expected at least {needed}.")
    return place


def _generator(rng: np.random.Generator | None) -> np.random.Generator:
    return np.random.default_rng(SEED) if rng is None else rng


def _index(values: ArrayLike) -> pd.Index:
    return values.index if isinstance(values, pd.Series) else pd.RangeIndex(np.size(values))


def _check_labels(one: ArrayLike, other: ArrayLike) -> None:
    """Stop if two labelled tables do not have the same labels in the same order."""
    if not isinstance(one, pd.Series) or not isinstance(other, pd.Series | pd.DataFrame):
        return
    for axis in other.axes:
        if not axis.equals(one.index):
            strange = axis.difference(one.index).append(one.index.difference(axis))
            findings = [Finding("labelled in one only", region=str(name)) for name in strange]
            raise DataError("The labels, or their order, differ; expected the same.", findings)


def _check(index: pd.Index, wrong: Flags, problem: str, expected: str) -> None:
    """Stop if any row is wrong, naming all that are."""
    findings = [Finding(problem, region=str(n), expected=expected) for n in index[wrong]]
    if findings:
        raise DataError(f"{len(findings)} of {len(index)} rows cannot be ranked:", findings)
