"""The study of outcomes as a whole: gates, verdicts, a user's own panel, both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from smartlib.data.load import load_register
from smartlib.data.programme.cohorts import load_cohorts
from smartlib.data.programme.outcomes import Outcomes, load_outcomes
from smartlib.inference.core.estimates import by_student
from smartlib.inference.outcomes import asked, library
from smartlib.inference.outcomes.groups import Groups, groups_of
from smartlib.inference.outcomes.honest import relative
from smartlib.inference.outcomes.paths import pre_trend
from smartlib.inference.outcomes.study import Study, study
from smartlib.present.regression import outcome_tables
from smartlib.present.regression.outcome_tables import Teller, verdict_words
from smartlib.present.words.outcomes import TEXTS, said
from smartlib.present.words.wording import Words
from smartlib.run.plan.domain import Domain
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders

SETTINGS = asked.Settings((2017,), "never")


@pytest.fixture(scope="module")
def held(folders: Folders) -> Outcomes:
    return load_outcomes(folders)


@pytest.fixture(scope="module")
def places(folders: Folders) -> pd.DataFrame:
    return load_register(folders).frame


@pytest.fixture(scope="module")
def groups(folders: Folders, places: pd.DataFrame) -> Groups:
    cohorts = load_cohorts(folders)
    return groups_of(places.index, cohorts.dated, cohorts.later.index)


def made(held: Outcomes, groups: Groups, places: pd.DataFrame, what: tuple[str, int]) -> Study:
    design = asked.designed(held.measures, what[0], (2017, what[1]), SETTINGS)
    income = held.scaled("grdp_per_person_a")[2016]
    return study(held.scaled(what[0]), design, groups, places, income)


@pytest.fixture(scope="module")
def total(held: Outcomes, groups: Groups, places: pd.DataFrame) -> Study:
    return made(held, groups, places, ("grdp_c", 2019))


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (("grdp_c", 2019), (("sign",), (-0.0387, 0.0241))),
        (("mean_schooling_d", 2020), (("moves", "placebo"), (-0.170, 0.028))),
        (("human_development_index_d", 2020), (("moves", "placebo"), (-0.312, 0.160))),
    ],
)
def test_the_verdicts(
    held: Outcomes,
    groups: Groups,
    places: pd.DataFrame,
    what: tuple[str, int],
    told: tuple[tuple[str, ...], tuple[float, float]],
) -> None:
    """No outcome is identified by the rule; schooling, whose placebo is not significant, is caught
    by its margin and by controls that are alike in initial schooling.
    """
    found = made(held, groups, places, what).verdict
    assert found.reasons == told[0]
    assert (found.low, found.high) == pytest.approx(told[1], abs=6e-4)


def test_only_controls_that_are_alike_are_held(total: Study) -> None:
    """An adjusted estimate stands exactly where 20 controls are left and none is told apart."""
    like = {key for key, one in total.likeness.items() if one.is_enough}
    assert like == {("never", "strata"), ("never", "income")}
    assert set(total.admissible) == like | {("never", "nothing"), ("not_yet", "nothing")}


def test_each_omission_is_named(total: Study, places: pd.DataFrame) -> None:
    """Mimika moves the headline most, its province as far; neighbours and jumps are counted."""
    table = asked.omissions(total, places).set_index("kind")
    assert table.loc["region", "name"] == "Kab. Mimika"
    assert table.loc["province", "name"] == "Papua Tengah"
    assert table.loc["neighbours", "controls"] == 262 - int(table.loc["neighbours", "name"])
    assert table.loc["breaks", "treated"] + table.loc["breaks", "controls"] < 25 + 262


def test_the_break_passes_for_a_programme(
    held: Outcomes, groups: Groups, places: pd.DataFrame
) -> None:
    """GRDP per person to 2024: +0.058 behind a clean trend; to 2019 +0.011, and +0.033 without the
    61 regions that jump in 2020.
    """
    pytest.importorskip("diff_diff")
    found = asked.trap(held.scaled("grdp_per_person_a"), groups, places["province"])
    assert (found.broken, found.jumped, found.until, found.apart) == ((2020,), 61, 2019, 0)
    estimates = [one.estimate for one in (found.whole, found.shorter, found.steady)]
    assert estimates == pytest.approx([0.058, 0.011, 0.033], abs=6e-4)


def test_without_the_extra_the_rest_stands(total: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds by relative magnitudes are the package's own; those by smoothness are left out."""
    monkeypatch.setattr(library, "find_spec", lambda name: None)
    assert [one.kind for one in asked.bounds(total)] == ["relative", "relative"]


def test_a_panel_of_ones_own_joins(held: Outcomes, groups: Groups, places: pd.DataFrame) -> None:
    """A column with years is an outcome in levels: a made-up one with a known difference."""
    rng = np.random.default_rng(6)
    years = range(2010, 2020)
    rows = pd.MultiIndex.from_product([places.index, years], names=["region_code", "year"])
    frame = pd.DataFrame({"wifi": rng.normal(size=len(rows))}, rows).reset_index("year")
    treated = frame.index.isin(groups.treated([2017])) & (frame["year"] > 2016)
    frame.loc[treated, "wifi"] += 3.0
    joined = held.with_own(frame)
    design = asked.designed(joined.measures, "wifi", (2017, 2019), SETTINGS)
    income = held.scaled("grdp_per_person_a")[2016]
    found = study(joined.scaled("wifi"), design, groups, places, income)
    assert found.headline.low < 3 < found.headline.high
    assert held.with_own("").measures.equals(held.measures)
    with pytest.raises(DataError, match="The table has no years"):
        held.with_own(frame.drop(columns="year"))
    with pytest.raises(DataError, match="grdp_c is an outcome already"):
        held.with_own(frame.rename(columns={"wifi": "grdp_c"}))


def test_what_does_not_fit_is_refused(
    held: Outcomes, groups: Groups, places: pd.DataFrame, total: Study
) -> None:
    """A window before selection, one of three years, a measure that there is not, a logarithm of
    nothing.
    """
    income = held.scaled("grdp_per_person_a")[2016]
    early = replace(total.design, window=(2016, 2019))
    with pytest.raises(DataError, match="window 2016 to 2019 does not lie after the base year"):
        study(total.wide, early, groups, places, income)
    with pytest.raises(DataError, match="expected its first and its last year"):
        asked.designed(held.measures, "grdp_c", (2017, 2018, 2019), SETTINGS)
    with pytest.raises(DataError, match="There is no outcome 'gdp'; there are grdp_c"):
        asked.designed(held.measures, "gdp", (2017, 2019), SETTINGS)
    values = held.values.assign(value=held.values["value"].where(held.values.index > 0, 0.0))
    values.loc[values["measure"] == "grdp_c", "value"] = 0.0
    with pytest.raises(DataError, match=r"'grdp_c' of 11.01 in 2008 is 0; logarithms need"):
        replace(held, values=values).scaled("grdp_c")


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("outcome", "grdp", "there is no outcome 'grdp'; the nearest names: grdp_"),
        ("cohort", [2020], "nobody was selected in 2020; years of selection: 2017, 2018"),
        ("controls", "late", "'late' are no controls; expected never or not_yet"),
    ],
)
def test_parameters_are_checked_before_a_kernel_starts(
    folders: Folders, name: str, value: object, problem: str
) -> None:
    """Outcomes of this notebook are measures, not indices; a user's own table has its own."""
    domain, given = Domain.of(folders), {name: value}
    everything = {"cohort": [2017], "own": "", **given}
    assert domain.checked(given, everything)[1][name].startswith(problem)
    if name == "outcome":
        assert not domain.checked(given, {**everything, "own": "mine.csv"})[1]


def fields(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_the_same(key: str) -> None:
    """The same numbers, and neither is empty."""
    indonesian, english = TEXTS[key]
    assert fields(indonesian) == fields(english)
    assert indonesian.strip()
    assert english.strip()


def test_every_text_is_said() -> None:
    """A text that nothing asks for is dead."""
    code = (
        "".join(
            path.read_text("utf-8")
            for path in (
                *(ROOT / "smartlib/present/regression").glob("outcome_*.py"),
                *(ROOT / "smartlib/inference/outcomes").glob("*.py"),
                ROOT / "notebooks/08_programme_outcomes.ipynb",
            )
        )
        .replace('\\"', '"')
        .replace("'", '"')
    )
    heads = {f"head_{name}" for name in re.findall(r'"(\w+)"', code)}
    columns = {f"column_{name}" for name in re.findall(r'"(\w+)"', code)}
    omitted = {f"without_{name}" for name in ("region", "province", "neighbours", "breaks")}
    dead = [
        key
        for key in TEXTS
        if f'"{key}"' not in code
        and f"head_{key.removeprefix('head_')}" not in code
        and key not in heads | columns | omitted
    ]
    assert dead == []


def test_effect_stands_only_beside_its_assumption() -> None:
    """In either language, a sentence with the word names parallel trends, or denies it."""
    for pair, word in product(TEXTS.values(), ("effects?", "efek")):
        for text in (re.sub("(?i)fixed effects|efek tetap", "", t) for t in pair):
            for sentence in re.split(r"(?<=[.?:]) ", text):
                if (
                    word in sentence.lower()
                    and "efektif" not in sentence
                    and "effective" not in sentence
                ):
                    assert re.search(r"parallel trends|tren sejajar|without any|tanpa", sentence), (
                        text
                    )


def test_a_verdict_that_is_refused_certifies_nothing(total: Study) -> None:
    """A failed placebo takes the bound away; a sentence of bounds names its assumption."""
    tell = Teller(Words("en"), "x", "points", True)
    assert "Under parallel trends with at least one" in verdict_words(tell, total)
    refused = replace(total, verdict=replace(total.verdict, reasons=("moves", "placebo")))
    text = verdict_words(tell, refused)
    assert "the placebo fails. No number of this line speaks of the programme." in text
    assert "excluded" not in text
    kept = replace(total, verdict=replace(total.verdict, reasons=()))
    assert verdict_words(tell, kept).startswith("Under parallel trends")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_tables_hold_the_numbers(
    total: Study, held: Outcomes, groups: Groups, lang: str
) -> None:
    """Logarithms in hundredths, signs and marks of the language, the verdict in the last column."""
    tell = Teller.of(Words(lang), held.measures, "grdp_c")
    found = by_student("x", 0.01, 0.005, 9)
    shown = {"id": "+1,00 (−0,13; +2,13)", "en": "+1.00 (−0.13; +2.13)"}[lang]
    assert tell.estimate(found) == shown
    plan = outcome_tables.plan(tell, total, groups.counts(), asked.LIMITS).markdown
    assert all(str(n) in plan for n in (25, 262, 50, 29, 2015, 2016))
    line = (tell, total, pre_trend(total.path, powers=()), relative(total.path, 1))
    frame = outcome_tables.verdict_sheet([line]).frame
    assert frame.iloc[0, -1] == verdict_words(tell, total)
    assert said(Words(lang), "passes") in frame.iloc[0, 3]
    three = outcome_tables.three_lines(tell, total).frame
    assert three.iloc[:, 1].tolist() == ["25 / 262", "25 / 50", "50 / 262"]
    withheld = outcome_tables.overlap_sheet(tell, total).frame.iloc[:, -1]
    assert (withheld == said(Words(lang), "withheld")).sum() == 8
