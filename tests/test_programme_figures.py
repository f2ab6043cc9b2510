"""Figures of the programme: the numbers on their axes, their words, their bytes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from test_figures import check_edges, check_words, points, words_of

from smartlib import inference
from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.least_squares import least_squares
from smartlib.inference.core.sandwich import infer
from smartlib.inference.programme import (
    improvement,
    imputation,
    membership,
    selection,
    tracks,
    worst_case,
)
from smartlib.present.drawing import Picture
from smartlib.present.regression import programme_figures as figures
from smartlib.present.words.programme_texts import ERRORS
from smartlib.present.words.wording import ENGLISH, Words

SOURCE = "Source: test."
LABELS = {  # the longest words that the notebook gives
    "kota": "Kota, not kabupaten",
    "own_source_share": "Own-source share: +10 points",
    "human_development_index": "Human development index: +10",
}
FACTORS = list(LABELS)
SCALE = {"kota": 1.0, "own_source_share": 0.1, "human_development_index": 10.0}
NAMES = {1: "KPPN/IKN", 0: "Regular"}
LOST = 25
SAME = 1e-12  # the same arithmetic in another order


@pytest.fixture(scope="module")
def everyone(tables, register) -> pd.DataFrame:
    """Every region with a budget: factors, and whether it is in."""
    values = inference.factor_table(tables.factors, 2022, 2024).values
    outcomes = selection.stage_outcomes(tables.participation.set_index("region_code"))
    frame = register.frame.join(values).join(outcomes)
    return frame.assign(kota=(frame["kind"] == "kota").astype(float)).dropna(subset=FACTORS)


@pytest.fixture(scope="module")
def known(scores, everyone) -> pd.DataFrame:
    frame = scores.join(everyone[FACTORS])
    return frame.assign(kppn_ikn=(frame["track"] == "kppn_ikn").astype(float))


@pytest.fixture(scope="module")
def fits(everyone) -> dict[str, selection.Logit]:
    invited = everyone[everyone["scored"].notna()]
    return {
        "selected": membership.logit(everyone, "selected", FACTORS),
        "row at hand": membership.logit(invited, "scored", FACTORS),
    }


@pytest.fixture(scope="module")
def lost(known, everyone, tables) -> tuple:
    """The regression of the known rows, its imputations, its bounds."""
    x = known[FACTORS].assign(intercept=1.0)[["intercept", *FACTORS]]
    fit = least_squares(x, known["harmonised_index"], x.columns, known.index)
    found = infer(covariance(fit, "cr2", known["province"]))
    codes = tables.participation.query("stage2 == 'undetermined'")["region_code"]
    asked = {"candidates": everyone.loc[codes], "lost": LOST, "lowest": 1.0, "highest": 4.0}
    head = known, "harmonised_index", FACTORS
    imputed = imputation.impute(*head, cluster="province", imputations=5, **asked)
    bounds = worst_case.bounds_of_coefficients(*head, **asked)
    return pd.DataFrame(map(vars, found)), imputed, bounds


@pytest.fixture(scope="module")
def compared(known) -> pd.DataFrame:
    return tracks.compare_groups(known, "harmonised_index", "kppn_ikn", FACTORS, cluster="province")


@pytest.fixture(scope="module")
def slopes(known) -> dict[str, improvement.ChangeSlope]:
    return {
        route: improvement.change_slope(
            known["previous_index"], known["improvement"], value, clusters=known["province"]
        )
        for route, value in {"internal": 0.94, "retest": 0.84}.items()
    }


@pytest.fixture(scope="module")
def methods(known) -> pd.DataFrame:
    columns = {"previous": "previous_index", "change": "improvement", "cluster": "province"}
    return improvement.improvement_table(known, FACTORS, reliabilities=[0.94, 0.84], **columns)


def segments(ax, width: float) -> np.ndarray:
    """Ends of the drawn lines of a width, shape (lines, 2 ends, 2 coordinates)."""
    found = [c for c in ax.collections if isinstance(c, LineCollection)]
    return np.vstack([c.get_segments() for c in found if c.get_linewidths()[0] == width])


def check_drawings(*draws: Callable[[], Picture]) -> None:
    for draw in draws:
        picture = draw()
        check_words(picture)
        check_edges(picture)
        assert picture.png() == draw().png()


def test_a_ratio_stands_at_its_logarithm_on_the_step_asked_for(fits) -> None:
    """x is log2 of exp(b times the step), counted from the first number of the scale."""
    ax = figures.odds_picture(fits, LABELS, SCALE, SOURCE).figure.axes[0]
    labels = [t.get_text() for t in ax.figure.texts if t.get_text().split("/")[-1].isdigit()]
    start = -labels.index("1")
    for label, fit in fits.items():
        table = fit.odds_ratios.loc[FACTORS]
        powers = pd.Series(SCALE) / table["step"]
        expected = np.log2(table["odds_ratio"]) * powers - start
        shown = points(ax, f"{label}, {fit.ones} of {fit.observations}")
        assert [x for x, _ in shown] == pytest.approx(expected.tolist(), rel=SAME)


def test_the_table_of_odds_has_the_ratios_and_intervals_of_the_figure(fits) -> None:
    """exp(b times the step), and both ends likewise; the figure's words have the same."""
    frame = figures.odds_sheet(fits, LABELS, SCALE).frame
    picture = figures.odds_picture(fits, LABELS, SCALE, SOURCE)
    for label, fit in fits.items():
        for place, name in enumerate(FACTORS, start=1):
            c, power = fit.coefficients[place], SCALE[name] / fit.steps[name]
            ratio, low, high = np.exp(np.array([c.estimate, c.low, c.high]) * power)
            said = f"{ratio:.2f} ({low:.2f} to {high:.2f})"
            assert frame[f"{label}, {fit.ones} of {fit.observations}"][place - 1] == said
            assert f"{LABELS[name]} {said}" in picture.alt


def test_the_line_of_even_odds_is_where_the_scale_says_1(fits) -> None:
    """The darkest upright line stands under the number 1."""
    picture = figures.odds_picture(fits, LABELS, SCALE, SOURCE)
    ax = picture.figure.axes[0]
    upright = [line for line in ax.lines if line.get_color() == figures.MUTED]
    labels = [t for t in picture.figure.texts if t.get_text().split("/")[-1].isdigit()]
    place = [t.get_text() for t in labels].index("1")
    assert [line.get_xdata()[0] for line in upright] == [place]


def test_a_separated_question_has_no_markers_and_says_so() -> None:
    """A factor that tells ones from zeros has no odds ratio to draw."""
    frame = pd.DataFrame({"is_in": [0, 0, 0, 1, 1, 1] * 2, "x": [1, 2, 3, 4, 5, 6] * 2})
    fit = membership.logit(frame, "is_in", ["x"])
    picture = figures.odds_picture({"in": fit}, {"x": "A factor"}, {"x": 1.0}, SOURCE)
    assert points(picture.figure.axes[0]) == []
    assert "in: separated" in {text for text, _ in words_of(picture)}


def test_ratios_far_apart_stand_on_a_scale_of_tens(fits) -> None:
    """Steps that multiply an odds ratio's logarithm by five need tens in place of doublings."""
    steps = {name: 5 * step for name, step in SCALE.items()}
    shown = words_of(figures.odds_picture(fits, LABELS, steps, SOURCE))
    assert {"1/10", "1", "10", "100"} <= {text for text, _ in shown}


def test_lost_rows_have_bars_at_the_bounds_and_both_estimates(lost) -> None:
    """Bars, dots and lines are the figures times the steps, a factor a line."""
    equal, imputed, bounds = lost
    picture = figures.lost_rows_picture(
        equal, imputed, bounds, labels=LABELS, scale=SCALE, source=SOURCE
    )
    ax = picture.figure.axes[0]
    steps = np.array([*SCALE.values()])
    by_name = {b.name: b for b in bounds}
    ends = np.array([[by_name[n].low, by_name[n].high] for n in FACTORS]) * steps[:, None]
    assert segments(ax, 9)[:, :, 0] == pytest.approx(ends, rel=SAME)
    found = equal.set_index("name").loc[FACTORS, "estimate"] * steps
    assert [x for x, _ in points(ax, "known rows, 95% interval")] == pytest.approx([*found])
    drawn = [next(c for c in imputed.coefficients if c.name == n).estimate for n in FACTORS]
    shown = [x for x, _ in points(ax, "lost rows imputed, 95% interval")]
    assert shown == pytest.approx([*(drawn * steps)], rel=SAME)
    assert f"{LOST} lost rows" in picture.caption
    signed = ENGLISH.signed
    assert f"bounds {signed(ends[0, 0])} to {signed(ends[0, 1])}" in picture.alt
    first = next(c for c in imputed.coefficients if c.name == FACTORS[0])
    said = f"{signed(first.estimate)} ({signed(first.low)} to {signed(first.high)})"
    assert f"lost rows imputed, 95% interval {said}" in picture.alt  # its step is 1


def test_the_histograms_hold_each_group_and_the_common_range(known) -> None:
    """47 and 93 rows in the bins; dashed lines at the ends of the range that both reach."""
    found = tracks.overlap(known, "kppn_ikn", FACTORS)
    picture = figures.overlap_picture(found, known["kppn_ikn"], NAMES, SOURCE)
    axes = picture.figure.axes
    assert [sum(bar.get_height() for bar in ax.containers[0]) for ax in axes] == [47, 93]
    groups = [found.propensity[known["kppn_ikn"] == part] for part in (1, 0)]
    ends = [max(map(min, groups)), min(map(max, groups))]
    for ax in axes:
        assert segments(ax, 1)[:, 0, 0].tolist() == ends
    outside = sum(not ends[0] <= p <= ends[1] for p in groups[0]) / 47
    assert f"KPPN/IKN: 47 rows, {outside:.0%} outside" in str(words_of(picture))


def test_the_shaded_ends_are_those_that_overlap_counts() -> None:
    """The margin is stated twice, for the sake of a quick import: both are the same."""
    assert figures.THIN == tracks.THIN


def test_each_estimator_has_its_estimate_and_interval(compared) -> None:
    """Eight lines from the top in the table's order; colours tell the estimands apart."""
    picture = figures.estimators_picture(compared, NAMES, SOURCE)
    ax = picture.figure.axes[0]
    for estimand in figures.ESTIMANDS:
        label = ENGLISH.say(f"estimand_{estimand}")
        part = compared[compared["estimand"] == estimand]
        shown = sorted(points(ax, label), key=lambda xy: -xy[1])
        assert [x for x, _ in shown] == part["estimate"].tolist()
        assert [len(compared) - 1 - y for _, y in shown] == part.index.tolist()
    ends = segments(ax, 1.5)[:, :, 0]
    assert sorted(map(tuple, ends)) == sorted(map(tuple, compared[["low", "high"]].to_numpy()))


def test_the_words_of_estimators_are_those_of_their_records(compared) -> None:
    """In English the sheet says what `compare_groups` gives; Indonesian has words for each."""
    for row in compared.itertuples():
        assert ENGLISH.say(f"estimator_{row.estimator}") == row.estimator
        assert ENGLISH.say(f"needs_{row.estimator}") == row.assumption
        assert ENGLISH.say(f"errors_{ERRORS[row.errors]}") == row.errors


def test_an_estimator_without_figures_keeps_its_name(compared) -> None:
    """A row with a reason has no marker."""
    figureless = compared.copy()
    figureless.loc[3, ["estimate", "low", "high"]] = np.nan
    picture = figures.estimators_picture(figureless, NAMES, SOURCE)
    assert len(points(picture.figure.axes[0])) == len(compared) - 1
    assert "matching" in {text for text, _ in words_of(picture)}
    assert "matching" not in picture.alt


def test_lines_of_change_have_their_slopes_and_meet_in_the_middle(known, slopes) -> None:
    """The fitted line and noise alone by both routes, all through the means."""
    last, gain = known["previous_index"], known["improvement"]
    ax = figures.change_picture(last, gain, slopes, SOURCE).figure.axes[0]
    assert points(ax, "a region") == list(zip(last, gain, strict=True))
    lines = [np.array(line.get_data()) for line in ax.lines if len(line.get_xdata()) == 2]
    lines = [(x, y) for x, y in lines if x[0] == last.min()]
    rises = [(y[1] - y[0]) / (x[1] - x[0]) for x, y in lines]
    fitted = np.polyfit(last, gain, 1)[0]
    assert rises == pytest.approx([fitted, 0.94 - 1, 0.84 - 1], rel=1e-9)  # polyfit's rounding
    for x, y in lines:
        assert np.interp(last.mean(), x, y) == pytest.approx(gain.mean(), rel=SAME)


def test_each_method_has_a_marker_a_factor(methods) -> None:
    """Change scores, covariance, and both corrections, times the steps."""
    ax = figures.methods_picture(methods, LABELS, SCALE, SOURCE).figure.axes[0]
    labels = ("change scores", "covariance", "corrected (0.94)", "corrected (0.84)")
    parts = methods[methods["name"].isin(FACTORS)].groupby(
        ["method", "reliability"], sort=False, dropna=False
    )
    for label, (_, part) in zip(labels, parts, strict=True):
        expected = part["estimate"] * part["name"].map(SCALE)
        assert [x for x, _ in points(ax, label)] == pytest.approx([*expected], rel=SAME)
        assert [round(y) for _, y in points(ax, label)] == [0, 1, 2]


@pytest.fixture(scope="module")
def indonesian() -> dict[str, str]:
    """Labels of the factors, as the notebook has them."""
    return {name: Words("id").say(f"step_{name}") for name in FACTORS}


def test_no_indonesian_word_about_who_is_in_is_cut_or_covered(
    known, fits, lost, indonesian
) -> None:
    """The first figures in Indonesian, whose words are longer."""
    words, found = Words("id"), tracks.overlap(known, "kppn_ikn", FACTORS)
    said = {"selected": "question_selected", "row at hand": "question_scored"}
    asked = {words.say(said[name]): fit for name, fit in fits.items()}
    check_drawings(
        lambda: figures.odds_picture(asked, indonesian, SCALE, SOURCE, words=words),
        lambda: figures.lost_rows_picture(
            *lost, labels=indonesian, scale=SCALE, source=SOURCE, words=words
        ),
        lambda: figures.overlap_picture(found, known["kppn_ikn"], NAMES, SOURCE, words=words),
    )


def test_no_indonesian_word_about_tracks_is_cut_or_covered(
    known, compared, slopes, methods, indonesian
) -> None:
    """The last figures in Indonesian."""
    words, last, gain = Words("id"), known["previous_index"], known["improvement"]
    check_drawings(
        lambda: figures.estimators_picture(compared, NAMES, SOURCE, words=words),
        lambda: figures.change_picture(last, gain, slopes, SOURCE, words=words),
        lambda: figures.methods_picture(methods, indonesian, SCALE, SOURCE, words=words),
    )


def test_no_word_about_who_is_in_is_cut_or_covered(known, fits, lost) -> None:
    """No letter of the first figures reaches another or the edge; two drawings are the same."""
    found = tracks.overlap(known, "kppn_ikn", FACTORS)
    check_drawings(
        lambda: figures.odds_picture(fits, LABELS, SCALE, SOURCE),
        lambda: figures.lost_rows_picture(*lost, labels=LABELS, scale=SCALE, source=SOURCE),
        lambda: figures.overlap_picture(found, known["kppn_ikn"], NAMES, SOURCE),
    )


def test_no_word_about_tracks_and_change_is_cut_or_covered(
    known, compared, slopes, methods
) -> None:
    """No letter of the last figures reaches another or the edge; two drawings are the same."""
    last, gain = known["previous_index"], known["improvement"]
    check_drawings(
        lambda: figures.estimators_picture(compared, NAMES, SOURCE),
        lambda: figures.change_picture(last, gain, slopes, SOURCE),
        lambda: figures.methods_picture(methods, LABELS, SCALE, SOURCE),
    )
