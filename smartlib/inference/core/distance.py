"""Distances between places on Earth (floor 3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from smartlib.inference.core.least_squares import Floats
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed

EARTH_RADIUS_KM = 6371.0088  # mean radius (2 a + b) / 3 of the WGS 84 ellipsoid


def great_circle_km(longitude: ArrayLike, latitude: ArrayLike) -> Floats:
    """Distances on a sphere of the Earth's mean radius.

    Parameters
    ----------
    longitude, latitude : array, shape (n,)
        Degrees east and north.

    Returns
    -------
    array, shape (n, n)
        Kilometres.

    Raises
    ------
    DataError
        Lengths that differ, a missing value, degrees outside -180 to 180 or -90 to 90.

    Notes
    -----
    Haversine formula: 2 R arcsin sqrt(sin^2(dlat / 2) + cos lat_i cos lat_j sin^2(dlon / 2)).
    The Earth's ellipsoid differs from it by about half a percent at most.

    Verification: closed form: the law of cosines, to a millimetre.

    References
    ----------
    Sinnott, R. W. (1984). Virtues of the haversine. Sky and Telescope, 68(2), 159.

    Examples
    --------
    A quarter of the way round the Earth:

    >>> float(great_circle_km([0, 90], [0, 0])[0, 1].round(1))
    10007.6
    """
    east, north = np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float)
    if east.ndim != 1 or east.shape != north.shape:
        raise DataError(
            f"Longitudes of shape {east.shape}, latitudes of shape {north.shape}; each place "
            "needs one of each."
        )
    bad = np.flatnonzero(~((np.abs(east) <= 180) & (np.abs(north) <= 90)))
    if len(bad):
        raise DataError(
            f"No place on Earth at row {listed(bad)}; longitudes lie "
            "between -180 and 180, latitudes between -90 and 90, and none may be missing."
        )
    x, y = np.radians(east), np.radians(north)
    chord = np.sin((y[:, None] - y) / 2) ** 2
    chord += np.outer(np.cos(y), np.cos(y)) * np.sin((x[:, None] - x) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))


def share_within(longitude: ArrayLike, latitude: ArrayLike, cutoff_km: float) -> float:
    """Share of all pairs of places that are nearer than a cutoff.

    Parameters
    ----------
    longitude, latitude : array, shape (n,)
        As in `great_circle_km`, of two places or more.
    cutoff_km : float
        Kilometres.

    Examples
    --------
    >>> round(share_within([0, 1, 90], [0, 0, 0], 200), 3)
    0.333
    """
    distance = great_circle_km(longitude, latitude)
    return float((distance[np.triu_indices(len(distance), 1)] < cutoff_km).mean())
