"""Errors that go together by distance between regions (floor 3).

Beside clusters: a province's border ends nothing, and two regions on its two sides may share
what the regression leaves out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from smartlib.inference.core.distance import great_circle_km
from smartlib.inference.core.least_squares import Floats, LeastSquares
from smartlib.inference.core.sandwich import Covariance
from smartlib.vocabulary.errors import DataError, ParameterError

NEGATIVE = -1e-10  # an eigenvalue below this, where the variances are 1, is not rounding

KERNELS: dict[str, Callable[[Floats], Floats]] = {  # weight at a share of the cutoff below 1
    "bartlett": lambda share: 1 - share,
    "uniform": np.ones_like,
    "askey": lambda share: (1 - share) ** 2,
}


def conley(
    fit: LeastSquares,
    longitude: ArrayLike,
    latitude: ArrayLike,
    cutoff_km: float,
    *,
    kernel: str = "bartlett",
) -> Covariance:
    """Covariance of coefficients under errors that go together by distance.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows.
    longitude, latitude : array, shape (n,)
        Of each row's centroid, in degrees.
    cutoff_km : float
        Distance from which on errors are taken as unrelated, in kilometres; 0 for `hc1`.
    kernel : {"bartlett", "uniform", "askey"}, default "bartlett"
        Weight of a pair at the distance d: 1 - d / cutoff, 1, or (1 - d / cutoff)^2; 0 from
        the cutoff on.

    Returns
    -------
    Covariance
        With n - k degrees of freedom and no clusters.

    Raises
    ------
    ParameterError
        No such kernel, a negative cutoff.
    DataError
        Coordinates not one pair a row, missing or not on Earth; a covariance that is not
        positive semi-definite.

    Notes
    -----
    V = n / (n - k) (X'X)^-1 [sum_ij K(d_ij) x_i e_i e_j x_j'] (X'X)^-1, with K = 1 for i = j
    and great-circle distances d.

    Assumes errors of mean 0 whose dependence fades with distance alone, and many regions beyond
    the cutoff of each. The only correction for a small sample is the factor n / (n - k) and the
    t distribution with n - k degrees of freedom: nothing makes up for residuals that are
    smaller than errors at high leverage, nor for how few independent stretches of land there
    are. Expect intervals that are too narrow where the cutoff reaches a large part of the
    country, and read them beside `cr2`.

    In the plane and on the sphere neither the uniform kernel nor Bartlett's need give a
    positive semi-definite matrix, the uniform one often does not; such a matrix is refused.
    Askey's function with this power always gives one, with less weight to middle distances.

    Verification: brute force: loops over all pairs, to 1e-8.

    References
    ----------
    Conley, T. G. (1999). GMM estimation with cross sectional dependence. Journal of
    Econometrics, 92(1), 1-45.

    Gneiting, T. (2013). Strictly and non-strictly positive definite functions on spheres.
    Bernoulli, 19(4), 1327-1349.
    """
    if kernel not in KERNELS:
        raise ParameterError(f"No kernel is called '{kernel}'; there are {', '.join(KERNELS)}.")
    if not cutoff_km >= 0:
        raise ParameterError(f"A cutoff of {cutoff_km} km; a distance of 0 or more is due.")
    distance = great_circle_km(longitude, latitude)
    if len(distance) != len(fit.y):
        raise DataError(f"{len(distance)} places for {len(fit.y)} rows; each row needs one.")
    weight = np.eye(len(distance))
    near = distance < cutoff_km
    weight[near] = KERNELS[kernel](distance[near] / cutoff_km)
    scores = (fit.basis @ fit.inverse_root.T) * fit.residuals[:, None]
    matrix = len(fit.y) / fit.residual_df * (scores.T @ weight @ scores)
    _check_semidefinite(matrix, kernel, cutoff_km)
    return Covariance(
        fit=fit,
        matrix=(matrix + matrix.T) / 2,
        fixed_df=fit.residual_df,
        is_satterthwaite=False,
        clusters=None,
        alone={},
        _adjusted=None,
    )


def _check_semidefinite(matrix: Floats, kernel: str, cutoff_km: float) -> None:
    variances = np.diag(matrix)
    is_proper = bool((variances > 0).all())
    if is_proper:
        size = np.sqrt(variances)
        smallest = np.linalg.eigvalsh(matrix / np.outer(size, size))[0]
        is_proper = smallest > NEGATIVE
    if not is_proper:
        raise DataError(
            f"With the {kernel} kernel and a cutoff of {cutoff_km} km the covariance is not "
            "positive semi-definite: some combination of coefficients would have a negative "
            "variance. Take the kernel askey, or another cutoff."
        )
