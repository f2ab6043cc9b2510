"""The focal coefficient of many outcomes, and of many versions of the factor (floor 3).

Regressions on the same columns and rows share one decomposition, whatever the outcome, and the
focal coefficient is a product of two vectors once controls are taken out of both sides. So all
outcomes, and all shuffles of the focal factor, are matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartlib.inference.covariance import KINDS, WHOLE, Kind
from smartlib.inference.least_squares import COLLINEAR, Floats
from smartlib.inference.specification import Design


@dataclass(frozen=True, eq=False)
class FocalFits:
    """The focal coefficient for D versions of the focal factor and m outcomes.

    Attributes
    ----------
    design : Design
        Of n rows and k coefficients.
    focal : array, shape (D, n)
        Focal factor less what the basis explains of it; 0 throughout where nothing is left.
    outcomes : array, shape (n, m)
        Outcomes less what the basis explains of them, in standard deviations.
    squares : array, shape (D,)
        Sums of squares of `focal`.
    estimates : array, shape (D, m)
        Standard deviations of the outcome for one unit of the focal factor.
    """

    design: Design
    focal: Floats
    outcomes: Floats
    squares: Floats
    estimates: Floats

    def errors(self, kind: str) -> tuple[Floats, Floats]:
        """Robust standard errors and their degrees of freedom.

        Parameters
        ----------
        kind : str
            Any of `covariance`'s but cr2.

        Returns
        -------
        errors : array, shape (D, m)
        degrees_of_freedom : array, shape (D, 1)

        Notes
        -----
        With x the focal column less what the controls explain, u the outcome treated alike and
        e = u - x b, the variance is c sum_g (p_g'e_g)^2, p_g = (I - H_gg)^-d x_g / x'x, as in
        `covariance`. H = QQ' + xx' / x'x, so that by the Sherman-Morrison formula
        (I - H_gg)^-1 x_g = N x_g / (1 - x_g'N x_g / x'x) with N = (I - Q_g Q_g')^-1, which is
        the same for every x. For single rows, sums of squares are expanded into products.

        References
        ----------
        Frisch, R., and Waugh, F. V. (1933). Partial time regressions as compared with
        individual trends. Econometrica, 1(4), 387-401.

        Golub, G. H., and Van Loan, C. F. (2013). Matrix Computations, 4th ed. Johns Hopkins
        University Press, section 2.1.4.
        """
        rule = KINDS[kind]
        n, k, g = len(self.design.rows), self.design.coefficients, len(self.design.starts)
        groups, fixed_df = (g, g - 1) if rule.clustered else (n, n - k)
        variance, df = (_by_cluster if rule.clustered else _by_row)(self, rule)
        if not rule.power:
            variance = variance * (groups * (n - 1) / ((groups - 1) * (n - k)))
        if df is None:
            df = np.full(len(self.focal), float(fixed_df))
        return np.sqrt(np.maximum(variance, 0)), df[:, None]


def focal_fits(design: Design, outcomes: Floats, focal: Floats) -> FocalFits:
    """The focal coefficient of several outcomes, for several versions of the focal factor.

    Parameters
    ----------
    design : Design
        Of n rows.
    outcomes : array, shape (N, m)
        Of all rows of the multiverse.
    focal : array, shape (D, n)
        Versions of the focal factor, the design's own among them or not.

    Returns
    -------
    FocalFits
    """
    chosen = outcomes[design.rows]
    basis = design.basis
    left = chosen - basis @ (basis.T @ chosen)
    versions = focal - (focal @ basis) @ basis.T
    squares = (versions**2).sum(axis=1)
    is_spent = squares <= COLLINEAR**2 * (focal**2).sum(axis=1)
    versions[is_spent], squares[is_spent] = 0.0, 1.0
    return FocalFits(design, versions, left, squares, versions @ left / squares[:, None])


def _by_row(fits: FocalFits, rule: Kind) -> tuple[Floats, Floats | None]:
    """Variances where rows are independent, and Satterthwaite's degrees of freedom if due."""
    x, u, b = fits.focal, fits.outcomes, fits.estimates
    leverage = (fits.design.basis**2).sum(axis=1) + x**2 / fits.squares[:, None]
    spare = np.maximum(1 - leverage, WHOLE)
    p = x / fits.squares[:, None] / spare**rule.power
    w = p**2
    variance = w @ u**2 - 2 * b * ((w * x) @ u) + b**2 * (w * x**2).sum(axis=1)[:, None]
    return variance, _satterthwaite(fits, w, leverage) if rule.satterthwaite else None


def _satterthwaite(fits: FocalFits, w: Floats, leverage: Floats) -> Floats:
    """tr(P)^2 / tr(PP), P_ij = [i = j] p_i^2 - p_i H_ij p_j, from w = p^2."""
    q, x = fits.design.basis, fits.focal / np.sqrt(fits.squares)[:, None]
    products = (q[:, :, None] * q[:, None, :]).reshape(len(q), -1)
    shared = ((w @ products) ** 2).sum(axis=1)
    shared += 2 * (((w * x) @ q) ** 2).sum(axis=1) + (w * x**2).sum(axis=1) ** 2
    trace = (w * (1 - leverage)).sum(axis=1)
    square = (w**2 * (1 - 2 * leverage)).sum(axis=1) + shared
    return np.divide(trace**2, square, out=np.ones_like(trace), where=square > 0)


def _by_cluster(fits: FocalFits, rule: Kind) -> tuple[Floats, None]:
    """Variances where clusters are independent."""
    q, starts = fits.design.basis, fits.design.starts
    share, axes = np.linalg.eigh(np.add.reduceat(q[:, :, None] * q[:, None, :], starts))
    grown = 1 / np.where(share > 1 - WHOLE, 1.0, 1 - share)  # x has no part where share is 1
    inner = (axes * grown[:, None, :]) @ axes.swapaxes(1, 2)
    variance = np.zeros_like(fits.estimates)
    for group, start, stop in zip(inner, starts, [*starts[1:], len(q)], strict=True):
        x, own = fits.focal[:, start:stop], q[start:stop]
        p = x / fits.squares[:, None]
        if rule.power:
            p = p + (p @ own) @ group @ own.T
            p /= np.maximum(1 - (p * x).sum(axis=1), WHOLE)[:, None]
        loading = (p * x).sum(axis=1)[:, None]
        variance += (p @ fits.outcomes[start:stop] - fits.estimates * loading) ** 2
    return variance, None
