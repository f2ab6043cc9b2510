"""Least squares with HC3 errors: formula, closed form, refusals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from smartlib.inference.core.fits import fit_ols
from smartlib.vocabulary.errors import DataError

EXACT = 1e-9  # the same arithmetic in another order


@pytest.fixture
def frame() -> pd.DataFrame:
    rng = np.random.default_rng(20241125)
    x, z = rng.normal(size=80), rng.normal(size=80)
    y = 2 + 0.5 * x - 0.2 * z + rng.normal(size=80) * (1 + np.abs(x))
    return pd.DataFrame({"y": y, "x": x, "z": z})


def test_hc3_is_the_sandwich_of_mackinnon_and_white(frame: pd.DataFrame) -> None:
    """Estimates, errors and intervals equal the matrix formula written out."""
    fit = fit_ols(frame, "y", ["x", "z"])
    design = np.column_stack([np.ones(len(frame)), frame["x"], frame["z"]])
    bread = np.linalg.inv(design.T @ design)
    beta = bread @ design.T @ frame["y"].to_numpy()
    residual = frame["y"].to_numpy() - design @ beta
    leverage = np.einsum("ij,jk,ik->i", design, bread, design)
    meat = design.T @ (design * ((residual / (1 - leverage)) ** 2)[:, None])
    errors = np.sqrt(np.diag(bread @ meat @ bread))
    width = stats.t.ppf(0.975, len(frame) - 3) * errors
    for number, coefficient in enumerate(fit.coefficients):
        assert coefficient.estimate == pytest.approx(beta[number], abs=EXACT)
        assert coefficient.standard_error == pytest.approx(errors[number], abs=EXACT)
        assert coefficient.low == pytest.approx(beta[number] - width[number], abs=EXACT)
        assert coefficient.high == pytest.approx(beta[number] + width[number], abs=EXACT)


def test_hc3_of_two_group_means_has_its_closed_form() -> None:
    """With one 0/1 factor the variance is the sum of group terms sum(e^2) / (n - 1)^2."""
    rng = np.random.default_rng(7)
    groups = [rng.normal(2, 1, 12), rng.normal(3, 2, 15)]
    data = pd.DataFrame({"y": np.concatenate(groups), "kota": [0] * 12 + [1] * 15})
    found = fit_ols(data, "y", ["kota"])["kota"]
    variance = sum(((g - g.mean()) ** 2).sum() / (len(g) - 1) ** 2 for g in groups)
    assert found.estimate == pytest.approx(groups[1].mean() - groups[0].mean(), abs=EXACT)
    assert found.standard_error == pytest.approx(np.sqrt(variance), abs=EXACT)


def test_coefficients_come_intercept_first_then_in_the_given_order(frame: pd.DataFrame) -> None:
    """The order is the caller's, so that tables can rely on it."""
    fit = fit_ols(frame, "y", ["z", "x"])
    assert [c.name for c in fit.coefficients] == ["intercept", "z", "x"]


def test_rows_with_missing_values_are_named(frame: pd.DataFrame) -> None:
    """A row that cannot be used is in the record with the columns it lacks."""
    frame.loc[3, "x"] = np.nan
    frame.loc[5, ["y", "z"]] = np.nan
    fit = fit_ols(frame, "y", ["x", "z"])
    assert fit.dropped == {"3": "x", "5": "y, z"}
    assert fit.observations == len(frame) - 2


@pytest.mark.parametrize(
    ("change", "factors", "message"),
    [
        ({}, ["x", "w"], "No column w; columns at hand: y, x, z"),
        ({"w": 1.0}, ["x", "w"], "w is the same in every row"),
        ({"w": "double"}, ["x", "w"], "determine each other"),
        ({"rows": 25}, ["x", "z"], "25 complete rows for 3 coefficients; at least 30"),
    ],
)
def test_designs_that_say_nothing_are_refused(
    frame: pd.DataFrame, change: dict, factors: list[str], message: str
) -> None:
    """Missing, constant and collinear columns and too few rows each say what to do."""
    frame = frame.head(change.pop("rows", len(frame)))
    for name, value in change.items():
        frame = frame.assign(**{name: 2 * frame["x"] if value == "double" else value})
    with pytest.raises(DataError, match=message):
        fit_ols(frame, "y", factors)


@pytest.mark.parametrize(
    ("columns", "factors", "message"),
    [
        ({"w": [1.0] + [0.0] * 79}, ["x", "w"], "Row 0 alone decides a coefficient"),
        ({"w": ["a"] * 80}, ["x", "w"], r"Text or infinite values.*w \(80 rows\)"),
        ({"w": [np.inf] + [0.0] * 79}, ["x", "w"], r"w \(1 rows\)"),
        ({}, ["x", "x"], "Each column can be named once"),
        ({}, ["x", "y"], "Each column can be named once"),
    ],
)
def test_columns_that_cannot_be_fitted_are_named(
    frame: pd.DataFrame, columns: dict, factors: list[str], message: str
) -> None:
    """A row with leverage one, text, infinity and repeats never reach the estimator."""
    with pytest.raises(DataError, match=message):
        fit_ols(frame.assign(**columns), "y", factors)


def test_real_rows_fit_without_a_gap_in_2022(tables, evaluation) -> None:
    """2022 has figures for all 140 rows; 2023 lacks Mimika, and the record names it."""
    from smartlib.inference import factor_table

    scores = tables.scores.set_index("region_code")
    missing = {}
    for year in (2022, 2023):
        frame = scores.join(factor_table(tables.factors, year, 2024).values)
        missing[year] = fit_ols(frame, "published_index", ["own_source_share"]).dropped
    mimika = evaluation.register.resolve("Kab. Mimika")
    assert missing == {2022: {}, 2023: {mimika: "own_source_share"}}
