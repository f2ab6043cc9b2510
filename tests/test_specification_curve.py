"""The specification curve of the real rows: statsmodels, units, what the figure is drawn from."""

from __future__ import annotations

import re
from dataclasses import replace

import nbformat
import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from multiverse_maker import made, real

from smartlib.inference.checks.forms import quartiles, with_form
from smartlib.inference.core.columns import fit_columns
from smartlib.inference.core.models import fit
from smartlib.inference.curve.curve import SpecificationCurve, run_specifications
from smartlib.inference.curve.recipes import Recipe
from smartlib.inference.curve.specification import Specification, plan_specifications
from smartlib.vocabulary.errors import ParameterError

SAME = 1e-10  # two programs' decompositions of well-scaled columns
CONTROLS = [(), ("kota",), ("kota", "kppn_ikn", "log_population"), ("log_grdp_per_capita",)]
MAIN = (  # controls of the main regression on factors
    *("log_population", "kota", "kppn_ikn", "human_development_index", "poverty_rate"),
    *("capital_share", "personnel_share"),
)
SIZES = (9, 1, 12, 8, 14)


@pytest.fixture(scope="module")
def curve(scores, tables, scheme) -> SpecificationCurve:
    chosen = real(scores, tables, scheme)
    kinds = ["hc1", "hc2", "hc3", "cr1"]  # those that statsmodels has
    return run_specifications(plan_specifications(chosen, CONTROLS, covariances=kinds))


def test_a_sample_of_specifications_is_that_of_statsmodels(curve: SpecificationCurve) -> None:
    """Sixty of them, fitted one by one: estimate, error, t, p-value, interval, rows."""
    from statsmodels.regression.linear_model import OLS

    plan, rng = curve.plan, np.random.default_rng(20241125)
    source = plan.multiverse
    spreads = source.outcomes.std()
    for place in rng.choice(len(plan), 60, replace=False):
        chosen = plan.specifications[place]
        table = source.vintages[chosen.vintage][["own_source_share", *chosen.controls]].copy()
        table["own_source_share"] *= 10  # a unit is ten points of the share
        name = chosen.recipe.name
        table["y"] = source.outcomes[name] / spreads[name]
        table["province"] = source.clusters
        sampled = table[source.samples[chosen.sample]]
        rows = sampled.dropna()
        x = rows[["own_source_share", *chosen.controls]].assign(intercept=1.0)
        if chosen.covariance == "cr1":
            extra = {"cov_kwds": {"groups": pd.factorize(rows["province"])[0]}}
        fit = OLS(rows["y"], x).fit(
            cov_type={"cr1": "cluster"}.get(chosen.covariance, chosen.covariance.upper()),
            use_t=True,
            **(extra if chosen.covariance == "cr1" else {}),
        )
        found = curve.table.iloc[place]
        expected = {
            "estimate": fit.params.iloc[0],
            "standard_error": fit.bse.iloc[0],
            "statistic": fit.tvalues.iloc[0],
            "p_value": fit.pvalues.iloc[0],
            "low": fit.conf_int().iloc[0, 0],
            "high": fit.conf_int().iloc[0, 1],
        }
        for column, value in expected.items():
            assert found[column] == pytest.approx(value, abs=SAME, rel=SAME), (chosen, column)
        assert found["observations"] == len(rows)
        assert found["missing"] == len(sampled) - len(rows)


@pytest.mark.parametrize(
    ("index", "kind"), [("harmonised", "cr2"), ("published", "cr2"), ("harmonised", "hc2bm")]
)
def test_a_specification_is_what_its_formula_gives(
    scores, tables, scheme, index: str, kind: str
) -> None:
    """In index points, estimate, error, degrees of freedom, p-value and interval are those that
    `fit` reports of the formula with the same columns and errors.
    """
    chosen = real(scores, tables, scheme, purged=((),))
    plan = plan_specifications(chosen, [MAIN], covariances=[kind])
    place = plan.specifications.index(
        Specification(Recipe(index), MAIN, "2022 realised", "all", kind)
    )
    found = run_specifications(plan).table.iloc[place]
    factors = chosen.vintages["2022 realised"]
    frame = factors.join(scores[["province", f"{index}_index"]])
    formula = f"{index}_index ~ own_source_share + {' + '.join(MAIN)}"
    expected = fit(formula, frame, se=kind)["own_source_share"]
    scale = scores[f"{index}_index"].std() / chosen.unit  # for a share of 1, not of ten points
    for column in ("estimate", "standard_error", "low", "high"):
        assert found[column] * scale == pytest.approx(getattr(expected, column), rel=SAME)
    for column in ("degrees_of_freedom", "statistic", "p_value"):
        assert found[column] == pytest.approx(getattr(expected, column), rel=SAME)


def test_the_marked_regression_is_the_main_one_of_the_notebook_on_factors() -> None:
    """Both notebooks print the same contrast and interval of the leading factor's straight line."""
    folder = ROOT / "notebooks"
    curve, factors = (
        "".join(
            str(output.get("data", {}).get("text/plain", ""))
            for cell in nbformat.read(folder / f"{name}.ipynb", as_version=4).cells
            for output in cell.get("outputs", ())
        )
        for name in ("05_specification_curve", "03_factors")
    )
    said = re.search(r"goes with (\S+) index points \((\S+) to (\S+); CR2", curve)
    assert said
    estimate, low, high = said.groups()
    [row] = [x for x in factors.splitlines() if x.lstrip().startswith("level (straight line)")]
    assert estimate in row.split()
    assert f"{low} to {high}" in row


def test_units_move_only_the_scale() -> None:
    """Twice the unit doubles estimate and error; another unit of the outcome changes nothing."""
    chosen = made(SIZES, slope=0.5)
    tables = [
        run_specifications(plan_specifications(multiverse, [("z",)])).table
        for multiverse in (
            chosen,
            replace(chosen, unit=0.2),
            replace(chosen, outcomes=chosen.outcomes * [100, 0.1] + 7),
        )
    ]
    for column in ("estimate", "standard_error", "low", "high"):
        np.testing.assert_allclose(tables[1][column], 2 * tables[0][column], rtol=SAME)
        np.testing.assert_allclose(tables[2][column], tables[0][column], rtol=SAME)
    np.testing.assert_allclose(tables[1]["p_value"], tables[0]["p_value"], rtol=1e-8)


def test_a_known_slope_is_found() -> None:
    """Outcomes that are the factor times 3, without noise, give the slope in standard deviations
    in every specification of the year that they were made from.
    """
    chosen = made(SIZES)
    outcome = chosen.outcomes.assign(
        **dict.fromkeys(chosen.outcomes, 3 * chosen.vintages["one"]["x"])
    )
    exact = replace(chosen, outcomes=outcome, vintages={"one": chosen.vintages["one"]})
    table = run_specifications(plan_specifications(exact, [(), ("z",)])).table
    expected = 0.1 / chosen.vintages["one"]["x"].std()
    np.testing.assert_allclose(table["estimate"], expected, rtol=SAME)


def test_the_figure_s_matrix_says_what_each_specification_chose(curve: SpecificationCurve) -> None:
    """Exactly one option of each question holds; questions with one answer are not asked; sorted
    by `order`, estimates rise.
    """
    matrix, choices = curve.matrix, curve.plan.choices
    answered = matrix.T.groupby(level=0).sum().T
    assert (answered == 1).all(axis=None)
    assert set(answered.columns) == set(choices.columns)
    assert (matrix["sample", "kabupaten"] == (choices["sample"] == "kabupaten")).all()
    assert curve.table["estimate"].iloc[curve.order].is_monotonic_increasing
    one = plan_specifications(made(SIZES), [()], covariances=["hc3"])
    assert {q for q, _ in run_specifications(one).matrix.columns} == {
        *("aggregation", "vintage", "sample")
    }


def test_the_summary_counts_each_option_s_part(curve: SpecificationCurve) -> None:
    """Its rows are medians and shares of the table's own rows, all of them first."""
    summary = curve.summary()
    assert summary.index[0] == ("all", "all")
    budgeted = curve.table[(curve.plan.choices["vintage"] == "2024 budgeted").to_numpy()]
    row = summary.loc[("vintage", "2024 budgeted")]
    assert row["specifications"] == len(budgeted)
    assert row["median"] == pytest.approx(budgeted["estimate"].median(), abs=SAME)
    assert row["positive"] == (budgeted["estimate"] > 0).mean()
    outside = (budgeted["low"] > 0) | (budgeted["high"] < 0)
    assert row["significant"] == pytest.approx(outside.mean(), abs=SAME)
    chosen = made(SIZES, slope=2.0)
    turned = replace(chosen, outcomes=chosen.outcomes * [1, -1])
    shares = run_specifications(plan_specifications(turned, [()])).summary()["positive"]
    assert shares.iloc[0] == 0.5
    assert shares["aggregation"].to_dict() == {"arithmetic": 1, "geometric": 0}


def test_the_coefficient_falls_from_1_7_to_1_1_with_the_year_alone(curve) -> None:
    """The harmonised index on own-source share (1 is all of the revenue) with kind, track and
    population: 1.7 with the accounts of 2021, 1.1 with the budget of 2024, as the project's own
    earlier regressions have it; above 0 in all specifications.
    """
    source, name = curve.plan.multiverse, Recipe("harmonised").name
    controls = ("kota", "kppn_ikn", "log_population")
    found = [
        curve.table["estimate"][place] * 10 * source.outcomes[name].std()
        for place, chosen in enumerate(curve.plan.specifications)
        if (chosen.recipe.name, chosen.controls, chosen.sample) == (name, controls, "all")
        and chosen.covariance == "hc3"
    ]
    assert [round(value, 1) for value in (found[0], found[-1])] == [1.7, 1.1]
    assert np.diff(found).max() < 0
    assert (curve.table["estimate"] > 0).all()


def test_a_level_outside_0_and_1_is_refused() -> None:
    """A share, not a percentage."""
    plan = plan_specifications(made(SIZES), [()])
    with pytest.raises(ParameterError, match="A level of 95; it lies between 0 and 1"):
        run_specifications(plan, level=95)


def test_forms_are_a_dimension_with_one_contrast() -> None:
    """Each form is crossed with all else; its estimate is the contrast that the form alone gives,
    in standard deviations of the outcome, and the level's is its slope times the step.
    """
    plain = made(SIZES, slope=0.5)
    vintages = {
        name: table.assign(**{plain.focal: table[plain.focal] - table[plain.focal].min() + 0.5})
        for name, table in plain.vintages.items()
    }
    names = ("level", "log", "quadratic", "rank")
    ends = quartiles(next(iter(vintages.values()))[plain.focal].dropna())
    shaped = replace(plain, vintages=vintages, forms=names, ends=ends)
    plan = plan_specifications(shaped, [("z",)], covariances=["cr2"], rows_each=2)
    table = run_specifications(plan).table.join(plan.choices["form"])
    assert table["form"].value_counts().nunique() == 1
    step = replace(plain, vintages=vintages, unit=ends[1] - ends[0])
    straight = run_specifications(
        plan_specifications(step, [("z",)], covariances=["cr2"], rows_each=2)
    ).table
    level = table[table["form"] == "level"]
    np.testing.assert_allclose(level["estimate"], straight["estimate"], rtol=SAME)
    np.testing.assert_allclose(level["low"], straight["low"], rtol=1e-8)
    vintage = next(iter(vintages))
    frame = vintages[vintage].assign(y=shaped.standardised[:, 0])
    complete = frame.dropna(subset=[plain.focal, "z"])
    kept = shaped.samples.columns[shaped.samples.all()][0]
    fitted = fit_columns(complete, "y", [plain.focal, "z"])
    for form in names:
        alone = with_form(fitted, plain.focal, form, ends)
        places = [
            place
            for place, s in enumerate(plan.specifications)
            if (s.form, s.vintage, s.sample) == (form, vintage, kept)
            and s.recipe == shaped.recipes[0]
        ]
        [place] = places
        found = table["estimate"].iloc[place]
        assert found == pytest.approx(alone.beta[alone.place(plain.focal)], rel=1e-8)


def test_forms_need_a_contrast() -> None:
    """Slopes of different forms have no common unit: without two ends they are refused."""
    with pytest.raises(ParameterError, match="give the two ends of it"):
        replace(made(SIZES), forms=("level", "log"))
    with pytest.raises(ParameterError, match="No form is called cube"):
        replace(made(SIZES), forms=("cube",), ends=(0.1, 0.2))
