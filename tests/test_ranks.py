"""Ranks and what the lost rows allow, against counting by hand."""

from __future__ import annotations

import math
import statistics
from itertools import product
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartlib.data.processed import Tables
from smartlib.index.make.rank import index_ends, lowest_possible, median_bounds, percentile, rank
from smartlib.vocabulary.records import Scheme

# Few distinct values, so that ties are common.
values = st.lists(st.integers(90, 110).map(lambda n: n / 100), min_size=1, max_size=30)
grouped = st.lists(st.tuples(st.integers(90, 110), st.sampled_from("abc")), min_size=1, max_size=30)
INFINITY = math.inf


def by_counting(numbers: list[float]) -> list[int]:
    return [1 + sum(other > number for other in numbers) for number in numbers]


@given(numbers=values)
def test_a_rank_is_one_more_than_those_above(numbers: list[float]) -> None:
    """Ties share the best rank, and the next one counts them all."""
    assert rank(pd.Series(numbers)).tolist() == by_counting(numbers)


@given(rows=grouped)
def test_ranks_within_groups_count_the_group(rows: list[tuple[int, str]]) -> None:
    """Rank within a track or province is the rank of that part alone."""
    frame = pd.DataFrame(rows, columns=["value", "group"])
    found = rank(frame["value"], frame["group"])
    for _, part in frame.groupby("group"):
        assert found[part.index].tolist() == by_counting(part["value"].tolist())


@given(numbers=values, order=st.randoms(use_true_random=False))
def test_ranks_go_with_their_rows(numbers: list[float], order: Random) -> None:
    """Rows in another order keep their ranks."""
    series = pd.Series(numbers)
    places = list(range(len(numbers)))
    order.shuffle(places)
    pd.testing.assert_series_equal(rank(series.iloc[places]).sort_index(), rank(series))


def test_ranks_are_whole_numbers_under_their_index() -> None:
    """Rank is an integer column that keeps the table's index."""
    found = rank(pd.Series([3.57, 3.55, 3.57], index=list("abc")))
    pd.testing.assert_series_equal(found, pd.Series([1, 3, 1], index=list("abc")))


@given(numbers=values, lost=st.lists(st.integers(80, 120), max_size=10))
def test_no_lost_row_can_leave_the_bounds(numbers: list[float], lost: list[int]) -> None:
    """Whatever the lost rows hold, a region's rank in the full table lies between its known rank
    and the lowest possible one.
    """
    known = rank(pd.Series(numbers))
    full = rank(pd.Series([*numbers, *(n / 100 for n in lost)])).head(len(numbers))
    assert (known <= full).all()
    assert (full <= lowest_possible(known, len(lost))).all()


@given(numbers=values, lost=st.integers(0, 10))
def test_the_bounds_of_a_rank_are_reached(numbers: list[float], lost: int) -> None:
    """All lost rows above give the lowest possible rank, all below the known one: no closer bounds
    hold.
    """
    known = rank(pd.Series(numbers))
    above = rank(pd.Series([*numbers, *[9.0] * lost])).head(len(numbers))
    below = rank(pd.Series([*numbers, *[0.0] * lost])).head(len(numbers))
    assert lowest_possible(known, lost).tolist() == above.tolist()
    assert known.tolist() == below.tolist()


def test_lost_rows_may_differ_by_group() -> None:
    """Where groups lost different numbers of rows, each rank falls by its own."""
    assert lowest_possible(pd.Series([1, 2, 1]), pd.Series([3, 3, 0])).tolist() == [4, 5, 1]


@given(numbers=values)
def test_a_percentile_is_the_share_of_others_below(numbers: list[float]) -> None:
    """Counted by hand: those below, and half of those level with it, of all others."""
    found = percentile(pd.Series(numbers))
    others = len(numbers) - 1
    if not others:
        assert found.isna().all()
        return
    for number, share in zip(numbers, found, strict=True):
        below = sum(other < number for other in numbers)
        level = sum(other == number for other in numbers) - 1
        # two divisions of halves by whole numbers: a few units in the last place
        assert share == pytest.approx(100 * (below + level / 2) / others, abs=1e-12)


def test_percentiles_of_equals_are_in_the_middle() -> None:
    """Regions that are all level stand at 50."""
    assert percentile(pd.Series([3.0] * 4)).tolist() == [50.0] * 4


def median_with(numbers: list[float], filling: tuple[float, ...]) -> float:
    return statistics.median([*numbers, *filling])


@given(numbers=st.lists(st.integers(1, 9), min_size=1, max_size=7), lost=st.integers(0, 5))
def test_median_bounds_are_the_extreme_fillings(numbers: list[int], lost: int) -> None:
    """Of all ways to fill the lost rows with values below, between and above the known ones, the
    lowest and the highest median are the bounds.
    """
    low, high = median_bounds(numbers, lost)
    medians = [
        median_with(numbers, filling) for filling in product((-INFINITY, 5, INFINITY), repeat=lost)
    ]
    possible = [median for median in medians if not math.isnan(median)]
    assert (low, high) == (min(possible), max(possible))


@given(
    numbers=st.lists(st.floats(1, 4), min_size=1, max_size=15),
    filling=st.lists(st.floats(-1e6, 1e6), max_size=20),
)
def test_median_bounds_hold_for_any_filling(numbers: list[float], filling: list[float]) -> None:
    """No values of the lost rows put the median of the full table outside the bounds."""
    low, high = median_bounds(numbers, len(filling))
    assert low <= median_with(numbers, tuple(filling)) <= high


def test_without_lost_rows_the_median_is_known() -> None:
    """Both bounds are the median itself."""
    assert median_bounds([3.0, 1.0, 2.0, 4.0], 0) == (2.5, 2.5)


@pytest.mark.parametrize("lost", [2, 3, 4, 9])
def test_too_many_lost_rows_leave_the_median_open(lost: int) -> None:
    """From as many lost rows as known ones on, nothing bounds the median."""
    assert median_bounds([1.0, 2.0], lost) == (-INFINITY, INFINITY)


def test_ranks_of_the_tidy_table(tables: Tables, scheme: Scheme) -> None:
    """All 140 rows: ranks among all, in the track and in the province by counting, and 25 more if
    all of the lost rows stood above.
    """
    frame = tables.scores
    final = frame["published_index"]
    for row in frame.itertuples():
        above = final > row.published_index
        assert row.rank_known == 1 + above.sum()
        assert row.rank_track == 1 + (above & (frame["track"] == row.track)).sum()
        assert row.rank_province == 1 + (above & (frame["province"] == row.province)).sum()
        assert row.rank_lowest_possible == row.rank_known + 25
    assert scheme.stages.scored - len(frame) == 25


def test_the_national_median_is_bounded_by_known_places(tables: Tables) -> None:
    """With 25 of 165 rows lost, the median lies between the 58th and the 83rd of the known values:
    83 of 165 is the middle.
    """
    ordered = np.sort(tables.scores["published_index"])
    assert median_bounds(ordered, 25) == (ordered[57], ordered[82])


@given(
    numbers=st.lists(st.floats(1, 4), min_size=1, max_size=6),
    filling=st.lists(st.floats(1, 4), max_size=8),
)
def test_ends_hold_for_any_filling_inside_them(numbers: list[float], filling: list[float]) -> None:
    """Values of the scale never put the median outside, and its ends reach the bounds."""
    lost = len(filling)
    low, high = median_bounds(numbers, lost, lowest=1.0, highest=4.0)
    assert low <= median_with(numbers, tuple(filling)) <= high
    assert low == median_with(numbers, (1.0,) * lost)
    assert high == median_with(numbers, (4.0,) * lost)


@pytest.mark.parametrize(
    ("province", "bounds"),
    [
        ("Sulawesi Selatan", (2.27, 3.82)),
        ("Kepulauan Riau", (2.11, 3.66)),
        ("Maluku Utara", (1.62, 3.17)),
    ],
)
def test_medians_of_provinces_with_one_lost_row(
    tables: Tables, scheme: Scheme, province: str, bounds: tuple[float, float]
) -> None:
    """Half-way between the known value and 0.90 or 4: a lost row's track is unknown, and a blank
    Collaboration counts 0.
    """
    low, high = index_ends(scheme)
    assert (low, high) == pytest.approx((0.9, 4.0))
    known = tables.scores.loc[tables.scores["province"] == province, "published_index"]
    assert len(known) == 1
    found = median_bounds(known, 1, lowest=low, highest=high)
    assert found == pytest.approx(bounds, abs=0.0051)
