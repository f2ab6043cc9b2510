"""What a formula and a condition may say: rows, absorbed levels, weights, polynomials."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from smartlib.inference.core.models import fit
from smartlib.inference.terms import near_names, poly, rows_where, singletons
from smartlib.vocabulary.errors import DataError, ParameterError

REFERENCE = ROOT / "tests" / "reference"
BY_R = 1e-8  # two programs' decompositions
FORMULA = "harmonised_index ~ own_source_share + log_population + kota"


@pytest.fixture(scope="module")
def regions() -> pd.DataFrame:
    frame = pd.read_csv(REFERENCE / "covariance.regions.csv", dtype={"region_code": "str"})
    return frame.assign(letter=frame["region_code"].str[3:5]).set_index("region_code")


@pytest.mark.parametrize(
    ("model", "options"),
    [
        ("dummies", {}),
        ("within", {}),
        ("crossed", {"cluster": "letter"}),
        ("weighted", {"weights": "poverty_rate"}),
    ],
)
def test_absorbed_levels_have_the_errors_of_dummies_in_r(
    regions: pd.DataFrame, model: str, options: dict[str, str]
) -> None:
    """clubSandwich's CR2 and degrees of freedom, with dummies, demeaned, crossed and weighted."""
    found = fit(f"{FORMULA} | province", regions, **options).to_frame()
    theirs = pd.read_csv(REFERENCE / "absorbed.csv").set_index(["model", "name"]).loc[model]
    ours = found.rename(columns={"degrees_of_freedom": "df", "p_value": "p"})[list(theirs)]
    assert list(ours.index) == list(theirs.index)
    np.testing.assert_allclose(ours.to_numpy(), theirs.to_numpy(), rtol=BY_R)


def test_a_row_alone_in_its_level_is_left_out_and_named(regions: pd.DataFrame) -> None:
    """Twelve provinces have one row; a row that goes may leave another alone."""
    found = fit(f"{FORMULA} | province", regions)
    single = regions["province"].map(regions["province"].value_counts()) == 1
    assert found.singletons == tuple(regions.index[single])
    assert (found.n, len(found.singletons)) == (128, 12)
    chain = pd.DataFrame({"a": list("xxyyz"), "b": list("pqqrr")})
    assert singletons(chain, ["a", "b"]).all()
    assert not singletons(chain.iloc[:4], ["a"]).any()


def test_goodness_is_that_of_dummies(regions: pd.DataFrame) -> None:
    """R squared and its adjustment by statsmodels with dummies, weighted and not; F by nesting."""
    rows = regions[regions.groupby("province")["kota"].transform("size") > 1]
    for weights in ("", "poverty_rate"):
        ours = fit(f"{FORMULA} | province", regions, weights=weights).goodness
        weight = rows[weights] if weights else np.ones(len(rows))
        theirs = smf.wls(f"{FORMULA} + C(province)", rows, weights=weight).fit()
        nested = smf.wls("harmonised_index ~ C(province)", rows, weights=weight).fit()
        f, p, _ = theirs.compare_f_test(nested)
        expected = (theirs.rsquared, theirs.rsquared_adj, f, p)
        found = (ours.r_squared, ours.adjusted_r_squared, ours.f, ours.f_p_value)
        assert found == pytest.approx(expected, rel=1e-8)
        assert ours.within_r_squared == pytest.approx(1 - theirs.ssr / nested.ssr, rel=1e-8)


def test_standardised_coefficients_are_those_of_standardised_columns(regions: pd.DataFrame) -> None:
    """As SPSS prints Beta: the fit of z-scores on z-scores; standardize() gives the same."""
    names = ["own_source_share", "log_population", "kota"]
    z = regions[["harmonised_index", *names]].apply(lambda c: (c - c.mean()) / c.std())
    theirs = smf.ols(FORMULA, z).fit().params[names]
    ours = fit(FORMULA, regions).to_frame()["standardised"]
    assert ours[names].tolist() == pytest.approx(theirs.tolist(), rel=1e-9)
    assert np.isnan(ours["intercept"])
    right = " + ".join(f"standardize({name})" for name in names)
    again = fit(f"standardize(harmonised_index) ~ {right}", regions).params
    assert again.iloc[1:].tolist() == pytest.approx(theirs.tolist(), rel=1e-9)


def test_polynomials_fit_as_powers_do(regions: pd.DataFrame) -> None:
    """The same fitted values; orthonormal columns, numbered from 1; np.log is log."""
    ours = fit("harmonised_index ~ poly(own_source_share, 3) + np.log(poverty_rate)", regions)
    power = "own_source_share + I(own_source_share**2) + I(own_source_share**3)"
    theirs = smf.ols(f"harmonised_index ~ {power} + np.log(poverty_rate)", regions).fit()
    np.testing.assert_allclose(ours.least_squares.residuals, theirs.resid, atol=1e-9)
    names = [f"poly(own_source_share, 3)[{n}]" for n in (1, 2, 3)]
    assert list(ours.params.index) == ["intercept", *names, "log(poverty_rate)"]
    basis = poly(regions["own_source_share"], 3)
    np.testing.assert_allclose(basis.T @ basis, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(basis.sum(axis=0), 0, atol=1e-12)


def test_conditions_choose_the_rows_that_pandas_chooses(regions: pd.DataFrame) -> None:
    """Comparisons, chains, lists, arithmetic, and, or, not."""
    for condition, query in {
        "kota == 0 and province != 'Aceh'": None,
        "kota == 0 and (poverty_rate > 10 or not kppn_ikn == 1)": None,
        "5 < poverty_rate <= 10": None,
        "province in ('Aceh', 'Sumatera Utara')": None,
        "province not in ['Aceh'] and log_population * 2 - 1 >= 24": None,
        "-poverty_rate < -8": None,
    }.items():
        expected = regions.eval(query or condition)
        ours, lacking = rows_where(condition, regions)
        assert ours.tolist() == expected.tolist(), condition
        assert 0 < ours.sum() < len(regions)
        assert lacking == {}
    kept = fit(FORMULA, regions, where="kota == 0 or province == 'Aceh'")
    assert kept.n + kept.excluded == 140
    assert kept.params.tolist() == pytest.approx(
        smf.ols(FORMULA, regions.query("kota == 0 or province == 'Aceh'")).fit().params.tolist()
    )


def test_a_row_that_lacks_what_a_condition_names_is_told(regions: pd.DataFrame) -> None:
    """Neither a condition nor its contrary holds of it; it is among the rows left out by name."""
    gaps = regions.copy()
    gaps.loc["12.02", "poverty_rate"] = np.nan
    for condition in ("poverty_rate > 8", "not poverty_rate > 8"):
        rows, lacking = rows_where(condition, gaps)
        assert not rows[gaps.index.get_loc("12.02")]
        assert lacking == {"12.02": "poverty_rate"}
    both = [rows_where(c, gaps)[0].sum() for c in ("poverty_rate > 8", "not poverty_rate > 8")]
    assert sum(both) == 139
    assert fit(FORMULA, gaps, where="poverty_rate > 0").dropped == {"12.02": "poverty_rate"}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("kota = 0", "Two equals signs compare"),
        ("province == 'aceh'", r"no row has 'aceh' as province; nearest: Aceh"),
        ("kota == 'a'", "compares numbers with text"),
        ("province == 11", "compares numbers with text"),
        ("kotta == 1", r"no column \(nearest: kota"),
        ("kota", "no condition on rows"),
        ("not kota", "true or false of no row"),
        ("kota == 0 and kota == 1", "No row of 140 fulfils"),
        ("1 == 1", "compares no column"),
        ("province + 1 == 2", "is text; arithmetic needs numbers"),
        ("kota in 1", "'in' needs values in brackets"),
        ("kota is None", "holds 'None'"),
        ("__import__('os').system('true')", "holds"),
        ("province.str.len() == 4", "holds"),
        ("[kota for kota in (1, 2)]", "holds"),
        ("(" * 60 + "kota == 1" + ")" * 60 + " and (" * 50, "cannot be read"),
        ("not " * 60 + "kota == 1", "nested too deep"),
    ],
)
def test_what_is_no_condition_is_refused(regions: pd.DataFrame, condition: str, words: str) -> None:
    """With what was wrong and what is expected; nothing of Python runs."""
    with pytest.raises((ParameterError, DataError), match=words):
        rows_where(condition, regions)


@given(st.text(alphabet="kota=<>!()'\"01 andornti.[],+-*/|&~", max_size=30))
def test_no_condition_ends_in_a_traceback(text: str) -> None:
    """Whatever is typed, it is rows or one of our errors."""
    frame = pd.DataFrame({"kota": [0.0, 1.0], "a": ["n", "t"]})
    try:
        rows, _ = rows_where(text, frame)
    except (ParameterError, DataError):
        return
    assert rows.shape == (2,)


@pytest.mark.parametrize(
    ("formula", "options", "words"),
    [
        ("harmonised_index ~ kota | province + kota", {}, "names kota twice"),
        ("harmonised_index ~ kota | log(x)", {}, "stand names of columns"),
        ("harmonised_index ~ kota |", {}, "stand names of columns"),
        ("harmonised_index ~ kota | provinsi", {}, r"provinsi \(nearest: province"),
        ("harmonised_index ~ 1 | province", {}, "needs a factor before"),
        ("harmonised_index ~ kota | kppn_ikn", {"where": "kppn_ikn == 1"}, "nothing to absorb"),
        ("harmonised_index ~ bali | province", {}, "bali never changes inside a province"),
        ("harmonised_index ~ kota", {"weights": "kota"}, "not a positive number"),
        ("harmonised_index ~ kota", {"weights": "province"}, "are text"),
        ("harmonised_index ~ kota", {"weights": "povrty_rate"}, "nearest: poverty_rate"),
        ("harmonised_index ~ poly(kota, 2)", {}, "more than 2 different values"),
        ("harmonised_index ~ poly(kota)", {}, "no poly"),
        ("harmonised_index ~ log(kota, 2)", {}, "no poly"),
        ("harmonised_index ~ kemiskinan", {}, r"kemiskinan \(nearest: poverty_rate"),
    ],
)
def test_what_cannot_be_absorbed_weighed_or_named_is_told(
    regions: pd.DataFrame, formula: str, options: dict[str, str], words: str
) -> None:
    """By name, with what to do."""
    named = regions.copy()
    named.attrs["labels"] = {"poverty_rate": "Tingkat kemiskinan; poverty rate"}
    with pytest.raises((ParameterError, DataError), match=words):
        fit(formula, named, **options)


def test_results_are_what_a_pandas_user_expects(regions: pd.DataFrame) -> None:
    """params, bse, tvalues, pvalues, conf_int, to_frame and a text that has them."""
    ours, theirs = fit(FORMULA, regions, se="hc3"), smf.ols(FORMULA, regions).fit(cov_type="HC3")
    for mine, yours in ((ours.params, theirs.params), (ours.bse, theirs.bse)):
        assert mine.tolist() == pytest.approx(yours.tolist(), rel=1e-8)
        assert list(mine.index)[1:] == list(yours.index)[1:]
    assert ours.tvalues.tolist() == pytest.approx(theirs.tvalues.tolist(), rel=1e-8)
    assert (ours.conf_int()["low"] < ours.params).all()
    assert ours.to_frame().shape == (4, 8)
    assert f"{ours.params['kota']:.6f}"[:6] in repr(ours)
    assert ours.pvalues["kota"] == ours["kota"].p_value


def test_near_names_know_both_languages() -> None:
    """By the meaning of a label, then by letters."""
    labels = {"human_development_index": "Indeks pembangunan manusia, IPM; HDI"}
    names = ["human_development_index", "kota"]
    assert near_names("ipm", names, labels) == ["human_development_index"]
    assert near_names("pembangunan_manusia", names, labels) == ["human_development_index"]
    assert near_names("kotaa", names, labels) == ["kota"]
