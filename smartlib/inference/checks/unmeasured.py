"""How strong an unmeasured variable would have to be to undo a coefficient (floor 3).

The omitted variable bias of least squares, written in partial R2: the share of what the
other columns leave of the factor, and of the outcome, that the unmeasured variable would
explain. All of it needs classical standard errors, since standard error times the root
of the degrees of freedom stands for a ratio of standard deviations there.

References
----------
Cinelli, C., and Hazlett, C. (2020). Making sense of sensitivity: extending omitted
variable bias. Journal of the Royal Statistical Society, Series B, 82(1), 39-67.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from smartlib.inference.checks.diagnostics import Solved, solved
from smartlib.vocabulary.errors import DataError

TIMES = (1.0, 2.0, 3.0)  # strengths tried: as strong as the benchmark, twice, three times


@dataclass(frozen=True)
class Adjusted:
    """A coefficient as it would be with the unmeasured variable in the regression.

    Attributes
    ----------
    estimate, standard_error, t, low, high : ndarray
        In the shape of the partial R2; index points a unit of the factor, t without unit.
    """

    estimate: np.ndarray
    standard_error: np.ndarray
    t: np.ndarray
    low: np.ndarray
    high: np.ndarray


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
    def reading(self) -> str:
        """What was found and what to do."""
        text = (
            "A variable that is not measured would have to explain "
            f"{self.robustness:.1%} of what is left of both {self.factor} and the outcome to bring "
            "the coefficient to zero"
        )
        if not self.robustness_interval:
            text += f"; zero is inside the classical {self.level:.0%} interval already."
        else:
            text += (
                f", and {self.robustness_interval:.1%} to bring zero into the classical "
                f"{self.level:.0%} interval.{self._compared()}"
            )
        return f"{text} Name what was left out, and say whether it could be that strong."

    @property
    def interval(self) -> tuple[float, float]:
        """Classical interval of the coefficient as fitted."""
        half = _quantile(self.level, self.degrees_of_freedom) * self.standard_error
        return self.estimate - half, self.estimate + half

    def beside(self, low: float, high: float, errors: str) -> str:
        """What the robustness of the classical interval is worth beside another interval.

        Parameters
        ----------
        low, high : float
            Ends of an interval of the same level, under other errors.
        errors : str
            These errors in words, such as `clustered by province`.
        """
        told = {
            (False, False): "leaves zero out as well; the arithmetic does not tell how strong a "
            "variable that one would bear.",
            (False, True): "holds zero already, without any variable that is not measured: the "
            "strength that the classical interval bears is no safeguard.",
            (True, False): "leaves zero out all the same.",
            (True, True): "holds zero too.",
        }
        own_low, own_high = self.interval
        holds = own_low <= 0 <= own_high, low <= 0 <= high
        return (
            f"The classical interval ({own_low:.3g} to {own_high:.3g}) takes errors as independent "
            f"and evenly spread (homoskedastic). With errors {errors} it is {low:.3g} to "
            f"{high:.3g} and {told[holds]}"
        )

    def _compared(self) -> str:
        if self.benchmarks.empty:
            return ""
        near = self.benchmarks["low" if self.estimate > 0 else "high"]
        undone = self.benchmarks[near * np.sign(self.estimate) <= 0]
        if undone.empty:
            return " None as strong as the benchmarks tried would."
        first = undone.sort_values("times", kind="stable").iloc[0]
        strength = "as strong" if first["times"] == 1 else f"{first['times']:g} times as strong"
        return f" One {strength} as {first['benchmark']} could."


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


def partial_r2(t: ArrayLike, degrees_of_freedom: float) -> np.ndarray:
    """Partial R2 of a column, from its classical t statistic: t^2 / (t^2 + df).

    Parameters
    ----------
    t : array_like
        Estimate divided by its classical standard error.
    degrees_of_freedom : float
        Of the regression.

    Examples
    --------
    >>> round(float(partial_r2(2.0, 96)), 2)
    0.04
    """
    square = np.square(np.asarray(t, dtype="float64"))
    return np.asarray(square / (square + degrees_of_freedom))


def robustness_value(
    t: float, degrees_of_freedom: float, *, share: float = 1.0, level: float | None = None
) -> float:
    """Robustness value: the strength at which an unmeasured variable changes the answer.

    Parameters
    ----------
    t : float
        Estimate divided by its classical standard error.
    degrees_of_freedom : float
        Of the regression.
    share : float, default 1
        Of the estimate that is to be explained away (q in the source).
    level : float, optional
        Default: until the estimate has lost this share. With a level: until the
        interval of that level reaches what would be left.

    Returns
    -------
    float
        Partial R2 with both factor and outcome, between 0 and 1: a variable that explains
        less than this of both cannot bring it about.

    Raises
    ------
    DataError
        Degrees of freedom of 1 or fewer, a share that is not positive, or a level
        outside (0, 1).

    Notes
    -----
    With f = share |t| / sqrt(df) and, when a level is given, f* = t* / sqrt(df - 1), the
    value solves r / sqrt(1 - r) = f - f*, which is
    (sqrt(d^4 + 4 d^2) - d^2) / 2 with d = max(f - f*, 0) (Cinelli, Hazlett, 2020).
    Where f f* > 1 an interval shrinks so fast that a variable weaker on the
    outcome does more; the smallest r is then (f^2 - f*^2) / (1 + f^2).

    References
    ----------
    Cinelli, C., and Hazlett, C. (2020). Making sense of sensitivity: extending omitted
    variable bias. Journal of the Royal Statistical Society, Series B, 82(1), 39-67.

    Examples
    --------
    >>> round(robustness_value(4.18445, 783), 3)
    0.139
    >>> round(robustness_value(4.18445, 783, level=0.95), 3)
    0.076
    """
    if not (degrees_of_freedom > 1 and share > 0):
        raise DataError(
            f"{degrees_of_freedom} degrees of freedom and share {share}: expected more than 1 "
            "and a positive share."
        )
    f = share * abs(t) / degrees_of_freedom**0.5
    critical = 0.0
    if level is not None:
        critical = _quantile(level, degrees_of_freedom - 1) / (degrees_of_freedom - 1) ** 0.5
    if f * critical > 1 and f > critical:
        return float((f**2 - critical**2) / (1 + f**2))
    square = max(f - critical, 0.0) ** 2
    return float((np.sqrt(square**2 + 4 * square) - square) / 2)


def adjusted(
    estimate: float,
    standard_error: float,
    degrees_of_freedom: float,
    *,
    r2_factor: ArrayLike,
    r2_outcome: ArrayLike,
    level: float = 0.95,
) -> Adjusted:
    """The coefficient, its error and t, had a variable of given strength been measured.

    Parameters
    ----------
    estimate, standard_error : float
        Least squares and its classical error, index points a unit of the factor.
    degrees_of_freedom : float
        Of the regression.
    r2_factor : array_like
        Partial R2 of the variable with the factor, given the other columns; in [0, 1).
    r2_outcome : array_like
        Partial R2 of the variable with the outcome, given the factor and the other
        columns; in [0, 1]. Broadcast against `r2_factor`.
    level : float, default 0.95
        Of the interval.

    Returns
    -------
    Adjusted

    Raises
    ------
    DataError
        A standard error that is not positive, degrees of freedom of 1 or fewer, a partial
        R2 outside its range, or a level outside (0, 1).

    Notes
    -----
    The estimate moves by se sqrt(df r2_outcome r2_factor / (1 - r2_factor)), here towards
    zero (and past it); its error becomes
    se sqrt((1 - r2_outcome) / (1 - r2_factor) df / (df - 1)) (Cinelli, Hazlett, 2020).
    Both are algebra of least squares and assume nothing; what is assumed is that the
    variable pulls towards zero. The interval uses t with df - 1.

    References
    ----------
    Cinelli, C., and Hazlett, C. (2020). Making sense of sensitivity: extending omitted
    variable bias. Journal of the Royal Statistical Society, Series B, 82(1), 39-67.
    """
    with_factor, with_outcome = np.asarray(r2_factor, float), np.asarray(r2_outcome, float)
    in_range = ((with_factor >= 0) & (with_factor < 1)).all() and (
        (with_outcome >= 0) & (with_outcome <= 1)
    ).all()
    if not (in_range and standard_error > 0 and degrees_of_freedom > 1):
        raise DataError(
            f"Partial R2 must lie in [0, 1), the standard error ({standard_error}) above 0 and "
            f"the degrees of freedom ({degrees_of_freedom}) above 1."
        )
    scaled = standard_error * degrees_of_freedom**0.5
    bias = scaled * np.sqrt(with_outcome * with_factor / (1 - with_factor))
    moved = np.asarray(estimate - np.sign(estimate) * bias)
    error = np.asarray(
        scaled * np.sqrt((1 - with_outcome) / (1 - with_factor) / (degrees_of_freedom - 1))
    )
    half = _quantile(level, degrees_of_freedom - 1) * error
    with np.errstate(divide="ignore", invalid="ignore"):  # r2_outcome 1 leaves no error
        t = moved / error
    return Adjusted(moved, error, t, moved - half, moved + half)


def strength_bounds(
    r2_factor: float, r2_outcome: float, times: ArrayLike = TIMES
) -> tuple[np.ndarray, np.ndarray]:
    """Partial R2 of a variable at most so many times as strong as a measured one.

    Parameters
    ----------
    r2_factor : float
        Partial R2 of the measured column with the factor, given the others.
    r2_outcome : float
        Partial R2 of the measured column with the outcome, given the factor and the
        others.
    times : array_like, shape (m,), default (1, 2, 3)
        How many times as strong, with both (k_D = k_Y in the source).

    Returns
    -------
    r2_factor, r2_outcome : ndarray, shape (m,)
        Bounds of both; missing where no variable can be that strong.

    Raises
    ------
    DataError
        A partial R2 outside [0, 1), or times that are not positive.

    Notes
    -----
    k R / (1 - R) with the factor, R being `r2_factor`; with the outcome
    ((sqrt(k) + c) / sqrt(1 - c^2))^2 S / (1 - S), at most 1, S being `r2_outcome` and
    c^2 = k R^2 / ((1 - k R)(1 - R)) (Cinelli, Hazlett, 2020). The
    comparison is with what the measured column adds to the others, and takes the
    unmeasured variable as unrelated with it.

    References
    ----------
    Cinelli, C., and Hazlett, C. (2020). Making sense of sensitivity: extending omitted
    variable bias. Journal of the Royal Statistical Society, Series B, 82(1), 39-67.
    """
    k = np.asarray(times, dtype="float64")
    if not (0 <= r2_factor < 1 and 0 <= r2_outcome < 1 and (k > 0).all()):
        raise DataError(
            f"Partial R2 {r2_factor} and {r2_outcome}, times {k.tolist()}: expected shares in "
            "[0, 1) and positive times."
        )
    with np.errstate(divide="ignore", invalid="ignore"):  # impossible strengths become missing
        with_factor = k * r2_factor / (1 - r2_factor)
        square = k * r2_factor**2 / ((1 - k * r2_factor) * (1 - r2_factor))
        factor = (np.sqrt(k) + np.sqrt(square)) ** 2 / (1 - square)
    is_possible = (k * r2_factor < 1) & (with_factor < 1) & (square < 1)
    with_outcome = np.minimum(factor * r2_outcome / (1 - r2_outcome), 1.0)
    return np.where(is_possible, with_factor, np.nan), np.where(is_possible, with_outcome, np.nan)


def unmeasured(
    x: np.ndarray,
    y: np.ndarray,
    names: Sequence[str],
    *,
    factor: str,
    benchmarks: Sequence[str] = (),
    times: Sequence[float] = TIMES,
    level: float = 0.95,
) -> Unmeasured:
    """Robustness values of a coefficient, and what variables like measured ones would do.

    Parameters
    ----------
    x : ndarray, shape (n, k)
        Design with one column of ones.
    y : ndarray, shape (n,)
        Outcome, in index points.
    names : sequence of str, length k
        Of the columns of x.
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
    DataError
        The design cannot be solved, or a name is not among its columns.

    Notes
    -----
    See `robustness_value`, `strength_bounds` and `adjusted`. None of it says that such a
    variable exists, or that without one the coefficient would be causal.

    References
    ----------
    Cinelli, C., and Hazlett, C. (2020). Making sense of sensitivity: extending omitted
    variable bias. Journal of the Royal Statistical Society, Series B, 82(1), 39-67.
    """
    fit = solved(x, y, names)
    place = fit.position(factor)
    rest = np.delete(np.asarray(x, dtype="float64"), place, axis=1)
    column = np.asarray(x, dtype="float64")[:, place]
    of_factor = solved(rest, column, [name for name in fit.names if name != factor])
    bounds = _bounds(fit, of_factor, benchmarks, times)
    is_possible = bounds["r2_factor"].notna()
    table = bounds[is_possible].reset_index(drop=True)
    start = (float(fit.coefficients[place]), float(fit.standard_errors[place]))
    strengths = {name: table[name].to_numpy() for name in ("r2_factor", "r2_outcome")}
    table = table.assign(**vars(adjusted(*start, fit.degrees_of_freedom, level=level, **strengths)))
    t, df = start[0] / start[1], fit.degrees_of_freedom
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
    fit: Solved, of_factor: Solved, benchmarks: Sequence[str], times: Sequence[float]
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


def _share_of(fit: Solved, name: str) -> float:
    place = fit.position(name)
    return float(
        partial_r2(fit.coefficients[place] / fit.standard_errors[place], fit.degrees_of_freedom)
    )


def _quantile(level: float, degrees_of_freedom: float) -> float:
    if not 0 < level < 1:
        raise DataError(f"Level {level}: expected a share between 0 and 1, such as 0.95.")
    return float(stats.t.ppf((1 + level) / 2, degrees_of_freedom))
