"""A formula fitted with errors that hold in small samples, as plain records (floor 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, nan
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from smartlib.inference.core.covariance import Covariance, Inference, covariance, infer
from smartlib.inference.core.fits import ROWS_PER_COEFFICIENT
from smartlib.inference.core.formulas import INTERCEPT, Design, design_of, read_formula
from smartlib.inference.core.least_squares import LeastSquares, least_squares
from smartlib.inference.core.wild_bootstrap import wild_bootstrap
from smartlib.vocabulary.errors import DataError, ParameterError

ROUNDING = 1e-10  # residuals this small, relative to the outcome, are a computer's
SE_KINDS = ("cr2", "hc2bm", "hc3", "wild")
CLUSTERED = ("cr2", "wild")  # the others take rows as independent


@dataclass(frozen=True, eq=False)
class FittedModel:
    """A formula, fitted.

    Attributes
    ----------
    formula, outcome : str
        As given, and its left side.
    coefficients : tuple of Inference
        Intercept first, then in the formula's order. A coefficient whose error cannot be
        judged has missing values in place of the error and all that follows from it, and a
        reason among the notes.
    beside : tuple of Inference
        The same coefficients with hc3 errors and the normal distribution, for comparison;
        empty where hc3 does not exist.
    n : int
        Rows used.
    clusters : int or None
        How many; None where rows are taken as independent.
    cluster : str
        The column that makes them, or nothing.
    r_squared : float
        Share of the outcome's variance; of its sum of squares where the formula has no
        intercept.
    level : float
        Of the intervals.
    se : str
        Kind of the errors.
    dropped : mapping of str to str
        Rows left out, by label, with the columns whose value is missing.
    notes : tuple of str
        What a reader should know of the errors.
    least_squares : LeastSquares
        For diagnostics.
    """

    formula: str
    outcome: str
    coefficients: tuple[Inference, ...]
    beside: tuple[Inference, ...]
    n: int
    clusters: int | None
    cluster: str
    r_squared: float
    level: float
    se: str
    dropped: Mapping[str, str]
    notes: tuple[str, ...]
    least_squares: LeastSquares

    def __getitem__(self, name: str) -> Inference:
        """Coefficient of a column.

        Raises
        ------
        ParameterError
            There is none of this name.
        """
        found = {c.name: c for c in self.coefficients}
        if name not in found:
            raise ParameterError(
                f"No coefficient is called '{name}'; there are {', '.join(found)}."
            )
        return found[name]


def fit(
    formula: str,
    frame: pd.DataFrame,
    *,
    se: str = "cr2",
    cluster: str = "province",
    level: float = 0.95,
    allow_small: bool = False,
) -> FittedModel:
    """Least squares of a formula, with small-sample errors.

    Parameters
    ----------
    formula : str
        Such as `harmonised_index ~ own_source_share + log(population) + kota`.
    frame : DataFrame, shape (rows, ...)
        Its columns can be named; a row with a missing value is left out and named.
    se : {"cr2", "hc2bm", "hc3", "wild"}, default "cr2"
        Errors: clustered with Satterthwaite's degrees of freedom; independent rows with
        Bell and McCaffrey's; independent rows with n - k; the wild cluster bootstrap
        (p-value and interval; the standard error beside them is `cr1`'s, and there are no
        degrees of freedom).
    cluster : str, default "province"
        Column of the clusters; `hc2bm` and `hc3` pass it over.
    level : float, default 0.95
        Of the intervals, between 0 and 1.
    allow_small : bool, default False
        Whether fewer than 10 rows a coefficient are fitted.

    Returns
    -------
    FittedModel

    Raises
    ------
    ParameterError
        The formula cannot be used, no such kind of errors or column, a level outside (0, 1).
    DataError
        Fewer than 10 rows a coefficient, columns that are constant or determine each other or
        the outcome, fewer than two clusters.

    Notes
    -----
    The coefficients are linear associations among the rows. What the intervals speak of is the
    population that these rows and clusters are taken to be drawn from; formulas and references
    are with `covariance` and `wild_bootstrap`.
    """
    if se not in SE_KINDS:
        raise ParameterError(f"No errors are called '{se}'; there are {', '.join(SE_KINDS)}.")
    if se in CLUSTERED and cluster not in frame.columns:
        raise ParameterError(
            f"No column '{cluster}' to cluster by; {se} needs one. Name another, or take hc2bm."
        )
    design = design_of(read_formula(formula, list(map(str, frame.columns))), frame)
    check_size(design, len(frame), allow_small)
    solved = least_squares(design.x, design.y, design.names, design.rows)
    _check_residuals(formula, design, solved)
    labels = frame.loc[design.is_used, cluster] if se in CLUSTERED else None
    coefficients, notes, count = _inference(solved, se, labels, level)
    beside, more = _beside(solved, level)
    return FittedModel(
        formula=formula,
        outcome=design.outcome,
        coefficients=coefficients,
        beside=beside,
        n=len(design.y),
        clusters=count,
        cluster=cluster if se in CLUSTERED else "",
        r_squared=_r_squared(solved),
        level=level,
        se=se,
        dropped=design.dropped,
        notes=(*notes, *more),
        least_squares=solved,
    )


def refit(model: FittedModel, frame: pd.DataFrame, is_out: ArrayLike) -> FittedModel:
    """The same formula and errors without some of the rows, however few are left.

    Parameters
    ----------
    model : FittedModel
    frame : DataFrame, shape (rows, ...)
        Holds what the formula and the clusters name, for the rows that may be used.
    is_out : array of bool, shape (rows,)
        Which of them to leave out.

    Raises
    ------
    DataError
        As in `fit`: a column that is constant or determined by others in the rows that are
        left, or fewer than two clusters.
    """
    left = frame.loc[~np.asarray(is_out, dtype=bool)]
    same: dict[str, Any] = {"se": model.se, "level": model.level, "allow_small": True}
    return fit(model.formula, left, **same | ({"cluster": model.cluster} if model.cluster else {}))


def beside_table(model: FittedModel) -> pd.DataFrame:
    """Each coefficient under the model's errors, and under hc3 with the normal.

    Parameters
    ----------
    model : FittedModel

    Returns
    -------
    DataFrame, shape (k, 9)
        Indexed by name: estimate; standard_error, p_value, low, high; the same four with
        `_hc3_normal` (missing where hc3 does not exist).
    """
    chosen = ["standard_error", "p_value", "low", "high"]
    own = pd.DataFrame(list(model.coefficients)).set_index("name")
    plain = pd.DataFrame(list(model.beside), columns=["name", *own.columns]).set_index("name")
    return own[["estimate", *chosen]].join(plain[chosen].add_suffix("_hc3_normal"))


def check_size(design: Design, rows: int, allow_small: bool) -> None:
    """Nothing, if there are rows enough for the coefficients.

    Parameters
    ----------
    design : Design
        Of n rows and k columns.
    rows : int
        Rows before those with missing values were left out.
    allow_small : bool
        Whether any number is enough.

    Raises
    ------
    DataError
        Fewer than 10 rows a coefficient; the message says what to leave out.
    """
    n, k = design.x.shape
    most = n // ROWS_PER_COEFFICIENT
    if k <= most or allow_small:
        return
    terms = pd.Series([t for t in design.terms if t != INTERCEPT], dtype=str)
    costs = ", ".join(f"{term} ({count})" for term, count in terms.value_counts(sort=False).items())
    lost = pd.Series([c for cell in design.dropped.values() for c in cell.split(", ")], dtype=str)
    gaps = ", ".join(f"{name} ({count} rows)" for name, count in lost.value_counts().items())
    raise DataError(
        f"{n} complete rows of {rows} for {k} coefficients; at least {ROWS_PER_COEFFICIENT * k} "
        f"are needed, {ROWS_PER_COEFFICIENT} for each. Leave out terms with {k - most} or more "
        f"coefficients in all, of {costs}"
        + (f", or those with missing values: {gaps}" if gaps else "")
        + "; or allow a small sample (allow_small, --allow-small)."
    )


def _check_residuals(formula: str, design: Design, solved: LeastSquares) -> None:
    if len(design.y) > len(design.names) and (
        np.linalg.norm(solved.residuals) <= ROUNDING * np.linalg.norm(design.y)
    ):
        terms = ", ".join(dict.fromkeys(t for t in design.terms if t != INTERCEPT)) or INTERCEPT
        raise DataError(
            f"'{formula}' leaves no residual: {design.outcome} is made of {terms} by arithmetic, "
            "and there is nothing to estimate. Leave out what it is computed from."
        )


def _inference(
    solved: LeastSquares, se: str, labels: ArrayLike | None, level: float
) -> tuple[tuple[Inference, ...], tuple[str, ...], int | None]:
    """Coefficients, what could not be judged, and the number of clusters."""
    if labels is None:
        return infer(covariance(solved, se), level=level), (), None
    usual = covariance(solved, "cr2" if se == "cr2" else "cr1", labels)
    notes = [
        f"{name} is decided by {group} alone; its error holds only the noise of the others."
        for name, group in usual.alone.items()
    ]
    found = []
    for place, name in enumerate(solved.names):
        try:
            found.append(
                _wild(solved, name, labels, level)
                if se == "wild"
                else infer(usual, {name: np.eye(len(solved.names))[place]}, level=level)[0]
            )
        except DataError as error:
            notes.append(error.message)
            found.append(Inference(name, float(solved.beta[place]), *[nan] * 6))
    count = len(usual.clusters or ())
    return tuple(found), tuple(notes), count


def _wild(solved: LeastSquares, name: str, labels: ArrayLike, level: float) -> Inference:
    drawn = wild_bootstrap(solved, name, labels, level=level)
    return Inference(
        name=name,
        estimate=drawn.estimate,
        standard_error=drawn.standard_error,
        degrees_of_freedom=nan,
        statistic=drawn.statistic,
        p_value=drawn.p_value,
        low=drawn.low,
        high=drawn.high,
    )


def _beside(solved: LeastSquares, level: float) -> tuple[tuple[Inference, ...], tuple[str, ...]]:
    try:
        plain: Covariance = covariance(solved, "hc3")
        return infer(plain, level=level, degrees_of_freedom=inf), ()
    except DataError as error:
        return (), (f"hc3 with the normal is not shown: {error.message}",)


def _r_squared(solved: LeastSquares) -> float:
    ones = np.ones(len(solved.y))
    has_intercept = np.allclose(solved.basis @ (solved.basis.T @ ones), ones)
    total = ((solved.y - solved.y.mean() * has_intercept) ** 2).sum()
    return float(1 - (solved.residuals**2).sum() / total)
