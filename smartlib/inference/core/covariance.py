"""Covariances of least-squares coefficients that hold in small samples (floor 3).

Heteroskedasticity-robust and cluster-robust sandwiches in one form: a row by itself is a
cluster of one. With them come the degrees of freedom that make their intervals honest, and the
records that tables print.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from smartlib.inference.core.least_squares import Floats, LeastSquares, listed
from smartlib.vocabulary.errors import DataError, ParameterError

WHOLE = 1e-8  # a leverage this near to 1 is 1, but for the last bits of a float
SHARE = 1e-6  # of a coefficient's standard error: less is none
NOTHING = 1e-10  # a standard error this small beside the classical one is none


@dataclass(frozen=True)
class Kind:
    """A covariance estimator.

    Attributes
    ----------
    power : float
        Residuals of a cluster are multiplied by (I - H_gg) to minus this power.
    clustered : bool
        Whether rows go together in clusters.
    satterthwaite : bool
        Whether each coefficient has its own degrees of freedom.
    """

    power: float
    clustered: bool = False
    satterthwaite: bool = False


KINDS = {
    "hc1": Kind(0),
    "hc2": Kind(1 / 2),
    "hc3": Kind(1),
    "hc2bm": Kind(1 / 2, satterthwaite=True),
    "cr1": Kind(0, clustered=True),
    "cr2": Kind(1 / 2, clustered=True, satterthwaite=True),
    "cr3": Kind(1, clustered=True),
}


@dataclass(frozen=True, eq=False)
class Clusters:
    """Rows that go together.

    Attributes
    ----------
    labels : tuple of str, length G
        In ascending order.
    order : array of int, shape (n,)
        Rows, cluster by cluster.
    starts : array of int, shape (G,)
        Where each cluster starts in `order`.
    """

    labels: tuple[str, ...]
    order: NDArray[np.intp]
    starts: NDArray[np.intp]

    def __len__(self) -> int:
        """Number of clusters."""
        return len(self.labels)

    @property
    def rows(self) -> list[NDArray[np.intp]]:
        """Rows of each cluster."""
        return np.split(self.order, self.starts[1:])

    def sum(self, values: Floats) -> Floats:
        """Sums over the rows of each cluster: (n, ...) to (G, ...)."""
        return np.add.reduceat(values[self.order], self.starts, axis=0)


def clusters_of(fit: LeastSquares, labels: ArrayLike) -> Clusters:
    """The clusters that labels make of a fit's rows.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows.
    labels : array, shape (n,)
        Text or numbers; rows with the same label go together.

    Returns
    -------
    Clusters

    Raises
    ------
    DataError
        Not one label a row, a missing label, fewer than two clusters.
    """
    codes, found = pd.factorize(pd.Series(np.asarray(labels)), sort=True)
    if len(codes) != len(fit.y):
        raise DataError(f"{len(codes)} cluster labels for {len(fit.y)} rows; each row needs one.")
    missing = [row for row, code in zip(fit.rows, codes, strict=True) if code < 0]
    if missing:
        raise DataError(f"No cluster for row {listed(missing)}; name one, or leave the row out.")
    if len(found) < 2:
        raise DataError(
            f"All rows are in the cluster {found[0]}; errors between clusters need two or more. "
            "Choose another grouping, or hc2bm."
        )
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(found)))
    return Clusters(tuple(map(str, found)), order, starts)


@dataclass(frozen=True, eq=False)
class Covariance:
    """Covariance of a fit's coefficients, and how well it is known.

    Attributes
    ----------
    fit : LeastSquares
        Of n rows and k coefficients.
    kind : str
        Name of the estimator.
    matrix : array, shape (k, k)
        Variances and covariances, in the outcome's unit squared.
    fixed_df : float
        n - k where rows are independent, G - 1 where G clusters are.
    clusters : Clusters or None
        Rows that go together: each row by itself for the kinds without clusters; None where
        rows go together by distance.
    alone : dict of str to str
        For the `cr` kinds: coefficients that one cluster alone decides, with that cluster (the
        first, if there are several): without it there would be no such coefficient. Its own
        noise cannot be seen in residuals, so that the standard error holds only the noise of
        the others.
    """

    fit: LeastSquares
    kind: str
    matrix: Floats
    fixed_df: float
    clusters: Clusters | None
    alone: dict[str, str]
    _adjusted: Floats | None  # (n, k): A_g X_g (X'X)^-1, row by row

    @property
    def standard_errors(self) -> Floats:
        """Of the coefficients, in the outcome's unit, shape (k,)."""
        return np.sqrt(np.diag(self.matrix))

    def degrees_of_freedom(self, contrasts: ArrayLike | None = None) -> Floats:
        """Degrees of freedom of the t distribution that the estimator goes with.

        Parameters
        ----------
        contrasts : array, shape (m, k) or (k,), optional
            Combinations of the coefficients; by default each coefficient by itself.

        Returns
        -------
        array, shape (m,)
            Satterthwaite's for hc2bm and cr2, G - 1 for cr1 and cr3, n - k for the others.
        """
        if self.kind in KINDS and KINDS[self.kind].satterthwaite:
            return self.satterthwaite(contrasts)
        return np.full(len(self._combinations(contrasts)), float(self.fixed_df))

    def satterthwaite(self, contrasts: ArrayLike | None = None) -> Floats:
        """Degrees of freedom by matching two moments of the variance estimate.

        Parameters
        ----------
        contrasts : array, shape (m, k) or (k,), optional
            Combinations of the coefficients; by default each coefficient by itself.

        Returns
        -------
        array, shape (m,)
            Between 1 and the number of clusters; missing where no cluster has residuals to
            judge a combination by.

        Raises
        ------
        ParameterError
            Rows go together by distance, not in clusters.

        Notes
        -----
        The variance of c'b is estimated by the sum over clusters of (p_g'e_g)^2 with
        p_g = A_g X_g (X'X)^-1 c. With e = (I - H) u and independent u of one variance (the
        working model) this is a quadratic form of the matrix P with entries
        P_gh = [g = h] p_g'p_g - p_g'H_gh p_h, and the degrees of freedom are
        tr(P)^2 / tr(PP).

        References
        ----------
        Bell, R. M., and McCaffrey, D. F. (2002). Bias reduction in standard errors for linear
        regression with multi-stage samples. Survey Methodology, 28(2), 169-181.

        Pustejovsky, J. E., and Tipton, E. (2018). Small-sample methods for cluster-robust
        variance estimation and hypothesis testing in fixed effects models. Journal of Business
        & Economic Statistics, 36(4), 672-683.
        """
        if self.clusters is None or self._adjusted is None:
            raise ParameterError(
                f"Satterthwaite's degrees of freedom need clusters; {self.kind} has none."
            )
        p = self._adjusted @ self._combinations(contrasts).T
        own = self.clusters.sum(p**2)
        shared = self.clusters.sum(p[:, :, None] * self.fit.basis[:, None, :])
        return np.array([_moments(own[:, i], shared[:, i]) for i in range(p.shape[1])])

    def _combinations(self, contrasts: ArrayLike | None) -> Floats:
        k = len(self.fit.beta)
        given = np.atleast_2d(np.eye(k) if contrasts is None else np.asarray(contrasts, float))
        if given.shape[1] != k:
            raise ParameterError(
                f"A combination of {given.shape[1]} coefficients; the fit has {k}: "
                f"{', '.join(self.fit.names)}."
            )
        return given


@dataclass(frozen=True)
class Inference:
    """What is said of a coefficient, or of a combination of them.

    Attributes
    ----------
    name : str
        Of the coefficient or combination.
    estimate, standard_error : float
        In the outcome's unit for one unit of the column.
    degrees_of_freedom : float
        Of the t distribution; infinite for the normal.
    statistic : float
        Estimate over standard error.
    p_value : float
        Two-sided, of the hypothesis that the coefficient is 0.
    low, high : float
        Ends of the confidence interval.
    """

    name: str
    estimate: float
    standard_error: float
    degrees_of_freedom: float
    statistic: float
    p_value: float
    low: float
    high: float


def covariance(fit: LeastSquares, kind: str, clusters: ArrayLike | None = None) -> Covariance:
    """Robust covariance of least-squares coefficients.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows and k coefficients.
    kind : {"hc1", "hc2", "hc3", "hc2bm", "cr1", "cr2", "cr3"}
        The estimator. `hc` kinds take rows as independent, `cr` kinds only clusters.
    clusters : array, shape (n,), optional
        Label of each row's cluster, for the `cr` kinds.

    Returns
    -------
    Covariance

    Raises
    ------
    ParameterError
        No such kind; clusters given to an `hc` kind or not given to a `cr` kind.
    DataError
        Labels missing or not one a row, fewer than two clusters; for hc2, hc3 and hc2bm a row
        that alone decides a coefficient.

    Notes
    -----
    V = c (X'X)^-1 [sum_g X_g' A_g e_g e_g' A_g X_g] (X'X)^-1 with A_g = (I - H_gg)^-d:

    ======  ===  ====================  ====================================
    kind    d    c                     degrees of freedom
    ======  ===  ====================  ====================================
    hc1     0    n / (n - k)           n - k
    hc2     1/2  1                     n - k
    hc3     1    1                     n - k
    hc2bm   1/2  1                     Satterthwaite, for each coefficient
    cr1     0    G(n-1)/((G-1)(n-k))   G - 1
    cr2     1/2  1                     Satterthwaite, for each coefficient
    cr3     1    1                     G - 1
    ======  ===  ====================  ====================================

    For the `hc` kinds each row is a cluster. cr1 has Stata's factor. hc2 and cr2 are unbiased
    where errors are independent and of one variance (the working model, identity); hc3 and cr3
    are the sum over g of (b - b_(g))(b - b_(g))', b_(g) being the coefficients without cluster
    g (the jackknife, without its factor (G - 1) / G), and err on the wide side. Satterthwaite's
    degrees of freedom for the other kinds: `Covariance.satterthwaite`.

    Where a cluster alone decides a direction (a dummy that no other cluster has), I - H_gg is
    singular and its Moore-Penrose inverse stands for the inverse (any generalised inverse gives
    the same, since residuals have no part in that direction); such coefficients are named in
    `Covariance.alone`.

    With few clusters, or clusters of very unequal size, the degrees of freedom of cr2 may be
    far below G - 1: below about 4 the t distribution itself is a rough guide.

    References
    ----------
    MacKinnon, J. G., and White, H. (1985). Some heteroskedasticity-consistent covariance
    matrix estimators with improved finite sample properties. Journal of Econometrics, 29(3),
    305-325.

    Bell, R. M., and McCaffrey, D. F. (2002). Bias reduction in standard errors for linear
    regression with multi-stage samples. Survey Methodology, 28(2), 169-181.

    Imbens, G. W., and Kolesar, M. (2016). Robust standard errors in small samples: some
    practical advice. Review of Economics and Statistics, 98(4), 701-712.

    Pustejovsky, J. E., and Tipton, E. (2018). Small-sample methods for cluster-robust variance
    estimation and hypothesis testing in fixed effects models. Journal of Business & Economic
    Statistics, 36(4), 672-683.

    Examples
    --------
    The difference of two group means, with hc2, is Welch's:

    >>> from smartlib.inference.core.least_squares import least_squares
    >>> x = [[1, 0], [1, 0], [1, 0], [1, 1], [1, 1]]
    >>> fit = least_squares(x, [1.0, 2.0, 3.0, 5.0, 7.0], ["intercept", "kota"])
    >>> float(covariance(fit, "hc2").standard_errors[1].round(4))  # sqrt(1 / 3 + 2 / 2)
    1.1547
    """
    rule = _checked_kind(kind, clusters)
    alone: dict[str, str] = {}
    if clusters is None:
        groups = _single_rows(fit)
        rotated = _by_row(fit, rule.power)
    else:
        groups = clusters_of(fit, clusters)
        rotated, alone = _by_cluster(fit, groups, rule.power)
    adjusted = rotated @ fit.inverse_root.T
    scores = groups.sum(adjusted * fit.residuals[:, None])
    n, g = len(fit.y), len(groups)
    scale = 1.0 if rule.power else g * (n - 1) / ((g - 1) * fit.residual_df)
    return Covariance(
        fit=fit,
        kind=kind,
        matrix=scale * scores.T @ scores,
        fixed_df=g - 1 if rule.clustered else fit.residual_df,
        clusters=groups,
        alone=alone,
        _adjusted=adjusted,
    )


def infer(
    covariance: Covariance,
    contrasts: Mapping[str, ArrayLike] | None = None,
    *,
    level: float = 0.95,
    degrees_of_freedom: float | None = None,
) -> tuple[Inference, ...]:
    """Estimates with standard errors, t statistics, p-values and intervals.

    Parameters
    ----------
    covariance : Covariance
        Of k coefficients.
    contrasts : mapping of str to array of shape (k,), optional
        Combinations of the coefficients by name; by default each coefficient by itself.
    level : float, default 0.95
        Of the intervals, between 0 and 1.
    degrees_of_freedom : float, optional
        By default those of the covariance; infinity for the normal distribution.

    Returns
    -------
    tuple of Inference
        In the order of the columns or combinations.

    Raises
    ------
    ParameterError
        A level outside (0, 1), degrees of freedom not above 0, a combination of another length.
    DataError
        A combination that no cluster's residuals tell anything of: it has no standard error.

    Notes
    -----
    c'b with standard error s = sqrt(c'Vc); the interval is c'b -+ t s with the quantile t of
    Student's distribution, the p-value that of |c'b| / s.
    """
    fit = covariance.fit
    if not 0 < level < 1:
        raise ParameterError(f"A level of {level}; it lies between 0 and 1, as 0.95.")
    if degrees_of_freedom is not None and not degrees_of_freedom > 0:
        raise ParameterError(f"{degrees_of_freedom} degrees of freedom; a number above 0 is due.")
    names = fit.names if contrasts is None else tuple(contrasts)
    rows = None if contrasts is None else np.array(list(contrasts.values()), dtype=float)
    weights = covariance._combinations(rows)
    error = _standard_errors(covariance, weights, names)
    if degrees_of_freedom is None:
        df = covariance.degrees_of_freedom(weights)
    else:
        df = np.full(len(names), float(degrees_of_freedom))
    estimate = weights @ fit.beta
    statistic = estimate / error
    p_value = 2 * stats.t.sf(np.abs(statistic), df)
    half = stats.t.ppf((1 + level) / 2, df) * error
    table = np.column_stack(
        [estimate, error, df, statistic, p_value, estimate - half, estimate + half]
    )
    return tuple(Inference(name, *row) for name, row in zip(names, table.tolist(), strict=True))


def _checked_kind(kind: str, clusters: ArrayLike | None) -> Kind:
    if kind not in KINDS:
        raise ParameterError(f"No covariance is called '{kind}'; there are {', '.join(KINDS)}.")
    rule = KINDS[kind]
    if rule.clustered and clusters is None:
        raise ParameterError(f"{kind} needs clusters: a label for each row.")
    if not rule.clustered and clusters is not None:
        raise ParameterError(f"{kind} takes rows as independent; for clusters take cr1, cr2, cr3.")
    return rule


def _single_rows(fit: LeastSquares) -> Clusters:
    each = np.arange(len(fit.y))
    return Clusters(fit.rows, each, each)


def _by_row(fit: LeastSquares, power: float) -> Floats:
    """A_g Q_g for clusters of one row."""
    spare = 1 - fit.leverage
    alone = [row for row, left in zip(fit.rows, spare, strict=True) if left < WHOLE]
    if power and alone:
        raise DataError(
            f"Row {listed(alone)} alone decides a coefficient, which then has no standard error; "
            "leave out the column that only this row has, or the row."
        )
    return fit.basis * spare[:, None] ** -power if power else fit.basis


def _by_cluster(
    fit: LeastSquares, clusters: Clusters, power: float
) -> tuple[Floats, dict[str, str]]:
    """A_g Q_g, and the coefficients that one cluster alone decides.

    (I - Q_g Q_g')^-d Q_g = Q_g (I - Q_g'Q_g)^-d, of the size of the coefficients, not of the
    cluster. Where an eigenvalue of Q_g'Q_g is 1, the cluster alone decides a direction.
    """
    share, axes = np.linalg.eigh(clusters.sum(fit.basis[:, :, None] * fit.basis[:, None, :]))
    is_whole = share > 1 - WHOLE  # residuals have no part in such a direction: any factor does
    grown = np.where(is_whole, 1.0, 1 - share) ** -power
    grow = (axes * grown[:, None, :]) @ axes.swapaxes(1, 2)
    rotated = np.empty_like(fit.basis)
    sizes = np.diff([*clusters.starts, len(fit.y)])
    rotated[clusters.order] = np.einsum(
        "ij,ijk->ik", fit.basis[clusters.order], np.repeat(grow, sizes, axis=0)
    )
    parts = np.abs(fit.inverse_root @ axes) / np.sqrt(np.diag(fit.bread))[:, None]
    decides = ((parts > SHARE) & is_whole[:, None, :]).any(axis=2)
    alone = {
        name: clusters.labels[int(np.argmax(decided))]
        for name, decided in zip(fit.names, decides.T, strict=True)
        if decided.any()
    }
    return rotated, alone


def _moments(own: Floats, shared: Floats) -> float:
    """tr(P)^2 / tr(PP), from p_g'p_g of shape (G,) and Q_g'p_g of shape (G, k)."""
    p = np.diag(own) - shared @ shared.T
    trace, square = np.trace(p), (p**2).sum()
    return float(trace**2 / square) if square > 0 else float("nan")


def _standard_errors(covariance: Covariance, weights: Floats, names: tuple[str, ...]) -> Floats:
    fit = covariance.fit
    noise = fit.residuals @ fit.residuals / fit.residual_df
    variance, classical = (
        np.einsum("ij,jk,ik->i", weights, matrix, weights)
        for matrix in (covariance.matrix, noise * fit.bread)
    )
    has_none = ~(variance > NOTHING**2 * classical)
    if has_none.any():
        without = [names[i] for i in np.flatnonzero(has_none)]
        raise DataError(
            f"No standard error for {listed(without)}: the clusters that decide it have no "
            "residuals left to judge it by. Leave out columns that only one cluster has, or ask "
            "for other coefficients."
        )
    return np.sqrt(variance)
