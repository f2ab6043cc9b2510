"""Curves under the null: all orders and signs by plain loops, induced shuffles, true nulls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np
import pytest
from multiverse_maker import made
from scipy import stats

from smartlib.inference.core.covariance import KINDS, covariance
from smartlib.inference.core.least_squares import least_squares
from smartlib.inference.curve.curve import run_specifications
from smartlib.inference.curve.null import TIE, induced, permutation_test
from smartlib.inference.curve.specification import Plan, plan_specifications
from smartlib.vocabulary.errors import ParameterError

SAME = 1e-9  # regressions one by one and all at once


@dataclass(frozen=True)
class Single:
    """A regression to run by itself: places of its rows, its parts, its standard error."""

    rows: list[int]
    controls: np.ndarray
    fitted: np.ndarray
    residuals: np.ndarray
    y: np.ndarray
    kind: str
    clusters: np.ndarray | None


def singles(plan: Plan) -> list[Single]:
    """Each specification of a plan, its factor split by a regression of its own."""
    chosen, found = plan.multiverse, []
    for s in plan.specifications:
        table = chosen.vintages[s.vintage]
        rows = np.flatnonzero(chosen.samples[s.sample] & table["x"].notna())
        controls = np.column_stack([np.ones(len(table)), *(table[c] for c in s.controls)])[rows]
        x = table["x"].to_numpy()[rows] / chosen.unit
        residuals = least_squares(controls, x, ["intercept", *s.controls]).residuals
        y = chosen.outcomes[s.recipe.name]
        y = ((y - y.mean()) / y.std()).to_numpy()[rows]
        clusters = chosen.clusters.to_numpy()[rows] if KINDS[s.covariance].clustered else None
        found.append(Single([*rows], controls, x - residuals, residuals, y, s.covariance, clusters))
    return found


def one_by_one(runs: list[Single], moved: Callable[[Single], list[float]]) -> tuple[float, ...]:
    """The three statistics after the rest of the factor is moved, each regression run anew."""
    estimates, signs = [], []
    for run in runs:
        x = np.column_stack([run.controls, run.fitted + moved(run)])
        fit = least_squares(x, run.y, range(x.shape[1]))
        found = covariance(fit, run.kind, run.clusters)
        limit = stats.t.ppf(0.975, found.degrees_of_freedom()[-1])
        estimates.append(fit.beta[-1])
        signs.append(
            np.sign(fit.beta[-1]) * (abs(fit.beta[-1]) > limit * found.standard_errors[-1])
        )
    dominant = 1 if sum(np.sign(estimates)) >= 0 else -1
    share = np.mean(np.sign(estimates) == dominant)
    return float(np.median(estimates)), float(share), float(np.mean(np.array(signs) == dominant))


def along(order: Sequence[int]) -> Callable[[Single], list[float]]:
    """Each row takes the value of the first row kept along the cycle of an order."""

    def moved(run: Single) -> list[float]:
        values, taken = dict(zip(run.rows, run.residuals, strict=True)), []
        for row in run.rows:
            place = order[row]
            while place not in values:
                place = order[place]
            taken.append(values[place])
        return taken

    return moved


def p_values(observed: tuple[float, ...], drawn: list[tuple[float, ...]]) -> list[float]:
    return [
        float(np.mean([abs(other[i]) >= abs(observed[i]) * (1 - TIE) for other in drawn]))
        for i in range(3)
    ]


def assert_same(result, observed, drawn) -> None:
    tests = (result.median, result.dominant, result.significant)
    assert [test.observed for test in tests] == pytest.approx(observed, abs=SAME)
    assert result.is_exhaustive
    assert result.draws == len(drawn)
    found = np.column_stack([test.drawn for test in tests])
    np.testing.assert_allclose(found, drawn, atol=SAME)
    assert [test.p_value for test in tests] == pytest.approx(p_values(observed, drawn), abs=SAME)


def test_all_orders_of_five_rows_are_those_of_plain_loops() -> None:
    """120 orders of a table with a missing value and a sample without a row: every curve and all
    three p-values equal those of regressions run one by one on the factor laid out anew.
    """
    holed = {"two": made([2, 1, 1, 1], slope=0.8).vintages["two"]}
    chosen = made([2, 1, 1, 1], slope=0.8, vintages=holed)
    plan = plan_specifications(chosen, [()], covariances=["hc3"], rows_each=1)
    runs = singles(plan)
    drawn = [one_by_one(runs, along(order)) for order in permutations(range(5))]
    observed = one_by_one(runs, along(range(5)))
    assert_same(permutation_test(plan, draws=120), observed, drawn)


def test_all_signs_of_five_clusters_are_those_of_plain_loops() -> None:
    """32 sets of signs, with a control, standard errors of both sorts."""
    chosen = made([4, 3, 6, 2, 5], slope=0.3, seed=3)
    plan = plan_specifications(chosen, [("z",)], covariances=["hc2bm", "cr3"], rows_each=5)
    runs, codes = singles(plan), np.repeat(range(5), [4, 3, 6, 2, 5])
    drawn = [
        one_by_one(runs, lambda run, turn=turn: run.residuals * np.array(turn)[codes[run.rows]])
        for turn in product([1.0, -1.0], repeat=5)
    ]
    result = permutation_test(plan, null="signs", draws=32)
    assert_same(result, drawn[0], drawn)
    assert result.null == "signs"


def test_drawn_orders_with_controls_are_those_of_plain_loops() -> None:
    """What the controls explain of the factor stays; only the rest moves."""
    chosen = made([9, 1, 12, 8, 14], slope=0.3)
    plan = plan_specifications(chosen, [("z",)], covariances=["hc2bm", "cr3"])
    result = permutation_test(plan, draws=7, rng=np.random.default_rng(2))
    own = np.tile(np.arange(44), (7, 1))
    for draw, order in enumerate(np.random.default_rng(2).permuted(own, axis=1)):
        found = [t.drawn[draw] for t in (result.median, result.dominant, result.significant)]
        assert found == pytest.approx(one_by_one(singles(plan), along(order)), abs=SAME)


def test_a_shuffle_of_all_rows_is_a_uniform_shuffle_of_those_kept() -> None:
    """Of the 24 orders of four rows, each of the 6 orders of three comes from four; where every
    row is kept, orders are themselves.
    """
    orders = np.array([*permutations(range(4))])
    counts = Counter(map(tuple, induced(orders, np.array([0, 2, 3])).tolist()))
    assert counts == dict.fromkeys(permutations(range(3)), 4)
    assert np.array_equal(induced(orders, np.arange(4)), orders)


def test_drawn_p_values_count_the_data_s_own_curve() -> None:
    """p = (1 + #) / (1 + draws): with a strong association the least there is."""
    plan = plan_specifications(made([9, 1, 12, 8, 14], slope=2.0), [(), ("z",)])
    result = permutation_test(plan, draws=99)
    curve = run_specifications(plan)
    assert result.median.observed == pytest.approx(curve.table["estimate"].median(), abs=SAME)
    assert result.significant.observed == curve.is_significant.mean() == 1
    assert result.dominant_sign == 1
    assert result.median.p_value == result.significant.p_value == 1 / 100
    reached = (result.dominant.drawn >= 1).sum()
    assert result.dominant.p_value == (1 + reached) / 100
    assert (np.diff(result.bands, axis=0) >= 0).all()
    assert (result.bands[2] < curve.table["estimate"].iloc[curve.order]).all()


@pytest.mark.parametrize("null", ["orders", "signs"])
def test_turning_the_outcome_round_turns_the_sign_only(null: str) -> None:
    """The same p-values whichever way the association goes."""
    chosen = made([9, 4, 12, 8, 14], slope=0.4)
    turned = made([9, 4, 12, 8, 14], slope=0.4, outcomes=-chosen.outcomes)
    one, other = (
        permutation_test(plan_specifications(m, [()]), null=null, draws=49)
        for m in (chosen, turned)
    )
    assert one.median.observed == pytest.approx(-other.median.observed, abs=SAME)
    assert (one.dominant_sign, other.dominant_sign) == (1, -1)
    assert one.median.p_value == other.median.p_value
    assert one.significant.p_value == other.significant.p_value


@pytest.mark.parametrize("null", [pytest.param("orders", marks=pytest.mark.long), "signs"])
def test_true_nulls_are_rejected_as_often_as_stated(null: str) -> None:
    """In 200 seeded simulations of a factor that shares a control with the outcome and nothing
    else, the median and the share significant reject at 10% within 5 points (2.4 standard errors).
    """
    rejected = np.zeros(2)
    for seed in range(200):
        chosen = made([5, 4, 6, 5, 7, 4, 5, 4, 5, 3, 6, 6], seed=seed)
        plan = plan_specifications(chosen, [("z",)], covariances=["hc3"])
        result = permutation_test(plan, null=null, draws=19, rng=np.random.default_rng(seed))
        rejected += [result.median.p_value <= 0.1, result.significant.p_value <= 0.1]
    assert rejected[0] / 200 == pytest.approx(0.1, abs=0.05)
    assert rejected[1] / 200 <= 0.15  # ties at a share of 0 make it reject less


def test_the_same_seed_gives_the_same_numbers() -> None:
    """Without a generator two calls agree; another seed gives other draws."""
    plan = plan_specifications(made([9, 1, 12, 8, 14]), [()])
    first, second = (permutation_test(plan, draws=19) for _ in range(2))
    assert np.array_equal(first.median.drawn, second.median.drawn)
    other = permutation_test(plan, draws=19, rng=np.random.default_rng(1))
    assert not np.array_equal(first.median.drawn, other.median.drawn)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"draws": 0}, "0 draws of orders; take one or more"),
        ({"null": "normal"}, "of orders or signs"),
        ({"level": 0.0}, "A level of 0.0; it lies between 0 and 1"),
    ],
)
def test_what_cannot_be_drawn_says_why(change: dict, message: str) -> None:
    """No draws, another null, no level."""
    plan = plan_specifications(made([9, 1, 12, 8, 14]), [()])
    with pytest.raises(ParameterError, match=message):
        permutation_test(plan, **change)
