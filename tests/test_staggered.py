"""Estimators for cohorts of several years against R's figures, brute force and a known truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from smartlib.data.load import load_register
from smartlib.data.programme.cohorts import load_cohorts
from smartlib.data.programme.outcomes import load_outcomes
from smartlib.inference.outcomes import library as home
from smartlib.inference.outcomes.asked import early
from smartlib.inference.outcomes.groups import groups_of
from smartlib.inference.outcomes.staggered import ESTIMATORS, long_panel, mixed, stated
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

pytest.importorskip("diff_diff")
CLOSED = 1e-8  # closed forms, relative
PRINTED = 5e-5  # R's figures are printed to four decimals


@pytest.fixture(scope="module")
def employment() -> pd.DataFrame:
    """County teen employment 2003-2007, `mpdta` of R's `did` (Callaway, Sant'Anna, 2021)."""
    table = pd.read_csv(ROOT / "tests/reference/mpdta.csv", dtype={"countyreal": str})
    table = table.set_index("countyreal")
    wide = table[[c for c in table if c.isdigit()]].rename(columns=int)
    cohort = table["first_treat"].astype(float)
    return long_panel(wide, cohort, pd.Series(table.index, table.index))


@pytest.mark.parametrize("name", ["group_time", "sun_abraham"])
def test_published_figures_of_employment(employment: pd.DataFrame, name: str) -> None:
    """R's did (vignette, no covariates, never treated): simple ATT -0.0400 (0.0120 there, 0.0118 by
    fixest's sunab); at 0 to 3 years -0.0199, -0.0510, -0.1373, -0.1008.
    """
    found = stated(employment, name)
    assert found.estimate == pytest.approx(-0.0400, abs=PRINTED)
    assert found.standard_error == pytest.approx(
        {"group_time": 0.0120, "sun_abraham": 0.0118}[name], abs=PRINTED
    )
    after = found.by_time[found.by_time["time"] >= 0].set_index("time")["estimate"]
    assert after.to_dict() == pytest.approx(
        {0: -0.0199, 1: -0.0510, 2: -0.1373, 3: -0.1008}, abs=PRINTED
    )


def test_the_cohort_of_2004(employment: pd.DataFrame) -> None:
    """R's did: ATT(2004, t) is -0.0105, -0.0704, -0.1373, -0.1008."""
    one = employment[employment["cohort"].isin([0, 2004])]
    after = stated(one, "group_time").by_time.query("time >= 0")["estimate"]
    assert after.tolist() == pytest.approx([-0.0105, -0.0704, -0.1373, -0.1008], abs=PRINTED)


CSDID = pd.read_csv(ROOT / "tests/reference/csdid.csv").set_index(["controls", "cohort"])


@pytest.mark.parametrize("cohort", [2004, 2006, 2007])
def test_each_cohort_is_that_of_csdid(employment: pd.DataFrame, cohort: int) -> None:
    """Group-time averages of every year from selection on are csdid's."""
    one = employment[employment["cohort"].isin([0, cohort])]
    ours = stated(one, "group_time").by_time.query("time >= 0")
    theirs = CSDID.loc[[("nevertreated", cohort)]].query(f"year >= {cohort}")
    assert ours["estimate"].tolist() == pytest.approx(theirs["estimate"].tolist(), rel=CLOSED)


@pytest.mark.parametrize(
    ("name", "controls"),
    [("group_time", "nevertreated"), ("group_time_not_yet", "notyettreated")],
)
def test_the_simple_average_is_that_of_csdid(
    employment: pd.DataFrame, name: str, controls: str
) -> None:
    """Over all cohorts and years, with the error of the weights that are estimated; the library's
    has the factor of G clusters beside, G / (G - 1).
    """
    ours, theirs = stated(employment, name), CSDID.loc[[(controls, 0)]].iloc[0]
    assert ours.estimate == pytest.approx(theirs["estimate"], rel=CLOSED)
    assert ours.standard_error == pytest.approx(
        theirs["standard_error"] * (500 / 499) ** 0.5, rel=CLOSED
    )


def test_the_cohorts_of_the_programme_are_those_of_csdid(folders: Folders) -> None:
    """Total GRDP to 2019 of the cohorts of 2017 to 2019 beside the never selected: the estimates
    of both, run side by side.
    """
    reason = "csdid is not installed; its figures of mpdta are stored in tests/reference"
    att_gt = pytest.importorskip("csdid.att_gt", reason=reason)
    places, cohorts = load_register(folders).frame, load_cohorts(folders)
    cohort = early(groups_of(places.index, cohorts.dated, cohorts.later.index))
    wide = load_outcomes(folders).scaled("grdp_c")[range(2010, 2020)]
    panel = long_panel(wide, cohort, places["province"])
    keys = {"gname": "cohort", "idname": "unit", "tname": "year", "xformla": "y~1"}
    found = att_gt.ATTgt(yname="y", data=panel, control_group="nevertreated", **keys)
    theirs = found.fit(est_method="reg", bstrap=False).aggte(
        typec="simple", bstrap=False, cband=False
    )
    overall = float(theirs.atte["overall_att"])
    assert stated(panel, "group_time").estimate == pytest.approx(overall, rel=CLOSED)


def test_not_yet_treated_controls(employment: pd.DataFrame) -> None:
    """R's did with control_group = "notyettreated": simple ATT -0.0398 (0.0121)."""
    found = stated(employment, "group_time_not_yet")
    assert found.estimate == pytest.approx(-0.0398, abs=PRINTED)
    assert found.standard_error == pytest.approx(0.0121, abs=PRINTED)


def test_imputation_by_brute_force(employment: pd.DataFrame) -> None:
    """Levels of units and years fitted to what is untreated, then taken from the treated cells."""
    treated = (employment["cohort"] > 0) & (employment["year"] >= employment["cohort"])
    years = pd.get_dummies(employment["year"], drop_first=True).to_numpy(float)
    units = pd.get_dummies(employment["unit"]).to_numpy(float)
    x = np.column_stack([units, years])
    beta = np.linalg.lstsq(x[~treated], employment["y"][~treated], rcond=None)[0]
    by_hand = (employment["y"] - x @ beta)[treated].mean()
    assert stated(employment, "imputation").estimate == pytest.approx(by_hand, abs=1e-9)


def test_a_stack_of_one_cohort_is_its_own_difference(employment: pd.DataFrame) -> None:
    """With one cohort the stack is the difference in differences of two groups and two years."""
    one = employment[employment["cohort"].isin([0, 2007])]
    wide = one.pivot(index="unit", columns="year", values="y")
    is_treated = one.groupby("unit")["cohort"].first() > 0
    step = wide[2007] - wide[2006]
    by_hand = step[is_treated].mean() - step[~is_treated].mean()
    assert stated(one, "stacked").estimate == pytest.approx(by_hand, abs=1e-9)


def test_two_way_fixed_effects_taken_apart(employment: pd.DataFrame) -> None:
    """The estimate is that of least squares with dummies, -0.0365 (R's fixest and bacondecomp), and
    the weighted sum of its parts, whose weights add to 1.
    """
    found = mixed(employment)
    treated = (employment["cohort"] > 0) & (employment["year"] >= employment["cohort"])
    y, d = employment["y"], treated.astype(float)
    within = [
        v
        - v.groupby(employment["unit"]).transform("mean")
        - v.groupby(employment["year"]).transform("mean")
        + v.mean()
        for v in (y, d)
    ]
    assert found.estimate == pytest.approx((within[0] @ within[1]) / (within[1] @ within[1]))
    assert found.estimate == pytest.approx(-0.0365, abs=PRINTED)
    parts = found.parts
    assert parts["weight"].sum() == pytest.approx(1)
    assert (parts["weight"] * parts["estimate"]).sum() == pytest.approx(found.estimate)


def simulated(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.Series, dict[str, float]]:
    """A simulated panel: cohorts of 2013 and 2019, effects that grow and differ between them."""
    regions, years = [f"s{i:03d}" for i in range(400)], range(2010, 2022)
    cohort = pd.Series(rng.choice([0.0, 2013.0, 2019.0], 400, p=[0.2, 0.4, 0.4]), regions)
    level = rng.normal(size=(400, 1))
    noise = rng.normal(scale=0.02, size=(400, len(years)))
    wide = pd.DataFrame(level + 0.05 * np.arange(len(years)) + noise, regions, years)
    truth = []
    for region, first in cohort[cohort > 0].items():
        for year in years:
            if year >= first:
                effect = (0.02 if first == 2013 else 0.06) * (year - first + 1)
                wide.loc[region, year] += effect
                truth.append(effect)
    return wide, cohort, {"effect": float(np.mean(truth))}


@pytest.mark.parametrize("name", [n for n in ESTIMATORS if n != "stacked"])
def test_a_known_truth_with_effects_that_differ(name: str) -> None:
    """Simulated: cohorts and years differ, and each estimator finds the mean over treated cells;
    two-way fixed effects does not.
    """
    wide, cohort, truth = simulated(np.random.default_rng(1))
    panel = long_panel(wide, cohort, pd.Series(wide.index.str[:3], wide.index))
    found = stated(panel, name)
    assert found.low < truth["effect"] < found.high
    assert found.estimate == pytest.approx(truth["effect"], abs=0.004)
    assert abs(mixed(panel).estimate - truth["effect"]) > 0.01


def test_what_cannot_be_compared_is_refused(employment: pd.DataFrame) -> None:
    """A cohort of the first year, no never-selected region, an estimator that there is not."""
    wide = employment.pivot(index="region", columns="year", values="y")
    everyone = pd.Series(2003.0, wide.index)
    with pytest.raises(DataError, match=r"cohorts 2003, years from 2003, never selected 0"):
        long_panel(wide, everyone, everyone)
    with pytest.raises(DataError, match="No estimator 'magic'; there are group_time"):
        stated(employment, "magic")


def test_without_the_extra_it_says_how_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the library and the command."""
    monkeypatch.setattr(home, "find_spec", lambda name: None)
    assert not home.has_library()
    with pytest.raises(DataError, match=r"library diff-diff: pip install 'smartlib\[outcomes\]'"):
        home.library()
