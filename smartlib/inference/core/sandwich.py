"""Sandwich covariances of least-squares coefficients, and what is inferred from them (floor 3).

Heteroskedasticity-robust and cluster-robust sandwiches in one form: a row by itself is a
cluster of one. With them come the degrees of freedom that make their intervals honest. Which
sandwiches there are, and what each is called, is said in `covariance`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from smartlib.inference.core.clusters import Clusters, cr1, each_row
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.least_squares import Floats, LeastSquares
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.levels import checked_level
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import formulas as say

WHOLE = 1e-8  # a leverage this near to 1 is 1, but for the last bits of a float
SHARE = 1e-6  # of a coefficient's standard error: less is none
NOTHING = 1e-10  # a standard error this small beside the classical one is none


@dataclass(frozen=True, eq=False)
class Covariance:
    """Covariance of a fit's coefficients, and how well it is known.

    Attributes
    ----------
    fit : LeastSquares
        Of n rows and k coefficients.
    matrix : array, shape (k, k)
        Variances and covariances, in the outcome's unit squared.
    fixed_df : float
        n - k where rows are independent, G - 1 where G clusters are.
    is_satterthwaite : bool
        Whether each coefficient has degrees of freedom of its own instead.
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
    matrix: Floats
    fixed_df: float
    is_satterthwaite: bool
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
            Satterthwaite's, or the fixed ones for all.
        """
        if self.is_satterthwaite:
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
                "Satterthwaite's degrees of freedom need clusters; here errors go by distance."
            )
        p = self._adjusted @ self._combinations(contrasts).T
        own = self.clusters.sum(p**2)
        shared = self.clusters.sum(p[:, :, None] * self.fit.basis[:, None, :])
        return np.array([_moments(own[:, i], shared[:, i]) for i in range(p.shape[1])])

    def scores(self, residuals: ArrayLike) -> Floats:
        """What each cluster moves each coefficient by, were these the residuals of the design.

        Parameters
        ----------
        residuals : array, shape (n,) or (n, m)
            Of one or several outcomes on the fit's columns.

        Returns
        -------
        array, shape (G, k) or (G, k, m)
            Sums over each cluster's rows of A_g X_g (X'X)^-1 times the residuals; their products,
            summed over clusters, are the covariances of the kinds other than hc1 and cr1.

        Raises
        ------
        ParameterError
            Rows go together by distance, not in clusters.
        """
        if self.clusters is None or self._adjusted is None:
            raise ParameterError("Scores by cluster need clusters; here errors go by distance.")
        given = np.asarray(residuals, dtype=float)
        adjusted = self._adjusted[:, :, None] if given.ndim > 1 else self._adjusted
        return self.clusters.sum(adjusted * (given[:, None]))

    def _combinations(self, contrasts: ArrayLike | None) -> Floats:
        k = len(self.fit.beta)
        given = np.atleast_2d(np.eye(k) if contrasts is None else np.asarray(contrasts, float))
        if given.shape[1] != k:
            raise ParameterError(
                f"A combination of {given.shape[1]} coefficients; the fit has {k}: "
                f"{', '.join(self.fit.names)}."
            )
        return given


def sandwich(
    fit: LeastSquares,
    clusters: Clusters | None = None,
    *,
    power: float,
    is_satterthwaite: bool = False,
) -> Covariance:
    """V = c (X'X)^-1 [sum_g X_g' A_g e_g e_g' A_g X_g] (X'X)^-1 with A_g = (I - H_gg)^-power.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows and k coefficients.
    clusters : Clusters, optional
        Rows that go together; by default each row by itself.
    power : float
        Of the adjustment of residuals; with 0 the factor c is CR1's, else 1.
    is_satterthwaite : bool, default False
        Whether each coefficient is given its own degrees of freedom.

    Returns
    -------
    Covariance

    Raises
    ------
    DataError
        A row that alone decides a coefficient, where rows are independent and adjusted.

    Notes
    -----
    See `covariance`, which names the sandwiches in use.
    """
    alone: dict[str, str] = {}
    groups = each_row(fit.rows) if clusters is None else clusters
    if clusters is None:
        rotated = _by_row(fit, power)
    else:
        rotated, alone = _by_cluster(fit, groups, power)
    adjusted = rotated @ fit.inverse_root.T
    influences = adjusted * fit.residuals[:, None]
    sums = groups.sum(influences)
    return Covariance(
        fit=fit,
        matrix=sums.T @ sums if power else cr1(influences, groups),
        fixed_df=fit.residual_df if clusters is None else len(groups) - 1,
        is_satterthwaite=is_satterthwaite,
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
) -> tuple[Estimate, ...]:
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
    tuple of Estimate
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
    checked_level(level)
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
    return tuple(Estimate(name, *row) for name, row in zip(names, table.tolist(), strict=True))


def _by_row(fit: LeastSquares, power: float) -> Floats:
    """A_g Q_g for clusters of one row."""
    spare = 1 - fit.leverage
    alone = [row for row, left in zip(fit.rows, spare, strict=True) if left < WHOLE]
    if power and alone:
        raise DataError(say.ROW_ALONE(alone=listed(fit.in_words(alone))))
    return fit.basis * spare[:, None] ** -power if power else fit.basis


def _by_cluster(
    fit: LeastSquares, clusters: Clusters, power: float
) -> tuple[Floats, dict[str, str]]:
    """A_g Q_g, and the coefficients that one cluster alone decides.

    With Q_g = U S V', (I - Q_g Q_g')^-d Q_g = U S (1 - S^2)^-d V'. Where a singular value is 1,
    the cluster alone decides a direction.
    """
    rotated = np.empty_like(fit.basis)
    alone: dict[str, str] = {}
    for label, rows in zip(clusters.labels, clusters.rows, strict=True):
        left, size, axes = np.linalg.svd(fit.basis[rows], full_matrices=False)
        is_whole = size**2 > 1 - WHOLE  # residuals have no part there: any factor does
        grown = np.where(is_whole, 1.0, 1 - size**2) ** -power
        rotated[rows] = (left * (size * grown)) @ axes
        alone = {**dict.fromkeys(_decided(fit, axes[is_whole]), label), **alone}
    return rotated, _in_order(fit, alone)


def decided_alone(fit: LeastSquares, clusters: Clusters) -> dict[str, str]:
    """Coefficients that one cluster alone decides, with the first such cluster.

    Parameters
    ----------
    fit : LeastSquares
    clusters : Clusters
        Rows that go together; each row by itself for rows that alone decide.
    """
    alone: dict[str, str] = {}
    for label, rows in zip(clusters.labels, clusters.rows, strict=True):
        _, size, axes = np.linalg.svd(fit.basis[rows], full_matrices=False)
        alone = {**dict.fromkeys(_decided(fit, axes[size**2 > 1 - WHOLE]), label), **alone}
    return _in_order(fit, alone)


def _in_order(fit: LeastSquares, alone: dict[str, str]) -> dict[str, str]:
    """As the columns stand."""
    return {name: alone[name] for name in fit.names if name in alone}


def _decided(fit: LeastSquares, axes: Floats) -> list[str]:
    """Coefficients that have a part in some directions, shape (directions, k)."""
    if not len(axes):
        return []
    parts = np.abs(fit.inverse_root @ axes.T) / np.sqrt(np.diag(fit.bread))[:, None]
    return [fit.names[place] for place in np.flatnonzero((parts > SHARE).any(axis=1))]


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
        raise DataError(say.NO_ERROR_FOR(without=listed(without)))
    return np.sqrt(variance)
