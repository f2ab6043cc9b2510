"""Ranks over scenarios by counting; Sobol indices against closed forms and enumeration."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartlib.index.ranks.methods import AGGREGATIONS, NORMALISATIONS
from smartlib.index.ranks.moves import mean_shift, rank_ranges, reversals
from smartlib.index.ranks.scenarios import (
    Scenarios,
    corner_weights,
    draw_scenarios,
    scenario_ranks,
    scheme_ranks,
    weight_scenarios,
)
from smartlib.index.ranks.sensitivity import method_sensitivity, sobol_indices
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.records import Scheme

ESTIMATED = 0.02  # error of an index on 4,096 points, a few times what was seen at other seeds
STEPPED = 0.03  # the same where the model jumps, so that the sequence gains less
WEIGHTS = {"x": Decimal("0.2"), "y": Decimal("0.5"), "z": Decimal("0.3")}

tables_of_ranks = st.integers(1, 40).flatmap(
    lambda count: st.lists(
        st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=count, max_size=count
    )
)


def marks(regions: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(rng.uniform(1, 4, (regions, 3)).round(2), columns=list(WEIGHTS))


@given(ranks=tables_of_ranks, level=st.sampled_from([0.05, 0.25, 0.5, 0.9, 0.95]))
def test_a_quantile_is_a_rank_that_was_attained(ranks: list[list[int]], level: float) -> None:
    """The smallest attained rank that at least the share of scenarios do not exceed, and the
    extremes, by counting.
    """
    found = rank_ranges(np.array(ranks), pd.Index(list("abcd")), [level])
    for region, column in zip("abcd", zip(*ranks, strict=True), strict=True):
        reached = [
            rank
            for rank in sorted(column)
            if sum(other <= rank for other in column) >= level * len(column) - 1e-9
        ]
        assert found.at[region, f"method_p{round(level * 100):02d}"] == reached[0]
        assert found.at[region, "method_best"] == min(column)
        assert found.at[region, "method_worst"] == max(column)


def test_ranges_have_the_columns_of_the_processed_table() -> None:
    """Whole numbers under the regions' index; a finer level keeps its decimals."""
    found = rank_ranges(
        np.array([[1, 2], [2, 1]]), pd.Index(["11.01", "11.02"], name="region_code")
    )
    names = ["method_p05", "method_p50", "method_p95", "method_best", "method_worst"]
    assert list(found) == names
    assert (found.dtypes == "int64").all()
    assert found.index.name == "region_code"
    assert "method_p2.5" in rank_ranges(np.array([[1, 2]]), pd.Index([0, 1]), [0.025])


def test_ranges_are_in_order(scores: pd.DataFrame, scheme: Scheme) -> None:
    """Real table: best <= p05 <= p50 <= p95 <= worst, all within 1 to 140."""
    ranks = scenario_ranks(scores, draw_scenarios(scheme.common.weights, 500))
    found = rank_ranges(ranks, scores.index)
    in_order = found[["method_best", "method_p05", "method_p50", "method_p95", "method_worst"]]
    assert (in_order.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    assert found["method_best"].min() == 1
    assert found["method_worst"].max() <= len(scores)


@given(ranks=tables_of_ranks)
def test_the_mean_shift_is_the_plain_loop(ranks: list[list[int]]) -> None:
    """Places moved, averaged over regions, for each scenario."""
    reference = [2, 1, 3, 3]
    expected = [
        sum(abs(rank - own) for rank, own in zip(row, reference, strict=True)) / 4 for row in ranks
    ]
    assert mean_shift(np.array(ranks), pd.Series(reference)).tolist() == expected


@given(ranks=tables_of_ranks, reference=st.lists(st.integers(1, 4), min_size=4, max_size=4))
def test_reversals_are_the_plain_loop(ranks: list[list[int]], reference: list[int]) -> None:
    """Every pair without a region between, and how many scenarios turn or tie it."""
    found = reversals(np.array(ranks), pd.Series(reference, index=list("abcd")))
    expected = {}
    for i, upper in enumerate(reference):
        for j, lower in enumerate(reference):
            if upper < lower and not any(upper < other < lower for other in reference):
                turned = sum(row[j] < row[i] for row in ranks) / len(ranks)
                level = sum(row[j] == row[i] for row in ranks) / len(ranks)
                expected["abcd"[i], "abcd"[j]] = (upper, lower, turned, level)
    rows = [tuple(row) for row in found.itertuples(index=False)]
    assert {row[:2]: row[2:] for row in rows} == expected
    assert len(rows) == len(expected)
    assert found["upper_rank"].is_monotonic_increasing


def test_the_scheme_itself_shifts_and_reverses_nothing(
    scores: pd.DataFrame, scheme: Scheme
) -> None:
    """At both ends of the corners stand the scheme's own weights: no shift, no reversal."""
    weights = scheme.common.weights
    reference = scheme_ranks(scores, weights)
    ranks = scenario_ranks(scores, weight_scenarios(corner_weights(weights)))
    shifts = mean_shift(ranks, reference)
    assert shifts[0] == shifts[-1] == 0
    assert (shifts[1:-1] > 0).all()
    assert (reversals(ranks[[0, -1]], reference)["reversed"] == 0).all()


def ishigami(uniforms: np.ndarray) -> np.ndarray:
    x = np.pi * (2 * uniforms - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def ishigami_indices(a: float = 7, b: float = 0.1) -> tuple[list[float], list[float]]:
    """Closed form of Ishigami and Homma (1990): first and total."""
    v1 = (1 + b * math.pi**4 / 5) ** 2 / 2
    v2 = a**2 / 8
    v13 = b**2 * math.pi**8 * (1 / 18 - 1 / 50)
    total = v1 + v2 + v13
    return [v1 / total, v2 / total, 0], [(v1 + v13) / total, v2 / total, v13 / total]


def test_ishigami() -> None:
    """First and total indices of the Ishigami function (a = 7, b = 0.1) are those of its closed
    form, 0.314, 0.442, 0 and 0.558, 0.442, 0.244, and lie in their 99% intervals.
    """
    first, total = ishigami_indices()
    np.testing.assert_allclose(first, [0.3139, 0.4424, 0], atol=5e-5)  # as usually printed
    np.testing.assert_allclose(total, [0.5576, 0.4424, 0.2437], atol=5e-5)
    found = sobol_indices(ishigami, dict.fromkeys(("x1", "x2", "x3"), 1), base=4096, level=0.99)
    assert found["input"].tolist() == ["x1", "x2", "x3"]
    for name, expected in (("first", first), ("total", total)):
        np.testing.assert_allclose(found[name], expected, atol=ESTIMATED)
        assert (found[f"{name}_low"] <= expected).all()
        assert (found[f"{name}_high"] >= expected).all()


A = np.array([0, 1, 4.5, 9])


def g_function(uniforms: np.ndarray) -> np.ndarray:
    return np.prod((np.abs(4 * uniforms - 2) + A) / (1 + A), axis=1)


def g_indices(groups: Sequence[Sequence[int]]) -> tuple[list[float], list[float]]:
    """Closed form of Sobol's product function, also for groups of its inputs."""
    parts = 1 + 1 / (3 * (1 + A) ** 2)
    everything = parts.prod()
    inside = [parts[list(group)].prod() for group in groups]
    first = [(part - 1) / (everything - 1) for part in inside]
    total = [(everything - everything / part) / (everything - 1) for part in inside]
    return first, total


@pytest.mark.parametrize(
    ("inputs", "groups"),
    [
        ({"d": 1, "c": 1, "b": 1, "a": 1}, [[0], [1], [2], [3]]),
        ({"one": 1, "rest": 3}, [[0], [1, 2, 3]]),
        ({"late": 2, "early": 2}, [[0, 1], [2, 3]]),
    ],
)
def test_the_g_function(inputs: dict[str, int], groups: list[list[int]]) -> None:
    """Sobol's g-function (a = 0, 1, 4.5, 9), its inputs alone and in groups, in their order."""
    found = sobol_indices(g_function, inputs, base=4096)
    first, total = g_indices(groups)
    assert found["input"].tolist() == list(inputs)
    np.testing.assert_allclose(found["first"], first, atol=ESTIMATED)
    np.testing.assert_allclose(found["total"], total, atol=ESTIMATED)


def test_indices_by_a_double_loop() -> None:
    """For a model without a textbook, conditional means and variances on a grid of 48 midpoints an
    axis, the first two columns in a group.
    """

    def model(u: np.ndarray) -> np.ndarray:
        return np.exp(u[:, 0]) * (1 + u[:, 1]) + 3 * u[:, 2] ** 2 * (u[:, 0] > 0.3)

    middles = (np.arange(48) + 0.5) / 48
    grid = np.stack(np.meshgrid(middles, middles, middles, indexing="ij"), axis=-1)
    values = model(grid.reshape(-1, 3)).reshape(48 * 48, 48)  # rows: the group, columns: the third
    first = [values.mean(axis=1).var() / values.var(), values.mean(axis=0).var() / values.var()]
    total = [values.var(axis=0).mean() / values.var(), values.var(axis=1).mean() / values.var()]
    found = sobol_indices(model, {"pair": 2, "third": 1}, base=4096)
    np.testing.assert_allclose(found["first"], first, atol=ESTIMATED)
    np.testing.assert_allclose(found["total"], total, atol=ESTIMATED)


def test_the_indices_of_the_method_by_enumeration() -> None:
    """With weights held to the scheme there are 4 x 4 x 4 methods: conditional means and variances
    over all of them are the indices, and weights have none.
    """
    table = marks(12, seed=5)
    cells = np.indices((4, 4, 4)).reshape(3, -1)
    shares = np.tile([float(share) for share in WEIGHTS.values()], (64, 1))
    scenarios = Scenarios(tuple(WEIGHTS), shares, cells[0], cells[1], cells[2] - 1)
    shifts = mean_shift(scenario_ranks(table, scenarios), scheme_ranks(table, WEIGHTS))
    cube = shifts.reshape(4, 4, 4)
    others = [tuple({0, 1, 2} - {axis}) for axis in range(3)]
    first = [cube.mean(axis=other).var() / cube.var() for other in others]
    total = [cube.var(axis=axis).mean() / cube.var() for axis in range(3)]
    found = method_sensitivity(table, WEIGHTS, concentration=1e8, base=4096)
    assert found["input"].tolist() == ["weights", "normalisation", "aggregation", "left_out"]
    np.testing.assert_allclose(found["first"], [0, *first], atol=STEPPED)
    np.testing.assert_allclose(found["total"], [0, *total], atol=STEPPED)


def test_a_choice_without_room_has_no_index() -> None:
    """Weights alone vary: they have all of the variance, first and total."""
    found = method_sensitivity(
        marks(12, seed=6),
        WEIGHTS,
        normalisations=NORMALISATIONS[:1],
        aggregations=AGGREGATIONS[:1],
        leave_out=False,
        base=2048,
    ).set_index("input")
    assert found.at["weights", "first"] == pytest.approx(1, abs=STEPPED)
    assert found.at["weights", "total"] == pytest.approx(1, abs=STEPPED)
    assert (found.loc["normalisation":, ["first", "total"]] == 0).all(axis=None)


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Seed 0 too, whatever the global random state; another seed gives others."""
    frames = []
    for state, seed in ((1, 0), (2, 0), (3, 7)):
        np.random.seed(state)
        frames.append(sobol_indices(g_function, dict.fromkeys("abcd", 1), base=64, seed=seed))
    csv = [frame.to_csv() for frame in frames]
    assert csv[0] == csv[1]
    assert csv[0] != csv[2]


def test_a_higher_level_widens_the_intervals() -> None:
    """By the ratio of normal quantiles, 2.576 to 1.645: the resamples are the same."""
    wide, narrow = (
        sobol_indices(g_function, dict.fromkeys("abcd", 1), base=64, level=level)
        for level in (0.99, 0.90)
    )
    for name in ("first", "total"):
        ratio = (wide[f"{name}_high"] - wide[name]) / (narrow[f"{name}_high"] - narrow[name])
        np.testing.assert_allclose(ratio, 2.5758293 / 1.6448536, rtol=1e-6)


def test_intervals_cover_and_narrow() -> None:
    """Over 20 seeds of 256 points, at least 95% of the 95% intervals hold the closed form, and with
    16 times the points they are about a quarter as wide.
    """
    inputs = dict.fromkeys("abcd", 1)
    first, total = g_indices([[0], [1], [2], [3]])
    runs = [sobol_indices(g_function, inputs, base=256, seed=seed) for seed in range(20)]
    for name, expected in (("first", first), ("total", total)):
        held = [(r[f"{name}_low"] <= expected) & (expected <= r[f"{name}_high"]) for r in runs]
        assert np.mean(held) >= 0.95
        fine = sobol_indices(g_function, inputs, base=4096)
        few = np.mean([r[f"{name}_high"] - r[f"{name}_low"] for r in runs], axis=0)
        ratio = (fine[f"{name}_high"] - fine[f"{name}_low"]) / few
        # a deviation from 200 resamples is known to a twentieth, one from 256 points less well
        np.testing.assert_allclose(ratio, 0.25, rtol=0.3)


@pytest.mark.parametrize(
    "wrong",
    [{"base": 1000}, {"base": 1}, {"resamples": 1}, {"inputs": {"a": 4}}],
)
def test_settings_that_mean_nothing_are_refused(wrong: dict[str, object]) -> None:
    """Base no power of 2, one resample, one input; a level has a check of its own."""
    given = {"inputs": dict.fromkeys("abcd", 1), **wrong}
    with pytest.raises(DataError, match="expected at least two inputs, a power of 2"):
        sobol_indices(g_function, **given)
    with pytest.raises(ParameterError, match="it lies between 0 and 1"):
        sobol_indices(g_function, **given, level=1.0)


def test_an_output_without_variance_is_refused() -> None:
    """Nothing to share out, or nothing finite."""
    for value in (1.0, math.nan):
        with pytest.raises(DataError, match="not finite or never varies"):
            sobol_indices(lambda u, v=value: np.full(len(u), v), {"a": 1, "b": 1}, base=8)


def test_lengths_that_differ_are_refused() -> None:
    """Ranks of three regions for an index of two, and no scenario at all; a level of 1."""
    reference = pd.Series([1, 2])
    three, none = np.array([[1, 2, 3]]), np.empty((0, 2), dtype=int)
    for ranks in (three, none):
        with pytest.raises(DataError, match="for 2 regions; expected at least one row"):
            rank_ranges(ranks, reference.index)
        with pytest.raises(DataError, match="for 2 regions; expected at least one row"):
            mean_shift(ranks, reference)
        with pytest.raises(DataError, match="for 2 regions; expected at least one row"):
            reversals(ranks, reference)
    with pytest.raises(DataError, match=r"Levels \[1\.0\]; expected shares between 0 and 1"):
        rank_ranges(three, pd.RangeIndex(3), [0.5, 1.0])
