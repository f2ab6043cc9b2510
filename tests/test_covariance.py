"""Robust covariances: R's sandwich and clubSandwich, jackknife, closed forms, refusals."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from scipy import stats
from statsmodels.stats.api import CompareMeans

from smartlib.inference.core.clusters import clusters_of
from smartlib.inference.core.covariance import KINDS, covariance, sandwiches
from smartlib.inference.core.least_squares import LeastSquares, least_squares
from smartlib.inference.core.sandwich import Covariance, infer
from smartlib.vocabulary.errors import DataError, ParameterError

REFERENCE = ROOT / "tests" / "reference"
SAME = 1e-8  # two programs' decompositions: what is asked of estimates and standard errors
SAME_DF = 1e-6  # the same of degrees of freedom, which are ratios of fourth powers
EXACT = 1e-10  # the same arithmetic in another order, on numbers near 1

REGIONS = pd.read_csv(REFERENCE / "covariance.regions.csv", dtype={"region_code": str})
CARS = pd.read_csv(REFERENCE / "covariance.mtcars.csv")
MATRICES = pd.read_csv(REFERENCE / "covariance.matrices.csv").replace("(Intercept)", "intercept")
TESTS = pd.read_csv(REFERENCE / "covariance.tests.csv").replace("(Intercept)", "intercept")
MODELS = {  # model of covariance.R: table, outcome, columns, cluster
    "main": (
        REGIONS,
        "harmonised_index",
        ["own_source_share", "log_population", "kota", "kppn_ikn"],
        "province",
    ),
    "dummies": (
        REGIONS,
        "harmonised_index",
        ["own_source_share", "log_population", "bali", "single"],
        "province",
    ),
    "provinces": (REGIONS, "harmonised_index", ["own_source_share", "log_population"], "province"),
    "weighted": (
        REGIONS,
        "harmonised_index",
        ["own_source_share", "human_development_index"],
        "province",
    ),
    "cars": (CARS, "mpg", ["wt", "hp"], "carb"),
}


def fitted(model: str) -> tuple[LeastSquares, pd.Series]:
    table, outcome, columns, cluster = MODELS[model]
    x = table[columns].assign(intercept=1.0)[["intercept", *columns]]
    if model == "provinces":
        x = x.join(pd.get_dummies(table["province"], dtype=float).iloc[:, 1:])
    weights = table["poverty_rate"] if model == "weighted" else None
    return least_squares(x, table[outcome], x.columns, weights=weights), table[cluster]


def found(model: str, kind: str) -> Covariance:
    fit, cluster = fitted(model)
    return covariance(fit, kind, cluster if KINDS[kind].clustered else None)


@pytest.mark.parametrize(
    ("model", "kind"), MATRICES[["model", "kind"]].drop_duplicates().to_numpy().tolist()
)
def test_covariances_are_those_of_r(model: str, kind: str) -> None:
    """Every entry of every matrix is that of sandwich or clubSandwich, in units of the two
    standard errors: for rows and provinces, 12 of one region; dummies that one province alone
    decides; all provinces' dummies; weights; R's own cars by number of carburettors.
    """
    result = found(model, kind)
    stored = MATRICES.query("model == @model and kind == @kind")
    r = stored.pivot(index="row", columns="column", values="value")
    places = [result.fit.names.index(name) for name in r.index]
    errors = np.sqrt(np.diag(r))
    difference = (result.matrix[np.ix_(places, places)] - r.to_numpy()) / np.outer(errors, errors)
    assert np.abs(difference).max() < SAME


@pytest.mark.parametrize(
    ("model", "kind"), TESTS[["model", "kind"]].drop_duplicates().to_numpy().tolist()
)
def test_estimates_errors_and_degrees_of_freedom_are_those_of_r(model: str, kind: str) -> None:
    """Coefficients, standard errors, Satterthwaite's degrees of freedom: coef_test's."""
    result = found(model, kind)
    df = dict(zip(result.fit.names, result.satterthwaite(), strict=True))
    inferred = {item.name: item for item in infer(result)}
    for row in TESTS.query("model == @model and kind == @kind").itertuples():
        item = inferred[row.coefficient]
        assert item.estimate == pytest.approx(row.estimate, rel=SAME)
        assert item.standard_error == pytest.approx(row.standard_error, rel=SAME)
        assert df[row.coefficient] == pytest.approx(row.df, rel=SAME_DF)


def test_hc2_of_two_means_is_welch() -> None:
    """With one 0/1 column the t statistic of hc2 is Welch's; his degrees of freedom weigh the
    groups by their variances, Bell and McCaffrey's by their sizes alone.
    """
    rng = np.random.default_rng(7)
    groups = [rng.normal(2, 1, 12), rng.normal(3, 2, 15)]
    x = np.column_stack([np.ones(27), np.repeat([0, 1], [12, 15])])
    fit = least_squares(x, np.concatenate(groups), ["intercept", "kota"])
    item = infer(covariance(fit, "hc2bm"))[1]
    welch = CompareMeans.from_data(groups[1], groups[0]).ttest_ind(usevar="unequal")
    assert item.statistic == pytest.approx(welch[0], rel=EXACT)
    a, b = 1 / 12, 1 / 15
    assert item.degrees_of_freedom == pytest.approx((a + b) ** 2 / (a**2 / 11 + b**2 / 14))


@pytest.mark.parametrize(
    ("kind", "model"),
    [("hc3", "main"), ("hc3", "cars"), *(("cr3", model) for model in MODELS)],
)
def test_third_kind_is_the_jackknife(kind: str, model: str) -> None:
    """hc3 and cr3 add up squares of what a fit without each cluster moves, also where a cluster
    alone decides dummies, for the coefficients that it does not decide.
    """
    result = found(model, kind)
    fit = result.fit
    kept = [i for i, name in enumerate(fit.names) if name not in result.alone]
    total = np.zeros((len(kept), len(kept)))
    for rows in result.clusters.rows:
        without = np.delete(fit.x, rows, axis=0), np.delete(fit.y, rows)
        moved = (fit.beta - np.linalg.lstsq(*without, rcond=None)[0])[kept]
        total += np.outer(moved, moved)
    size = np.sqrt(np.diag(total))
    difference = (result.matrix[np.ix_(kept, kept)] - total) / np.outer(size, size)
    assert np.abs(difference).max() < SAME


def dense_adjustment(hat: np.ndarray, power: float) -> np.ndarray:
    values, vectors = np.linalg.eigh(np.eye(len(hat)) - hat)
    return vectors @ np.diag(values**-power) @ vectors.T


@pytest.mark.parametrize("kind", ["cr1", "cr2", "cr3"])
def test_satterthwaite_is_the_ratio_of_moments_written_out(kind: str) -> None:
    """Mean and variance of the variance estimate as a quadratic form of independent normal
    errors, with full matrices: for a contrast of two coefficients as for one.
    """
    fit, labels = fitted("main")
    result = covariance(fit, kind, labels)
    hat = fit.x @ fit.bread @ fit.x.T
    for contrast in ([0, 1, 0, 0, 0], [0, 0, 0, 1, -2]):
        form = np.zeros_like(hat)
        for rows in result.clusters.rows:
            adjust = dense_adjustment(hat[np.ix_(rows, rows)], KINDS[kind].power)
            score = (np.eye(len(hat)) - hat)[:, rows] @ adjust @ fit.x[rows] @ fit.bread @ contrast
            form += np.outer(score, score)
        moments = np.trace(form) ** 2 / np.trace(form @ form)
        assert result.satterthwaite(contrast)[0] == pytest.approx(moments, rel=SAME_DF)


@pytest.mark.parametrize("kind", ["hc2", "cr2"])
def test_second_kind_is_unbiased_under_the_working_model(kind: str) -> None:
    """With independent errors of variance 1 the mean of the estimate is (X'X)^-1 exactly: summed
    over errors that are the columns of a square orthonormal matrix.
    """
    fit, labels = fitted("cars")
    total = np.zeros_like(fit.bread)
    for error in np.eye(len(fit.y)):
        drawn = least_squares(fit.x, error, fit.names)
        total += covariance(drawn, kind, labels if kind == "cr2" else None).matrix
    np.testing.assert_allclose(total, fit.bread, rtol=SAME)


@pytest.mark.parametrize(("rows", "clusters"), [("hc1", "cr1"), ("hc2", "cr2"), ("hc3", "cr3")])
def test_clusters_of_one_row_are_rows(rows: str, clusters: str) -> None:
    """With each row a cluster, the two families are one."""
    fit, _ = fitted("main")
    one, other = covariance(fit, rows), covariance(fit, clusters, fit.rows)
    np.testing.assert_allclose(one.matrix, other.matrix, rtol=SAME)
    np.testing.assert_allclose(one.satterthwaite(), other.satterthwaite(), rtol=SAME_DF)


@pytest.mark.parametrize("kind", sandwiches())
def test_order_of_rows_and_units_do_not_matter(kind: str) -> None:
    """Rows shuffled, and a column in another unit, leave t statistics and degrees of freedom."""
    fit, labels = fitted("main")
    order = np.random.default_rng(1).permutation(len(fit.y))
    other = least_squares((fit.x * [1, 100, 1, 1, 1])[order], fit.y[order], fit.names)
    results = []
    for one, names in ((fit, labels), (other, labels.iloc[order])):
        results.append(infer(covariance(one, kind, names if KINDS[kind].clustered else None)))
    for first, second in zip(*results, strict=True):
        assert first.statistic == pytest.approx(second.statistic, rel=SAME)
        assert first.degrees_of_freedom == pytest.approx(second.degrees_of_freedom, rel=SAME_DF)


def test_fixed_degrees_of_freedom() -> None:
    """n - k for independent rows, G - 1 for cr1 and cr3, of 140 regions in 29 provinces."""
    expected = {"hc1": 135, "hc2": 135, "hc3": 135, "cr1": 28, "cr3": 28}
    for kind, df in expected.items():
        assert found("main", kind).degrees_of_freedom().tolist() == [df] * 5


def test_coefficients_that_one_cluster_decides_are_named() -> None:
    """Dummies of one province are; with all provinces' dummies so is the intercept, and the
    slopes are not.
    """
    assert found("main", "cr2").alone == {}
    assert found("dummies", "cr2").alone == {"bali": "Bali", "single": "Aceh"}
    result = found("provinces", "cr2")
    assert set(result.fit.names) - set(result.alone) == {"own_source_share", "log_population"}


def test_inference_is_student_s() -> None:
    """Interval and p-value agree with Student's t, and with the normal at infinite degrees."""
    result = found("main", "hc3")
    for df, reference in ((None, stats.t(135)), (math.inf, stats.norm())):
        for item in infer(result, level=0.9, degrees_of_freedom=df):
            half = reference.ppf(0.95) * item.standard_error
            assert item.low == pytest.approx(item.estimate - half, rel=EXACT)
            assert item.high == pytest.approx(item.estimate + half, rel=EXACT)
            assert item.p_value == pytest.approx(2 * reference.cdf(-abs(item.statistic)), rel=EXACT)


def test_a_combination_has_its_own_error() -> None:
    """A difference of coefficients has the error that it has as a coefficient of another design."""
    fit, labels = fitted("main")
    mixed = fit.x.copy()
    mixed[:, 4] += mixed[:, 3]  # kota's coefficient becomes kota - kppn_ikn
    other = least_squares(mixed, fit.y, fit.names)
    (item,) = infer(covariance(fit, "cr2", labels), {"difference": [0, 0, 0, 1, -1]})
    same = infer(covariance(other, "cr2", labels))[3]
    assert item.name == "difference"
    assert item.estimate == pytest.approx(same.estimate, rel=SAME)
    assert item.standard_error == pytest.approx(same.standard_error, rel=SAME)
    assert item.degrees_of_freedom == pytest.approx(same.degrees_of_freedom, rel=SAME_DF)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """In a seeded simulation with 12 unequal clusters, correlated and unequal errors and a column
    that varies between clusters only, 95% intervals of cr2 cover within 2.5 points (2.5 standard
    errors of 500 samples); the t distribution of hc3 covers under 85%.
    """
    rng = np.random.default_rng(20241125)
    labels = np.repeat(np.arange(12), [2, 2, 2, 3, 3, 4, 4, 6, 8, 12, 20, 30])
    between = rng.normal(size=12)[labels]
    x = np.column_stack([np.ones(len(labels)), between])
    held = {"cr2": 0, "hc3": 0}
    for _ in range(500):
        y = rng.normal(size=12)[labels] + rng.normal(size=len(labels))
        fit = least_squares(x, y, ["intercept", "between"])
        for kind in held:
            item = infer(covariance(fit, kind, labels if kind == "cr2" else None))[1]
            held[kind] += item.low < 0 < item.high
    assert held["cr2"] / 500 == pytest.approx(0.95, abs=0.025)
    assert held["hc3"] / 500 < 0.85


def test_labels_make_clusters_in_their_own_order() -> None:
    """Clusters are sorted by label; sums and rows follow."""
    fit = least_squares([[1.0], [1.0], [1.0], [1.0]], [1, 2, 3, 5], ["intercept"])
    clusters = clusters_of(["b", "a", "b", "c"], fit.rows)
    assert clusters.labels == ("a", "b", "c")
    assert [rows.tolist() for rows in clusters.rows] == [[1], [0, 2], [3]]
    assert clusters.sum(fit.y).tolist() == [2, 4, 5]


@pytest.mark.parametrize(
    ("kind", "clusters", "error", "message"),
    [
        ("hc4", None, ParameterError, "No errors are called 'hc4'; there are cr2, hc2bm, hc3"),
        ("wild", None, ParameterError, "wild judges each coefficient by itself"),
        ("cr2", None, ParameterError, "cr2 needs clusters"),
        ("hc3", lambda labels: labels, ParameterError, "hc3 takes rows as independent"),
        ("cr2", lambda labels: labels[:-1], DataError, "139 cluster labels for 140 rows"),
        ("cr2", lambda labels: labels.mask(labels == "Bali"), DataError, "No cluster for row 1"),
        ("cr2", lambda labels: ["one"] * 140, DataError, "All rows are in the cluster one"),
    ],
)
def test_what_cannot_be_estimated_says_why(kind: str, clusters, error, message: str) -> None:
    """Wrong kinds, missing labels and a single cluster are refused by name."""
    fit, labels = fitted("main")
    with pytest.raises(error, match=message):
        covariance(fit, kind, clusters and clusters(labels))


@pytest.mark.parametrize("kind", ["hc2", "hc3", "hc2bm"])
def test_a_row_that_alone_decides_is_refused(kind: str) -> None:
    """Leverage one has no hc2 or hc3, and the row is named; hc1 needs no such division."""
    fit, _ = fitted("dummies")
    with pytest.raises(DataError, match="Row 0 alone decides a coefficient"):
        covariance(fit, kind)
    assert covariance(fit, "hc1").standard_errors.shape == (5,)


def test_inference_refuses_what_it_cannot_say() -> None:
    """Levels, degrees and combinations out of range; means of clusters within clusters."""
    result = found("main", "cr2")
    with pytest.raises(ParameterError, match="A level of 95; it lies between 0 and 1"):
        infer(result, level=95)
    with pytest.raises(ParameterError, match="0 degrees of freedom"):
        infer(result, degrees_of_freedom=0)
    with pytest.raises(ParameterError, match="A combination of 2 coefficients; the fit has 5"):
        infer(result, {"short": [1, 0]})
    means = least_squares(np.kron(np.eye(2), np.ones((3, 1))), [1, 2, 4, 2, 3, 7], ["a", "b"])
    with pytest.raises(DataError, match="No standard error for a, b"):
        infer(covariance(means, "cr2", [0, 0, 0, 1, 1, 1]))
