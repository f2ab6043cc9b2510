"""How strong an unmeasured variable would have to be to undo a coefficient (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartlib.inference.checks.omitted import (
    TIMES,
    adjusted,
    partial_r2,
    robustness_value,
    strength_bounds,
    student_quantile,
)
from smartlib.inference.checks.usable import usable
from smartlib.inference.core.least_squares import LeastSquares, least_squares
from smartlib.vocabulary.errors import DataError


@dataclass(frozen=True)
class Unmeasured:
    """Sensitivity of one coefficient to what is not measured.

    Attributes
    ----------
    factor : str
        Whose coefficient.
    estimate, standard_error : float
        Least squares and its classical error, index points a unit of the factor.
    degrees_of_freedom : int
        Of the regression.
    partial_r2 : float
        Share of what is left of the outcome that the factor explains; equally, what a
        variable that explained all that is left of the outcome would have to explain of
        the factor.
    robustness : float
        Share of both that brings the estimate to zero.
    robustness_interval : float
        Share of both that lets the interval reach zero.
    level : float
        Of the interval.
    benchmarks : DataFrame
        benchmark, times, r2_factor, r2_outcome, estimate, standard_error, t, low, high: the
        coefficient if a variable were at most so many times as strong as a measured one.
    impossible : tuple of str
        Benchmarks and times left out, since nothing can be that strong.
    """

    factor: str
    estimate: float
    standard_error: float
    degrees_of_freedom: int
    partial_r2: float
    robustness: float
    robustness_interval: float
    level: float
    benchmarks: pd.DataFrame
    impossible: tuple[str, ...]

    @property
    def interval(self) -> tuple[float, float]:
        """Classical interval of the coefficient as fitted."""
        half = student_quantile(self.level, self.degrees_of_freedom) * self.standard_error
        return self.estimate - half, self.estimate + half

    @property
    def undone_by(self) -> tuple[str, float] | None:
        """The weakest benchmark, and times its strength, that brings zero into the interval."""
        near = self.benchmarks["low" if self.estimate > 0 else "high"]
        undone = self.benchmarks[near * np.sign(self.estimate) <= 0]
        if undone.empty:
            return None
        first = undone.sort_values("times", kind="stable").iloc[0]
        return str(first["benchmark"]), float(first["times"])


@dataclass(frozen=True)
class Contours:
    """The coefficient over a grid of strengths.

    Attributes
    ----------
    r2_factor, r2_outcome : ndarray, shape (m,)
        Horizontal and vertical axis.
    estimate, t : ndarray, shape (m, m)
        A row for each r2_outcome, a column for each r2_factor.
    """

    r2_factor: np.ndarray
    r2_outcome: np.ndarray
    estimate: np.ndarray
    t: np.ndarray


def unmeasured(
    fit: LeastSquares,
    *,
    factor: str,
    benchmarks: Sequence[str] = (),
    times: Sequence[float] = TIMES,
    level: float = 0.95,
) -> Unmeasured:
    """Robustness values of a coefficient, and what variables like measured ones would do.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows and k columns, an intercept among them.
    factor : str
        Whose coefficient.
    benchmarks : sequence of str, optional
        Measured columns to compare with.
    times : sequence of float, default (1, 2, 3)
        How many times as strong as each benchmark.
    level : float, default 0.95
        Of the intervals.

    Returns
    -------
    Unmeasured

    Raises
    ------
    ParameterError
        A name that is not among the columns, a level outside (0, 1).
    DataError
        What `usable` refuses, of the fit or of that of the factor on the other columns.

    Notes
    -----
    See `robustness_value`, `strength_bounds` and `adjusted`. None of it says that such a
    variable exists, or that without one the coefficient would be causal.

    Verification: published: Cinelli and Hazlett (2020); brute force: the variable added.

    References
    ----------
    Cinelli, C., and Hazlett, C. (2020). Making sense of sensitivity: extending omitted
    variable bias. Journal of the Royal Statistical Society, Series B, 82(1), 39-67.
    """
    usable(fit)
    place = fit.place(factor)
    rest = [name for name in fit.names if name != factor]
    of_factor = usable(
        least_squares(np.delete(fit.x, place, axis=1), fit.x[:, place], rest, fit.rows)
    )
    bounds = _bounds(fit, of_factor, benchmarks, times)
    is_possible = bounds["r2_factor"].notna()
    table = bounds[is_possible].reset_index(drop=True)
    start = (float(fit.beta[place]), float(fit.classical_errors[place]))
    strengths = {name: table[name].to_numpy() for name in ("r2_factor", "r2_outcome")}
    table = table.assign(**vars(adjusted(*start, fit.residual_df, level=level, **strengths)))
    t, df = start[0] / start[1], fit.residual_df
    values = robustness_value(t, df), robustness_value(t, df, level=level)
    left_out = bounds[~is_possible]
    return Unmeasured(
        factor,
        *start,
        df,
        float(partial_r2(t, df)),
        *values,
        level,
        table,
        tuple(f"{row.benchmark} x {row.times:g}" for row in left_out.itertuples()),
    )


def contours(found: Unmeasured, *, highest: float = 0.4, points: int = 81) -> Contours:
    """The coefficient and its t over a grid of strengths, for a contour figure.

    Parameters
    ----------
    found : Unmeasured
        Whose estimate, error and degrees of freedom are used.
    highest : float, default 0.4
        Largest partial R2 on both axes, below 1.
    points : int, default 81
        On each axis, from 0 up.

    Returns
    -------
    Contours

    Raises
    ------
    DataError
        A largest partial R2 outside (0, 1).
    """
    if not 0 < highest < 1:
        raise DataError(f"Largest partial R2 {highest}: expected a share between 0 and 1.")
    axis = np.linspace(0, highest, points)
    grid = adjusted(
        found.estimate,
        found.standard_error,
        found.degrees_of_freedom,
        r2_factor=axis[None, :],
        r2_outcome=axis[:, None],
    )
    return Contours(axis, axis, grid.estimate, grid.t)


def _bounds(
    fit: LeastSquares, of_factor: LeastSquares, benchmarks: Sequence[str], times: Sequence[float]
) -> pd.DataFrame:
    """Strength of each benchmark, so many times; missing where impossible."""
    parts = []
    for benchmark in benchmarks:
        shares = [_share_of(part, benchmark) for part in (of_factor, fit)]
        with_factor, with_outcome = strength_bounds(shares[0], shares[1], times)
        columns = {"times": list(times), "r2_factor": with_factor, "r2_outcome": with_outcome}
        parts.append(pd.DataFrame(columns).assign(benchmark=benchmark))
    columns_in_order = ["benchmark", "times", "r2_factor", "r2_outcome"]
    if not parts:
        return pd.DataFrame(columns=columns_in_order).astype({"r2_factor": float})
    return pd.concat(parts, ignore_index=True)[columns_in_order]


def _share_of(fit: LeastSquares, name: str) -> float:
    place = fit.place(name)
    return float(partial_r2(fit.beta[place] / fit.classical_errors[place], fit.residual_df))
