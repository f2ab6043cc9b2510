"""Rank sets against normal quantiles, plain loops, published sets and simulated samples."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.linalg import sqrtm
from scipy.optimize import brentq
from scipy.stats import multivariate_normal, norm, studentized_range

from smartlib.index.make.rank import rank
from smartlib.index.ranks.rank_sets import rank_confidence_sets
from smartlib.index.ranks.rank_spread import rank_intervals, rank_probabilities
from smartlib.vocabulary.errors import DataError, ParameterError

Array = NDArray[np.float64]

MANY = 100_000  # draws where a critical value is compared with a quantile
# four standard errors of a 95% quantile near 2 from so many draws: 4 sqrt(.05 .95 / 1e5) / .117
NEAR = 0.03
ROOT_TWO = math.sqrt(2)  # standard error of a difference of two independent errors of 1

# Mathematics, OECD countries, PISA 2018: OECD, PISA 2018 Results (Volume I), as distributed with
# the R package csranks (Wilhelm and Morgen). The sets are those that its vignette "Inference for
# Ranks" prints.
PISA = pd.read_csv(ROOT / "tests/reference/rank_sets.pisa2018.csv", index_col="country")
BEST_FIVE = ["Belgium", "Canada", "Denmark", "Estonia", "Finland", "Japan", "Korea"]
BEST_FIVE += ["Netherlands", "Poland", "Slovenia", "Switzerland"]

SCORES = pd.read_csv(ROOT / "data/processed/scores.csv", dtype={"region_code": str})
INDEX = SCORES.set_index("region_code")["published_index"]


def pairs_of(sets: pd.DataFrame) -> list[list[int]]:
    return sets[["low", "high"]].to_numpy().tolist()


# Brute force: loops over pairs and draws, the step-down as the paper words it.


def surely_above(
    x: Array, covariance: Array, errors: Array, family: list[tuple[int, int]], **how: float
) -> set[tuple[int, int]]:
    def deviation(j: int, k: int) -> float:
        square = covariance[j, j] + covariance[k, k] - 2 * covariance[j, k]
        return math.sqrt(square) if square > 1e-9 else 0.0

    above = {(j, k) for j, k in family if deviation(j, k) == 0 and x[j] > x[k]}
    left = [(j, k) for j, k in family if deviation(j, k) > 0]
    steps = how.get("steps", math.inf)
    while left and steps > 0:
        largest = sorted(
            max((error[j] - error[k]) / deviation(j, k) for j, k in left) for error in errors.T
        )
        critical = max(0.0, largest[math.ceil(how["level"] * (len(largest) + 1)) - 1])
        found = {(j, k) for j, k in left if (x[j] - x[k]) / deviation(j, k) > critical}
        if not found:
            break
        above |= found
        left = [pair for pair in left if pair not in found]
        steps -= 1
    return above


def by_loops(
    x: Array, covariance: Array, normal: Array, *, simultaneous: bool, **how: float
) -> list[list[int]]:
    """Sets from the draws as the function deals them out: first the region that a marginal set is
    of, then the rest from the lowest up.
    """
    n = len(x)
    independent = np.array_equal(covariance, np.diag(np.diag(covariance)))
    root = np.sqrt if independent else sqrtm
    upward = sorted(range(n), key=lambda j: (x[j], covariance[j, j]))
    sets = []
    for j in range(n):
        order = upward if simultaneous else [j, *(k for k in upward if k != j)]
        errors = np.empty_like(normal)
        errors[order] = np.real(root(covariance[np.ix_(order, order)])) @ normal
        pairs = [(a, b) for a, b in product(range(n), repeat=2) if a != b]
        family = [pair for pair in pairs if simultaneous or j in pair]
        above = surely_above(x, covariance, errors, family, **how)
        sets.append([1 + sum(b == j for _, b in above), n - sum(a == j for a, _ in above)])
    return sets


rows = st.lists(st.tuples(st.integers(-30, 30), st.integers(0, 12)), min_size=2, max_size=5)
levels = st.sampled_from([0.3, 0.7, 0.9])


@settings(max_examples=60)
@given(rows=rows, simultaneous=st.booleans(), level=levels, seed=st.integers(0, 99))
def test_independent_errors_agree_with_plain_loops(
    rows: list[tuple[int, int]], simultaneous: bool, level: float, seed: int
) -> None:
    """From the same draws, loops over pairs give the same sets, also with ties, with standard
    errors of nothing and at levels where a critical value would fall below 0.
    """
    x, errors = np.array(rows, dtype="float64").T / 10
    how, rng = {"simultaneous": simultaneous, "level": level}, np.random.default_rng(seed)
    found = rank_confidence_sets(x, errors, draws=40, rng=rng, **how)
    normal = np.random.default_rng(seed).standard_normal((len(x), 40))
    assert pairs_of(found) == by_loops(x, np.diag(errors**2), normal, **how)


@pytest.mark.parametrize("simultaneous", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_a_covariance_agrees_with_plain_loops(seed: int, simultaneous: bool) -> None:
    """Correlated errors: the same sets as loops over pairs and another library's matrix root."""
    rng = np.random.default_rng(seed)
    loadings = rng.normal(size=(5, 4))  # of rank 4: one combination of the five has no error
    x, covariance = rng.normal(0, 3, 5), loadings @ loadings.T
    found = rank_confidence_sets(
        x, covariance, simultaneous=simultaneous, level=0.8, draws=60, rng=np.random.default_rng(1)
    )
    normal = np.random.default_rng(1).standard_normal((5, 60))
    assert pairs_of(found) == by_loops(x, covariance, normal, simultaneous=simultaneous, level=0.8)


@pytest.mark.parametrize("simultaneous", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_step_down_never_widens(seed: int, simultaneous: bool) -> None:
    """Each set lies inside the one that the first step alone gives, and some are smaller."""
    rng = np.random.default_rng(seed)
    x, errors = rng.normal(0, 3, 6), rng.uniform(0.2, 1.5, 6)
    found = rank_confidence_sets(
        x, errors, simultaneous=simultaneous, level=0.8, draws=60, rng=np.random.default_rng(2)
    )
    normal = np.random.default_rng(2).standard_normal((6, 60))
    single = np.array(
        by_loops(x, np.diag(errors**2), normal, simultaneous=simultaneous, level=0.8, steps=1)
    )
    assert (found["low"] >= single[:, 0]).all()
    assert (found["high"] <= single[:, 1]).all()


# Closed forms: quantiles of the normal, of its two-dimensional kin, of the range.


def separated(x: list[float], place: int = 0, **options: bool) -> list[int]:
    sets = rank_confidence_sets(x, [1.0] * len(x), draws=MANY, **options)  # type: ignore[arg-type]
    return pairs_of(sets)[place]


@pytest.mark.parametrize("simultaneous", [False, True])
def test_two_are_told_apart_beyond_the_normal_quantile(simultaneous: bool) -> None:
    """With n = 2 the sets are single ranks where the difference exceeds 1.96 of its standard
    errors, and hold both ranks where it does not.
    """
    quantile = norm.ppf(0.975)
    within = [(quantile - NEAR) * ROOT_TWO, 0.0]
    beyond = [(quantile + NEAR) * ROOT_TWO, 0.0]
    assert separated(within, simultaneous=simultaneous) == [1, 2]
    assert separated(beyond, simultaneous=simultaneous) == [1, 1]


def two_differences(low: float, high: float) -> float:
    """Probability that X is in (-high, high), Y in (low, high): normal, correlated by 1/2."""
    law = multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]])
    return float(law.cdf([high, high], lower_limit=[-high, low]))


def test_a_marginal_set_of_three_has_the_two_sided_comparison_quantile() -> None:
    """With n = 3 and two equal others, the critical value is that of two differences from one
    (many-to-one comparisons, 2.21).
    """
    quantile = brentq(lambda c: two_differences(-c, c) - 0.95, 1, 4)
    assert quantile == pytest.approx(2.212, abs=0.001)  # Dunnett's tables, infinite df
    assert separated([(quantile - NEAR) * ROOT_TWO, 0, 0]) == [1, 3]
    assert separated([(quantile + NEAR) * ROOT_TWO, 0, 0]) == [1, 1]


def test_the_second_step_has_the_smaller_quantile() -> None:
    """Once a third lies far above, only the reverse of that pair is left of it, and the other
    two are told apart beyond P(|X| < c, Y < c) = 0.95, less than the first step asks.
    """
    first = brentq(lambda c: two_differences(-c, c) - 0.95, 1, 4)
    second = brentq(lambda c: two_differences(-math.inf, c) - 0.95, 1, 4)
    assert second < first - 2 * NEAR
    assert separated([0, 99, -(second - NEAR) * ROOT_TWO]) == [2, 3]
    assert separated([0, 99, -(second + NEAR) * ROOT_TWO]) == [2, 2]
    assert separated([0, -99, (second + NEAR) * ROOT_TWO]) == [2, 2]


@pytest.mark.parametrize("n", [3, 6])
def test_all_pairs_have_the_quantile_of_the_range(n: int) -> None:
    """Simultaneous sets of equal errors separate one from the equal others beyond the
    studentized range's quantile over root two.
    """
    quantile = studentized_range.ppf(0.95, n, math.inf) / ROOT_TWO
    others = [0.0] * (n - 1)
    within, beyond = (quantile - NEAR) * ROOT_TWO, (quantile + NEAR) * ROOT_TWO
    assert separated([within, *others], simultaneous=True) == [1, n]
    assert separated([beyond, *others], simultaneous=True) == [1, 1]


# Published sets.


def test_the_published_marginal_set_of_the_united_kingdom() -> None:
    """Ranks 8 to 23 around the 13th place, in mathematics, PISA 2018 (csranks vignette)."""
    sets = rank_confidence_sets(PISA["score"], PISA["standard_error"])
    assert sets.loc["United Kingdom"].tolist() == [8, 23]
    assert rank(PISA["score"])["United Kingdom"] == 13


@pytest.mark.parametrize(("level", "more"), [(0.95, ["Sweden"]), (0.9, [])])
def test_the_published_sets_of_the_best_five(level: float, more: list[str]) -> None:
    """Twelve countries at 95%, without Sweden at 90% (csranks vignette)."""
    sets = rank_confidence_sets(
        PISA["score"], PISA["standard_error"], simultaneous=True, level=level
    )
    assert sorted(sets.index[sets["low"] <= 5]) == sorted(BEST_FIVE + more)


# Simulated samples.

TRUTH = np.array([3.0, 3.0, 3.0, 2.9, 2.8, 2.0, 1.0, 1.0])  # ties, near ties, gaps
ERRORS = np.array([0.3, 0.3, 0.1, 0.3, 0.2, 0.3, 0.3, 0.6])
SAMPLES = 300
LEVEL = 0.9
SLACK = 3 * math.sqrt(LEVEL * (1 - LEVEL) / SAMPLES)  # three standard errors of a coverage


def holding(truth: Array, estimated: Callable[[Array, np.random.Generator], pd.DataFrame]) -> Array:
    """For each sample and each of the n: is every place that its ties share in the set?"""
    best = 1 + (truth[:, None] < truth).sum(axis=1)
    worst = len(truth) - (truth[:, None] > truth).sum(axis=1)
    rng, held = np.random.default_rng(7), []
    for _ in range(SAMPLES):
        sets = estimated(truth + ERRORS * rng.standard_normal(len(truth)), rng)
        held.append((sets["low"] <= best) & (worst <= sets["high"]))
    return np.array(held)


@pytest.mark.parametrize("simultaneous", [False, True])
def test_sets_hold_the_true_ranks_as_often_as_they_say(simultaneous: bool) -> None:
    """Over samples with ties and near ties every marginal set holds its rank in 90% of them or
    more, and all simultaneous sets at once do.
    """
    held = holding(
        TRUTH,
        lambda x, rng: rank_confidence_sets(
            x, ERRORS, simultaneous=simultaneous, level=LEVEL, draws=99, rng=rng
        ),
    )
    coverage = held.all(axis=1).mean() if simultaneous else held.mean(axis=0).min()
    assert coverage >= LEVEL - SLACK


@pytest.mark.parametrize("simultaneous", [False, True])
def test_among_equals_the_level_is_met_exactly(simultaneous: bool) -> None:
    """When all true values are equal, sets miss in 10% of the samples: they are no wider than
    the level asks.
    """
    held = holding(
        np.full(8, 3.0),
        lambda x, rng: rank_confidence_sets(
            x, ERRORS, simultaneous=simultaneous, level=LEVEL, draws=99, rng=rng
        ),
    )
    coverage = held.all(axis=1).mean() if simultaneous else held.mean()
    assert coverage == pytest.approx(LEVEL, abs=SLACK)


# What must not matter, and what must.


@pytest.fixture(scope="module")
def covariance() -> pd.DataFrame:
    """Errors of the PISA countries, neighbours in the alphabet correlated by 1/2."""
    errors = PISA["standard_error"].to_numpy()
    apart = np.abs(np.subtract.outer(np.arange(len(errors)), np.arange(len(errors))))
    values = np.outer(errors, errors) * 0.5**apart
    return pd.DataFrame(values, index=PISA.index, columns=PISA.index)


@pytest.mark.parametrize("simultaneous", [False, True])
def test_the_order_of_rows_does_not_matter(simultaneous: bool, covariance: pd.DataFrame) -> None:
    """Shuffled rows keep their sets, with standard errors and with a covariance."""
    shuffled = PISA.sample(frac=1, random_state=5)
    for errors, moved in (
        (PISA["standard_error"], shuffled["standard_error"]),
        (covariance, covariance.loc[shuffled.index, shuffled.index]),
    ):
        plain = rank_confidence_sets(PISA["score"], errors, simultaneous=simultaneous)
        found = rank_confidence_sets(shuffled["score"], moved, simultaneous=simultaneous)
        pd.testing.assert_frame_equal(found.loc[PISA.index], plain)


@pytest.mark.parametrize("simultaneous", [False, True])
def test_neither_origin_nor_unit_matters(simultaneous: bool) -> None:
    """Adding a constant, or measuring in quarters, leaves every set as it is."""
    score, errors = PISA["score"], PISA["standard_error"]
    plain = rank_confidence_sets(score, errors, simultaneous=simultaneous)
    for other, scaled in ((score - 512, errors), (score * 4, errors * 4)):
        found = rank_confidence_sets(other, scaled, simultaneous=simultaneous)
        pd.testing.assert_frame_equal(found, plain)


@pytest.mark.parametrize("simultaneous", [False, True])
def test_a_diagonal_covariance_is_standard_errors(simultaneous: bool) -> None:
    """Variances on a diagonal give the sets that their roots give."""
    errors = PISA["standard_error"]
    plain = rank_confidence_sets(PISA["score"], errors, simultaneous=simultaneous)
    found = rank_confidence_sets(PISA["score"], np.diag(errors**2), simultaneous=simultaneous)
    pd.testing.assert_frame_equal(found, plain)


@pytest.mark.parametrize("simultaneous", [False, True])
def test_an_error_that_all_share_widens_nothing(simultaneous: bool) -> None:
    """A common error a thousand times as large as the others leaves ranks as well known."""
    x, errors = [0.0, 0.1, 0.2, 9.0, 9.1, 9.2], np.ones(6)  # pairs: below 0.2 or above 6 of s
    covariance = np.diag(errors) + 1e6
    found = rank_confidence_sets(x, covariance, simultaneous=simultaneous)
    assert pairs_of(found) == [[4, 6]] * 3 + [[1, 3]] * 3


@pytest.mark.parametrize("simultaneous", [False, True])
@pytest.mark.parametrize("errors", [np.zeros(5), np.ones((5, 5)), np.full((5, 5), 0.3)])
def test_without_error_of_differences_ranks_are_known(errors: Array, simultaneous: bool) -> None:
    """No error, or one that all share, leaves the plain ranks; ties hold all their places."""
    found = rank_confidence_sets([2.0, 3.0, 2.0, 1.0, 2.0], errors, simultaneous=simultaneous)
    assert pairs_of(found) == [[2, 4], [1, 1], [2, 4], [5, 5], [2, 4]]


def test_rounding_of_a_covariance_is_no_error() -> None:
    """Errors that all share but for a float's last bit leave ranks known, however near."""
    covariance = np.full((3, 3), 0.3)
    np.fill_diagonal(covariance, np.nextafter(0.3, 1))
    found = rank_confidence_sets([2.0, 2.0 + 1e-9, 1.0], covariance)
    assert pairs_of(found) == [[2, 2], [1, 1], [3, 3]]


def test_equal_rows_have_equal_sets() -> None:
    """Equal estimates with equal errors differ in nothing, so neither do their sets."""
    rng = np.random.default_rng(3)
    x = np.repeat(rng.normal(0, 2, 12).round(1), 3)
    found = rank_confidence_sets(x, np.full(36, 0.5), draws=200)
    assert (found.groupby(x).nunique() == 1).all(axis=None)


@pytest.mark.parametrize("error", [0.14, 0.23])
def test_the_published_index_has_sets_around_its_ranks(error: float) -> None:
    """All 140 rows: each set holds the plain rank, simultaneous sets hold the marginal ones, and
    both grow with the level.
    """
    errors = pd.Series(error, index=INDEX.index)
    narrow, middle = (rank_confidence_sets(INDEX, errors, level=level) for level in (0.5, 0.95))
    wide = rank_confidence_sets(INDEX, errors, simultaneous=True)
    plain = rank(INDEX)
    for inner, outer in ((narrow, middle), (middle, wide)):
        assert (outer["low"] <= inner["low"]).all()
        assert (inner["low"] <= plain).all()
        assert (plain <= inner["high"]).all()
        assert (inner["high"] <= outer["high"]).all()
    pd.testing.assert_index_equal(wide.index, INDEX.index)


def test_draws_are_reproducible_and_leave_other_streams_alone() -> None:
    """The same sets at each call without a generator, others' random state untouched; another
    generator gives other draws.
    """
    state = str(np.random.get_state())
    calls = [rank_probabilities(PISA["score"], PISA["standard_error"], draws=50) for _ in "ab"]
    pd.testing.assert_frame_equal(*calls)
    other = rank_probabilities(
        PISA["score"], PISA["standard_error"], draws=50, rng=np.random.default_rng(1)
    )
    assert not other.equals(calls[0])
    assert str(np.random.get_state()) == state


# Shares of draws.

DRAWS = 20_000
SHARE = 4 * math.sqrt(0.25 / DRAWS)  # four standard errors of a share, at most


def test_the_first_of_two_leads_with_the_normal_probability() -> None:
    """P(x > y) is Phi of the difference over its standard error; the rest is its complement."""
    shares = rank_probabilities([1.0, 0.4], [0.3, 0.4], draws=DRAWS)
    first = norm.cdf(0.6 / 0.5)
    expected = [[first, 1 - first], [1 - first, first]]
    np.testing.assert_allclose(shares, expected, atol=SHARE)


@pytest.mark.parametrize("correlated", [False, True])
def test_the_mean_rank_is_a_sum_of_normal_probabilities(correlated: bool) -> None:
    """The mean rank over the draws is 1 plus the probabilities of each other one being above."""
    rng = np.random.default_rng(6)
    loadings, x = rng.normal(size=(6, 6)), rng.normal(0, 2, 6)
    covariance = loadings @ loadings.T if correlated else np.diag(rng.uniform(0.5, 2, 6))
    shares = rank_probabilities(x, covariance, draws=DRAWS)
    deviation = np.sqrt(np.add.outer(np.diag(covariance), np.diag(covariance)) - 2 * covariance)
    np.fill_diagonal(deviation, 1)
    above = norm.cdf((x - x[:, None]) / deviation).sum(axis=1) - 0.5  # itself counted as a half
    # a rank varies by 6 places at most, so a mean of it by 5 times a share's error
    np.testing.assert_allclose(shares @ np.arange(1, 7), 1 + above, atol=5 * SHARE)
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-12)  # sums of counted shares
    np.testing.assert_allclose(shares.sum(axis=0), 1, atol=1e-12)


def test_equals_take_each_rank_equally_often() -> None:
    """Five equal estimates with equal errors: each rank a fifth of the time."""
    np.testing.assert_allclose(rank_probabilities([1] * 5, [1] * 5, draws=DRAWS), 0.2, atol=SHARE)


def test_shares_go_with_their_rows() -> None:
    """Rows keep their labels and their shares, whatever their order; without error a rank is
    sure and ties share the best.
    """
    shuffled = PISA.sample(frac=1, random_state=4)
    plain = rank_probabilities(PISA["score"], PISA["standard_error"], draws=100)
    found = rank_probabilities(shuffled["score"], shuffled["standard_error"], draws=100)
    pd.testing.assert_frame_equal(found.loc[PISA.index], plain)
    assert plain.columns.tolist() == list(range(1, len(PISA) + 1))
    sure = rank_probabilities([2.0, 3.0, 2.0], [0, 0, 0], draws=10)
    assert sure.to_numpy().tolist() == [[0, 1, 0], [1, 0, 0], [0, 1, 0]]


# Intervals.

intervals = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 4)), min_size=1, max_size=5)


@given(rows=intervals)
def test_interval_ranks_are_the_extremes_over_all_ends(rows: list[tuple[int, int]]) -> None:
    """Of all ways to put each value at an end of its interval, the best and the worst rank are
    those of the function.
    """
    ends = [(low, low + width) for low, width in rows]
    ranks = [
        [1 + sum(other > own for other in values) for own in values] for values in product(*ends)
    ]
    expected = [[min(column), max(column)] for column in zip(*ranks, strict=True)]
    assert pairs_of(rank_intervals(*zip(*ends, strict=True))) == expected


def test_intervals_of_the_published_index_hold_its_ranks() -> None:
    """Exact values give plain ranks twice; rounding to the hundredth leaves the ranks that
    counting over all pairs does.
    """
    known = rank_intervals(INDEX, INDEX)
    assert known["low"].tolist() == known["high"].tolist() == rank(INDEX).tolist()
    low, high = (INDEX - 0.005).round(3), (INDEX + 0.005).round(3)
    found = rank_intervals(low, high)
    for code in INDEX.index:
        others = INDEX.index != code
        assert found.at[code, "low"] == 1 + (low[others] > high[code]).sum()
        assert found.at[code, "high"] == 1 + (high[others] > low[code]).sum()


# Errors.

THREE = pd.Series([1.0, 2.0, 3.0], index=["51.01", "51.02", "51.03"])
NAN = math.nan


@pytest.mark.parametrize(
    ("estimates", "errors", "message"),
    [
        ([1.0], [0.1], r"Estimates of shape \(1,\); expected a list of at least 2"),
        ([[1.0, 2.0]], [0.1, 0.1], r"Estimates of shape \(1, 2\)"),
        ([1.0, 2.0], [0.1], r"2 estimates with standard errors of shape \(1,\); expected \(2,\)"),
        ([1.0, 2.0], 0.1, r"standard errors of shape \(\)"),
        (THREE.where(THREE != 2), [1, 1, 1], r"1 of 3 rows.*\s+- 51\.02: the estimate is missing"),
        (THREE, [1, NAN, 1], r"51\.02: a standard error is missing"),
        (THREE, [1, -1, -1], r"(?s)2 of 3.*51\.02: the standard error is neg.*51\.03.*0 or more"),
        (THREE, np.array([[1, 0, 0], [0, 1, NAN], [0, 0, 1]]), r"51\.02: a standard error is miss"),
        (THREE, np.array([[1, 0, 0], [0, 1, 1], [0, 0, 1]]), r"(?s)51\.02: .*symmetric.*51\.03"),
        (THREE, np.ones((3, 3)) - 2 * np.eye(3), r"smallest eigenvalue is -2, its largest 1;"),
        (THREE, np.diag([1.0, 1.0, -1.0]), r"positive semi-definite: its smallest eigenvalue is -"),
        (THREE, THREE[::-1], "The labels, or their order, differ"),
        (THREE, THREE.rename({"51.03": "51.04"}), r"(?s)51\.04: labelled in one only.*51\.03"),
    ],
)
def test_what_cannot_be_ranked_is_refused(estimates: object, errors: object, message: str) -> None:
    """Estimates and errors that do not fit are named, with what was expected."""
    for function in (rank_confidence_sets, rank_probabilities):
        with pytest.raises(DataError, match=message):
            function(estimates, errors)  # type: ignore[operator]


@pytest.mark.parametrize("level", [0, 1, -0.1, 95, NAN])
def test_a_level_is_a_probability(level: float) -> None:
    """95 is not 0.95."""
    with pytest.raises(ParameterError, match="it lies between 0 and 1"):
        rank_confidence_sets(THREE, THREE, level=level)


def test_a_level_needs_draws() -> None:
    """The 95% quantile needs 19 draws, the 99% quantile 99; shares need one."""
    rank_confidence_sets(THREE, THREE, draws=19)
    with pytest.raises(ParameterError, match=r"18 draws for a level of 0\.95; expected at .* 19"):
        rank_confidence_sets(THREE, THREE, draws=18)
    with pytest.raises(ParameterError, match="at least 99"):
        rank_confidence_sets(THREE, THREE, level=0.99, draws=98)
    with pytest.raises(ParameterError, match="0 draws; expected at least 1"):
        rank_probabilities(THREE, THREE, draws=0)


@pytest.mark.parametrize(
    ("low", "high", "message"),
    [
        ([1.0, 2.0], [1.0], r"Ends of shapes \(2,\) and \(1,\); expected two equal"),
        (THREE, THREE - (THREE == 2), r"1 of 3 rows.*\s+- 51\.02: the low end is above the high"),
        (THREE, THREE.where(THREE != 3), r"51\.03: an end of the interval is missing"),
        (THREE, THREE[::-1], "The labels, or their order, differ"),
    ],
)
def test_what_is_no_interval_is_refused(low: object, high: object, message: str) -> None:
    """Ends that do not belong together are named."""
    with pytest.raises(DataError, match=message):
        rank_intervals(low, high)  # type: ignore[arg-type]
