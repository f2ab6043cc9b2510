"""Figures and tables of the audit: the numbers on their axes, their words, their bytes."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from smartlib import index
from smartlib.present.drawing import Picture, lettering
from smartlib.present.national import audit_figures
from smartlib.present.national.audit_figures import CHECKS, THOUSANDTHS, check_kinds
from smartlib.vocabulary.tables import DIMENSIONS, WEIGHTS

SOURCE = "Source: test."
ASSESSORS = 5
TOUCH = 1.0  # pixel by which the boxes of neighbouring lines may meet; letters fill less
PRINTED = 0.05  # of a p-value, which is printed with two digits
DRAWN = 1e-6  # of a thousandth of a weight: what the figure rounds to


def labelled(ax, label: str) -> list[tuple[float, float]]:
    lines = [line for line in ax.lines if line.get_label() == label]
    return [xy for line in lines for xy in zip(*map(list, line.get_data()), strict=True)]


def segments(ax) -> list[np.ndarray]:
    return [part for found in ax.collections for part in found.get_segments()]


def check_words(picture: Picture) -> None:
    """No text reaches over the figure's edges or onto another text."""
    renderer = lettering.Renderer(*picture.figure.bbox.size, lettering.DPI)
    texts = [text for text in picture.figure.findobj(Text) if text.get_text()]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
    whole = picture.figure.bbox
    assert not [text for text, box in boxes if whole.count_contains(box.corners()) != 4]
    boxes = [(text, box.padded(-TOUCH)) for text, box in boxes]
    assert not [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.overlaps(other)]


@pytest.fixture(scope="module")
def remainders(scores, scheme) -> pd.Series:
    """Weighted sums less printed totals, exact."""
    rows = scores.reset_index().to_dict("records")
    sums = [index.weighted_total(row, scheme.tracks[row["track"]]) for row in rows]
    return pd.Series(sums) - pd.Series([Decimal(str(row["published_index"])) for row in rows])


@pytest.fixture(scope="module")
def granularity(scores, evaluation, scheme) -> pd.DataFrame:
    questions = index.questions_by_dimension(evaluation.instrument)
    return index.audit_granularity(scores, questions, scheme)


@pytest.fixture(scope="module")
def spread(tables, evaluation, scheme) -> pd.DataFrame:
    return index.straight_lining(tables.answers, evaluation.instrument, ASSESSORS, scheme)


@pytest.fixture(scope="module")
def pictures(remainders, granularity, spread, tables, evaluation) -> dict[str, Picture]:
    scheme, instrument = evaluation.scheme, evaluation.instrument
    return {
        "remainder": audit_figures.remainder_picture(remainders, scheme, SOURCE),
        "weights": audit_figures.weights_picture(tables.weights, scheme, SOURCE),
        "granularity": audit_figures.granularity_picture(granularity, SOURCE),
        "answers": audit_figures.answers_picture(
            tables.answers, instrument, ASSESSORS, "Kab. Badung", SOURCE
        ),
        "spread": audit_figures.spread_picture(spread, "Kab. Badung", SOURCE),
    }


def test_the_remainder_bars_count_every_row(pictures, remainders) -> None:
    """A bar stands at each thousandth with its rows; half up allows all of them, cutting off 66."""
    bars, _ = pictures["remainder"].figure.axes
    heights = {round(b.get_x() + b.get_width() / 2): b.get_height() for b in bars.containers[0]}
    assert heights == Counter(int(remainder * THOUSANDTHS) for remainder in remainders)
    assert (min(heights), max(heights)) == (-5, 4)
    assert sum(heights.values()) == 140
    assert sum(count for step, count in heights.items() if step >= 0) == 66


def test_the_rules_are_drawn_as_far_as_they_reach(pictures) -> None:
    """From the top: half up and half even from -5 to 5, cut off from 0 to 10; half up ends open."""
    _, rules = pictures["remainder"].figure.axes
    drawn = [tuple(part[:, 0].round(6)) for part in segments(rules)][::-1]
    assert drawn == [(-5, 5), (-5, 5), (0, 10)]
    ends = {(round(line.get_xdata()[0]), line.get_ydata()[0]): line for line in rules.lines}
    inside = {place: line.get_markerfacecolor() != "white" for place, line in ends.items()}
    assert inside == {
        (-5, 2): True,
        (5, 2): False,
        (-5, 1): True,
        (5, 1): True,
        (0, 0): True,
        (10, 0): False,
    }


def test_a_sum_between_two_steps_counts_at_the_lower(scheme) -> None:
    """1.0049 printed as 1.00 is 4.9 thousandths above it and stands at 4."""
    picture = audit_figures.remainder_picture(pd.Series([Decimal("0.0049")]), scheme, SOURCE)
    (bar,) = picture.figure.axes[0].containers[0]
    assert bar.get_x() + bar.get_width() / 2 == pytest.approx(4)


def test_the_weight_bars_are_the_intervals(pictures, tables, scheme) -> None:
    """One bar a weight, as far from the published weight as the processed table says, in its
    order from the top, with its ends written beside it.
    """
    assert list(tables.weights.columns) == WEIGHTS.column_names
    for ax, track in zip(pictures["weights"].figure.axes, scheme.tracks.values(), strict=True):
        own = tables.weights[tables.weights["track"] == track.name]
        expected = [
            ((row.low - row.published) * 1000, (row.high - row.published) * 1000)
            for row in own.itertuples()
        ]
        drawn = [tuple(part[:, 0]) for part in segments(ax)][::-1]
        assert np.allclose(drawn, expected, rtol=0, atol=DRAWN)
        written = [text.get_text() for text in ax.texts][::-1]
        for text, (low, high) in zip(written, expected, strict=True):
            numbers = text.replace("−", "-").split(" to ")
            assert [float(n) for n in numbers] == [round(low, 1) + 0, round(high, 1) + 0]


def test_the_published_weight_is_inside_every_bar(pictures) -> None:
    """Zero, the published weight, lies in each interval of both tracks."""
    parts = [part for ax in pictures["weights"].figure.axes for part in segments(ax)]
    assert len(parts) == 5 + 6
    assert all(part[0, 0] <= DRAWN and part[1, 0] >= -DRAWN for part in parts)


def test_the_granularity_bars_are_the_findings(pictures) -> None:
    """With four, five and six assessors 38, 140, 38 rows of Baseline are possible, 67, 140, 102 of
    Output and 70, 140, 88 of Quick Wins; Outcome and Impact are grey at five.
    """
    axes = pictures["granularity"].figure.axes
    found = {}
    names = ("baseline", "output", "outcome", "impact", "quick_wins")
    for ax, name in zip(axes, names, strict=True):
        coloured, grey = ax.collections
        found[name] = {
            int(part[0, 0]) + 1: (part[1, 1], which == 0)
            for which, group in enumerate((coloured, grey))
            for part in group.get_segments()
        }
        assert set(found[name]) == set(range(1, 16))
    for name, counts in (
        ("baseline", (38, 140, 38)),
        ("output", (67, 140, 102)),
        ("quick_wins", (70, 140, 88)),
    ):
        assert [found[name][k] for k in (4, 5, 6)] == [(count, True) for count in counts]
    assert found["outcome"][5] == found["impact"][5] == (140, False)
    assert "Baseline 5, 10, 15" in pictures["granularity"].alt


def test_chance_is_marked_where_the_test_can_fail(pictures, granularity) -> None:
    """A dash stands at grid's share times rows, for every informative number and no other."""
    told = granularity[granularity["informative"]]
    dashes = [xy for ax in pictures["granularity"].figure.axes for xy in labelled(ax, "by chance")]
    expected = sorted(zip(told["assessors"] - 1, told["grid"] * told["rows"], strict=True))
    assert np.allclose(sorted(dashes), expected)


def test_the_likeliest_numbers_are_listed_best_first(granularity) -> None:
    """Five first, its multiples next, each with the means that it cannot give."""
    sheet = audit_figures.likelihood_sheet(index.assessor_likelihood(granularity)).frame
    assert list(sheet["Assessors"])[:3] == ["5", "10", "15"]
    assert list(sheet["Means impossible"])[:3] == ["0 of 700"] * 3
    assert list(sheet["Less likely than the best"])[:2] == ["–", "10^108 times"]


def test_every_mark_stands_at_its_question(pictures, tables) -> None:
    """115 dots: number of the question across, mark up; each on a drawn step of a fifth."""
    (ax,) = pictures["answers"].figure.axes
    dots = sorted(xy for line in ax.lines for xy in zip(*map(list, line.get_data()), strict=True))
    expected = sorted(zip(tables.answers["question"], tables.answers["score"], strict=True))
    assert dots == expected
    steps = {round(part[0, 1], 6) for part in segments(ax) if part[0, 1] == part[1, 1]}
    assert steps == {round(k / 5, 6) for k in range(5, 21)}
    assert {mark for _, mark in dots} <= steps


def test_marks_are_parted_by_dimension_and_pillar(pictures) -> None:
    """Dimensions are named with their questions, and 15 lines part 16 groups of questions."""
    (ax,) = pictures["answers"].figure.axes
    labels = [line.get_label() for line in ax.lines]
    assert labels == [
        "Baseline 1-5",
        "Output 6-16",
        "Outcome 17-49",
        "Impact 50-103",
        "Quick Wins 104-115",
    ]
    upright = [part[0, 0] for part in segments(ax) if part[0, 0] == part[1, 0]]
    assert {5.5, 16.5, 49.5, 103.5} <= set(upright)
    assert len(upright) == 1 + 1 + 6 + 6 + 1  # groups less one: Outcome and Impact have six each


def test_the_spread_figure_shows_roots_of_three_variances(pictures, tables, evaluation) -> None:
    """Pillars in the instrument's order from the top; the blue dot is their own root variance,
    computed here from the marks.
    """
    (ax,) = pictures["spread"].figure.axes
    marks = tables.answers.join(evaluation.instrument, on="question").dropna(subset="pillar")
    own = marks.groupby(["dimension", "pillar"], sort=False)["score"].var()
    dots = [x for x, _ in labelled(ax, "as published")][::-1]
    assert dots == pytest.approx(np.sqrt(own))
    dealt = [x for x, _ in labelled(ax, "the same marks dealt at random")][::-1]
    pooled = marks.groupby("dimension", sort=False)["score"].var()
    assert dealt == pytest.approx([pooled[dimension] ** 0.5 for dimension, _ in own.index])
    assert "Impact, Smart Economy (9) 0.00" in pictures["spread"].alt


def test_both_p_values_are_listed(spread, tables, evaluation) -> None:
    """All nine Impact marks of Smart Economy are alike: counted over the values v that c of the
    54 marks have, dealing gives nine alike with probability sum C(c, 9) / C(54, 9). Both kinds
    of p stand beside their Holm adjustment.
    """
    sheet = audit_figures.spread_sheet(spread).frame.set_index("Pillar")
    assert len(sheet) == 12
    economy = sheet.loc["Impact, Smart Economy (9)"]
    assert economy["Variance"] == "0.000"
    impact = evaluation.instrument.query("dimension == 'IMPACT'").index
    marks = tables.answers.loc[tables.answers["question"].isin(impact), "score"]
    alike = sum(comb(int(count), 9) for count in marks.value_counts()) / comb(54, 9)
    own, holm = (float(number.strip("()")) for number in economy["p, dealt"].split())
    assert own == pytest.approx(alike, rel=PRINTED)
    assert holm == pytest.approx(12 * alike, rel=PRINTED)  # the least of twelve
    row = spread.query("dimension == 'IMPACT' and pillar == 'Smart Economy'").iloc[0]
    shown = [float(number.strip("()")) for number in economy["p, independent"].split()]
    assert shown == pytest.approx([row["independent_p"], row["independent_holm"]], rel=PRINTED)


def test_every_verdict_is_counted_once(tables) -> None:
    """Counts of the sheet sum to the rows of the audit; every kind of check has its words."""
    sheet = audit_figures.verdict_sheet(tables.audit)
    counts = sheet.frame.drop(columns="Check").replace("–", "0").astype(int)
    assert counts.to_numpy().sum() == len(tables.audit)
    assert set(check_kinds(tables.audit)) == set(CHECKS)
    totals = counts.set_index(sheet.frame["Check"]).loc["Total follows from its row"]
    assert totals["reproduced"] == totals.sum() == 140


def test_dimensions_keep_their_printed_headings() -> None:
    """Every heading of the instrument has a label, and there is an ink for each."""
    assert set(audit_figures.NAMES) == {dimension.heading for dimension in DIMENSIONS}
    assert len(audit_figures.INKS) >= len(DIMENSIONS)


@pytest.mark.parametrize("name", ["remainder", "weights", "granularity", "answers", "spread"])
def test_no_word_is_cut_or_covered(pictures, name: str) -> None:
    """Words stay inside the figure and off each other."""
    check_words(pictures[name])


def test_the_same_bytes_twice(pictures, tables, scheme) -> None:
    """Drawing again changes nothing."""
    again = audit_figures.weights_picture(tables.weights, scheme, SOURCE)
    assert again.png() == pictures["weights"].png()
