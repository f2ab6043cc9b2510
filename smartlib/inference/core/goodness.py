"""How well a fit goes with its outcome, as textbooks print it (floor 3)."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from scipy import stats

from smartlib.inference.core.least_squares import Floats, LeastSquares


@dataclass(frozen=True)
class Goodness:
    """R squared and what goes with it.

    Attributes
    ----------
    r_squared, adjusted_r_squared : float
        Share of the outcome's variance; of its sum of squares where there is no intercept.
        Levels that are absorbed count as explaining.
    within_r_squared : float
        Share of what the absorbed levels leave over; the plain one where nothing is absorbed.
    f, f_p_value : float
        Classical F of the columns that are shown, all zero; missing where there is none.
    f_df : tuple of int
        Its degrees of freedom: columns, and rows beyond all coefficients.
    standardised : dict of str to float
        Coefficients in standard deviations of the outcome for one of the column.
    """

    r_squared: float
    adjusted_r_squared: float
    within_r_squared: float
    f: float
    f_df: tuple[int, int]
    f_p_value: float
    standardised: dict[str, float]


def goodness(fit: LeastSquares, shown: tuple[str, ...]) -> Goodness:
    """R squared, adjusted R squared, F and standardised coefficients.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows and k columns.
    shown : tuple of str
        Columns that are no intercept and no absorbed level.

    Notes
    -----
    With weights all sums are weighted. F compares the fit with that of the other columns and
    takes errors as independent and of one variance, whatever the errors of the coefficients:
    ((S0 - S) / q) / (S / (n - k)). Adjusted R squared is 1 - (S / (n - k)) / (T / (n - c)), c
    being 1 with an intercept, else 0.
    """
    root = np.sqrt(fit.weights)
    span = fit.basis @ (fit.basis.T @ root)
    has_intercept = bool(np.allclose(span, root, atol=1e-8))
    mean = root * (root @ fit.y) / (root @ root) * has_intercept
    total, left = float(((fit.y - mean) ** 2).sum()), float((fit.residuals**2).sum())
    places = [fit.place(name) for name in shown]
    others = np.delete(fit.x, places, axis=1)
    without = _left_over(others, fit.y)
    q, df = len(shown), fit.residual_df
    f = (without - left) / q / (left / df) if q else nan
    return Goodness(
        r_squared=1 - left / total,
        adjusted_r_squared=1 - (left / df) / (total / (len(fit.y) - has_intercept)),
        within_r_squared=1 - left / without,
        f=f,
        f_df=(q, df),
        f_p_value=float(stats.f.sf(f, q, df)) if q else nan,
        standardised=_standardised(fit, shown, root),
    )


def _left_over(x: Floats, y: Floats) -> float:
    if not x.shape[1]:
        return float(y @ y)
    basis = np.linalg.qr(x)[0]
    return float(((y - basis @ (basis.T @ y)) ** 2).sum())


def _standardised(fit: LeastSquares, shown: tuple[str, ...], root: Floats) -> dict[str, float]:
    def deviation(column: Floats) -> float:
        mean = root * (root @ column) / (root @ root)
        return float(np.linalg.norm(column - mean))

    places = {name: fit.place(name) for name in shown}
    spread = deviation(fit.y)
    return {n: float(fit.beta[j]) * deviation(fit.x[:, j]) / spread for n, j in places.items()}
