"""Functional forms of a factor, curvature and slopes by track, against R (reference/forms.R)."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from clean_text import found as foreign
from test_figures import check_words

from smartlib.index.multiple_testing import max_t, romano_wolf
from smartlib.inference.checks.curvature import curvature, curve_of, natural_spline
from smartlib.inference.checks.form_study import form_study
from smartlib.inference.checks.forms import FORMS, form_contrasts, formed, quartiles, with_form
from smartlib.inference.checks.slopes import slope_differences
from smartlib.inference.core.least_squares import LeastSquares, least_squares
from smartlib.inference.core.models import fit
from smartlib.present.regression import forms
from smartlib.present.regression.steps import Step
from smartlib.present.words.wording import Words
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.tables import LANGUAGES

REFERENCE = Path(__file__).parent / "reference"
CLOSED_FORM = 1e-8  # both programs solve the same equations
FORMULA = (
    "harmonised_index ~ own_source_share + capital_share + personnel_share + log_population + "
    "kota + kppn_ikn + human_development_index + poverty_rate"
)
FOCAL = "own_source_share"
NAMES = {"estimate": "estimate", "standard_error": "standard_error", "p": "p_value"}


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "forms.data.csv", dtype={"region_code": str}).set_index(
        "region_code"
    )


@pytest.fixture(scope="module")
def straight(frame: pd.DataFrame) -> LeastSquares:
    return fit(FORMULA, frame).least_squares


@pytest.fixture(scope="module")
def from_r() -> pd.Series:
    table = pd.read_csv(REFERENCE / "forms.csv")
    return table.set_index(["what", "name", "statistic"])["value"].sort_index()


def test_contrasts_between_quartiles_are_those_of_clubsandwich(
    frame: pd.DataFrame, straight: LeastSquares, from_r: pd.Series
) -> None:
    """+0.17 by level, +0.32 log, +0.27 root and logit, +0.39 quadratic, +0.44 rank, with CR2."""
    found = form_contrasts(straight, FOCAL, frame["province"]).table
    for form in FORMS:
        wanted = from_r["contrast", form]
        for theirs, ours in {**NAMES, "df": "degrees_of_freedom", "aic": "aic"}.items():
            assert found.at[form, ours] == pytest.approx(wanted[theirs], rel=CLOSED_FORM), form
    assert found["estimate"].round(2).to_dict() == {
        "level": 0.17, "log": 0.32, "root": 0.27, "logit": 0.27, "quadratic": 0.39, "rank": 0.44,
    }  # fmt: skip


def test_the_level_is_the_main_coefficient_times_the_step(
    frame: pd.DataFrame, straight: LeastSquares
) -> None:
    """The straight line's contrast is its slope times the distance of the quartiles."""
    low, high = quartiles(frame[FOCAL])
    found = with_form(straight, FOCAL, "level", (low, high))
    slope = straight.beta[straight.place(FOCAL)]
    assert found.beta[found.place(FOCAL)] == pytest.approx(slope * (high - low), rel=CLOSED_FORM)


def test_max_t_adjusts_more_than_a_step_down_and_no_less_than_the_bootstrap(
    frame: pd.DataFrame, straight: LeastSquares
) -> None:
    """p_max_t is at least the bootstrap's own p, and one step is never below Romano and Wolf's."""
    table = form_contrasts(straight, FOCAL, frame["province"]).table
    assert (table["p_max_t"] >= table["p_wild"]).all()
    rng = np.random.default_rng(0)
    draws, observed = rng.normal(size=(999, 4)), [3.0, 2.0, 1.0, 0.5]
    assert (max_t(observed, draws) >= romano_wolf(observed, draws) - 1e-15).all()
    assert max_t([2.0], draws[:, :1]) == pytest.approx(romano_wolf([2.0], draws[:, :1]))


def test_a_form_that_a_value_does_not_allow_is_named(frame: pd.DataFrame) -> None:
    """Log and logit have no value at 0, the logit none at 1: they are left out with the reason."""
    changed = frame.assign(own_source_share=frame[FOCAL].where(frame.index != "51.03", 0.0))
    found = form_contrasts(fit(FORMULA, changed).least_squares, FOCAL, changed["province"])
    assert set(found.undefined) == {"log", "logit"}
    assert set(found.table.index) == set(FORMS) - {"log", "logit"}
    with pytest.raises(DataError, match="'logit' needs shares above 0 and below 1"):
        formed(np.array([0.2, 1.0]), "logit", (0.2, 0.4))
    with pytest.raises(ParameterError, match="No form is called 'cube'; there are level"):
        formed(np.array([0.2, 0.9]), "cube", (0.2, 0.4))


@pytest.mark.parametrize("name", ["own_source_share", "capital_share", "poverty_rate"])
def test_squares_are_those_of_r(
    frame: pd.DataFrame, straight: LeastSquares, from_r: pd.Series, name: str
) -> None:
    """Classical and CR2 p-values of a square beside the whole regression."""
    found = curvature(straight, frame["province"]).table.loc[name]
    wanted = from_r["square", name]
    assert found["estimate"] == pytest.approx(wanted["estimate"], rel=CLOSED_FORM)
    assert found["p_classical"] == pytest.approx(wanted["classical_p"], rel=CLOSED_FORM)
    assert found["p_cr2"] == pytest.approx(wanted["p"], rel=CLOSED_FORM)
    assert found["degrees_of_freedom"] == pytest.approx(wanted["df"], rel=CLOSED_FORM)


def test_the_own_source_share_bends(frame: pd.DataFrame, straight: LeastSquares) -> None:
    """p 0.005 classical, 0.029 by Holm over six factors, 0.106 by CR2 with 3.7 df, 0.079 wild."""
    table = curvature(straight, frame["province"]).table
    assert list(table.index) == [n for n in straight.names[1:] if n not in {"kota", "kppn_ikn"}]
    own = table.loc[FOCAL]
    assert own["p_classical"] == pytest.approx(0.005, abs=0.0005)
    assert own["holm"] == pytest.approx(6 * own["p_classical"])
    assert own["p_cr2"] == pytest.approx(0.106, abs=0.0005)
    assert own["degrees_of_freedom"] == pytest.approx(3.7, abs=0.05)
    assert own["p_wild"] == pytest.approx(0.079, abs=0.008)  # three Monte-Carlo errors


def test_the_slope_differs_by_track(
    frame: pd.DataFrame, straight: LeastSquares, from_r: pd.Series
) -> None:
    """+2.66 (CR2 p 0.020, 7.4 df) by level, +0.26 (p 0.040) by log; wild 0.019 and 0.023."""
    level, log = slope_differences(straight, FOCAL, ["kppn_ikn"], frame["province"])
    for found, name, wild in ((level, "level", 0.019), (log, "log", 0.023)):
        wanted = from_r["track", name]
        for theirs, ours in {**NAMES, "df": "degrees_of_freedom"}.items():
            value = getattr(found.difference, ours)
            assert value == pytest.approx(wanted[theirs], rel=CLOSED_FORM)
        assert found.p_wild == pytest.approx(wild, abs=0.0045)  # three Monte-Carlo errors


def test_the_curve_is_that_of_r(
    frame: pd.DataFrame, straight: LeastSquares, from_r: pd.Series
) -> None:
    """Component and residual, lowess and the natural spline's F test."""
    curve = curve_of(straight, FOCAL)
    wanted = pd.read_csv(REFERENCE / "forms.curve.csv", dtype={"region_code": str})
    wanted = wanted.set_index("region_code").loc[curve.rows.index]
    assert curve.rows["component"].to_numpy() == pytest.approx(
        wanted["component"].to_numpy(), abs=CLOSED_FORM
    )
    assert curve.rows["smooth"].to_numpy() == pytest.approx(
        wanted["smooth"].to_numpy(), abs=CLOSED_FORM
    )
    test = from_r["spline", "against_line"]
    assert (curve.f, curve.p_value) == pytest.approx((test["f"], test["p"]), rel=CLOSED_FORM)
    assert curve.degrees == (test["df"], test["residual_df"])


def test_a_natural_spline_is_straight_beyond_its_ends() -> None:
    """Second differences vanish outside the outer knots and not between them."""
    x = np.linspace(-2, 3, 501)
    columns = natural_spline(x, [0.0, 0.3, 0.7, 1.0])
    bends = np.abs(np.diff(columns[:, 1:], 2, axis=0)).max(axis=1)
    outside = (x[1:-1] < -0.02) | (x[1:-1] > 1.02)
    assert bends[outside].max() < 1e-10
    assert bends[~outside].max() > 1e-6


def test_no_curve_of_a_column_with_two_values(straight: LeastSquares) -> None:
    """A 0/1 column has no bend to look for."""
    with pytest.raises(DataError, match="kota has too few values"):
        curve_of(straight, "kota")
    rng = np.random.default_rng(1)
    x = np.column_stack([np.ones(30), np.tile([0, 1], 15)])
    two = least_squares(x, rng.normal(size=30), ["intercept", "kota"])
    with pytest.raises(DataError, match="none bends"):
        curvature(two, np.arange(30) // 3)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (np.round, "few_values"),
        (lambda x: np.where(x.rank(pct=True) < 0.8, 0.1, x), "same_quartiles"),
        (lambda x: np.where(x.rank(pct=True) > 0.4, x, x.min()), "few_values"),
    ],
)
def test_why_a_factor_has_no_other_form(frame: pd.DataFrame, values, reason: str) -> None:
    """0/1, most rows at one value, too many at one end: a code, and words in both languages."""
    made = frame.assign(own_source_share=values(frame[FOCAL]))
    solved = fit(FORMULA, made).least_squares
    study = form_study(solved, FOCAL, ["kppn_ikn"], made["province"])
    assert (study.reason, study.curve, study.contrasts) == (reason, None, None)
    assert bool(study.unsloped) == (values is np.round)  # one region alone has a 1
    for lang in LANGUAGES:
        words = Words(lang)
        told = [forms.curve_text(study, words=words), forms.contrasts_text(study, "x", words=words)]
        assert [foreign(one.markdown, lang) for one in told] == [[], []]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_forms_are_said_in_both_languages(
    frame: pd.DataFrame, straight: LeastSquares, lang: str
) -> None:
    """Sheets, sentences and the figure; what a form needs where a value does not allow it."""
    study = form_study(straight, FOCAL, ["kppn_ikn"], frame["province"])
    words, label = Words(lang), "PAD"
    named = dict.fromkeys(straight.names, "X")
    picture = forms.curve_picture(study.curve, Step(0.1, f"{label}: +10"), "...", words=words)
    check_words(picture)
    told = [
        repr(forms.contrasts_sheet(study.contrasts, words=words)),
        repr(forms.curvature_sheet(curvature(straight, frame["province"]), named, words=words)),
        forms.contrasts_text(study, label, words=words).markdown,
        forms.slopes_text(study, named, words=words).markdown,
        forms.curve_text(study, words=words).markdown,
        picture.caption,
        picture.alt,
    ]
    assert {text: foreign(text, lang) for text in told if foreign(text, lang)} == {}
    assert bool(re.search(r"\d\.\d", "".join(told))) == (lang == "en")
    contrasts = replace(study.contrasts, undefined=("log", "root", "logit"))
    told = forms.contrasts_text(replace(study, contrasts=contrasts), label, words=words).markdown
    assert not foreign(told, lang)
    assert words.say("values_root") in told
