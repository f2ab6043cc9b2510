"""Between what bounds the lost rows of a score table leave its figures (floor 3).

Nothing is assumed but the scale; `imputation` assumes more and says more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from smartlib.inference.core.columns import fit_columns, with_intercept
from smartlib.inference.core.least_squares import Floats
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed

MOST_SETS = 50_000  # of absentees that are tried one by one: about a minute's work


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

    Verification: closed form.

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

    Verification: brute force: every set of absentees at every corner of the scale.

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
