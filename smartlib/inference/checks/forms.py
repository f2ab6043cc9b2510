"""One factor in several functional forms, read on one comparable contrast (floor 3).

A straight line is one choice of many. Each form here is scaled so that its coefficient is the
difference in the outcome between the lower and the upper quartile of the factor: the same
question to all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special, stats

from smartlib.index.multiple_testing import max_t
from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.least_squares import Floats, LeastSquares, least_squares
from smartlib.inference.core.sandwich import infer
from smartlib.inference.core.wild_bootstrap import WildBootstrap, wild_bootstrap
from smartlib.vocabulary.errors import DataError, ParameterError

SQUARE = " squared"  # after a column's name


@dataclass(frozen=True)
class Form:
    """A functional form: what stands in the regression in place of the factor.

    Attributes
    ----------
    make : callable
        From the factor, shape (n,), to the values that have the slope.
    defined : callable
        Whether each value can be taken.
    needs : str
        Which values these are, in words.
    is_curved : bool
        Whether the square stands beside.
    """

    make: Callable[[Floats], Floats]
    defined: Callable[[Floats], np.ndarray]
    needs: str = "any number"
    is_curved: bool = False


def _anything(x: Floats) -> np.ndarray:
    return np.isfinite(x)


def _ranked(x: Floats) -> Floats:
    """Place among the rows, from 0 to 1."""
    return np.asarray((stats.rankdata(x) - 0.5) / len(x))


FORMS: Mapping[str, Form] = {
    "level": Form(np.asarray, _anything),
    "log": Form(np.log, lambda x: x > 0, "numbers above 0"),
    "root": Form(np.sqrt, lambda x: x >= 0, "numbers of 0 or more"),
    "logit": Form(special.logit, lambda x: (x > 0) & (x < 1), "shares above 0 and below 1"),
    "quadratic": Form(np.asarray, _anything, is_curved=True),
    "rank": Form(_ranked, _anything),
}


@dataclass(frozen=True, eq=False)
class Contrasts:
    """The contrast between the quartiles under each form.

    Attributes
    ----------
    factor : str
        Whose forms these are.
    low, high : float
        Its quartiles among the rows.
    table : DataFrame
        Indexed by form: the fields of `Estimate` (CR2), p_wild (wild cluster bootstrap), p_max_t
        (the same over all forms listed), aic.
    undefined : tuple of str
        Forms that some value does not allow.
    """

    factor: str
    low: float
    high: float
    table: pd.DataFrame
    undefined: tuple[str, ...]


def quartiles(values: ArrayLike) -> tuple[float, float]:
    """Lower and upper quartile (linear interpolation, R's type 7)."""
    low, high = np.quantile(np.asarray(values, dtype=np.float64), [0.25, 0.75])
    return float(low), float(high)


def formed(values: Floats, form: str, ends: tuple[float, float]) -> Floats:
    """A factor in one form, so that its coefficient is the contrast between two values.

    Parameters
    ----------
    values : array, shape (n,)
        The factor.
    form : str
        Of `FORMS`.
    ends : (float, float)
        The two values, low and high. Ranks are read over half of the rows whatever these are.

    Returns
    -------
    array, shape (n, 1) or (n, 2)
        The column with the contrast; for the quadratic a second one that bends.

    Raises
    ------
    ParameterError
        No such form.
    DataError
        A value that the form does not allow, or ends that are the same in it.

    Notes
    -----
    g(x) / (g(high) - g(low)) for one column. For b x + c x^2 the columns x / d and
    x^2 - (h/d) x, with d = high - low and h = high^2 - low^2, have the coefficients b d + c h,
    which is the contrast, and c.
    """
    if form not in FORMS:
        raise ParameterError(f"No form is called '{form}'; there are {', '.join(FORMS)}.")
    entry, both = FORMS[form], np.array(ends)
    if not entry.defined(np.append(values, both)).all():
        raise DataError(f"The form '{form}' needs {entry.needs}; leave it out.")
    step = 0.5 if form == "rank" else float(np.diff(entry.make(both))[0])
    if not step:
        raise DataError("The quartiles are the same value: there is no contrast between them.")
    line = entry.make(values) / step
    if not entry.is_curved:
        return np.asarray(line[:, None])
    return np.column_stack([line, values**2 - (both**2 @ [-1, 1]) * line])


def with_form(fit: LeastSquares, factor: str, form: str, ends: tuple[float, float]) -> LeastSquares:
    """The same regression with a factor in another form, its coefficient being the contrast.

    Parameters
    ----------
    fit : LeastSquares
        Unweighted, with the factor in its level.
    factor, form, ends
        As in `formed`.

    Raises
    ------
    ParameterError, DataError
        As in `formed` and `least_squares`.
    """
    place = fit.place(factor)
    made = formed(fit.x[:, place], form, ends)
    x = fit.x.copy()
    x[:, place] = made[:, 0]
    names = [*fit.names, *[factor + SQUARE] * (made.shape[1] - 1)]
    return least_squares(np.column_stack([x, made[:, 1:]]), fit.y, names, fit.rows)


def form_contrasts(
    fit: LeastSquares, factor: str, clusters: ArrayLike, *, forms: Sequence[str] = tuple(FORMS)
) -> Contrasts:
    """What the outcome differs by between the quartiles of a factor, under several forms.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows, unweighted, with the factor in its level.
    factor : str
        Its column.
    clusters : array, shape (n,)
        Label of each row's cluster.
    forms : sequence of str, optional
        Of `FORMS`, listed beforehand: the adjustment is over these.

    Returns
    -------
    Contrasts

    Raises
    ------
    ParameterError
        No such factor or form.
    DataError
        No form can be taken; a cluster that alone decides the contrast.

    Notes
    -----
    Each coefficient is the contrast by construction (`formed`). p_max_t: how often the largest
    |t| over the forms, in the wild cluster bootstrap with the same weights for all, reaches a
    form's own. AIC = n (log(2 pi RSS/n) + 1) + 2 (k + 1), a description: a form chosen for it
    has no honest interval.

    Verification: R: clubSandwich 0.5.8, to 1e-8; the bootstrap as in wild_bootstrap.
    """
    place = fit.place(factor)
    ends = quartiles(fit.x[:, place])
    undefined = tuple(
        form for form in forms if form in FORMS and not FORMS[form].defined(fit.x[:, place]).all()
    )
    rows, drawn = {}, {}
    for form in (form for form in forms if form not in undefined):
        found = with_form(fit, factor, form, ends)
        estimate, drawn[form] = judged_twice(found, factor, clusters)
        rows[form] = vars(estimate) | {"p_wild": drawn[form].p_value, "aic": _aic(found)}
    if not rows:
        raise DataError(f"None of the forms {', '.join(forms)} can be taken of {factor}.")
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("form")
    draws = pd.DataFrame({name: found.statistics for name, found in drawn.items()})
    table["p_max_t"] = max_t([found.statistic for found in drawn.values()], draws)
    return Contrasts(factor, *ends, table, undefined)


def judged_twice(
    fit: LeastSquares, name: str, clusters: ArrayLike
) -> tuple[Estimate, WildBootstrap]:
    """A coefficient by CR2 and by the wild cluster bootstrap.

    Raises
    ------
    ParameterError, DataError
        As in `covariance` and `wild_bootstrap`.
    """
    weights = {name: np.eye(len(fit.names))[fit.place(name)]}
    return infer(covariance(fit, "cr2", clusters), weights)[0], wild_bootstrap(fit, name, clusters)


def _aic(fit: LeastSquares) -> float:
    n, k = fit.x.shape
    return float(n * (np.log(2 * np.pi * (fit.residuals @ fit.residuals) / n) + 1) + 2 * (k + 1))
