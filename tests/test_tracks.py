"""One group beside another: R, loops by hand, closed forms, a simulated truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from scipy.special import expit

from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.least_squares import least_squares
from smartlib.inference.core.sandwich import infer
from smartlib.inference.programme.balancing import entropy_balance
from smartlib.inference.programme.tracks import ASSUMPTIONS, compare_groups, overlap
from smartlib.vocabulary.errors import DataError, ParameterError

REFERENCE = ROOT / "tests" / "reference"
REGIONS = pd.read_csv(REFERENCE / "covariance.regions.csv", dtype={"region_code": str})
R = pd.read_csv(REFERENCE / "programme.csv").set_index(["model", "name"])
GROUPS = pd.read_csv(REFERENCE / "groups.csv").set_index(["model", "name"])
FACTORS = ["own_source_share", "log_population", "kota"]
SAME = 1e-7  # two programs' Newton steps stop at slightly different places
CLOSED = 1e-8  # against R, relative
EXACT = 1e-9  # the same arithmetic in another order


def compared(frame: pd.DataFrame, factors: list[str] = FACTORS, **asked) -> pd.DataFrame:
    table = compare_groups(
        frame, "harmonised_index", "kppn_ikn", factors, cluster="province", **asked
    )
    return table.set_index(["estimator", "estimand"])


@pytest.fixture(scope="module")
def real() -> pd.DataFrame:
    return compared(REGIONS)


@pytest.mark.parametrize("estimand", ["all", "group"])
def test_aipw_is_that_of_r(real: pd.DataFrame, estimand: str) -> None:
    """Estimates and clustered errors are those of glm, lm and the formulas written out in R."""
    stored, found = R.loc[("aipw", estimand)], real.loc[("AIPW", estimand)]
    assert found["estimate"] == pytest.approx(stored["estimate"], rel=SAME)
    assert found["standard_error"] == pytest.approx(stored["error"], rel=SAME)


@pytest.mark.parametrize(
    ("row", "model", "tolerance"),
    [
        (("unadjusted", "group"), "unadjusted", CLOSED),
        (("regression", "all"), "regression", CLOSED),
        (("regression", "group"), "regression", CLOSED),
        (("entropy balancing", "group"), "balancing", CLOSED),
        (("AIPW", "all"), "aipw", SAME),
        (("AIPW", "group"), "aipw", SAME),
        (("AIPW", "common"), "aipw", SAME),
    ],
)
def test_every_estimator_is_that_of_r(
    real: pd.DataFrame, row: tuple[str, str], model: str, tolerance: float
) -> None:
    """Estimate, error and Satterthwaite's degrees of freedom are those of lm, glm, optim and
    clubSandwich.
    """
    stored, found = GROUPS.loc[(model, row[1])], real.loc[row]
    ours = found[["estimate", "standard_error", "degrees_of_freedom"]].tolist()
    assert ours == pytest.approx(stored.tolist(), rel=tolerance)


@pytest.mark.parametrize("neighbours", [1, 3])
def test_matching_is_that_of_r(neighbours: int) -> None:
    """Bias-corrected estimate and Abadie and Imbens's error, written out in R's loops."""
    found = compared(REGIONS, neighbours=neighbours).loc[("matching", "group")]
    stored = GROUPS.loc[("matching", f"nearest {neighbours}")]
    assert found["estimate"] == pytest.approx(stored["estimate"], rel=CLOSED)
    assert found["standard_error"] == pytest.approx(stored["error"], rel=CLOSED)


def test_on_the_common_range_aipw_is_that_of_the_rows_that_both_groups_reach() -> None:
    """Rows that `overlap` names are left out, and the estimator, checked against R on all rows, is
    run on the others.
    """
    frame = REGIONS.set_index("region_code")
    outside = overlap(frame, "kppn_ikn", FACTORS).outside
    found = compared(frame).loc[("AIPW", "common")]
    expected = compared(frame.drop(index=list(outside))).loc[("AIPW", "all")]
    for field in ("estimate", "standard_error", "degrees_of_freedom", "low"):
        assert found[field] == pytest.approx(expected[field], rel=EXACT)
    assert found["estimate"] != pytest.approx(compared(frame).at[("AIPW", "all"), "estimate"])


def test_without_factors_the_difference_is_that_of_means(real: pd.DataFrame) -> None:
    """The unadjusted row is the difference of the two groups' means."""
    means = REGIONS.groupby("kppn_ikn")["harmonised_index"].mean()
    assert real.at[("unadjusted", "group"), "estimate"] == pytest.approx(
        means[1] - means[0], abs=EXACT
    )


def test_regression_averages_the_difference_of_two_lines(real: pd.DataFrame) -> None:
    """Each group's own line, predicted for all rows or for the group's, gives the estimate."""
    design = np.column_stack([np.ones(len(REGIONS)), REGIONS[FACTORS]])
    y, is_in = REGIONS["harmonised_index"].to_numpy(), REGIONS["kppn_ikn"].to_numpy() == 1
    lines = [np.linalg.lstsq(design[part], y[part], rcond=None)[0] for part in (is_in, ~is_in)]
    gaps = design @ (lines[0] - lines[1])
    for estimand, part in (("all", slice(None)), ("group", is_in)):
        estimate = real.at[("regression", estimand), "estimate"]
        assert estimate == pytest.approx(gaps[part].mean(), abs=EXACT)


def test_entropy_balancing_is_a_weighted_difference_of_means(real: pd.DataFrame) -> None:
    """The factors in the weighted regression leave the difference of weighted means as it is, and
    the error is CR2's of that regression.
    """
    is_in = REGIONS["kppn_ikn"] == 1
    w = entropy_balance(REGIONS.loc[~is_in, FACTORS], REGIONS.loc[is_in, FACTORS].mean()).weights
    y = REGIONS["harmonised_index"]
    expected = y[is_in].mean() - np.average(y[~is_in], weights=w)
    found = real.loc[("entropy balancing", "group")]
    assert found["estimate"] == pytest.approx(expected, abs=1e-7)  # means agree to 1e-8
    weights = w.reindex(REGIONS.index).fillna(1.0)
    x = REGIONS[["kppn_ikn", *FACTORS]].assign(one=1.0)
    fit = least_squares(x, y, x.columns, weights=weights)
    error = infer(covariance(fit, "cr2", REGIONS["province"]))[0].standard_error
    assert found["standard_error"] == pytest.approx(error, rel=SAME)


def matched_by_hand(
    frame: pd.DataFrame, factors: list[str], neighbours: int, corrected: bool = True
) -> tuple[float, float]:
    """Matching in loops, no ties: bias-corrected estimate and Abadie and Imbens's error."""
    x, y = frame[factors].to_numpy(), frame["harmonised_index"].to_numpy()
    group = frame["kppn_ikn"].to_numpy()
    ones, zeros = np.flatnonzero(group == 1), np.flatnonzero(group == 0)
    inside = np.vstack([x[ones] - x[ones].mean(axis=0), x[zeros] - x[zeros].mean(axis=0)])
    inverse = np.linalg.inv(inside.T @ inside / (len(x) - 2))

    def far(i: int, j: int) -> float:
        return float((x[i] - x[j]) @ inverse @ (x[i] - x[j]))

    near = {i: sorted(zeros, key=lambda j: far(i, j))[:neighbours] for i in ones}
    times = {j: sum(j in near[i] for i in ones) for j in zeros}
    rows = [j for i in ones for j in near[i]]
    design = np.column_stack([np.ones(len(rows)), x[rows]])
    slope = np.linalg.lstsq(design, y[rows], rcond=None)[0][1:] * corrected
    gaps = [np.mean([y[i] - y[j] - (x[i] - x[j]) @ slope for j in near[i]]) for i in ones]
    variance = np.sum((np.array(gaps) - np.mean(gaps)) ** 2)
    for j in zeros:
        twin = min((k for k in zeros if k != j), key=lambda k: far(j, k))
        k = times[j]
        variance += k * (k - 1) / neighbours**2 * (y[j] - y[twin]) ** 2 / 2
    return float(np.mean(gaps)), float(variance**0.5 / len(ones))


@pytest.mark.parametrize("neighbours", [1, 3])
def test_matching_is_that_of_loops_by_hand(neighbours: int) -> None:
    """Pairs, bias correction and errors equal loops over all rows."""
    found = compared(REGIONS, neighbours=neighbours).loc[("matching", "group")]
    estimate, error = matched_by_hand(REGIONS, FACTORS, neighbours)
    assert found["estimate"] == pytest.approx(estimate, abs=EXACT)
    assert found["standard_error"] == pytest.approx(error, rel=EXACT)
    assert found["degrees_of_freedom"] == np.inf


def test_pairs_are_those_of_matchit() -> None:
    """R's MatchIt pairs the same regions: without bias correction the estimate is its mean gap."""
    estimate, _ = matched_by_hand(REGIONS, FACTORS, 1, corrected=False)
    assert estimate == pytest.approx(R.at[("matching", "pairs"), "estimate"], abs=EXACT)


def test_rows_that_tie_share_the_match_and_its_error() -> None:
    """Three others at the same place count a third each: the gap is that to their mean, and each
    errs by 2/3 of its squared distance from the other two.
    """
    others = np.array([2.0, 3.0, 2.2])
    frame = pd.DataFrame(
        {
            "kppn_ikn": [1, 1, 1, 0, 0, 0, 0, 0],
            "size": [1.0, 1.0, 4.0, 1.0, 1.0, 1.0, 4.0, 6.0],
            "harmonised_index": [3.0, 2.9, 2.5, *others, 2.0, 1.0],
            "province": list("abcdefgh"),
        }
    )
    found = compared(frame, ["size"]).loc[("matching", "group")]
    gaps = np.array([3.0, 2.9, 2.5]) - [others.mean(), others.mean(), 2.0]
    own = 2 / 3 * (others - (others.sum() - others) / 2) ** 2
    noise = ((2 / 3) ** 2 - 2 / 3**2) * own.sum()  # each serves two rows by a third
    error = (((gaps - gaps.mean()) ** 2).sum() + noise) ** 0.5 / 3
    assert found["estimate"] == pytest.approx(gaps.mean(), abs=EXACT)
    assert found["standard_error"] == pytest.approx(error, rel=EXACT)


def test_each_row_says_what_it_rests_on(real: pd.DataFrame) -> None:
    """Every estimate has its estimand, its assumption, an interval around it, and no reason."""
    assert set(real.index.get_level_values("estimator")) == set(ASSUMPTIONS)
    assert (real["low"] < real["estimate"]).all()
    assert (real["estimate"] < real["high"]).all()
    assert (real["reason"] == "").all()
    assert (real["assumption"] == real.index.get_level_values("estimator").map(ASSUMPTIONS)).all()
    df = real["degrees_of_freedom"]
    assert df[("AIPW", "all")] == df[("regression", "all")]


def test_estimators_find_a_simulated_difference_that_means_do_not() -> None:
    """Simulated, 40 tables: the difference is 0.3 + 0.2 factor, so 0.3 over all rows, more over
    the group's. Each adjusted estimate is right on average within four errors (matching: within
    0.05, its bias in small tables), its interval holds the truth in 80% or more (four binomial
    errors); the unadjusted one is off.
    """
    rng = np.random.default_rng(20241125)
    kept = []
    for _ in range(40):
        x = rng.normal(size=(250, 2))
        is_in = rng.random(250) < expit(0.7 * x[:, 0])
        y = 2 + x @ [0.5, 0.2] + is_in * (0.3 + 0.2 * x[:, 0]) + rng.normal(size=250) * 0.4
        frame = pd.DataFrame(x, columns=["a", "b"]).assign(
            harmonised_index=y, kppn_ikn=is_in.astype(int), province=np.arange(250) % 25
        )
        inside = ~frame.index.astype(str).isin(overlap(frame, "kppn_ikn", ["a", "b"]).outside)
        truth = {
            "all": 0.3,
            "group": 0.3 + 0.2 * x[is_in, 0].mean(),
            "common": 0.3 + 0.2 * x[inside, 0].mean(),
        }
        table = compared(frame, ["a", "b"])
        target = [truth[estimand] for _, estimand in table.index]
        held = (table["low"] < target) & (target < table["high"])
        kept.append(pd.DataFrame({"error": table["estimate"] - target, "held": held}))
    errors = pd.concat([part["error"] for part in kept], axis=1)
    held = pd.concat([part["held"] for part in kept], axis=1).mean(axis=1)
    off = errors.mean(axis=1) / (errors.std(axis=1) / 40**0.5)
    for row in errors.index:
        if row[0] == "unadjusted":
            assert off[row] > 15
        else:
            assert held[row] >= 0.8
            assert abs(off[row]) < 4 or abs(errors.loc[row].mean()) < 0.05


def test_overlap_is_the_range_that_both_groups_have() -> None:
    """Rows beyond the other group's range are named; shares and quantiles are those of groups."""
    found = overlap(REGIONS.set_index("region_code"), "kppn_ikn", FACTORS)
    group = REGIONS.set_index("region_code")["kppn_ikn"]
    p = found.propensity
    low = max(p[group == 1].min(), p[group == 0].min())
    high = min(p[group == 1].max(), p[group == 0].max())
    assert set(found.outside) == set(p.index[(p < low) | (p > high)])
    assert 0 < len(found.outside) < 30
    for g in (0, 1):
        inside = p[group == g].between(low, high).mean()
        assert found.share_outside[g] == pytest.approx(1 - inside, abs=EXACT)
        assert found.quantiles.at[g, "median"] == pytest.approx(p[group == g].median(), abs=EXACT)
        assert found.quantiles.at[g, "greatest"] == p[group == g].max()
    assert found.share_thin == pytest.approx(((p < 0.1) | (p > 0.9)).mean())


def test_an_estimator_that_cannot_be_leaves_its_reason() -> None:
    """Where the groups share no values, weights and propensities give a reason, not a figure."""
    frame = REGIONS.assign(own_source_share=REGIONS["own_source_share"] + REGIONS["kppn_ikn"])
    table = compared(frame)
    assert "convex hull" in table.at[("entropy balancing", "group"), "reason"]
    assert "without error" in table.at[("AIPW", "all"), "reason"]
    assert np.isnan(table.at[("AIPW", "all"), "estimate"])
    with pytest.raises(DataError, match="without error"):
        overlap(frame, "kppn_ikn", FACTORS)


def test_misuse_is_named() -> None:
    """A group of three values, a level of 95, missing factors, more neighbours than others."""
    with pytest.raises(DataError, match="expected both 0 and 1"):
        compared(REGIONS.assign(kppn_ikn=np.arange(len(REGIONS)) % 3))
    with pytest.raises(ParameterError, match="A level of 95"):
        compared(REGIONS, level=95)
    with pytest.raises(DataError, match="No finite number in kota"):
        compared(REGIONS.assign(kota=np.nan))
    reason = compared(REGIONS, neighbours=500).at[("matching", "group"), "reason"]
    assert "500 neighbours of 93" in reason
