"""Ways of making the index, against plain loops, closed forms and permutations."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartlib.index.make.rounding import exact
from smartlib.index.ranks.methods import AGGREGATIONS, NORMALISATIONS, aggregate, normalise
from smartlib.index.ranks.scenarios import (
    Scenarios,
    corner_weights,
    draw_scenarios,
    scenario_ranks,
    scenarios_from_uniforms,
    scheme_ranks,
    weight_scenarios,
)
from smartlib.vocabulary.errors import DataError, SchemeError
from smartlib.vocabulary.records import Scheme

FLOATS = 1e-10  # a few hundred units in the last place of values up to 130
DRAWN = 0.0015  # three standard errors of a mean of 20,000 weights
SPREAD = 0.001  # three standard errors of their standard deviation
PRINTED = 1e-9  # worked by hand to so many figures

# A small table with a tie in each column and two regions alike (b and e).
MARKS = {
    "a": (3.56, 2.73, 3.27),
    "b": (1.20, 3.90, 2.50),
    "c": (2.40, 2.73, 1.10),
    "d": (3.56, 1.05, 3.99),
    "e": (1.20, 3.90, 2.50),
}
TABLE = pd.DataFrame.from_dict(MARKS, orient="index", columns=["x", "y", "z"])
WEIGHTS = {"x": Decimal("0.2"), "y": Decimal("0.5"), "z": Decimal("0.3")}
SHARES = [0.2, 0.5, 0.3]

hundredths = st.integers(100, 400).map(lambda n: n / 100)
profiles = st.lists(st.tuples(*[hundredths] * 4), min_size=2, max_size=12)


def by_hand_normalised(rows: list[list[float]], method: str) -> list[list[float]]:
    """Each column scaled in a plain loop."""
    columns = []
    for column in zip(*rows, strict=True):
        if method == "min_max":
            low, high = min(column), max(column)
            columns.append([70 + 60 * (value - low) / (high - low) for value in column])
        elif method == "z_score":
            mean = sum(column) / len(column)
            spread = math.sqrt(sum((value - mean) ** 2 for value in column) / len(column))
            columns.append([100 + 10 * (value - mean) / spread for value in column])
        elif method == "rank":
            places = []
            for value in column:
                below = sum(other < value for other in column)
                level = sum(other == value for other in column)
                places.append(below + (level + 1) / 2)
            columns.append(places)
        else:
            columns.append(list(column))
    return [list(row) for row in zip(*columns, strict=True)]


def by_hand_mean(values: list[float], weights: list[float], method: str) -> float:
    """One region's mean from its definition, Mazziotta-Pareto as mean less deviation times cv."""
    pairs = list(zip(values, weights, strict=True))
    mean = sum(weight * value for value, weight in pairs)
    if method == "geometric":
        return math.prod(value**weight for value, weight in pairs)
    if method == "harmonic":
        return 1 / sum(weight / value for value, weight in pairs)
    if method == "mazziotta_pareto":
        deviation = math.sqrt(sum(weight * (value - mean) ** 2 for value, weight in pairs))
        return mean - deviation * (deviation / mean)
    return mean


def by_counting(values: list[float]) -> list[int]:
    return [1 + sum(other > value + 1e-9 for other in values) for value in values]


def by_hand_ranks(
    rows: list[list[float]], weights: list[float], normalisation: str, aggregation: str
) -> list[int]:
    scaled = by_hand_normalised(rows, normalisation)
    return by_counting([by_hand_mean(row, weights, aggregation) for row in scaled])


def one(
    weights: list[float], normalisation: str, aggregation: str, left_out: int = -1
) -> Scenarios:
    """A single scenario for the small table."""
    return Scenarios(
        dimensions=("x", "y", "z"),
        weights=np.array([weights]),
        normalisation=np.array([NORMALISATIONS.index(normalisation)]),
        aggregation=np.array([AGGREGATIONS.index(aggregation)]),
        left_out=np.array([left_out]),
    )


every_method = pytest.mark.parametrize(
    ("normalisation", "aggregation"), list(product(NORMALISATIONS, AGGREGATIONS))
)


@every_method
def test_each_method_is_the_plain_loop(normalisation: str, aggregation: str) -> None:
    """Values and ranks of every normalisation with every mean agree with their definitions."""
    rows = [list(row) for row in MARKS.values()]
    scaled = by_hand_normalised(rows, normalisation)
    values = normalise(TABLE, normalisation)
    np.testing.assert_allclose(values.to_numpy(), scaled, atol=FLOATS)
    means = aggregate(values.to_numpy(), np.array([SHARES]), aggregation)[0]
    expected = [by_hand_mean(row, SHARES, aggregation) for row in scaled]
    np.testing.assert_allclose(means, expected, atol=FLOATS)
    found = scenario_ranks(TABLE, one(SHARES, normalisation, aggregation))[0]
    assert found.tolist() == by_counting(expected)


@every_method
@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_leaving_out_is_computing_without(
    normalisation: str, aggregation: str, left_out: int
) -> None:
    """A dimension left out gives the ranks of a table that never had it, its weight shared out."""
    kept = [place for place in range(3) if place != left_out]
    rows = [[row[place] for place in kept] for row in MARKS.values()]
    total = sum(SHARES[place] for place in kept)
    weights = [SHARES[place] / total for place in kept]
    found = scenario_ranks(TABLE, one(SHARES, normalisation, aggregation, left_out))[0]
    assert found.tolist() == by_hand_ranks(rows, weights, normalisation, aggregation)


@given(rows=profiles, seed=st.integers(0, 99))
def test_many_scenarios_are_each_the_plain_loop(rows: list[tuple[float, ...]], seed: int) -> None:
    """Grouping scenarios by method mixes none of them up: each row of ranks is the loop's."""
    table = pd.DataFrame(rows, columns=list("abcd"))
    if (table.nunique() < 2).any():
        return
    quarter = dict.fromkeys("abcd", Decimal("0.25"))
    scenarios = draw_scenarios(quarter, 20, rng=np.random.default_rng(seed))
    found = scenario_ranks(table, scenarios)
    for number, shares in enumerate(scenarios.shares):
        kept = [place for place in range(4) if place != scenarios.left_out[number]]
        expected = by_hand_ranks(
            [[row[place] for place in kept] for row in rows],
            [shares[place] for place in kept],
            NORMALISATIONS[scenarios.normalisation[number]],
            AGGREGATIONS[scenarios.aggregation[number]],
        )
        assert found[number].tolist() == expected


@given(rows=profiles)
def test_the_means_are_ordered(rows: list[tuple[float, ...]]) -> None:
    """Harmonic <= geometric <= arithmetic, and Mazziotta-Pareto <= arithmetic, for any weights;
    equal where a region's marks are equal.
    """
    weights = np.random.default_rng(len(rows)).dirichlet(np.ones(4), size=3)
    values = np.array([*rows, (2.5,) * 4])
    means = {method: aggregate(values, weights, method) for method in AGGREGATIONS}
    assert (means["harmonic"] <= means["geometric"] + FLOATS).all()
    assert (means["geometric"] <= means["arithmetic"] + FLOATS).all()
    assert (means["mazziotta_pareto"] <= means["arithmetic"] + FLOATS).all()
    for found in means.values():
        np.testing.assert_allclose(found[:, -1], 2.5, atol=FLOATS)


@every_method
def test_equal_weights_do_not_know_the_dimensions(normalisation: str, aggregation: str) -> None:
    """With equal weights, columns that trade names leave every rank as it was."""
    third = [1 / 3] * 3
    ranks = scenario_ranks(TABLE, one(third, normalisation, aggregation))
    for order in (["y", "z", "x"], ["z", "y", "x"]):
        swapped = TABLE[order].set_axis(TABLE.columns, axis=1)
        assert (scenario_ranks(swapped, one(third, normalisation, aggregation)) == ranks).all()


@pytest.mark.parametrize("normalisation", ["min_max", "z_score", "rank"])
@pytest.mark.parametrize("aggregation", AGGREGATIONS)
def test_scaled_marks_do_not_know_their_unit(normalisation: str, aggregation: str) -> None:
    """Marks in another unit and from another zero rank alike once normalised."""
    other = TABLE * [2.0, 10.0, 0.5] + [1.0, -3.0, 7.0]
    chosen = one(SHARES, normalisation, aggregation)
    assert (scenario_ranks(other, chosen) == scenario_ranks(TABLE, chosen)).all()


def test_the_mazziotta_pareto_penalty_by_hand() -> None:
    """Scaled values 70 and 130 with equal weights: mean 100, deviation 30, cv 0.3, penalty 9; with
    weights 1/4 and 3/4: mean 115, variance 675, penalty 675/115.
    """
    weights = np.array([[0.5, 0.5], [0.25, 0.75]])
    found = aggregate(np.array([[70.0, 130.0]]), weights, "mazziotta_pareto")
    np.testing.assert_allclose(found[:, 0], [91, 115 - 675 / 115], atol=PRINTED)


def test_scenarios_of_equal_marks_tie() -> None:
    """Two regions with the same marks share every rank of 10,000 scenarios, and one that is below
    another in all dimensions never stands above it.
    """
    table = pd.concat([TABLE, TABLE.loc[["b"]] - 0.01])
    ranks = scenario_ranks(table, draw_scenarios(WEIGHTS))
    assert (ranks[:, 1] == ranks[:, 4]).all()
    assert (ranks[:, 5] >= ranks[:, 1]).all()
    assert (ranks[:, 5] > ranks[:, 1]).any()


def test_totals_on_the_same_point_tie() -> None:
    """0.1 x 3 + 0.9 x 1 and 0.1 x 1.2 + 0.9 x 1.2 are both 1.2, though not in floats."""
    table = pd.DataFrame({"x": [3.0, 1.2, 1.0], "y": [1.0, 1.2, 1.0]})
    weights = {"x": Decimal("0.1"), "y": Decimal("0.9")}
    assert scheme_ranks(table, weights).tolist() == [1, 1, 3]


def test_the_scheme_ranks_the_unrounded_totals(scores: pd.DataFrame, scheme: Scheme) -> None:
    """All 140 regions: ranks of exact decimal totals by counting; nothing but the weights' own
    formula is in the scheme's scenario.
    """
    weights = scheme.common.weights
    totals = [
        sum(weight * exact(row[name]) for name, weight in weights.items())
        for row in scores.to_dict("records")
    ]
    expected = [1 + sum(other > total for other in totals) for total in totals]
    found = scheme_ranks(scores, weights)
    assert found.tolist() == expected
    assert found.index.equals(scores.index)


def test_drawn_weights_have_the_dirichlet_moments() -> None:
    """20,000 draws: means are the scheme's, deviations sqrt(w (1 - w) / 64), rows sum to 1; a
    weight of 0.2 has a deviation of 0.05.
    """
    scenarios = draw_scenarios(WEIGHTS, 20_000, rng=np.random.default_rng(1))
    weights = np.array(SHARES)
    deviations = np.sqrt(weights * (1 - weights) / 64)
    assert deviations[0] == pytest.approx(0.05)
    np.testing.assert_allclose(scenarios.weights.mean(axis=0), weights, atol=DRAWN)
    np.testing.assert_allclose(scenarios.weights.std(axis=0), deviations, atol=SPREAD)
    np.testing.assert_allclose(scenarios.shares.sum(axis=1), 1, atol=FLOATS)
    correlations = np.corrcoef(scenarios.weights.T)
    expected = -np.sqrt(0.2 * 0.5 / (0.8 * 0.5))  # of two Dirichlet weights, closed form
    assert correlations[0, 1] == pytest.approx(expected, abs=0.02)  # four standard errors


def test_choices_are_equally_likely_and_apart() -> None:
    """Each method, and each dimension left out or none, has its share of 20,000 scenarios."""
    scenarios = draw_scenarios(WEIGHTS, 20_000, rng=np.random.default_rng(2))
    for codes, options in (
        (scenarios.normalisation, range(4)),
        (scenarios.aggregation, range(4)),
        (scenarios.left_out, range(-1, 3)),
    ):
        shares = [(codes == option).mean() for option in options]
        # four standard errors of a share of a quarter
        np.testing.assert_allclose(shares, 0.25, atol=4 * math.sqrt(0.25 * 0.75 / 20_000))
    assert abs(np.corrcoef(scenarios.normalisation, scenarios.aggregation)[0, 1]) < 0.03


def test_only_the_methods_asked_for_are_drawn() -> None:
    """A narrower choice keeps to it, in the names' own codes."""
    scenarios = draw_scenarios(
        WEIGHTS, 50, normalisations=["rank"], aggregations=["harmonic"], leave_out=False
    )
    assert set(scenarios.normalisation) == {NORMALISATIONS.index("rank")}
    assert set(scenarios.aggregation) == {AGGREGATIONS.index("harmonic")}
    assert set(scenarios.left_out) == {-1}


def test_draws_repeat_themselves() -> None:
    """Without a generator, and with one of the same seed, the bytes are the same."""
    first, second = draw_scenarios(WEIGHTS, 100), draw_scenarios(WEIGHTS, 100)
    assert first.weights.tobytes() == second.weights.tobytes()
    other = draw_scenarios(WEIGHTS, 100, rng=np.random.default_rng(0))
    assert first.weights.tobytes() == other.weights.tobytes()
    assert (
        first.weights.tobytes()
        != draw_scenarios(WEIGHTS, 100, rng=np.random.default_rng(1)).weights.tobytes()
    )


def test_a_dimension_of_weight_zero_stays_out() -> None:
    """It is neither drawn nor left out, and its marks may be missing."""
    table = TABLE.assign(extra=np.nan)
    scenarios = draw_scenarios({**WEIGHTS, "extra": Decimal(0)}, 200)
    assert scenarios.dimensions == ("x", "y", "z")
    assert (scenario_ranks(table, scenarios) == scenario_ranks(TABLE, scenarios)).all()


def test_corners_by_hand() -> None:
    """All 8 corners of three weights moved by a tenth, each rescaled; both ends are the scheme."""
    found = corner_weights(WEIGHTS, 0.1)
    rows = []
    for moves in product((0.9, 1.1), repeat=3):
        moved = [move * share for move, share in zip(moves, SHARES, strict=True)]
        rows.append([weight / sum(moved) for weight in moved])
    np.testing.assert_allclose(found.to_numpy(), rows, atol=FLOATS)
    assert list(found) == list(WEIGHTS)
    np.testing.assert_allclose(found.iloc[[0, -1]], [SHARES] * 2, atol=FLOATS)
    ranks = scenario_ranks(TABLE, weight_scenarios(found))
    rows_of_marks = [list(row) for row in MARKS.values()]
    for row, weights in zip(ranks, rows, strict=True):
        assert row.tolist() == by_hand_ranks(rows_of_marks, weights, "as_marked", "arithmetic")


def test_a_missing_mark_names_region_and_dimension() -> None:
    """Every hole is listed."""
    table = TABLE.copy()
    table.loc["c", "y"] = table.loc["d", "z"] = np.nan
    with pytest.raises(DataError, match=r"(?s)2 marks are missing.*column y, c.*column z, d"):
        scenario_ranks(table, draw_scenarios(WEIGHTS, 5))
    with pytest.raises(DataError, match="no column y, z"):
        scheme_ranks(TABLE[["x"]], WEIGHTS)


def test_a_constant_column_cannot_be_scaled() -> None:
    """It can be taken as marked."""
    table = TABLE.assign(y=2.0)
    for method in NORMALISATIONS[1:]:
        with pytest.raises(
            DataError, match=f"the same mark in y; {method} needs marks that differ"
        ):
            normalise(table, method)
    assert normalise(table, "as_marked").equals(table)


@pytest.mark.parametrize("method", AGGREGATIONS[1:])
def test_means_that_need_positive_values_say_so(method: str) -> None:
    """A mark of 0 has no geometric or harmonic mean; the arithmetic one is defined."""
    values, weights = np.array([[0.0, 2.0]]), np.array([[0.5, 0.5]])
    with pytest.raises(DataError, match=f"A {method} mean needs values above 0, the lowest is 0"):
        aggregate(values, weights, method)
    assert aggregate(values, weights, "arithmetic").tolist() == [[1.0]]


def test_unknown_methods_are_refused() -> None:
    """The message lists what there is."""
    with pytest.raises(SchemeError, match="no method box_cox; expected one of as_marked, min_max"):
        normalise(TABLE, "box_cox")
    with pytest.raises(SchemeError, match="no method median; expected one of arithmetic"):
        aggregate(TABLE.to_numpy(), np.array([SHARES]), "median")
    with pytest.raises(SchemeError, match="no method median"):
        draw_scenarios(WEIGHTS, 5, aggregations=["median"])


def test_weights_that_cannot_vary_are_refused() -> None:
    """One dimension, shares that do not sum to 1, a perturbation beyond the weight itself."""
    with pytest.raises(SchemeError, match="Only x has a weight"):
        draw_scenarios({"x": Decimal(1), "y": Decimal(0)}, 5)
    with pytest.raises(SchemeError, match=r"The weights sum to 0\.7, expected 1"):
        corner_weights({"x": Decimal("0.2"), "y": Decimal("0.5")})
    with pytest.raises(SchemeError, match="A perturbation of 1 of 3 weights"):
        corner_weights(WEIGHTS, 1.0)
    many = dict.fromkeys(map(str, range(20)), Decimal("0.05"))
    with pytest.raises(SchemeError, match=r"of 20 weights; expected .* at most 16"):
        corner_weights(many)


def test_scenarios_of_unlike_lengths_are_refused() -> None:
    """So are uniforms of another width, and weights of which nothing would be left."""
    none = np.array([-1, -1])
    with pytest.raises(DataError, match=r"Weights of shape \(1, 2\) for 2 dimensions"):
        Scenarios(("x", "y"), np.array([[0.5, 0.5]]), none, none, none)
    with pytest.raises(DataError, match=r"Weights of shape \(2, 2\) for 1 dimensions"):
        Scenarios(("x",), np.full((2, 2), 0.5), none, none, none)
    with pytest.raises(DataError, match="nothing is left"):
        one([1.0, 0.0, 0.0], "as_marked", "arithmetic", left_out=0)
    with pytest.raises(DataError, match=r"shape \(4, 5\).*expected 6 columns for 3 dimensions"):
        scenarios_from_uniforms(np.full((4, 5), 0.5), WEIGHTS)
    with pytest.raises(DataError, match="a concentration of 0"):
        draw_scenarios(WEIGHTS, 4, concentration=0)
