"""Fractional logit: R's glm and sandwich, statsmodels' margins, refusals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from scipy import stats

from smartlib.inference.core.fractional import FractionalLogit, fit_logit, fractional_logit
from smartlib.inference.core.models import fit
from smartlib.vocabulary.errors import DataError, ParameterError

REFERENCE = ROOT / "tests" / "reference"
SAME = 1e-8  # two programs' iterations, each run until nothing moves
DIFFERENCED = 1e-7  # R's derivatives are differences

REGIONS = pd.read_csv(REFERENCE / "covariance.regions.csv", dtype={"region_code": str}).set_index(
    "region_code"
)
R = pd.read_csv(REFERENCE / "fractional.csv").replace("(Intercept)", "intercept")
FORMULA = "harmonised_index ~ own_source_share + log_population + kota"


@pytest.fixture(scope="module")
def fitted() -> FractionalLogit:
    return fractional_logit(FORMULA, REGIONS, highest=4)


@pytest.mark.parametrize(
    ("what", "tolerance"), [("coefficient", SAME), ("average_marginal", DIFFERENCED)]
)
def test_fractional_logit_is_that_of_r(fitted, what: str, tolerance: float) -> None:
    """Coefficients, marginal associations and clustered errors equal those of glm and sandwich."""
    records = fitted.coefficients if what == "coefficient" else fitted.average_marginal
    expected = R[R["what"] == what]
    assert [c.name for c in records] == expected["name"].tolist()
    assert [c.estimate for c in records] == pytest.approx(expected["estimate"], abs=SAME)
    errors = [c.standard_error for c in records]
    assert errors == pytest.approx(expected["standard_error"], abs=tolerance)


def test_a_logit_of_zero_and_one_is_that_of_r() -> None:
    """Average marginal associations of glm's binomial fit, errors by the delta method."""
    found = fit_logit("kppn_ikn ~ own_source_share + log_population + kota", REGIONS)
    stored = pd.read_csv(REFERENCE / "groups.csv").query("model == 'margin'").set_index("name")
    own = found.to_frame().loc[stored.index]
    for ours, theirs in (("estimate", "estimate"), ("standard_error", "error")):
        assert own[ours].tolist() == pytest.approx(stored[theirs].tolist(), rel=1e-5)


def test_intervals_use_t_with_clusters_less_one(fitted) -> None:
    """Ends lie t(G - 1) errors from the estimate, and the p-value is that of the statistic."""
    assert (fitted.n, fitted.clusters) == (140, REGIONS["province"].nunique())
    for c in (*fitted.coefficients, *fitted.average_marginal):
        half = stats.t.ppf(0.975, fitted.clusters - 1) * c.standard_error
        assert (c.low, c.high) == pytest.approx((c.estimate - half, c.estimate + half))
        t = abs(c.estimate / c.standard_error)
        assert c.p_value == pytest.approx(2 * stats.t.sf(t, fitted.clusters - 1))


def test_near_the_middle_it_agrees_with_least_squares() -> None:
    """Where the outcome hardly varies the logistic curve is a line, and slopes are the same."""
    squeezed = REGIONS.assign(y=2 + 0.001 * REGIONS["harmonised_index"])
    line = fit("y ~ own_source_share + log_population + kota", squeezed)
    curve = fractional_logit("y ~ own_source_share + log_population + kota", squeezed, highest=4)
    bend = 1e-3  # relative: the curve's own bend over so short a piece
    for c in curve.average_marginal:
        assert c.estimate == pytest.approx(line[c.name].estimate, rel=bend)


def test_a_change_of_scale_changes_only_units(fitted) -> None:
    """In percent of the scale, marginal associations are 25 times those in index points."""
    percent = REGIONS.assign(harmonised_index=25 * REGIONS["harmonised_index"])
    scaled = fractional_logit(FORMULA, percent, highest=100)
    for a, b in zip(fitted.average_marginal, scaled.average_marginal, strict=True):
        assert b.estimate == pytest.approx(25 * a.estimate, rel=SAME)
        assert b.standard_error == pytest.approx(25 * a.standard_error, rel=SAME)


def test_a_category_is_compared_with_its_reference() -> None:
    """With one categorical term, marginal associations are differences of group means."""
    groups = np.array(["a", "b", "c"])[np.arange(len(REGIONS)) % 3]
    frame = REGIONS.assign(group=groups)
    found = fractional_logit("harmonised_index ~ group", frame, highest=4).average_marginal
    means = frame.groupby("group")["harmonised_index"].mean()
    assert [c.name for c in found] == ["group[T.b]", "group[T.c]"]
    assert [c.estimate for c in found] == pytest.approx(
        [means["b"] - means["a"], means["c"] - means["a"]], abs=SAME
    )


def test_a_variable_in_two_terms_has_no_marginal_of_one() -> None:
    """x and its square do not move alone, so neither is listed; others are."""
    text = "harmonised_index ~ log_population + I(log_population**2) + kota"
    found = fractional_logit(text, REGIONS, highest=4)
    assert [c.name for c in found.average_marginal] == ["kota"]
    assert len(found.coefficients) == 4


def test_an_outcome_outside_its_bounds_names_the_rows() -> None:
    """The message has the bounds and the rows."""
    outside = REGIONS.assign(y=np.where(REGIONS.index == "51.03", 4.2, 3.0 + REGIONS["kota"] / 9))
    with pytest.raises(DataError, match=r"y lies outside 0 to 4 in row 51\.03"):
        fractional_logit("y ~ own_source_share", outside, highest=4)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"level": 1.0}, "A level of 1.0"), ({"cluster": "island"}, "No column 'island'")],
)
def test_options_that_cannot_be_are_refused(options: dict, message: str) -> None:
    """A level outside (0, 1) and an unknown cluster column are named."""
    with pytest.raises(ParameterError, match=message):
        fractional_logit(FORMULA, REGIONS, highest=4, **options)
