"""Figures of a specification curve: estimates, choices and nulls as they stand on the axes."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from multiverse_maker import made, real
from test_figures import check_edges, check_words

from smartlib.inference.curve.curve import SpecificationCurve, run_specifications
from smartlib.inference.curve.null import NULLS, permutation_test
from smartlib.inference.curve.specification import plan_specifications
from smartlib.present.drawing import INK, MUTED, NATION, REGION
from smartlib.present.regression import curve_figures as figures
from smartlib.present.words.wording import ENGLISH, Words

SOURCE, STEP = "Source: test.", "ten points of a share"
SAME = 1e-12  # the same numbers, subtracted in another order
SIZES = (9, 4, 12, 8, 14)


def curve_of(sign: int = 1) -> SpecificationCurve:
    """32 simulated specifications; with sign -1 of the outcomes turned round."""
    chosen = made(SIZES, slope=0.25, seed=4)
    turned = made(SIZES, slope=0.25, seed=4, outcomes=sign * chosen.outcomes)
    return run_specifications(plan_specifications(turned, [(), ("z",)]))


@pytest.fixture(scope="module")
def curve() -> SpecificationCurve:
    """Some of its intervals leave 0 out, some do not."""
    found = curve_of()
    assert 0 < found.is_significant.mean() < 1
    return found


@pytest.fixture(scope="module")
def real_curve(scores, tables, scheme) -> SpecificationCurve:
    """Thousands of specifications of the known rows, some combinations left out."""
    chosen = real(scores, tables, scheme, purged=((), ("outcome",)))
    plan = plan_specifications(chosen, [(), ("kota",), ("kota", "log_population", "kppn_ikn")])
    assert plan.excluded
    return run_specifications(plan)


def drawn(ax, marker: str, colour: str | None = None) -> list[tuple[float, float]]:
    """Points with a marker, and of a colour where one is named."""
    lines = [line for line in ax.lines if line.get_marker() == marker]
    lines = [line for line in lines if colour is None or line.get_color() == colour]
    return [xy for line in lines for xy in zip(*map(list, line.get_data()), strict=True)]


def test_estimates_stand_in_order_with_their_intervals(curve) -> None:
    """Dot k is the k-th lowest estimate; its line has the ends of its interval."""
    upper = figures.curve_picture(curve, STEP, SOURCE, reference=5).figure.axes[0]
    table = curve.table.iloc[curve.order]
    dots = sorted(drawn(upper, "o"))
    assert [x for x, _ in dots] == list(range(1, 33))
    assert [y for _, y in dots] == table["estimate"].tolist()
    segments = np.vstack([c.get_segments() for c in upper.collections])
    segments = segments[np.argsort(segments[:, 0, 0])]
    assert np.array_equal(segments[:, :, 1], table[["low", "high"]])


@pytest.mark.parametrize("sign", [1, -1])
def test_colours_say_on_which_side_of_0_an_interval_lies(sign: int) -> None:
    """Blue where it is above 0, orange where below, grey where it holds 0."""
    found = curve_of(sign)
    upper, lower = figures.curve_picture(found, STEP, SOURCE, reference=0).figure.axes
    table = found.table.iloc[found.order].reset_index(drop=True)
    sides = {NATION: table["low"] > 0, REGION: table["high"] < 0}
    sides[MUTED] = ~sides[NATION] & ~sides[REGION]
    assert sides[MUTED].any()
    assert sides[NATION if sign > 0 else REGION].any()
    for colour, is_here in sides.items():
        expected = (table.index[is_here] + 1).tolist()
        assert sorted(x for x, _ in drawn(upper, "o", colour)) == expected
        assert {x for x, _ in drawn(lower, "|", colour)} == set(expected)


def test_each_estimate_stands_over_its_own_choices(curve) -> None:
    """Ticks of the lower part are the curve's matrix, row by row as labelled."""
    lower = figures.curve_picture(curve, STEP, SOURCE, reference=0).figure.axes[1]
    heights = sorted({y for _, y in drawn(lower, "|")})
    ranks = {place: rank for rank, place in enumerate(curve.order, start=1)}
    expected = {
        (ranks[place], heights[option])
        for place, option in zip(*np.nonzero(curve.matrix.to_numpy()), strict=True)
    }
    assert set(drawn(lower, "|")) == expected
    texts = {text.get_text(): text.get_position()[1] for text in lower.texts}
    for (question, option), height in zip(curve.matrix, heights, strict=True):
        assert texts[figures.option_label(question, option)] == height


def test_the_marked_specification_stands_out(curve) -> None:
    """A diamond and a line through both parts at its rank; the words give its estimate."""
    for reference in (0, 31):
        picture = figures.curve_picture(curve, STEP, SOURCE, reference=reference)
        rank = int(np.flatnonzero(curve.order == reference)[0]) + 1
        estimate = curve.table["estimate"].iloc[reference]
        assert drawn(picture.figure.axes[0], "D") == [(rank, estimate)]
        for ax in picture.figure.axes:
            through = [line for line in ax.lines if line.get_color() == INK]
            assert list(through[0].get_xdata()) == [rank, rank]
        assert f"{ENGLISH.number(estimate)}, number {rank}." in picture.alt


def test_a_long_curve_is_thinned_part_by_part() -> None:
    """One rank of each equal part, with the first, the last and the marked; all if few."""
    order = np.random.default_rng(1).permutation(1000)
    ranks = figures.thinned(order, 50, [order[333]])
    assert {0, 333, 999} <= set(ranks)
    assert (np.diff(ranks) > 0).all()
    counts = np.bincount(ranks // 20, minlength=50)
    assert counts.min() == 1
    assert len(ranks) <= 53
    assert np.array_equal(figures.thinned(order, 1000), np.arange(1000))


def test_thinning_favours_no_option_that_comes_round() -> None:
    """Of options that alternate along the curve both are shown about as often."""
    ranks = figures.thinned(np.arange(9000), 300)
    assert (ranks % 2).mean() == pytest.approx(0.5, abs=3 * 0.5 / 300**0.5)  # three of its errors


def test_a_thinned_curve_keeps_places_and_words_of_the_whole(real_curve) -> None:
    """Dots keep their rank among all; the words are of all specifications."""
    picture = figures.curve_picture(real_curve, STEP, SOURCE, reference=7, shown=60)
    table, order = real_curve.table, real_curve.order
    dots = drawn(picture.figure.axes[0], "o")
    assert 60 <= len(dots) <= 63
    assert all(table["estimate"].iloc[order[x - 1]] == y for x, y in dots)
    assert f"{len(dots)} of {len(table):,} estimates" in picture.alt
    assert f"median {table['estimate'].median():.2f}" in picture.alt
    assert f"{real_curve.is_significant.mean():.0%} of all intervals" in picture.alt


def test_switches_are_medians_over_pairs(real_curve) -> None:
    """As found by looking each pair up in plain loops; the first answer is the base."""
    choices, found = real_curve.plan.choices, figures.switched(real_curve)
    values = dict(zip(map(tuple, choices.to_numpy()), real_curve.table["estimate"], strict=True))
    for place, question in enumerate(choices):
        first = choices[question].iloc[0]
        for option in choices[question].unique():
            moves = [
                value - values[base]
                for key, value in values.items()
                if key[place] == option
                and (base := (*key[:place], first, *key[place + 1 :])) in values
            ]
            assert found[question, option] == pytest.approx(np.median(moves), abs=SAME)
        assert found[question, first] == 0


def test_a_switch_compares_like_with_like() -> None:
    """Twice the factor halves the estimate; where an answer is planned for one sample only, its
    switch rests on that sample, unlike the difference of the medians.
    """
    chosen = made(SIZES, slope=1.0)
    one = chosen.vintages["one"]
    two = one.assign(x=2 * one["x"])
    own = pd.Series([True] * 20 + [False] * 27, one.index)
    samples = pd.DataFrame({"all": True, "few": own})
    varied = made(SIZES, slope=1.0, vintages={"one": one, "two": two}, samples=samples)
    plan = plan_specifications(varied, [(), ("z",)], covariances=["hc3"])
    curve = run_specifications(plan)
    assert {sample for _, _, sample, _ in plan.excluded} == {"few"}
    choices, estimate = plan.choices, curve.table["estimate"]
    halved = estimate[choices["vintage"] == "one"] / 2
    assert figures.switched(curve)["vintage", "two"] == pytest.approx(-halved.median(), rel=1e-9)
    plain = choices["controls"] == "none"
    is_all = choices["sample"] == "all"
    pairs = estimate[~plain].to_numpy() - estimate[plain & is_all].to_numpy()
    assert figures.switched(curve)["controls", "z"] == pytest.approx(np.median(pairs))
    assert np.median(pairs) != pytest.approx(estimate[~plain].median() - estimate[plain].median())


def test_the_table_of_answers_has_the_curve_s_summary(real_curve) -> None:
    """A row for each answer, its first one the base of switches."""
    frame = figures.option_sheet(real_curve, {"kota": "kind"}).frame
    summary = real_curve.summary().iloc[1:]
    assert len(frame) == len(summary)
    assert "kind" in set(frame["Answer"])
    assert (frame["Switch"] == "base").sum() == frame["Question"].nunique()
    assert frame["Median"].tolist() == [ENGLISH.signed(v) for v in summary["median"]]
    assert frame["Range"].iloc[0] == f"{summary['lowest'].iloc[0]:.2f} to " + (
        f"{summary['highest'].iloc[0]:.2f}"
    )


def test_the_null_figure_has_bands_and_sorted_estimates(curve) -> None:
    """In each panel the grey ends at the 2.5% and 97.5% quantiles, the blue line is the curve."""
    tests = [permutation_test(curve.plan, null=null, draws=19) for null in NULLS]
    picture = figures.null_picture(curve, tests, SOURCE)
    check_words(picture)
    check_edges(picture)
    own = np.sort(curve.table["estimate"])
    for ax, test in zip(picture.figure.axes, tests, strict=False):
        lines = {line.get_color(): line.get_ydata() for line in ax.lines}
        assert np.array_equal(lines[NATION], own)
        assert np.array_equal(lines[INK], test.bands[1])
        [grey] = [c for c in ax.collections if not isinstance(c, LineCollection)]
        corners = {tuple(v) for v in grey.get_paths()[0].vertices}
        ends = product(range(32), (0, 2))
        assert {(rank + 1, test.bands[side, rank]) for rank, side in ends} <= corners
        inside = (
            f"{ENGLISH.say(f'null_{test.null}')}: the observed curve lies above the middle 95% "
        )
        assert f"{inside}in {(own > test.bands[2]).mean():.0%} of" in picture.alt


def test_options_are_said_in_words() -> None:
    """A caller's label goes first, then ours, then the option itself."""
    label = figures.option_label
    assert label("controls", "kota, log_population", {"kota, log_population": "size"}) == "size"
    assert label("without", "output, outcome") == "Output, Outcome"
    assert label("covariance", "hc2") == "by row: HC2"
    assert label("sample", "without Bali") == "without Bali"


def test_options_and_reasons_are_said_in_indonesian() -> None:
    """The same in the other language; a reason that is not known is quoted."""
    words, reason = Words("id"), figures.reason_label
    assert figures.option_label("without", "output, outcome", words=words) == "Output, Outcome"
    assert figures.option_label("vintage", "2022 realised", words=words) == "2022 (realisasi)"
    few = "9 complete rows for 4 coefficients; at least 12 are needed."
    assert reason(few, {}, words) == "9 baris lengkap untuk 4 koefisien"
    assert reason("z is the same in every row; leave it out.", {"z": "Z"}) == (
        "Z is the same in every row"
    )
    assert reason("z, y determine each other; leave", {}, words).endswith(
        "z, y determine each other"
    )


def test_words_fit_and_bytes_stay(curve, real_curve) -> None:
    """No text is cut or covered, on few and on many choices; two calls give the same bytes."""
    for each, names in ((curve, None), (real_curve, {"kota": "kind of region"})):
        first, second = (
            figures.curve_picture(each, STEP, SOURCE, reference=3, names=names) for _ in range(2)
        )
        check_words(first)
        check_edges(first)
        assert first.png() == second.png()
