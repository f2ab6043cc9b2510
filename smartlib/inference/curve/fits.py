"""The focal coefficient of many outcomes, and of many versions of the factor (floor 3).

Regressions on the same columns and rows share one decomposition, whatever the outcome, and the
focal coefficient is a product of two vectors once controls are taken out of both sides. So all
outcomes, and all shuffles of the focal factor, are matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smartlib.inference.core.covariance import Kind, sandwich_of
from smartlib.inference.core.least_squares import COLLINEAR, Floats
from smartlib.inference.core.sandwich import WHOLE
from smartlib.inference.curve.designs import FocalDesign


@dataclass(frozen=True, eq=False)
class FocalFits:
    """The focal coefficient for D versions of the focal factor and m outcomes.

    Attributes
    ----------
    design : FocalDesign
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

    design: FocalDesign
    focal: Floats
    outcomes: Floats
    squares: Floats
    estimates: Floats

    def errors(self, kind: str) -> tuple[Floats, Floats]:
        """Robust standard errors and their degrees of freedom.

        Parameters
        ----------
        kind : str
            Any of `covariance`'s; the power and the degrees of freedom are its entry's.

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
        the same for every x. For single rows, sums of squares are expanded into products. Other
        powers, as cr2's root, have no such short way: they are found anew for each version of x.

        References
        ----------
        Frisch, R., and Waugh, F. V. (1933). Partial time regressions as compared with
        individual trends. Econometrica, 1(4), 387-401.

        Golub, G. H., and Van Loan, C. F. (2013). Matrix Computations, 4th ed. Johns Hopkins
        University Press, section 2.1.4.
        """
        rule = sandwich_of(kind)
        n, k, g = len(self.design.rows), self.design.coefficients, len(self.design.starts)
        groups, fixed_df = (g, g - 1) if rule.clustered else (n, n - k)
        variance, df = (_by_cluster if rule.clustered else _by_row)(self, rule)
        if not rule.power:
            variance = variance * (groups * (n - 1) / ((groups - 1) * (n - k)))
        if df is None:
            df = np.full(len(self.focal), float(fixed_df))
        return np.sqrt(np.maximum(variance, 0)), df[:, None]


def focal_fits(design: FocalDesign, outcomes: Floats, focal: Floats) -> FocalFits:
    """The focal coefficient of several outcomes, for several versions of the focal factor.

    Parameters
    ----------
    design : FocalDesign
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
    rows = np.arange(len(fits.design.rows))
    unit = fits.focal / np.sqrt(fits.squares)[:, None]
    w = (_alone(fits.design.basis, unit, rule.power) ** 2) / fits.squares[:, None]
    variance = _expanded(fits, rows, w)
    if not rule.satterthwaite:
        return variance, None
    return variance, _satterthwaite_by_row(fits.design.basis, unit, w)


def _alone(q: Floats, x: Floats, power: float) -> Floats:
    """(I - H_gg)^-power x_g of clusters of one row, x being of length 1."""
    spare = np.maximum(1 - (q**2).sum(axis=1) - x**2, WHOLE)
    return np.asarray(x / spare**power)


def _expanded(fits: FocalFits, rows: NDArray[np.intp], w: Floats) -> Floats:
    """Sums over single rows of w e^2, e = u - x b."""
    x, u, b = fits.focal[:, rows], fits.outcomes[rows], fits.estimates
    return np.asarray(w @ u**2 - 2 * b * ((w * x) @ u) + b**2 * (w * x**2).sum(axis=1)[:, None])


def _satterthwaite_by_row(q: Floats, x: Floats, w: Floats) -> Floats:
    """tr(P)^2 / tr(PP), P_ij = [i = j] p_i^2 - p_i H_ij p_j, from w = p^2."""
    leverage = (q**2).sum(axis=1) + x**2
    products = (q[:, :, None] * q[:, None, :]).reshape(len(q), -1)
    shared = ((w @ products) ** 2).sum(axis=1)
    shared += 2 * (((w * x) @ q) ** 2).sum(axis=1) + (w * x**2).sum(axis=1) ** 2
    trace = (w * (1 - leverage)).sum(axis=1)
    return _ratio(trace, (w**2 * (1 - 2 * leverage)).sum(axis=1) + shared)


def _by_cluster(fits: FocalFits, rule: Kind) -> tuple[Floats, Floats | None]:
    """Variances where clusters are independent, and Satterthwaite's degrees of freedom if due."""
    root, starts = np.sqrt(fits.squares)[:, None], fits.design.starts
    unit = fits.focal / root
    alone, together = _sizes(fits.design)
    p = _loadings(fits.design, unit, rule.power)
    df = _satterthwaite_by_cluster(fits.design, unit, p) if rule.satterthwaite else None
    p /= root
    own = np.add.reduceat(p * fits.focal, starts, axis=1)
    variance = _expanded(fits, starts[alone], p[:, starts[alone]] ** 2)
    for group, rows in together:
        score = p[:, rows] @ fits.outcomes[rows]
        score -= fits.estimates * own[:, group, None]
        score *= score  # in place: these are most of a null's numbers
        variance += score
    return variance, df


def _sizes(design: FocalDesign) -> tuple[NDArray[np.intp], list[tuple[int, slice]]]:
    """Clusters of one row, and the rows of each of the others."""
    ends = [*zip(design.starts, [*design.starts[1:], len(design.rows)], strict=True)]
    sizes = np.array([stop - start for start, stop in ends])
    others = [(int(g), slice(*ends[g])) for g in np.flatnonzero(sizes > 1)]
    return np.flatnonzero(sizes == 1), others


def _loadings(design: FocalDesign, unit: Floats, power: float) -> Floats:
    """(I - H_gg)^-power x_g, row by row, x being of length 1."""
    if not power:
        return unit.copy()
    alone, together = _sizes(design)
    single, q = design.starts[alone], design.basis
    p = np.empty_like(unit)
    p[:, single] = _alone(q[single], unit[:, single], power)
    for _, rows in together:
        here = q[rows], unit[:, rows]
        p[:, rows] = _inverted(*here) if power == 1 else _powered(*here, power)
    return p


def _inverted(q: Floats, x: Floats) -> Floats:
    """(I - H_gg)^-1 x_g by the Sherman-Morrison formula."""
    share, axes = np.linalg.eigh(q.T @ q)
    grown = 1 / np.where(share > 1 - WHOLE, 1.0, 1 - share)  # x has no part where share is 1
    p = x @ (np.eye(len(q)) + q @ ((axes * grown) @ axes.T) @ q.T)
    return np.asarray(p / np.maximum(1 - np.einsum("ij,ij->i", p, x), WHOLE)[:, None])


def _powered(q: Floats, x: Floats, power: float) -> Floats:
    """(I - H_gg)^-power x_g: with Q_g = [q, x], the last column of Q_g (I - Q_g'Q_g)^-power."""
    full = _beside(q, x)
    share, axes = np.linalg.eigh(full.swapaxes(1, 2) @ full)
    grown = np.where(share > 1 - WHOLE, 1.0, 1 - share) ** -power
    return np.asarray((full @ ((axes * grown[:, None, :]) @ axes[:, -1, :, None]))[:, :, 0])


def _satterthwaite_by_cluster(design: FocalDesign, unit: Floats, p: Floats) -> Floats:
    """tr(P)^2 / tr(PP), P_gh = [g = h] p_g'p_g - p_g'H_gh p_h."""
    own = np.add.reduceat(p**2, design.starts, axis=1)
    shared = np.add.reduceat(p[:, :, None] * _beside(design.basis, unit), design.starts, axis=1)
    inside = (shared**2).sum(axis=2)
    square = (own**2 - 2 * own * inside).sum(axis=1)
    square += ((shared.swapaxes(1, 2) @ shared) ** 2).sum(axis=(1, 2))
    return _ratio((own - inside).sum(axis=1), square)


def _beside(q: Floats, x: Floats) -> Floats:
    """Columns of the controls, and each version of x as one more: (D, n_g, k)."""
    controls = np.broadcast_to(q, (len(x), *q.shape))
    return np.concatenate([controls, x[:, :, None]], axis=2)


def _ratio(trace: Floats, square: Floats) -> Floats:
    """Degrees of freedom; 1 where there is no variance to know."""
    return np.divide(trace**2, square, out=np.ones_like(trace), where=square > 0)
