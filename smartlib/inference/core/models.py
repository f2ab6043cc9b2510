"""A formula fitted with errors that hold in small samples, as plain records (floor 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from smartlib.inference.core.covariance import covariance, judged, kind_of
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.formulas import (
    INTERCEPT,
    Design,
    Formula,
    design_of,
    read_formula,
    rows_called,
)
from smartlib.inference.core.goodness import Goodness, goodness
from smartlib.inference.core.least_squares import (
    ROWS_PER_COEFFICIENT,
    LeastSquares,
    least_squares,
)
from smartlib.inference.core.sandwich import infer
from smartlib.inference.terms import Levels, levels_of, near_names, rows_where, singletons
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import formulas as say
from smartlib.vocabulary.words.sentences import joined

ROUNDING = 1e-10  # residuals this small, relative to the outcome, are a computer's


@dataclass(frozen=True, eq=False, repr=False)
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
        For diagnostics; with levels absorbed it has an intercept and their dummies.
    goodness : Goodness
        R squared and what goes with it.
    where, weights : str
        Condition on the rows, and the column of their weights; or nothing.
    taken_out : mapping of str to int
        Columns whose levels are taken out, with how many there are.
    singletons : tuple of str
        Rows left out since they are alone in such a level.
    excluded : int
        Rows that the condition leaves out.
    groups : tuple of str
        Cluster of each row used; empty where rows are taken as independent.
    family : {"ols", "logit"}
        What was fitted; the coefficients of a logit are average marginal associations, its R
        squared McFadden's, and its least squares those of the linear probability model.
    joint : tuple of str
        Columns of a logit without a marginal association of their own.
    link_coefficients : tuple of Estimate
        On the scale of a logit.
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
    goodness: Goodness
    where: str = ""
    weights: str = ""
    taken_out: Mapping[str, int] = field(default_factory=dict)
    singletons: tuple[str, ...] = ()
    excluded: int = 0
    groups: tuple[str, ...] = ()
    family: str = "ols"
    joint: tuple[str, ...] = ()
    link_coefficients: tuple[Estimate, ...] = ()

    @property
    def is_probability(self) -> bool:
        """Whether the outcome is 0 or 1, which makes this a linear probability model."""
        y = self.least_squares.y / np.sqrt(self.least_squares.weights)
        return bool(np.isin(y.round(12), (0, 1)).all())

    @property
    def params(self) -> pd.Series:
        """Coefficients by name."""
        return self._column("estimate")

    @property
    def bse(self) -> pd.Series:
        """Standard errors by name."""
        return self._column("standard_error")

    @property
    def tvalues(self) -> pd.Series:
        """Estimates over standard errors, by name."""
        return self._column("statistic")

    @property
    def pvalues(self) -> pd.Series:
        """Two-sided p-values by name."""
        return self._column("p_value")

    def conf_int(self) -> pd.DataFrame:
        """Ends of the intervals by name: low, high."""
        return self.to_frame()[["low", "high"]]

    def to_frame(self) -> pd.DataFrame:
        """Every coefficient, a row each: estimate to high as in `Estimate`, and standardised."""
        frame = pd.DataFrame(list(self.coefficients)).set_index("name")
        return frame.assign(standardised=pd.Series(self.goodness.standardised, dtype="float64"))

    def summary(self) -> str:
        """The fit as text: formula, errors, rows, each coefficient, R squared and F."""
        found = self.goodness
        errors = f"{self.se} by {self.cluster} ({self.clusters})" if self.cluster else self.se
        df = ", ".join(map(str, found.f_df))
        return "\n".join(
            [
                f"{self.formula}",
                f"{self.n} rows, errors {errors}",
                self.to_frame().drop(columns="statistic").rename_axis(None).to_string(),
                f"R squared {self.r_squared:.4f}, adjusted {found.adjusted_r_squared:.4f}, "
                f"F({df}) {found.f:.3f}, p {found.f_p_value:.4f}",
            ]
        )

    def __repr__(self) -> str:
        return self.summary()

    def _column(self, name: str) -> pd.Series:
        return self.to_frame()[name].rename(None)

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
            raise ParameterError(say.NO_COEFFICIENT(name=name, found=", ".join(found)))
        return found[name]


def fit(
    formula: str,
    frame: pd.DataFrame,
    *,
    se: str = "cr2",
    cluster: str = "province",
    level: float = 0.95,
    allow_small: bool = False,
    where: str = "",
    weights: str = "",
) -> FittedModel:
    """Least squares of a formula, with small-sample errors.

    Parameters
    ----------
    formula : str
        Such as `harmonised_index ~ own_source_share + log(population) + kota`; with `| province`
        at its end every province has a level of its own.
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
    where : str, optional
        Condition on the rows, such as `kota == 0 and province != 'Bali'`.
    weights : str, optional
        Column of positive weights.

    Returns
    -------
    FittedModel

    Raises
    ------
    ParameterError
        The formula or the condition cannot be used, no such kind of errors or column, a level
        outside (0, 1).
    DataError
        Fewer than 10 rows a coefficient, columns that are constant or determine each other or
        the outcome or never change inside what is absorbed, fewer than two clusters, weights
        that are not positive.

    Notes
    -----
    The coefficients are linear associations among the rows. What the intervals speak of is the
    population that these rows and clusters are taken to be drawn from; formulas and references
    are with `covariance` and `wild_bootstrap`. Absorbed levels are fitted as dummies that are
    not shown, so that all errors are those of the fit with dummies, with weights too (the
    shortcut of taking levels out first gives the same CR2 without weights alone: Pustejovsky
    and Tipton, 2018, as corrected). Weights are taken as inverse to the rows' variances; CR2
    adjusts the weighted rows.

    Verification: R: lm and clubSandwich 0.5.8, dummies for absorbed levels; plm
    2.6.2 for panels (panel.R), to 1e-8.

    References
    ----------
    Pustejovsky, J. E., and Tipton, E. (2018). Small-sample methods for cluster-robust variance
    estimation and hypothesis testing in fixed effects models. Journal of Business & Economic
    Statistics, 36(4), 672-683.

    Examples
    --------
    >>> frame = pd.DataFrame({"y": [1.0, 3, 2, 5, 4, 7], "x": [1.0, 2, 3, 4, 5, 6]})
    >>> fit("y ~ x", frame, se="hc2", allow_small=True).params.round(3).to_dict()
    {'intercept': 0.067, 'x': 1.029}
    """
    is_clustered = kind_of(se).clustered
    columns = list(map(str, frame.columns))
    if is_clustered and cluster not in columns:
        raise ParameterError(say.NO_CLUSTER(cluster=cluster, se=se))
    if weights:
        _check_weights(weights, frame)
    read = read_formula(formula, columns, frame.attrs.get("labels"))
    rows = _Rows.of(frame, read, where, weights)
    design = design_of(read, rows.frame)
    check_size(design, len(rows.frame), allow_small)
    used = rows.frame.loc[design.is_used]
    levels = levels_of(used, read.absorbed) if read.absorbed else None
    solved = _solved(design, levels, used[weights] if weights else None)
    solved = replace(solved, called=frame.attrs.get("rows", {}))
    _check_residuals(formula, design, solved)
    shown = [n for n in design.names if levels is None or n != INTERCEPT]
    labels = used[cluster] if is_clustered else None
    found = judged(solved, se, labels, level=level, names=shown)
    beside, no_beside = _beside(solved, level, shown)
    fitted = goodness(solved, tuple(n for n in shown if n != INTERCEPT))
    return FittedModel(
        formula=formula,
        outcome=design.outcome,
        coefficients=found.coefficients,
        beside=beside,
        n=len(design.y),
        clusters=found.clusters,
        cluster=cluster if is_clustered else "",
        r_squared=fitted.r_squared,
        level=level,
        se=se,
        dropped={**rows.lacking, **design.dropped},
        alone=found.alone,
        by_draws=found.by_draws,
        refusals=found.refusals,
        no_beside=no_beside,
        least_squares=solved,
        goodness=fitted,
        where=where,
        weights=weights,
        taken_out=levels.counts if levels else {},
        singletons=rows.singletons,
        excluded=rows.excluded,
        groups=() if labels is None else tuple(map(str, labels)),
    )


@dataclass(frozen=True, eq=False)
class _Rows:
    """The rows that may be fitted, and what became of the others."""

    frame: pd.DataFrame
    lacking: dict[str, str]
    excluded: int
    singletons: tuple[str, ...]

    @classmethod
    def of(cls, frame: pd.DataFrame, read: Formula, where: str, weights: str) -> _Rows:
        """By condition, weights and absorbed levels; a missing value of the formula stays."""
        holds, lacking = rows_where(where, frame)
        excluded = len(frame) - int(holds.sum()) - len(lacking)
        chosen = frame[holds]
        if weights:
            empty = chosen[weights].isna()
            lacking |= {str(label): weights for label in chosen.index[empty]}
            chosen = chosen[~empty]
        if not read.absorbed:
            return cls(chosen, lacking, excluded, ())
        whole = chosen[list(read.columns)].notna().all(axis=1).to_numpy()
        out = np.zeros(len(chosen), dtype=bool)
        out[whole] = singletons(chosen[whole], read.absorbed)
        if whole.any() and out[whole].all():
            raise DataError(
                say.ALL_ALONE(
                    names=", ".join(read.names),
                    absorbed=joined(read.absorbed, say.OR_A()),
                    absorbed2=" + ".join(read.absorbed),
                    what=_rows_known(chosen, read),
                )
            )
        return cls(chosen[~out], lacking, excluded, tuple(map(str, chosen.index[out])))


def _rows_known(frame: pd.DataFrame, read: Formula) -> str:
    """How many rows each column has, so that the one that lacks them is seen."""
    known = [f"{name} {frame[name].notna().sum()}" for name in read.names]
    return say.ROWS_KNOWN(n_frame=len(frame), known=", ".join(known))


def _check_weights(weights: str, frame: pd.DataFrame) -> None:
    if weights not in frame.columns:
        near = ", ".join(near_names(weights, list(frame.columns), {})) or say.NONE()
        raise ParameterError(say.NO_WEIGHTS(weights=weights, near=near))
    if not pd.api.types.is_numeric_dtype(frame[weights]):
        raise DataError(say.TEXT_WEIGHTS(weights=weights))
    given = frame[weights].dropna()
    bad = given.index[~((given > 0) & np.isfinite(given))]
    if len(bad):
        raise DataError(say.BAD_WEIGHT(bad=listed(rows_called(bad, frame))))


def _solved(design: Design, levels: Levels | None, weights: pd.Series | None) -> LeastSquares:
    """Least squares; dummies stand before the columns that are shown."""
    if levels is None:
        return least_squares(design.x, design.y, design.names, design.rows, weights=weights)
    named = [i for i, name in enumerate(design.names) if name != INTERCEPT]
    if not named:
        raise ParameterError(say.BAR_NEEDS())
    x, names = design.x[:, named], [design.names[i] for i in named]
    levels.check(x, names)
    ones = np.ones(len(design.y))
    table = np.column_stack([ones, levels.dummies, x])
    columns = [INTERCEPT, *levels.names, *names]
    return least_squares(table, design.y, columns, design.rows, weights=weights)


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
    same |= {"where": model.where, "weights": model.weights}
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
    lacking = [say.ROWS_LACK(name=n, count=int(c)) for n, c in lost.value_counts().items()]
    raise DataError(
        say.FEW_ROWS(
            n=n,
            rows=rows,
            k=k,
            what=ROWS_PER_COEFFICIENT * k,
            ROWS_PER_COEFFICIENT=ROWS_PER_COEFFICIENT,
            what2=k - most,
            costs=costs,
            gaps=say.OR_MISSING(gaps=joined(lacking)) if lacking else "",
        )
    )


def _check_residuals(formula: str, design: Design, solved: LeastSquares) -> None:
    if len(design.y) > len(design.names) and (
        np.linalg.norm(solved.residuals) <= ROUNDING * np.linalg.norm(design.y)
    ):
        terms = ", ".join(dict.fromkeys(t for t in design.terms if t != INTERCEPT)) or INTERCEPT
        raise DataError(say.NO_RESIDUAL(formula=formula, outcome=design.outcome, terms=terms))


def _beside(
    solved: LeastSquares, level: float, shown: Sequence[str]
) -> tuple[tuple[Estimate, ...], str]:
    each = np.eye(len(solved.names))
    contrasts = {name: each[solved.place(name)] for name in shown}
    try:
        found = covariance(solved, "hc3")
        return infer(found, contrasts, level=level, degrees_of_freedom=inf), ""
    except DataError as error:
        return (), error.message
