"""Whether a straight line misses a bend, and how the curve looks (floor 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from smartlib.index.multiple_testing import holm
from smartlib.inference.checks.forms import SQUARE, judged_twice
from smartlib.inference.core.least_squares import Floats, LeastSquares, least_squares
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.words import formulas as say

KNOTS = 2  # inside the range, at its thirds
SMOOTH = 2 / 3  # share of the rows near a point that its local line is fitted to
FEWEST = 10  # different values, for a column to bend


@dataclass(frozen=True, eq=False)
class Curvature:
    """The square of each continuous factor, beside all of a regression.

    Attributes
    ----------
    table : DataFrame
        Indexed by factor: p_classical (errors independent and of one variance), p_cr2 and
        degrees_of_freedom, p_wild, and holm (of p_classical over the factors) and holm_wild.
    """

    table: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Curve:
    """A factor's part of a regression, without holding it to a line.

    Attributes
    ----------
    factor : str
    rows : DataFrame, shape (n, 5)
        Sorted by `value`, the factor: `component` (its line plus the residual), `line`, `smooth`
        (local lines through the components), `spline`; outcome points, each about its mean.
    f, degrees, p_value : float, (int, int), float
        Of the spline against the line, errors independent and of one variance.
    """

    factor: str
    rows: pd.DataFrame
    f: float
    degrees: tuple[int, int]
    p_value: float


def bending(fit: LeastSquares) -> list[str]:
    """Columns with values enough to bend: those that are not 0/1 or a handful of steps."""
    counts = [len(np.unique(column)) for column in fit.x.T]
    return [name for name, count in zip(fit.names, counts, strict=True) if count >= FEWEST]


def curvature(fit: LeastSquares, clusters: ArrayLike) -> Curvature:
    """A test of the square of each continuous factor, Holm's over the factors.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows, unweighted.
    clusters : array, shape (n,)
        Label of each row's cluster.

    Returns
    -------
    Curvature

    Raises
    ------
    DataError
        No column has values enough to bend.

    Notes
    -----
    One square at a time, (x - mean)^2, beside the whole regression. It asks of one factor, with
    one degree of freedom, what RESET asks of the fitted values, and so sees what RESET averages
    away. Where a few rows carry a square its CR2 error has few degrees of freedom and little
    power: the wild cluster bootstrap stands beside.

    Verification: R: clubSandwich 0.5.8, to 1e-8.

    References
    ----------
    Cook, R. D., and Weisberg, S. (1999). Applied Regression Including Computing and Graphics.
    Wiley, chapter 17.
    """
    names = bending(fit)
    if not names:
        raise DataError(say.NONE_BENDS(names=", ".join(fit.names), FEWEST=FEWEST))
    rows = {name: _bend(fit, name, clusters) for name in names}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("factor")
    table["holm"], table["holm_wild"] = holm(table["p_classical"]), holm(table["p_wild"])
    return Curvature(table)


def _bend(fit: LeastSquares, name: str, clusters: ArrayLike) -> dict[str, float]:
    x = fit.x[:, fit.place(name)]
    square = name + SQUARE
    columns, names = [fit.x, (x - x.mean()) ** 2], [*fit.names, square]
    bent = least_squares(np.column_stack(columns), fit.y, names, fit.rows)
    t = bent.beta[-1] / bent.classical_errors[-1]
    estimate, drawn = judged_twice(bent, square, clusters)
    return {
        "estimate": estimate.estimate,
        "p_classical": float(2 * stats.t.sf(abs(t), bent.residual_df)),
        "p_cr2": estimate.p_value,
        "degrees_of_freedom": estimate.degrees_of_freedom,
        "p_wild": drawn.p_value,
    }


def curve_of(fit: LeastSquares, factor: str) -> Curve:
    """Component and residual of a factor, a smoother through them, and a spline fit.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows, unweighted, with the factor as one column.
    factor : str
        The column.

    Returns
    -------
    Curve

    Raises
    ------
    ParameterError
        No such column.
    DataError
        Too few values for the knots.

    Notes
    -----
    Component and residual is e + b (x - mean): scatter about the line with the other columns
    held fixed. The smoother is Cleveland's (local lines over two thirds of the rows, three
    robust steps); the spline is natural and cubic with knots at the thirds and at the ends.
    Verification: R's `residuals(type = "partial")`, `lowess` and `splines::ns`, to 1e-8.

    Verification: R: stats (lowess, partial residuals) and splines, to 1e-8.

    References
    ----------
    Cleveland, W. S. (1979). Robust locally weighted regression and smoothing scatterplots.
    Journal of the American Statistical Association, 74(368), 829-836.

    Larsen, W. A., and McCleary, S. J. (1972). The use of partial residual plots in regression
    analysis. Technometrics, 14(3), 781-790.
    """
    place = fit.place(factor)
    x = fit.x[:, place]
    line = fit.beta[place] * (x - x.mean())
    bent, part = _splined(fit, place)
    f, degrees = _against(fit, bent)
    rows = pd.DataFrame(
        {
            "value": x,
            "component": line + fit.residuals,
            "line": line,
            "smooth": _smoothed(x, line + fit.residuals),
            "spline": part - part.mean(),
        },
        index=pd.Index(fit.rows, name="row"),
    )
    p = float(stats.f.sf(f, *degrees))
    return Curve(factor, rows.sort_values("value", kind="stable"), f, degrees, p)


def natural_spline(x: Floats, knots: ArrayLike) -> Floats:
    """Columns of a natural cubic spline without its constant: shape (n, len(knots) - 1).

    Parameters
    ----------
    x : array, shape (n,)
    knots : array-like of float
        Ascending, the ends among them; beyond these the curve is a line.
    """
    ends = np.asarray(knots, dtype=np.float64)
    scale = ends[-1] - ends[0]
    cubes = [np.maximum((x - knot) / scale, 0) ** 3 for knot in ends]
    last = (cubes[-2] - cubes[-1]) / (ends[-1] - ends[-2]) * scale
    bends = [
        (cube - cubes[-1]) / (ends[-1] - knot) * scale - last
        for cube, knot in zip(cubes[:-2], ends[:-2], strict=True)
    ]
    return np.column_stack([x, *bends])


def has_knots(x: Floats) -> bool:
    """Whether a column's values are spread enough for the knots of a curve.

    Parameters
    ----------
    x : array, shape (n,)
    """
    return len(np.unique(_knots(x))) == KNOTS + 2


def _knots(x: Floats) -> Floats:
    return np.asarray(np.quantile(x, np.linspace(0, 1, KNOTS + 2)))


def _splined(fit: LeastSquares, place: int) -> tuple[LeastSquares, Floats]:
    """The regression with a spline for one column, and what that column's part then is."""
    x = fit.x[:, place]
    knots = _knots(x)
    if not has_knots(x):
        raise DataError(f"{fit.names[place]} has too few values for a curve.")
    basis = natural_spline(x, knots)
    names = [*fit.names, *(f"bend {number}" for number in range(1, basis.shape[1]))]
    bent = least_squares(np.column_stack([fit.x, basis[:, 1:]]), fit.y, names, fit.rows)
    return bent, x * bent.beta[place] + basis[:, 1:] @ bent.beta[fit.x.shape[1] :]


def _against(fit: LeastSquares, bent: LeastSquares) -> tuple[float, tuple[int, int]]:
    straight, curved = (found.residuals @ found.residuals for found in (fit, bent))
    more = fit.residual_df - bent.residual_df
    return float((straight - curved) / more / (curved / bent.residual_df)), (more, bent.residual_df)


def _smoothed(x: Floats, y: Floats) -> Floats:
    # Imported here: it takes a second, and most reports fit nothing.
    from statsmodels.nonparametric.smoothers_lowess import lowess  # noqa: PLC0415

    return np.asarray(lowess(y, x, frac=SMOOTH, it=3, delta=0.0, return_sorted=False))
