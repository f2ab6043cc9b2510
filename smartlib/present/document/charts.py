"""Each kind of figure as SVG, drawn for the width that it gets (floor 4).

A narrow drawing is not a wide one made small: names move above their rows, letters keep
their size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import singledispatch

from smartlib.present.document.blocks import Bars, Chart, Piles, Spans, Strip, Tiles
from smartlib.present.document.vector import FACE, TILE, Pen, fold_words, width_of

WIDE, NARROW = 720.0, 358.0  # pixels: a page's column on a desk and on a phone
HALF = 500.0  # narrower, names stand above their rows
ROW, LINE, EDGE, GAP = 26.0, 17.0, 8.0, 8.0
BASE = 4.5  # from the middle of a row to the base of its letters


def drawn(chart: Chart, width: float = WIDE, *, alone: bool = False, face: str = FACE) -> str:
    """A figure as SVG.

    Parameters
    ----------
    chart : Strip, Bars, Spans, Piles or Tiles
        What it shows.
    width : float, default 720
        Pixels.
    alone : bool, default False
        Whether the drawing brings its inks along, and no alternative text of its own.
    face : str
        Of the letters of one that stands alone.

    Raises
    ------
    TypeError
        Nothing is known of charts of this kind.
    """
    pen = Pen(width)
    _draw(chart, pen)
    return pen.drawing(alone=alone, label="" if alone else chart.alt, face=face)


@singledispatch
def _draw(chart: Chart, pen: Pen) -> None:
    raise TypeError(f"No drawing of {type(chart).__name__}.")


@_draw.register
def _(chart: Strip, pen: Pen) -> None:
    place = _scale(chart, pen, EDGE, pen.width - EDGE)
    middle, half = 2 * LINE + 18, 9.0
    if chart.band:
        low, high = sorted(map(place, chart.band))
        low, high = max(low, EDGE), min(high, pen.width - EDGE)
        pen.box("band", low, middle - 16, high - low, 32)
    pen.ticks("back", [place(value) for value in chart.others], middle, half)
    pen.ticks("tick", [place(value) for value in chart.values], middle, half)
    x = place(chart.reference.value)
    pen.line("ref", (x, middle - 20), (x, middle + 18))
    pen.words("reftext", x, LINE - 4, chart.reference.label, anchor="middle")
    if chart.own:
        own = place(chart.own.value)
        pen.words("owntext", own, 2 * LINE - 4, chart.own.label, anchor="middle")
        pen.dot("own", own, middle, 6.5)
    below = middle + 22
    if chart.band_label:
        for line in fold_words(chart.band_label, pen.width - 2 * EDGE):
            pen.words("soft", (low + high) / 2, below + 10, line, anchor="middle")
            below += LINE
    _axis(chart, pen, place, below)


@_draw.register
def _(chart: Bars, pen: Pen) -> None:
    names = [bar.name for bar in chart.bars]
    left, above = _name_room(names, pen.width)
    values = [bar.value for bar in chart.bars]
    room = max(width_of(bar.written) for bar in chart.bars) + GAP
    place = _between(min(*values, 0), max(*values, 0), left + room, pen.width - room)
    y = 6.0
    for bar in chart.bars:
        if bar.heavy:
            pen.line("axis", (0, y + 2), (pen.width, y + 2))
            y += 6
        y = _named(pen, bar.name, left, above, y=y)
        start, end = sorted((place(0), place(bar.value)))
        ink = "rise" if bar.value >= 0 else "fall"
        pen.box(ink, start, y - 7, max(end - start, 1), 14)
        x, side = (end + 6, "start") if bar.value >= 0 else (start - 6, "end")
        pen.words("ink", x, y + BASE, bar.written, anchor=side)
        y += ROW / 2
    pen.line("axis", (place(0), 4), (place(0), y))
    pen.words("soft", place(0), y + LINE, chart.scale, anchor="middle")
    pen.height = y + LINE + 8


@_draw.register
def _(chart: Spans, pen: Pen) -> None:
    left, above = _name_room([line.name for line in chart.lines], pen.width)
    room = max(width_of(line.written) for line in chart.lines) + GAP
    place = _scale(chart, pen, left + EDGE, pen.width - (EDGE if above else room))
    top, y = LINE + 6, LINE + 8.0
    own = place(chart.own.value)
    pen.words("owntext", own, LINE - 4, chart.own.label, anchor="middle")
    for line in chart.lines:
        if above:
            pen.words("ink", pen.width, y + 13, line.written, anchor="end")
        y = _named(pen, line.name, left, above, y=y)
        for span in line.spans:
            ends = (place(span.low), y), (max(place(span.high), place(span.low) + 3), y)
            pen.line(span.kind, *ends, wide=9 if span.thick else 2)
        if not above:
            pen.words("ink", pen.width, y + BASE, line.written, anchor="end")
        pen.dot("own", own, y, 4)
        y += ROW / 2
    pen.line("ownline", (own, top), (own, y + 2), wide=1)
    _axis(chart, pen, place, y + 4)


@_draw.register
def _(chart: Piles, pen: Pen) -> None:
    left, above = _name_room([pile.name for pile in chart.piles], pen.width)
    place = _scale(chart, pen, left + EDGE, pen.width - EDGE)
    y = 0.0
    for pile in chart.piles:
        counts = {value: pile.values.count(value) for value in pile.values}
        step = 6.0
        deep = max(ROW, step * max(counts.values()) + 6)
        if above:
            y = _named(pen, pile.name, left, above, y=y) - ROW / 2
            base = y + deep - 6
        else:
            base = y + deep - 6
            for number, text in enumerate(reversed(fold_words(pile.name, left))):
                pen.words("ink", 0, base + 2 - number * LINE, text)
        pen.line("back", (left + EDGE, base + 4), (pen.width - EDGE, base + 4))
        for value, count in counts.items():
            for number in range(count):
                pen.dot("dot", place(value), base - number * step, 2.6)
        mean = place(pile.mean)
        pen.line("ownline", (mean, base - 10), (mean, base + 6), wide=3)
        y += deep + 2
    _axis(chart, pen, place, y + 4)


@_draw.register
def _(chart: Tiles, pen: Pen) -> None:
    share = _scale(chart, pen, 0, 1)
    room = pen.width / max(len(shelves) for _, shelves in chart.groups)
    y = 0.0
    for group, shelves in chart.groups:
        pen.words("ink", 0, y + LINE, group)
        names = [fold_words(shelf.name, room - GAP) for shelf in shelves]
        top = y + LINE * (1 + max(map(len, names))) + GAP
        for at, (shelf, lines) in enumerate(zip(shelves, names, strict=True)):
            for number, line in enumerate(lines, start=1):
                pen.words("soft", at * room, y + LINE * (1 + number), line)
            wide = (room - GAP) / len(shelf.values)
            for number, dot in enumerate(shelf.values):
                x = at * room + number * wide
                pen.tile(x, top, wide - 2, dot.label, share=share(dot.value))
        y = top + TILE + GAP
    for line in fold_words(chart.scale, pen.width):
        y += LINE
        pen.words("soft", 0, y, line)
    pen.height = y + GAP


def _name_room(names: Sequence[str], width: float) -> tuple[float, bool]:
    """Pixels left of the rows for their names, or that these stand above."""
    if width < HALF:
        return 0.0, True
    return min(max(map(width_of, names)), width / 3) + GAP, False


def _named(pen: Pen, name: str, left: float, above: bool, *, y: float) -> float:
    """A row's name; the height of the row's middle."""
    if above:
        pen.words("ink", 0, y + 13, name)
        return y + 13 + ROW / 2
    lines = fold_words(name, left)
    deep = max(ROW, LINE * len(lines))
    for number, line in enumerate(lines):
        base = y + deep / 2 + BASE + (number - (len(lines) - 1) / 2) * (LINE - 2)
        pen.words("ink", left - GAP, base, line, anchor="end")
    return y + deep / 2


def _between(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """Pixels of values on a line."""
    span = (high - low) or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def _scale(chart: Chart, pen: Pen, start: float, end: float) -> Callable[[float], float]:
    """Pixels of values between the first and the last tick of a chart's axis."""
    return _between(chart.ticks[0][0], chart.ticks[-1][0], start, end)


def _axis(chart: Chart, pen: Pen, place: Callable[[float], float], y: float) -> None:
    """A line with ticks and numbers, as many as have room, and what they count."""
    places = [place(value) for value, _ in chart.ticks]
    pen.line("axis", (places[0], y), (places[-1], y))
    pen.ticks("axis", places, y + 2, 2)
    widest = max(width_of(text) for _, text in chart.ticks) + GAP
    step = next(
        n
        for n in range(1, len(places) + 1)
        if (places[-1] - places[0]) / max(len(places) - 1, 1) * n >= widest
    )
    for (_, text), x in list(zip(chart.ticks, places, strict=True))[::step]:
        pen.words("soft", x, y + LINE, text, anchor="middle")
    pen.words("soft", (places[0] + places[-1]) / 2, y + 2 * LINE, chart.scale, anchor="middle")
    pen.height = y + 2 * LINE + 6
