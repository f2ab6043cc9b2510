"""Ranks as sets: what the error of the estimates leaves open (floor 2).

Estimates go in with standard errors or a covariance, and every rank comes out as the places
that cannot be ruled out, alone or for all at once. Rank 1 is the highest value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from smartlib.index.ranks.estimates import (
    Estimates,
    Flags,
    Floats,
    Places,
    checked_estimates,
    generator,
)
from smartlib.vocabulary.errors import ParameterError
from smartlib.vocabulary.levels import checked_level

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

    Verification: published: csranks, PISA 2018; brute force.

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
    given = checked_estimates(estimates, standard_errors)
    quantile = _quantile(level, draws)
    normal = generator(rng).standard_normal((len(given.values), draws))
    count = _simultaneous if simultaneous else _marginal
    above, below = count(given, normal, quantile)
    sets = pd.DataFrame({"low": 1 + above, "high": len(above) - below}, index=given.index)
    return sets.iloc[np.argsort(given.order)]


def _simultaneous(given: Estimates, normal: Floats, quantile: int) -> tuple[Places, Places]:
    """Numbers surely above and surely below each, all pairs being one family."""
    n = len(normal)
    everything = np.ones((n, n), dtype=bool)
    higher = _surely_higher(given, np.arange(n), normal, family=everything, quantile=quantile)
    return higher.sum(axis=0), higher.sum(axis=1)


def _marginal(given: Estimates, normal: Floats, quantile: int) -> tuple[Places, Places]:
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
    given: Estimates, members: Places, normal: Floats, *, family: Flags, quantile: int
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


def _quantile(level: float, draws: int) -> int:
    """Place of the critical value, from 0, among the draws in order."""
    place = math.ceil(checked_level(level) * (draws + 1)) - 1
    if place >= draws:
        needed = math.ceil(level / (1 - level))
        raise ParameterError(f"{draws} draws for a level of {level}; expected at least {needed}.")
    return place
