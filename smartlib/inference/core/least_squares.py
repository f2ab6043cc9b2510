"""Least squares on arrays, with all that robust covariances are made from (floor 3).

The core under the fits with formulas: no frames, no labels but names, one QR decomposition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import solve_triangular

from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import formulas as say

Floats = NDArray[np.float64]

COLLINEAR = 1e-10  # share of a column's length that the others leave over: less is rounding
ROWS_PER_COEFFICIENT = 10  # fewer and the estimates say more of the sample than of the regions


@dataclass(frozen=True, eq=False)
class LeastSquares:
    """A linear regression by least squares.

    Under weights, `x`, `y` and `residuals` are those of the weighted rows: each row times the
    square root of its weight.

    Attributes
    ----------
    names : tuple of str, length k
        Columns of `x`.
    rows : tuple of str, length n
        Labels of the rows.
    x : array, shape (n, k)
        Design, the intercept among its columns.
    y : array, shape (n,)
        Outcome, in its unit.
    beta : array, shape (k,)
        Coefficients, in units of the outcome for one unit of the column.
    residuals : array, shape (n,)
        y - x beta, in the outcome's unit.
    bread : array, shape (k, k)
        (X'X)^-1.
    leverage : array, shape (n,)
        Diagonal of the hat matrix H = X (X'X)^-1 X'.
    basis : array, shape (n, k)
        Orthonormal columns Q that span the design, so that H = QQ'.
    inverse_root : array, shape (k, k)
        R^-1 of X = QR, so that bread = R^-1 R^-T.
    weights : array, shape (n,)
        Of the rows, with a mean of 1.
    called : mapping of str to str
        What messages call some rows, by label.
    """

    names: tuple[str, ...]
    rows: tuple[str, ...]
    x: Floats
    y: Floats
    beta: Floats
    residuals: Floats
    bread: Floats
    leverage: Floats
    basis: Floats
    inverse_root: Floats
    weights: Floats
    called: Mapping[str, str] = field(default_factory=dict)

    def in_words(self, rows: Iterable[str]) -> list[str]:
        """Rows as messages call them."""
        return [self.called.get(row, row) for row in rows]

    @property
    def residual_df(self) -> int:
        """Rows minus coefficients."""
        return len(self.y) - len(self.beta)

    @property
    def classical_errors(self) -> Floats:
        """Standard errors of the coefficients were errors independent and of one variance."""
        noise = self.residuals @ self.residuals / self.residual_df
        return np.asarray(np.sqrt(noise * np.diag(self.bread)))

    def place(self, name: str) -> int:
        """Place of a column.

        Raises
        ------
        ParameterError
            There is none of this name.
        """
        if name not in self.names:
            raise ParameterError(say.NO_COEFFICIENT(name=name, found=", ".join(self.names)))
        return self.names.index(name)


def least_squares(
    x: ArrayLike,
    y: ArrayLike,
    names: Sequence[str],
    rows: Iterable[object] | None = None,
    *,
    weights: ArrayLike | None = None,
) -> LeastSquares:
    """Least squares, or weighted least squares.

    Parameters
    ----------
    x : array, shape (n, k)
        Design; an intercept is a column of ones like any other.
    y : array, shape (n,)
        Outcome, in any unit.
    names : sequence of str, length k
        Columns of `x`.
    rows : sequence, length n, optional
        Labels that messages name the rows by; by default their numbers from 0.
    weights : array, shape (n,), optional
        Positive weights of the rows; only their ratios count. By default all are equal.

    Returns
    -------
    LeastSquares

    Raises
    ------
    DataError
        Lengths that differ, a missing or infinite number, no more rows than coefficients, a
        constant outcome, a constant column beside another, columns that determine each other,
        a weight that is not positive.

    Notes
    -----
    beta minimises the sum of w_i (y_i - x_i beta)^2. It is found from X = QR, Householder's
    decomposition, as R^-1 Q'y: X'X is never formed, so that nothing is lost of badly scaled
    columns. Weights are scaled to a mean of 1. Sandwich covariances of a weighted fit are those
    of its weighted rows: they take the weights as given, not as estimated, and Bell-McCaffrey
    adjustments take variances inverse to the weights as the working model.

    Verification: R: lm, to 1e-8.

    References
    ----------
    Golub, G. H., and Van Loan, C. F. (2013). Matrix Computations, 4th ed. Johns Hopkins
    University Press, section 5.3.

    Examples
    --------
    >>> fit = least_squares([[1, 0], [1, 1], [1, 2]], [1, 2, 4], ["intercept", "x"])
    >>> fit.beta.round(4).tolist()
    [0.8333, 1.5]
    """
    design, outcome = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    columns = tuple(map(str, names))
    labels = tuple(map(str, range(len(outcome)) if rows is None else rows))
    _check_shapes(design, outcome, columns, labels)
    _check_finite(np.column_stack([outcome, design]), ("the outcome", *columns), labels)
    _check_variation(design, outcome, columns)
    scaled = np.ones(len(labels)) if weights is None else _checked_weights(weights, labels)
    if weights is not None:
        root = np.sqrt(scaled)
        design, outcome = design * root[:, None], outcome * root
    basis, triangle = np.linalg.qr(design)
    _check_rank(design, triangle, columns)
    inverse_root = solve_triangular(triangle, np.eye(len(columns)))
    beta = inverse_root @ (basis.T @ outcome)
    return LeastSquares(
        names=columns,
        rows=labels,
        x=design,
        y=outcome,
        beta=beta,
        residuals=outcome - design @ beta,
        bread=inverse_root @ inverse_root.T,
        leverage=(basis**2).sum(axis=1),
        basis=basis,
        inverse_root=inverse_root,
        weights=scaled,
    )


def _check_shapes(
    design: Floats, outcome: Floats, names: tuple[str, ...], rows: tuple[str, ...]
) -> None:
    if design.shape != (len(outcome), len(names)) or len(rows) != len(outcome):
        raise DataError(
            say.DESIGN(
                shape=design.shape, n_names=len(names), n_outcome=len(outcome), n_rows=len(rows)
            )
        )
    if len(set(names)) < len(names):
        raise DataError(say.OWN_NAME(names=", ".join(names)))
    if len(outcome) <= len(names):
        raise DataError(say.MORE_COEFFICIENTS(n_outcome=len(outcome), n_names=len(names)))


def _check_finite(table: Floats, names: tuple[str, ...], rows: tuple[str, ...]) -> None:
    unusable = ~np.isfinite(table)
    if unusable.any():
        columns = [names[j] for j in np.flatnonzero(unusable.any(axis=0))]
        places = [rows[i] for i in np.flatnonzero(unusable.any(axis=1))]
        raise DataError(say.MISSING_NUMBERS(columns=", ".join(columns), places=listed(places)))


def _check_variation(design: Floats, outcome: Floats, names: tuple[str, ...]) -> None:
    if np.ptp(outcome) == 0:
        raise DataError(say.SAME_OUTCOME())
    constant = [names[j] for j in np.flatnonzero(np.ptp(design, axis=0) == 0)]
    if len(constant) > 1:
        raise DataError(say.SAME_COLUMN(constant=", ".join(constant[1:])))


def _checked_weights(weights: ArrayLike, rows: tuple[str, ...]) -> Floats:
    given = np.asarray(weights, dtype=np.float64)
    if given.shape != (len(rows),):
        raise DataError(say.WEIGHTS_SHAPE(shape=given.shape, n_rows=len(rows)))
    bad = [row for row, weight in zip(rows, given, strict=True) if not 0 < weight < np.inf]
    if bad:
        raise DataError(say.BAD_WEIGHT(bad=listed(bad)))
    return given / given.mean()


def _check_rank(design: Floats, triangle: Floats, names: tuple[str, ...]) -> None:
    left_over = np.abs(np.diag(triangle)) / np.linalg.norm(design, axis=0)
    redundant = [names[j] for j in np.flatnonzero(~(left_over > COLLINEAR))]
    if redundant:
        raise DataError(say.DETERMINED(redundant=", ".join(redundant), names=listed(names)))
