"""Improvement read against last year's level and the error in it (floor 3).

Change minus what regression to the mean alone gives, and the factors with which anything that is
left goes together: change scores beside an analysis of covariance.

Lord's paradox: two groups may show the same mean change, and yet differ among regions of one
starting level. Change scores answer "who rose more?"; the analysis of covariance answers "who
stands higher than others that started alike?". Both are arithmetic about one table and neither
refutes the other; groups that differ at the start make them part. Which one speaks of the
programme depends on what would have happened without it, and the table does not hold that. Error
in last year's level makes it worse: the analysis of covariance then compares regions that only
seem to have started alike, and has to be corrected by the reliability.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartlib.index.trust.change import slope_from_noise
from smartlib.index.trust.consistency import checked_reliability
from smartlib.inference.core.clusters import clusters_of
from smartlib.inference.core.columns import fit_columns, numbers
from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.estimates import Estimate, by_student
from smartlib.inference.core.least_squares import Floats, LeastSquares
from smartlib.inference.core.sandwich import infer
from smartlib.vocabulary.errors import DataError

PREVIOUS = "previous"  # name of last year's level among the coefficients


@dataclass(frozen=True)
class ChangeSlope:
    """The slope of change on last year's level, taken apart.

    Attributes
    ----------
    found : Estimate
        Index points of change for one point of last year's level.
    from_noise : float
        What regression to the mean alone gives at this reliability.
    left_over : Estimate
        Their difference, the reliability taken as known.
    reliability : float
        Share of last year's variance that is not error.
    """

    found: Estimate
    from_noise: float
    left_over: Estimate
    reliability: float


def change_slope(
    previous: pd.Series,
    change: pd.Series,
    reliability: float,
    *,
    clusters: pd.Series,
    level: float = 0.95,
) -> ChangeSlope:
    """How change goes with last year's level, and how much of it noise alone gives.

    Parameters
    ----------
    previous, change : Series, shape (n,)
        Index points, of the same rows.
    reliability : float
        Of last year's index, between 0 and 1.
    clusters : Series, shape (n,)
        Labels for CR2 errors.
    level : float, default 0.95
        Of the intervals.

    Returns
    -------
    ChangeSlope

    Raises
    ------
    DataError
        Missing values, rows that differ, a reliability that is no share.

    Notes
    -----
    Noise alone gives reliability - 1 where nothing changed but a general rise and errors of
    the two years are independent and equally large. What is left over is convergence (below 0)
    or divergence (above 0), if the reliability is right; a reliability that is itself
    estimated from the two years leaves nothing over by construction.

    Verification: closed form, and by simulation (200 tables, four errors).
    """
    expected = slope_from_noise(checked_reliability(reliability))
    if not (previous.index.equals(change.index) and previous.index.equals(clusters.index)):
        raise DataError("Level, change and clusters are not of the same rows in the same order.")
    fit = fit_columns(pd.DataFrame({PREVIOUS: previous, "change": change}), "change", [PREVIOUS])
    found = infer(covariance(fit, "cr2", clusters), level=level)[1]
    rest = found.estimate - expected
    error, df = found.standard_error, found.degrees_of_freedom
    left_over = by_student("left over", rest, error, df, level=level)
    return ChangeSlope(found, expected, left_over, reliability)


def improvement_table(
    frame: pd.DataFrame,
    factors: Sequence[str],
    *,
    previous: str,
    change: str,
    cluster: str,
    reliabilities: Iterable[float],
    level: float = 0.95,
) -> pd.DataFrame:
    """With which factors change goes, by change scores and by analysis of covariance.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        Last year's level, change, factors, cluster.
    factors : sequence of str
        Columns to explain with; an intercept is added.
    previous, change, cluster : str
        Columns.
    reliabilities : iterable of float
        Of last year's index: one corrected analysis for each (both routes, or the ends of an
        interval).
    level : float, default 0.95
        Of the intervals.

    Returns
    -------
    DataFrame
        method (`change`; `covariance` takes last year's level as free of error; `corrected`),
        reliability (missing for `change`), and the fields of `Estimate` for each coefficient.
        That of last year's level is the slope of this year's level on last year's: 1 minus it
        is how fast levels draw together.

    Raises
    ------
    DataError
        What `errors_in_variables` and `least_squares` refuse.

    Notes
    -----
    Change scores fix the slope of this year's level on last year's at 1, the analysis of
    covariance estimates it, biased towards 0 by error in last year's level; the corrected one
    takes that bias out. Where the corrected slope is 1, change scores and it agree.

    Verification: closed form: least squares where the slope is one; each correction as in
    errors_in_variables.

    References
    ----------
    Lord, F. M. (1967). A paradox in the interpretation of group comparisons. Psychological
    Bulletin, 68(5), 304-305.
    """
    data = numbers(frame, [change, previous, *factors]).rename(columns={previous: PREVIOUS})
    current = data.assign(current=data[PREVIOUS] + data[change])
    plain = fit_columns(data, change, list(factors))
    kinds: list[tuple[str, float, tuple[Estimate, ...]]] = [
        ("change", np.nan, infer(covariance(plain, "cr2", frame[cluster]), level=level))
    ]
    fit = fit_columns(current, "current", [PREVIOUS, *factors])
    kinds.append(("covariance", 1.0, infer(covariance(fit, "cr2", frame[cluster]), level=level)))
    for reliability in reliabilities:
        found = errors_in_variables(
            fit, PREVIOUS, reliability, clusters=frame[cluster], level=level
        )
        kinds.append(("corrected", reliability, found))
    return pd.DataFrame(
        {"method": method, "reliability": reliability, **vars(found)}
        for method, reliability, all_found in kinds
        for found in all_found
    )


def errors_in_variables(
    fit: LeastSquares, name: str, reliability: float, *, clusters: pd.Series, level: float = 0.95
) -> tuple[Estimate, ...]:
    """Least squares corrected for error of known size in one column.

    Parameters
    ----------
    fit : LeastSquares
        Unweighted, with the column as it was measured.
    name : str
        The column with error.
    reliability : float
        Share of its variance that is not error, above 0 and up to 1.
    clusters : Series, shape (n,)
        Label of each row's cluster.
    level : float, default 0.95
        Of the intervals.

    Returns
    -------
    tuple of Estimate
        In the order of the columns.

    Raises
    ------
    ParameterError
        No such column.
    DataError
        A reliability that is no share, or one so low that the other columns
        explain more of the column than is not error, a cluster that alone decides a coefficient.

    Notes
    -----
    b = (X'X - n E)^-1 X'y, E holding the error's variance v = (1 - reliability) var at the
    column's place (var over n, not n - 1) and 0 elsewhere. The covariance is the sum over
    clusters of (b_(g) - b)(b_(g) - b)', b_(g) being the estimate without cluster g: with a
    reliability of 1 it is `cr3`. Degrees of freedom are Satterthwaite's of the uncorrected fit,
    which rests on the same clusters. Assumes error independent of everything else, this year's
    error included, of one variance, with a reliability that is known: the intervals do not hold
    the doubt about it, so give several.

    Verification: closed form, and by simulation (100 tables, four binomial errors).

    References
    ----------
    Fuller, W. A. (1987). Measurement Error Models. Wiley, chapter 2.
    """
    place = fit.place(name)
    noise = (1 - checked_reliability(reliability)) * fit.x[:, place].var()
    # Of the column, what the others leave over: 1 / ((X'X)^-1)_jj; error cannot be all of it.
    if not len(fit.y) * noise < 1 / fit.bread[place, place]:
        raise DataError(
            f"With a reliability of {reliability:.3g} the error of {name} is larger than what "
            "the other columns leave unexplained of it; expected a higher reliability or fewer "
            "factors."
        )
    usual = covariance(fit, "cr2", clusters)
    if usual.alone:
        raise DataError(
            f"One cluster alone decides {', '.join(usual.alone)}: without it there is no such "
            "coefficient, and no error. Leave the column out, or choose another grouping."
        )
    beta = _corrected(fit.x, fit.y, place, reliability)
    parts = clusters_of(clusters, fit.rows).rows
    rest = [(np.delete(fit.x, rows, axis=0), np.delete(fit.y, rows)) for rows in parts]
    moves = np.array([_corrected(x, y, place, reliability) for x, y in rest]) - beta
    errors = np.sqrt((moves**2).sum(axis=0))
    found = zip(fit.names, beta, errors, usual.degrees_of_freedom(), strict=True)
    return tuple(by_student(n, float(b), float(e), float(df), level=level) for n, b, e, df in found)


def _corrected(x: Floats, y: Floats, place: int, reliability: float) -> Floats:
    moments = x.T @ x
    moments[place, place] -= len(y) * (1 - reliability) * x[:, place].var()
    return np.asarray(np.linalg.solve(moments, x.T @ y))
