"""One region against the known rows: places and profile."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartlib.index import places, profile, profile_bounds
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.tables import DIMENSION_NAMES


def found_places(scores, undetermined, scheme, code: str) -> dict[str, tuple[int, int, int]]:
    rows = places(scores, code, undetermined, scheme)
    return {place.group: (place.rank, place.known, place.lost) for place in rows}


def test_a_kabupaten_has_lost_no_kabupaten_above_it(scores, undetermined, scheme) -> None:
    """All lost rows are kota: the order of kabupaten is complete, the national one is not."""
    found = found_places(scores, undetermined, scheme, "51.03")
    assert found["known"][1:] == (140, 25)
    assert found["kind"][1:] == (105, 0)
    assert found["province"][1:] == (5, 0)


def test_a_kota_may_have_lost_every_row_that_was_lost(scores, undetermined, scheme) -> None:
    """Kota Bandung is first of the known rows, and 26th at worst."""
    found = found_places(scores, undetermined, scheme, "32.73")
    assert found["known"] == (1, 140, 25)
    assert found["kind"] == (1, 35, 25)


def test_a_province_has_lost_at_most_its_undetermined_kota(scores, undetermined, scheme) -> None:
    """The bound counts the undetermined kota of that province alone."""
    for province, rows in scores.groupby("province"):
        own = int((undetermined["province"] == province).sum())
        assert found_places(scores, undetermined, scheme, rows.index[0])["province"][2] == min(
            own, 25
        )


def test_a_track_has_lost_no_more_than_it_had_invited(scores, undetermined, scheme) -> None:
    """66 were invited on KPPN/IKN and 47 rows are known: at most 19 of the 25 lost fit it."""
    bantul = found_places(scores, undetermined, scheme, "34.02")
    assert bantul["track"][1:] == (47, 66 - 47)
    badung = found_places(scores, undetermined, scheme, "51.03")
    assert badung["track"][1:] == (93, 25)


def test_places_agree_with_the_processed_ranks(scores, undetermined, scheme) -> None:
    """The report and the table never name two ranks for one thing."""
    for code, row in scores.iterrows():
        found = found_places(scores, undetermined, scheme, code)
        assert found["known"][0] == row["rank_known"]
        assert found["track"][0] == row["rank_track"]
        assert found["province"][0] == row["rank_province"]
        assert found["known"][0] + found["known"][2] == row["rank_lowest_possible"]


def test_percentiles_leave_out_the_region_itself(scores, undetermined, scheme) -> None:
    """The best known row stands at 100, one without any other of its group has none."""
    best = places(scores, "32.73", undetermined, scheme)[0]
    assert best.percentile == 100
    alone = next(
        code
        for code, row in scores.iterrows()
        if (scores["province"] == row["province"]).sum() == 1
    )
    province = places(scores, alone, undetermined, scheme)[3]
    assert (province.rank, province.known) == (1, 1)
    assert pd.isna(province.percentile)


def test_profile_holds_the_row_and_the_medians(scores) -> None:
    """Marks are the row's own; medians are of the known rows of each group."""
    found = profile(scores, "51.03", DIMENSION_NAMES)
    assert found["region"].dropna().tolist() == [3.56, 2.73, 3.27, 3.18, 2.8]
    bali = scores[scores["province"] == "Bali"]
    assert found.at["output", "province"] == bali["output"].median()
    assert found.at["output", "nation"] == scores["output"].median()


def test_profile_bounds_hold_whatever_the_lost_rows_are(scores, undetermined, scheme) -> None:
    """Filling the lost rows with any marks leaves every median inside its bounds."""
    rng = np.random.default_rng(5)
    found = places(scores, "32.73", undetermined, scheme)
    bounds = profile_bounds(scores, "32.73", DIMENSION_NAMES[:5], places=found, scheme=scheme)
    for name in DIMENSION_NAMES[:5]:
        for low, high in ((1, 4), (1, 1), (4, 4), (3, 4)):
            filled = np.append(scores[name], rng.uniform(low, high, 25))
            assert bounds.at[name, "nation_low"] <= np.median(filled)
            assert np.median(filled) <= bounds.at[name, "nation_high"]
    bali = places(scores, "51.03", undetermined, scheme)
    exact = profile_bounds(scores, "51.03", ["output"], places=bali, scheme=scheme).loc["output"]
    assert exact["province_low"] == exact["province_high"]


def test_a_region_without_a_row_is_refused(scores) -> None:
    """The profile says that the region has no known row."""
    with pytest.raises(DataError, match=r"11\.01 has no row in the known part"):
        profile(scores, "11.01", DIMENSION_NAMES)
