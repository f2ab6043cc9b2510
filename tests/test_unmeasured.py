"""Sensitivity to what is not measured: the published example, and refits with it added."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS

from smartlib.inference.checks.omitted import (
    adjusted,
    partial_r2,
    robustness_value,
    strength_bounds,
)
from smartlib.inference.checks.unmeasured import Unmeasured, contours, unmeasured
from smartlib.inference.core.least_squares import least_squares
from smartlib.present.words.readings import beside_classical, reading
from smartlib.vocabulary.errors import DataError, ParameterError

EXACT = 1e-9  # the same arithmetic, or a refit of 60 rows
ONE_DEGREE = 2e-7  # the package's interval keeps 783 degrees of freedom; a refit has 782
PRINTED = 5e-6  # half a unit of the fifth decimal
GRID = 2e-3  # step of the brute-force search

# Cinelli, Hazlett (2020), section 5: direct harm and attitudes to peace in Darfur.
# The paper prints 0.097 (0.023), t 4.18, 783 degrees of freedom, partial R2 2.2%, robustness values
# 13.9% and 7.6%; the authors' package sensemakr carries the digits below in its own test
# (tests/testthat/test-02-darfur.R, "testing darfur sensemakr manually").
ESTIMATE, ERROR, DF = 0.09731582, 0.02325654, 783
FEMALE = {
    1: (0.00916428667504862, 0.12464092303637),
    2: (0.0183285733500972, 0.249324064199975),
    3: (0.0274928600251459, 0.374050471038094),
}
ADJUSTED = {
    1: (0.0752202698486415, 0.0218733298036818, 3.43890347394571, 0.0322829603180086),
    2: (0.0529151689180575, 0.0203500639944344, 2.60024582392121, 0.0129680276030601),
    3: (0.0303960178770157, 0.0186700665753491, 1.62806156873318, -0.00625329133645187),
}


@pytest.fixture
def data() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """60 rows: intercept, the factor, two measured columns that go with both."""
    rng = np.random.default_rng(20241125)
    z, w = rng.normal(size=60), rng.integers(0, 2, 60)
    d = 0.4 * z + 0.5 * w + rng.normal(size=60)
    y = 1 + 0.8 * d + 0.6 * z - 0.4 * w + rng.normal(size=60)
    return np.column_stack([np.ones(60), d, z, w]), y, ["intercept", "d", "z", "w"]


def residuals_of(columns: np.ndarray, y: np.ndarray) -> np.ndarray:
    return y - columns @ np.linalg.lstsq(columns, y, rcond=None)[0]


def share_explained(by: np.ndarray, of: np.ndarray, given: np.ndarray) -> float:
    """Partial R2 as the squared correlation of what is left of both."""
    return float(np.corrcoef(residuals_of(given, by), residuals_of(given, of))[0, 1] ** 2)


def test_the_published_robustness_values_are_reproduced() -> None:
    """Partial R2 2.187%, robustness values 13.878% and 7.626%."""
    t = ESTIMATE / ERROR
    assert partial_r2(t, DF) == pytest.approx(0.02187, abs=PRINTED)
    assert robustness_value(t, DF) == pytest.approx(0.13878, abs=PRINTED)
    assert robustness_value(t, DF, level=0.95) == pytest.approx(0.07626, abs=PRINTED)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_the_published_bounds_are_reproduced(times: int) -> None:
    """One, two and three times as strong as `female`: adjusted estimate, error, t, interval."""
    with_factor, with_outcome = FEMALE[times]
    found = adjusted(ESTIMATE, ERROR, DF, r2_factor=with_factor, r2_outcome=with_outcome)
    values = (found.estimate, found.standard_error, found.t)
    assert values == pytest.approx(ADJUSTED[times][:3], abs=EXACT)
    assert found.low == pytest.approx(ADJUSTED[times][3], abs=ONE_DEGREE)


def test_the_published_strengths_follow_from_the_first() -> None:
    """From the partial R2 behind the bounds of one time, those of two and three times follow."""
    first, second = FEMALE[1]
    with_factor = first / (1 + first)
    cross = with_factor / (1 - with_factor)  # c of the formula at k = 1
    ratio = second * (1 - cross**2) / (1 + cross) ** 2
    found = strength_bounds(with_factor, ratio / (1 + ratio), (1, 2, 3))
    np.testing.assert_allclose(np.transpose(found), list(FEMALE.values()), rtol=0, atol=EXACT)


@pytest.mark.parametrize("strengths", [(0.1, 0.3), (0.5, 0.05), (0.3, 0.9)])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_adjusted_estimate_is_the_refit_with_the_variable(data, strengths, sign: int) -> None:
    """A variable built to have exactly the two partial R2 is added to the regression: estimate,
    classical error and t become what was foretold, past zero if need be.
    """
    x, y, names = data
    y = sign * y
    with_factor, with_outcome = strengths
    rng = np.random.default_rng(6)
    others = x[:, [0, 2, 3]]
    parts = [
        residuals_of(others, x[:, 1]),
        residuals_of(x, y),
        residuals_of(np.column_stack([x, y]), rng.normal(size=60)),
    ]
    sizes = [with_factor, (1 - with_factor) * with_outcome, (1 - with_factor) * (1 - with_outcome)]
    weights = np.sqrt(sizes) * [sign, 1, 1]
    z = sum(w * part / np.linalg.norm(part) for w, part in zip(weights, parts, strict=True))
    z = z + others @ [2.0, -1.0, 0.5]  # what the measured columns explain of it does not matter
    assert share_explained(z, x[:, 1], others) == pytest.approx(with_factor, abs=EXACT)
    assert share_explained(z, y, x) == pytest.approx(with_outcome, abs=EXACT)
    before = unmeasured(least_squares(x, y, names), factor="d")
    after = unmeasured(least_squares(np.column_stack([x, z]), y, [*names, "left_out"]), factor="d")
    found = adjusted(
        before.estimate,
        before.standard_error,
        before.degrees_of_freedom,
        r2_factor=with_factor,
        r2_outcome=with_outcome,
    )
    assert found.estimate == pytest.approx(after.estimate, abs=EXACT)
    assert found.standard_error == pytest.approx(after.standard_error, abs=EXACT)
    half = stats.t.ppf(0.975, after.degrees_of_freedom) * after.standard_error
    assert (found.low, found.high) == pytest.approx(
        (after.estimate - half, after.estimate + half), abs=EXACT
    )


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_at_the_robustness_value_the_share_is_gone(share: float) -> None:
    """With both partial R2 at the value the estimate has lost exactly its share, and with a level
    its distance from what would be left is the critical value.
    """
    t = ESTIMATE / ERROR
    r = robustness_value(t, DF, share=share)
    left = adjusted(ESTIMATE, ERROR, DF, r2_factor=r, r2_outcome=r).estimate
    assert left == pytest.approx((1 - share) * ESTIMATE, abs=EXACT)
    r = robustness_value(t, DF, share=share, level=0.9)
    found = adjusted(ESTIMATE, ERROR, DF, r2_factor=r, r2_outcome=r, level=0.9)
    assert found.low == pytest.approx((1 - share) * ESTIMATE, abs=EXACT) or r == 0


@pytest.mark.parametrize(("t", "df"), [(4.2, 783), (3.0, 30), (1.5, 30), (9.0, 4), (30.0, 6)])
def test_no_weaker_variable_lets_the_interval_reach_zero(t: float, df: int) -> None:
    """A search over all pairs of strengths finds the same smallest bound on both, also where few
    rows and a large t make a variable weaker on the outcome do more.
    """
    axis = np.arange(0, 1, GRID)
    grid = adjusted(t, 1.0, df, r2_factor=axis[None, :], r2_outcome=axis[:, None])
    reaches = grid.t <= stats.t.ppf(0.975, df - 1)
    smallest = np.maximum(axis[None, :], axis[:, None])[reaches].min()
    assert robustness_value(t, df, level=0.95) == pytest.approx(smallest, abs=GRID)


def test_an_interval_that_holds_zero_needs_nothing() -> None:
    """Where zero is inside already, the robustness value of the interval is 0."""
    assert robustness_value(1.0, 100, level=0.95) == 0.0


def test_no_variable_of_bounded_strength_leaves_the_bounds(data) -> None:
    """Variables that are unrelated with a measured column and, without it, at most k times as
    strong, never explain more than the bounds with it.
    """
    x, y, _ = data
    rng = np.random.default_rng(7)
    d, others = x[:, 1], x[:, [0, 2, 3]]
    without = x[:, [0, 3]]  # z, the third column, is the benchmark
    measured = share_explained(x[:, 2], d, without), share_explained(x[:, 2], y, x[:, [0, 1, 3]])
    for _ in range(300):
        pull = rng.normal(size=3)
        z = residuals_of(others, pull[0] * d + pull[1] * y + 2 * pull[2] * rng.normal(size=60))
        times = [
            share_explained(z, d, without) / measured[0],
            share_explained(z, y, x[:, [0, 1, 3]]) / measured[1],
        ]
        low, high = strength_bounds(*measured, [times[0], max(times)])
        assert share_explained(z, d, others) == pytest.approx(low[0], abs=EXACT)
        if not np.isnan(high[1]):
            assert share_explained(z, y, x) <= high[1] + EXACT


def test_benchmarks_compare_with_measured_columns(data) -> None:
    """Each row of the table is the adjusted estimate at the bounds, made from partial R2 that are
    squared correlations of residuals; what cannot be is named instead.
    """
    x, y, names = data
    found = unmeasured(least_squares(x, y, names), factor="d", benchmarks=["z", "w"], times=(1, 40))
    assert found.impossible == ("z x 40", "w x 40")
    with_factor = share_explained(x[:, 2], x[:, 1], x[:, [0, 3]])
    with_outcome = share_explained(x[:, 2], y, x[:, [0, 1, 3]])
    bounds = strength_bounds(with_factor, with_outcome, [1])
    row = found.benchmarks.set_index("benchmark").loc["z"]
    assert (row["r2_factor"], row["r2_outcome"]) == pytest.approx(np.ravel(bounds), abs=EXACT)
    expected = adjusted(
        found.estimate,
        found.standard_error,
        found.degrees_of_freedom,
        r2_factor=bounds[0],
        r2_outcome=bounds[1],
    )
    for name, values in vars(expected).items():
        assert row[name] == pytest.approx(values[0], abs=EXACT)


def test_units_do_not_matter(data) -> None:
    """Another unit and sign of the factor, and of the outcome, leave the robustness values."""
    x, y, names = data
    before = unmeasured(least_squares(x, y, names), factor="d")
    x = x * [1, -1000, 1, 1]
    after = unmeasured(least_squares(x, 50 * y + 3, names), factor="d")
    for name in ("partial_r2", "robustness", "robustness_interval"):
        assert getattr(after, name) == pytest.approx(getattr(before, name), abs=EXACT)


def test_contours_are_zero_where_the_robustness_value_says(data) -> None:
    """Each cell is the adjusted estimate of its row and column; the diagonal crosses zero at the
    robustness value.
    """
    found = unmeasured(least_squares(*data), factor="d")
    grid = contours(found, highest=0.9, points=901)
    start = (found.estimate, found.standard_error, found.degrees_of_freedom)
    cell = adjusted(*start, r2_factor=grid.r2_factor[300], r2_outcome=grid.r2_outcome[100])
    assert grid.estimate[100, 300] == pytest.approx(cell.estimate, abs=EXACT)
    assert grid.t[100, 300] == pytest.approx(cell.t, abs=EXACT)
    diagonal = np.sign(np.diag(grid.estimate))
    crossing = grid.r2_factor[np.flatnonzero(diagonal[1:] != diagonal[:-1])[0]]
    assert crossing == pytest.approx(found.robustness, abs=0.9 / 900)


def read(estimate: float, lows: list[float]) -> str:
    import pandas as pd

    bounds = pd.DataFrame(
        {"benchmark": "size", "times": [2.0, 1.0], "low": lows, "high": [9.0, 9.0]}
    )
    values = (783, 0.022, 0.139, 0.076, 0.95)
    return reading(Unmeasured("share", estimate, 0.023, *values, bounds, ()))


def test_the_reading_says_how_strong_and_compared_with_what() -> None:
    """Values in percent, the weakest benchmark that would do, or that none would."""
    assert "explain 13.9% of what is left of both share and the outcome" in read(0.1, [1, 1])
    assert "7.6% to bring zero into the classical 95% interval. None as strong" in read(0.1, [1, 1])
    assert "One 2 times as strong as size could." in read(0.1, [-1, 1])
    assert "One as strong as size could." in read(0.1, [-1, -1])
    assert "None as strong" not in read(-0.1, [-1, -1])


def test_the_classical_interval_is_that_of_statsmodels(data) -> None:
    """Homoskedastic errors, t with the degrees of freedom of the regression as fitted."""
    x, y, names = data
    found = unmeasured(least_squares(x, y, names), factor="d", level=0.9)
    assert found.interval == pytest.approx(tuple(OLS(y, x).fit().conf_int(0.1)[1]), abs=EXACT)


@pytest.mark.parametrize(
    ("error", "ends", "expected"),
    [
        (0.02, (0.02, 0.2), "leaves zero out as well"),
        (0.02, (-0.02, 0.2), "-0.02 to 0.2 and holds zero already, without any variable"),
        (0.09, (0.02, 0.2), "leaves zero out all the same"),
        (0.09, (-0.1, 0.3), "holds zero too"),
    ],
)
def test_another_interval_may_judge_zero_otherwise(error: float, ends, expected: str) -> None:
    """Zero in both intervals, in one, in none; both ends of each are said."""
    found = Unmeasured("share", 0.1, error, 783, 0.02, 0.1, 0.05, 0.95, None, ())
    text = beside_classical(found, *ends, "clustered by province")
    assert expected in text
    low, high = 0.1 - 1.963 * error, 0.1 + 1.963 * error
    assert f"({low:.3g} to {high:.3g}) takes errors as independent" in text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"factor": "q"}, "No coefficient is called 'q'; there are intercept, d, z, w"),
        ({"benchmarks": ["q"]}, "No coefficient is called 'q'"),
        ({"benchmarks": ["d"]}, "No coefficient is called 'd'; there are intercept, z, w"),
        ({"benchmarks": ["z"], "times": (0,)}, "positive times"),
        ({"level": 95}, "A level of 95; it lies between 0 and 1"),
    ],
)
def test_names_and_levels_that_do_not_exist_are_refused(data, change: dict, message: str) -> None:
    """Unknown names, the factor as its own benchmark, zero times, a level in percent."""
    with pytest.raises((DataError, ParameterError), match=message):
        unmeasured(least_squares(*data), **{"factor": "d", **change})


@pytest.mark.parametrize(("with_factor", "with_outcome"), [(1.0, 0.1), (0.1, 1.1), (-0.1, 0.1)])
def test_strengths_outside_their_range_are_refused(with_factor, with_outcome) -> None:
    """A variable cannot explain all of the factor, or more than all of the outcome."""
    with pytest.raises(DataError, match="Partial R2 must lie in"):
        adjusted(1.0, 0.5, 20, r2_factor=with_factor, r2_outcome=with_outcome)


def test_robustness_needs_rows_and_a_share() -> None:
    """One degree of freedom, or no share to explain, has no robustness value."""
    with pytest.raises(DataError, match="1 degrees of freedom and share 1"):
        robustness_value(2.0, 1)
    with pytest.raises(DataError, match="share 0"):
        robustness_value(2.0, 20, share=0)
    with pytest.raises(DataError, match="Largest partial R2 1"):
        contours(Unmeasured("d", 1, 1, 9, 0.1, 0.1, 0.1, 0.95, None, ()), highest=1)
