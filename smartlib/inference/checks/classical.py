"""The classical assumption tests of textbooks (uji asumsi klasik), as one list (floor 3).

Normal residuals, even spread, factors that can be told apart, straight lines, independence,
single rows. Each is a record of numbers; one that cannot be made says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from scipy import stats

from smartlib.inference.checks.curvature import curvature
from smartlib.inference.checks.influence import influence
from smartlib.inference.checks.spatial import morans_i
from smartlib.inference.checks.tests import SIZE, collinearity, heteroskedasticity, reset
from smartlib.inference.checks.usable import usable
from smartlib.inference.core.formulas import INTERCEPT
from smartlib.inference.core.least_squares import Floats, LeastSquares, least_squares
from smartlib.inference.core.models import FittedModel
from smartlib.inference.factors.panel import shape_of
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.words import formulas as say

HIGH_VIF = 10.0  # as examiners ask: beyond it factors are called collinear
ONE_ROW = 1.0  # Cook's distance beyond which a row by itself moves the fit (Cook, Weisberg, 1982)
OF_ONE_YEAR = ("moran", "durbin_watson")  # the order or place of a region's only row
FEWEST, MOST = 4, 5000  # rows that Shapiro and Wilk's approximation was made for


@dataclass(frozen=True)
class Check:
    """One test of one assumption.

    Attributes
    ----------
    name : str
        Such as `shapiro_wilk`.
    statistic : float
        Missing where it cannot be computed.
    df : tuple of int
        Degrees of freedom: two of F, one of chi-square and t, none else.
    p_value : float
        Of the hypothesis that the assumption holds; missing where there is no test.
    term : str
        The column that it is about, or the row; or nothing.
    is_sign : bool
        Whether it speaks against the assumption.
    reason : str
        Why there is none, in English; else nothing.
    """

    name: str
    statistic: float
    df: tuple[int, ...] = ()
    p_value: float = nan
    term: str = ""
    is_sign: bool = False
    reason: str = ""


def classical_checks(
    model: FittedModel, *, longitude: Floats | None = None, latitude: Floats | None = None
) -> tuple[Check, ...]:
    """Every classical check of a fit.

    Parameters
    ----------
    model : FittedModel
        By least squares.
    longitude, latitude : array, shape (n,), optional
        Centroids of its rows, for Moran's I.

    Returns
    -------
    tuple of Check
        Normality, spread, collinearity, form, place, single rows, order of rows.

    Notes
    -----
    The tests are those of the fit without robust errors, each of which takes the other
    assumptions as given. Lilliefors's is the Kolmogorov-Smirnov test that SPSS prints, with the
    mean and spread estimated. White's has squares and products of all factors; Glejser's is the F
    of the absolute residuals on the factors.

    Verification: R: stats, lmtest, car, nortest and tseries, to 1e-8 (two p-values to 1e-5).

    References
    ----------
    Shapiro, S. S., and Wilk, M. B. (1965). An analysis of variance test for normality.
    Biometrika, 52(3/4), 591-611.

    Jarque, C. M., and Bera, A. K. (1980). Efficient tests for normality, homoscedasticity and
    serial independence of regression residuals. Economics Letters, 6(3), 255-259.

    Lilliefors, H. W. (1967). On the Kolmogorov-Smirnov test for normality with mean and variance
    unknown. Journal of the American Statistical Association, 62(318), 399-402.

    White, H. (1980). A heteroskedasticity-consistent covariance matrix estimator and a direct
    test for heteroskedasticity. Econometrica, 48(4), 817-838.

    Glejser, H. (1969). A new test for heteroskedasticity. Journal of the American Statistical
    Association, 64(325), 316-323.

    Durbin, J., and Watson, G. S. (1950). Testing for serial correlation in least squares
    regression, I. Biometrika, 37(3/4), 409-428.
    """
    if model.family != "ols" or model.weights:
        what = say.A_LOGIT() if model.family != "ols" else say.WEIGHTED_ROWS()
        return (Check("classical", nan, reason=say.NOT_MADE_FOR(what=what)),)
    fit = model.least_squares
    shown = [c.name for c in model.coefficients if c.name != INTERCEPT]
    makers: dict[str, Callable[[], Iterator[Check]]] = {
        "shapiro_wilk": lambda: _shapiro_wilk(fit.residuals),
        "jarque_bera": lambda: _jarque_bera(fit.residuals),
        "lilliefors": lambda: _lilliefors(fit.residuals),
        "breusch_pagan": lambda: _breusch_pagan(fit),
        "white": lambda: _white(fit),
        "glejser": lambda: _glejser(fit),
        "vif": lambda: _inflation(fit, shown),
        "reset": lambda: _reset(fit),
        "curvature": lambda: _curvature(model, shown),
        "moran": lambda: _moran(fit, longitude, latitude),
        "cooks_distance": lambda: _cooks_distance(fit, shown),
        "durbin_watson": lambda: _durbin_watson(fit.residuals),
    }
    return tuple(check for name, make in makers.items() for check in _made(name, make, fit))


def checks_of(model: FittedModel, places: pd.DataFrame) -> tuple[Check, ...]:
    """Every classical check of a fit whose rows are regions.

    Parameters
    ----------
    model : FittedModel
    places : DataFrame, shape (regions, 2)
        Indexed by region code: longitude, latitude; rows without are no reason to stop.
    """
    rows = list(model.least_squares.rows)
    if shape_of(rows) is not None:
        return tuple(_without_panel(classical_checks(model)))
    found = places.reindex(rows)
    if found.isna().any(axis=None):
        return classical_checks(model)
    longitude, latitude = found.to_numpy(dtype=np.float64).T
    return classical_checks(model, longitude=longitude, latitude=latitude)


def _without_panel(checks: Iterable[Check]) -> Iterator[Check]:
    """Checks of rows that are regions and years: those of one cross-section's order are none."""
    for check in checks:
        yield Check(check.name, nan, reason=say.OF_YEARS()) if check.name in OF_ONE_YEAR else check


def _made(name: str, make: Callable[[], Iterator[Check]], fit: LeastSquares) -> Iterator[Check]:
    try:
        usable(fit)
        yield from make()
    except DataError as error:
        yield Check(name, nan, reason=error.message)


def _test(name: str, statistic: float, df: tuple[int, ...], p: float) -> Check:
    return Check(name, float(statistic), df, float(p), is_sign=bool(p < SIZE))


def _shapiro_wilk(residuals: Floats) -> Iterator[Check]:
    if not FEWEST <= len(residuals) <= MOST:
        raise DataError(say.FOR_SHAPIRO(n_residuals=len(residuals), FEWEST=FEWEST, MOST=MOST))
    found = stats.shapiro(residuals)
    yield _test("shapiro_wilk", found.statistic, (), found.pvalue)


def _jarque_bera(residuals: Floats) -> Iterator[Check]:
    found = stats.jarque_bera(residuals)
    yield _test("jarque_bera", found.statistic, (2,), found.pvalue)


def _lilliefors(residuals: Floats) -> Iterator[Check]:
    # Imported here: it takes a second, and most reports fit nothing.
    from statsmodels.stats.diagnostic import lilliefors  # noqa: PLC0415

    if len(residuals) < FEWEST:
        raise DataError(say.FOR_LILLIEFORS(n_residuals=len(residuals), FEWEST=FEWEST))
    statistic, p = lilliefors(residuals, dist="norm", pvalmethod="approx")
    yield _test("lilliefors", statistic, (), p)


def _breusch_pagan(fit: LeastSquares) -> Iterator[Check]:
    found = heteroskedasticity(fit)
    yield _test("breusch_pagan", found.statistic, found.degrees_of_freedom, found.p_value)


def _white(fit: LeastSquares) -> Iterator[Check]:
    """N times R^2 of the squared residuals on all factors, their squares and products."""
    first, second = np.triu_indices(fit.x.shape[1])
    table = fit.x[:, first] * fit.x[:, second]
    scaled = table / np.linalg.norm(table, axis=0).clip(min=np.finfo(float).tiny)
    basis, size, _ = np.linalg.svd(scaled, full_matrices=False)
    rank = int((size > size[0] * len(scaled) * np.finfo(float).eps).sum())
    if rank - 1 < 1 or rank >= len(fit.y) / 2:
        raise DataError(say.FOR_WHITE(rank=rank, n_y=len(fit.y)))
    square = fit.residuals**2
    left = square - basis[:, :rank] @ (basis[:, :rank].T @ square)
    r_squared = 1 - (left @ left) / ((square - square.mean()) @ (square - square.mean()))
    statistic = len(square) * r_squared
    yield _test("white", statistic, (rank - 1,), stats.chi2.sf(statistic, rank - 1))


def _glejser(fit: LeastSquares) -> Iterator[Check]:
    absolute = np.abs(fit.residuals)
    again = least_squares(fit.x, absolute, fit.names, fit.rows)
    k, df = len(fit.names) - 1, fit.residual_df
    if k < 1:
        raise DataError(say.NO_FACTOR())
    left = float(again.residuals @ again.residuals)
    total = float(((absolute - absolute.mean()) ** 2).sum())
    statistic = (total - left) / k / (left / df)
    yield _test("glejser", statistic, (k, df), stats.f.sf(statistic, k, df))


def _inflation(fit: LeastSquares, shown: list[str]) -> Iterator[Check]:
    found = collinearity(fit).inflation
    for name in shown:
        value = float(found[name])
        yield Check("vif", value, term=name, is_sign=value > HIGH_VIF)


def _reset(fit: LeastSquares) -> Iterator[Check]:
    found = reset(fit)
    yield _test("reset", found.statistic, found.degrees_of_freedom, found.p_value)


def _curvature(model: FittedModel, shown: list[str]) -> Iterator[Check]:
    """The square of each continuous factor, Holm's p-value over them."""
    fit = model.least_squares
    found = curvature(fit, model.groups or fit.rows).table
    df = fit.residual_df - 1
    for name in shown:
        if name in found.index:
            row = found.loc[name]
            t = float(stats.t.isf(row["p_classical"] / 2, df) * np.sign(row["estimate"]))
            p = float(row["holm"])
            yield Check("curvature", t, (df,), p, term=name, is_sign=p < SIZE)


def _moran(fit: LeastSquares, longitude: Floats | None, latitude: Floats | None) -> Iterator[Check]:
    if longitude is None or latitude is None:
        raise DataError(say.FOR_MORAN())
    found = morans_i(fit, longitude=longitude, latitude=latitude)
    yield _test("moran", found.statistic, (), found.p_value)


def _cooks_distance(fit: LeastSquares, shown: list[str]) -> Iterator[Check]:
    if not shown:
        raise DataError(say.NO_FACTOR_AT_ALL())
    rows = influence(fit, factor=shown[0], labels=list(fit.rows)).rows["cooks_distance"]
    largest = float(rows.max())
    yield Check("cooks_distance", largest, term=str(rows.idxmax()), is_sign=largest > ONE_ROW)


def _durbin_watson(residuals: Floats) -> Iterator[Check]:
    steps = np.diff(residuals)
    yield Check("durbin_watson", float(steps @ steps / (residuals @ residuals)))
