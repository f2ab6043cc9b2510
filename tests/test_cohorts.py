"""When regions were selected: sums, derivations, certainty, and the columns made of them."""

from __future__ import annotations

import pandas as pd
import pytest
from test_sources import edit

from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables
from smartlib.data.programme.cohorts import load_cohorts
from smartlib.index.make.selected import since
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders


def test_the_published_sums_are_those_of_the_letter(folders: Folders, tables: Tables) -> None:
    """25, 50, 25, 41, 50 and 50 newly selected regions, none in 2020, are the letter's 241."""
    cohorts = load_cohorts(folders)
    sizes = {2017: 25, 2018: 50, 2019: 25, 2021: 41, 2022: 50, 2023: 50}
    assert cohorts.sizes.to_dict() == sizes
    selected = tables.participation.query("selected == 1")["region_code"]
    assert cohorts.sizes.sum() == len(selected) == 241
    assert set(cohorts.dated.index) == set(selected)


def test_what_is_dated_leaves_as_many_places_as_regions(folders: Folders) -> None:
    """3, 2, 4 and 9 places of 2018 to 2022 are open, for 18 undated regions: so by 2022."""
    cohorts = load_cohorts(folders)
    open_places = cohorts.open_places
    assert open_places[open_places > 0].to_dict() == {2018: 3, 2019: 2, 2021: 4, 2022: 9}
    assert cohorts.dated["cohort_year"].isna().sum() == open_places.sum() == 18
    assert cohorts.latest_open == 2022


def test_2023_follows_from_the_two_letters(folders: Folders, tables: Tables) -> None:
    """Its fifty are those that stage I lists and stage II does not."""
    table = tables.participation
    listed_once = table[(table["selected"] == 1) & (table["stage2"] == "not_invited")]
    dated = load_cohorts(folders).dated
    assert set(listed_once["region_code"]) == set(dated.index[dated["cohort_year"] == 2023])
    assert set(dated.loc[dated["cohort_year"] == 2023, "certainty"]) == {"derived"}


def test_the_years_letters_agree_with_the_documents_read(tables: Tables) -> None:
    """No dated region is outside the list; an undated one is bounded, a region outside has none."""
    table = tables.participation.set_index("region_code")
    outside = table["selected"] == 0
    columns = ["selected_year", "selected_by", "selected_certainty"]
    assert table.loc[outside, columns].isna().all(axis=None)
    assert table.loc[~outside, "selected_by"].notna().all()
    undated = table[table["selected_certainty"] == "unknown"]
    assert set(undated["selected_by"]) == {2022}
    assert undated["selected_year"].isna().all()
    assert table.loc["51.03", columns].tolist() == [2017, 2017, "full_list"]


def test_cohorts_of_2024_are_no_controls_nor_selected(folders: Folders, tables: Tables) -> None:
    """Eleven regions of 2024, one of them invited only, lie outside the letter's list."""
    later = load_cohorts(folders).later
    assert len(later) == 11
    assert later["cohort_year"].isna().sum() == 1
    selected = set(tables.participation.query("selected == 1")["region_code"])
    assert not selected & set(later.index)


def test_years_join_by_region() -> None:
    """A dated region has its year, an undated one the last open year, an unheard-of one the
    letters' year; a region dated after the letters is known to be selected by them alone.
    """
    table = pd.DataFrame({"region_code": list("abcde"), "selected": [1, 1, 1, 0, 1]})
    dated = pd.DataFrame(
        {"cohort_year": [2018, None, 2018, 2026], "certainty": ["one_item", "unknown"] + ["x"] * 2},
        index=list("abde"),
    )
    found = since(table, dated, 2022, 2024)
    assert found["selected_year"].fillna(0).tolist() == [2018, 0, 0, 0, 0]
    assert found["selected_by"].fillna(0).tolist() == [2018, 2022, 2024, 0, 2022]
    assert found["selected_certainty"].fillna("").tolist() == [
        *("one_item", "unknown", "unknown", "", "unknown")
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("cohorts", "single item", "hearsay", "no certainty for hearsay"),
        ("cohort_sizes", "2017,25", "2017,24", "dates more regions than were selected to 2017"),
        ("cohort_2024", "51.04,2024", "51.04,soon", "cohort_year: 'soon'"),
    ],
)
def test_what_does_not_fit_is_refused(
    checkout: Folders, file: str, old: str, new: str, message: str
) -> None:
    """A wording without a certainty, too many of a year, a year that is none."""
    edit(checkout, f"programme/{file}.csv", old, new, record=True)
    with pytest.raises(DataError, match=message):
        load_cohorts(checkout)


def test_reports_cite_the_cohorts_and_no_outcomes(evaluation: Evaluation) -> None:
    """A report rests on years of selection; the outcomes belong to a study of their own."""
    assert "programme/cohorts.csv" in evaluation.sources
    assert not [file for file in evaluation.sources if file.startswith("outcomes/")]
