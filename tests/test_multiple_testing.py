"""Adjusted p-values, against their definitions, closed testing and simulation."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartlib.index.multiple_testing import benjamini_hochberg, holm, romano_wolf
from smartlib.vocabulary.errors import DataError

EXACT = 1e-12  # the same fractions in another order
RUNS = 2000
SIMULATED = 3 * (0.05 * 0.95 / RUNS) ** 0.5  # three standard errors of a rate of 5%

p_lists = st.lists(st.floats(0, 1), min_size=1, max_size=12)
small = st.integers(-6, 6).map(lambda n: n / 2)  # few values, so that ties are common

# Benjamini and Hochberg (1995), section 4: fifteen endpoints of a trial.
THROMBOLYSIS = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]


@given(p=p_lists)
def test_holm_is_its_definition(p: list[float]) -> None:
    """The j-th is the largest of (m - i + 1) p_(i) over i <= j, at most 1."""
    ordered, found = sorted(p), sorted(holm(p))
    m = len(p)
    for j in range(m):
        expected = max(min(1, (m - i) * ordered[i]) for i in range(j + 1))
        assert found[j] == pytest.approx(expected, abs=EXACT)


@given(p=p_lists)
def test_benjamini_hochberg_is_its_definition(p: list[float]) -> None:
    """The j-th is the smallest of m p_(i) / i over i >= j, at most 1."""
    ordered, found = sorted(p), sorted(benjamini_hochberg(p))
    m = len(p)
    for j in range(m):
        expected = min(min(1, m * ordered[i] / (i + 1)) for i in range(j, m))
        assert found[j] == pytest.approx(expected, abs=EXACT)


def test_the_published_example_has_three_and_four_findings() -> None:
    """Benjamini, Hochberg (1995), section 4: at 5%, three by Bonferroni-type tests, four by theirs,
    and the adjusted values stay with their hypotheses.
    """
    shuffled = np.random.default_rng(1).permutation(len(THROMBOLYSIS))
    p = np.array(THROMBOLYSIS)[shuffled]
    assert sorted(p[holm(p) <= 0.05]) == THROMBOLYSIS[:3]
    assert sorted(p[benjamini_hochberg(p) <= 0.05]) == THROMBOLYSIS[:4]


def share_reaching(observed: np.ndarray, draws: np.ndarray, subset: tuple[int, ...]) -> float:
    """P-value of the intersection of some hypotheses, by the largest statistic among them."""
    columns = list(subset)
    reached = sum(max(row[columns]) >= max(observed[columns]) for row in draws)
    return (1 + reached) / (1 + len(draws))


@given(
    observed=st.lists(small, min_size=1, max_size=4),
    rows=st.lists(st.lists(small, min_size=4, max_size=4), min_size=1, max_size=12),
)
def test_romano_wolf_is_the_closed_test_of_every_intersection(
    observed: list[float], rows: list[list[float]]
) -> None:
    """Each adjusted p-value is the largest over all sets of hypotheses that hold it; it is never
    below the unadjusted one, and never above that of all hypotheses at once.
    """
    m = len(observed)
    t, draws = np.abs(observed), np.abs(np.array(rows)[:, :m])
    found = romano_wolf(observed, np.array(rows)[:, :m])
    subsets = [c for size in range(1, m + 1) for c in combinations(range(m), size)]
    for j in range(m):
        largest = max(share_reaching(t, draws, subset) for subset in subsets if j in subset)
        assert found[j] == pytest.approx(largest, abs=EXACT)
        assert found[j] >= share_reaching(t, draws, (j,)) - EXACT
        at_once = (1 + (draws.max(axis=1) >= t[j]).sum()) / (1 + len(draws))
        assert found[j] <= at_once + EXACT


def test_romano_wolf_goes_with_its_hypotheses() -> None:
    """Another order of hypotheses, and another sign, leave each p-value as it was."""
    rng = np.random.default_rng(2)
    t, draws = rng.normal(size=6) * 2, rng.normal(size=(99, 6))
    order = rng.permutation(6)
    found = romano_wolf(t, draws)
    np.testing.assert_array_equal(romano_wolf(-t[order], draws[:, order]), found[order])


def family_wise_error(shift: np.ndarray, correlation: float) -> tuple[float, float]:
    """Share of simulated studies with a false finding at 5%: step-down and Holm."""
    rng = np.random.default_rng(3)
    m, errors = len(shift), np.zeros(2)
    for _ in range(RUNS):
        common = rng.normal(size=(200, 1))
        noise = correlation**0.5 * common + (1 - correlation) ** 0.5 * rng.normal(size=(200, m))
        t, draws = noise[0] + shift, noise[1:]
        single = (1 + (np.abs(draws) >= np.abs(t)).sum(axis=0)) / len(noise)
        for place, p in enumerate((romano_wolf(t, draws), holm(single))):
            errors[place] += (p[shift == 0] <= 0.05).any()
    return tuple(errors / RUNS)


def test_the_family_wise_error_is_kept_when_all_hypotheses_are_true() -> None:
    """With draws from the null itself the rate is 5%, exactly; Holm's falls short of it when the
    hypotheses go together.
    """
    step_down, by_holm = family_wise_error(np.zeros(5), correlation=0.9)
    assert step_down == pytest.approx(0.05, abs=SIMULATED)
    assert by_holm < step_down - SIMULATED


def test_the_family_wise_error_is_kept_when_some_are_false() -> None:
    """Once the false ones are rejected, the true ones are tested among themselves: the rate is 5%
    again, which a single step would not reach.
    """
    step_down, _ = family_wise_error(np.array([9.0, 9.0, 9.0, 9.0, 0.0]), correlation=0.0)
    assert step_down == pytest.approx(0.05, abs=SIMULATED)


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
@pytest.mark.parametrize(
    ("p", "message"),
    [
        ([], "No p-values"),
        ([0.1, np.nan, 1.2], r"position 2 \(nan\), 3 \(1.2\) are missing or outside \[0, 1\]"),
    ],
)
def test_what_is_no_p_value_is_refused(adjust, p: list[float], message: str) -> None:
    """Missing values and numbers beyond 0 and 1 are named by place."""
    with pytest.raises(DataError, match=message):
        adjust(p)


@pytest.mark.parametrize(
    ("t", "draws", "message"),
    [
        ([1.0, 2.0], [[1.0, 2.0, 3.0]], r"shape \(2,\) and draws of shape \(1, 3\)"),
        ([1.0, 2.0], np.empty((0, 2)), "do not belong together"),
        ([1.0, np.nan], [[1.0, 2.0]], "Hypothesis 2: a statistic or a draw is missing"),
        ([1.0, 2.0], [[np.inf, 2.0]], "Hypothesis 1: a statistic or a draw is missing"),
    ],
)
def test_draws_that_do_not_fit_are_refused(t: list[float], draws: object, message: str) -> None:
    """Shapes that differ, no draws, and values that are not finite each say what to do."""
    with pytest.raises(DataError, match=message):
        romano_wolf(t, draws)
