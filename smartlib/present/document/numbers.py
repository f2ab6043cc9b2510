"""The numbers of a figure as comma-separated text (floor 4)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import singledispatch

from smartlib.present.document.blocks import Bars, Chart, Piles, Spans, Strip, Tiles


def numbers_of(chart: Chart) -> str:
    """What a figure shows, one value or stretch a line, with decimal points.

    Parameters
    ----------
    chart : Strip, Bars, Spans, Piles or Tiles
        The figure.

    Raises
    ------
    TypeError
        Nothing is known of charts of this kind.
    """
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(_lines(chart))
    return out.getvalue()


@singledispatch
def _lines(chart: Chart) -> Iterable[tuple[object, ...]]:
    raise TypeError(f"No numbers of {type(chart).__name__}.")


@_lines.register
def _(chart: Strip) -> Iterable[tuple[object, ...]]:
    yield "", chart.scale
    for dot in filter(None, (chart.own, chart.reference)):
        yield dot.label, dot.value
    yield from (("", value) for value in (*chart.values, *chart.others))


@_lines.register
def _(chart: Bars) -> Iterable[tuple[object, ...]]:
    yield "", chart.scale
    yield from ((bar.name, bar.value) for bar in chart.bars)


@_lines.register
def _(chart: Spans) -> Iterable[tuple[object, ...]]:
    yield "", "low", "high"
    yield chart.own.label, chart.own.value, chart.own.value
    yield from ((line.name, span.low, span.high) for line in chart.lines for span in line.spans)


@_lines.register
def _(chart: Piles) -> Iterable[tuple[object, ...]]:
    yield "", chart.scale
    yield from ((pile.name, value) for pile in chart.piles for value in pile.values)


@_lines.register
def _(chart: Tiles) -> Iterable[tuple[object, ...]]:
    yield "", "", chart.scale
    for group, shelves in chart.groups:
        yield from ((group, one.name, dot.value) for one in shelves for dot in one.values)
