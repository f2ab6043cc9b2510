"""One group of regions beside another, adjusted for factors in several ways (floor 3).

For one track beside the common one: their published finals are different formulas, so
only an index that both share may be compared. Each estimator answers for a stated set of regions
(its estimand) under a stated assumption; the figures are differences adjusted for factors, no
more, unless that assumption is defended.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.spatial.distance import cdist

from smartlib.inference.core.columns import numbers
from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.estimates import Estimate, by_student
from smartlib.inference.core.least_squares import Floats, least_squares
from smartlib.inference.core.sandwich import infer
from smartlib.inference.programme.balancing import entropy_balance
from smartlib.inference.programme.membership import logit
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.levels import checked_level

CLIP = 0.02  # propensities nearer to 0 or 1 are set here: weights then stay below 50
THIN = 0.1  # Crump and others' rule of thumb: overlap is thin beyond 0.1 and 0.9
SAME_DISTANCE = 1e-9  # neighbours this near to the nearest are as near, but for rounding

EITHER = "either the index in each group or the log odds of the group are linear in the factors"
ASSUMPTIONS = {  # what each needs besides what all share: see `compare_groups`
    "unadjusted": "that groups were formed by lot",
    "regression": "the index is linear in the factors in each group",
    "matching": "near neighbours are near enough, and what distance is left is linear; regions are "
    "independent also inside a province",
    "entropy balancing": f"{EITHER}; the interval takes the weights as given, not as estimated",
    "AIPW": f"{EITHER}, and both for the interval; no factors make a group certain",
}


@dataclass(frozen=True, eq=False)
class Overlap:
    """How far two groups have regions with like factors.

    Attributes
    ----------
    propensity : Series, shape (n,)
        Predicted probability of the group.
    quantiles : DataFrame
        Rows: group (1, 0); columns: least, quarter, median, three_quarters, greatest.
    outside : tuple of str
        Rows beyond the other group's range of propensities.
    share_outside : dict of int to float
        By group.
    share_thin : float
        Of all rows, with a propensity below 0.1 or above 0.9.
    """

    propensity: pd.Series
    quantiles: pd.DataFrame
    outside: tuple[str, ...]
    share_outside: dict[int, float]
    share_thin: float


@dataclass(frozen=True, eq=False)
class _Groups:
    """What all estimators take: outcome, membership, factors, clusters."""

    y: Floats
    is_in: np.ndarray
    x: pd.DataFrame
    clusters: pd.Series
    level: float

    @cached_property
    def propensity(self) -> pd.Series:
        """Predicted probability of the group."""
        return _propensity(self.x.assign(group=self.is_in.astype(float)), "group")


def overlap(frame: pd.DataFrame, group: str, factors: Sequence[str]) -> Overlap:
    """Propensities of a group, and the rows that have no like in the other.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        Group (1 and 0) and factors.
    group : str
        Column of 1 and 0.
    factors : sequence of str
        Columns of the logit.

    Returns
    -------
    Overlap

    Raises
    ------
    DataError
        Missing values, or factors that tell the groups apart without error.

    Notes
    -----
    The common support is the range from the greater of the groups' least propensities to the
    lesser of their greatest.

    Verification: R: glm, to 1e-7; its range and shares by definition.

    References
    ----------
    Crump, R. K., Hotz, V. J., Imbens, G. W., and Mitnik, O. A. (2009). Dealing with limited
    overlap in estimation of average treatment effects. Biometrika, 96(1), 187-199.
    """
    p = _propensity(numbers(frame, [group, *factors]), group)
    is_in = frame[group] == 1
    parts = {1: p[is_in], 0: p[~is_in]}
    low, high = _common_range(p, is_in)
    names = ["least", "quarter", "median", "three_quarters", "greatest"]
    quantiles = pd.DataFrame(
        {g: q.quantile([0, 0.25, 0.5, 0.75, 1]).array for g, q in parts.items()}
    )
    return Overlap(
        p,
        quantiles.T.set_axis(names, axis=1).rename_axis("group"),
        tuple(map(str, p.index[~p.between(low, high)])),
        {g: float((~q.between(low, high)).mean()) for g, q in parts.items()},
        float((~p.between(THIN, 1 - THIN)).mean()),
    )


def compare_groups(
    frame: pd.DataFrame,
    outcome: str,
    group: str,
    factors: Sequence[str],
    *,
    cluster: str,
    neighbours: int = 1,
    level: float = 0.95,
) -> pd.DataFrame:
    """Differences between two groups, adjusted for factors by each estimator.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        Outcome, group (1 and 0), factors, cluster.
    outcome : str
        An index that is the same formula in both groups.
    group : str
        Column of 1 and 0.
    factors : sequence of str
        Columns to adjust for.
    cluster : str
        Column that errors are clustered by, but for matching.
    neighbours : int, default 1
        Matches of each row of the group.
    level : float, default 0.95
        Of the intervals.

    Returns
    -------
    DataFrame
        estimator, estimand (`all`: average over all rows; `group`: over the group's rows;
        `common`: over all rows in the range of propensities that both groups reach), errors,
        assumption, and the fields of `Estimate`; a row without figures has a reason.

    Raises
    ------
    DataError
        Missing values, a group that is not 1 and 0, a level outside (0, 1).

    Notes
    -----
    To be read as more than a description, all but the unadjusted difference need that regions of
    the two groups with the same factors differ by nothing else that goes with the index; the
    column of assumptions says what each needs besides.

    `regression`: least squares with factors centred at the estimand's means and their products
    with the group, so that each group has its own slopes (Lin, 2013). `matching`: each of the
    group beside its nearest others, with replacement, by Mahalanobis' distance with the
    covariance inside the groups, what distance is left taken out by regression (Abadie, Imbens,
    2006, 2011). `entropy balancing`: the others weighted to the group's means; the factors stay
    in the weighted regression, where they cannot move the estimate but take what they explain
    out of its error (Hainmueller, 2012; Zhao, Percival, 2017). `AIPW`: regression of each group,
    its residuals weighted by the inverse propensity (Robins, Rotnitzky, Zhao, 1994);
    propensities beyond 0.02 and 0.98 are set there, and degrees of freedom are those of the
    regression adjustment, which rests on the same clusters. Its estimate is right if either
    model is; its error leaves out that both were estimated, which is right if both are. For
    `common` rows beyond `overlap`'s common range are left out and both models fitted anew to the
    others (Crump and others, 2009). Balancing weights are taken as given.

    Verification: R: lm, glm, optim and clubSandwich 0.5.8, to 1e-8 (AIPW to 1e-7); matching by
    loops in R, its pairs MatchIt's; and by simulation (40 tables, four errors).

    References
    ----------
    Abadie, A., and Imbens, G. W. (2006). Large sample properties of matching estimators for
    average treatment effects. Econometrica, 74(1), 235-267.

    Abadie, A., and Imbens, G. W. (2011). Bias-corrected matching estimators for average
    treatment effects. Journal of Business & Economic Statistics, 29(1), 1-11.

    Crump, R. K., Hotz, V. J., Imbens, G. W., and Mitnik, O. A. (2009). Dealing with limited
    overlap in estimation of average treatment effects. Biometrika, 96(1), 187-199.

    Hainmueller, J. (2012). Entropy balancing for causal effects: a multivariate reweighting
    method to produce balanced samples in observational studies. Political Analysis, 20(1),
    25-46.

    Lin, W. (2013). Agnostic notes on regression adjustments to experimental data: reexamining
    Freedman's critique. Annals of Applied Statistics, 7(1), 295-318.

    Robins, J. M., Rotnitzky, A., and Zhao, L. P. (1994). Estimation of regression coefficients
    when some regressors are not always observed. Journal of the American Statistical
    Association, 89(427), 846-866.

    Zhao, Q., and Percival, D. (2017). Entropy balancing is doubly robust. Journal of Causal
    Estimate, 5(1).
    """
    data = _groups(numbers(frame, [outcome, group, *factors]), frame[cluster], level)
    plain = _Groups(data.y, data.is_in, data.x[[]], data.clusters, level)
    cr2, pairs = "CR2 by cluster", "Abadie and Imbens, rows independent"
    scores = "influence function by cluster"
    plan: list[tuple[str, str, str, Callable[[], Estimate]]] = [
        ("unadjusted", "group", cr2, lambda: _regression(plain, "group")),
        ("regression", "all", cr2, lambda: _regression(data, "all")),
        ("regression", "group", cr2, lambda: _regression(data, "group")),
        ("matching", "group", pairs, lambda: _matching(data, neighbours)),
        ("entropy balancing", "group", cr2, lambda: _balancing(data)),
        ("AIPW", "all", scores, lambda: _aipw(data, "all")),
        ("AIPW", "common", scores, lambda: _aipw(_inside(data), "all")),
        ("AIPW", "group", scores, lambda: _aipw(data, "group")),
    ]
    rows = []
    for estimator, estimand, errors, found in plan:
        head = {"estimator": estimator, "estimand": estimand, "errors": errors}
        head["assumption"] = ASSUMPTIONS[estimator]
        try:
            rows.append({**head, **vars(found()), "reason": ""})
        except DataError as problem:
            rows.append({**head, "reason": str(problem)})
    return pd.DataFrame(rows).drop(columns="name")


def _groups(data: pd.DataFrame, clusters: pd.Series, level: float) -> _Groups:
    """From a table of outcome, group and factors, in this order."""
    group = data.columns[1]
    if set(data[group]) != {0.0, 1.0}:
        raise DataError(f"{group} holds {sorted(set(data[group]))[:10]}; expected both 0 and 1.")
    y, is_in = data.iloc[:, 0].to_numpy(), data[group].to_numpy() == 1
    return _Groups(y, is_in, data.iloc[:, 2:], clusters, checked_level(level))


def _propensity(data: pd.DataFrame, group: str) -> pd.Series:
    found = logit(data, group, [name for name in data if name != group])
    if found.separating:
        raise DataError(
            f"{', '.join(found.separating)} tells the ones of {group} from the zeros without "
            "error, so that no odds ratio is finite; leave it out or join it with another factor."
        )
    return found.probability


def _common_range(p: pd.Series, is_in: ArrayLike) -> tuple[float, float]:
    """From the greater of the groups' least propensities to the lesser of their greatest."""
    parts = [part for _, part in p.groupby(np.asarray(is_in))]
    return max(part.min() for part in parts), min(part.max() for part in parts)


def _inside(data: _Groups) -> _Groups:
    """The rows in the common range of propensities."""
    ends = _common_range(data.propensity, data.is_in)
    kept = data.propensity.between(*ends).to_numpy()
    return _Groups(data.y[kept], data.is_in[kept], data.x[kept], data.clusters[kept], data.level)


def _regression(data: _Groups, estimand: str, weights: pd.Series | None = None) -> Estimate:
    """Coefficient of the group in a regression with factors centred at the estimand's means.

    With interactions of group and factors each group has its own slopes, so that the coefficient
    is the mean over the estimand's rows of the two lines' difference. Under balancing
    weights there is nothing for slopes to change.
    """
    rows = data.is_in if estimand == "group" else slice(None)
    centred = data.x - data.x[rows].mean()
    inside = centred.mul(data.is_in, axis=0).add_suffix(" inside")
    parts = [centred] if weights is not None else [centred, inside]
    design = pd.concat(parts, axis=1)
    design.insert(0, "difference", data.is_in.astype(float))
    design.insert(0, "intercept", 1.0)
    fit = least_squares(design, data.y, design.columns, data.x.index, weights=weights)
    return infer(covariance(fit, "cr2", data.clusters), level=data.level)[1]


def _balancing(data: _Groups) -> Estimate:
    """Group mean minus the others' mean, weighted by entropy to the group's means of factors.

    Computed as a weighted regression with the factors, the weights taken as given.
    """
    others, target = data.x[~data.is_in], data.x[data.is_in].mean()
    weights = pd.Series(1.0, data.x.index)
    weights[~data.is_in] = entropy_balance(others, target).weights
    return _regression(data, "group", weights)


def _matching(data: _Groups, neighbours: int) -> Estimate:
    """Each of the group beside its nearest others, with replacement, bias-corrected.

    Distances are Mahalanobis', with the covariance inside the groups; ties share. A match is
    moved by b'(x_i - x_j), b being the slopes of the others' regression weighted by how often
    they serve.
    V = [sum_group (y_i - match_i - t)^2 + sum_others (K_j^2 - K'_j) s_j^2] / n_1^2, K_j being the
    sum of shares in which row j serves and K'_j that of squared shares, s_j^2 the variance that
    row j and the nearest of its own group show.
    """
    x, y, is_in = data.x.to_numpy(), data.y, data.is_in
    if not 0 < neighbours < int((~is_in).sum()):
        raise DataError(
            f"{neighbours} neighbours of {int((~is_in).sum())}; expected fewer, above 0."
        )
    inside = [x[part] - x[part].mean(axis=0) for part in (is_in, ~is_in)]
    spread = sum(part.T @ part for part in inside) / (len(x) - 2)
    if np.linalg.matrix_rank(np.vstack(inside) / x.std(axis=0)) < x.shape[1]:
        raise DataError(f"The factors {', '.join(data.x)} determine each other inside the groups.")
    inverse = np.linalg.inv(spread)
    shares = _shares(cdist(x[is_in], x[~is_in], "mahalanobis", VI=inverse), neighbours)
    served = shares.sum(axis=0)
    used = served > 0
    design = np.column_stack([np.ones(used.sum()), x[~is_in][used]])
    root = np.sqrt(served[used])
    slopes = np.linalg.lstsq(design * root[:, None], y[~is_in][used] * root, rcond=None)[0][1:]
    match = shares @ y[~is_in] + (x[is_in] - shares @ x[~is_in]) @ slopes
    gaps = y[is_in] - match
    alone = cdist(x[~is_in], x[~is_in], "mahalanobis", VI=inverse)
    np.fill_diagonal(alone, np.inf)
    nearest = _shares(alone, 1)
    halves = 1 / (1 + (nearest**2).sum(axis=1))  # 1/2, or t / (t + 1) where t rows are as near
    variance = halves * (y[~is_in] - nearest @ y[~is_in]) ** 2
    noise = ((served**2 - (shares**2).sum(axis=0)) * variance).sum()
    error = np.sqrt(((gaps - gaps.mean()) ** 2).sum() + noise) / is_in.sum()
    return by_student("difference", float(gaps.mean()), float(error), np.inf, level=data.level)


def _shares(distances: Floats, neighbours: int) -> Floats:
    """Each row's nearest columns, sharing its weight equally; ties at the edge are let in."""
    edge = np.partition(distances, neighbours - 1, axis=1)[:, neighbours - 1 : neighbours]
    near = distances <= edge + SAME_DISTANCE
    return np.asarray(near / near.sum(axis=1, keepdims=True))


def _aipw(data: _Groups, estimand: str) -> Estimate:
    """Regression of each group, its residuals weighted by the inverse propensity.

    `all`: mean of m1 - m0 + D (y - m1) / e - (1 - D)(y - m0) / (1 - e); `group`: mean of
    [D - (1 - D) e / (1 - e)](y - m0) / mean(D). The error sums the influence function by
    cluster, times G / (G - 1).
    """
    y, d = data.y, data.is_in.astype(float)
    design = np.column_stack([np.ones(len(y)), data.x])
    e = data.propensity.clip(CLIP, 1 - CLIP).to_numpy()
    m1, m0 = (
        design @ np.linalg.lstsq(design[part], y[part], rcond=None)[0]
        for part in (data.is_in, ~data.is_in)
    )
    if estimand == "all":
        scores = m1 - m0 + d * (y - m1) / e - (1 - d) * (y - m0) / (1 - e)
        estimate = scores.mean()
        influence = scores - estimate
    else:
        scores = (d - (1 - d) * e / (1 - e)) * (y - m0) / d.mean()
        estimate = scores.mean()
        influence = scores - d * estimate / d.mean()
    sums = pd.Series(influence).groupby(data.clusters.to_numpy()).sum().to_numpy()
    error = np.sqrt(len(sums) / (len(sums) - 1) * (sums**2).sum()) / len(y)
    df = _regression(data, estimand).degrees_of_freedom
    return by_student("difference", float(estimate), float(error), df, level=data.level)
