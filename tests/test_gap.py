"""Where a region's distance to a reference comes from, against fractions and by hand."""

from __future__ import annotations

import statistics
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from smartlib.index import blank_costs, gap_in_track, gap_to
from smartlib.vocabulary.errors import DataError

EXACT = 1e-12  # sums of a few decimals in floats
TENTHS = {"baseline": 1, "output": 2, "outcome": 3, "impact": 2, "quick_wins": 2}


def unrounded(row: pd.Series) -> Fraction:
    """The harmonised index in thousandths, from marks in hundredths."""
    return Fraction(sum(tenth * round(row[name] * 100) for name, tenth in TENTHS.items()), 1000)


def parts_of(gap) -> Fraction:
    """Sum of the contributions, each of which is a number of ten-thousandths."""
    return sum((Fraction(round(part * 10_000), 10_000) for part in gap.contributions), Fraction(0))


@pytest.mark.parametrize("reference", ["median", "best", "63.09"])
def test_contributions_and_remainder_sum_to_the_gap(scores, scheme, reference: str) -> None:
    """For every region, against each kind of reference, the parts make the whole."""
    for code in scores.index:
        gap = gap_to(scores, code, reference, scheme)
        assert gap.contributions.sum() + gap.remainder == pytest.approx(gap.total, abs=EXACT)
        assert gap.index == scores.at[code, "harmonised_index"]


def test_against_a_peer_the_parts_are_the_unrounded_difference(scores, scheme) -> None:
    """Each of the 140 regions against the next row, whatever their tracks: contributions sum to
    the difference of the unrounded indices, and the remainder is less than one published step.
    """
    for own, peer in zip(scores.index, np.roll(scores.index, -1), strict=True):
        gap = gap_to(scores, own, peer, scheme)
        assert parts_of(gap) == unrounded(scores.loc[own]) - unrounded(scores.loc[peer])
        assert abs(gap.remainder) < 0.01
        assert (gap.reference, gap.reference_index) == (peer, scores.at[peer, "harmonised_index"])


def test_a_gap_turns_round(scores, scheme) -> None:
    """From the peer's side every part has the other sign."""
    there, back = (
        gap_to(scores, *pair, scheme) for pair in (("51.03", "34.02"), ("34.02", "51.03"))
    )
    assert (there.contributions == -back.contributions).all()
    assert there.remainder == -back.remainder


def test_the_median_is_that_of_the_known_rows(scores, scheme) -> None:
    """Contribution of each dimension is its weight times the distance to the median mark."""
    gap = gap_to(scores, "51.03", "median", scheme)
    assert gap.reference_index == statistics.median(scores["harmonised_index"])
    for name, tenth in TENTHS.items():
        distance = scores.at["51.03", name] - statistics.median(scores[name])
        assert gap.contributions[name] == pytest.approx(tenth / 10 * distance, abs=EXACT)


def test_the_best_is_the_highest_harmonised_index(scores, scheme) -> None:
    """Kota Bandung leads both ways; the best region's own gap to the best is nothing."""
    best = scores["harmonised_index"].idxmax()
    gap = gap_to(scores, "51.03", "best", scheme)
    assert (gap.reference, gap.reference_index) == (best, scores["harmonised_index"].max())
    own = gap_to(scores, best, "best", scheme)
    assert (own.total, own.remainder, own.contributions.abs().sum()) == (0, 0, 0)


def test_of_level_regions_the_lowest_code_is_the_best(scores, scheme) -> None:
    """The order of rows does not choose the reference."""
    level = scores.loc[["34.02", "32.73"]].assign(harmonised_index=3.5)
    for table in (level, level.iloc[::-1]):
        assert gap_to(table, "34.02", "best", scheme).reference == "32.73"


def test_a_region_without_a_row_is_refused(scores, scheme) -> None:
    """Neither a region nor a peer without a known row has a gap."""
    with pytest.raises(DataError, match=r"11\.01 has no row in the known part"):
        gap_to(scores, "11.01", "median", scheme)
    for word in ("11.01", "mean"):
        with pytest.raises(DataError, match=f"No reference is called '{word}'; expected `median`"):
            gap_to(scores, "51.03", word, scheme)


def test_a_missing_mark_is_refused(scores, scheme) -> None:
    """A gap without one of its parts is none."""
    table = scores.copy()
    table.loc["34.02", "output"] = np.nan
    for pair in (("34.02", "51.03"), ("51.03", "34.02"), ("34.02", "median")):
        with pytest.raises(DataError, match="every common dimension; missing: output"):
            gap_to(table, *pair, scheme)


def test_in_its_track_the_parts_make_the_published_gap(scores, scheme) -> None:
    """For every region: weight times distance from the track's median, a blank as 0; with the
    remainder they sum to the published index minus the median published index of the track.
    """
    for code, own in scores.iterrows():
        gap, inside = gap_in_track(scores, code, scheme), scores[scores["track"] == own["track"]]
        weights = scheme.tracks[own["track"]].weights
        assert list(gap.contributions.index) == list(weights)
        assert gap.total == pytest.approx(
            own["published_index"] - statistics.median(inside["published_index"]), abs=EXACT
        )
        assert gap.contributions.sum() + gap.remainder == pytest.approx(gap.total, abs=EXACT)
        for name, weight in weights.items():
            mark = 0 if pd.isna(own[name]) else own[name]
            away = float(weight) * (mark - statistics.median(inside[name].dropna()))
            assert gap.contributions[name] == pytest.approx(away, abs=1e-9)


def test_a_blank_costs_what_the_track_gives_for_it(scores, scheme) -> None:
    """Six regions have a blank; against the mean of 2.52 it takes 0.25 points, at most 0.40."""
    costs = {code: blank_costs(scores, code, scheme) for code in scores.index}
    blank = {code: found["collaboration"] for code, found in costs.items() if found}
    assert len(blank) == 6
    for against_mean, most in blank.values():
        assert against_mean == pytest.approx(0.252, abs=0.0005)
        assert most == pytest.approx(0.4)
