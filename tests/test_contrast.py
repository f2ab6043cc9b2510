"""A cohort beside controls: published first look, closed forms, simulated truths, the rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from smartlib.data.load import load_register
from smartlib.data.programme.cohorts import load_cohorts
from smartlib.data.programme.outcomes import Outcomes, load_outcomes
from smartlib.inference.core.estimates import by_student
from smartlib.inference.outcomes.breaks import break_years, fits_another, jumps
from smartlib.inference.outcomes.contrast import (
    Comparison,
    changes,
    compare,
    detectable,
    leave_out,
    permuted,
)
from smartlib.inference.outcomes.groups import Groups, groups_of
from smartlib.inference.outcomes.overlap import balance, likeness, weighted
from smartlib.inference.outcomes.verdict import verdict
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

ROUNDED = 6e-4  # the first look was written to three decimals
REFERENCE = ROOT / "tests" / "reference"
JAVA = ("31", "32", "33", "34", "35", "36")


@pytest.fixture(scope="module")
def outcomes(folders: Folders) -> Outcomes:
    return load_outcomes(folders)


@pytest.fixture(scope="module")
def places(folders: Folders) -> pd.DataFrame:
    return load_register(folders).frame


@pytest.fixture(scope="module")
def groups(folders: Folders, places: pd.DataFrame) -> Groups:
    cohorts = load_cohorts(folders)
    return groups_of(places.index, cohorts.dated, cohorts.later.index)


def series(outcomes: Outcomes, measure: str) -> pd.DataFrame:
    wide = outcomes.wide(measure)
    return np.log(wide) if outcomes.measures.at[measure, "scale"] == "log" else wide


def test_the_groups_are_25_50_and_262(groups: Groups) -> None:
    """Never selected: 514 less 241 less the eleven of 2024; undated and later ones are neither."""
    sizes = [len(groups.treated([2017])), *(len(groups.controls(k)) for k in ("not_yet", "never"))]
    assert sizes == [25, 50, 262]
    assert len(groups.treated([2017, 2018, 2019])) == 95
    assert groups.cohort.isna().sum() == 18 + 11
    assert len(groups.treated([2018], ("full_list", "derived", "several_items"))) == 15


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("grdp_per_person_a", 2019), (-0.003, -0.012, 0.009)),
        (("grdp_c", 2019), (-0.002, -0.005, 0.003)),
        (("grdp_c", 2020), (-0.008, -0.009, 0.001)),
        (("mean_schooling_d", 2020), (-0.092, -0.082, -0.010)),
        (("human_development_index_d", 2020), (-0.178, -0.063, -0.115)),
    ],
)
def test_the_first_look_is_found_again(
    outcomes: Outcomes,
    groups: Groups,
    places: pd.DataFrame,
    asked: tuple[str, int],
    found: tuple[float, float, float],
) -> None:
    """2017 less never, less 2023's, and the placebo, which is the first less the second."""
    change = changes(series(outcomes, asked[0]), 2016, range(2017, asked[1] + 1)).mean(axis=1)
    treated, never, later = (
        groups.treated([2017]),
        groups.controls("never"),
        groups.controls("not_yet"),
    )
    pairs = ((treated, never), (treated, later), (later, never))
    estimates = [compare(change, *pair, places["province"]).estimate().estimate for pair in pairs]
    assert estimates == pytest.approx(found, abs=ROUNDED)
    assert estimates[0] - estimates[1] == pytest.approx(estimates[2])


def total(outcomes: Outcomes, groups: Groups, places: pd.DataFrame, last: int = 2019) -> Comparison:
    change = changes(series(outcomes, "grdp_c"), 2016, range(2017, last + 1)).mean(axis=1)
    return compare(change, groups.treated([2017]), groups.controls("never"), places["province"])


def test_one_region_moves_the_headline(
    outcomes: Outcomes, groups: Groups, places: pd.DataFrame
) -> None:
    """Mimika's total GRDP fell by 0.49 log points in 2019; without it the difference is +0.004
    (0.007). Badung's fell by 0.18 in 2020, the pandemic.
    """
    logs = series(outcomes, "grdp_c")
    mimika, badung = (
        places.index[places["region"] == f"Kab. {n}"][0] for n in ("Mimika", "Badung")
    )
    assert logs.at[mimika, 2019] - logs.at[mimika, 2018] == pytest.approx(-0.49, abs=5e-3)
    assert logs.at[badung, 2020] - logs.at[badung, 2019] == pytest.approx(-0.18, abs=5e-3)
    table = leave_out(total(outcomes, groups, places), {"Mimika": [mimika]})
    assert table.loc["Mimika", ["treated", "controls"]].tolist() == [24, 262]
    assert table.loc["Mimika", ["estimate", "standard_error"]].tolist() == pytest.approx(
        [0.004, 0.007], abs=ROUNDED
    )
    assert 0.025 < detectable(total(outcomes, groups, places).estimate()) < 0.030


def test_strata_leave_few_controls_like_the_cohort(
    outcomes: Outcomes, groups: Groups, places: pd.DataFrame
) -> None:
    """Javanese kota: eight of the cohort, six never selected, one of 2023. Strata fully crossed
    leave 35 effective controls among the first and 9 among the second, so that only the first give
    an adjusted estimate; it is the weighted mean of the strata's differences.
    """
    one = total(outcomes, groups, places)
    kota = (places["kind"] == "kota").astype(float)
    java = pd.Series(places.index.str[:2].isin(JAVA), places.index).astype(float)
    columns = pd.DataFrame({"kota": kota, "java": java, "both": kota * java})
    counts = pd.crosstab(columns.loc[one.change.index, "both"], one.treated)
    assert counts.loc[1.0].tolist() == [6, 8]
    change = changes(series(outcomes, "grdp_c"), 2016, range(2017, 2020)).mean(axis=1)
    pair = (groups.treated([2017]), groups.controls("not_yet"))
    later = likeness(compare(change, *pair, places["province"]), columns)
    assert (later.effective, later.highest) == pytest.approx((8.8, 0.889), abs=0.05)
    assert not later.is_enough
    found = likeness(one, columns)
    sizes = columns.loc[one.change.index].groupby(list(columns))
    own = sizes.apply(lambda part: one.treated[part.index].sum())
    others = sizes.apply(lambda part: (~one.treated[part.index]).sum())
    assert found.effective == pytest.approx(25**2 / (own**2 / others).sum(), rel=1e-3)
    assert found.highest == pytest.approx(8 / 14, abs=1e-3)
    assert found.is_enough
    differences = sizes.apply(
        lambda part: (
            one.change[part.index][one.treated[part.index]].mean()
            - one.change[part.index][~one.treated[part.index]].mean()
        )
    )
    adjusted = weighted(one, found)
    assert adjusted is not None
    assert adjusted.estimate == pytest.approx((own * differences).sum() / 25, abs=1e-5)
    assert weighted(one, replace(found, effective=19.9)) is None
    assert balance(one, columns).loc["kota"].round(2).tolist()[:2] == [0.52, 0.08]


def drawn(rng: np.random.Generator, effect: float) -> tuple[Comparison, pd.Series]:
    """A simulated comparison: strata differ, the cohort by `effect`, and spreads too."""
    n = 150
    index = pd.Index([f"s{i}" for i in range(n)])
    stratum = pd.Series(np.repeat([0, 1, 2], 50), index)
    treated = pd.Series(rng.random(n) < 0.1 + 0.2 * stratum.to_numpy(), index)
    noise = rng.normal(size=n) * np.where(treated, 1.5, 1.0)
    change = pd.Series(stratum.to_numpy() + effect * treated.to_numpy() + noise, index)
    province = pd.Series([f"p{i % 30}" for i in range(n)], index)
    return Comparison(change, treated, province, pd.DataFrame(index=index)), stratum


@pytest.mark.parametrize(
    ("model", "held"),
    [("unadjusted", []), ("held", ["own_source_share", "log_population", "kota"])],
)
def test_a_comparison_is_that_of_r(model: str, held: list[str]) -> None:
    """Difference, CR2 error and degrees of freedom of lm and clubSandwich, one track beside the
    other, with and without columns held.
    """
    regions = pd.read_csv(REFERENCE / "covariance.regions.csv", dtype={"region_code": str})
    regions = regions.set_index("region_code")
    is_in = regions["kppn_ikn"] == 1
    pair = (regions.index[is_in], regions.index[~is_in])
    found = compare(
        regions["harmonised_index"], *pair, regions["province"], regions[held]
    ).estimate()
    stored = pd.read_csv(REFERENCE / "groups.csv").set_index("model").loc[model]
    ours = (found.estimate, found.standard_error, found.degrees_of_freedom)
    assert ours == pytest.approx(tuple(stored[["estimate", "error", "df"]]), rel=1e-8)


def test_the_permutation_test_keeps_its_size_and_has_power() -> None:
    """Simulated: strata that differ do not make it reject, a difference does."""
    rng = np.random.default_rng(8)
    sizes = [permuted(*drawn(rng, 0.0), draws=199).p_value < 0.05 for _ in range(200)]
    powers = [permuted(*drawn(rng, 1.0), draws=199).p_value < 0.05 for _ in range(40)]
    assert np.mean(sizes) < 0.1
    assert np.mean(powers) > 0.7
    naive = [
        permuted(one, strata * 0, draws=99) for one, strata in (drawn(rng, 0) for _ in range(40))
    ]
    assert np.mean([one.p_value < 0.05 for one in naive]) > 0.3  # strata not held
    assert naive[0].strata == 1 < permuted(*drawn(rng, 0.0), draws=99).strata == 3


def test_the_compilation_breaks_in_2016_and_2020(outcomes: Outcomes) -> None:
    """GRDP per person: 18 and 61 regions move by more than 15%, all eleven of Jambi in 2016; total
    GRDP has no such year. A simulated break is found, and nothing without one.
    """
    logs = series(outcomes, "grdp_per_person_a")
    table = break_years(logs)
    assert table.index[table["is_break"]].tolist() == [2016, 2020]
    assert table.loc[[2016, 2020], "jumps"].tolist() == [18, 61]
    large = jumps(logs)
    assert large.query("year == 2016")["region_code"].str.startswith("15.").sum() == 11
    assert not break_years(series(outcomes, "grdp_c"))["is_break"].any()
    rng = np.random.default_rng(3)
    quiet = pd.DataFrame(rng.normal(scale=0.03, size=(300, 10)).cumsum(axis=1), columns=range(10))
    assert not break_years(quiet)["is_break"].any()
    quiet.loc[:30, 6:] += 0.5
    assert break_years(quiet).query("is_break").index.tolist() == [6]


def test_no_row_holds_another_regions_series(outcomes: Outcomes, places: pd.DataFrame) -> None:
    """What was put right stays right, and the search finds no more of the kind; undone, it finds
    the 35 Papuan rows and the two of Bima again.
    """
    one, two = (series(outcomes, f"grdp_per_person_{letter}") for letter in "ab")
    assert fits_another(one, two, places["province"]).empty
    moved = outcomes.moved[outcomes.moved != outcomes.moved.index]
    assert len(outcomes.moved) == 42
    assert len(moved) == 35
    undone = one.copy()
    undone.loc[moved.to_numpy()] = one.loc[moved.index].to_numpy()
    province = places["province"].where(~places.index.str.startswith("9"), "Papua")
    found = fits_another(undone, two, province)
    assert found["nearest"].to_dict() == {at: code for code, at in moved.items()}
    bima = ["52.06", "52.72"]
    people = np.log(outcomes.wide("population_b"))
    exchanged = two.copy()
    exchanged.loc[bima] += people.loc[bima].to_numpy() - people.loc[bima[::-1]].to_numpy()
    assert set(fits_another(one, exchanged, places["province"]).index) == set(bima)


def stated(estimate: float, error: float = 1.0) -> object:
    return by_student("x", estimate, error, 20)


def test_no_other_compilation_holds_more_of_the_kind(
    outcomes: Outcomes, places: pd.DataFrame
) -> None:
    """Searched over the whole country: both pairs of one measure, and total GRDP by population
    beside GRDP per person, up to its break; two rows exchanged are found. No two regions share a
    series, in any measure.
    """
    nation = pd.Series("all", places.index)
    logs = {name: outcomes.scaled(name) for name in outcomes.measures.index}
    made = (logs["grdp_c"] - logs["population_b"] + np.log(1e6)).loc[:, 2008:2015]
    pairs = [(made, logs[f"grdp_per_person_{letter}"]) for letter in "ab"]
    pairs += [(logs[f"grdp_{a}"], logs[f"grdp_{b}"]) for a, b in (("c", "b"), ("b", "c"))]
    pairs += [tuple(logs[f"grdp_per_person_{letter}"] for letter in "ab")]
    for one, other in pairs:
        assert fits_another(one, other, nation).empty
        swapped = one.rename(index={"52.06": "52.72", "52.72": "52.06"})
        assert set(fits_another(swapped, other, nation).index) == {"52.06", "52.72"}
    for name, wide in logs.items():
        assert not wide.dropna().duplicated().any()
        if outcomes.measures.at[name, "scale"] == "log":  # levels have too few decimals for steps
            assert not wide.dropna().diff(axis=1).iloc[:, 1:].round(6).duplicated().any()


def test_total_is_per_person_times_people_but_for_thirteen_regions(outcomes: Outcomes) -> None:
    """Within 6% of each other, but for 2016 on in Jambi's eleven and in Kolaka and Kolaka Timur:
    a break of GRDP per person, which total GRDP does not have.
    """
    total, people = outcomes.scaled("grdp_c"), outcomes.scaled("population_b")
    gap = (total - people - outcomes.scaled("grdp_per_person_a") + np.log(1e6)).abs()
    assert gap[range(2008, 2016)].max(axis=None) < 0.06
    apart = gap.index[gap[[2016, 2017]].max(axis=1) > 0.06]
    assert {code for code in apart if not code.startswith("15.")} == {"74.01", "74.11"}
    assert len(apart) == 13


@pytest.mark.parametrize(
    ("others", "placebo", "reasons"),
    [
        ((2.2, 1.9), 0.0, ()),
        ((2.2, -0.1), 0.0, ("sign", "moves")),
        ((2.2, 3.1), 0.0, ("moves",)),
        ((2.2, 1.9), 0.4, ("placebo",)),
        ((-0.1,), 0.4, ("sign", "moves", "placebo")),
    ],
)
def test_the_rule(others: tuple[float, ...], placebo: float, reasons: tuple[str, ...]) -> None:
    """Identified unless controls change the sign or move it by a standard error, or the placebo's
    interval leaves the margin; bounds are the outermost ends.
    """
    found = verdict(
        stated(2.0), {str(v): stated(v) for v in others}, stated(placebo, 0.1), margin=0.5
    )
    assert found.reasons == reasons
    assert found.is_identified is (not reasons)
    half = stated(0.0).high
    assert (found.low, found.high) == pytest.approx(
        (min(2.0, *others) - half, max(2.0, *others) + half)
    )


def test_what_cannot_be_compared_is_refused(
    outcomes: Outcomes, groups: Groups, places: pd.DataFrame
) -> None:
    """A year that the panel lacks, a cohort that there is none of, controls of no kind, too few."""
    logs = series(outcomes, "grdp_c")
    with pytest.raises(DataError, match="no year 2023; it has 2008 to 2020"):
        changes(logs, 2016, [2019, 2023])
    with pytest.raises(DataError, match="No region is dated to 2020; cohorts at hand: 2017, 2018"):
        groups.treated([2020])
    with pytest.raises(DataError, match="Controls 'late'; expected one of never, not_yet"):
        groups.controls("late")
    change = changes(logs, 2016, [2019]).mean(axis=1)
    with pytest.raises(DataError, match="3 regions of the cohort"):
        compare(change, groups.treated([2017])[:3], groups.controls("never"), places["province"])
    with pytest.raises(DataError, match="is both of the cohort and a control"):
        compare(change, groups.treated([2017]), groups.cohort.index, places["province"])
