"""A regression over the whole table, its lost rows drawn many times (floor 3).

Assumes that lost rows follow the known ones; the truth lies near the imputation if they do, and
inside the bounds of `worst_case` in any case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from smartlib.inference.core.columns import fit_columns, with_intercept
from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.estimates import Estimate, by_student
from smartlib.inference.core.formulas import INTERCEPT
from smartlib.inference.core.least_squares import Floats, LeastSquares, least_squares
from smartlib.vocabulary.errors import DataError

SEED = 0  # of the draws where no generator is given, so that a second call gives the same
IMPUTATIONS = 50  # the error of repeating with other draws is then a few percent of the interval


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

    Verification: R: mice (pool.scalar), to 1e-8.

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

    Verification: R: mice (pooling), to 1e-8.

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
