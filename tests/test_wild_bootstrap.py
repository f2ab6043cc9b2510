"""Wild cluster bootstrap: loops over all sets of weights, invariance, size, refusals."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.least_squares import LeastSquares, least_squares
from smartlib.inference.core.wild_bootstrap import WEIGHTS, wild_bootstrap
from smartlib.vocabulary.errors import DataError, ParameterError

SAME = 1e-9  # two roads to the same statistics, through matrices of another shape
TIE = 1e-9  # relative: statistics this near are equal but for rounding
NAMES = ("intercept", "x", "z")


def made(sizes: list[int], seed: int = 20241125, slope: float = 0.5) -> tuple[LeastSquares, list]:
    """A regression with correlated errors in clusters of these sizes."""
    rng = np.random.default_rng(seed)
    labels = np.repeat(np.arange(len(sizes)), sizes)
    x, z = (
        rng.normal(size=len(sizes))[labels] + rng.normal(size=len(labels)),
        rng.normal(size=len(labels)),
    )
    y = 2 + slope * x - 0.2 * z + rng.normal(size=len(sizes))[labels] + rng.normal(size=len(labels))
    return least_squares(np.column_stack([np.ones(len(labels)), x, z]), y, NAMES), list(labels)


def t_of(x: NDArray, y: NDArray, labels: list, place: int, null: float) -> float:
    fit = least_squares(x, y, NAMES)
    return float((fit.beta[place] - null) / covariance(fit, "cr1", labels).standard_errors[place])


def by_loops(fit: LeastSquares, labels: list, null: float, sets) -> tuple[float, list[float]]:
    """t and every t*, each from an outcome made and a regression run anew."""
    others = np.delete(fit.x, 1, axis=1)
    restricted = np.linalg.lstsq(others, fit.y - null * fit.x[:, 1], rcond=None)[0]
    predicted = others @ restricted + null * fit.x[:, 1]
    residuals = fit.y - predicted
    drawn = [
        t_of(fit.x, predicted + np.array(weights)[labels] * residuals, labels, 1, null)
        for weights in sets
    ]
    return t_of(fit.x, fit.y, labels, 1, null), drawn


@pytest.mark.parametrize(
    ("weights", "sizes"), [("rademacher", [1, 2, 3, 4, 6, 9, 1]), ("webb", [1, 4, 6])]
)
@pytest.mark.parametrize("null", [0.0, 0.7])
def test_all_sets_of_weights_are_those_of_plain_loops(weights: str, sizes, null: float) -> None:
    """Every statistic and both p-values equal those of regressions run one by one, for all
    signs of seven clusters and all of Webb's weights of three, some of one row.
    """
    fit, labels = made(sizes)
    result = wild_bootstrap(fit, "x", labels, weights=weights, null=null)
    sets = list(product(WEIGHTS[weights], repeat=len(sizes)))
    t, drawn = by_loops(fit, labels, null, sets)
    assert result.is_exhaustive
    assert result.draws == len(sets)
    assert result.statistic == pytest.approx(t, rel=SAME)
    np.testing.assert_allclose(result.statistics, drawn, rtol=1e-7, atol=SAME)
    slack = TIE * abs(t)
    p = np.mean([abs(other) >= abs(t) - slack for other in drawn])
    tails = np.mean([o >= t - slack for o in drawn]), np.mean([o <= t + slack for o in drawn])
    assert result.p_value == pytest.approx(p, abs=SAME)
    assert result.p_value_equal_tailed == pytest.approx(min(1, 2 * min(tails)), abs=SAME)


def test_drawn_statistics_are_those_of_plain_loops() -> None:
    """With the draws of the same generator, twenty statistics by loops are the first twenty."""
    fit, labels = made([1, 2, 3, 4, 5, 6, 1, 1, 2, 3, 4, 5, 6, 2, 2])
    rng = np.random.default_rng(5)
    result = wild_bootstrap(fit, "x", labels, rng=rng)
    assert (result.weights, result.is_exhaustive, result.draws) == ("rademacher", False, 9999)
    weights = np.random.default_rng(5).choice(WEIGHTS["rademacher"], size=(15, 9999))
    _, drawn = by_loops(fit, labels, 0.0, weights.T[:20])
    np.testing.assert_allclose(result.statistics[:20], drawn, rtol=1e-7)
    extreme = np.abs(result.statistics) >= abs(result.statistic) * (1 - TIE)
    assert result.p_value == pytest.approx((1 + extreme.sum()) / 10_000, abs=SAME)


def test_p_value_crosses_alpha_at_the_interval_s_ends() -> None:
    """A null just inside either end is not rejected, one just outside is, by tests run anew."""
    fit, labels = made([1, 2, 3, 4, 6, 9, 1, 5])
    for level in (0.8, 0.9, 0.95):
        result = wild_bootstrap(fit, "x", labels, level=level, weights="rademacher")
        step = 1e-6 * result.standard_error
        for end, outwards in ((result.low, -1), (result.high, 1)):
            inside, outside = (
                wild_bootstrap(
                    fit, "x", labels, null=end + outwards * sign * step, weights="rademacher"
                ).p_value
                for sign in (-1, 1)
            )
            assert inside > 1 - level + TIE
            assert outside <= 1 - level + TIE


def test_without_a_difference_nothing_is_extreme() -> None:
    """Testing the estimate itself gives a p-value of 1, and it lies in the interval."""
    fit, labels = made([1, 2, 3, 4, 6, 9, 1, 5])
    result = wild_bootstrap(fit, "x", labels, null=fit.beta[1])
    assert result.p_value == 1
    assert result.low < result.estimate < result.high


def test_shifts_and_units_move_only_the_scale() -> None:
    """Adding 3 x to the outcome and testing a null 3 higher is the same test; a column in another
    unit has its interval in that unit.
    """
    fit, labels = made([1, 2, 3, 4, 5, 6, 1, 1, 2, 3, 4, 5, 6])
    first = wild_bootstrap(fit, "x", labels)
    moved = least_squares(fit.x, fit.y + 3 * fit.x[:, 1], NAMES)
    second = wild_bootstrap(moved, "x", labels, null=3.0)
    assert second.p_value == first.p_value
    assert (second.low, second.high) == pytest.approx((first.low + 3, first.high + 3), abs=1e-6)
    scaled = least_squares(fit.x * [1, 100, 1], fit.y, NAMES)
    third = wild_bootstrap(scaled, "x", labels)
    assert third.p_value == first.p_value
    assert (third.low, third.high) == pytest.approx((first.low / 100, first.high / 100), abs=1e-6)


def test_weighted_fits_are_those_of_weighted_rows() -> None:
    """A row of weight 2 stands for two equal rows of its cluster."""
    fit, labels = made([1, 2, 3, 4, 6, 9, 1, 5])
    times = np.tile([1, 2], 16)[: len(labels)]
    weighted = least_squares(fit.x, fit.y, NAMES, weights=times)
    repeated = least_squares(np.repeat(fit.x, times, axis=0), np.repeat(fit.y, times), NAMES)
    one = wild_bootstrap(weighted, "x", labels)
    other = wild_bootstrap(repeated, "x", np.repeat(labels, times))
    assert one.p_value == other.p_value
    assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=1e-6)


def test_few_clusters_leave_the_interval_open() -> None:
    """Five clusters have 16 pairs of signs: the least p-value is 1/16, and at 95% no null is ever
    rejected; Webb's weights, the default for so few, do reject.
    """
    fit, labels = made([4, 5, 6, 7, 8])
    signs = wild_bootstrap(fit, "x", labels, weights="rademacher")
    assert (signs.low, signs.high) == (-np.inf, np.inf)
    assert signs.p_value >= 1 / 16
    default = wild_bootstrap(fit, "x", labels)
    assert default.weights == "webb"
    assert np.isfinite([default.low, default.high]).all()


def test_weights_have_mean_zero_and_variance_one() -> None:
    """So that errors keep their two moments; Webb's six points are three pairs."""
    for points in WEIGHTS.values():
        assert points.mean() == pytest.approx(0, abs=SAME)
        assert (points**2).mean() == pytest.approx(1, abs=SAME)
    expected = [-np.sqrt(1.5), -1, -np.sqrt(0.5), np.sqrt(0.5), 1, np.sqrt(1.5)]
    np.testing.assert_allclose(WEIGHTS["webb"], expected)


def test_true_nulls_are_rejected_as_often_as_stated() -> None:
    """In a seeded simulation with 10 unequal clusters and correlated errors, true nulls are
    rejected at 10% within 5 points (2.4 standard errors of 200 samples).
    """
    rejected = 0
    for seed in range(200):
        fit, labels = made([2, 2, 3, 3, 4, 4, 5, 6, 8, 9], seed=seed)
        result = wild_bootstrap(fit, "x", labels, null=0.5, draws=399, level=0.9)
        rejected += result.p_value <= 0.1
        assert (result.p_value > 0.1) <= (result.low <= 0.5 <= result.high)
    assert rejected / 200 == pytest.approx(0.1, abs=0.05)


def test_the_same_seed_gives_the_same_numbers() -> None:
    """Without a generator two calls agree; another seed gives other draws."""
    fit, labels = made([2] * 14)
    first, second = (wild_bootstrap(fit, "x", labels) for _ in range(2))
    assert np.array_equal(first.statistics, second.statistics)
    assert (first.low, first.high) == (second.low, second.high)
    other = wild_bootstrap(fit, "x", labels, rng=np.random.default_rng(1))
    assert not np.array_equal(first.statistics, other.statistics)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"name": "w"}, ParameterError, "No coefficient is called 'w'; there are intercept, x, z"),
        ({"weights": "normal"}, ParameterError, "No weights are called 'normal'; there are rad"),
        ({"level": 1.0}, ParameterError, "A level of 1.0; it lies between 0 and 1"),
        ({"draws": 18}, ParameterError, "18 draws cannot reject at the level 0.95; take 19"),
        ({"clusters": [1] * 28}, DataError, "All rows are in the cluster 1"),
    ],
)
def test_what_cannot_be_tested_says_why(change: dict, error, message: str) -> None:
    """Unknown names, levels, too few draws and a single cluster."""
    fit, labels = made([2] * 14)
    with pytest.raises(error, match=message):
        wild_bootstrap(**{"fit": fit, "name": "x", "clusters": labels, **change})


def test_a_dummy_of_one_cluster_is_refused() -> None:
    """No weights of clusters tell the error of what one cluster alone decides."""
    fit, labels = made([2] * 14)
    x = np.column_stack([fit.x[:, :2], np.array(labels) == 3])
    with pytest.raises(DataError, match="The cluster 3 alone decides z"):
        wild_bootstrap(least_squares(x, fit.y, NAMES), "z", labels)
