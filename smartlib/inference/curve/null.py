"""How surprising a specification curve is if the focal factor went with nothing (floor 3).

The regressions of a curve share their rows, so that their p-values cannot be counted as if they
were independent. Moving the focal factor about, in all of them alike, says what curves there are
without an association.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations as all_orders
from itertools import product
from math import factorial

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from smartlib.inference.core.least_squares import Floats
from smartlib.inference.curve.curve import by_design, checked_level
from smartlib.inference.curve.designs import FocalDesign
from smartlib.inference.curve.fits import focal_fits
from smartlib.inference.curve.specification import Plan
from smartlib.vocabulary.errors import ParameterError

SEED = 0  # of the shuffles where no generator is given, so that a second call gives the same
TIE = 1e-9  # relative: statistics this near are equal but for rounding
SMALL = 8  # rows up to which the number of orders is worth computing: 8! = 40,320
Versions = Callable[
    [FocalDesign], Floats
]  # of a design's focal factor, shape (D, n), its own first


@dataclass(frozen=True, eq=False)
class NullTest:
    """One statistic of a curve, and how often a curve under the null reaches it.

    Attributes
    ----------
    name : {"median", "dominant", "significant"}
        Median estimate; share of estimates with the commoner sign; share of them that are
        significant with that sign.
    observed : float
        Of the curve itself.
    p_value : float
        How often a curve under the null is at least as extreme: for the median in absolute
        value, for the shares at least as large, whichever sign is the commoner in it.
    drawn : array, shape (draws,)
        Of the curves under the null.
    """

    name: str
    observed: float
    p_value: float
    drawn: Floats


@dataclass(frozen=True, eq=False)
class CurveTest:
    """A specification curve beside those of a focal factor that goes with nothing.

    Attributes
    ----------
    median, dominant, significant : NullTest
        The three statistics.
    dominant_sign : int
        The commoner sign of the curve itself: 1 or -1.
    null : {"orders", "signs"}
        How the focal factor was moved about.
    draws : int
        How often.
    is_exhaustive : bool
        Whether all orders or sets of signs were taken, each once, rather than drawn.
    bands : array, shape (3, S)
        2.5%, 50% and 97.5% quantiles of the sorted estimates of the curves under the null: what
        to lay under the curve's own sorted estimates.
    """

    median: NullTest
    dominant: NullTest
    significant: NullTest
    dominant_sign: int
    null: str
    draws: int
    is_exhaustive: bool
    bands: Floats


def permutation_test(
    plan: Plan,
    *,
    null: str = "orders",
    draws: int = 500,
    level: float = 0.95,
    rng: np.random.Generator | None = None,
) -> CurveTest:
    """Hold a specification curve against those of a focal factor that goes with nothing.

    Parameters
    ----------
    plan : Plan
        Of S specifications.
    null : {"orders", "signs"}, default "orders"
        Shuffle the focal factor over the rows, or turn its sign cluster by cluster.
    draws : int, default 500
        Orders or sets of signs; where there are no more of them than this, each is taken once
        instead.
    level : float, default 0.95
        At which an estimate is significant.
    rng : numpy Generator, optional
        Source of the draws; by default a fixed seed.

    Returns
    -------
    CurveTest

    Raises
    ------
    ParameterError
        A level outside (0, 1), no draws, or another null.

    Notes
    -----
    In each specification the focal factor is split into what its controls explain and the
    rest. The rest is moved about and the regression run again, with its own standard error: so
    the factor keeps what it shares with the controls, and the outcome, controls and years stay
    as they are. (Dekker, Krackhardt and Snijders call it double semi-partialling; Winkler and
    others list it beside Freedman and Lane's, which shuffles the residuals of the outcome.) One
    move of all rows serves all specifications, so that they stay as dependent as they are.

    With `orders`, rows are shuffled. Where a sample or a missing value leaves rows out, each
    row kept gets the value of the first row kept along the shuffle's cycle, which is a uniform
    shuffle of the rows kept. Assumes that, given its controls, the rest of the focal factor
    could as well stand in any row: a strong assumption where near regions are alike in both the
    factor and the index; the p-values are then too small. With `signs`, the rest is multiplied
    by 1 or -1, the same for all rows of a cluster. Assumes instead that clusters are
    independent, and that the sum of factor times outcome in each, both less what the controls
    explain, is as likely to be above 0 as as far below it; alikeness within clusters stays.

    Simonsohn, Simmons and Nelson have two ways: where a treatment was assigned at random they
    shuffle it; for data that were only observed they resample whole rows from data on which the
    null was imposed, each specification's estimated share of the factor being taken out of its
    outcome (a null-imposed bootstrap). Neither is taken as it stands. Budgets were not assigned,
    so that plain shuffling would break the factor's tie to the controls; and a resample of rows
    parts provinces, makes rows twice, and leaves out for some samples what others need. Here the
    rest of the factor is moved instead: `orders` is their shuffle with the tie to the controls
    kept, and `signs` imposes the null as their bootstrap does, province by province. Either
    says whether there is an association in the rows at hand, and not where it comes from.

    Any standard error gives a valid comparison, since all curves are treated alike. That of cr2
    has roots to find anew in each draw, which takes several times as long as cr3.

    Draws: p = (1 + #) / (1 + draws), # counting those at least as extreme; all orders or signs:
    p = # / their number, the data's own among them. Ties count as extreme.

    Verification: brute force: all orders and signs by loops.

    References
    ----------
    Simonsohn, U., Simmons, J. P., and Nelson, L. D. (2020). Specification curve analysis.
    Nature Human Behaviour, 4, 1208-1214.

    Dekker, D., Krackhardt, D., and Snijders, T. A. B. (2007). Sensitivity of MRQAP tests to
    collinearity and autocorrelation conditions. Psychometrika, 72(4), 563-581.

    Winkler, A. M., Ridgway, G. R., Webster, M. A., Smith, S. M., and Nichols, T. E. (2014).
    Permutation inference for the general linear model. NeuroImage, 92, 381-397.

    Phipson, B., and Smyth, G. K. (2010). Permutation p-values should never be zero: calculating
    exact p-values when permutations are randomly drawn. Statistical Applications in Genetics
    and Molecular Biology, 9(1), article 39.
    """
    checked_level(level)
    if draws < 1 or null not in NULLS:
        raise ParameterError(
            f"{draws} draws of {null}; take one or more (500 can tell 0.002), of "
            f"{' or '.join(NULLS)}."
        )
    source = np.random.default_rng(SEED) if rng is None else rng
    versions, is_exhaustive = NULLS[null](plan, draws, source)
    estimates, signs = curves_of(plan, versions, level)
    found = _statistics(estimates, signs)
    median, dominant, significant = (
        _test(name, values, is_exhaustive)
        for name, values in zip(("median", "dominant", "significant"), found, strict=True)
    )
    return CurveTest(
        median=median,
        dominant=dominant,
        significant=significant,
        dominant_sign=int(_dominant(estimates[:1])[0]),
        null=null,
        draws=len(estimates) - 1,
        is_exhaustive=is_exhaustive,
        bands=np.quantile(np.sort(estimates[1:], axis=1), [0.025, 0.5, 0.975], axis=0),
    )


def curves_of(
    plan: Plan, versions: Versions, level: float = 0.95
) -> tuple[Floats, NDArray[np.int8]]:
    """Every specification for every version of the focal factor.

    Parameters
    ----------
    plan : Plan
        Of S specifications.
    versions : callable
        Gives D versions of a design's focal factor, shape (D, n).
    level : float, default 0.95
        Of the tests.

    Returns
    -------
    estimates : array, shape (D, S)
        In standard deviations of the outcome for the multiverse's unit of the factor.
    signs : array of int8, shape (D, S)
        Sign of an estimate that is significant, else 0.
    """
    outcomes, columns = plan.multiverse.standardised, plan.outcome_columns
    estimates: list[Floats] = []
    signs: list[NDArray[np.int8]] = []
    places: list[int] = []
    for design, wanted in by_design(plan):
        fits = focal_fits(design, outcomes, versions(design))
        for kind in dict.fromkeys(chosen.covariance for _, chosen in wanted):
            here = [place for place, chosen in wanted if chosen.covariance == kind]
            which = columns[here]
            error, df = fits.errors(kind)
            is_far = np.abs(fits.estimates) > stats.t.ppf((1 + level) / 2, df) * error
            estimates.append(fits.estimates[:, which])
            signs.append((np.sign(fits.estimates) * is_far)[:, which].astype("int8"))
            places += here
    back = np.argsort(places)
    return np.hstack(estimates)[:, back], np.hstack(signs)[:, back]


def induced(orders: NDArray[np.intp], rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Shuffles of some rows that shuffles of all rows make.

    Parameters
    ----------
    orders : array of int, shape (D, N)
        Each a permutation of 0, ..., N - 1.
    rows : array of int, shape (n,)
        Rows kept.

    Returns
    -------
    array of int, shape (D, n)
        Places in `rows`: of the first row kept along the cycle from each row kept.

    Examples
    --------
    >>> induced(np.array([[1, 2, 0]]), np.array([0, 2])).tolist()  # 0 to 1, left out, to 2
    [[1, 0]]
    """
    place = np.full(orders.shape[1], -1)
    place[rows] = np.arange(len(rows))
    reached = orders[:, rows]
    while (is_out := place[reached] < 0).any():
        reached = np.where(is_out, np.take_along_axis(orders, reached, axis=1), reached)
    return place[reached]


def _orders(plan: Plan, draws: int, rng: np.random.Generator) -> tuple[Versions, bool]:
    """The data's own order and others; and whether they are all there are."""
    own = np.arange(len(plan.multiverse.rows))
    is_exhaustive = len(own) <= SMALL and factorial(len(own)) <= draws
    if is_exhaustive:
        others = np.array([*all_orders(own)])
    else:
        others = rng.permuted(np.tile(own, (draws, 1)), axis=1)
    orders = np.vstack([own, others])
    shuffles: dict[bytes, NDArray[np.intp]] = {}  # many designs have the same rows

    def versions(design: FocalDesign) -> Floats:
        rows = design.rows.tobytes()
        if rows not in shuffles:
            shuffles[rows] = induced(orders, design.rows)
        return design.focal[shuffles[rows]]

    return versions, is_exhaustive


def _signs(plan: Plan, draws: int, rng: np.random.Generator) -> tuple[Versions, bool]:
    """The data's own signs and others, by cluster; and whether they are all there are."""
    codes, found = pd.factorize(plan.multiverse.clusters)
    is_exhaustive = 2 ** len(found) <= draws
    if is_exhaustive:
        others = np.array([*product([1.0, -1.0], repeat=len(found))])
    else:
        others = rng.choice([1.0, -1.0], size=(draws, len(found)))
    turned = np.vstack([np.ones(len(found)), others])[:, codes]
    return lambda design: design.focal * turned[:, design.rows], is_exhaustive


NULLS = {"orders": _orders, "signs": _signs}


def _dominant(estimates: Floats) -> NDArray[np.int64]:
    """The commoner sign in each row; 1 where both are as common."""
    return np.where(np.sign(estimates).sum(axis=1) >= 0, 1, -1)


def _statistics(estimates: Floats, signs: NDArray[np.int8]) -> tuple[Floats, Floats, Floats]:
    """Median, share with the commoner sign, share significant with it; each of shape (D,)."""
    sign = _dominant(estimates)[:, None]
    return (
        np.median(estimates, axis=1),
        (np.sign(estimates) == sign).mean(axis=1),
        (signs == sign).mean(axis=1),
    )


def _test(name: str, values: Floats, is_exhaustive: bool) -> NullTest:
    observed, drawn = float(values[0]), values[1:]
    reached = int((np.abs(drawn) >= abs(observed) * (1 - TIE)).sum())
    own = 0 if is_exhaustive else 1  # the data's own order is among all orders
    return NullTest(name, observed, (own + reached) / (own + len(drawn)), drawn)
