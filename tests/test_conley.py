"""Errors that go together by distance: double loops, limits, refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest

from smartlib.inference.core.conley import (
    KERNELS,
    conley,
)
from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.distance import EARTH_RADIUS_KM, great_circle_km, share_within
from smartlib.inference.core.least_squares import LeastSquares, least_squares
from smartlib.inference.core.sandwich import infer
from smartlib.vocabulary.errors import DataError, ParameterError

EXACT = 1e-10  # the same arithmetic in another order
NAMES = ("intercept", "x", "z")
SHAPES = {
    "bartlett": lambda share: 1 - share,
    "uniform": lambda share: 1.0,
    "askey": lambda share: (1 - share) ** 2,
}


@pytest.fixture
def places() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(20241125)
    return rng.uniform(95, 141, 40), rng.uniform(-11, 6, 40)


@pytest.fixture
def fit() -> LeastSquares:
    rng = np.random.default_rng(7)
    x = np.column_stack([np.ones(40), rng.normal(size=(40, 2))])
    return least_squares(x, x @ [2.0, 0.5, -0.2] + rng.normal(size=40), NAMES)


def by_cosines(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance by the spherical law of cosines."""
    (lon_a, lat_a), (lon_b, lat_b) = (tuple(map(math.radians, place)) for place in (a, b))
    cosine = math.sin(lat_a) * math.sin(lat_b)
    cosine += math.cos(lat_a) * math.cos(lat_b) * math.cos(lon_a - lon_b)
    return EARTH_RADIUS_KM * math.acos(min(1.0, cosine))


def test_each_pair_counts_once_and_no_place_with_itself(places) -> None:
    """A loop over pairs, with distances by the law of cosines, counts the same share."""
    points = list(zip(*places, strict=True))
    pairs = [by_cosines(a, b) for number, a in enumerate(points) for b in points[:number]]
    near = sum(distance < 1000 for distance in pairs)
    assert share_within(*places, 1000) == pytest.approx(near / len(pairs), abs=EXACT)
    assert share_within(*places, 21000) == 1.0


def test_distances_are_those_of_the_law_of_cosines(places) -> None:
    """Haversines and cosines agree, to a millimetre, where places are not close together."""
    found = great_circle_km(*places)
    pairs = list(zip(*places, strict=True))
    for i, a in enumerate(pairs):
        assert found[i, i] == 0
        for j, b in enumerate(pairs[:i]):
            assert found[i, j] == found[j, i]
            assert found[i, j] == pytest.approx(by_cosines(a, b), abs=1e-6)


def test_distances_along_a_meridian() -> None:
    """A degree of latitude is 1/360 of the way round, over a pole too."""
    found = great_circle_km([110, 110, -70], [-7, -8, 80])
    around = 2 * math.pi * EARTH_RADIUS_KM
    assert found[0, 1] == pytest.approx(around / 360, rel=EXACT)
    assert found[0, 2] == pytest.approx(107 / 360 * around, rel=EXACT)


@pytest.mark.parametrize("kernel", KERNELS)
def test_covariance_is_the_double_sum(kernel: str, fit: LeastSquares, places) -> None:
    """Every pair added up in loops: n / (n - k) times the weighted sum of products of scores."""
    cutoff = 400.0
    pairs = list(zip(*places, strict=True))
    meat = np.zeros((3, 3))
    counted = 0
    for i, a in enumerate(pairs):
        for j, b in enumerate(pairs):
            distance = 0.0 if i == j else by_cosines(a, b)
            if distance < cutoff:
                counted += i != j
                weight = 1.0 if i == j else SHAPES[kernel](distance / cutoff)
                meat += weight * fit.residuals[i] * fit.residuals[j] * np.outer(fit.x[i], fit.x[j])
    expected = 40 / 37 * fit.bread @ meat @ fit.bread
    assert counted > 20
    found = conley(fit, *places, cutoff, kernel=kernel)
    np.testing.assert_allclose(found.matrix, expected, atol=EXACT)


@pytest.mark.parametrize("kernel", KERNELS)
def test_no_reach_is_hc1(kernel: str, fit: LeastSquares, places) -> None:
    """With a cutoff of 0, or below the least distance, rows are independent."""
    expected = covariance(fit, "hc1").matrix
    distance = great_circle_km(*places)
    least = distance[distance > 0].min()
    for cutoff in (0.0, least):
        found = conley(fit, *places, cutoff, kernel=kernel).matrix
        np.testing.assert_allclose(found, expected, rtol=EXACT)


def test_rows_at_one_place_with_no_reach_stay_independent(fit: LeastSquares) -> None:
    """A cutoff of 0 is hc1 even where regions share a centroid."""
    found = conley(fit, np.full(40, 110.0), np.full(40, -7.0), 0.0)
    np.testing.assert_allclose(found.matrix, covariance(fit, "hc1").matrix, rtol=EXACT)


@pytest.mark.parametrize("kernel", KERNELS)
def test_far_clusters_of_one_place_are_clusters(kernel: str, fit: LeastSquares) -> None:
    """Rows at eight places far from each other are eight clusters: cr1 but for its factor."""
    place = np.tile(np.arange(8), 5)
    found = conley(fit, 95.0 + 5 * place, np.zeros(40), 500.0, kernel=kernel)
    expected = covariance(fit, "cr1", place).matrix
    factor = (40 / 37) / (8 * 39 / (7 * 37))
    np.testing.assert_allclose(found.matrix, factor * expected, atol=EXACT)


def test_order_of_rows_does_not_matter(fit: LeastSquares, places) -> None:
    """Rows shuffled with their places have the same covariance."""
    order = np.random.default_rng(1).permutation(40)
    shuffled = least_squares(fit.x[order], fit.y[order], NAMES)
    moved = conley(shuffled, places[0][order], places[1][order], 800.0)
    np.testing.assert_allclose(moved.matrix, conley(fit, *places, 800.0).matrix, atol=EXACT)


def test_askey_s_weights_are_always_positive_semidefinite(places) -> None:
    """At no cutoff up to half way round has the matrix of weights a negative eigenvalue, where
    uniform and Bartlett weights have some: on a dense grid of places.
    """
    east, north = (
        axis.ravel() for axis in np.meshgrid(np.arange(95, 141, 2), np.arange(-11, 7, 2))
    )
    distance = great_circle_km(east, north)
    least = {
        name: min(
            np.linalg.eigvalsh(np.where(distance < c, shape(np.minimum(distance / c, 1)), 0.0))[0]
            for c in (300, 500, 1000, 2000, 5000, 20000)
        )
        for name, shape in KERNELS.items()
    }
    assert least["askey"] > -EXACT
    assert least["bartlett"] < -EXACT
    assert least["uniform"] < -1


def test_degrees_of_freedom_are_those_of_rows(fit: LeastSquares, places) -> None:
    """The t distribution has n - k degrees of freedom, and there are no clusters to match
    moments by.
    """
    result = conley(fit, *places, 500.0)
    assert [item.degrees_of_freedom for item in infer(result)] == [37] * 3
    with pytest.raises(ParameterError, match="need clusters; here errors go by distance"):
        result.satterthwaite()


@pytest.mark.parametrize("cutoff", [900, 1200])
def test_a_covariance_that_is_none_is_refused(fit: LeastSquares, places, cutoff: int) -> None:
    """At 1200 km a variance would be negative, at 900 km only that of a combination."""
    with pytest.raises(DataError, match=f"uniform kernel and a cutoff of {cutoff} km"):
        conley(fit, *places, cutoff, kernel="uniform")
    assert (conley(fit, *places, cutoff, kernel="askey").standard_errors > 0).all()


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"kernel": "normal"}, ParameterError, "No kernel is called 'normal'; there are bartlett"),
        ({"cutoff_km": -1}, ParameterError, "A cutoff of -1 km"),
        ({"cutoff_km": math.nan}, ParameterError, "A cutoff of nan km"),
        ({"longitude": np.zeros(39)}, DataError, r"shape \(39,\), latitudes of shape \(40,\)"),
        ({"longitude": np.full(40, 200.0)}, DataError, "at row 0, 1, .*9 and 30 more; longitudes"),
        ({"latitude": np.full(40, np.nan)}, DataError, "none may be missing"),
        (
            {"longitude": np.zeros(9), "latitude": np.zeros(9)},
            DataError,
            "9 places for 40 rows",
        ),
    ],
)
def test_what_cannot_be_estimated_says_why(fit, places, change: dict, error, message: str) -> None:
    """Unknown kernels, impossible cutoffs and coordinates, lengths that differ."""
    given = {"longitude": places[0], "latitude": places[1], "cutoff_km": 500.0, **change}
    with pytest.raises(error, match=message):
        conley(fit, **given)
