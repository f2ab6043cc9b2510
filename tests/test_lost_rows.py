"""Lost rows: bounds by brute force, Rubin's rules against R's mice, imputation of known truth."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.least_squares import least_squares
from smartlib.inference.core.sandwich import infer
from smartlib.inference.programme.imputation import impute, pool
from smartlib.inference.programme.worst_case import (
    bounds_of_coefficients,
    bounds_of_mean,
)
from smartlib.vocabulary.errors import DataError

R = pd.read_csv(ROOT / "tests" / "reference" / "programme.csv").set_index("model")
EXACT = 1e-9  # the same arithmetic in another order
SCALE = {"lowest": 1.0, "highest": 4.0}


@pytest.fixture
def small() -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(4)
    known = pd.DataFrame(rng.normal(size=(9, 2)), columns=["a", "b"])
    known["y"] = rng.uniform(1, 4, 9)
    return known, pd.DataFrame(rng.normal(size=(5, 2)), columns=["a", "b"], index=list("pqrst"))


def test_bounds_are_the_extremes_over_every_table(small) -> None:
    """Every set of absentees and every corner of the scale, fitted one by one: the extremes, and
    which candidates were absent there, are the bounds.
    """
    known, candidates = small
    found = bounds_of_coefficients(known, "y", ["a", "b"], candidates=candidates, lost=3, **SCALE)
    fits = {}
    for chosen in combinations(range(5), 3):
        both = np.vstack([known[["a", "b"]], candidates.iloc[list(chosen)]])
        x = np.column_stack([np.ones(12), both])
        for drawn in product((1.0, 4.0), repeat=3):
            y = np.r_[known["y"], drawn]
            fits[chosen, drawn] = np.linalg.lstsq(x, y, rcond=None)[0]
    table = np.array(list(fits.values()))
    for j, bound in enumerate(found):
        assert bound.low == pytest.approx(table[:, j].min(), abs=EXACT)
        assert bound.high == pytest.approx(table[:, j].max(), abs=EXACT)
        chosen = list(fits)[int(table[:, j].argmin())][0]
        assert set(bound.absent_at_low) == set("pqrst") - {"pqrst"[i] for i in chosen}
        chosen = list(fits)[int(table[:, j].argmax())][0]
        assert set(bound.absent_at_high) == set("pqrst") - {"pqrst"[i] for i in chosen}
    x = np.column_stack([np.ones(9), known[["a", "b"]]])
    alone = np.linalg.lstsq(x, known["y"], rcond=None)[0]
    assert [b.known for b in found] == pytest.approx(alone.tolist(), abs=EXACT)


def test_no_lost_rows_leave_a_point(small) -> None:
    """With nothing lost both ends are the estimate of the known rows."""
    known, candidates = small
    for bound in bounds_of_coefficients(known, "y", ["a"], candidates=candidates, lost=0, **SCALE):
        assert bound.low == pytest.approx(bound.known, abs=EXACT)
        assert bound.high == pytest.approx(bound.known, abs=EXACT)


def test_a_coefficient_of_the_intercept_alone_is_the_mean(small) -> None:
    """Without factors the coefficient's bounds are those of the mean, in closed form."""
    known, candidates = small
    (found,) = bounds_of_coefficients(known, "y", [], candidates=candidates, lost=4, **SCALE)
    mean = bounds_of_mean(known["y"], 4, **SCALE)
    assert mean.low == pytest.approx((known["y"].sum() + 4) / 13, abs=EXACT)
    assert mean.high == pytest.approx((known["y"].sum() + 16) / 13, abs=EXACT)
    assert (found.low, found.high) == pytest.approx((mean.low, mean.high), abs=EXACT)


def test_rubins_rules_are_those_of_mice() -> None:
    """Estimate, total error and Barnard and Rubin's degrees of freedom are pool.scalar's
    (n = 40, k = 4: 36 complete degrees of freedom).
    """
    found = pool([0.61, 0.55, 0.72, 0.49, 0.66], [0.041, 0.038, 0.045, 0.040, 0.043], 36)
    r = R.loc["pool"]
    assert found.estimate == pytest.approx(r["estimate"], rel=EXACT)
    assert found.total**0.5 == pytest.approx(r["error"], rel=EXACT)
    assert found.degrees_of_freedom == pytest.approx(r["df"], rel=EXACT)


def test_equal_imputations_cost_only_barnard_and_rubins_factor() -> None:
    """Without variance between, degrees of freedom are (nu + 1) / (nu + 3) nu, nothing missing."""
    found = pool([1.0, 1.0], [0.5, 0.5], 10)
    assert found.degrees_of_freedom == pytest.approx(11 / 13 * 10)
    assert found.fraction_missing == 0
    assert found.total == 0.5


def simulated(rng: np.random.Generator, clusters: int = 15) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Known rows and candidates of one linear model: slope 0.5, help 0.6."""
    n = 5 * clusters
    frame = pd.DataFrame(rng.normal(size=(n, 2)), columns=["a", "help"])
    frame["y"] = 2.5 + 0.5 * frame["a"] + 0.6 * frame["help"] + rng.normal(size=n) * 0.5
    frame["province"] = rng.permutation(np.arange(n) % clusters)
    is_candidate = frame["a"].rank() > 0.75 * n
    return frame[~is_candidate], frame[is_candidate].drop(columns="y")


def test_imputing_by_the_regression_itself_adds_nothing() -> None:
    """With the regression's own factors the pooled estimate is that of the known rows, within
    four errors of drawing (between / m).
    """
    known, candidates = simulated(np.random.default_rng(6))
    found = impute(
        known, "y", ["a"], candidates=candidates, lost=len(candidates), cluster="province",
        imputations=200, **SCALE,
    )  # fmt: skip
    x = np.column_stack([np.ones(len(known)), known["a"]])
    alone = infer(covariance(least_squares(x, known["y"], ["1", "a"]), "cr2", known["province"]))
    for pooled, plain in zip(found.coefficients, alone, strict=True):
        noise = pooled.standard_error * (found.fraction_missing[pooled.name] / 200) ** 0.5
        assert abs(pooled.estimate - plain.estimate) < 4 * noise
    assert found.fraction_missing["a"] > 0.2
    assert found.lost == len(candidates)


@pytest.mark.long
def test_imputed_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Simulated, 150 tables whose upper quarter is lost: 95% intervals of the slope hold it in
    88% or more (four binomial errors), half the interval in fewer than 90%: Rubin's rules err on
    the wide side where imputation knows a factor that the regression does not.
    """
    rng = np.random.default_rng(20241125)
    held = []
    for _ in range(150):
        known, candidates = simulated(rng)
        slope = impute(
            known, "y", ["a"], candidates=candidates, lost=len(candidates), cluster="province",
            helpers=["help"], imputations=5, rng=rng, **SCALE,
        ).coefficients[1]  # fmt: skip
        held.append(abs(slope.estimate - 0.5) / (slope.high - slope.estimate))
    assert np.mean(np.array(held) < 1) >= 0.88
    assert np.mean(np.array(held) < 0.5) < 0.9


def test_draws_are_repeatable_and_counted_beyond_the_scale() -> None:
    """The same seed gives the same figures; draws beyond a narrow scale are counted."""
    known, candidates = simulated(np.random.default_rng(9))
    asked = {"candidates": candidates, "lost": 10, "cluster": "province", "imputations": 20}
    wide, again = (impute(known, "y", ["a"], lowest=-50, highest=50, **asked) for _ in range(2))
    assert wide.coefficients == again.coefficients
    assert wide.outside == 0
    ends = [(3, 3.2), (3, 50), (-50, 3.2)]
    both, below, above = (
        impute(known, "y", ["a"], lowest=low, highest=high, **asked).outside for low, high in ends
    )
    assert both == pytest.approx(below + above, abs=EXACT)
    assert min(below, above) > 0


def test_a_prediction_has_the_spread_of_its_posterior() -> None:
    """With the intercept alone and 7 known rows, means of 12 imputed ones scatter as the posterior
    predictive says: variance s^2 (6 / 4) (1/7 + 1/12), within 25% (four errors of the variance of
    1,500 draws with such tails). A fixed s^2 or a fixed mean would scatter by a third less.
    """
    rng = np.random.default_rng(10)
    known = pd.DataFrame({"y": rng.normal(2.5, 0.4, 7), "province": np.arange(7) % 6})
    found = impute(
        known, "y", [], candidates=pd.DataFrame({"province": np.arange(12) % 6}), lost=12,
        cluster="province", imputations=1500, **SCALE,
    )  # fmt: skip
    (c,) = found.coefficients
    between = found.fraction_missing["intercept"] * c.standard_error**2 / (1 + 1 / 1500)
    lost_mean = known["y"].var() * 6 / 4 * (1 / 7 + 1 / 12)
    assert between == pytest.approx((12 / 19) ** 2 * lost_mean, rel=0.25)


def test_the_lost_kota_on_the_real_table(scores, tables, evaluation) -> None:
    """25 of 27 undetermined kota: the mean is bounded by (409.54 + 25 x 1 or 4) / 165, and known
    rows alone lie inside the bounds of every coefficient.
    """
    from smartlib.inference import factor_table

    table = tables.participation.set_index("region_code")
    frame = factor_table(tables.factors, 2022, 2024).values.join(scores["harmonised_index"])
    frame["kota"] = (evaluation.register.frame["kind"] == "kota").astype(float)
    known = frame.loc[scores.index]
    candidates = frame[table["stage2"].reindex(frame.index) == "undetermined"]
    total = known["harmonised_index"].sum()
    mean = bounds_of_mean(known["harmonised_index"], 25, **SCALE)
    assert (mean.low, mean.high) == pytest.approx(((total + 25) / 165, (total + 100) / 165))
    found = bounds_of_coefficients(
        known, "harmonised_index", ["own_source_share", "log_population", "kota"],
        candidates=candidates, lost=25, **SCALE,
    )  # fmt: skip
    assert len(candidates) == 27
    assert all(b.low < b.known < b.high and len(b.absent_at_low) == 2 for b in found)
    share = next(b for b in found if b.name == "own_source_share")
    assert share.low < 0 < share.high  # the scale alone does not settle the sign


def test_misuse_is_named(small) -> None:
    """Too many lost rows, a scale upside down, an outcome beyond it, one imputation."""
    known, candidates = small
    with pytest.raises(DataError, match="6 lost rows among 5 candidates"):
        bounds_of_coefficients(known, "y", ["a"], candidates=candidates, lost=6, **SCALE)
    many = pd.DataFrame({"a": np.arange(40.0)})
    with pytest.raises(DataError, match="at most 50000 sets of absentees"):
        bounds_of_coefficients(known, "y", ["a"], candidates=many, lost=20, **SCALE)
    with pytest.raises(DataError, match="expected the lower end first"):
        bounds_of_mean(known["y"], 2, lowest=4, highest=1)
    with pytest.raises(DataError, match="beyond the scale 1 to 4: row 1"):
        bounds_of_mean(pd.Series([2.0, 4.5]), 2, **SCALE)
    with pytest.raises(DataError, match="-1 lost rows"):
        bounds_of_mean(known["y"], -1, **SCALE)
    with pytest.raises(DataError, match="1 estimates, 1 variances"):
        pool([1.0], [1.0], 10)
    with pytest.raises(DataError, match="9 lost rows among 5"):
        impute(known, "y", ["a"], candidates=candidates, lost=9, cluster="b", **SCALE)
    with pytest.raises(DataError, match="No finite number in a, row p"):
        bounds_of_coefficients(
            known, "y", ["a"], candidates=candidates.replace(candidates.loc["p", "a"], np.nan),
            lost=3, **SCALE,
        )  # fmt: skip
