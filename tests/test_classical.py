"""Classical assumption tests and descriptive statistics against R's, and what is said of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from smartlib.inference.checks.classical import checks_of, classical_checks
from smartlib.inference.core.fractional import fit_logit
from smartlib.inference.core.models import fit
from smartlib.inference.descriptive import correlations, describe
from smartlib.present.paper import check_reading, checks_sheet
from smartlib.present.words.papers.assumptions import READINGS, TESTS
from smartlib.vocabulary.errors import DataError, ParameterError

REFERENCE = ROOT / "tests" / "reference"
FORMULA = "harmonised_index ~ own_source_share + log_population + kota + kppn_ikn"
BY_R = 1e-8  # closed forms in two programs
APPROXIMATED = {"shapiro_wilk": 1e-5, "lilliefors": 1e-5}  # p-values by two programs' polynomials


@pytest.fixture(scope="module")
def regions() -> pd.DataFrame:
    path = REFERENCE / "covariance.regions.csv"
    return pd.read_csv(path, dtype={"region_code": "str"}).set_index("region_code")


@pytest.fixture(scope="module")
def places(regions: pd.DataFrame) -> pd.DataFrame:
    return regions[["longitude", "latitude"]]


@pytest.fixture(scope="module")
def theirs() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "classical.csv", dtype={"term": "str"}, keep_default_na=True)


def test_every_check_is_that_of_r(regions, places, theirs) -> None:
    """Statistic, degrees of freedom and p of lmtest, car, nortest, tseries and stats."""
    ours = checks_of(fit(FORMULA, regions), places)
    compared = set()
    for row in theirs.itertuples():
        found = [c for c in ours if c.name == row.name]
        if row.name == "vif":
            found = [c for c in found if c.term == row.term]
        if not found:
            continue
        (check,) = found
        assert check.statistic == pytest.approx(row.statistic, rel=BY_R), row.name
        df = tuple(int(d) for d in (row.df1, row.df2) if np.isfinite(d))
        assert check.df == df
        if np.isfinite(row.p):
            tolerance = APPROXIMATED.get(row.name, BY_R)
            assert check.p_value == pytest.approx(row.p, rel=tolerance), row.name
        if row.name == "cooks_distance":
            assert check.term == row.term
        compared.add(row.name)
    assert {c.name for c in ours} - compared == {"moran", "curvature"}  # by their own modules


def test_goodness_and_standardised_coefficients_are_those_of_r(regions, theirs) -> None:
    """R squared, adjusted R squared, F with its p, and coefficients of z-scores."""
    good, r = fit(FORMULA, regions).goodness, theirs.set_index("name")
    ours = (good.r_squared, good.adjusted_r_squared, good.f, good.f_p_value)
    expected = (*r.loc[["r_squared", "adjusted_r_squared", "f"], "statistic"], r.loc["f", "p"])
    assert ours == pytest.approx(tuple(expected), rel=BY_R)
    assert good.f_df == (4, 135)
    beta = theirs[theirs["name"] == "beta"].set_index("term")["statistic"]
    assert good.standardised == pytest.approx(beta.to_dict(), rel=BY_R)


def test_descriptions_and_correlations_are_those_of_r(regions) -> None:
    """n, mean, SD, quartiles of type 7, ends, standardised difference, Pearson's r and its p."""
    r = pd.read_csv(REFERENCE / "describe.csv").set_index("name")
    ours = describe(regions, list(r.index), by="kota")
    every = ours[ours["group"] == ""].set_index("name")
    columns = [c for c in r.columns if c in every.columns]
    assert len(columns) == 8
    np.testing.assert_allclose(every[columns].astype(float), r[columns], rtol=BY_R)
    city = ours[ours["group"] == "1"].set_index("name")["standardised_difference"]
    np.testing.assert_allclose(city, r["kota_difference"], rtol=BY_R)
    found = correlations(regions, [*r.index, "log_population"])
    np.testing.assert_allclose(found.r.loc[r.index, "log_population"], r["r"], rtol=BY_R)
    np.testing.assert_allclose(found.p_value.loc[r.index, "log_population"], r["r_p"], rtol=1e-6)


def test_ends_are_named_only_where_one_row_has_them(regions) -> None:
    """The lowest and highest row of a column; of a 0/1 column nobody in particular."""
    found = describe(regions, "own_source_share kota").set_index("name")
    highest = regions["own_source_share"].idxmax()
    assert found.loc["own_source_share", "highest_row"] == highest
    assert found.loc["kota", ["lowest_row", "highest_row"]].tolist() == ["", ""]


def test_a_formula_describes_the_rows_that_it_would_fit(regions) -> None:
    """A row that lacks one of its columns counts for none of them; by names it does."""
    gaps = regions.copy()
    gaps.loc["12.02", "poverty_rate"] = np.nan
    formula = describe(gaps, "harmonised_index ~ poverty_rate")
    assert formula["n"].tolist() == [139, 139]
    names = describe(gaps, "harmonised_index poverty_rate")
    assert names[["n", "missing"]].to_numpy().tolist() == [[140, 0], [139, 1]]
    assert correlations(gaps, ["harmonised_index", "poverty_rate"]).n.iloc[0, 1] == 139


def test_what_cannot_be_described_is_told(regions) -> None:
    """A name that is not there, text alone, a column of groups that is none."""
    with pytest.raises(ParameterError, match=r"povrty_rate \(nearest: poverty_rate"):
        describe(regions, "povrty_rate")
    with pytest.raises(DataError, match="None of province is a column of numbers"):
        describe(regions, "province")
    with pytest.raises(ParameterError, match="No column 'provins' to group by; nearest: province"):
        describe(regions, "kota", by="provins")
    with pytest.raises(DataError, match="at most 60 make groups"):
        describe(regions, "kota", by="poverty_rate")


def test_what_cannot_be_checked_says_why(regions) -> None:
    """Weights and a logit have no such tests; without centroids there is no Moran; few rows."""
    weighted = classical_checks(fit(FORMULA, regions, weights="poverty_rate"))
    logit = classical_checks(fit_logit("kota ~ log_population", regions))
    assert [c.name for c in (*weighted, *logit)] == ["classical", "classical"]
    (moran,) = [c for c in classical_checks(fit(FORMULA, regions)) if c.name == "moran"]
    assert "centroids" in moran.reason
    assert np.isnan(moran.statistic)
    few = fit("harmonised_index ~ kota + own_source_share * log_population", regions.iloc[::10],
              se="hc1", allow_small=True)  # fmt: skip
    (white,) = [c for c in classical_checks(few) if c.name == "white"]
    assert "half as many columns" in white.reason


def test_absorbed_levels_are_part_of_the_fit_that_is_checked(regions, places) -> None:
    """Residuals and Breusch-Pagan of the fit with dummies; VIF of the shown columns alone."""
    rows = regions[regions.groupby("province")["kota"].transform("size") > 1]
    absorbed = checks_of(fit("harmonised_index ~ own_source_share + kota | province", rows), places)
    dummies = checks_of(
        fit("harmonised_index ~ own_source_share + kota + province", rows, allow_small=True), places
    )
    for name in ("shapiro_wilk", "breusch_pagan", "durbin_watson", "moran"):
        one, other = (next(c for c in of if c.name == name) for of in (absorbed, dummies))
        assert one.statistic == pytest.approx(other.statistic, rel=1e-7)
        assert one.df == other.df
    assert [c.term for c in absorbed if c.name == "vif"] == ["own_source_share", "kota"]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_check_has_a_sentence_in_both_languages(regions, places, lang: str) -> None:
    """With its numbers, decimal commas in Indonesian, and what to do where it gives a sign."""
    model = fit(FORMULA, regions)
    checks = checks_of(model, places)
    assert {c.name for c in checks} <= set(TESTS)
    assert {c.name for c in checks} == set(READINGS)
    mark = "," if lang == "id" else "."
    for check in checks:
        text = check_reading(check, {}, lang, n=model.n)
        assert "{" not in text
        shown = [f"{check.statistic:.{places_}f}".replace(".", mark)[1:] for places_ in (2, 3)]
        assert any(number in text for number in shown), text
    frame = checks_sheet(checks, {}, lang, n=model.n).frame
    assert len(frame) == len(checks)
    assert frame.shape[1] == 5
    none = classical_checks(fit(FORMULA, regions, weights="poverty_rate"))[0]
    assert check_reading(none, {}, lang).startswith("Cannot be computed" if lang == "en" else "Tid")
