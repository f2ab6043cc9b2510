"""Weights that make one set of regions stand for another (floor 3).

Inverse-probability weights lean on a model of who is in; entropy balancing asks for the target's
means outright. Both come with what they cost: the effective sample size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import optimize
from scipy.special import logsumexp

from smartlib.inference.core.columns import fit_columns, numbers
from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.least_squares import Floats
from smartlib.inference.core.sandwich import infer
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed

MOMENT = 1e-8  # standard deviations by which a balanced mean may miss its target
INSIDE = 1e-9  # smallest share that every row can have: less and the target is at the hull's edge
STEPS = 200  # of Newton's method: it needs some ten where the target lies inside


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights of rows, and what they do.

    Attributes
    ----------
    weights : Series, shape (n,)
        Mean 1.
    balance : DataFrame
        Indexed by factor: target, before, after (means), difference_before, difference_after
        (target minus mean, in standard deviations of the unweighted rows).
    effective_size : float
        Rows of equal weight that would be as precise.
    largest : float
        Largest weight.
    method : {"inverse_probability", "entropy"}
        How the weights were made.
    trim : float
        Quantile above which weights were cut down to it; 1 for none.
    cut : int
        How many were.
    """

    weights: pd.Series
    balance: pd.DataFrame
    effective_size: float
    largest: float
    method: str
    trim: float = 1.0
    cut: int = 0


def effective_size(weights: ArrayLike) -> float:
    """Number of equally weighted rows that are as precise: (sum w)^2 / sum w^2.

    Parameters
    ----------
    weights : array_like, shape (n,)
        Not negative, not all 0.

    Raises
    ------
    DataError
        A negative or missing weight, or none above 0.

    Notes
    -----
    Verification: R: its formula, to 1e-5 under glm's weights; closed form.

    References
    ----------
    Kish, L. (1965). Survey Sampling. Wiley.

    Examples
    --------
    >>> effective_size([1, 1, 2])
    2.6666666666666665
    """
    w = np.asarray(weights, dtype="float64")
    if not (w.size and np.isfinite(w).all() and (w >= 0).all() and w.sum() > 0):
        raise DataError("Weights are numbers of at least 0, one of them above 0.")
    return float(w.sum() ** 2 / (w**2).sum())


def balance_table(
    frame: pd.DataFrame, target: pd.Series, weights: ArrayLike | None = None
) -> pd.DataFrame:
    """Means before and after weighting beside a target's, in standard deviations.

    Parameters
    ----------
    frame : DataFrame, shape (n, k)
        The factors of the rows that are weighted.
    target : Series, shape (k,)
        Means to stand for, by factor.
    weights : array_like, shape (n,), optional
        By default all equal.

    Returns
    -------
    DataFrame
        As `Weights.balance`. The standard deviation is that of the unweighted rows, in both
        columns, so that the two can be compared.

    Raises
    ------
    DataError
        Missing or constant columns, no target for a factor, lengths that differ.
    """
    x, aim = _checked(frame, target)
    w = np.ones(len(x)) if weights is None else np.asarray(weights, dtype="float64")
    if w.shape != (len(x),):
        raise DataError(f"Weights of shape {w.shape} for {len(x)} rows; each row needs one.")
    before, after = x.mean(), pd.Series(w @ x.to_numpy() / w.sum(), x.columns)
    table = {"target": aim, "before": before, "after": after}
    gaps = {f"difference_{name}": (aim - table[name]) / x.std() for name in ("before", "after")}
    return pd.DataFrame({**table, **gaps}).rename_axis("factor")


def inverse_probability_weights(
    frame: pd.DataFrame, is_in: pd.Series, probability: pd.Series, *, trim: float = 0.99
) -> Weights:
    """Stabilised inverse-probability weights of the rows that are in.

    Parameters
    ----------
    frame : DataFrame, shape (n, k)
        Factors of all rows, those in and those out.
    is_in : Series of 0 and 1, shape (n,)
        Who is in.
    probability : Series, shape (n,)
        Of being in, as `membership.logit` predicts it.
    trim : float, default 0.99
        Quantile of the weights above which they are cut down to it; 1 for no trimming.

    Returns
    -------
    Weights
        Of the rows that are in; the target is all n rows.

    Raises
    ------
    DataError
        A probability outside (0, 1] or missing, rows that are not the same, trim outside (0, 1].

    Notes
    -----
    w_i = mean(is_in) / p_i, then scaled to a mean of 1. Assumes that, factors alike, the rows
    that are in are a random draw of all, and that every row could have been in.

    Verification: R: glm, to 1e-5; closed form in cells; and by simulation (60 tables, three
    errors).

    References
    ----------
    Robins, J. M., Hernan, M. A., and Brumback, B. (2000). Marginal structural models and causal
    inference in epidemiology. Epidemiology, 11(5), 550-560.
    """
    if not (frame.index.equals(is_in.index) and frame.index.equals(probability.index)):
        raise DataError("Factors, membership and probabilities are not of the same rows in order.")
    bad = frame.index[~((probability > 0) & (probability <= 1))]
    if len(bad):
        raise DataError(
            f"No probability above 0 and up to 1 for row {listed(bad)}; fit "
            "the logit on these rows, or leave them out."
        )
    if not 0 < trim <= 1:
        raise DataError(f"trim {trim}; expected a quantile above 0 and up to 1, such as 0.99.")
    chosen = is_in == 1
    raw = float(chosen.mean()) / probability[chosen]
    cap = float(raw.quantile(trim))
    found = _weights(frame[chosen], frame.mean(), raw.clip(upper=cap), "inverse_probability")
    return replace(found, trim=trim, cut=int((raw > cap).sum()))


def entropy_balance(
    frame: pd.DataFrame, target: pd.Series, *, base: ArrayLike | None = None
) -> Weights:
    """Weights nearest to the base weights under which the means are the target's.

    Parameters
    ----------
    frame : DataFrame, shape (n, k)
        Factors of the rows to weight; squares and products are columns like any other.
    target : Series, shape (k,)
        Means to reach, by factor.
    base : array_like, shape (n,), optional
        Positive weights to stay near to; by default all equal.

    Returns
    -------
    Weights

    Raises
    ------
    DataError
        The target lies outside the convex hull of the rows or at its edge: no positive weights
        reach it. Missing, constant or redundant columns.

    Notes
    -----
    Minimises sum w log(w / q) subject to sum w = 1 and X'w = target. The solution is
    w ~ q exp(X'l), where l minimises the convex log sum q exp((x_i - target)'l) (Hainmueller,
    2012); Newton's method in a trust region finds it. Assumes that the outcome's mean is linear
    in the columns (or the log odds of being in are): balance beyond the means is not asked for.

    Verification: closed form: moment conditions; brute force: a general solver.

    References
    ----------
    Hainmueller, J. (2012). Entropy balancing for causal effects: a multivariate reweighting
    method to produce balanced samples in observational studies. Political Analysis, 20(1),
    25-46.

    Examples
    --------
    Two rows and a mean between them leave one answer:

    >>> x = pd.DataFrame({"share": [0.0, 1.0]})
    >>> entropy_balance(x, pd.Series({"share": 0.25})).weights.round(6).tolist()
    [1.5, 0.5]
    """
    x, aim = _checked(frame, target)
    z = ((x - aim) / x.std()).to_numpy()
    if np.linalg.matrix_rank(z - z.mean(axis=0)) < z.shape[1]:
        raise DataError(f"The columns {', '.join(x)} determine each other; leave one of them out.")
    _check_inside(x, aim, z)
    q = np.ones(len(x)) if base is None else np.asarray(base, dtype="float64")
    if q.shape != (len(x),) or not ((q > 0) & (q < np.inf)).all():
        raise DataError(f"Base weights: expected {len(x)} positive numbers.")
    w = _dual(z, np.log(q))
    return _weights(x, aim, pd.Series(w, x.index), "entropy")


def under_weights(
    frame: pd.DataFrame,
    outcome: str,
    factors: Sequence[str],
    *,
    clusters: pd.Series,
    weights: Mapping[str, pd.Series | None],
    kind: str = "cr2",
    level: float = 0.95,
) -> pd.DataFrame:
    """One regression under several sets of weights.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        Outcome and factors.
    outcome, factors : str, sequence of str
        Columns; an intercept is added.
    clusters : Series, shape (n,)
        Indexed as `frame`.
    weights : mapping of str to Series or None
        Names of the variants; None for equal weights.
    kind : str, default "cr2"
        A clustered covariance.
    level : float, default 0.95
        Of the intervals.

    Returns
    -------
    DataFrame
        variant, effective_size, and the fields of `Estimate` for each coefficient.

    Raises
    ------
    DataError
        What `least_squares` and `covariance` refuse.

    Notes
    -----
    Errors take the weights as given, not as estimated.

    Verification: R: lm and clubSandwich 0.5.8, weighted rows, to 1e-8.
    """
    rows = []
    for variant, given in weights.items():
        w = None if given is None else given.reindex(frame.index)
        fit = fit_columns(frame, outcome, factors, weights=w)
        size = effective_size(np.ones(len(frame)) if w is None else w)
        for found in infer(covariance(fit, kind, clusters.reindex(frame.index)), level=level):
            rows.append({"variant": variant, "effective_size": size, **vars(found)})
    return pd.DataFrame(rows)


def _checked(frame: pd.DataFrame, target: pd.Series) -> tuple[pd.DataFrame, pd.Series]:
    x = numbers(frame, list(frame.columns))
    aim = target.reindex(x.columns).astype("float64")
    lost = [str(name) for name in x.columns[~np.isfinite(aim)]]
    if lost:
        raise DataError(f"No target mean for {listed(lost)}; give a number for each factor.")
    constant = [str(name) for name in x.columns[x.nunique() < 2]]
    if constant:
        raise DataError(f"{listed(constant)} is the same in every row; leave it out.")
    return x, aim


def _check_inside(x: pd.DataFrame, aim: pd.Series, z: Floats) -> None:
    """The largest share that every row can have at once is above 0 inside the hull only."""
    n = len(z)
    # Unknowns: each row's share above the least share, and that least share itself.
    equal = np.vstack([np.column_stack([z.T, z.sum(axis=0)]), np.r_[np.ones(n), n]])
    cost, due = np.r_[np.zeros(n), -1.0], np.r_[np.zeros(z.shape[1]), 1.0]
    found = optimize.linprog(cost, A_eq=equal, b_eq=due, method="highs")
    if found.status == 0 and found.x[-1] > INSIDE:
        return
    beyond = [str(name) for name in x if not x[name].min() < aim[name] < x[name].max()]
    what = f"{listed(beyond)} by itself" if beyond else "the factors together"
    raise DataError(
        f"No positive weights of these {n} rows reach the target's means: {what} lies outside "
        f"the rows' convex hull, or at its edge. Ask for fewer factors ({', '.join(x)}), or for "
        "a target that these rows can stand for."
    )


def _dual(z: Floats, log_base: Floats) -> Floats:
    """Weights that sum to 1 and balance z at 0."""

    def shares(dual: Floats) -> Floats:
        exponent = log_base + z @ dual
        return np.exp(exponent - logsumexp(exponent))

    def hessian(dual: Floats) -> Floats:
        w = shares(dual)
        mean = z.T @ w
        return (z.T * w) @ z - np.outer(mean, mean)

    found = optimize.minimize(
        lambda dual: logsumexp(log_base + z @ dual),
        np.zeros(z.shape[1]),
        jac=lambda dual: z.T @ shares(dual),
        hess=hessian,
        method="trust-exact",
        options={"gtol": MOMENT / 10, "maxiter": STEPS},
    )
    dual = found.x - np.linalg.solve(hessian(found.x), z.T @ shares(found.x))  # a last polish
    w = shares(dual)
    missed = float(np.abs(z.T @ w).max())
    if not missed < MOMENT:
        raise DataError(
            f"Entropy balancing stopped {missed:.1e} standard deviations short of the target; "
            "the target is too near the edge of what the rows can reach. Ask for fewer factors."
        )
    return np.asarray(w)


def _weights(frame: pd.DataFrame, target: pd.Series, raw: pd.Series, method: str) -> Weights:
    scaled = (raw / raw.mean()).rename("weight")
    table = balance_table(frame, target, scaled)
    return Weights(scaled, table, effective_size(scaled), float(scaled.max()), method)
