"""Measurement models against lavaan and psych (tests/reference/measurement.R)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from smartlib.data.processed import Tables
from smartlib.index.trust.measurement import MODELS, mardia_kurtosis, measurement_models
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme

LIKELIHOOD = 1e-5  # two searches for one maximum
CLOSED_FORM = 1e-8
TABLE = Path(__file__).parent / "reference" / "measurement.csv"


@pytest.fixture(scope="module")
def from_r() -> pd.Series:
    keys = ["rows", "scale", "model", "statistic"]
    return pd.read_csv(TABLE, keep_default_na=False).set_index(keys)["value"].sort_index()


def marks_of(tables: Tables, scheme: Scheme, rows: str, scale: str) -> pd.DataFrame:
    scores = tables.scores
    kept = scores[(scores["track"] == rows) | (rows == "all")]
    marks = kept[list(scheme.common.weights)]
    return marks if scale == "raw" else (marks - marks.mean()) / marks.std()


@pytest.mark.parametrize("rows", ["all", "regular", "kppn_ikn"])
@pytest.mark.parametrize("scale", ["raw", "standardised"])
def test_fits_are_those_of_lavaan(tables, scheme, from_r, rows: str, scale: str) -> None:
    """Likelihood ratio, Satorra and Bentler's scaling and their p-values for each model. lavaan's
    normal likelihood has the factor n where Wishart's, ours, has n - 1.
    """
    for found in measurement_models(marks_of(tables, scheme, rows, scale), draws=9):
        wanted = from_r[rows, scale, found.model]
        factor = (found.rows - 1) / found.rows
        assert found.statistic == pytest.approx(factor * wanted["chi_squared"], rel=LIKELIHOOD)
        assert found.scaled == pytest.approx(factor * wanted["scaled"], rel=LIKELIHOOD)
        assert found.degrees == wanted["df"]
        if rows == "all":
            for name, value in found.loadings.items():
                assert value == pytest.approx(wanted[f"loading_{name}"], rel=LIKELIHOOD)
                assert found.errors[name] == pytest.approx(wanted[f"error_{name}"], rel=LIKELIHOOD)


def test_the_dimensions_do_not_measure_one_thing_equally_well(tables, scheme, from_r) -> None:
    """Chi-squared 7.65 on 5, 70.8 on 9, 133.7 on 13; Bollen and Stine 0.24 and 0.002."""
    marks = marks_of(tables, scheme, "all", "raw")
    found = {model.model: model for model in measurement_models(marks)}
    told = {name: (round(m.statistic, 2), m.degrees) for name, m in found.items()}
    assert told == {
        "congeneric": (7.65, 5), "equal_loadings": (70.79, 9), "equal_both": (133.7, 13)
    }  # fmt: skip
    monte_carlo = 3 * (0.25 * 0.75 * (1 / 499 + 1 / 499)) ** 0.5  # of ours and of lavaan's draws
    theirs = from_r["all", "raw", "congeneric", "bollen_stine_p"]
    assert found["congeneric"].bootstrap_p == pytest.approx(theirs, abs=monte_carlo)
    assert found["equal_loadings"].bootstrap_p == pytest.approx(1 / 500)


def test_the_error_hardly_moves(tables, scheme) -> None:
    """Of the index, by the weights: 0.132 with loadings free, 0.139 with equal ones."""
    weights = np.array([float(w) for w in scheme.common.weights.values()])
    models = measurement_models(marks_of(tables, scheme, "all", "raw"), draws=9)
    errors = {m.model: round(float((weights**2 @ m.errors) ** 0.5), 3) for m in models}
    assert errors["congeneric"] == 0.132
    assert errors["equal_loadings"] == 0.138  # 0.139 with covariances over n - 1


def test_mardias_kurtosis_is_that_of_psych(tables, scheme, from_r) -> None:
    """4.34 with covariances over n, as Mardia has them; psych divides by n - 1."""
    marks = marks_of(tables, scheme, "all", "raw")
    found, n, k = mardia_kurtosis(marks), len(marks), marks.shape[1]
    unit = (8 * k * (k + 2) / n) ** 0.5
    over = ((found * unit + k * (k + 2)) * ((n - 1) / n) ** 2 - k * (k + 2)) / unit
    assert over == pytest.approx(from_r["all", "raw", "", "mardia"], rel=CLOSED_FORM)
    assert round(found, 1) == 4.3


def test_items_made_to_fit_are_not_rejected_too_often() -> None:
    """Of 40 tables made by equal loadings with unequal errors, about one in twenty is rejected."""
    rng, rejected = np.random.default_rng(7), 0
    for _ in range(40):
        factor = rng.normal(size=(200, 1))
        items = pd.DataFrame(factor + rng.normal(size=(200, 5)) * [0.3, 0.5, 0.7, 0.4, 0.6])
        equal = {m.model: m for m in measurement_models(items, draws=9)}["equal_loadings"]
        rejected += equal.p_value < 0.05
    assert rejected <= 7  # 2 expected; 8 or more has a chance below 0.001


def test_models_need_items_and_rows() -> None:
    """Three items fit any congeneric model; sums of each other have no inverse."""
    rng = np.random.default_rng(1)
    three = pd.DataFrame(rng.normal(size=(30, 3)), columns=list("abc"))
    with pytest.raises(DataError, match="expected at least 4"):
        measurement_models(three)
    with pytest.raises(DataError, match="determine each other"):
        measurement_models(three.assign(d=three["a"] + three["b"]))
    assert len(MODELS) == 3
