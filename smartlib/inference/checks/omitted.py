"""What a variable that is left out does to a coefficient, in partial R2 (floor 3).

The omitted variable bias of least squares: partial R2 is the share of what the other columns
leave of the factor, and of the outcome, that the variable would explain. All of it needs
classical standard errors, since standard error times the root of the degrees of freedom stands
for a ratio of standard deviations there.

References
----------
Cinelli, C., and Hazlett, C. (2020). Making sense of sensitivity: extending omitted
variable bias. Journal of the Royal Statistical Society, Series B, 82(1), 39-67.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.levels import checked_level

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
    ParameterError
        A level outside (0, 1).
    DataError
        Degrees of freedom of 1 or fewer, a share that is not positive.

    Notes
    -----
    With f = share |t| / sqrt(df) and, when a level is given, f* = t* / sqrt(df - 1), the
    value solves r / sqrt(1 - r) = f - f*, which is
    (sqrt(d^4 + 4 d^2) - d^2) / 2 with d = max(f - f*, 0) (Cinelli, Hazlett, 2020).
    Where f f* > 1 an interval shrinks so fast that a variable weaker on the
    outcome does more; the smallest r is then (f^2 - f*^2) / (1 + f^2).

    Verification: published: Cinelli and Hazlett (2020); brute force: a search over strengths.

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
        critical = student_quantile(level, degrees_of_freedom - 1) / (degrees_of_freedom - 1) ** 0.5
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
    ParameterError
        A level outside (0, 1).
    DataError
        A standard error that is not positive, degrees of freedom of 1 or fewer, a partial
        R2 outside its range.

    Notes
    -----
    The estimate moves by se sqrt(df r2_outcome r2_factor / (1 - r2_factor)), here towards
    zero (and past it); its error becomes
    se sqrt((1 - r2_outcome) / (1 - r2_factor) df / (df - 1)) (Cinelli, Hazlett, 2020).
    Both are algebra of least squares and assume nothing; what is assumed is that the
    variable pulls towards zero. The interval uses t with df - 1.

    Verification: published: Cinelli and Hazlett (2020); brute force: the variable added.

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
    half = student_quantile(level, degrees_of_freedom - 1) * error
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

    Verification: published: Cinelli and Hazlett (2020); by simulation: no variable leaves them.

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


def student_quantile(level: float, degrees_of_freedom: float) -> float:
    """Standard errors from an estimate to an end of its interval.

    Raises
    ------
    ParameterError
        A level outside (0, 1).
    """
    return float(stats.t.ppf((1 + checked_level(level)) / 2, degrees_of_freedom))
