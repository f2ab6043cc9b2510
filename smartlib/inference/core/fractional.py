"""Fractional logit of a bounded index, read as average marginal associations (floor 3)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from math import nan
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit

from smartlib.inference.core.clusters import Clusters, clusters_of, cr1
from smartlib.inference.core.estimates import Estimate, by_student
from smartlib.inference.core.formulas import FUNCTIONS, INTERCEPT, Design, design_of, read_formula
from smartlib.inference.core.least_squares import Floats, least_squares
from smartlib.inference.core.models import FittedModel, check_size, fit
from smartlib.inference.terms import rows_where
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.levels import checked_level
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import formulas as say


@dataclass(frozen=True, eq=False)
class FractionalLogit:
    """A fractional logit, and what it says in index points.

    Attributes
    ----------
    formula, outcome : str
        As given, and its left side.
    coefficients : tuple of Estimate
        On the logit scale, intercept first, then in the formula's order.
    average_marginal : tuple of Estimate
        Average marginal associations (the literature says average marginal effects): outcome
        units for one unit of a column of the design; for a 0/1 column the average difference
        between 1 and 0, for a category between it and the reference. Columns of variables
        that stand in several terms are left out, since such terms do not move alone.
    n, clusters : int
        Rows and clusters.
    lowest, highest : float
        Bounds between which the outcome was scaled, in its unit.
    level : float
        Of the intervals.
    dropped : dict of str to str
        Rows left out, by label, with the columns whose value is missing.
    """

    formula: str
    outcome: str
    coefficients: tuple[Estimate, ...]
    average_marginal: tuple[Estimate, ...]
    n: int
    clusters: int
    lowest: float
    highest: float
    level: float
    dropped: dict[str, str]


def fractional_logit(
    formula: str,
    frame: pd.DataFrame,
    *,
    highest: float,
    lowest: float = 0.0,
    cluster: str = "province",
    level: float = 0.95,
    allow_small: bool = False,
) -> FractionalLogit:
    """Fractional logit with cluster-robust errors, and its average marginal associations.

    Parameters
    ----------
    formula : str
        As in `fit`; the left side lies between the bounds.
    frame : DataFrame, shape (rows, ...)
        Its columns can be named; a row with a missing value is left out and named.
    highest : float
        Upper end of the outcome's scale, in its unit: that of the scheme.
    lowest : float, default 0
        Lower end. The published index lies on 0 to the highest mark, since a missing
        Collaboration counts as 0.
    cluster : str, default "province"
        Column of the clusters.
    level : float, default 0.95
        Of the intervals, between 0 and 1.
    allow_small : bool, default False
        Whether fewer than 10 rows a coefficient are fitted.

    Returns
    -------
    FractionalLogit

    Raises
    ------
    ParameterError
        The formula cannot be used, no such column, a level outside (0, 1).
    DataError
        An outcome outside its bounds, fewer than 10 rows a coefficient, columns that are
        constant or determine each other, fewer than two clusters, no convergence.

    Notes
    -----
    E[(y - a) / (b - a) | x] = L(x'g) with the logistic function L, fitted by the Bernoulli
    quasi-likelihood, so that no distribution of y is assumed but its mean. The covariance is
    the sandwich with scores summed by cluster, times G / (G - 1) (n - 1) / (n - k); t with
    G - 1 degrees of freedom. The average marginal association of column j is
    (b - a) g_j mean(L'(x_i'g)), that of a 0/1 column (b - a) mean(L(x_i'g | 1) - L(x_i'g | 0));
    errors by the delta method, the x taken as given. It stands beside least squares: where the
    fitted values keep away from the bounds, the two hardly differ. With few clusters these
    intervals are narrower than they should be; `cr2` is the guarded reading.

    Verification: R: glm and sandwich 3.0-2, to 1e-5.

    References
    ----------
    Papke, L. E., and Wooldridge, J. M. (1996). Econometric methods for fractional response
    variables with an application to 401(k) plan participation rates. Journal of Applied
    Econometrics, 11(6), 619-632.
    """
    checked_level(level)
    if cluster not in frame.columns:
        raise ParameterError(say.NO_CLUSTER_BY(cluster=cluster))
    design = design_of(read_formula(formula, list(map(str, frame.columns))), frame)
    check_size(design, len(frame), allow_small)
    _check_bounds(design, lowest, highest)
    least_squares(design.x, design.y, design.names, design.rows)  # refuses a design that is none
    groups = clusters_of(frame.loc[design.is_used, cluster], design.rows)
    beta, matrix = _quasi_likelihood(design.x, (design.y - lowest) / (highest - lowest), groups)
    names, jacobian, marginal = _average_marginal(design, beta, highest - lowest)
    df = len(groups) - 1
    return FractionalLogit(
        formula=formula,
        outcome=design.outcome,
        coefficients=_records(design.names, beta, np.diag(matrix), df, level),
        average_marginal=_records(
            names, marginal, np.einsum("ij,jk,ik->i", jacobian, matrix, jacobian), df, level
        ),
        n=len(design.y),
        clusters=len(groups),
        lowest=lowest,
        highest=highest,
        level=level,
        dropped=design.dropped,
    )


def fit_logit(
    formula: str,
    frame: pd.DataFrame,
    *,
    cluster: str = "province",
    level: float = 0.95,
    allow_small: bool = False,
    where: str = "",
) -> FittedModel:
    """Logit of an outcome that is 0 or 1, read as average marginal associations.

    Parameters
    ----------
    formula : str
        As in `fit`, without `|`; the left side is 0 or 1.
    frame, cluster, level, allow_small, where
        As in `fit`.

    Returns
    -------
    FittedModel
        Of the family `logit`: its coefficients are the average marginal associations.

    Raises
    ------
    ParameterError
        What `fit` refuses; levels to absorb.
    DataError
        What `fit` refuses; an outcome of other values, or one that factors tell without error.

    Notes
    -----
    Maximum likelihood, with the sandwich summed by cluster (CR1, G - 1 degrees of freedom) and
    the delta method; see `fractional_logit`. R squared is McFadden's, 1 - log L / log L0.

    Verification: R: glm and sandwich 3.0-2, to 1e-5.

    References
    ----------
    McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior. In P.
    Zarembka (ed.), Frontiers in Econometrics, 105-142. New York: Academic Press.
    """
    if "|" in formula:
        raise ParameterError(say.LOGIT_ABSORBS())
    linear = fit(
        formula, frame, se="cr1", cluster=cluster, level=level, allow_small=True, where=where
    )
    if not linear.is_probability:
        raise DataError(say.NOT_BINARY(outcome=linear.outcome))
    holds, _ = rows_where(where, frame)
    found = fractional_logit(
        formula, frame[holds], highest=1, cluster=cluster, level=level, allow_small=allow_small
    )
    y, x = linear.least_squares.y, linear.least_squares.x
    fitted = expit(x @ np.array([c.estimate for c in found.coefficients]))
    pseudo = 1 - _log_likelihood(y, fitted) / _log_likelihood(y, np.full(len(y), y.mean()))
    shown = {c.name for c in found.average_marginal} | {INTERCEPT}
    plain = linear.goodness
    return replace(
        linear,
        coefficients=found.average_marginal,
        beside=(),
        r_squared=pseudo,
        goodness=replace(
            plain,
            r_squared=pseudo,
            adjusted_r_squared=nan,
            within_r_squared=nan,
            f=nan,
            f_p_value=nan,
            standardised={},
        ),
        family="logit",
        joint=tuple(c.name for c in found.coefficients if c.name not in shown),
        link_coefficients=found.coefficients,
        alone={},
        refusals=(),
        no_beside="",
    )


def fit_family(
    formula: str,
    frame: pd.DataFrame,
    *,
    family: str = "ols",
    se: str = "cr2",
    weights: str = "",
    **options: Any,
) -> FittedModel:
    """A formula by least squares, or by a logit.

    Parameters
    ----------
    formula, frame, se, weights
        As in `fit`.
    family : {"ols", "logit"}, default "ols"
        Which.
    **options
        As in `fit` and `fit_logit`.

    Returns
    -------
    FittedModel

    Raises
    ------
    ParameterError
        Another family; a logit with weights or with errors of another kind than its own.
    DataError
        As in `fit` and `fit_logit`.
    """
    if family == "ols":
        return fit(formula, frame, se=se, weights=weights, **options)
    if family != "logit":
        raise ParameterError(say.NO_FAMILY(family=family))
    if weights:
        raise ParameterError(say.LOGIT_WEIGHTS())
    if se not in ("cr1", "cr2"):
        raise ParameterError(say.LOGIT_ERRORS(se=se))
    return fit_logit(formula, frame, **options)


def _log_likelihood(y: Floats, share: Floats) -> float:
    with np.errstate(divide="ignore"):  # a share of 1 or 0 that is right counts nothing
        return float(np.where(y > 0.5, np.log(share), np.log1p(-share)).sum())


def _check_bounds(design: Design, lowest: float, highest: float) -> None:
    outside = design.rows[(design.y < lowest) | (design.y > highest)]
    if len(outside):
        raise DataError(
            f"{design.outcome} lies outside {lowest:g} to {highest:g} in row "
            f"{listed(outside)}; give the ends of its scale, or fit by least "
            "squares."
        )


def _quasi_likelihood(x: Floats, share: Floats, groups: Clusters) -> tuple[Floats, Floats]:
    """Coefficients and their cluster-robust covariance."""
    # Imported here: it takes a second, and most reports fit nothing.
    from statsmodels.genmod.families import Binomial  # noqa: PLC0415
    from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415

    found = GLM(share, x, family=Binomial()).fit(tol=1e-12)
    if not (found.converged and np.isfinite(found.params).all()):
        raise DataError(say.NO_CONVERGENCE())
    beta = np.asarray(found.params)
    scores = x * (share - expit(x @ beta))[:, None]
    return beta, cr1(scores @ np.linalg.inv((x.T * _density(x @ beta)) @ x), groups)


def _average_marginal(
    design: Design, beta: Floats, span: float
) -> tuple[tuple[str, ...], Floats, Floats]:
    """Names, derivatives with respect to the coefficients, and the associations themselves."""
    x, density = design.x, _density(design.x @ beta)
    names, jacobian, marginal = [], [], []
    for j in _alone(design):
        if np.isin(x[:, j], (0, 1)).all():
            with_one, with_none = x.copy(), x.copy()
            same = [i for i, term in enumerate(design.terms) if term == design.terms[j]]
            with_one[:, same], with_none[:, same] = 0, 0  # one category excludes the others
            with_one[:, j] = 1
            difference = expit(with_one @ beta) - expit(with_none @ beta)
            slope = _density(with_one @ beta) @ with_one - _density(with_none @ beta) @ with_none
            marginal.append(difference.mean())
            jacobian.append(slope / len(x))
        else:
            bend = density * (1 - 2 * expit(x @ beta))
            marginal.append(beta[j] * density.mean())
            slope = beta[j] * (bend @ x) / len(x)
            slope[j] += density.mean()
            jacobian.append(slope)
        names.append(design.names[j])
    shape = (len(names), len(beta))
    return tuple(names), span * np.array(jacobian).reshape(shape), span * np.array(marginal)


def _density(eta: Floats) -> Floats:
    """Slope of the logistic function."""
    return expit(eta) * expit(-eta)


def _alone(design: Design) -> list[int]:
    """Columns that can move while the others stay: their variables are in no other term."""
    words = {t: set(re.findall(r"[^\W\d]\w*", t)) - set(FUNCTIONS) for t in set(design.terms)}
    uses = Counter(word for found in words.values() for word in found)
    single = {term for term, found in words.items() if all(uses[word] == 1 for word in found)}
    return [j for j, t in enumerate(design.terms) if t != INTERCEPT and t in single]


def _records(
    names: tuple[str, ...], estimate: Floats, variance: Floats, df: int, level: float
) -> tuple[Estimate, ...]:
    found = zip(names, estimate.tolist(), np.sqrt(variance).tolist(), strict=True)
    return tuple(by_student(name, b, error, float(df), level=level) for name, b, error in found)
