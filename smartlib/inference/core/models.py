"""A formula fitted with errors that hold in small samples, as plain records (floor 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from smartlib.inference.core.covariance import covariance, judged, kind_of
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.formulas import INTERCEPT, Design, design_of, read_formula
from smartlib.inference.core.least_squares import (
    ROWS_PER_COEFFICIENT,
    LeastSquares,
    least_squares,
)
from smartlib.inference.core.sandwich import infer
from smartlib.vocabulary.errors import DataError, ParameterError

ROUNDING = 1e-10  # residuals this small, relative to the outcome, are a computer's


@dataclass(frozen=True, eq=False)
class FittedModel:
    """A formula, fitted.

    Attributes
    ----------
    formula, outcome : str
        As given, and its left side.
    coefficients : tuple of Estimate
        Intercept first, then in the formula's order. A coefficient whose error cannot be
        judged has missing values in place of the error and all that follows from it, and a
        reason among the refusals.
    beside : tuple of Estimate
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
    alone : mapping of str to str
        Coefficients that one cluster or row alone decides, with its label: no residual tells
        their error, and none is given.
    by_draws : tuple of Estimate
        With six to nine clusters, the coefficients by the wild cluster bootstrap with Webb's
        weights; else empty.
    refusals : tuple of str
        Why an error could not be judged, a sentence a coefficient.
    no_beside : str
        Why there is no hc3 for comparison; else nothing.
    least_squares : LeastSquares
        For diagnostics.
    """

    formula: str
    outcome: str
    coefficients: tuple[Estimate, ...]
    beside: tuple[Estimate, ...]
    n: int
    clusters: int | None
    cluster: str
    r_squared: float
    level: float
    se: str
    dropped: Mapping[str, str]
    alone: Mapping[str, str]
    by_draws: tuple[Estimate, ...]
    refusals: tuple[str, ...]
    no_beside: str
    least_squares: LeastSquares

    @property
    def absorbed(self) -> Mapping[str, str]:
        """Levels of a category that one cluster or row alone decides: they are controls only."""
        return {name: label for name, label in self.alone.items() if "[T." in name}

    def __getitem__(self, name: str) -> Estimate:
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
    se : str, default "cr2"
        Errors, of `covariance.KINDS`: `cr2` is clustered with Satterthwaite's degrees of
        freedom, `hc2bm` and `hc3` take rows as independent, `wild` is the wild cluster bootstrap
        (p-value and interval; the standard error beside them is `cr1`'s, and there are no
        degrees of freedom).
    cluster : str, default "province"
        Column of the clusters; kinds for independent rows pass it over.
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
    is_clustered = kind_of(se).clustered
    if is_clustered and cluster not in frame.columns:
        raise ParameterError(
            f"No column '{cluster}' to cluster by; {se} needs one. Name another, or take hc2bm."
        )
    design = design_of(read_formula(formula, list(map(str, frame.columns))), frame)
    check_size(design, len(frame), allow_small)
    solved = least_squares(design.x, design.y, design.names, design.rows)
    _check_residuals(formula, design, solved)
    labels = frame.loc[design.is_used, cluster] if is_clustered else None
    found = judged(solved, se, labels, level=level)
    beside, no_beside = _beside(solved, level)
    return FittedModel(
        formula=formula,
        outcome=design.outcome,
        coefficients=found.coefficients,
        beside=beside,
        n=len(design.y),
        clusters=found.clusters,
        cluster=cluster if is_clustered else "",
        r_squared=_r_squared(solved),
        level=level,
        se=se,
        dropped=design.dropped,
        alone=found.alone,
        by_draws=found.by_draws,
        refusals=found.refusals,
        no_beside=no_beside,
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


def _beside(solved: LeastSquares, level: float) -> tuple[tuple[Estimate, ...], str]:
    try:
        return infer(covariance(solved, "hc3"), level=level, degrees_of_freedom=inf), ""
    except DataError as error:
        return (), error.message


def _r_squared(solved: LeastSquares) -> float:
    ones = np.ones(len(solved.y))
    has_intercept = np.allclose(solved.basis @ (solved.basis.T @ ones), ones)
    total = ((solved.y - solved.y.mean() * has_intercept) ** 2).sum()
    return float(1 - (solved.residuals**2).sum() / total)
