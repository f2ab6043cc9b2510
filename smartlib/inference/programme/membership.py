"""Logistic regression of who is in, separation looked for first (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import optimize, stats
from scipy.special import expit

from smartlib.inference.core.clusters import Clusters, clusters_of, cr1
from smartlib.inference.core.columns import check_independent, complete
from smartlib.inference.core.estimates import Estimate, by_student
from smartlib.inference.core.formulas import INTERCEPT
from smartlib.inference.core.least_squares import Floats
from smartlib.vocabulary.errors import DataError

GROUPS = 5  # of the calibration table: fifths, so that each holds rows enough
SEPARATES = 1e-7  # of a linear programme on standardised columns: less is its tolerance
STEPS = 50  # of Newton's method: it needs some ten
SETTLED = 1e-10  # log odds: a step this small changes no printed figure


@dataclass(frozen=True, eq=False)
class Logit:
    """A logistic regression of who is in, or the factors on account of which there is none.

    Attributes
    ----------
    outcome : str
        Column of 1 and 0.
    ones, observations : int
        Rows with 1, rows used.
    coefficients : tuple of Estimate
        Log odds for one step of each factor, intercept (at the factors' means) first; empty
        when separated.
    steps : Series, shape (k,)
        One step of each factor: 1 for columns of 0 and 1, else a standard deviation.
    probability : Series, shape (n,)
        Predicted; missing when separated.
    auc : float
        Area under the curve, in the sample that was fitted; missing when separated.
    calibration : DataFrame
        group (1 holds the lowest probabilities), rows, predicted, observed (means).
    dropped : dict of str to str
        Rows left out, with the columns whose value is missing.
    separating : tuple of str
        Factors that tell the ones from the zeros without error, so that no odds ratio is finite;
        else empty.
    """

    outcome: str
    ones: int
    observations: int
    coefficients: tuple[Estimate, ...]
    steps: pd.Series
    probability: pd.Series
    auc: float
    calibration: pd.DataFrame
    dropped: dict[str, str]
    separating: tuple[str, ...]

    @property
    def odds_ratios(self) -> pd.DataFrame:
        """For one step of each factor: step, odds_ratio, low, high, p_value."""
        found = self.coefficients[1:]
        ratios = np.exp([[c.estimate, c.low, c.high] for c in found]).reshape(-1, 3)
        table = pd.DataFrame(ratios, columns=["odds_ratio", "low", "high"])
        table.index = pd.Index([c.name for c in found], name="factor")
        table.insert(0, "step", self.steps.reindex(table.index))
        return table.assign(p_value=[c.p_value for c in found])


def logit(
    frame: pd.DataFrame,
    outcome: str,
    factors: Sequence[str],
    *,
    clusters: pd.Series | None = None,
    level: float = 0.95,
) -> Logit:
    """Logistic regression of who is in, with separation checked first.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        Outcome and factors; rows with a missing one are left out and named.
    outcome : str
        Column of 1 and 0.
    factors : sequence of str
        Columns to explain it with; an intercept is added.
    clusters : Series, optional
        Labels, indexed as `frame`: errors are then clustered, with t on clusters minus one;
        by default rows are independent and the normal distribution is used.
    level : float, default 0.95
        Of the intervals.

    Returns
    -------
    Logit
        Without coefficients when factors separate the ones from the zeros.

    Raises
    ------
    DataError
        Columns that are not there or hold text, an outcome that is not 0 and 1, a constant or
        redundant factor, one cluster, a level outside (0, 1); no maximum found.

    Notes
    -----
    Maximum likelihood of P(y = 1) = 1 / (1 + exp(-x b)). The maximum exists unless some b != 0
    has (2 y_i - 1) x_i b >= 0 in every row, above 0 in one (Albert, Anderson, 1984); a linear
    programme looks for it, and Newton's method finds it. The clustered covariance is the sandwich
    of scores summed by cluster, times G (n - 1) / ((G - 1) (n - k)). Area and calibration are of
    the rows that were fitted, so that they flatter.

    Verification: R: glm and sandwich 3.0-2, to 1e-5.

    References
    ----------
    Albert, A., and Anderson, J. A. (1984). On the existence of maximum likelihood estimates in
    logistic regression models. Biometrika, 71(1), 1-10.
    """
    data, dropped = complete(frame, [outcome, *factors])
    y, x = data[outcome], data[list(factors)]
    if set(y) != {0.0, 1.0}:
        raise DataError(f"{outcome} holds {sorted(set(y))[:10]}; expected both 0 and 1.")
    steps = x.std().where(~x.isin([0, 1]).all(), 1.0)
    check_independent(x)
    design = ((x - x.mean()) / steps).assign(**{INTERCEPT: 1.0})[[INTERCEPT, *factors]]
    guilty = separating(design, y)
    nothing = pd.Series(np.nan, y.index, name=outcome)
    if guilty:
        empty = pd.DataFrame(columns=["group", "rows", "predicted", "observed"])
        head = (outcome, int(y.sum()), len(y), (), steps)
        return Logit(*head, nothing, np.nan, empty, dropped, guilty)
    groups = None if clusters is None else clusters_of(clusters.reindex(y.index), y.index)
    beta, errors, predicted, df = _fitted(design, y, groups)
    found = zip(design.columns, beta, errors, strict=True)
    coefficients = tuple(by_student(n, float(b), float(e), df, level=level) for n, b, e in found)
    p = pd.Series(predicted, y.index, name=outcome)
    return Logit(
        outcome=outcome,
        ones=int(y.sum()),
        observations=len(y),
        coefficients=coefficients,
        steps=steps,
        probability=p,
        auc=area_under_curve(y, p),
        calibration=calibration(y, p),
        dropped=dropped,
        separating=(),
    )


def separating(design: pd.DataFrame, y: pd.Series) -> tuple[str, ...]:
    """Columns of a combination that tells ones from zeros, wholly or but for ties; empty if none.

    Parameters
    ----------
    design : DataFrame, shape (n, k)
        With the intercept; columns of like scale.
    y : Series, shape (n,)
        1 and 0.
    """
    signed = design.to_numpy() * (2 * y.to_numpy() - 1)[:, None]
    bounds = [(-1, 1)] * design.shape[1]
    best = optimize.linprog(-signed.sum(axis=0), -signed, np.zeros(len(y)), bounds=bounds)
    if -best.fun < SEPARATES:
        return ()
    used = np.abs(best.x) > SEPARATES
    return tuple(name for name in design.columns[used] if name != INTERCEPT)


def area_under_curve(y: ArrayLike, probability: ArrayLike) -> float:
    """Chance that a row with 1 has the higher probability than one with 0, ties counting half.

    Parameters
    ----------
    y : array_like, shape (n,)
        1 and 0, both present.
    probability : array_like, shape (n,)
        Or any score.

    Notes
    -----
    Mann and Whitney's U over the number of pairs.

    Verification: R: wilcox.test, to 1e-8; brute force: all pairs.

    Examples
    --------
    >>> area_under_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    0.75
    """
    is_one = np.asarray(y) == 1
    ranks = stats.rankdata(probability)
    ones, zeros = int(is_one.sum()), int((~is_one).sum())
    return float((ranks[is_one].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def calibration(y: pd.Series, probability: pd.Series, *, groups: int = GROUPS) -> pd.DataFrame:
    """Predicted beside observed shares, by groups of like probability.

    Parameters
    ----------
    y, probability : Series, shape (n,)
        1 and 0; predictions.
    groups : int, default 5
        Of (nearly) equal size.

    Returns
    -------
    DataFrame
        group, rows, predicted, observed.
    """
    order = probability.rank(method="first")
    group = np.ceil(order * groups / len(order)).astype(int)
    table = pd.DataFrame({"group": group, "predicted": probability, "observed": y})
    means = table.groupby("group", as_index=False).mean()
    means.insert(1, "rows", table.groupby("group").size().to_numpy())
    return means


def _fitted(
    design: pd.DataFrame, y: pd.Series, groups: Clusters | None
) -> tuple[Floats, Floats, Floats, float]:
    """Coefficients, their errors, probabilities, and the intervals' degrees of freedom."""
    x, ones = design.to_numpy(), y.to_numpy()
    beta = _newton(x, ones)
    p = expit(x @ beta)
    bread = np.linalg.inv((x.T * (p * (1 - p))) @ x)
    if groups is None:
        return beta, np.sqrt(np.diag(bread)), p, np.inf
    matrix = cr1(x * (ones - p)[:, None] @ bread, groups)
    return beta, np.sqrt(np.diag(matrix)), p, float(len(groups) - 1)


def _newton(x: Floats, ones: Floats) -> Floats:
    """Coefficients of greatest likelihood; columns of like scale, not separated."""
    beta = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = expit(x @ beta)
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x, x.T @ (ones - p))
        beta += step
        if np.abs(step).max() < SETTLED:
            return beta
    raise DataError(
        f"The logit found no maximum in {STEPS} steps; the factors all but tell the ones from the "
        "zeros. Leave one of them out."
    )
