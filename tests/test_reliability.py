"""Reliability and its routes against R's stored output, closed forms, brute force, simulation.

The stored output is `tests/reference/reliability.csv`; `reliability.R` beside it made it.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from smartlib.data.processed import Tables
from smartlib.index.trust.components import parallel_analysis, principal_components
from smartlib.index.trust.consistency import (
    cronbach_alpha,
    feldt_interval,
    fisher_interval,
    item_rest,
    standard_error,
)
from smartlib.index.trust.one_factor import mcdonald_omega, one_factor
from smartlib.index.trust.reliability import error_routes
from smartlib.vocabulary.errors import DataError, ParameterError, SchemeError
from smartlib.vocabulary.records import Scheme

EXACT = 1e-9  # R's figures are stored with twelve digits
OPTIMISED = 1e-5  # two optimisers that stop at a flat likelihood, R's at steps of 1e-5 or so
STATISTIC = 1e-4  # the same, times the number of rows
DRAWN = 0.025  # four standard errors of a 95% quantile of 1,000 largest eigenvalues
TABLES = ("scores", "attitude")

REFERENCE = pd.read_csv(ROOT / "tests" / "reference" / "reliability.csv", dtype={"item": str})


def stored(table: str, statistic: str) -> np.ndarray:
    """R's figures, in the order of the items."""
    chosen = (REFERENCE["table"] == table) & (REFERENCE["statistic"] == statistic)
    assert chosen.any()
    return REFERENCE.loc[chosen, "value"].to_numpy()


@pytest.fixture(params=TABLES)
def case(request: pytest.FixtureRequest, tables: Tables, scheme: Scheme) -> tuple[str, object]:
    """A table's name and its items."""
    if request.param == "scores":
        return "scores", tables.scores[list(scheme.common.weights)]
    return "attitude", pd.read_csv(ROOT / "tests" / "reference" / "attitude.csv")


def with_correlations(target: np.ndarray, rows: int = 60, seed: int = 4) -> pd.DataFrame:
    """Items whose sample correlations are exactly these."""
    draws = np.random.default_rng(seed).normal(size=(rows, len(target)))
    white = np.linalg.solve(np.linalg.cholesky(np.cov(draws.T)), (draws - draws.mean(0)).T)
    items = (np.linalg.cholesky(target) @ white).T
    return pd.DataFrame(items, columns=list("abcdefgh")[: len(target)])


def of_one_factor(loadings: list[float]) -> np.ndarray:
    """Correlations that one factor with these loadings implies."""
    matrix = np.outer(loadings, loadings)
    np.fill_diagonal(matrix, 1)
    return matrix


# Against R


def test_alpha_and_its_interval_are_those_of_psych(case) -> None:
    """Raw alpha and Feldt's interval on both tables."""
    table, items = case
    alpha = cronbach_alpha(items)
    assert alpha == pytest.approx(stored(table, "alpha")[0], abs=EXACT)
    limits = feldt_interval(alpha, *items.shape)
    expected = [stored(table, "feldt_low")[0], stored(table, "feldt_high")[0]]
    assert limits == pytest.approx(expected, abs=EXACT)


def test_items_go_with_the_rest_as_in_psych(case) -> None:
    """Correlation with the others, and alpha without the item."""
    table, items = case
    found = item_rest(items)
    np.testing.assert_allclose(found["correlation"], stored(table, "item_rest"), atol=EXACT)
    np.testing.assert_allclose(found["alpha_without"], stored(table, "alpha_without"), atol=EXACT)
    assert found.index.tolist() == items.columns.tolist()
    assert (found["rows"] == len(items)).all()


def test_the_one_factor_model_is_that_of_factanal(case) -> None:
    """Loadings, uniquenesses, the test of fit and omega on both tables."""
    table, items = case
    found = one_factor(items)
    np.testing.assert_allclose(found.loadings, stored(table, "loading"), atol=OPTIMISED)
    np.testing.assert_allclose(found.uniquenesses, stored(table, "uniqueness"), atol=OPTIMISED)
    assert found.statistic == pytest.approx(stored(table, "statistic")[0], abs=STATISTIC)
    assert found.degrees == stored(table, "degrees")[0]
    assert found.p_value == pytest.approx(stored(table, "p_value")[0], abs=STATISTIC)
    assert (found.bounded, found.rows, found.passed_over) == ((), len(items), 0)


def test_omega_is_that_of_factanal_and_psych(case) -> None:
    """Plain and weighted omega. The omega of psych divides by the sum of the observed
    correlations, not of the implied ones.
    """
    table, items = case
    assert mcdonald_omega(items) == pytest.approx(stored(table, "omega")[0], abs=OPTIMISED)
    observed = 1 - one_factor(items).uniquenesses.sum() / items.corr().to_numpy().sum()
    assert observed == pytest.approx(stored(table, "omega_psych")[0], abs=OPTIMISED)
    places = range(1, items.shape[1] + 1)
    weights = {name: place / sum(places) for name, place in zip(items, places, strict=True)}
    omega = stored(table, "omega_weighted")[0]
    assert mcdonald_omega(items, weights) == pytest.approx(omega, abs=OPTIMISED)


def test_a_uniqueness_stops_at_its_bound_and_is_said_to() -> None:
    """Correlations that no single factor can have made (0.8 0.8 / 0.5 > 1): factanal's bounded
    solution, and the record names the item.
    """
    items = with_correlations(np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]]), rows=50)
    found = one_factor(items)
    np.testing.assert_allclose(found.loadings, stored("heywood", "loading"), atol=OPTIMISED)
    np.testing.assert_allclose(found.uniquenesses, stored("heywood", "uniqueness"), atol=OPTIMISED)
    assert found.bounded == ("a",)
    assert (found.degrees, found.p_value) == (0, None)


def test_components_are_those_of_prcomp(case) -> None:
    """Eigenvalues, shares and the loadings on the first component."""
    table, items = case
    found = principal_components(items)
    np.testing.assert_allclose(found.eigenvalues, stored(table, "eigenvalue"), atol=EXACT)
    np.testing.assert_allclose(found.loadings[1], stored(table, "loading_first"), atol=EXACT)
    assert found.shares.sum() == pytest.approx(1)


def test_chance_eigenvalues_are_those_of_nfactors(case) -> None:
    """Quantile and mean of 1,000 draws against R's 20,000."""
    table, items = case
    found = parallel_analysis(items)
    np.testing.assert_allclose(
        found["mean_by_chance"], stored(table, "mean_by_chance"), atol=DRAWN / 2
    )
    rows = len(items)  # quantiles spread as one over the root of the rows
    wide = DRAWN * (140 / rows) ** 0.5
    np.testing.assert_allclose(found["by_chance"], stored(table, "by_chance"), atol=wide)


def test_the_interval_of_the_year_to_year_correlation_is_that_of_r(
    tables: Tables, scheme: Scheme
) -> None:
    """cor.test of this year's final and last year's gives the retest route."""
    route = error_routes(tables.scores, scheme).loc["retest"]
    for column, statistic in (
        ("reliability", "retest"),
        ("low", "fisher_low"),
        ("high", "fisher_high"),
    ):
        assert route[column] == pytest.approx(stored("scores", statistic)[0], abs=EXACT)


# Closed forms and brute force


def test_alpha_of_parallel_items_is_the_spearman_brown_reliability() -> None:
    """With equal correlations r, alpha and omega are k r / (1 + (k - 1) r)."""
    r, k = 0.5, 4
    items = with_correlations(of_one_factor([r**0.5] * k))
    expected = k * r / (1 + (k - 1) * r)
    assert cronbach_alpha(items) == pytest.approx(expected)
    assert mcdonald_omega(items) == pytest.approx(expected, abs=OPTIMISED)


def test_identical_items_are_perfectly_consistent() -> None:
    """The same column twice has alpha 1."""
    column = [1.0, 2.0, 4.0]
    assert cronbach_alpha(pd.DataFrame({"a": column, "b": column})) == pytest.approx(1)


def test_a_perfect_one_factor_table_is_recovered() -> None:
    """Correlations made of known loadings give them back, one of them negative; the model fits
    without rest and omega is (sum a)^2 / ((sum a)^2 + sum (1 - a^2)).
    """
    loadings = np.array([0.9, 0.5, 0.7, -0.3, 0.6])
    items = with_correlations(of_one_factor(list(loadings)))
    found = one_factor(items)
    np.testing.assert_allclose(found.loadings, loadings, atol=OPTIMISED)
    np.testing.assert_allclose(found.uniquenesses, 1 - loadings**2, atol=OPTIMISED)
    assert found.statistic == pytest.approx(0, abs=STATISTIC)
    assert found.p_value == pytest.approx(1, abs=STATISTIC)
    common = loadings.sum() ** 2
    expected = common / (common + (1 - loadings**2).sum())
    assert mcdonald_omega(items) == pytest.approx(expected, abs=OPTIMISED)


def test_a_weighted_sum_adds_the_unique_variances() -> None:
    """Items of standard deviations 2, 1 and 0.5: each adds (weight x sd)^2 (1 - loading^2)."""
    loadings, spreads = np.array([0.9, 0.6, 0.7]), np.array([2, 1, 0.5])
    items = with_correlations(of_one_factor(list(loadings))) * spreads
    weights = {"a": Decimal("0.5"), "b": Decimal("0.3"), "c": Decimal("0.2")}
    counts = np.array([0.5, 0.3, 0.2]) * spreads
    unique = (counts**2 * (1 - loadings**2)).sum()
    common = (counts * loadings).sum() ** 2
    assert mcdonald_omega(items, weights) == pytest.approx(
        common / (common + unique), abs=OPTIMISED
    )


def test_no_other_loadings_fit_better(case) -> None:
    """The likelihood, written out, is not improved by any of 2,000 nearby models."""
    _, items = case
    found, matrix = one_factor(items), items.corr().to_numpy()

    def misfit(loadings: np.ndarray, unique: np.ndarray) -> float:
        implied = np.outer(loadings, loadings) + np.diag(unique)
        return np.linalg.slogdet(implied)[1] + np.trace(np.linalg.solve(implied, matrix))

    best = misfit(found.loadings.to_numpy(), found.uniquenesses.to_numpy())
    rng = np.random.default_rng(8)
    for _ in range(2000):
        steps = rng.normal(0, rng.choice([0.001, 0.01, 0.1]), (2, len(matrix)))
        nearby = np.abs(found.uniquenesses.to_numpy() + steps[1])
        assert misfit(found.loadings.to_numpy() + steps[0], nearby) > best


def test_units_and_order_do_not_matter_to_correlations(case) -> None:
    """Items in other units and another order have the same loadings, components and omega."""
    _, items = case
    other = (items * np.arange(1, items.shape[1] + 1) + 7).iloc[::-1, ::-1]
    before, after = one_factor(items), one_factor(other)
    np.testing.assert_allclose(after.loadings[items.columns], before.loadings, atol=OPTIMISED)
    assert mcdonald_omega(other) == pytest.approx(mcdonald_omega(items), abs=OPTIMISED)
    np.testing.assert_allclose(
        principal_components(other).eigenvalues, principal_components(items).eigenvalues
    )


def test_components_rebuild_the_correlations(case) -> None:
    """Loadings times loadings are the correlation matrix; none of their sums is negative."""
    _, items = case
    loadings = principal_components(items).loadings
    np.testing.assert_allclose(loadings @ loadings.T, items.corr(), atol=EXACT)
    assert (loadings.sum() >= 0).all()


def test_an_item_is_compared_with_the_mean_of_the_others() -> None:
    """By hand on three items, and on two, where no alpha is left."""
    items = pd.DataFrame({"a": [1.0, 2, 3, 5], "b": [2.0, 1, 4, 4], "c": [1.0, 3, 2, 4]})
    found = item_rest(items)
    by_hand = np.corrcoef(items["a"], items["b"] + items["c"])[0, 1]
    assert found.at["a", "correlation"] == pytest.approx(by_hand)
    assert found.at["a", "alpha_without"] == pytest.approx(cronbach_alpha(items[["b", "c"]]))
    assert item_rest(items[["a", "b"]])["alpha_without"].isna().all()


def test_parallel_analysis_repeats_the_drawing_by_hand() -> None:
    """The same generator, eigenvalues found one table at a time: the same quantiles; a component
    after the first that fails is not retained.
    """
    items = with_correlations(of_one_factor([0.8, 0.7, 0.6, 0.0]), rows=25)
    found = parallel_analysis(items, draws=40, level=0.9, rng=np.random.default_rng(5))
    rng, chance = np.random.default_rng(5), []
    for _ in range(40):
        matrix = pd.DataFrame(rng.standard_normal((25, 4))).corr()
        chance.append(sorted(np.linalg.svd(matrix)[1], reverse=True))
    np.testing.assert_allclose(found["by_chance"], np.quantile(chance, 0.9, axis=0))
    np.testing.assert_allclose(found["mean_by_chance"], np.mean(chance, axis=0))
    retained = []
    for component in found.itertuples():
        retained.append(component.eigenvalue > component.by_chance and all(retained))
    assert found["retained"].tolist() == retained
    assert found["rows"].tolist() == [25] * 4


def test_a_component_is_retained_if_it_and_those_before_pass_the_quantile() -> None:
    """Uncorrelated items keep nothing, though their last eigenvalue, 1, is above chance; with equal
    correlations r the first is 1 + 3 r: not retained between mean and quantile, retained above.
    """
    chance = parallel_analysis(with_correlations(np.eye(4)))
    assert not chance["retained"].any()
    assert chance.at[4, "eigenvalue"] > chance.at[4, "by_chance"]
    first = chance.loc[1]
    between = (first["mean_by_chance"] + first["by_chance"]) / 2
    for eigenvalue, kept in ((between, False), (first["by_chance"] + 0.01, True)):
        items = with_correlations(of_one_factor([((eigenvalue - 1) / 3) ** 0.5] * 4))
        found = parallel_analysis(items)
        assert found.at[1, "eigenvalue"] == pytest.approx(eigenvalue)
        assert found["retained"].tolist() == [kept, False, False, False]


def test_two_blocks_keep_two_components() -> None:
    """Three near-copies of one item and three of another are two things."""
    block = np.kron(np.eye(2), np.full((3, 3), 0.9)) + 0.1 * np.eye(6)
    found = parallel_analysis(with_correlations(block), draws=100)
    assert found["retained"].tolist() == [True, True, False, False, False, False]


def test_the_draws_are_the_same_at_every_run() -> None:
    """Without a generator the seed is stated: equal results."""
    items = with_correlations(of_one_factor([0.8, 0.7, 0.6]))
    first, second = (parallel_analysis(items, draws=20) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


# Simulations


def test_unrelated_items_rarely_keep_a_component() -> None:
    """Of 300 tables of unrelated columns about 1 - level keep their first component."""
    level, tables = 0.9, 300
    rng = np.random.default_rng(12)
    kept = [
        parallel_analysis(
            pd.DataFrame(rng.standard_normal((30, 4))), draws=99, level=level, rng=rng
        ).at[1, "retained"]
        for _ in range(tables)
    ]
    three_errors = 3 * (level * (1 - level) / tables) ** 0.5
    assert np.mean(kept) == pytest.approx(1 - level, abs=three_errors)


def test_feldts_interval_covers_the_true_alpha() -> None:
    """Of 1,000 samples of 25 rows and four equally correlated items, about 95% of the intervals
    hold the alpha of the population, and each side misses half of the rest.
    """
    r, k, n, samples = 0.4, 4, 25, 1000
    truth = k * r / (1 + (k - 1) * r)
    root = np.linalg.cholesky(of_one_factor([r**0.5] * k))
    rng = np.random.default_rng(6)
    limits = np.array(
        [
            feldt_interval(cronbach_alpha(pd.DataFrame(draw @ root.T)), n, k)
            for draw in rng.standard_normal((samples, n, k))
        ]
    )
    three_errors = 3 * (0.025 * 0.975 / samples) ** 0.5
    assert np.mean(limits[:, 0] > truth) == pytest.approx(0.025, abs=three_errors)
    assert np.mean(limits[:, 1] < truth) == pytest.approx(0.025, abs=three_errors)


def test_the_standard_error_is_the_spread_of_the_errors() -> None:
    """Scores of known truth and error: the error's standard deviation comes back."""
    rng = np.random.default_rng(3)
    truth, error = rng.normal(3, 0.6, 20_000), 0.3
    scores = pd.Series(truth + rng.normal(0, error, truth.size))
    found = standard_error(scores, 0.6**2 / (0.6**2 + error**2))
    four_errors = 4 * error / (2 * truth.size) ** 0.5
    assert found == pytest.approx(error, abs=four_errors)


# The routes


def test_the_two_routes_of_the_published_table(tables: Tables, scheme: Scheme) -> None:
    """All 140 rows: the internal route gives about 0.14 index points from an alpha of 0.94, the
    year-to-year route about 0.23 from a correlation of 0.84, by numpy alone.
    """
    scores = tables.scores
    routes = error_routes(scores, scheme)
    marks = scores[list(scheme.common.weights)].to_numpy()
    covariance = np.cov(marks.T)
    alpha = 5 / 4 * (1 - np.trace(covariance) / covariance.sum())
    r = np.corrcoef(scores["published_index"], scores["previous_index"])[0, 1]
    spreads = [np.std(scores[c], ddof=1) for c in ("harmonised_index", "published_index")]
    assert routes["reliability"].tolist() == pytest.approx([alpha, r])
    assert routes["standard_error"].tolist() == pytest.approx(
        [spreads[0] * (1 - alpha) ** 0.5, spreads[1] * (1 - r) ** 0.5]
    )
    assert routes["reliability"].round(2).tolist() == [0.94, 0.84]
    assert routes["standard_error"].round(2).tolist() == [0.14, 0.23]
    assert routes["rows"].tolist() == [140, 140]
    assert (routes["reason"] == "").all()
    assert (routes["low"] < routes["reliability"]).all()
    assert (routes["reliability"] < routes["high"]).all()


def test_regions_without_a_last_year_are_counted(tables: Tables, scheme: Scheme) -> None:
    """Ten new regions leave the internal route as it was and are passed over in the other."""
    scores = tables.scores.copy()
    scores.loc[scores.index[:10], "previous_index"] = np.nan
    routes = error_routes(scores, scheme)
    assert routes["rows"].tolist() == [140, 130]
    assert routes["passed_over"].tolist() == [0, 10]
    pd.testing.assert_series_equal(
        routes.loc["internal"], error_routes(tables.scores, scheme).loc["internal"]
    )
    rest = error_routes(scores.iloc[10:], scheme).loc["retest"]
    assert routes.at["retest", "standard_error"] == pytest.approx(rest["standard_error"])


def test_a_route_that_cannot_be_taken_says_why(tables: Tables, scheme: Scheme) -> None:
    """In a first year no region has a last one: no figures for that route, and a reason."""
    route = error_routes(tables.scores.assign(previous_index=np.nan), scheme).loc["retest"]
    assert route["reason"].startswith("0 of 140 rows have a mark for each of the 2 items")
    assert route[["reliability", "low", "high", "standard_error"]].isna().all()
    against = tables.scores.assign(previous_index=4 - tables.scores["published_index"])
    reason = error_routes(against, scheme).at["retest", "reason"]
    assert reason.startswith("Reliability -1; expected a share of variance")
    three = error_routes(tables.scores.head(3), scheme).at["retest", "reason"]
    assert three.startswith("3 pairs; the interval of a correlation needs at least 4")


def test_another_scheme_has_other_dimensions(tables: Tables, scheme: Scheme) -> None:
    """The internal route reads its items from the scheme's common track."""
    weights = {"output": Decimal("0.5"), "impact": Decimal("0.5")}
    track = replace(scheme.common, weights=weights)
    two = replace(scheme, tracks={**scheme.tracks, scheme.common_track: track})
    found = error_routes(tables.scores, two).at["internal", "reliability"]
    assert found == pytest.approx(cronbach_alpha(tables.scores[["output", "impact"]]))


# What is passed over, and what is refused


def test_rows_with_a_missing_value_are_passed_over_and_counted(case) -> None:
    """Each figure is that of the complete rows, and says how many they are."""
    _, items = case
    holes = items.astype("float64")
    holes.iloc[0, 0] = holes.iloc[3, 1] = np.nan
    rest = holes.drop(index=holes.index[[0, 3]])
    assert cronbach_alpha(holes) == cronbach_alpha(rest)
    assert mcdonald_omega(holes) == mcdonald_omega(rest)
    pd.testing.assert_frame_equal(item_rest(holes), item_rest(rest))
    pd.testing.assert_frame_equal(
        parallel_analysis(holes, draws=20), parallel_analysis(rest, draws=20)
    )
    for found in (one_factor(holes), principal_components(holes)):
        assert (found.rows, found.passed_over) == (len(items) - 2, 2)


GOOD = with_correlations(of_one_factor([0.8, 0.7, 0.6]))
REFUSED = [
    (GOOD[["a"]], r"1 item\(s\); expected at least"),
    (GOOD.head(2), "2 of 2 rows have a mark for each of the 3 items"),
    (GOOD.assign(a=np.nan), "0 of 60 rows have a mark"),
    (GOOD.assign(b=3.1), r"do not vary(.|\n)*column b: is the same in all 60 rows"),
]


@pytest.mark.parametrize(("items", "message"), REFUSED)
@pytest.mark.parametrize(
    "estimate",
    [
        cronbach_alpha,
        item_rest,
        mcdonald_omega,
        one_factor,
        parallel_analysis,
        principal_components,
    ],
)
def test_items_without_a_covariance_are_refused(estimate, items, message) -> None:
    """One item, two rows, no complete row, or a constant column: an error that says which."""
    with pytest.raises(DataError, match=message):
        estimate(items)


def test_items_that_determine_each_other_have_no_factor_model() -> None:
    """A sum of two others, or as many items as rows, leaves nothing unique."""
    with pytest.raises(DataError, match="3 items of 60 rows determine each other"):
        one_factor(GOOD.assign(c=GOOD["a"] + GOOD["b"]))
    with pytest.raises(DataError, match="3 items of 3 rows determine each other"):
        one_factor(GOOD.head(3))
    with pytest.raises(DataError, match=r"2 item\(s\); expected at least 3"):
        one_factor(GOOD[["a", "b"]])


def test_others_that_cancel_out_are_refused() -> None:
    """An item whose others have the same mean in every row goes with nothing."""
    items = pd.DataFrame({"a": [1.0, 2, 4, 3], "b": [1.0, 2, 3, 4], "c": [4.0, 3, 2, 1]})
    with pytest.raises(DataError, match="column mean without a"):
        item_rest(items)


def test_a_weighted_sum_needs_all_weights() -> None:
    """The items without one are named."""
    with pytest.raises(SchemeError, match="column c: has no weight"):
        mcdonald_omega(GOOD, {"a": 0.5, "b": 0.5})


@pytest.mark.parametrize("level", [0, 1, 95, -0.5])
def test_a_level_is_a_share(level: float, tables: Tables, scheme: Scheme) -> None:
    """Every interval refuses another number."""
    message = "it lies between 0 and 1"
    with pytest.raises(ParameterError, match=message):
        feldt_interval(0.9, 50, 5, level=level)
    with pytest.raises(ParameterError, match=message):
        fisher_interval(0.9, 50, level=level)
    with pytest.raises(ParameterError, match=message):
        parallel_analysis(GOOD, draws=5, level=level)
    with pytest.raises(ParameterError, match=message):
        error_routes(tables.scores, scheme, level=level)


def test_no_draws_are_refused() -> None:
    """Chance needs at least one table."""
    with pytest.raises(DataError, match="0 draws; expected at least 1"):
        parallel_analysis(GOOD, draws=0)


@pytest.mark.parametrize("reliability", [-0.1, 1.1, float("nan")])
def test_a_reliability_is_a_share(reliability: float) -> None:
    """No standard error follows from another number."""
    with pytest.raises(DataError, match="expected a share of variance, 0 to 1"):
        standard_error(GOOD["a"], reliability)


def test_perfect_correlations_have_intervals_without_width() -> None:
    """At 1 both intervals are the point."""
    assert fisher_interval(1.0, 10) == (1.0, 1.0)
    assert feldt_interval(1.0, 10, 3) == (1.0, 1.0)
