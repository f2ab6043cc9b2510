"""Figures and sheets of the regressions: the numbers on their axes and in their cells."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from clean_text import found as english
from matplotlib.text import Text
from test_figures import check_edges, check_words, points

from smartlib import data, inference
from smartlib.inference import checks
from smartlib.inference.checks.influence import (
    GroupInfluence,
    Influence,
    influence,
    leave_group_out,
)
from smartlib.inference.checks.omitted import adjusted
from smartlib.inference.checks.unmeasured import contours, unmeasured
from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.least_squares import LeastSquares
from smartlib.inference.core.wild_bootstrap import wild_bootstrap
from smartlib.present.regression import coefficient_figures as figures
from smartlib.present.regression import sheets
from smartlib.present.regression.steps import Step, natural_steps, spoken
from smartlib.present.words.readings import reading
from smartlib.present.words.wording import MINUS, Words

SOURCE = "Source: test."
FOCAL, CAPITAL = "own_source_share", "capital_share"
TERMS = (FOCAL, CAPITAL, "log_population", "kota", "poverty_rate")
RIGHT = " + ".join(TERMS)
TENTH = Step(0.1, "Own-source share: +10 points")
LABELS = {name: name.replace("_", " ").capitalize() for name in TERMS}


@pytest.fixture(scope="module")
def dictionary() -> pd.DataFrame:
    return data.load_factor_dictionary()


@pytest.fixture(scope="module")
def vintage(scores, tables) -> inference.FactorTable:
    return inference.factors_by_rule(tables.factors, scores.index, 2024)


@pytest.fixture(scope="module")
def frame(scores, scheme, vintage, dictionary, evaluation) -> pd.DataFrame:
    purge = inference.purge(evaluation.scored, evaluation.instrument, scheme)
    outcomes = inference.outcome_table(scores, scheme, purge)
    return inference.analysis_frame(scores, outcomes, vintage.values, scheme)


@pytest.fixture(scope="module")
def model(frame) -> inference.FittedModel:
    return inference.fit(f"harmonised_index ~ {RIGHT}", frame)


@pytest.fixture(scope="module")
def design(model) -> LeastSquares:
    return model.least_squares


@pytest.fixture(scope="module")
def steps(vintage, dictionary, frame, evaluation) -> dict[str, Step]:
    registry = inference.registry(vintage, dictionary, evaluation.scored)
    chosen = {name: registry[name] for name in (*TERMS, "grdp_per_capita") if name != "kota"}
    return natural_steps(chosen, {"kota": "Kota"}, frame)


def check(picture: figures.DensePicture) -> None:
    check_words(picture)
    check_edges(picture)
    assert picture.png() == picture.png()
    assert len(picture.alt) > 20


def test_steps_follow_the_unit(steps, frame) -> None:
    """Ten points of a share or percentage, tenfold for a log, 0 to 1, else one SD."""
    assert steps[FOCAL] == Step(0.1, "Own-source share of revenue: +10 points")
    assert steps["poverty_rate"] == Step(10.0, "Poverty rate: +10")
    assert steps["log_population"].label == "Population: tenfold"
    assert np.exp(steps["log_population"].size) == pytest.approx(10)
    assert steps["kota"] == Step(1.0, "Kota")
    assert steps["grdp_per_capita"].size == frame["grdp_per_capita"].std()


def test_names_of_columns_are_spoken_as_labels() -> None:
    """Whole names only, the longest first; an abbreviation keeps its capitals."""
    labels = {"kota": "Kota", "log_population": "Population (log)", "kppn_ikn": "KPPN/IKN track"}
    text = spoken("log_population, kppn_ikn, kota and kotamadya", labels)
    assert text == "population (log), KPPN/IKN track, kota and kotamadya"


def test_the_sheet_of_models_holds_their_numbers(model, frame) -> None:
    """A line for each coefficient and one for rows, clusters and R squared."""
    published = inference.fit(f"published_index ~ {RIGHT}", frame)
    table = sheets.models_sheet({"Harmonised index": model, "Published index": published}, LABELS)
    cells = table.frame.set_index("Coefficient")
    assert list(cells.index[:-1]) == ["Intercept", *LABELS.values()]
    found = published[FOCAL]
    row = cells.loc["Own source share"]
    expected = f"+{found.estimate:.3f} ({found.standard_error:.3f})"
    assert row["Published index (error)"] == expected
    assert row["p, harmonised index"] == f"{model[FOCAL].p_value:.3f}"
    assert cells["Harmonised index (error)"].iloc[-1] == "140, 29"
    assert cells["p, harmonised index"].iloc[-1] == f"{model.r_squared:.2f}"


def test_a_coefficient_of_a_small_unit_keeps_its_digits(frame) -> None:
    """GRDP in thousand rupiah: two digits in powers of ten, where three decimals have none."""
    model = inference.fit("harmonised_index ~ grdp_per_capita", frame)
    cell = sheets.models_sheet({"A": model}, {}).frame["A (error)"].iloc[1]
    estimate, error = cell.replace("\u2212", "-").removesuffix(")").split(" (")
    assert float(estimate) == pytest.approx(model["grdp_per_capita"].estimate, rel=0.05)
    assert float(error) == pytest.approx(model["grdp_per_capita"].standard_error, rel=0.05)


def test_coefficients_are_told_on_their_steps_and_in_deviations(model, frame, steps) -> None:
    """A line each: step, interval, zero; the second number is that of standardised columns."""
    chosen = {name: steps[name] for name in (FOCAL, "kota")}
    first, second = sheets.steps_text(model, chosen, frame).replace("\u2212", "-").splitlines()
    c = model[FOCAL]
    assert first.startswith(
        f"- *{steps[FOCAL].label}* goes with {c.estimate / 10:+.2f} index points "
        f"({c.low / 10:+.2f} to {c.high / 10:+.2f}); the interval "
    )
    assert ("holds zero" in first) == (c.low <= 0 <= c.high)
    columns = [*TERMS, "harmonised_index"]
    standardised = (frame[columns] - frame[columns].mean()) / frame[columns].std()
    again = inference.fit(f"harmonised_index ~ {RIGHT}", standardised.join(frame["province"]))
    assert f"goes with {again['kota'].estimate:+.2f} standard deviations" in second
    broken = dict.fromkeys(("low", "high"), np.nan)
    open_end = replace(model, coefficients=(replace(c, **broken),))
    assert "no interval can be given" in sheets.steps_text(open_end, {FOCAL: steps[FOCAL]}, frame)


def test_the_sheet_of_errors_tells_where_degrees_of_freedom_come_from(model, frame) -> None:
    """Numbers on the step; the normal and the bootstrap have words in place of a number."""
    normal = next(c for c in model.beside if c.name == FOCAL)
    drawn = wild_bootstrap(model.least_squares, FOCAL, frame["province"], draws=99)
    under = {"cr2": model[FOCAL], "normal": normal, "wild": drawn}
    table = sheets.errors_sheet(under, TENTH).frame
    satterthwaite = f"{model[FOCAL].degrees_of_freedom:.1f}"
    assert list(table["Degrees of freedom"]) == [satterthwaite, "normal", "by draws"]
    assert table["Standard error"].iloc[0] == f"{model[FOCAL].standard_error / 10:.3f}"
    by_cr1 = covariance(model.least_squares, "cr1", frame["province"]).standard_errors
    assert table["Standard error"].iloc[2] == (
        f"{by_cr1[model.least_squares.names.index(FOCAL)] / 10:.3f} (CR1)"
    )
    assert table["Interval"].iloc[2] == (
        f"{drawn.low / 10:+.3f} to {drawn.high / 10:+.3f}".replace("-", "\u2212")
    )


def test_a_kind_of_errors_counts_once(model) -> None:
    """Three cutoffs are one kind; where they differ among themselves that is said."""
    out, over = (
        replace(model[FOCAL], low=0.1, high=0.3),
        replace(model[FOCAL], low=-0.1, high=0.3),
    )
    unknown = replace(model[FOCAL], low=np.nan, high=np.nan)
    told = sheets.zero_tally({"CR2": [over], "HC3": [out], "distance": [out, out, out]})
    assert told == (
        "They disagree. Of 3 kinds of errors, zero is left out by 2 (HC3; distance), held by 1 "
        "(CR2)."
    )
    assert "as the cutoff is, by 1 (distance)" in sheets.zero_tally({"distance": [out, over]})
    assert "not judged by 1 (CR2)" in sheets.zero_tally({"CR2": [unknown], "HC3": [out]})
    assert sheets.zero_tally({"CR2": [out], "HC3": [out]}) == (
        "They agree. Of 2 kinds of errors, zero is left out by 2 (CR2; HC3)."
    )


def test_a_series_without_a_key_says_so(model, steps) -> None:
    """A coefficient that another model does not have is no blank."""
    table = sheets.intervals_sheet(
        {"one": {FOCAL: model[FOCAL], "kota": model["kota"]}, "other": {FOCAL: model[FOCAL]}}, steps
    ).frame
    assert list(table["other"]) == [f"+{model[FOCAL].estimate / 10:.3f}", "no data"]


@pytest.mark.parametrize("count", [1, 3])
def test_intervals_stand_on_their_steps(model, steps, count: int) -> None:
    """A dot is the coefficient times its step, a line its interval; the first key on top."""
    found = {name: model[name] for name in TERMS}
    series = {f"series {number}": found for number in range(count)}
    picture = figures.interval_picture(series, steps, "Caption", SOURCE)
    check(picture)
    ax = picture.figure.axes[0]
    for name, height in zip(TERMS, range(len(TERMS))[::-1], strict=True):
        size = steps[name].size
        x, y = points(ax, "series 0")[height]
        assert (x, y) == (pytest.approx(model[name].estimate * size), height)
        ends = ax.collections[0].get_segments()[height][:, 0]
        assert ends == pytest.approx([model[name].low * size, model[name].high * size])
    assert len(points(ax)) == count * len(TERMS)


def test_every_fiscal_year_has_its_dot(frame, tables, steps) -> None:
    """A panel for each factor, a dot and an interval for each year, in order."""
    formula = f"harmonised_index ~ {RIGHT}"
    table = inference.coefficients_by_year(formula, frame, tables.factors, stock_year=2024)
    shown = {name: steps[name] for name in (FOCAL, CAPITAL)}
    picture = figures.years_picture(table, shown, SOURCE)
    check(picture)
    for ax, name in zip(picture.figure.axes, shown, strict=True):
        rows = table[table["name"] == name]
        assert [y for _, y in points(ax)] == pytest.approx(list(rows["estimate"] * 0.1))
        ends = np.array([segment[:, 1] for segment in ax.collections[0].get_segments()])
        assert ends == pytest.approx(rows[["low", "high"]].to_numpy() * 0.1)
    assert "2024 budgeted" in picture.alt
    assert all(str(year) in picture.alt for year in table["year"])


def test_the_years_are_told_with_signs_and_intervals(steps) -> None:
    """Two factors by hand: one keeps its sign and leaves zero out twice, one changes it."""
    table = pd.DataFrame(
        {
            "name": [FOCAL, CAPITAL] * 3,
            "year": [2021, 2021, 2022, 2022, 2024, 2024],
            "basis": ["realised"] * 4 + ["budgeted"] * 2,
            "estimate": [3.0, -2.0, 2.0, 1.0, 1.0, 0.5],
            "low": [1.0, -3.0, 0.5, -1.0, -1.0, -1.0],
            "high": [5.0, 1.0, 4.0, 3.0, 3.0, 2.0],
            "n": [139, 139, 140, 140, 140, 140],
        }
    )
    chosen = {name: steps[name] for name in (FOCAL, CAPITAL)}
    own, capital, rows = sheets.years_text(table, chosen).splitlines()
    assert "+10 points* keeps its sign: +0.30 (2021 realised), +0.20 (2022" in own
    assert own.endswith(
        "+0.10 (2024 budgeted) index points. Intervals that leave out zero: 2 of 3."
    )
    assert "changes its sign: \u22120.20 (2021 realised)" in capital
    assert capital.endswith("zero: 0 of 3.")
    assert rows.endswith("139 to 140.")


def test_badung_and_bali_stand_on_top(design, frame, scores) -> None:
    """Each panel has the ten that move the coefficient most, solved again without them."""
    rows = influence(design, factor=FOCAL, labels=list(scores["region"]))
    groups = leave_group_out(design, factor=FOCAL, groups=list(frame["province"]))
    picture = figures.influence_picture(rows, groups, TENTH, ("region", "province"), SOURCE)
    check(picture)
    regions, provinces = picture.figure.axes
    without = {
        "region": frame[scores["region"] != "Kab. Badung"],
        "province": frame[frame["province"] != "Bali"],
    }
    for ax, part in zip((regions, provinces), without.values(), strict=True):
        again = inference.fit(f"harmonised_index ~ {RIGHT}", part)[FOCAL].estimate
        assert len(points(ax)) == figures.MOVED
        assert points(ax)[-1] == (pytest.approx(again * 0.1), figures.MOVED - 1)
    assert "without Kab. Badung" in picture.alt
    assert "without Bali" in picture.alt


def test_fewer_groups_than_places_keep_the_top(design, scores) -> None:
    """Three groups stand on the three highest lines, the blank ones below."""
    labels = list(scores["region"])
    rows = influence(design, factor=FOCAL, labels=labels)
    groups = leave_group_out(
        design, factor=FOCAL, groups=[number % 3 for number in range(len(labels))]
    )
    picture = figures.influence_picture(rows, groups, TENTH, ("region", "group"), SOURCE)
    check(picture)
    assert [y for _, y in points(picture.figure.axes[1])] == [7, 8, 9]


def test_the_map_has_a_dot_for_every_residual(model, register) -> None:
    """Each at its own centroid, blue above and orange below, as wide as it is large."""
    solved = model.least_squares
    residuals = pd.Series(solved.residuals, index=list(solved.rows))
    picture = figures.residual_map(register.frame, residuals, SOURCE)
    check(picture)
    everywhere, above, below = picture.figure.axes[0].collections
    assert len(everywhere.get_offsets()) == len(register.frame)
    for drawn, chosen in ((above, residuals[residuals > 0]), (below, residuals[residuals <= 0])):
        places = register.frame.loc[chosen.index, ["longitude", "latitude"]].to_numpy()
        assert np.array_equal(drawn.get_offsets(), places)
        ratio = np.sqrt(drawn.get_sizes()) / chosen.abs().to_numpy()
        assert ratio == pytest.approx(ratio[0])
    assert f"{residuals.min():+.2f}".replace("-", MINUS) in picture.alt


@pytest.mark.parametrize("factor", [FOCAL, CAPITAL])
def test_on_a_contour_the_coefficient_is_what_it_says(design, factor: str) -> None:
    """At every point of the line of zero, `adjusted` gives zero; dots are the benchmarks."""
    others = [name for name in TERMS if name != factor]
    found = unmeasured(design, factor=factor, benchmarks=others)
    grid = contours(found, highest=0.4)
    picture = figures.contour_picture(found, grid, LABELS, SOURCE)
    check(picture)
    ax = picture.figure.axes[0]
    thick = next(c for c in ax.collections if c.get_linewidths()[0] > 1)
    x, y = np.vstack([path.vertices for path in thick.get_paths()]).T
    start = (found.estimate, found.standard_error, found.degrees_of_freedom)
    on_line = adjusted(*start, r2_factor=x, r2_outcome=y).estimate
    # The line is drawn straight between the places of a grid.
    assert np.abs(on_line).max() < 0.01 * abs(found.estimate)
    once = found.benchmarks.query("times == 1 and r2_factor <= 0.4 and r2_outcome <= 0.4")
    dots = points(ax, "had it been as strong as a measured column")
    assert dots == list(zip(once["r2_factor"], once["r2_outcome"], strict=True))
    assert picture.alt == spoken(reading(found), LABELS)
    assert not any("_" in word for word in picture.alt.split())


def test_the_strongest_benchmark_is_named(design) -> None:
    """One name stands by the dots: the column that would move the coefficient most."""
    others = [name for name in TERMS if name != FOCAL]
    found = unmeasured(design, factor=FOCAL, benchmarks=others)
    grid = contours(found, highest=0.6)
    picture = figures.contour_picture(found, grid, LABELS, SOURCE)
    once = found.benchmarks.query("times == 1").set_index("benchmark")["estimate"]
    strongest = LABELS[(once - found.estimate).abs().idxmax()]
    written = {text.get_text() for text in picture.figure.axes[0].texts}
    assert written & set(LABELS.values()) == {strongest}


def test_the_sheet_of_benchmarks_has_those_of_one_time(design) -> None:
    """A line for each measured column at its own strength, with the coefficient then."""
    found = unmeasured(design, factor=FOCAL, benchmarks=["poverty_rate", "kota"])
    table = sheets.benchmarks_sheet(found, LABELS).frame
    row = found.benchmarks.query("benchmark == 'kota' and times == 1").iloc[0]
    assert list(table["A variable as strong as"]) == ["Poverty rate", "Kota"]
    assert table["Share of the factor"][1] == f"{row['r2_factor']:.1%}"
    assert table["Coefficient then"][1] == f"{row['estimate']:+.3f}"
    assert table["Classical interval"][1].startswith(f"{row['low']:+.3f} to".replace("-", "\u2212"))


def test_without_benchmarks_the_contours_stand_alone(design) -> None:
    """No measured column to compare with: no dots and no name."""
    found = unmeasured(design, factor=FOCAL)
    picture = figures.contour_picture(found, contours(found), LABELS, SOURCE)
    check(picture)
    assert points(picture.figure.axes[0], "had it been as strong as a measured column") == []


def test_an_error_that_is_not_known_is_no_number(model) -> None:
    """Missing errors, as of a coefficient that one cluster decides, are said in words."""
    missing = dict.fromkeys(("standard_error", "p_value", "low", "high"), np.nan)
    broken = replace(model[FOCAL], degrees_of_freedom=np.nan, **missing)
    row = sheets.errors_sheet({"cr2": broken}, TENTH).frame.iloc[0]
    assert set(row.iloc[2:]) == {"no data"}


ID = {"words": Words("id")}


@pytest.fixture(scope="module")
def labels_id(vintage, dictionary, evaluation) -> dict[str, str]:
    registry = inference.registry(vintage, dictionary, evaluation.scored)
    return {name: registry[name].label_id for name in TERMS if name != "kota"} | {"kota": "Kota"}


@pytest.fixture(scope="module")
def steps_id(vintage, dictionary, evaluation, frame) -> dict[str, Step]:
    registry = inference.registry(vintage, dictionary, evaluation.scored)
    chosen = {name: registry[name] for name in TERMS if name != "kota"}
    return natural_steps(chosen, {"kota": "Kota"}, frame, **ID)


@pytest.fixture(scope="module")
def by_year(frame, tables) -> pd.DataFrame:
    formula = f"harmonised_index ~ {RIGHT}"
    return inference.coefficients_by_year(formula, frame, tables.factors, stock_year=2024)


@pytest.fixture(scope="module")
def left_out(design, frame, scores) -> tuple[Influence, GroupInfluence]:
    rows = influence(design, factor=FOCAL, labels=list(scores["region"]))
    return rows, leave_group_out(design, factor=FOCAL, groups=list(frame["province"]))


def check_indonesian(texts: list[str]) -> None:
    """No English word, raw name or decimal point."""
    assert {text: english(text, "id") for text in texts if english(text, "id")} == {}
    assert [text for text in texts if re.search(r"\d\.\d", text)] == []


def test_sheets_are_indonesian(model, frame, labels_id, steps_id) -> None:
    """Their heads and cells; a p-value has a decimal comma."""
    drawn = wild_bootstrap(model.least_squares, FOCAL, frame["province"], draws=99)
    found = unmeasured(model.least_squares, factor=FOCAL, benchmarks=["kota", CAPITAL])
    series = {"satu": {name: model[name] for name in TERMS}, "lain": {FOCAL: model[FOCAL]}}
    shown = [
        sheets.models_sheet({"Indeks terharmonisasi": model}, labels_id, **ID),
        sheets.errors_sheet({"CR2": model[FOCAL], "undian": drawn}, steps_id[FOCAL], **ID),
        sheets.intervals_sheet(series, steps_id, **ID),
        sheets.benchmarks_sheet(found, labels_id, **ID),
    ]
    check_indonesian([repr(one) for one in shown])
    p = f"{model[FOCAL].p_value:.3f}".replace(".", ",")
    assert shown[0].frame["p, indeks terharmonisasi"].iloc[1] == p


def test_sentences_are_indonesian(model, frame, steps_id, by_year) -> None:
    """What is said of steps, kinds of errors, and years."""
    moving = {name: steps_id[name] for name in (FOCAL, CAPITAL)}
    texts = [
        sheets.steps_text(model, steps_id, frame, **ID),
        sheets.zero_tally({"CR2": [model[FOCAL]], "lain": [model[CAPITAL]]}, **ID),
        sheets.years_text(by_year, moving, **ID),
    ]
    check_indonesian(texts)
    assert "Porsi PAD dalam pendapatan: +10 poin persen* berjalan bersama" in texts[0]


def test_readings_are_indonesian(design, register, frame, labels_id, left_out) -> None:
    """Influence, what is not measured, and each check with and without a sign."""
    place = register.frame.loc[frame.index]
    found = [
        *left_out,
        unmeasured(design, factor=FOCAL, benchmarks=["kota", CAPITAL]),
        checks.collinearity(design),
        checks.reset(design),
        checks.heteroskedasticity(design),
        checks.morans_i(design, longitude=place["longitude"], latitude=place["latitude"]),
    ]
    texts = [spoken(reading(one, "id"), labels_id) for one in found]
    check_indonesian(texts)
    assert f"{found[0].estimate:.3g}".replace(".", ",") in texts[0]


def test_figures_are_indonesian(model, register, steps_id, by_year, left_out) -> None:
    """Every word on them, and their descriptions; none runs over an edge."""
    series = {name: {term: model[term] for term in TERMS} for name in ("satu", "lain")}
    moving = {name: steps_id[name] for name in (FOCAL, CAPITAL)}
    design, kinds = model.least_squares, ("daerah", "provinsi")
    residuals = pd.Series(design.residuals, index=list(design.rows))
    found = unmeasured(design, factor=FOCAL, benchmarks=["kota", CAPITAL])
    labels = {name: step.label for name, step in steps_id.items()}
    pictures = [
        figures.interval_picture(series, steps_id, "Judul", "Sumber", **ID),
        figures.years_picture(by_year, moving, "Sumber", **ID),
        figures.influence_picture(*left_out, steps_id[FOCAL], kinds, "Sumber", **ID),
        figures.residual_map(register.frame, residuals, "Sumber", **ID),
        figures.contour_picture(found, contours(found), labels, "Sumber", **ID),
    ]
    for picture in pictures:
        check(picture)
        words = [word.get_text() for word in picture.figure.findobj(Text)]
        check_indonesian([picture.caption, picture.alt, *words])
