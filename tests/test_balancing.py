"""Weights: moment conditions, closed forms, the hull, and recovery of a known mean."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from scipy import optimize
from scipy.special import expit

from smartlib.inference.core.columns import fit_columns
from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.least_squares import least_squares
from smartlib.inference.core.sandwich import infer
from smartlib.inference.programme.balancing import (
    balance_table,
    effective_size,
    entropy_balance,
    inverse_probability_weights,
    under_weights,
)
from smartlib.inference.programme.membership import logit
from smartlib.present.words.readings import reading
from smartlib.vocabulary.errors import DataError

REGIONS = pd.read_csv(
    ROOT / "tests" / "reference" / "covariance.regions.csv", dtype={"region_code": str}
).set_index("region_code")
R = pd.read_csv(ROOT / "tests" / "reference" / "groups.csv").set_index(["model", "name"])
HELD = ["own_source_share", "log_population", "kota"]  # of R's fits
FACTORS = ["own_source_share", "log_population", "human_development_index"]
MOMENT = 1e-8  # standard deviations: what the function promises
CLOSED, LIKELIHOOD = 1e-8, 1e-5  # against R, relative
EXACT = 1e-9  # the same arithmetic in another order
NEAR = 1e-4  # a general solver's stopping rule


def test_balanced_means_are_the_targets() -> None:
    """Weights are positive, of mean 1, and reach the other track's means in every factor."""
    is_in = REGIONS["kppn_ikn"] == 1
    others, target = REGIONS.loc[~is_in, FACTORS], REGIONS.loc[is_in, FACTORS].mean()
    found = entropy_balance(others, target)
    assert (found.weights > 0).all()
    assert found.weights.mean() == pytest.approx(1, abs=EXACT)
    means = np.average(others, axis=0, weights=found.weights)
    assert np.abs((means - target) / others.std()).max() < MOMENT
    assert found.balance["difference_after"].abs().max() < MOMENT
    assert found.balance["difference_before"].tolist() == pytest.approx(
        ((target - others.mean()) / others.std()).tolist(), abs=EXACT
    )
    assert found.effective_size == pytest.approx(
        len(others) / (1 + found.weights.var(ddof=0)), rel=EXACT
    )


def test_one_column_of_two_values_has_its_closed_form() -> None:
    """For a 0/1 factor the weights are the two shares' ratios, whatever else holds."""
    x = pd.DataFrame({"kota": [1.0] * 3 + [0.0] * 7})
    weights = entropy_balance(x, pd.Series({"kota": 0.6})).weights
    assert weights.tolist() == pytest.approx([0.6 / 0.3] * 3 + [0.4 / 0.7] * 7, abs=EXACT)


def test_weights_are_of_least_divergence() -> None:
    """A general solver of the primal problem, base weights given, finds the same weights."""
    rng = np.random.default_rng(5)
    x = pd.DataFrame(rng.normal(size=(8, 2)), columns=["a", "b"])
    base = rng.uniform(0.5, 2, 8)
    target = pd.Series({"a": x["a"].mean() + 0.2, "b": x["b"].mean() - 0.1})
    q = base / base.sum()
    primal = optimize.minimize(
        lambda w: (w * np.log(w / q)).sum(),
        q,
        bounds=[(1e-9, 1)] * 8,
        constraints=[
            {"type": "eq", "fun": lambda w: w.sum() - 1},
            {"type": "eq", "fun": lambda w: x.to_numpy().T @ w - target.to_numpy()},
        ],
        options={"ftol": 1e-14, "maxiter": 500},
    )
    found = entropy_balance(x, target, base=base)
    assert (found.weights / 8).tolist() == pytest.approx(primal.x.tolist(), abs=NEAR)


def test_no_need_for_weights_leaves_them_equal() -> None:
    """A target that is the rows' own mean gives all weights 1, in any units."""
    x = REGIONS[FACTORS]
    for scale in (1.0, 1e6):
        found = entropy_balance(x * scale, (x * scale).mean())
        assert found.weights.to_numpy() == pytest.approx(1, abs=1e-7)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ({"a": 1.5, "b": 0.5}, "a by itself lies outside the rows' convex hull"),
        ({"a": 0.9, "b": 0.9}, "the factors together lies outside"),
        ({"a": 0.5, "b": 0.5}, "at its edge"),
        ({"a": 0.2}, "No target mean for b"),
    ],
)
def test_targets_out_of_reach_are_refused(target: dict[str, float], message: str) -> None:
    """Beyond a factor's range, inside it but beyond the hull, on its edge, and not given."""
    x = pd.DataFrame({"a": [0.0, 1.0, 0.0, 0.1], "b": [0.0, 0.0, 1.0, 0.1]})
    with pytest.raises(DataError, match=message):
        entropy_balance(x, pd.Series(target))


def test_misuse_is_named() -> None:
    """Redundant columns, base weights of 0, negative weights, probabilities of 0."""
    x = pd.DataFrame({"a": [0.0, 1.0, 2.0, 0.5]})
    with pytest.raises(DataError, match="determine each other"):
        entropy_balance(x.assign(b=2 * x["a"]), pd.Series({"a": 1.0, "b": 2.0}))
    with pytest.raises(DataError, match="expected 4 positive numbers"):
        entropy_balance(x, pd.Series({"a": 1.0}), base=[1, 1, 1, 0])
    with pytest.raises(DataError, match="a is the same in every row"):
        balance_table(x * 0, pd.Series({"a": 1.0}))
    with pytest.raises(DataError, match="numbers of at least 0"):
        effective_size([1, -1])
    is_in, p = pd.Series([1, 0, 1, 0]), pd.Series([0.5, 0.5, 0.0, 0.5])
    with pytest.raises(DataError, match="up to 1 for row 2"):
        inverse_probability_weights(x, is_in, p)
    with pytest.raises(DataError, match="trim 0"):
        inverse_probability_weights(x, is_in, p + 0.1, trim=0)
    with pytest.raises(DataError, match="not of the same rows"):
        inverse_probability_weights(x, is_in, p[::-1])


def test_inverse_probabilities_of_cells_reach_the_mean_of_all() -> None:
    """With the cells' own shares as probabilities the weighted means are those of all rows."""
    kota = pd.DataFrame({"kota": [1.0] * 4 + [0.0] * 6})
    is_in = pd.Series([1, 0, 0, 0, 1, 1, 1, 1, 1, 0])
    p = is_in.groupby(kota["kota"]).transform("mean")
    found = inverse_probability_weights(kota, is_in, p, trim=1)
    assert found.balance.at["kota", "after"] == pytest.approx(0.4, abs=EXACT)
    assert found.weights.tolist() == pytest.approx([2.4] + [0.72] * 5, abs=EXACT)
    assert found.effective_size == pytest.approx(36 / (2.4**2 + 5 * 0.72**2), abs=EXACT)


def test_trimming_cuts_to_the_quantile_and_says_so() -> None:
    """The largest weight is the quantile of the untrimmed ones, and the note counts the cut."""
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({"a": rng.normal(size=200)})
    p = pd.Series(expit(2 * frame["a"]))
    is_in = pd.Series((rng.random(200) < p).astype(int))
    found = inverse_probability_weights(frame, is_in, p, trim=0.9)
    raw = is_in.mean() / p[is_in == 1]
    cut = raw.clip(upper=raw.quantile(0.9))
    assert found.weights.to_numpy() == pytest.approx((cut / cut.mean()).to_numpy(), abs=EXACT)
    assert f"{(raw > raw.quantile(0.9)).sum()} weights above the 0.9 quantile" in reading(found)


def test_weights_bring_a_selected_mean_back() -> None:
    """Simulated: who is in goes with a factor that the outcome is linear in. Over 60 tables both
    kinds of weights are on average right within three standard errors; equal weights are not.
    """
    rng = np.random.default_rng(20241125)
    errors = {"equal": [], "inverse": [], "entropy": []}
    for _ in range(60):
        x = pd.DataFrame({"a": rng.normal(size=300)})
        y = 2 + 0.5 * x["a"] + rng.normal(size=300) * 0.3
        frame = x.assign(is_in=(rng.random(300) < expit(x["a"])).astype(int))
        chosen = frame["is_in"] == 1
        p = logit(frame, "is_in", ["a"]).probability
        weights = {
            "equal": np.ones(chosen.sum()),
            "inverse": inverse_probability_weights(x, frame["is_in"], p, trim=1).weights,
            "entropy": entropy_balance(x[chosen], x.mean()).weights,
        }
        for name, w in weights.items():
            errors[name].append(np.average(y[chosen], weights=w) - y.mean())
    bias = {name: np.mean(e) / (np.std(e) / 60**0.5) for name, e in errors.items()}
    assert abs(bias["inverse"]) < 3
    assert abs(bias["entropy"]) < 3
    assert bias["equal"] > 20


@pytest.mark.parametrize("model", ["plain", "weighted"])
def test_columns_are_fitted_as_by_r(model: str) -> None:
    """Coefficients of R's lm, with clubSandwich's CR2 of the weighted rows."""
    w = pd.Series(np.linspace(0.5, 1.5, len(REGIONS)), REGIONS.index)
    fit = fit_columns(REGIONS, "harmonised_index", HELD, weights=w if model == "weighted" else None)
    table = under_weights(
        REGIONS,
        "harmonised_index",
        HELD,
        clusters=REGIONS["province"],
        weights={model: w if model == "weighted" else None},
    ).set_index("name")
    stored = R.loc[model].rename(index={"(Intercept)": "intercept"})
    assert fit.beta.tolist() == pytest.approx(
        stored.loc[list(fit.names), "estimate"].tolist(), rel=CLOSED
    )
    for ours, theirs in (("standard_error", "error"), ("degrees_of_freedom", "df")):
        assert table[ours].tolist() == pytest.approx(
            stored.loc[table.index, theirs].tolist(), rel=CLOSED
        )


def test_inverse_weights_are_those_of_rs_propensities() -> None:
    """Kish's size and the weighted mean under glm's propensities of the priority track."""
    found = logit(REGIONS, "kppn_ikn", HELD)
    weights = inverse_probability_weights(
        REGIONS[HELD], REGIONS["kppn_ikn"], found.probability, trim=1
    )
    stored = R.loc["inverse"]["estimate"]
    assert effective_size(weights.weights) == pytest.approx(stored["size"], rel=LIKELIHOOD)
    mean = weights.balance.at["own_source_share", "after"]
    assert mean == pytest.approx(stored["mean of own_source_share"], rel=LIKELIHOOD)


def test_a_regression_under_weights_is_weighted_least_squares() -> None:
    """Equal weights give the plain fit; others the fit that `least_squares` gives them."""
    w = pd.Series(np.linspace(0.5, 1.5, len(REGIONS)), REGIONS.index)
    table = under_weights(
        REGIONS,
        "harmonised_index",
        ["own_source_share"],
        clusters=REGIONS["province"],
        weights={"none": None, "rising": w[::-1]},
    )
    x = np.column_stack([np.ones(len(REGIONS)), REGIONS["own_source_share"]])
    for variant, weights, size in (("none", None, len(REGIONS)), ("rising", w, effective_size(w))):
        fit = least_squares(x, REGIONS["harmonised_index"], ["1", "share"], weights=weights)
        expected = infer(covariance(fit, "cr2", REGIONS["province"]))[1]
        row = table[(table["variant"] == variant) & (table["name"] == "own_source_share")].iloc[0]
        assert row["effective_size"] == pytest.approx(size)
        for field in ("estimate", "standard_error", "degrees_of_freedom", "low", "p_value"):
            assert row[field] == pytest.approx(getattr(expected, field), rel=EXACT)
