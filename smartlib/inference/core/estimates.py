"""What is said of a coefficient, whatever estimated it (floor 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.levels import checked_level


@dataclass(frozen=True)
class Estimate:
    """A coefficient, or a combination of coefficients, with its error.

    Attributes
    ----------
    name : str
        Of the coefficient or combination.
    estimate, standard_error : float
        In the outcome's unit for one unit of the column.
    degrees_of_freedom : float
        Of the t distribution; infinite for the normal.
    statistic : float
        Estimate over standard error.
    p_value : float
        Two-sided, of the hypothesis that the coefficient is 0.
    low, high : float
        Ends of the confidence interval.
    """

    name: str
    estimate: float
    standard_error: float
    degrees_of_freedom: float
    statistic: float
    p_value: float
    low: float
    high: float


def by_student(
    name: str, estimate: float, error: float, df: float, *, level: float = 0.95
) -> Estimate:
    """An estimate with its interval and p-value by Student's t (normal for infinite `df`).

    Parameters
    ----------
    name : str
        What is estimated.
    estimate, error : float
        The estimate and its standard error, in one unit.
    df : float
        Degrees of freedom.
    level : float, default 0.95
        Of the interval.

    Returns
    -------
    Estimate

    Raises
    ------
    ParameterError
        A level outside (0, 1).
    DataError
        A standard error that is not a positive number.

    Examples
    --------
    >>> round(by_student("kota", 1.96, 1.0, float("inf")).p_value, 3)
    0.05
    """
    checked_level(level)
    if not 0 < error < np.inf:
        raise DataError(f"The standard error of {name} is {error}; expected a number above 0.")
    half = float(stats.t.ppf((1 + level) / 2, df)) * error
    p = float(2 * stats.t.sf(abs(estimate / error), df))
    low, high = estimate - half, estimate + half
    return Estimate(name, estimate, error, df, estimate / error, p, low, high)
