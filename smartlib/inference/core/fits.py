"""Least squares with heteroskedasticity-robust errors, as plain records (floor 3).

The only home of statsmodels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartlib.vocabulary.errors import DataError

LEVERAGE_MARGIN = 1e-8  # a leverage this near to 1 is 1, but for the last bits of a float
ROWS_PER_COEFFICIENT = 10  # fewer and the estimates say more of the sample than of the regions


@dataclass(frozen=True)
class Coefficient:
    """An estimate: name, value, standard error, t, p-value, interval."""

    name: str
    estimate: float
    standard_error: float
    t: float
    p_value: float
    low: float
    high: float


@dataclass(frozen=True)
class Fit:
    """A fitted linear regression.

    Attributes
    ----------
    outcome : str
        What is regressed.
    coefficients : tuple of Coefficient
        Intercept first, then in the order of the factors.
    observations : int
        Rows used.
    residual_df : int
        Degrees of freedom of the t distribution behind intervals and p-values.
    r_squared : float
        Share of the variance of the outcome.
    level : float
        Of the intervals.
    dropped : dict of str to str
        Rows left out, by label, with the columns whose value is missing.
    """

    outcome: str
    coefficients: tuple[Coefficient, ...]
    observations: int
    residual_df: int
    r_squared: float
    level: float
    dropped: dict[str, str]

    def __getitem__(self, name: str) -> Coefficient:
        """Coefficient of a factor."""
        return next(c for c in self.coefficients if c.name == name)


def fit_ols(
    frame: pd.DataFrame, outcome: str, factors: Sequence[str], *, level: float = 0.95
) -> Fit:
    """Ordinary least squares with HC3 standard errors.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        Holds the outcome and the factors; a missing value leaves its row out, and the
        row is named in the result.
    outcome : str
        Column to explain.
    factors : sequence of str
        Columns to explain it with; an intercept is added.
    level : float, default 0.95
        Of the intervals.

    Returns
    -------
    Fit

    Raises
    ------
    DataError
        A column is missing, repeated, constant or holds no finite numbers, the factors
        are collinear, one row alone decides a coefficient, or there are fewer than 10
        rows a coefficient.

    Notes
    -----
    Assumes independent rows and a linear conditional mean; the coefficients are
    associations among the regions at hand. The covariance is
    (X'X)^-1 X' diag(e_i^2 / (1 - h_i)^2) X (X'X)^-1 (MacKinnon, White, 1985); intervals
    use the t distribution with n - k degrees of freedom.

    References
    ----------
    MacKinnon, J. G., and White, H. (1985). Some heteroskedasticity-consistent covariance
    matrix estimators with improved finite sample properties. Journal of Econometrics,
    29(3), 305-325.
    """
    names = [outcome, *factors]
    if len(set(names)) < len(names):
        raise DataError(f"Each column can be named once: {', '.join(names)}.")
    absent = [name for name in names if name not in frame.columns]
    if absent:
        known = ", ".join(map(str, frame.columns))
        raise DataError(f"No column {', '.join(absent)}; columns at hand: {known}.")
    data = _numeric(frame[names])
    missing = data.isna()
    dropped = {
        str(label): ", ".join(name for name in names if row[name])
        for label, row in missing[missing.any(axis=1)].iterrows()
    }
    data = data.dropna()
    _check_design(data, factors)
    # Imported here: it takes a second, and most reports fit nothing.
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415

    design = data[list(factors)].assign(intercept=1.0)[["intercept", *factors]]
    model = OLS(data[outcome], design).fit(cov_type="HC3", use_t=True)
    interval = model.conf_int(1 - level)
    coefficients = tuple(
        Coefficient(
            str(name),
            float(model.params[name]),
            float(model.bse[name]),
            float(model.tvalues[name]),
            float(model.pvalues[name]),
            float(interval.loc[name, 0]),
            float(interval.loc[name, 1]),
        )
        for name in design.columns
    )
    return Fit(
        outcome=outcome,
        coefficients=coefficients,
        observations=int(model.nobs),
        residual_df=int(model.df_resid),
        r_squared=float(model.rsquared),
        level=level,
        dropped=dropped,
    )


def _numeric(columns: pd.DataFrame) -> pd.DataFrame:
    """The columns as numbers; a missing value stays one."""
    numbers = columns.apply(pd.to_numeric, errors="coerce").astype("float64")
    unusable = (numbers.isna() & columns.notna()) | np.isinf(numbers)
    bad = [f"{name} ({unusable[name].sum()} rows)" for name in columns if unusable[name].any()]
    if bad:
        raise DataError(f"Text or infinite values where numbers belong: {', '.join(bad)}.")
    return numbers


def _check_design(data: pd.DataFrame, factors: Sequence[str]) -> None:
    needed = ROWS_PER_COEFFICIENT * (len(factors) + 1)
    if len(data) < needed:
        raise DataError(
            f"{len(data)} complete rows for {len(factors) + 1} coefficients; at least {needed} "
            "are needed. Drop factors, or those with missing values."
        )
    constant = [name for name in factors if data[name].nunique() < 2]
    if constant:
        raise DataError(f"{', '.join(constant)} is the same in every row; leave it out.")
    standardised = (data[list(factors)] - data[list(factors)].mean()) / data[list(factors)].std()
    if np.linalg.matrix_rank(standardised.to_numpy()) < len(factors):
        raise DataError(
            f"The factors {', '.join(factors)} determine each other; leave one of them out."
        )
    design = np.column_stack([np.ones(len(data)), standardised])
    leverage = (np.linalg.qr(design)[0] ** 2).sum(axis=1)
    alone = data.index[leverage > 1 - LEVERAGE_MARGIN]
    if len(alone):
        raise DataError(
            f"Row {', '.join(map(str, alone))} alone decides a coefficient, which then has no "
            "standard error; leave out the factor that only this row has, or the row."
        )
