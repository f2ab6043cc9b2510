"""Whether a fit can be diagnosed at all (floor 3)."""

from __future__ import annotations

from collections.abc import Sized

import numpy as np

from smartlib.inference.core.least_squares import LeastSquares
from smartlib.inference.core.sandwich import WHOLE
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import formulas as say

NOTHING = 1e-8  # residuals this small, relative to the outcome, are a computer's


def usable(fit: LeastSquares) -> LeastSquares:
    """A fit, if every diagnostic can be computed of it.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows and k columns.

    Raises
    ------
    DataError
        Fewer than k + 2 rows, no intercept, a row that alone decides a coefficient, or an
        outcome without any residual.
    """
    if fit.residual_df < 2:
        least = len(fit.names) + 2
        raise DataError(say.FEW_FOR_CHECKS(n_y=len(fit.y), n_names=len(fit.names), least=least))
    if not ((np.ptp(fit.x, axis=0) == 0) & (fit.x[0] != 0)).any():
        raise DataError(f"No intercept among {listed(fit.names)}; add a column of ones.")
    alone = [row for row, share in zip(fit.rows, fit.leverage, strict=True) if share > 1 - WHOLE]
    if alone:
        raise DataError(say.ALONE_DECIDES(alone=listed(fit.in_words(alone))))
    if np.linalg.norm(fit.residuals) <= NOTHING * np.linalg.norm(fit.y):
        raise DataError(say.EXACT())
    return fit


def check_length(values: Sized, fit: LeastSquares, what: str) -> None:
    """Refuse values that are not one a row.

    Raises
    ------
    DataError
        Another length.
    """
    if len(values) != len(fit.y):
        raise DataError(f"{len(values)} {what} for {len(fit.y)} rows; give one a row.")
