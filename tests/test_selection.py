"""Who is in: logits against R, separation, curves by hand, the cut against all divisions."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from scipy import stats

from smartlib.inference.core.columns import numbers
from smartlib.inference.core.estimates import by_student
from smartlib.inference.programme.membership import (
    area_under_curve,
    calibration,
    logit,
    separating,
)
from smartlib.inference.programme.selection import cut_as_if_random, stage_outcomes
from smartlib.present.words.readings import reading
from smartlib.vocabulary.errors import DataError, ParameterError

REFERENCE = ROOT / "tests" / "reference"
REGIONS = pd.read_csv(REFERENCE / "covariance.regions.csv", dtype={"region_code": str})
R = pd.read_csv(REFERENCE / "programme.csv").replace("(Intercept)", "intercept")
FACTORS = ["own_source_share", "log_population", "kota"]
SAME = 1e-7  # two programs' Newton steps stop at slightly different places
EXACT = 1e-10  # the same arithmetic in another order


@pytest.mark.parametrize(("model", "clustered"), [("logit", True), ("logit plain", False)])
def test_logits_are_those_of_r(model: str, clustered: bool) -> None:
    """Slopes and errors in natural units are glm's and sandwich's, by province and without."""
    found = logit(REGIONS, "kppn_ikn", FACTORS, clusters=REGIONS["province"] if clustered else None)
    stored = R[R["model"] == model].set_index("name")
    for c in found.coefficients[1:]:
        step = found.steps[c.name]
        assert c.estimate / step == pytest.approx(stored.at[c.name, "estimate"], rel=SAME)
        assert c.standard_error / step == pytest.approx(stored.at[c.name, "error"], rel=SAME)
        assert c.degrees_of_freedom == (REGIONS["province"].nunique() - 1 if clustered else np.inf)
    assert found.steps["kota"] == 1
    assert found.steps["log_population"] == REGIONS["log_population"].std()


def test_one_factor_of_two_values_gives_the_odds_ratio_of_the_table() -> None:
    """With one 0/1 factor the odds ratio is (a d) / (b c), its log's variance the sum of 1/n."""
    cells = {(1, 1): 12, (1, 0): 5, (0, 1): 8, (0, 0): 15}
    frame = pd.DataFrame([k for k, n in cells.items() for _ in range(n)], columns=["y", "x"])
    found = logit(frame, "y", ["x"])
    error = sum(1 / n for n in cells.values()) ** 0.5
    assert found.odds_ratios.at["x", "odds_ratio"] == pytest.approx(12 * 15 / (5 * 8), rel=SAME)
    assert found.coefficients[1].standard_error == pytest.approx(error, rel=SAME)
    assert found.probability.mean() == pytest.approx(17 / 40, abs=SAME)
    assert found.odds_ratios.at["x", "high"] == pytest.approx(
        4.5 * np.exp(stats.norm.ppf(0.975) * error), rel=SAME
    )


@pytest.mark.parametrize(
    "x",
    [[1, 2, 3, 4, 5, 6], [1, 2, 3, 3, 5, 6], [0, 0, 0, 0, 1, 1]],
    ids=["wholly", "but for a tie", "a value that only ones have"],
)
def test_separation_is_a_reason_and_not_an_estimate(x: list[float]) -> None:
    """Factors that tell ones from zeros, also but for ties, leave a reason and no coefficients."""
    frame = pd.DataFrame({"y": [0, 0, 0, 1, 1, 1], "x": x})
    found = logit(frame, "y", ["x"])
    assert found.coefficients == ()
    assert found.separating == ("x",)
    assert "x tells the ones of y from the zeros" in reading(found)
    assert found.probability.isna().all()
    assert found.odds_ratios.empty


def test_overlapping_ones_and_zeros_are_not_separated() -> None:
    """One row on the wrong side is enough for the maximum to exist."""
    y = pd.Series([0, 0, 1, 0, 1, 1])
    design = pd.DataFrame({"intercept": 1.0, "x": [1.0, 2, 3, 4, 5, 6]})
    assert separating(design, y) == ()
    y[:] = [0, 0, 0, 1, 1, 1]
    assert separating(design, y) == ("x",)


def test_area_is_the_share_of_pairs_in_order() -> None:
    """Counting pairs one by one, ties as a half, gives the same area."""
    rng = np.random.default_rng(3)
    y, p = rng.integers(0, 2, 60), rng.integers(0, 12, 60) / 12
    pairs = [(a > b) + (a == b) / 2 for a in p[y == 1] for b in p[y == 0]]
    assert area_under_curve(y, p) == pytest.approx(np.mean(pairs), abs=EXACT)


def test_area_is_that_of_r() -> None:
    """Wilcoxon's statistic over the pairs, of R's glm on the priority track."""
    found = logit(REGIONS, "kppn_ikn", FACTORS).probability
    stored = pd.read_csv(REFERENCE / "groups.csv").set_index("model").at["area", "estimate"]
    assert area_under_curve(REGIONS["kppn_ikn"], found) == pytest.approx(stored, rel=1e-8)


def test_calibration_keeps_the_number_of_ones() -> None:
    """Rows and ones add up over groups; a logit's predictions add up to the ones as well."""
    found = logit(REGIONS, "kppn_ikn", FACTORS)
    table = found.calibration
    assert table["rows"].sum() == len(REGIONS)
    for column in ("observed", "predicted"):
        total = (table["rows"] * table[column]).sum()
        assert total == pytest.approx(REGIONS["kppn_ikn"].sum(), abs=1e-6)  # first-order condition
    assert table["predicted"].is_monotonic_increasing
    assert table["group"].tolist() == [1, 2, 3, 4, 5]
    halves = calibration(pd.Series([0, 1, 1, 1]), pd.Series([0.1, 0.2, 0.6, 0.9]), groups=2)
    assert halves["observed"].tolist() == [0.5, 1.0]


def test_rows_without_a_value_are_named() -> None:
    """A region without budget figures is left out of the logit, and the record says which."""
    frame = REGIONS.set_index("region_code")
    frame.loc["11.71", "own_source_share"] = np.nan
    found = logit(frame, "kppn_ikn", FACTORS)
    assert found.dropped == {"11.71": "own_source_share"}
    assert found.observations == len(REGIONS) - 1


def test_the_cut_has_the_p_value_of_all_divisions() -> None:
    """With few rows every division is tried: distances and p-values equal a loop over them."""
    rng = np.random.default_rng(11)
    x = pd.DataFrame(rng.normal(size=(9, 2)), columns=["a", "b"])
    after = pd.Series([True] * 4 + [False] * 5)
    found = cut_as_if_random(x, after, ["a", "b"])
    z = x.to_numpy() / x.std().to_numpy()
    gaps = np.array(
        [
            z[list(c)].mean(axis=0) - np.delete(z, list(c), axis=0).mean(axis=0)
            for c in combinations(range(9), 4)
        ]
    )
    inverse = np.linalg.inv(gaps.T @ gaps / len(gaps))  # their covariance over all divisions
    distances = [g @ inverse @ g for g in gaps]
    assert found.is_exhaustive
    assert found.draws == 126
    assert found.distance == pytest.approx(distances[0], rel=EXACT)
    assert found.p_value == pytest.approx(np.mean(distances >= distances[0] - EXACT))
    assert found.differences["difference"].to_numpy() == pytest.approx(gaps[0], abs=EXACT)
    one = np.mean(np.abs(gaps[:, 0]) >= abs(gaps[0, 0]) - EXACT)
    most = np.mean(np.abs(gaps).max(axis=1) >= abs(gaps[0, 0]) - EXACT)
    assert found.differences.loc["a", ["p_value", "p_adjusted"]].tolist() == pytest.approx(
        [one, most]
    )


def test_drawn_lots_come_near_to_all_of_them() -> None:
    """5,000 lots give the exhaustive p-value within four binomial errors, twice the same."""
    rng = np.random.default_rng(12)
    x = pd.DataFrame(rng.normal(size=(14, 2)), columns=["a", "b"])
    after = pd.Series(x["a"] + rng.normal(size=14) > 0.3)
    whole = cut_as_if_random(x, after, ["a", "b"], draws=10_000)
    drawn = [cut_as_if_random(x, after, ["a", "b"], draws=2000) for _ in range(2)]
    assert whole.is_exhaustive
    assert not drawn[0].is_exhaustive
    assert drawn[0].p_value == drawn[1].p_value
    assert abs(drawn[0].p_value - whole.p_value) < 4 * (0.25 / 2000) ** 0.5


def test_stage_outcomes_leave_the_undetermined_open(tables) -> None:
    """Of 514, 241 are selected; 140 of 164 with a known fate took part; 140 of 191 have a row."""
    found = stage_outcomes(tables.participation)
    sums = found.agg(["sum", "count"]).astype(int)
    assert sums["selected"].tolist() == [241, 514]
    assert sums["took_part"].tolist() == [140, 164]
    assert sums["scored"].tolist() == [140, 191]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"y": [0, 0, 1, 2]}, "expected both 0 and 1"),
        ({"x": [1, 1, 1, 1]}, "x is the same in every row"),
        ({"z": [2, 4, 6, 2]}, "determine each other"),
        ({"x": ["a", "b", "c", "d"]}, "No finite number in x, row 0, 1, 2, 3"),
    ],
)
def test_logits_that_cannot_be_are_refused(change: dict, message: str) -> None:
    """Outcomes that are no membership, constant, redundant and text columns say what to do."""
    frame = pd.DataFrame({"y": [0, 1, 0, 1], "x": [1, 2, 3, 1], "z": [1, 0, 0, 1]})
    with pytest.raises(DataError, match=message):
        logit(frame.assign(**change), "y", ["x", "z"])


def test_other_misuse_is_named() -> None:
    """Unknown and repeated columns, one cluster, an empty side of the cut, a level of 95."""
    frame = pd.DataFrame({"y": [0, 1, 0, 1], "x": [1.0, 2, 3, 1]})
    with pytest.raises(DataError, match="No column w; columns at hand: y, x"):
        logit(frame, "y", ["w"])
    with pytest.raises(DataError, match="can be named once"):
        numbers(frame, ["x", "x"])
    with pytest.raises(DataError, match="All rows are in the cluster a"):
        logit(frame, "y", ["x"], clusters=pd.Series(["a"] * 4))
    with pytest.raises(DataError, match="No cluster for row 3"):
        logit(frame, "y", ["x"], clusters=pd.Series(["a", "b", "b"]))
    with pytest.raises(DataError, match="0 of 4 rows stand behind the cut"):
        cut_as_if_random(frame, frame["x"] > 9, ["x"])
    with pytest.raises(ParameterError, match="A level of 95"):
        by_student("x", 1, 1, 3, level=95)
    with pytest.raises(DataError, match="standard error of x is 0"):
        by_student("x", 1, 0, 3)
