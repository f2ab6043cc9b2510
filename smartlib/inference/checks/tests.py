"""Tests of what a regression assumes: collinear factors, missed curves, uneven spread (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartlib.inference.checks.usable import usable
from smartlib.inference.core.least_squares import LeastSquares
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import formulas as say

SIZE = 0.05  # p-values below it are read as a sign; it selects a sentence, nothing else
HIGH_INFLATION = 10.0  # beyond it an error is over three times as wide: sqrt(10)


@dataclass(frozen=True)
class Collinearity:
    """Variance inflation factor of each column but the intercept."""

    inflation: pd.Series

    @property
    def is_high(self) -> bool:
        """Whether some factors can hardly be told apart."""
        return bool(self.inflation.max() > HIGH_INFLATION)


@dataclass(frozen=True)
class HypothesisTest:
    """A test of an assumption.

    Attributes
    ----------
    name : {"reset", "breusch_pagan"}
        Which.
    statistic : float
        F or chi-square.
    degrees_of_freedom : tuple of int
        Two of F, one of chi-square.
    p_value : float
        Of the hypothesis that the assumption holds.
    """

    name: str
    statistic: float
    degrees_of_freedom: tuple[int, ...]
    p_value: float

    @property
    def is_sign(self) -> bool:
        """Whether it is read as a sign against the assumption: p below 0.05."""
        return self.p_value < SIZE


def collinearity(fit: LeastSquares) -> Collinearity:
    """Variance inflation factors.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows and k columns, an intercept among them.

    Returns
    -------
    Collinearity

    Raises
    ------
    DataError
        What `usable` refuses, or no column beside the intercept.

    Notes
    -----
    1 / (1 - R^2) of each column on the others: the diagonal of the inverse of their
    correlation matrix (Belsley, Kuh, Welsch, 1980, chapter 3). It counts what the
    factors share linearly; a large one widens errors and biases nothing.

    Verification: R: base, to 1e-8.

    References
    ----------
    Belsley, D. A., Kuh, E., and Welsch, R. E. (1980). Regression diagnostics:
    identifying influential data and sources of collinearity. New York: Wiley.
    """
    usable(fit)
    varies = np.ptp(fit.x, axis=0) > 0
    if not varies.any():
        raise DataError(say.FOR_VIF())
    inverse = np.linalg.inv(np.atleast_2d(np.corrcoef(fit.x[:, varies], rowvar=False)))
    kept = [name for name, keep in zip(fit.names, varies, strict=True) if keep]
    return Collinearity(pd.Series(np.diag(inverse), index=kept))


def reset(
    fit: LeastSquares,
    *,
    powers: Sequence[int] = (2, 3),
    covariance: str = "nonrobust",
) -> HypothesisTest:
    """Ramsey's RESET: whether powers of the fitted values add to the fit.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows and k columns, an intercept among them.
    powers : sequence of int, default (2, 3)
        Of the fitted values.
    covariance : str, default "nonrobust"
        As statsmodels names it: classical, or `HC3` for a test that allows errors of
        unequal spread.

    Returns
    -------
    HypothesisTest
        F, with (number of powers, n - k - number of powers) degrees of freedom.

    Raises
    ------
    DataError
        What `usable` refuses, or fitted values too few to carry the powers.

    Notes
    -----
    F test that the coefficients of the powers are all zero. It assumes independent
    errors, normal or many; it has little power against curves that the fitted values do
    not follow.

    Verification: R: lmtest, to 1e-8.

    References
    ----------
    Ramsey, J. B. (1969). Tests for specification errors in classical linear
    least-squares regression analysis. Journal of the Royal Statistical Society, Series
    B, 31(2), 350-371.
    """
    usable(fit)
    # The test does not change with the outcome's origin and unit; powers of large numbers would.
    y = (fit.y - fit.y.mean()) / fit.y.std()
    fitted = fit.basis @ (fit.basis.T @ y)
    augmented = np.column_stack([fit.basis, *(fitted**power for power in powers)])
    if np.linalg.matrix_rank(augmented) < augmented.shape[1]:
        raise DataError(say.FOR_RESET(powers=listed(powers)))
    # Imported here: it takes a second, and most reports fit nothing.
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415
    from statsmodels.stats.diagnostic import linear_reset  # noqa: PLC0415

    model = OLS(y, fit.x).fit()
    test = linear_reset(model, power=list(powers), use_f=True, cov_type=covariance)
    degrees = (len(powers), fit.residual_df - len(powers))
    return HypothesisTest("reset", float(test.statistic), degrees, float(test.pvalue))


def heteroskedasticity(fit: LeastSquares) -> HypothesisTest:
    """Breusch and Pagan's test, studentized by Koenker.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows and k columns, an intercept among them.

    Returns
    -------
    HypothesisTest
        n R^2 of the squared residuals on the design, chi-square with k - 1 degrees of
        freedom.

    Raises
    ------
    DataError
        What `usable` refuses, or no column beside the intercept.

    Notes
    -----
    Assumes independent errors; Koenker's form does without normal ones.

    Verification: R: lmtest, to 1e-8.

    References
    ----------
    Breusch, T. S., and Pagan, A. R. (1979). A simple test for heteroscedasticity and
    random coefficient variation. Econometrica, 47(5), 1287-1294.

    Koenker, R. (1981). A note on studentizing a test for heteroscedasticity. Journal of
    Econometrics, 17(1), 107-112.
    """
    usable(fit)
    if len(fit.names) < 2:
        raise DataError(say.NO_FACTOR())
    # Imported here: it takes a second, and most reports fit nothing.
    from statsmodels.stats.diagnostic import het_breuschpagan  # noqa: PLC0415

    statistic, p = map(float, het_breuschpagan(fit.residuals, fit.x)[:2])
    return HypothesisTest("breusch_pagan", statistic, (len(fit.names) - 1,), p)
