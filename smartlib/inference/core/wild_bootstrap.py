"""Wild cluster bootstrap of a regression coefficient, null imposed (floor 3).

For few clusters, where the t distribution with G - 1 degrees of freedom says too much. The
statistic of every draw is a ratio of polynomials in the null value, so that an interval by test
inversion costs little more than a p-value.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import bisect

from smartlib.inference.core.clusters import Clusters, clusters_of
from smartlib.inference.core.least_squares import Floats, LeastSquares
from smartlib.inference.core.sandwich import Covariance, infer, sandwich
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.levels import checked_level

SEED = 0  # of the draws where no generator is given, so that a second call gives the same
DRAWS = 9999  # of the weights, where there are more sets of them
WEIGHTS = {  # mean 0, variance 1; symmetric, so that signs of errors are as likely as not
    "rademacher": np.array([-1.0, 1.0]),
    "webb": np.sqrt([1 / 2, 1.0, 3 / 2])[[2, 1, 0, 0, 1, 2]] * [-1, -1, -1, 1, 1, 1],
}
FEW_CLUSTERS = 12  # below, 2^(G-1) sets of signs give too coarse a distribution
TIE = 1e-9  # relative: statistics this near are equal but for rounding
STEPS = np.geomspace(0.05, 1e5, 80)  # standard errors from the estimate where nulls are tried
NEAR = 1e-9  # standard errors to which an interval's end is found


@dataclass(frozen=True, eq=False)
class WildBootstrap:
    """A coefficient under the wild cluster bootstrap.

    Attributes
    ----------
    name : str
        Of the coefficient.
    estimate, standard_error : float
        In the outcome's unit for one unit of the column; the error is that of `cr1`.
    null : float
        Value of the coefficient that is tested.
    statistic : float
        (estimate - null) / standard error.
    p_value : float
        Two-sided and symmetric: how often |t*| is at least |t|.
    p_value_equal_tailed : float
        Twice the smaller tail.
    low, high : float
        Ends of the interval of null values that the symmetric test does not reject; infinite
        where it rejects none, however far.
    clusters : int
        Their number.
    weights : str
        `rademacher` or `webb`.
    draws : int
        Draws of the weights, or the number of all sets of weights.
    is_exhaustive : bool
        Whether all sets of weights were taken, each once, rather than drawn.
    statistics : array, shape (draws,)
        t* under the null. The same seed gives every coefficient of a fit the same weights.
    """

    name: str
    estimate: float
    standard_error: float
    null: float
    statistic: float
    p_value: float
    p_value_equal_tailed: float
    low: float
    high: float
    clusters: int
    weights: str
    draws: int
    is_exhaustive: bool
    statistics: Floats


def wild_bootstrap(
    fit: LeastSquares,
    name: str,
    clusters: ArrayLike,
    *,
    null: float = 0.0,
    level: float = 0.95,
    draws: int = DRAWS,
    weights: str | None = None,
    rng: np.random.Generator | None = None,
) -> WildBootstrap:
    """Restricted wild cluster bootstrap-t of one coefficient, with its interval.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows.
    name : str
        The coefficient.
    clusters : array, shape (n,)
        Label of each row's cluster.
    null : float, default 0
        Value to test.
    level : float, default 0.95
        Of the interval, between 0 and 1.
    draws : int, default 9999
        Draws of the weights; where there are no more different sets of weights than this, each
        is taken once instead.
    weights : {"rademacher", "webb"}, optional
        Distribution of a cluster's weight: a sign, or Webb's six points. By default Webb's for
        fewer than 12 clusters, where signs alone make few different draws, else signs.
    rng : numpy Generator, optional
        Source of the draws; by default a fixed seed.

    Returns
    -------
    WildBootstrap

    Raises
    ------
    ParameterError
        No such coefficient or weights, a level outside (0, 1), too few draws for it.
    DataError
        Labels missing or not one a row, fewer than two clusters; a coefficient that one cluster
        alone decides.

    Notes
    -----
    With b_r the least-squares coefficients under the null and u_r their residuals, a draw is
    y* = x b_r + v_g u_r with one weight v_g for all rows of cluster g. t* and t are studentised
    with `cr1`, whose factor cancels from their comparison. Drawn sets: p = (1 + #) / (1 + draws),
    # counting the draws at least as extreme; all sets: p = # / their number, the data's own
    set (all weights equal) among them. Ties count as extreme.

    The interval is the hull of the null values with p above 1 - level, sought outwards to 1e5
    standard errors, with the same draws for every null value. Where the test cannot reject at
    this level, however far (fewer than six clusters with signs, at 95%), it is unbounded.

    Assumes independence between clusters and errors whose distribution is symmetric enough for
    signs to be exchanged. With few clusters that the coefficient rests on (a dummy for one or
    two of them) the restricted test rejects too seldom.

    Verification: brute force: all sets of weights, each a regression run anew, to 1e-8.

    References
    ----------
    Cameron, A. C., Gelbach, J. B., and Miller, D. L. (2008). Bootstrap-based improvements for
    inference with clustered errors. Review of Economics and Statistics, 90(3), 414-427.

    Roodman, D., Nielsen, M. O., MacKinnon, J. G., and Webb, M. D. (2019). Fast and wild:
    bootstrap inference in Stata using boottest. Stata Journal, 19(1), 4-60.

    Webb, M. D. (2023). Reworking wild bootstrap-based inference for clustered errors. Canadian
    Journal of Economics, 56(3), 839-858.
    """
    usual = sandwich(fit, clusters_of(clusters, fit.rows), power=0)
    return bootstrap_of(usual, name, null=null, level=level, draws=draws, weights=weights, rng=rng)


def bootstrap_of(
    usual: Covariance,
    name: str,
    *,
    null: float = 0.0,
    level: float = 0.95,
    draws: int = DRAWS,
    weights: str | None = None,
    rng: np.random.Generator | None = None,
) -> WildBootstrap:
    """`wild_bootstrap` of one coefficient of a fit whose CR1 covariance is at hand.

    Parameters
    ----------
    usual : Covariance
        CR1, with its clusters.
    name, null, level, draws, weights, rng
        As in `wild_bootstrap`.

    Returns
    -------
    WildBootstrap

    Raises
    ------
    ParameterError, DataError
        As in `wild_bootstrap`; a covariance without clusters.
    """
    fit, groups = usual.fit, usual.clusters
    place = fit.place(name)
    if groups is None:
        raise ParameterError("The wild cluster bootstrap needs clusters: a label for each row.")
    if name in usual.alone:
        raise DataError(
            f"The cluster {usual.alone[name]} alone decides {name}; no weights of clusters tell "
            "its error. Leave the column out, or choose another grouping."
        )
    (found,) = infer(usual, {name: np.eye(len(fit.names))[place]})
    chosen = weights or ("webb" if len(groups) < FEW_CLUSTERS else "rademacher")
    drawn, is_exhaustive = _draws(chosen, len(groups), draws, rng)
    alpha = _alpha(level, drawn.shape[1], is_exhaustive)
    test = _Test(*_polynomials(usual, groups, place, drawn), is_exhaustive)
    estimate, error = found.estimate, found.standard_error
    shift = (null - estimate) / error
    low, high = (estimate + _end(test, side, alpha) * error for side in (-1, 1))
    symmetric, equal_tailed = test.p_values(shift)
    return WildBootstrap(
        name=name,
        estimate=estimate,
        standard_error=error,
        null=null,
        statistic=-shift,
        p_value=symmetric,
        p_value_equal_tailed=equal_tailed,
        low=low,
        high=high,
        clusters=len(groups),
        weights=chosen,
        draws=drawn.shape[1],
        is_exhaustive=is_exhaustive,
        statistics=test.statistics(shift),
    )


@dataclass(frozen=True, eq=False)
class _Test:
    """Statistics of all draws as a function of the null value.

    The null is estimate + z standard errors, so that t = -z. In a draw,
    t* = (a - z b) / sqrt(p - 2 z q + z^2 r), with arrays of one value a draw.
    """

    a: Floats
    b: Floats
    p: Floats
    q: Floats
    r: Floats
    is_exhaustive: bool

    def statistics(self, z: float) -> Floats:
        """t* of each draw."""
        variance = np.maximum(self.p - 2 * z * self.q + z**2 * self.r, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):  # counted as extreme
            return (self.a - z * self.b) / np.sqrt(variance)

    def p_values(self, z: float) -> tuple[float, float]:
        """Symmetric and equal-tailed."""
        drawn, slack = self.statistics(z), TIE * abs(z)
        above, below = ~(drawn < -z - slack), ~(drawn > -z + slack)
        tail = min(self._share(above), self._share(below))
        return self.symmetric(z), min(1.0, 2 * tail)

    def symmetric(self, z: float) -> float:
        """Share of draws at least as far from 0."""
        return self._share(~(np.abs(self.statistics(z)) < abs(z) * (1 - TIE)))

    def _share(self, extreme: NDArray[np.bool_]) -> float:
        own = 0 if self.is_exhaustive else 1  # the data's own weights are among all sets
        return float((own + np.count_nonzero(extreme)) / (own + len(extreme)))


def _polynomials(
    usual: Covariance, groups: Clusters, place: int, drawn: Floats
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """a, b, p, q and r of `_Test`.

    Residuals under the null are e - (null - estimate) x~, x~ being the column less what the
    others explain of it; a cluster's score under weights v is linear in both.
    """
    fit, error = usual.fit, usual.standard_errors[place]
    influence = fit.basis @ fit.inverse_root[place]  # so that the estimate is influence'y
    loading = groups.sum(fit.basis * influence[:, None])
    shift, scores = [], []
    for part in (fit.residuals / error, influence / fit.bread[place, place]):
        own = groups.sum(influence * part)
        moments = groups.sum(fit.basis * part[:, None])
        shift.append(own @ drawn)
        scores.append((np.diag(own) - loading @ moments.T) @ drawn)
    # cr1's factor: the variance is this times the sum of squared scores
    factor = error**2 / (groups.sum(influence * fit.residuals) ** 2).sum()
    p, q, r = (
        factor * np.einsum("gb,gb->b", scores[i], scores[j]) for i, j in ((0, 0), (0, 1), (1, 1))
    )
    return shift[0], shift[1], p, q, r


def _draws(
    weights: str, clusters: int, draws: int, rng: np.random.Generator | None
) -> tuple[Floats, bool]:
    """Weights of shape (clusters, draws), and whether they are all there are."""
    if weights not in WEIGHTS:
        raise ParameterError(f"No weights are called '{weights}'; there are {', '.join(WEIGHTS)}.")
    points = WEIGHTS[weights]
    if len(points) ** clusters <= draws:
        return np.array(list(product(points, repeat=clusters))).T, True
    source = np.random.default_rng(SEED) if rng is None else rng
    return source.choice(points, size=(clusters, draws)), False


def _alpha(level: float, draws: int, is_exhaustive: bool) -> float:
    alpha = round(1 - checked_level(level), 12)  # 1 - 0.9 is below 0.1 in floats
    if not is_exhaustive and draws < (fewest := ceil(1 / alpha) - 1):
        raise ParameterError(
            f"{draws} draws cannot reject at the level {level}; take {fewest} or more."
        )
    return alpha


def _end(test: _Test, side: int, alpha: float) -> float:
    """Farthest accepted null on one side, in standard errors from the estimate."""
    accepted = [0, *(i for i, z in enumerate(STEPS, start=1) if test.symmetric(side * z) > alpha)]
    if accepted[-1] == len(STEPS):
        return side * np.inf
    inside, outside = [0.0, *STEPS][accepted[-1] :][:2]
    return side * float(
        bisect(lambda z: 1 if test.symmetric(side * z) > alpha else -1, inside, outside, xtol=NEAR)
    )
