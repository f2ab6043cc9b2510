"""Figures as SVG: the numbers on their axes, their words, both widths."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from conftest import ROOT
from report_maker import BADUNG, SAMPLE, made

from smartlib.present.document.blocks import Bars, Chart, Fold, Report, Spans, Strip
from smartlib.present.document.charts import NARROW, WIDE, drawn
from smartlib.present.document.numbers import numbers_of
from smartlib.present.document.vector import INKS, SIZE, fold_words
from smartlib.present.drawing.lettering import width_of

LEAST = 11  # pixels of a letter
POINTS = 0.75  # of a pixel


def charts(report: Report) -> list[Chart]:
    found = [report.strip]
    for section in report.sections:
        for block in section.blocks:
            inside = block.blocks if isinstance(block, Fold) else (block,)
            found += [one for one in inside if isinstance(one, Chart)]
    return found


def parsed(chart: Chart, width: float) -> ElementTree.Element:
    return ElementTree.fromstring(drawn(chart, width))


def boxes(svg: ElementTree.Element) -> list[tuple[str, float, float, float]]:
    """Texts with their left and right ends and base, by letters as wide as DejaVu's."""
    found = []
    for text in svg.iter("text"):
        bold = 1.15 if text.get("class") == "owntext" else 1  # DejaVu's bold beside its regular
        wide = bold * width_of(text.text, SIZE * POINTS) * 96  # inches to pixels
        left = float(text.get("x")) - {"middle": wide / 2, "end": wide}.get(
            text.get("text-anchor", ""), 0.0
        )
        found.append((text.text, left, left + wide, float(text.get("y"))))
    return found


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("region", SAMPLE)
def test_no_word_is_cut_or_covered(region: str, lang: str, width: float) -> None:
    """Each text lies inside the drawing and on no other text."""
    for chart in charts(made(region, lang)):
        svg = parsed(chart, width)
        words, height = boxes(svg), float(svg.get("height"))
        for text, left, right, base in words:
            assert left > -2, (text, left)
            assert right < width + 2, (text, right)
            assert SIZE - 3 <= base <= height, text
        for number, (text, left, right, base) in enumerate(words):
            for other, its_left, its_right, its_base in words[:number]:
                apart = left > its_right or right < its_left or abs(base - its_base) > SIZE - 3
                assert apart, (text, other)


def test_letters_can_be_read() -> None:
    """On a page a drawing is as wide as its column, so letters have the size they are set in."""
    style = (ROOT / "smartlib/run/site/templates/region.css").read_text(encoding="utf-8")
    assert SIZE >= LEAST
    assert f"font: {SIZE}px" in style
    assert set(re.findall(r"^\.(\w+) \{|\} \.(\w+) \{", style, re.MULTILINE))
    assert all(f".{ink}" in style for ink in INKS)


def test_ticks_stand_at_their_values() -> None:
    """Equal steps of a scale are equal steps in pixels; the region's dot lies where it belongs."""
    for chart in charts(made(BADUNG, "en")):
        values = [value for value, _ in chart.ticks]
        if isinstance(chart, Strip):
            svg = parsed(chart, WIDE)
            axis = [p.get("d") for p in svg.iter("path") if p.get("class") == "axis"]
            places = [float(x) for x in re.findall(r"M([\d.]+) ", axis[1])]
            per_unit = (places[-1] - places[0]) / (values[-1] - values[0])
            for (one, other), (low, high) in zip(pairwise(places), pairwise(values), strict=True):
                assert other - one == pytest.approx((high - low) * per_unit, abs=0.2)
            (dot,) = [c for c in svg.iter("circle") if c.get("class") == "own"]
            expected = places[0] + (chart.own.value - values[0]) * per_unit
            assert float(dot.get("cx")) == pytest.approx(expected, abs=0.1)
            marks = [p.get("d") for p in svg.iter("path") if p.get("class") in {"tick", "back"}]
            assert sum(mark.count("M") for mark in marks) == len(chart.values) + len(chart.others)


def test_bars_are_as_long_as_their_values() -> None:
    """From zero, to the right where positive, in proportion."""
    (bars,) = [chart for chart in charts(made(BADUNG, "en")) if isinstance(chart, Bars)]
    rects = list(parsed(bars, WIDE).iter("rect"))
    scale = float(rects[-1].get("width")) / abs(bars.bars[-1].value)
    zero = float(rects[-1].get("x"))
    for rect, bar in zip(rects, bars.bars, strict=True):
        assert float(rect.get("width")) == pytest.approx(max(abs(bar.value) * scale, 1), abs=0.15)
        end = float(rect.get("x")) + (0 if bar.value >= 0 else float(rect.get("width")))
        assert end == pytest.approx(zero, abs=0.15)
        assert rect.get("class") == ("rise" if bar.value >= 0 else "fall")


def test_orange_is_the_regions_alone() -> None:
    """No ink but the region's own is orange."""
    orange = [name for name, ink in INKS.items() if "#d55e00" in ink or "#b34700" in ink]
    assert orange == ["own", "ownline", "owntext"]


def test_the_numbers_can_be_had() -> None:
    """The CSV of a figure has every value that it shows."""
    for chart in charts(made(BADUNG, "id")):
        rows = list(csv.reader(io.StringIO(numbers_of(chart))))
        values = [float(value) for row in rows[1:] for value in row[1:] if not value[:1].isalpha()]
        if isinstance(chart, Strip):
            assert {*chart.values, *chart.others, chart.own.value} <= set(values)
        if isinstance(chart, Spans):
            assert len(rows) == 2 + sum(len(line.spans) for line in chart.lines)


def test_an_alternative_text_says_what_is_to_be_seen_first() -> None:
    """A sentence before the first number, of its own for each figure."""
    for region in SAMPLE:
        alts = [chart.alt for chart in charts(made(region, "id"))]
        assert len(set(alts)) == len(alts)
        for alt in alts:
            assert not re.match(r"[^.:;]{0,25}\d", alt), alt


def test_lines_are_folded_between_words() -> None:
    """No line is wider than asked for unless one word is."""
    assert fold_words("one two three", 1000) == ["one two three"]
    assert fold_words("one two three", 40) == ["one", "two", "three"]
