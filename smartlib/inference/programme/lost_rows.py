"""What the lost rows of a score table could change: bounds, and multiple imputation (floor 3).

Bounds assume nothing but the scale; imputation assumes that the lost rows follow the known ones.
The truth of the table lies inside the bounds, and near the imputation if that assumption holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from smartlib.inference.core.columns import fit_columns, with_intercept
from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.estimates import Estimate, by_student
from smartlib.inference.core.formulas import INTERCEPT
from smartlib.inference.core.least_squares import Floats, LeastSquares, least_squares
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed

SEED = 0  # of the draws where no generator is given, so that a second call gives the same
MOST_SETS = 50_000  # of absentees that are tried one by one: about a minute's work
IMPUTATIONS = 50  # the error of repeating with other draws is then a few percent of the interval


@dataclass(frozen=True)
class Bounds:
    """What a figure of the whole table could be.

    Attributes
    ----------
    name : str
        The mean, or the coefficient's column.
    known : float
        The figure over the known rows alone.
    low, high : float
        Least and greatest over all outcomes of the lost rows on the scale.
    absent_at_low, absent_at_high : tuple of str
        Which candidates were absent where the ends are reached.
    """

    name: str
    known: float
    low: float
    high: float
    absent_at_low: tuple[str, ...]
    absent_at_high: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Imputed:
    """A regression over the known rows and draws of the lost ones.

    Attributes
    ----------
    coefficients : tuple of Estimate
        Pooled, intercept first.
    fraction_missing : dict of str to float
        By coefficient: share of its variance that the lost rows cause.
    imputations : int
        Completed tables.
    lost : int
        Rows drawn in each.
    outside : float
        Share of drawn outcomes beyond the ends of the scale (they are not cut).
    """

    coefficients: tuple[Estimate, ...]
    fraction_missing: dict[str, float]
    imputations: int
    lost: int
    outside: float


@dataclass(frozen=True)
class Pooled:
    """An estimate over several imputations.

    Attributes
    ----------
    estimate : float
        Mean over imputations.
    within, between, total : float
        Mean variance, variance of the estimates, and their sum by Rubin's rule.
    degrees_of_freedom : float
        Barnard and Rubin's.
    fraction_missing : float
        (1 + 1/m) between / total.
    """

    estimate: float
    within: float
    between: float
    total: float
    degrees_of_freedom: float
    fraction_missing: float


def bounds_of_mean(known: pd.Series, lost: int, *, lowest: float, highest: float) -> Bounds:
    """Worst-case bounds of a mean.

    Parameters
    ----------
    known : Series, shape (n,)
        Outcomes at hand.
    lost : int
        Rows whose outcome is not known.
    lowest, highest : float
        Ends of the scale.

    Returns
    -------
    Bounds

    Raises
    ------
    DataError
        Missing outcomes, none at all, a negative number of lost rows, a scale upside down, an
        outcome beyond it.

    Notes
    -----
    (sum of the known + lost times an end) / all rows: exact and sharp.

    References
    ----------
    Manski, C. F. (2003). Partial Identification of Probability Distributions. Springer.

    Examples
    --------
    >>> found = bounds_of_mean(pd.Series([2.0, 4.0]), 2, lowest=1, highest=4)
    >>> found.low, found.high
    (2.0, 3.5)
    """
    values = _on_scale(known, lowest, highest)
    if lost < 0:
        raise DataError(f"{lost} lost rows; expected 0 or more.")
    total, n = float(values.sum()), len(values) + lost
    low, high = ((total + lost * end) / n for end in (lowest, highest))
    return Bounds(str(known.name or "mean"), total / len(values), low, high, (), ())


def bounds_of_coefficients(
    known: pd.DataFrame,
    outcome: str,
    factors: Sequence[str],
    *,
    candidates: pd.DataFrame,
    lost: int,
    lowest: float,
    highest: float,
) -> tuple[Bounds, ...]:
    """Worst-case bounds of least-squares coefficients over the whole table.

    Parameters
    ----------
    known : DataFrame, shape (n, ...)
        Outcome and factors of the rows at hand.
    outcome, factors : str, sequence of str
        Columns; an intercept is added.
    candidates : DataFrame, shape (c, ...)
        Factors of the rows that may be lost ones (the undetermined).
    lost : int
        How many of them are lost rows; the others were absent.
    lowest, highest : float
        Ends of the scale of the outcome.

    Returns
    -------
    tuple of Bounds
        Intercept first.

    Raises
    ------
    DataError
        Missing values, an outcome beyond the scale, more lost rows than candidates, more than
        50,000 sets of absentees, a design that cannot be solved.

    Notes
    -----
    For a given set of lost rows a coefficient is a sum c_i y_i with c = e_j (X'X)^-1 X', so
    that its extremes put each lost y_i at the end of the scale that the sign of c_i names. The
    bounds are the extremes over all sets of absentees as well: exact and sharp. They assume
    nothing of the lost outcomes, and speak of the table, not of a larger population.

    References
    ----------
    Horowitz, J. L., and Manski, C. F. (2000). Nonparametric analysis of randomized experiments
    with missing covariate and outcome data. Journal of the American Statistical Association,
    95(449), 77-84.
    """
    y = _on_scale(known[outcome], lowest, highest).to_numpy()
    fit = fit_columns(known, outcome, factors)
    others = with_intercept(candidates, factors)
    absent = len(others) - lost
    if not 0 <= lost <= len(others) or comb(len(others), absent) > MOST_SETS:
        raise DataError(
            f"{lost} lost rows among {len(others)} candidates; expected at most as many, and at "
            f"most {MOST_SETS} sets of absentees. Give fewer candidates."
        )
    sets = list(combinations(range(len(others)), absent))
    ends = np.array([_extremes(fit.x, y, others, s, (lowest, highest)) for s in sets])
    labels = [str(label) for label in candidates.index]
    return tuple(
        Bounds(
            name,
            float(fit.beta[j]),
            float(ends[:, 0, j].min()),
            float(ends[:, 1, j].max()),
            tuple(labels[i] for i in sets[int(ends[:, 0, j].argmin())]),
            tuple(labels[i] for i in sets[int(ends[:, 1, j].argmax())]),
        )
        for j, name in enumerate(fit.names)
    )


def pool(estimates: ArrayLike, variances: ArrayLike, complete_df: float) -> Pooled:
    """Rubin's rules with Barnard and Rubin's degrees of freedom.

    Parameters
    ----------
    estimates, variances : array_like, shape (m,)
        Of one coefficient, an imputation each; m of 2 or more.
    complete_df : float
        Degrees of freedom that the complete table would have.

    Returns
    -------
    Pooled

    Raises
    ------
    DataError
        Fewer than two imputations, lengths that differ, a variance or degrees of freedom not
        above 0.

    Notes
    -----
    T = U + (1 + 1/m) B with U the mean variance and B the variance of the estimates;
    g = (1 + 1/m) B / T. nu = 1 / (1/nu_m + 1/nu_obs), nu_m = (m - 1) / g^2,
    nu_obs = (nu_c + 1) / (nu_c + 3) nu_c (1 - g), nu_c being `complete_df`.

    References
    ----------
    Rubin, D. B. (1987). Multiple Imputation for Nonresponse in Surveys. Wiley.

    Barnard, J., and Rubin, D. B. (1999). Small-sample degrees of freedom with multiple
    imputation. Biometrika, 86(4), 948-955.

    Examples
    --------
    >>> round(pool([1.0, 1.2, 0.8], [0.04, 0.05, 0.06], 100).total, 4)
    0.1033
    """
    q, u = np.asarray(estimates, dtype="float64"), np.asarray(variances, dtype="float64")
    if len(q) < 2 or q.shape != u.shape or not (u > 0).all() or not complete_df > 0:
        raise DataError(
            f"{len(q)} estimates, {len(u)} variances, {complete_df} degrees of freedom: expected "
            "two or more of each, and variances and degrees of freedom above 0."
        )
    m, within, between = len(q), float(u.mean()), float(q.var(ddof=1))
    total = within + (1 + 1 / m) * between
    share = (1 + 1 / m) * between / total
    observed = (complete_df + 1) / (complete_df + 3) * complete_df * (1 - share)
    df = 1 / (share**2 / (m - 1) + 1 / observed)
    return Pooled(float(q.mean()), within, between, total, df, share)


def impute(
    known: pd.DataFrame,
    outcome: str,
    factors: Sequence[str],
    *,
    candidates: pd.DataFrame,
    lost: int,
    lowest: float,
    highest: float,
    cluster: str,
    helpers: Sequence[str] = (),
    imputations: int = IMPUTATIONS,
    kind: str = "cr2",
    level: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Imputed:
    """A regression over the whole table, its lost outcomes drawn many times.

    Parameters
    ----------
    known : DataFrame, shape (n, ...)
        Outcome, factors, helpers and cluster of the rows at hand.
    outcome, factors : str, sequence of str
        Columns of the regression; an intercept is added.
    candidates : DataFrame, shape (c, ...)
        The same, but for the outcome, of the rows that may be lost ones.
    lost : int
        How many of them are; each imputation draws which, all sets being as likely.
    lowest, highest : float
        Ends of the scale; draws beyond are counted, not cut.
    cluster : str
        Column that errors are clustered by.
    helpers : sequence of str, optional
        Columns that predict the outcome beside the factors.
    imputations : int, default 50
        Completed tables (m).
    kind : str, default "cr2"
        A clustered covariance of each completed table.
    level : float, default 0.95
        Of the intervals.
    rng : numpy Generator, optional
        Source of the draws; by default a fixed seed.

    Returns
    -------
    Imputed

    Raises
    ------
    DataError
        Missing values, a design that cannot be solved, more lost rows than candidates.

    Notes
    -----
    Each imputation draws s^2 = RSS / chi^2 with n - k degrees of freedom, b ~ N(b_hat,
    s^2 (X'X)^-1), y ~ N(x b, s^2) (Rubin, 1987). It assumes that, factors and helpers
    alike, lost rows are as known rows are, with normal errors of one variance, independent of
    each other also inside a cluster. Where the factors are those of the regression, the draws
    add no knowledge: the estimate is that of the known rows but for the noise of drawing. The
    complete table's degrees of freedom are the mean over imputations.

    References
    ----------
    Rubin, D. B. (1987). Multiple Imputation for Nonresponse in Surveys. Wiley.
    """
    if not 0 < lost <= len(candidates):
        raise DataError(f"{lost} lost rows among {len(candidates)} candidates.")
    rng = rng or np.random.default_rng(SEED)
    model = fit_columns(known, outcome, [*factors, *helpers])
    predictors = with_intercept(candidates, [*factors, *helpers])
    top, bottom = with_intercept(known, factors), with_intercept(candidates, factors)
    found, errors, dfs, outside = [], [], [], 0.0
    for _ in range(imputations):
        chosen = np.sort(rng.permutation(len(candidates))[:lost])
        drawn = _draw(model, predictors[chosen], rng)
        outside += float(((drawn < lowest) | (drawn > highest)).mean()) / imputations
        x, y = np.vstack([top, bottom[chosen]]), np.r_[known[outcome], drawn]
        fit = least_squares(x, y, [INTERCEPT, *factors])
        labels = [*known[cluster], *candidates[cluster].iloc[chosen]]
        variance = covariance(fit, kind, labels)
        found.append(fit.beta)
        errors.append(np.diag(variance.matrix))
        dfs.append(variance.degrees_of_freedom())
    parts = zip(fit.names, *(np.transpose(part) for part in (found, errors, dfs)), strict=True)
    pooled = {name: pool(b, v, float(df.mean())) for name, b, v, df in parts}
    coefficients = tuple(
        by_student(name, p.estimate, p.total**0.5, p.degrees_of_freedom, level=level)
        for name, p in pooled.items()
    )
    missing = {name: p.fraction_missing for name, p in pooled.items()}
    return Imputed(coefficients, missing, imputations, lost, outside)


def _draw(model: LeastSquares, x: Floats, rng: np.random.Generator) -> Floats:
    """Outcomes of rows x from the posterior predictive distribution."""
    rss = float(model.residuals @ model.residuals)
    sd = (rss / rng.chisquare(model.residual_df)) ** 0.5
    beta = model.beta + sd * model.inverse_root @ rng.standard_normal(len(model.beta))
    return np.asarray(x @ beta + sd * rng.standard_normal(len(x)))


def _extremes(
    x: Floats, y: Floats, others: Floats, absent: tuple[int, ...], scale: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Least and greatest of each coefficient, these candidates absent."""
    lost = np.delete(others, absent, axis=0)
    # A coefficient's weights on the outcomes: rows of (X'X)^-1 X'.
    basis, triangle = np.linalg.qr(np.vstack([x, lost]))
    c = np.linalg.solve(triangle, basis.T)
    sure, open_ = c[:, : len(y)] @ y, c[:, len(y) :]
    up, down = np.maximum(open_, 0).sum(axis=1), np.minimum(open_, 0).sum(axis=1)
    lowest, highest = scale
    return sure + lowest * up + highest * down, sure + highest * up + lowest * down


def _on_scale(values: pd.Series, lowest: float, highest: float) -> pd.Series:
    if not lowest < highest:
        raise DataError(f"A scale from {lowest} to {highest}; expected the lower end first.")
    beyond = values[~values.between(lowest, highest)]
    if len(beyond) or not len(values):
        raise DataError(
            f"Missing, or beyond the scale {lowest:g} to {highest:g}: row "
            f"{listed(beyond.index)}; leave it out or mend the scale."
        )
    return values
