"""Whether residuals of near regions are alike (floor 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from smartlib.inference.checks.tests import SIZE
from smartlib.inference.checks.usable import check_length, usable
from smartlib.inference.core.distance import great_circle_km
from smartlib.inference.core.least_squares import LeastSquares
from smartlib.vocabulary.errors import DataError


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
        One-sided, against near rows being alike: by those moments, and by shuffling.
    p_two_sided : float
        Against near rows being alike or unlike, by those moments.
    neighbours : int
        Of each row.
    distance_km : float
        Median distance to a neighbour.
    """

    statistic: float
    expected: float
    variance: float
    p_value: float
    p_permutation: float
    p_two_sided: float
    neighbours: int
    distance_km: float

    @property
    def is_sign(self) -> bool:
        """Whether near rows are read as alike: p below 0.05."""
        return self.p_value < SIZE


def morans_i(
    fit: LeastSquares,
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
    fit : LeastSquares
        Of n rows and k columns, an intercept among them.
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
        What `usable` refuses, centroids of another length, missing or off the globe, or a
        number of neighbours outside 1, ..., n - 1.

    Notes
    -----
    I = e'We / e'e with rows of W summing to 1. Residuals are not free: with
    M = I - QQ', under independent normal errors of one variance E(I) = tr(MW) / (n - k)
    and E(I^2) = (tr(MWMW') + tr(MWMW) + tr(MW)^2) / ((n - k)(n - k + 2)) (Cliff, Ord,
    1981, p. 203); `p_value` takes I as normal. `p_permutation` shuffles the residuals
    as if they were exchangeable, which holds nearly when n is large beside k.

    Verification: R: spdep, to 1e-8; the shuffles by simulation.

    References
    ----------
    Cliff, A. D., and Ord, J. K. (1981). Spatial processes: models and applications.
    London: Pion.

    Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika,
    37(1/2), 17-23.
    """
    usable(fit)
    rng = np.random.default_rng(0) if rng is None else rng
    weights, distance = _nearest_weights(fit, longitude, latitude, neighbours)
    e, total = fit.residuals, fit.residuals @ fit.residuals
    found = float(e @ weights @ e / total)
    expected, variance = _residual_moments(fit, weights)
    shuffled = rng.permuted(np.tile(e, (draws, 1)), axis=1)
    reached = ((shuffled @ weights * shuffled).sum(axis=1) / total >= found).sum()
    z = (found - expected) / variance**0.5
    p, two = float(stats.norm.sf(z)), float(2 * stats.norm.sf(abs(z)))
    share = float((1 + reached) / (draws + 1))
    return SpatialPattern(found, expected, variance, p, share, two, neighbours, distance)


def _nearest_weights(
    fit: LeastSquares, longitude: np.ndarray, latitude: np.ndarray, neighbours: int
) -> tuple[np.ndarray, float]:
    """Row-standardised weights, shape (n, n), and the median distance to a neighbour."""
    distance = great_circle_km(longitude, latitude)
    check_length(distance, fit, "centroids")
    rows = len(fit.y)
    if not 1 <= neighbours < rows:
        raise DataError(f"{neighbours} neighbours of {rows} rows; expected 1 to {rows - 1}.")
    np.fill_diagonal(distance, np.inf)  # no row is its own neighbour
    nearest = np.argsort(distance, axis=1, kind="stable")[:, :neighbours]
    weights = np.zeros((rows, rows))
    np.put_along_axis(weights, nearest, 1 / neighbours, axis=1)
    return weights, float(np.median(np.take_along_axis(distance, nearest, axis=1)))


def _residual_moments(fit: LeastSquares, weights: np.ndarray) -> tuple[float, float]:
    """Mean and variance of Moran's I of residuals (Cliff, Ord)."""
    left = weights - fit.basis @ (fit.basis.T @ weights)  # MW
    right = weights - (weights @ fit.basis) @ fit.basis.T  # WM
    free = fit.residual_df
    trace = np.trace(left)
    square = (left * right).sum() + (left * left.T).sum() + trace**2
    mean = trace / free
    return float(mean), float(square / (free * (free + 2)) - mean**2)
