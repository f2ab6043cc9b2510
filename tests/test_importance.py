"""What weights are worth: closed forms of normal models, brute force, hand sums."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartlib.index.ranks.importance import (
    BANDWIDTHS,
    _local_linear,
    _smoothed,
    compensation,
    compensation_rates,
    effective_weights,
)
from smartlib.vocabulary.errors import DataError, SchemeError
from smartlib.vocabulary.records import Scheme

FLOATS = 1e-9  # sums of a few hundred products
SIMULATED = 0.05  # four standard errors of a squared correlation, 2 r (1 - r^2) / sqrt(2,000)
WEIGHTS = {"x": Decimal("0.2"), "y": Decimal("0.5"), "z": Decimal("0.3")}
W = np.array([0.2, 0.5, 0.3])

hundredths = st.integers(100, 400).map(lambda n: n / 100)
profiles = st.lists(st.tuples(*[hundredths] * 3), min_size=1, max_size=12)


def drawn(covariance: np.ndarray, regions: int = 2000, seed: int = 1) -> pd.DataFrame:
    """Normal marks in hundredths, so that there are ties."""
    rng = np.random.default_rng(seed)
    values = rng.multivariate_normal([3, 3, 3], covariance, regions)
    return pd.DataFrame(values.round(2), columns=list(WEIGHTS))


def total(marks: pd.DataFrame) -> pd.Series:
    return marks[list(WEIGHTS)] @ W


def test_independent_normals() -> None:
    """The share of dimension d is w_d^2 var_d / sum of all such, and shares sum to 1: with equal
    deviations the weights 0.2, 0.5, 0.3 are worth 0.105, 0.658, 0.237.
    """
    marks = drawn(np.diag([0.25, 0.25, 0.25]))
    found = effective_weights(marks, total(marks), WEIGHTS)
    expected = W**2 / (W**2).sum()
    np.testing.assert_allclose(expected, [0.105, 0.658, 0.237], atol=5e-4)
    for column in ("correlation_ratio", "correlation_squared", "effective"):
        np.testing.assert_allclose(found[column], expected, atol=SIMULATED)
    np.testing.assert_allclose(found["covariance_share"], expected, atol=SIMULATED)
    assert found["nominal"].tolist() == [0.2, 0.5, 0.3]
    assert list(found.index) == list(WEIGHTS)


def test_correlated_normals() -> None:
    """E[I | x_d] is a line in a multivariate normal: the ratio is Cov(x_d, I)^2 / (var_d var_I),
    and the covariance share w_d Cov(x_d, I) / var_I.
    """
    covariance = np.array([[0.36, 0.15, 0.05], [0.15, 0.25, -0.04], [0.05, -0.04, 0.16]])
    marks = drawn(covariance, seed=2)
    with_index, variance = covariance @ W, W @ covariance @ W
    ratio = with_index**2 / (np.diag(covariance) * variance)
    found = effective_weights(marks, total(marks), WEIGHTS)
    np.testing.assert_allclose(found["correlation_ratio"], ratio, atol=SIMULATED)
    np.testing.assert_allclose(found["correlation_squared"], ratio, atol=SIMULATED)
    np.testing.assert_allclose(found["effective"], ratio / ratio.sum(), atol=SIMULATED)
    np.testing.assert_allclose(found["covariance_share"], W * with_index / variance, atol=SIMULATED)


def test_a_curve_that_no_line_sees() -> None:
    """I = (x - 3)^2 + noise of variance 1/4 with x standard normal about 3: no correlation, a ratio
    of 2 / 2.25.
    """
    rng = np.random.default_rng(3)
    marks = drawn(np.eye(3), seed=4)
    index = (marks["x"] - 3) ** 2 + rng.normal(0, 0.5, len(marks))
    found = effective_weights(marks, index, WEIGHTS)
    assert found.at["x", "correlation_squared"] < SIMULATED
    assert found.at["x", "correlation_ratio"] == pytest.approx(2 / 2.25, abs=SIMULATED)
    assert found.loc[["y", "z"], "correlation_ratio"].max() < SIMULATED


def test_a_dimension_that_is_the_index_has_all() -> None:
    """I = x: ratio and squared correlation are 1."""
    marks = drawn(np.eye(3), regions=100)
    found = effective_weights(marks, marks["x"], WEIGHTS)
    assert found.at["x", "correlation_ratio"] == pytest.approx(1, abs=FLOATS)
    assert found.at["x", "correlation_squared"] == pytest.approx(1, abs=FLOATS)


def by_hand_smoother(x: np.ndarray, width: float) -> np.ndarray:
    """Row i: what each observation adds to the value at x_i of a weighted line around it."""
    rows = []
    for centre in x:
        root = np.sqrt(np.exp(-0.5 * ((x - centre) / width) ** 2))
        design = np.column_stack([np.ones_like(x), x - centre])
        rows.append((np.linalg.pinv(design * root[:, None]) * root)[0])
    return np.array(rows)


def test_the_smoother_is_a_weighted_line_at_each_point() -> None:
    """Observation by observation, with ties in x: fitted values, and the bandwidth that has the
    least generalised cross-validation score, are those of least squares.
    """
    rng = np.random.default_rng(6)
    x = rng.integers(0, 12, 40) / 4
    y = np.sin(2 * x) + rng.normal(0, 0.3, 40)
    scores, fits = [], []
    for width in BANDWIDTHS * x.std():
        smoother = by_hand_smoother(x, width)
        fits.append(smoother @ y)
        freedom = np.trace(smoother) / len(x)
        scores.append(np.mean((y - fits[-1]) ** 2) / (1 - freedom) ** 2)
    best = int(np.argmin(scores))
    assert 0 < best < len(BANDWIDTHS) - 1
    fitted, bandwidth = _smoothed(x, y)
    assert bandwidth == pytest.approx(BANDWIDTHS[best] * x.std())
    # lines through two points that hardly weigh are solved twice, in different ways
    np.testing.assert_allclose(fitted, fits[best], atol=1e-6)


def test_a_wide_window_is_the_regression_line() -> None:
    """With a bandwidth far beyond the data the ratio is the squared correlation."""
    rng = np.random.default_rng(7)
    x = np.sort(rng.normal(size=50))
    y = x + rng.normal(size=50)
    fitted = _local_linear(x, np.ones(50, dtype=int), 1e4) @ y
    # the window's curvature is of the order of (range / 10,000)^2
    np.testing.assert_allclose(fitted, np.polyval(np.polyfit(x, y, 1), x), atol=1e-6)


def test_a_point_out_of_reach_keeps_its_own_mean() -> None:
    """A window that reaches nobody else gives the point itself, not 0 / 0."""
    smoother = _local_linear(np.array([0.0, 1.0, 1e6]), np.array([1, 1, 1]), 1.0)
    assert smoother[2].tolist() == [0, 0, 1]
    assert np.isfinite(smoother).all()


def test_covariance_shares_of_the_real_table(scores: pd.DataFrame, scheme: Scheme) -> None:
    """For the unrounded weighted sum of 140 regions they sum to 1 and follow from the covariance
    matrix; the effective weights sum to 1 too.
    """
    names = list(scheme.common.weights)
    weights = np.array([float(weight) for weight in scheme.common.weights.values()])
    index = scores[names] @ weights
    found = effective_weights(scores, index, scheme.common.weights)
    covariance = np.cov(scores[names].T)
    expected = weights * (covariance @ weights) / (weights @ covariance @ weights)
    np.testing.assert_allclose(found["covariance_share"], expected, atol=FLOATS)
    assert found["covariance_share"].sum() == pytest.approx(1, abs=FLOATS)
    assert found["effective"].sum() == pytest.approx(1, abs=FLOATS)
    # a curve explains at least what the line does, less what smoothing gives away
    assert (found["correlation_ratio"] > found["correlation_squared"] - 0.01).all()


def test_rates_by_hand() -> None:
    """A mark lost where the weight is 0.5 takes 2.5 marks where it is 0.2; there and back is 1."""
    found = compensation_rates(WEIGHTS)
    assert found.at["y", "x"] == 2.5
    assert found.at["x", "y"] == 0.4
    np.testing.assert_allclose(found * found.T, 1)
    marks = pd.DataFrame({"x": [3.0, 3.5], "y": [3.0, 3.0 - 0.5 * found.at["x", "y"]], "z": 3.0})
    assert compensation(marks, WEIGHTS)["arithmetic"].tolist() == pytest.approx([3.0, 3.0])


def test_the_textbook_pair() -> None:
    """Marks 1 and 4 at equal weights: means 2.5, 2 and 1.6, gaps 0.5 and 0.9; against a region of
    2.2 twice, the first place is lost.
    """
    marks = pd.DataFrame({"x": [1.0, 2.2], "y": [4.0, 2.2]}, index=["uneven", "even"])
    found = compensation(marks, {"x": Decimal("0.5"), "y": Decimal("0.5")})
    expected = [2.5, 2.0, 1.6, 0.5, 0.9, 1, 1, 1]
    np.testing.assert_allclose(found.loc["uneven"].to_numpy("float64"), expected, atol=FLOATS)
    np.testing.assert_allclose(
        found.loc["even"].to_numpy("float64"), [2.2, 2.2, 2.2, 0, 0, 2, -1, -1], atol=FLOATS
    )


@given(rows=profiles)
def test_compensation_is_the_plain_loop(rows: list[tuple[float, ...]]) -> None:
    """Means, gaps and places lost of each region, by definition and by counting."""
    found = compensation(pd.DataFrame(rows, columns=list(WEIGHTS)), WEIGHTS)
    means = {
        "arithmetic": [sum(w * m for w, m in zip(W, row, strict=True)) for row in rows],
        "geometric": [math.prod(m**w for w, m in zip(W, row, strict=True)) for row in rows],
        "harmonic": [1 / sum(w / m for w, m in zip(W, row, strict=True)) for row in rows],
    }
    places = {
        mean: [1 + sum(other > value + 5e-10 for other in values) for value in values]
        for mean, values in means.items()
    }
    assert found["rank"].tolist() == places["arithmetic"]
    for mean, values in means.items():
        np.testing.assert_allclose(found[mean], values, atol=FLOATS)
        if mean != "arithmetic":
            assert (found[f"gap_{mean}"] > -FLOATS).all()
            lost = np.subtract(places[mean], places["arithmetic"])
            assert found[f"cost_{mean}"].tolist() == lost.tolist()
    gaps = np.array(means["arithmetic"]) - means["geometric"]
    np.testing.assert_allclose(found["gap_geometric"], gaps, atol=FLOATS)


def test_what_cannot_be_weighed_is_refused() -> None:
    """A constant dimension or index, regions that differ, a missing mark, a mark of 0."""
    marks = drawn(np.eye(3) * 0.1, regions=5)
    index = total(marks)
    with pytest.raises(DataError, match="the same value in y, the index; what does not vary"):
        effective_weights(marks.assign(y=3.0), index * 0, WEIGHTS)
    with pytest.raises(DataError, match="4 values for 5 regions"):
        effective_weights(marks, index.iloc[:4], WEIGHTS)
    with pytest.raises(DataError, match="in the same order under the same names"):
        effective_weights(marks, index.iloc[::-1], WEIGHTS)
    with pytest.raises(DataError, match=r"(?s)1 marks are missing.*column z, 2"):
        compensation(marks.assign(z=marks["z"].where(marks.index != 2)), WEIGHTS)
    with pytest.raises(DataError, match="A geometric mean needs values above 0"):
        compensation(marks.assign(x=0.0), WEIGHTS)
    with pytest.raises(SchemeError, match="Only x has a weight"):
        compensation_rates({"x": Decimal(1)})
