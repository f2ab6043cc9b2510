"""The composite index against fractions, by hand, and under changes that must not matter."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from smartlib.data.load import load_scheme
from smartlib.data.processed import Tables
from smartlib.index.make.composite import (
    checked_weights,
    composite_index,
    contributions,
    harmonised_index,
    previous_index,
    weighted_total,
)
from smartlib.vocabulary.errors import SchemeError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.records import Scheme, Track
from smartlib.vocabulary.tables import DIMENSION_NAMES

SCHEME = load_scheme(2024, Folders(ROOT))
REGULAR, KPPN = SCHEME.tracks["regular"], SCHEME.tracks["kppn_ikn"]
FIVE = DIMENSION_NAMES[:5]

# The letter's weights in tenths, typed here once more: the brute force must not read the scheme.
TENTHS = {
    "regular": dict(zip(DIMENSION_NAMES, (1, 2, 3, 2, 2, 0), strict=True)),
    "kppn_ikn": dict(zip(DIMENSION_NAMES, (1, 2, 2, 2, 2, 1), strict=True)),
}

hundredths = st.integers(100, 400)
profiles = st.tuples(*[hundredths] * 5, st.one_of(st.none(), hundredths))


def brute_force(profile: tuple[int | None, ...], track: str) -> Fraction:
    """Weighted sum of marks in hundredths, a missing Collaboration as 0, as a fraction."""
    return sum(
        (
            Fraction(TENTHS[track][name], 10) * Fraction(mark or 0, 100)
            for name, mark in zip(DIMENSION_NAMES, profile, strict=True)
        ),
        Fraction(0),
    )


def half_up(value: Fraction) -> float:
    return float(Decimal(math.floor(value * 100 + Fraction(1, 2))) / 100)


def marks_of(profile: tuple[int | None, ...]) -> dict[str, float]:
    values = (math.nan if mark is None else mark / 100 for mark in profile)
    return dict(zip(DIMENSION_NAMES, values, strict=True))


def frame_of(profiles: list[tuple[int | None, ...]], tracks: list[str]) -> pd.DataFrame:
    return pd.DataFrame([marks_of(p) for p in profiles]).assign(track=tracks)


def with_weights(scheme: Scheme, **weights: str) -> Scheme:
    shares = dict(zip(FIVE, map(Decimal, ("0.1", "0.2", "0.3", "0.2", "0.2")), strict=True))
    shares |= {name: Decimal(share) for name, share in weights.items()}
    track = replace(scheme.tracks["regular"], weights=shares)
    return replace(scheme, tracks={**scheme.tracks, "regular": track})


@given(profile=profiles, track=st.sampled_from(["regular", "kppn_ikn"]))
def test_the_total_is_the_fraction(profile: tuple[int | None, ...], track: str) -> None:
    """For any marks in hundredths the total before rounding is the exact weighted sum."""
    total = weighted_total(marks_of(profile), SCHEME.tracks[track])
    assert total is not None
    assert Fraction(total) == brute_force(profile, track)


@given(
    rows=st.lists(st.tuples(profiles, st.sampled_from(["regular", "kppn_ikn"])), min_size=1),
    order=st.randoms(use_true_random=False),
)
def test_each_index_is_the_fraction_rounded(
    rows: list[tuple[tuple[int | None, ...], str]], order: Random
) -> None:
    """Every row follows its own track's formula, rounded half up, whatever the order of rows."""
    frame = frame_of([p for p, _ in rows], [t for _, t in rows])
    index = composite_index(frame, SCHEME)
    assert index.tolist() == [half_up(brute_force(p, t)) for p, t in rows]
    shuffled = frame.sample(frac=1, random_state=order.randrange(2**32))
    pd.testing.assert_series_equal(composite_index(shuffled, SCHEME).sort_index(), index)


@given(profile=profiles, track=st.sampled_from(["regular", "kppn_ikn"]))
def test_the_harmonised_index_is_one_formula(profile: tuple[int | None, ...], track: str) -> None:
    """Both tracks by the regular weights, Collaboration left aside."""
    index = harmonised_index(frame_of([profile], [track]), SCHEME)
    assert index.tolist() == [half_up(brute_force((*profile[:5], None), "regular"))]


def test_a_region_of_equal_marks_has_that_index() -> None:
    """All marks m give the index m on both tracks: the weights are shares."""
    for mark in (100, 250, 333, 400):
        frame = frame_of([(mark,) * 6, (mark,) * 6], ["regular", "kppn_ikn"])
        assert composite_index(frame, SCHEME).tolist() == [mark / 100] * 2


def test_a_missing_collaboration_counts_as_zero_on_its_track_only() -> None:
    """On KPPN/IKN a blank Collaboration costs 10% of nothing given; on the regular track the mark
    is not used, blank or not.
    """
    blank, given_mark = (300,) * 5 + (None,), (300,) * 6
    frame = frame_of([blank, given_mark, blank, given_mark], ["kppn_ikn"] * 2 + ["regular"] * 2)
    assert composite_index(frame, SCHEME).tolist() == [2.7, 3.0, 3.0, 3.0]


@pytest.mark.parametrize("missing", FIVE)
@pytest.mark.parametrize("track", ["regular", "kppn_ikn"])
def test_no_other_missing_mark_counts_as_zero(track: str, missing: str) -> None:
    """Without one of the five common marks there is no index, on either track."""
    frame = frame_of([(300,) * 6], [track]).assign(**{missing: np.nan})
    assert composite_index(frame, SCHEME).isna().all()
    assert harmonised_index(frame, SCHEME).isna().all()
    assert weighted_total(frame.iloc[0].to_dict(), SCHEME.tracks[track]) is None


def test_an_absent_column_is_a_missing_mark() -> None:
    """A table without Collaboration can be scored: blank for all."""
    frame = frame_of([(300,) * 6], ["kppn_ikn"]).drop(columns="collaboration")
    assert composite_index(frame, SCHEME).tolist() == [2.7]


def test_a_sum_on_the_edge_is_not_left_to_floats() -> None:
    """Kota Jambi's marks sum to exactly 3.475, which floats put below the edge; the table prints
    3.48.
    """
    marks = {"baseline": 3.84, "output": 3.18, "outcome": 3.53, "impact": 3.63, "quick_wins": 3.35}
    assert weighted_total(marks, REGULAR) == Decimal("3.475")
    in_floats = 0.0
    for name, mark in marks.items():
        in_floats += float(REGULAR.weights[name]) * mark
    assert in_floats < 3.475
    frame = pd.DataFrame([marks | {"collaboration": np.nan, "track": "regular"}])
    assert composite_index(frame, SCHEME).tolist() == [3.48]


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"outcome": "0.5"}, r"The weights sum to 1\.2, expected 1"),
        ({"outcome": "0.2999"}, r"The weights sum to 0\.9999, expected 1"),
        ({"baseline": "-0.1", "output": "0.4"}, "Negative weight of baseline; weights are shares"),
        ({"collaboration": "0.1"}, r"The weights sum to 1\.1, expected 1"),
    ],
)
def test_weights_that_are_no_shares_are_refused(weights: dict[str, str], message: str) -> None:
    """Neither index is computed from weights that do not sum to 1 or are negative."""
    bad = with_weights(SCHEME, **weights)
    frame = frame_of([(300,) * 6], ["regular"])
    for compute in (composite_index, harmonised_index):
        with pytest.raises(SchemeError, match=message):
            compute(frame, bad)
    with pytest.raises(SchemeError, match=message):
        checked_weights(bad.tracks["regular"].weights)
    with pytest.raises(SchemeError, match=message):
        contributions(frame.iloc[0], frame.iloc[0], bad.tracks["regular"].weights)


def test_an_unknown_track_is_refused() -> None:
    """A row on a track that the year does not have cannot be scored."""
    with pytest.raises(SchemeError, match="The scheme of 2024 has no track ikn, kppn"):
        composite_index(frame_of([(300,) * 6] * 3, ["kppn", "ikn", "regular"]), SCHEME)


@given(own=st.tuples(*[hundredths] * 6), other=st.tuples(*[hundredths] * 6))
def test_contributions_sum_to_the_gap(own: tuple[int, ...], other: tuple[int, ...]) -> None:
    """What the dimensions add is the difference of the two unrounded indices, and a dimension adds
    its weight times its own difference.
    """
    for name, track in SCHEME.tracks.items():
        parts = contributions(pd.Series(marks_of(own)), pd.Series(marks_of(other)), track.weights)
        gap = brute_force(own, name) - brute_force(other, name)
        # each part is an exact number of thousandths, rounded once to a float
        assert round(parts.sum() * 1000) == gap * 1000
        assert parts.sum() == pytest.approx(float(gap), abs=1e-12)
        for place, dimension in enumerate(track.weights):
            difference = Fraction(own[place] - other[place], 100)
            assert parts[dimension] == float(Fraction(TENTHS[name][dimension], 10) * difference)


def test_contributions_of_equals_are_nothing() -> None:
    """A region compared with itself differs in no dimension."""
    marks = pd.Series(marks_of((356, 273, 327, 318, 280, 100)))
    assert contributions(marks, marks, KPPN.weights).tolist() == [0.0] * 6


@given(now=st.integers(100, 400), gain=st.integers(-100, 100))
def test_last_year_is_now_minus_the_gain(now: int, gain: int) -> None:
    """Hundredths subtract exactly: 3.55 - 0.17 is 3.38, not 3.3799999999999999."""
    found = previous_index(pd.Series([now / 100]), pd.Series([gain / 100]))
    assert found.tolist() == [(now - gain) / 100]


def test_last_year_is_missing_where_the_gain_is() -> None:
    """No improvement, no last year; the index is kept."""
    found = previous_index(
        pd.Series([3.0, np.nan, 3.5], index=list("abc")),
        pd.Series([np.nan, 0.1, -0.1], index=list("abc")),
    )
    pd.testing.assert_series_equal(found, pd.Series([np.nan, np.nan, 3.6], index=list("abc")))


def test_the_published_table_agrees_with_the_brute_force(tables: Tables) -> None:
    """All 140 rows: both indices, from marks turned into hundredths and fractions."""
    for row in tables.scores.to_dict("records"):
        profile = tuple(
            None if math.isnan(row[name]) else round(row[name] * 100) for name in DIMENSION_NAMES
        )
        assert row["recomputed_index"] == half_up(brute_force(profile, row["track"]))
        assert row["harmonised_index"] == half_up(brute_force((*profile[:5], None), "regular"))


def test_a_track_without_a_zero_rule_has_no_index_for_a_blank() -> None:
    """The zero for a blank Collaboration is the scheme's word, not the arithmetic's."""
    strict = Track("kppn_ikn", "", "", "", KPPN.weights)
    assert weighted_total(marks_of((300,) * 5 + (None,)), strict) is None
