"""Formulas fitted: R and statsmodels, order and dropped rows, small samples, fiscal years."""

from __future__ import annotations

import math

import click
import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from conftest import ROOT

from smartlib.inference.checks.by_year import coefficients_by_year
from smartlib.inference.core.covariance import KINDS, Kind, sandwiches
from smartlib.inference.core.models import beside_table, fit, refit
from smartlib.inference.core.wild_bootstrap import wild_bootstrap
from smartlib.inference.factors.circularity import purge
from smartlib.inference.factors.outcomes import analysis_frame, outcome_table
from smartlib.inference.factors.table import factor_table, factors_by_rule
from smartlib.present.regression.journal import fit_sheet
from smartlib.present.words.regression_notes import model_notes
from smartlib.vocabulary.errors import DataError, ParameterError

REFERENCE = ROOT / "tests" / "reference"
SAME = 1e-8  # two programs' decompositions
SAME_DF = 1e-6  # ratios of fourth powers

REGIONS = pd.read_csv(REFERENCE / "covariance.regions.csv", dtype={"region_code": str}).set_index(
    "region_code"
)
MATRICES = pd.read_csv(REFERENCE / "covariance.matrices.csv").replace("(Intercept)", "intercept")
R_OF = {"wild": "cr1"}  # the bootstrap takes its statistics over these errors
SATTERTHWAITE = ("cr2", "hc2bm")
TESTS = pd.read_csv(REFERENCE / "covariance.tests.csv").replace("(Intercept)", "intercept")
OF_R = TESTS.query("model == 'main' and kind == 'cr2'").set_index("coefficient")
MAIN = "harmonised_index ~ own_source_share + log_population + kota + kppn_ikn"
SHORT = "harmonised_index ~ own_source_share + log(population) + kota"


@pytest.fixture(scope="module")
def frame(tables, evaluation) -> pd.DataFrame:
    scores = tables.scores.set_index("region_code")
    scheme = evaluation.scheme
    without = purge(evaluation.scored, evaluation.instrument, scheme)
    outcomes = outcome_table(scores, scheme, without)
    factors = factors_by_rule(tables.factors, scores.index, scheme.year).values
    return analysis_frame(scores, outcomes, factors, scheme)


@pytest.mark.parametrize("se", KINDS)
def test_every_kind_of_errors_is_that_of_r(se: str) -> None:
    """Each entry of the registry, asked for by name, gives the errors that sandwich and
    clubSandwich gave under the same name (the bootstrap has CR1's), and degrees of freedom by its
    own rule: clubSandwich's Satterthwaite, 135 rows less coefficients, or 29 clusters less one.
    """
    r_name = R_OF.get(se, se)  # noqa: F841 named in the query
    stored = MATRICES.query("model == 'main' and kind == @r_name and row == column")
    variances = stored.set_index("row")["value"]
    own_df = TESTS.query("model == 'main' and kind == @se").set_index("coefficient")
    found = fit(MAIN, REGIONS, se=se)
    names = ["intercept", "own_source_share", "log_population", "kota", "kppn_ikn"]
    assert [c.name for c in found.coefficients] == names
    for c in found.coefficients:
        assert c.estimate == pytest.approx(OF_R.at[c.name, "estimate"], abs=SAME)
        assert c.standard_error == pytest.approx(variances[c.name] ** 0.5, abs=SAME)
        if se in SATTERTHWAITE:
            assert c.degrees_of_freedom == pytest.approx(own_df.at[c.name, "df"], abs=SAME_DF)
        elif se == "wild":
            assert math.isnan(c.degrees_of_freedom)
        else:
            assert c.degrees_of_freedom == (135 if se.startswith("hc") else 28)


def test_a_new_kind_is_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entered in the registry alone, an estimator can be fitted, is a choice on the command line,
    may be planned in a curve, and has its name in headings, notes and legends; nothing else has
    to know it.
    """
    from smartlib.cli.verbs.analysis.fit import command
    from smartlib.present.regression.curve_figures import option_label
    from smartlib.present.words.regression_notes import errors_words, se_label

    note = (", dengan catatan", ", with a note")
    monkeypatch.setitem(KINDS, "cr4", Kind("CR4", "CR4", note, clustered=True, power=0.75))
    found, third = (fit(MAIN, REGIONS, se=se) for se in ("cr4", "cr3"))
    assert found["kota"].degrees_of_freedom == 28
    wide, narrow = third["kota"].standard_error, fit(MAIN, REGIONS, se="cr2")["kota"]
    assert narrow.standard_error < found["kota"].standard_error < wide
    (option,) = [p for p in command.params if p.name == "se"]
    assert option.type.convert("cr4", option, None) == "cr4"
    assert "cr4" in option.type.get_metavar(option, click.Context(command))
    assert "cr4" in sandwiches()
    assert se_label(found) == "CR4 by province"
    assert se_label(found, "id") == "CR4 menurut provinsi"
    assert errors_words(found) == "CR4, clustered by province (29 clusters), with a note"
    assert option_label("covariance", "cr4") == "by cluster: CR4"


@pytest.mark.parametrize("se", KINDS)
def test_without_a_row_that_is_a_province_there_is_a_cluster_less(frame, se: str) -> None:
    """Leaving out the only row of a province gives statsmodels' estimates of the other rows, the
    same kind of errors and one cluster fewer; few rows are no reason to refuse it.
    """
    whole = fit(MAIN, frame, se=se, level=0.9)
    counts = frame["province"].value_counts()
    is_out = frame["province"] == counts.index[-1]
    assert is_out.sum() == 1
    found = refit(whole, frame, is_out)
    expected = smf.ols(MAIN, frame[~is_out]).fit().params
    assert [c.estimate for c in found.coefficients] == pytest.approx(list(expected), abs=SAME)
    assert (found.se, found.level, found.n) == (se, 0.9, whole.n - 1)
    assert found.clusters == (None if whole.clusters is None else whole.clusters - 1)
    many = np.arange(len(frame)) >= 30
    assert refit(whole, frame, many).n == 30


@pytest.mark.parametrize(
    "formula",
    [
        "harmonised_index ~ C(kota) + log(poverty_rate) + own_source_share:kppn_ikn",
        "log(harmonised_index) ~ own_source_share * kota + I(log_population**2)",
        "harmonised_index ~ own_source_share + kota - 1",
        "harmonised_index ~ log_population + single + I(poverty_rate / 10) + province",
    ],
)
def test_formulas_are_read_as_statsmodels_reads_them(formula: str) -> None:
    """Names, estimates and R squared are those of statsmodels' formula interface."""
    theirs = _theirs(formula)
    ours = fit(formula, _table(), allow_small=True)
    named = {"intercept" if n == "Intercept" else n: value for n, value in theirs.params.items()}
    estimates = {c.name: c.estimate for c in ours.coefficients}
    assert estimates.keys() == named.keys()
    assert list(estimates.values()) == pytest.approx([named[n] for n in estimates], abs=1e-7)
    assert ours.r_squared == pytest.approx(theirs.rsquared, abs=SAME)


def _table() -> pd.DataFrame:
    return REGIONS.assign(single=1 / (1 + REGIONS["poverty_rate"]))


def _theirs(formula: str):
    log = np.log  # noqa: F841 - the formula finds it
    return smf.ols(formula, _table()).fit()


def test_the_table_beside_is_hc3_with_the_normal(frame) -> None:
    """What most papers would print: statsmodels' HC3 with normal intervals."""
    theirs = smf.ols(SHORT.replace("log(", "np.log("), frame).fit(cov_type="HC3")
    table = beside_table(fit(SHORT, frame))
    errors, interval = theirs.bse.tolist(), theirs.conf_int()
    assert table["standard_error_hc3_normal"].tolist() == pytest.approx(errors, abs=SAME)
    assert table["p_value_hc3_normal"].tolist() == pytest.approx(theirs.pvalues.tolist(), abs=SAME)
    assert table["low_hc3_normal"].tolist() == pytest.approx(interval[0].tolist(), abs=SAME)
    assert table["high_hc3_normal"].tolist() == pytest.approx(interval[1].tolist(), abs=SAME)


def test_small_sample_errors_differ_where_it_matters(frame) -> None:
    """The normal's interval for own-source share excludes zero, that of the default holds it."""
    row = beside_table(fit(SHORT, frame)).loc["own_source_share"]
    assert row["low"] < 0 < row["low_hc3_normal"]


def test_wild_is_the_bootstrap_of_each_coefficient(frame) -> None:
    """p-value and interval are those of wild_bootstrap, with its fixed seed; no df."""
    found = fit(SHORT, frame, se="wild")
    drawn = wild_bootstrap(found.least_squares, "kota", frame["province"])
    c = found["kota"]
    assert (c.p_value, c.low, c.high) == (drawn.p_value, drawn.low, drawn.high)
    assert math.isnan(c.degrees_of_freedom)


@pytest.mark.parametrize("se", KINDS)
def test_only_clustered_errors_have_clusters(frame, se: str) -> None:
    """Kinds for independent rows pass the cluster over, even one that is not there."""
    clustered = se.startswith("cr") or se == "wild"
    found = fit(SHORT, frame, se=se, cluster="province" if clustered else "nowhere")
    assert found.clusters == (frame["province"].nunique() if clustered else None)
    assert found.cluster == ("province" if clustered else "")


def test_the_order_of_rows_does_not_matter(frame) -> None:
    """Shuffled rows give the same coefficients, clusters included."""
    shuffled = fit(SHORT, frame.sample(frac=1, random_state=3))
    for a, b in zip(fit(SHORT, frame).coefficients, shuffled.coefficients, strict=True):
        assert (a.estimate, a.standard_error) == pytest.approx(
            (b.estimate, b.standard_error), abs=SAME
        )


def test_rows_with_missing_values_are_named(frame) -> None:
    """A dropped row is told with its column, and its cluster label goes with it."""
    gap = frame.assign(population=frame["population"].mask(frame.index == "51.03"))
    found = fit(SHORT, gap)
    assert found.dropped == {"51.03": "population"}
    assert found.n == 139
    alone = fit(SHORT, frame.drop("51.03"))
    assert found["kota"].standard_error == pytest.approx(alone["kota"].standard_error, abs=SAME)


def test_too_few_rows_are_refused_with_what_to_drop(frame) -> None:
    """The message counts rows and coefficients, and names terms and gaps; it can be overruled."""
    few = frame.head(36)
    few = few.assign(poverty_rate=few["poverty_rate"].mask(few.index == few.index[3]))
    formula = "harmonised_index ~ kota + poverty_rate + log(population)"
    message = (
        r"35 complete rows of 36 for 4 coefficients; at least 40 are needed, 10 for each\. Leave "
        r"out terms with 1 or more coefficients in all, of kota \(1\), poverty_rate \(1\), "
        r"log\(population\) \(1\), or those with missing values: poverty_rate \(1 row\)"
    )
    with pytest.raises(DataError, match=message):
        fit(formula, few)
    assert fit(formula, few, allow_small=True).n == 35


@pytest.mark.parametrize(
    "formula",
    ["reliable_change ~ improvement", "improvement ~ previous_index + published_index + kota"],
)
def test_an_outcome_that_is_arithmetic_is_refused(frame, formula: str) -> None:
    """What is computed from its factors leaves nothing to estimate."""
    with pytest.raises(DataError, match=r"leaves no residual: .* by arithmetic"):
        fit(formula, frame)


def test_a_coefficient_that_one_province_decides_says_so(frame) -> None:
    """With province dummies own-source share is judged, the dummies have notes, hc3 none."""
    found = fit("harmonised_index ~ own_source_share + province", frame, allow_small=True)
    assert math.isfinite(found["own_source_share"].standard_error)
    assert "Aceh" in found.alone.values()
    assert found.beside == ()
    assert "alone decides a coefficient" in found.no_beside


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"se": "hc9"}, "No errors are called 'hc9'; there are cr2, hc2bm, hc3, wild, cr1"),
        ({"cluster": "island"}, "No column 'island' to cluster by"),
        ({"level": 0.0}, "A level of 0.0"),
    ],
)
def test_options_that_cannot_be_are_refused(frame, options: dict, message: str) -> None:
    """Errors, clusters and levels that do not exist are named."""
    with pytest.raises(ParameterError, match=message):
        fit(SHORT, frame, **options)


def test_an_unknown_coefficient_names_those_there_are(frame) -> None:
    """The message lists the coefficients."""
    with pytest.raises(ParameterError, match=r"'population'; there are intercept, own_source"):
        fit(SHORT, frame)["population"]


def test_coefficients_move_with_the_fiscal_year_as_known(frame, tables) -> None:
    """Own-source share goes from 1.7 (2021) to 1.1 (budget 2024), capital share -1.7 to -0.1."""
    formula = "published_index ~ own_source_share + capital_share + log(population) + kota"
    found = coefficients_by_year(formula, frame, tables.factors, stock_year=2024)
    table = found.pivot(index="year", columns="name", values="estimate")
    assert table["own_source_share"].round(1).to_dict() == {
        2021: 1.7,
        2022: 1.5,
        2023: 1.3,
        2024: 1.1,
    }
    assert table["capital_share"].round(1).to_dict() == {
        2021: -1.7,
        2022: -1.1,
        2023: -0.4,
        2024: -0.1,
    }
    first = found.drop_duplicates("year").set_index("year")
    assert first["basis"].to_dict() == {
        2021: "realised",
        2022: "realised",
        2023: "realised",
        2024: "budgeted",
    }
    assert first["n"].to_dict() == {2021: 140, 2022: 140, 2023: 139, 2024: 139}
    assert (found["low"] < found["estimate"]).all()


def test_years_without_a_figure_are_named(tables, evaluation) -> None:
    """2022 has figures for all 140 rows; 2023 lacks Mimika, and the record names it."""
    scores, missing = tables.scores.set_index("region_code"), {}
    for year in (2022, 2023):
        known = scores.join(factor_table(tables.factors, year, 2024).values)
        missing[year] = fit("published_index ~ own_source_share", known).dropped
    mimika = evaluation.register.resolve("Kab. Mimika")
    assert missing == {2022: {}, 2023: {mimika: "own_source_share"}}


@pytest.mark.parametrize(("count", "has_interval"), [(2, False), (5, False), (6, True), (9, True)])
def test_few_clusters_have_a_warning_or_no_interval(frame, count: int, has_interval: bool) -> None:
    """Below ten clusters the wild bootstrap with Webb's weights stands beside and a note warns;
    below six there is neither interval nor p-value.
    """
    grouped = frame.assign(part=(np.arange(len(frame)) % count).astype(str))
    model = fit("harmonised_index ~ own_source_share", grouped, cluster="part")
    (note,) = [n for n in model_notes(model) if n.startswith((f"{count} c", f"With {count} c"))]
    own = model["own_source_share"]
    assert np.isfinite(own.standard_error)
    assert np.isfinite([own.low, own.high, own.p_value]).all() == has_interval
    assert bool(model.by_draws) == has_interval == ("Webb" in note)
    if has_interval:
        drawn = wild_bootstrap(model.least_squares, own.name, grouped["part"], weights="webb")
        assert (drawn.low, drawn.high) == (model.by_draws[1].low, model.by_draws[1].high)


def test_ten_clusters_have_no_warning(frame) -> None:
    """t is read as it stands, and nothing is drawn."""
    grouped = frame.assign(part=(np.arange(len(frame)) % 10).astype(str))
    model = fit("harmonised_index ~ own_source_share", grouped, cluster="part")
    assert (model.by_draws, model_notes(model)) == ((), ())


@pytest.mark.parametrize("kind", ["cr2", "cr1", "hc1"])
def test_effects_of_provinces_with_one_region_are_no_inference(frame, kind: str) -> None:
    """Their levels have no error by any kind, the table leaves them out, and a note names those
    with a single row; the other coefficients stay judged.
    """
    formula = "harmonised_index ~ own_source_share + kota + C(province)"
    model = fit(formula, frame, se=kind, allow_small=True)
    assert "C(province)[T.Jambi]" in model.absorbed
    jambi = model["C(province)[T.Jambi]"]
    assert np.isnan([jambi.standard_error, jambi.p_value, jambi.low]).all()
    assert np.isfinite(model["own_source_share"].low)
    (note,) = [n for n in model_notes(model) if n.startswith("Levels of province")]
    assert "Jambi" in note
    assert not any("Jambi" in str(cell) for cell in fit_sheet(model, {}).frame.iloc[:, 0])
