"""How much a coefficient leans on single rows, and on whole groups of them (floor 3).

Deletions are solved exactly from one QR decomposition, so that nothing is fitted again.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartlib.inference.checks.usable import check_length, usable
from smartlib.inference.core.least_squares import LeastSquares
from smartlib.vocabulary.errors import DataError

MARGIN = 1e-8  # of a share that is 0 but for the last bits of a float


@dataclass(frozen=True)
class Influence:
    """What single rows do to one coefficient.

    Attributes
    ----------
    factor : str
        Whose coefficient.
    estimate : float
        With all rows.
    rows : DataFrame, shape (n, 4)
        By label, in the given order: leverage, cooks_distance, dfbetas (of the factor),
        estimate_without (the coefficient when the row is left out).
    """

    factor: str
    estimate: float
    rows: pd.DataFrame

    @property
    def bound(self) -> float:
        """DFBETAS beyond it are many for so many rows: 2 / sqrt(n)."""
        return float(2 / len(self.rows) ** 0.5)

    @property
    def strongest(self) -> tuple[str, ...]:
        """The row of greatest leverage, and the one that moves the coefficient most if another."""
        found = self.rows["leverage"].idxmax(), self.rows["dfbetas"].abs().idxmax()
        return tuple(dict.fromkeys(map(str, found)))


@dataclass(frozen=True)
class GroupInfluence:
    """What whole groups do to one coefficient.

    Attributes
    ----------
    factor : str
        Whose coefficient.
    estimate : float
        With all rows.
    groups : DataFrame, shape (groups, 2)
        By group, sorted: rows, estimate_without.
    undetermined : tuple of str
        Groups without which the coefficients do not exist (a column would be constant
        or collinear); they are not in `groups`.
    """

    factor: str
    estimate: float
    groups: pd.DataFrame
    undetermined: tuple[str, ...]

    @property
    def keeps_sign(self) -> bool:
        """Whether the coefficient has one sign whichever group is left out."""
        return bool((np.sign(self.groups["estimate_without"]) == np.sign(self.estimate)).all())

    @property
    def strongest(self) -> tuple[str, ...]:
        """The group that moves the coefficient most; none if no group can be left out."""
        moved = (self.groups["estimate_without"] - self.estimate).abs()
        return (str(moved.idxmax()),) if len(moved) else ()


def influence(fit: LeastSquares, *, factor: str, labels: Sequence[Hashable]) -> Influence:
    """Leverage, Cook's distance, DFBETAS, and the coefficient without each row.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows and k columns, an intercept among them.
    factor : str
        Whose coefficient is followed.
    labels : sequence, length n
        Names of the rows.

    Returns
    -------
    Influence

    Raises
    ------
    DataError
        What `usable` refuses, no such column, or labels of another length.

    Notes
    -----
    With leverage h_i and residual e_i, leaving out row i gives exactly
    b - (X'X)^-1 x_i e_i / (1 - h_i). Cook's distance is e_i^2 h_i / (k s^2 (1 - h_i)^2);
    DFBETAS divides the change of the coefficient by its classical error, with s
    estimated without the row. Rows beyond 2 / sqrt(n) in DFBETAS are counted in the
    reading (Belsley, Kuh, Welsch, 1980, chapter 2).

    Verification: R: stats, to 1e-8.

    References
    ----------
    Belsley, D. A., Kuh, E., and Welsch, R. E. (1980). Regression diagnostics:
    identifying influential data and sources of collinearity. New York: Wiley.

    Cook, R. D. (1977). Detection of influential observation in linear regression.
    Technometrics, 19(1), 15-18.
    """
    usable(fit)
    check_length(labels, fit, "labels")
    place, h, e = fit.place(factor), fit.leverage, fit.residuals
    unit = fit.classical_errors[place] / np.sqrt(e @ e / fit.residual_df)
    without, _ = _without(fit, np.arange(len(e)))
    estimate, without = float(fit.beta[place]), without[:, place]
    cooks = e**2 * h / (1 - h) ** 2 * fit.residual_df / (len(fit.names) * (e @ e))
    deleted = np.sqrt((e @ e - e**2 / (1 - h)) / (fit.residual_df - 1))
    columns = {
        "leverage": h,
        "cooks_distance": cooks,
        "dfbetas": (estimate - without) / (deleted * unit),
        "estimate_without": without,
    }
    rows = pd.DataFrame(columns, index=pd.Index(labels))
    return Influence(factor, estimate, rows)


def leave_group_out(
    fit: LeastSquares, *, factor: str, groups: Sequence[Hashable]
) -> GroupInfluence:
    """The coefficient without each group of rows in turn.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows and k columns, an intercept among them.
    factor : str
        Whose coefficient is followed.
    groups : sequence, length n
        Group of each row, such as its province.

    Returns
    -------
    GroupInfluence

    Raises
    ------
    DataError
        What `usable` refuses, no such column, groups of another length, a missing group, or
        fewer than two.

    Notes
    -----
    With X = QR and g the rows of a group, R b_(-g) = (I - Q_g'Q_g)^-1 (Q'y - Q_g'y_g):
    one small system a group, equal to fitting the other rows (the deletion formula of
    Belsley, Kuh, Welsch, 1980, chapter 2, for a block).

    Verification: brute force: each regression run anew, to 1e-8.

    References
    ----------
    Belsley, D. A., Kuh, E., and Welsch, R. E. (1980). Regression diagnostics:
    identifying influential data and sources of collinearity. New York: Wiley.
    """
    usable(fit)
    check_length(groups, fit, "groups")
    codes, keys = pd.factorize(pd.Series(list(groups)), sort=True)
    if (codes < 0).any() or len(keys) < 2:
        raise DataError(
            f"{(codes < 0).sum()} rows without a group, {len(keys)} groups; expected a group for "
            "each row and at least two groups."
        )
    place = fit.place(factor)
    without, is_known = _without(fit, codes)
    columns = {"rows": np.bincount(codes), "estimate_without": without[:, place]}
    frame = pd.DataFrame(columns, index=pd.Index(keys))[is_known]
    open_groups = tuple(map(str, keys[~is_known]))
    estimate = float(fit.beta[place])
    return GroupInfluence(factor, estimate, frame, open_groups)


def _without(fit: LeastSquares, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients without each group, shape (groups, k), and whether they exist."""
    q, columns, groups = fit.basis, len(fit.names), codes.max() + 1
    gram, moment = np.zeros((groups, columns, columns)), np.zeros((groups, columns))
    np.add.at(gram, codes, q[:, :, None] * q[:, None, :])
    np.add.at(moment, codes, q * fit.y[:, None])
    left = np.eye(columns) - gram
    is_known = np.linalg.eigvalsh(left)[:, 0] > MARGIN
    left[~is_known] = np.eye(columns)
    rotated = np.linalg.solve(left, (q.T @ fit.y - moment)[:, :, None])
    return (fit.inverse_root @ rotated)[:, :, 0], is_known
