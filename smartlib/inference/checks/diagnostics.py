"""Whether a regression leans on single rows, misses a curve, or leaves a pattern (floor 3).

Each diagnostic takes arrays and returns a frozen record: its numbers, and a `reading`, a
sentence or two in plain English that says what was seen and what to do about it. Near
rows are those with near centroids. Row and group deletions are solved exactly from one
QR decomposition, so that nothing is fitted again.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from smartlib.vocabulary.errors import DataError

MARGIN = 1e-8  # of a share that is 0 or 1 but for the last bits of a float
SIZE = 0.05  # p-values below it are read as a sign; it selects a sentence, nothing else
HIGH_INFLATION = 10.0  # beyond it an error is over three times as wide: sqrt(10)
EARTH_RADIUS_KM = 6371.0088  # mean radius of WGS 84
SHOWN = 10  # items named in a message


@dataclass(frozen=True)
class Solved:
    """A least squares problem, solved.

    Attributes
    ----------
    names : tuple of str, length k
        Of the columns, intercept included.
    q, r : ndarray, shape (n, k) and (k, k)
        QR decomposition of the design.
    outcome, residuals : ndarray, shape (n,)
        In index points.
    coefficients, standard_errors : ndarray, shape (k,)
        Index points a unit of each column; the errors are the classical ones.
    degrees_of_freedom : int
        n - k.
    """

    names: tuple[str, ...]
    q: np.ndarray
    r: np.ndarray
    outcome: np.ndarray
    residuals: np.ndarray
    coefficients: np.ndarray
    standard_errors: np.ndarray
    degrees_of_freedom: int

    @property
    def leverage(self) -> np.ndarray:
        """Diagonal of the hat matrix, shape (n,)."""
        return (self.q**2).sum(axis=1)

    def position(self, factor: str) -> int:
        """Column of a factor."""
        if factor not in self.names:
            raise DataError(f"No factor '{factor}'; factors at hand: {', '.join(self.names)}.")
        return self.names.index(factor)


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
    reading : str
        What was seen and what to do.
    """

    factor: str
    estimate: float
    rows: pd.DataFrame
    reading: str

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
    reading : str
        What was seen and what to do.
    """

    factor: str
    estimate: float
    groups: pd.DataFrame
    undetermined: tuple[str, ...]
    reading: str

    @property
    def strongest(self) -> tuple[str, ...]:
        """The group that moves the coefficient most; none if no group can be left out."""
        moved = (self.groups["estimate_without"] - self.estimate).abs()
        return (str(moved.idxmax()),) if len(moved) else ()


@dataclass(frozen=True)
class Collinearity:
    """Variance inflation factor of each column but the intercept, and its reading."""

    inflation: pd.Series
    reading: str


@dataclass(frozen=True)
class Verdict:
    """A test: statistic, its degrees of freedom, p-value, and its reading."""

    statistic: float
    degrees_of_freedom: tuple[int, ...]
    p_value: float
    reading: str


@dataclass(frozen=True)
class SpatialPattern:
    """Moran's I of residuals.

    Attributes
    ----------
    statistic : float
        Moran's I.
    expected, variance : float
        Under independent normal errors (Cliff, Ord), given the design.
    p_value, p_permutation : float
        One-sided, towards near rows being alike: by those moments, and by shuffling.
    neighbours : int
        Of each row.
    distance_km : float
        Median distance to a neighbour.
    reading : str
        What was seen and what to do.
    """

    statistic: float
    expected: float
    variance: float
    p_value: float
    p_permutation: float
    neighbours: int
    distance_km: float
    reading: str


def solved(x: np.ndarray, y: np.ndarray, names: Sequence[str]) -> Solved:
    """Least squares, after the checks that every diagnostic needs.

    Parameters
    ----------
    x : ndarray, shape (n, k)
        Design with one column of ones, in the units of the factors.
    y : ndarray, shape (n,)
        Outcome, in index points.
    names : sequence of str, length k
        Of the columns of x.

    Returns
    -------
    Solved

    Raises
    ------
    DataError
        Lengths that differ, a missing or infinite value, fewer than k + 2 rows, no
        intercept, columns that determine each other, a row that alone decides a
        coefficient, or an outcome without any residual.
    """
    x, y = np.asarray(x, dtype="float64"), np.asarray(y, dtype="float64")
    _check_shapes(x, y, names)
    rows, columns = x.shape
    q, r = np.linalg.qr(x)
    scale = np.linalg.norm(x, axis=0)
    dependent = [
        n for n, left, s in zip(names, np.diag(r), scale, strict=True) if abs(left) <= MARGIN * s
    ]
    if dependent:
        raise DataError(f"{_list(dependent)}: determined by the columns before; leave it out.")
    alone = np.flatnonzero((q**2).sum(axis=1) > 1 - MARGIN) + 1
    if len(alone):
        raise DataError(
            f"Row {_list(alone)} alone decides a coefficient; leave out the factor that only this "
            "row has, or the row."
        )
    coefficients = np.linalg.solve(r, q.T @ y)
    residuals = y - q @ (q.T @ y)
    if np.linalg.norm(residuals) <= MARGIN * np.linalg.norm(y):
        raise DataError("The factors reproduce the outcome exactly; there is nothing to diagnose.")
    variance = residuals @ residuals / (rows - columns)
    errors = np.sqrt(variance * (np.linalg.inv(r) ** 2).sum(axis=1))
    return Solved(tuple(map(str, names)), q, r, y, residuals, coefficients, errors, rows - columns)


def influence(
    x: np.ndarray, y: np.ndarray, names: Sequence[str], *, factor: str, labels: Sequence[Hashable]
) -> Influence:
    """Leverage, Cook's distance, DFBETAS, and the coefficient without each row.

    Parameters
    ----------
    x, y, names
        As in `solved`.
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
        As in `solved`, no such factor, or labels of another length.

    Notes
    -----
    With leverage h_i and residual e_i, leaving out row i gives exactly
    b - (X'X)^-1 x_i e_i / (1 - h_i). Cook's distance is e_i^2 h_i / (k s^2 (1 - h_i)^2);
    DFBETAS divides the change of the coefficient by its classical error, with s
    estimated without the row. Rows beyond 2 / sqrt(n) in DFBETAS are counted in the
    reading (Belsley, Kuh, Welsch, 1980, chapter 2).

    References
    ----------
    Belsley, D. A., Kuh, E., and Welsch, R. E. (1980). Regression diagnostics:
    identifying influential data and sources of collinearity. New York: Wiley.

    Cook, R. D. (1977). Detection of influential observation in linear regression.
    Technometrics, 19(1), 15-18.
    """
    fit = solved(x, y, names)
    _check_length(labels, fit, "labels")
    place, h, e = fit.position(factor), fit.leverage, fit.residuals
    unit = fit.standard_errors[place] / np.sqrt(e @ e / fit.degrees_of_freedom)
    without, _ = _without(fit, np.arange(len(e)))
    estimate, without = float(fit.coefficients[place]), without[:, place]
    cooks = e**2 * h / (1 - h) ** 2 * fit.degrees_of_freedom / (len(fit.names) * (e @ e))
    deleted = np.sqrt((e @ e - e**2 / (1 - h)) / (fit.degrees_of_freedom - 1))
    columns = {
        "leverage": h,
        "cooks_distance": cooks,
        "dfbetas": (estimate - without) / (deleted * unit),
        "estimate_without": without,
    }
    rows = pd.DataFrame(columns, index=pd.Index(labels))
    return Influence(factor, estimate, rows, _read_rows(factor, estimate, rows))


def leave_group_out(
    x: np.ndarray, y: np.ndarray, names: Sequence[str], *, factor: str, groups: Sequence[Hashable]
) -> GroupInfluence:
    """The coefficient without each group of rows in turn.

    Parameters
    ----------
    x, y, names
        As in `solved`.
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
        As in `solved`, no such factor, groups of another length, a missing group, or
        fewer than two.

    Notes
    -----
    With X = QR and g the rows of a group, R b_(-g) = (I - Q_g'Q_g)^-1 (Q'y - Q_g'y_g):
    one small system a group, equal to fitting the other rows (the deletion formula of
    Belsley, Kuh, Welsch, 1980, chapter 2, for a block).

    References
    ----------
    Belsley, D. A., Kuh, E., and Welsch, R. E. (1980). Regression diagnostics:
    identifying influential data and sources of collinearity. New York: Wiley.
    """
    fit = solved(x, y, names)
    _check_length(groups, fit, "groups")
    codes, keys = pd.factorize(pd.Series(list(groups)), sort=True)
    if (codes < 0).any() or len(keys) < 2:
        raise DataError(
            f"{(codes < 0).sum()} rows without a group, {len(keys)} groups; expected a group for "
            "each row and at least two groups."
        )
    place = fit.position(factor)
    without, is_known = _without(fit, codes)
    columns = {"rows": np.bincount(codes), "estimate_without": without[:, place]}
    frame = pd.DataFrame(columns, index=pd.Index(keys))[is_known]
    open_groups = tuple(map(str, keys[~is_known]))
    estimate = float(fit.coefficients[place])
    reading = _read_groups(factor, estimate, frame, open_groups)
    return GroupInfluence(factor, estimate, frame, open_groups, reading)


def collinearity(x: np.ndarray, names: Sequence[str]) -> Collinearity:
    """Variance inflation factors.

    Parameters
    ----------
    x : ndarray, shape (n, k)
        Design with one column of ones.
    names : sequence of str, length k
        Of the columns of x.

    Returns
    -------
    Collinearity

    Raises
    ------
    DataError
        As in `solved`, or no column beside the intercept.

    Notes
    -----
    1 / (1 - R^2) of each column on the others: the diagonal of the inverse of their
    correlation matrix (Belsley, Kuh, Welsch, 1980, chapter 3). It counts what the
    factors share linearly; a large one widens errors and biases nothing.

    References
    ----------
    Belsley, D. A., Kuh, E., and Welsch, R. E. (1980). Regression diagnostics:
    identifying influential data and sources of collinearity. New York: Wiley.
    """
    x = np.asarray(x, dtype="float64")
    # Any outcome serves: only the design is checked.
    fit = solved(x, np.arange(len(x)) % 2, names)
    varies = np.ptp(x, axis=0) > 0
    if not varies.any():
        raise DataError("No factor beside the intercept; variance inflation needs at least one.")
    inverse = np.linalg.inv(np.atleast_2d(np.corrcoef(x[:, varies], rowvar=False)))
    kept = [name for name, keep in zip(fit.names, varies, strict=True) if keep]
    inflation = pd.Series(np.diag(inverse), index=kept)
    worst, largest = inflation.idxmax(), inflation.max()
    advice = (
        "State them together, or keep one of those that go together and say so."
        if largest > HIGH_INFLATION
        else "The factors can be told apart; nothing to do."
    )
    return Collinearity(
        inflation,
        f"The largest variance inflation is {largest:.1f} ({worst}): its standard error is "
        f"{largest**0.5:.1f} times what unrelated factors would give. {advice}",
    )


def reset(
    x: np.ndarray,
    y: np.ndarray,
    names: Sequence[str],
    *,
    powers: Sequence[int] = (2, 3),
    covariance: str = "nonrobust",
) -> Verdict:
    """Ramsey's RESET: whether powers of the fitted values add to the fit.

    Parameters
    ----------
    x, y, names
        As in `solved`.
    powers : sequence of int, default (2, 3)
        Of the fitted values.
    covariance : str, default "nonrobust"
        As statsmodels names it: classical, or `HC3` for a test that allows errors of
        unequal spread.

    Returns
    -------
    Verdict
        F, with (number of powers, n - k - number of powers) degrees of freedom.

    Raises
    ------
    DataError
        As in `solved`, or fitted values too few to carry the powers.

    Notes
    -----
    F test that the coefficients of the powers are all zero. It assumes independent
    errors, normal or many; it has little power against curves that the fitted values do
    not follow.

    References
    ----------
    Ramsey, J. B. (1969). Tests for specification errors in classical linear
    least-squares regression analysis. Journal of the Royal Statistical Society, Series
    B, 31(2), 350-371.
    """
    fit = solved(x, y, names)
    # The test does not change with the outcome's origin and unit; powers of large numbers would.
    y = (fit.outcome - fit.outcome.mean()) / fit.outcome.std()
    fitted = fit.q @ (fit.q.T @ y)
    augmented = np.column_stack([fit.q, *(fitted**power for power in powers)])
    if np.linalg.matrix_rank(augmented) < augmented.shape[1]:
        raise DataError(
            f"Powers {_list(powers)} of the fitted values are determined by the factors (as with "
            "0/1 factors alone); RESET needs a factor with more values."
        )
    # Imported here: it takes a second, and most reports fit nothing.
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415
    from statsmodels.stats.diagnostic import linear_reset  # noqa: PLC0415

    model = OLS(y, np.asarray(x, dtype="float64")).fit()
    test = linear_reset(model, power=list(powers), use_f=True, cov_type=covariance)
    degrees = (len(powers), fit.degrees_of_freedom - len(powers))
    f, p = float(test.statistic), float(test.pvalue)
    seen = f"F({degrees[0]}, {degrees[1]}) = {f:.2f}, {p_in_words(p)}"
    reading = (
        f"Powers of the fitted values add to the fit ({seen}): try logarithms or a squared "
        "factor, and show both."
        if p < SIZE
        else f"No sign of a missed curve ({seen}); this test sees only strong ones."
    )
    return Verdict(f, degrees, p, reading)


def heteroskedasticity(x: np.ndarray, y: np.ndarray, names: Sequence[str]) -> Verdict:
    """Breusch and Pagan's test, studentized by Koenker.

    Parameters
    ----------
    x, y, names
        As in `solved`.

    Returns
    -------
    Verdict
        n R^2 of the squared residuals on the design, chi-square with k - 1 degrees of
        freedom.

    Raises
    ------
    DataError
        As in `solved`, or no column beside the intercept.

    Notes
    -----
    Assumes independent errors; Koenker's form does without normal ones.

    References
    ----------
    Breusch, T. S., and Pagan, A. R. (1979). A simple test for heteroscedasticity and
    random coefficient variation. Econometrica, 47(5), 1287-1294.

    Koenker, R. (1981). A note on studentizing a test for heteroscedasticity. Journal of
    Econometrics, 17(1), 107-112.
    """
    fit = solved(x, y, names)
    if len(fit.names) < 2:
        raise DataError("No factor beside the intercept; spread needs one to go with.")
    # Imported here: it takes a second, and most reports fit nothing.
    from statsmodels.stats.diagnostic import het_breuschpagan  # noqa: PLC0415

    statistic, p = map(float, het_breuschpagan(fit.residuals, np.asarray(x, dtype="float64"))[:2])
    seen = f"chi-square({len(fit.names) - 1}) = {statistic:.2f}, {p_in_words(p)}"
    reading = (
        f"The spread of the residuals goes with the factors ({seen}): read robust errors (HC3, "
        "CR2), and look for the factor that it grows with."
        if p < SIZE
        else f"No sign that the spread goes with the factors ({seen}); robust errors cost little "
        "and stay the default."
    )
    return Verdict(statistic, (len(fit.names) - 1,), p, reading)


def morans_i(
    x: np.ndarray,
    y: np.ndarray,
    names: Sequence[str],
    *,
    longitude: np.ndarray,
    latitude: np.ndarray,
    neighbours: int = 5,
    draws: int = 9999,
    rng: np.random.Generator | None = None,
) -> SpatialPattern:
    """Moran's I of the residuals, with the nearest centroids as neighbours.

    Parameters
    ----------
    x, y, names
        As in `solved`.
    longitude, latitude : ndarray, shape (n,)
        Centroids, in degrees.
    neighbours : int, default 5
        Of each row, by great-circle distance; ties by row order.
    draws : int, default 9999
        Shuffles behind `p_permutation`.
    rng : Generator, optional
        Default: seeded with 0.

    Returns
    -------
    SpatialPattern

    Raises
    ------
    DataError
        As in `solved`, centroids of another length, missing or off the globe, or a
        number of neighbours outside 1, ..., n - 1.

    Notes
    -----
    I = e'We / e'e with rows of W summing to 1. Residuals are not free: with
    M = I - QQ', under independent normal errors of one variance E(I) = tr(MW) / (n - k)
    and E(I^2) = (tr(MWMW') + tr(MWMW) + tr(MW)^2) / ((n - k)(n - k + 2)) (Cliff, Ord,
    1981, p. 203); `p_value` takes I as normal. `p_permutation` shuffles the residuals
    as if they were exchangeable, which holds nearly when n is large beside k.

    References
    ----------
    Cliff, A. D., and Ord, J. K. (1981). Spatial processes: models and applications.
    London: Pion.

    Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika,
    37(1/2), 17-23.
    """
    fit = solved(x, y, names)
    rng = np.random.default_rng(0) if rng is None else rng
    weights, distance = _nearest_weights(fit, longitude, latitude, neighbours)
    e, total = fit.residuals, fit.residuals @ fit.residuals
    found = float(e @ weights @ e / total)
    expected, variance = _residual_moments(fit, weights)
    shuffled = rng.permuted(np.tile(e, (draws, 1)), axis=1)
    reached = ((shuffled @ weights * shuffled).sum(axis=1) / total >= found).sum()
    p = float(stats.norm.sf((found - expected) / variance**0.5))
    seen = f"Moran's I = {found:.3f} over {neighbours} neighbours, {p_in_words(p)}"
    reading = (
        f"Residuals of near regions are alike ({seen}): give errors by distance or clustered by "
        "province, and look for a factor that neighbours share."
        if p < SIZE
        else f"No sign that residuals of near regions are alike ({seen})."
    )
    share = float((1 + reached) / (draws + 1))
    return SpatialPattern(found, expected, variance, p, share, neighbours, distance, reading)


def p_in_words(p: float) -> str:
    """A p-value as `p = 0.031` or `p < 0.001`.

    Examples
    --------
    >>> p_in_words(0.0312), p_in_words(1e-9)
    ('p = 0.031', 'p < 0.001')
    """
    return f"p = {p:.3f}" if p >= 0.001 else "p < 0.001"


def _without(fit: Solved, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients without each group, shape (groups, k), and whether they exist."""
    q, columns, groups = fit.q, len(fit.names), codes.max() + 1
    gram, moment = np.zeros((groups, columns, columns)), np.zeros((groups, columns))
    np.add.at(gram, codes, q[:, :, None] * q[:, None, :])
    np.add.at(moment, codes, q * fit.outcome[:, None])
    left = np.eye(columns) - gram
    is_known = np.linalg.eigvalsh(left)[:, 0] > MARGIN
    left[~is_known] = np.eye(columns)
    rotated = np.linalg.solve(left, (q.T @ fit.outcome - moment)[:, :, None])
    return np.linalg.solve(fit.r, rotated)[:, :, 0], is_known


def _nearest_weights(
    fit: Solved, longitude: np.ndarray, latitude: np.ndarray, neighbours: int
) -> tuple[np.ndarray, float]:
    """Row-standardised weights, shape (n, n), and the median distance to a neighbour."""
    places = np.array([longitude, latitude], dtype="float64")
    _check_length(places[0], fit, "centroids")
    bad = np.flatnonzero(~(np.abs(places) <= [[360], [90]]).all(axis=0)) + 1
    if len(bad):
        raise DataError(f"Row {_list(bad)}: the centroid is missing or off the globe.")
    rows = len(fit.outcome)
    if not 1 <= neighbours < rows:
        raise DataError(f"{neighbours} neighbours of {rows} rows; expected 1 to {rows - 1}.")
    east, north = np.radians(places)
    unit = np.array([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
    cosine = unit.T @ unit
    np.fill_diagonal(cosine, -np.inf)  # no row is its own neighbour
    nearest = np.argsort(-cosine, axis=1, kind="stable")[:, :neighbours]
    weights = np.zeros((rows, rows))
    np.put_along_axis(weights, nearest, 1 / neighbours, axis=1)
    angles = np.arccos(np.clip(np.take_along_axis(cosine, nearest, axis=1), -1, 1))
    return weights, float(np.median(angles) * EARTH_RADIUS_KM)


def _residual_moments(fit: Solved, weights: np.ndarray) -> tuple[float, float]:
    """Mean and variance of Moran's I of residuals (Cliff, Ord)."""
    left = weights - fit.q @ (fit.q.T @ weights)  # MW
    right = weights - (weights @ fit.q) @ fit.q.T  # WM
    free = fit.degrees_of_freedom
    trace = np.trace(left)
    square = (left * right).sum() + (left * left.T).sum() + trace**2
    mean = trace / free
    return float(mean), float(square / (free * (free + 2)) - mean**2)


def _read_rows(factor: str, estimate: float, rows: pd.DataFrame) -> str:
    strongest, highest = rows["dfbetas"].abs().argmax(), rows["leverage"].argmax()
    mover = "It also" if strongest == highest else rows.index[strongest]
    bound = 2 / len(rows) ** 0.5
    count = (rows["dfbetas"].abs() > bound).sum()
    return (
        f"{rows.index[highest]} has the greatest leverage ({rows['leverage'].iloc[highest]:.2f}, "
        f"against a mean of {rows['leverage'].mean():.2f}). {mover} moves the "
        f"coefficient of {factor} most: {estimate:.3g} with it, "
        f"{rows['estimate_without'].iloc[strongest]:.3g} without; {count} of {len(rows)} rows pass "
        f"{bound:.2f} in DFBETAS. Show both estimates, and check that row's figures at their "
        "source; being influential is no reason to leave a row out."
    )


def _read_groups(
    factor: str, estimate: float, groups: pd.DataFrame, undetermined: tuple[str, ...]
) -> str:
    if groups.empty:
        return f"No group can be left out: without any one the coefficient of {factor} is open."
    without = groups["estimate_without"]
    holds = (np.sign(without) == np.sign(estimate)).all()
    note = f" Without {_list(undetermined)} it does not exist." if undetermined else ""
    return (
        f"Leaving out one of {len(groups)} groups at a time, the coefficient of {factor} "
        f"({estimate:.3g} with all) runs from {without.min():.3g} (without {without.idxmin()}) to "
        f"{without.max():.3g} (without {without.idxmax()}). "
        + ("Its sign holds throughout." if holds else "Its sign changes: rest nothing on it.")
        + note
    )


def _check_shapes(x: np.ndarray, y: np.ndarray, names: Sequence[str]) -> None:
    if x.ndim != 2 or y.shape != x.shape[:1] or len(names) != x.shape[1]:
        raise DataError(
            f"A design of shape {x.shape}, an outcome of shape {y.shape} and {len(names)} names "
            "do not belong together; expected (n, k), (n,) and k."
        )
    if len(set(names)) < len(names):
        raise DataError(f"Each column can be named once: {_list(names)}.")
    bad = np.flatnonzero(~(np.isfinite(x).all(axis=1) & np.isfinite(y))) + 1
    if len(bad):
        raise DataError(f"Row {_list(bad)}: missing or infinite; leave such rows out first.")
    if len(x) < x.shape[1] + 2:
        raise DataError(
            f"{len(x)} rows for {x.shape[1]} columns; at least {x.shape[1] + 2} are needed."
        )
    if not ((np.ptp(x, axis=0) == 0) & (x[0] != 0)).any():
        raise DataError(f"No intercept among {_list(names)}; add a column of ones.")


def _check_length(values: Sequence[Hashable] | np.ndarray, fit: Solved, what: str) -> None:
    if len(values) != len(fit.outcome):
        raise DataError(f"{len(values)} {what} for {len(fit.outcome)} rows; give one a row.")


def _list(items: Sequence[object] | np.ndarray) -> str:
    shown = ", ".join(map(str, items[:SHOWN]))
    return shown + (f" and {len(items) - SHOWN} more" if len(items) > SHOWN else "")
