"""Axes with fixed margins: titles, names beside them, scales, legends (floor 4).

Scales are a line and some words: matplotlib's own layout and ticks cost more than all the rest.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.lines import Line2D
from matplotlib.markers import TICKDOWN, TICKLEFT
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox
from numpy.typing import ArrayLike, NDArray

from smartlib.present.drawing.lettering import DPI, FONT, width_of
from smartlib.present.drawing.picture import INK, MUTED
from smartlib.present.words.wording import Words

WIDTH = 7.5  # inches; every figure is as wide as a page's column
WRAP = 82  # characters of a title line
TITLE, BODY, SMALL, TINY = 10.0, 8.5, 7.5, 7.0  # points
# Inches: the free edge, a gap between neighbours, a line of text, and the room that a title
# above, and a scale with the source line below, take.
EDGE, GAP, LINE, HEAD, FOOT = 0.08, 0.07, 0.17, 0.3, 0.63
RIM = 0.25  # inches right of the axes, half of the widest number at a scale's end
LEGEND = HEADING = LINE + GAP  # above axes with a legend, or with a title of their own
INTERVALS = 7  # of a scale, at most

STYLE: Any = {  # matplotlib types rc names one by one
    "font.family": FONT,
    "font.size": BODY,
    "text.color": INK,
    "text.parse_math": False,
}


@contextmanager
def drawing(
    caption: str,
    source: str,
    height: float,
    *,
    left: float = EDGE,
    right: float = RIM,
    above: float = 0.0,
    below: float = FOOT,
    rows: int = 1,
    columns: int = 1,
) -> Iterator[tuple[Figure, list[Axes]]]:
    """An empty figure in the project's style, with its title, its source and bare axes.

    Parameters
    ----------
    caption : str
        Title; a long one takes lines of its own, and the figure grows by them.
    source : str
        Small line below.
    height : float
        Of each axes, inches.
    left, right, above : float, default 0.08, 0.25, 0.0
        Inches free beside and above each axes, for what stands there.
    below : float, default 0.63
        Inches free below the lowest axes.
    rows, columns : int, default 1
        Of equal axes.
    """
    title = textwrap.fill(caption, WRAP)
    deep, wide = height + above, WIDTH / columns
    top = below + rows * deep
    whole = top + HEAD + LINE * title.count("\n")
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, whole), dpi=DPI)
        write(figure, EDGE, whole - EDGE / 2, title, va="top", fontsize=TITLE, fontweight="bold")
        write(figure, EDGE, EDGE, source, va="bottom", fontsize=TINY, color=MUTED)
        corners = [
            (column * wide + left, top - (row + 1) * deep)
            for row in range(rows)
            for column in range(columns)
        ]
        size = (wide - left - right, height)
        yield figure, [bare_axes(figure, *corner, *size) for corner in corners]


@contextmanager
def named_rows(
    caption: str,
    source: str,
    names: Sequence[str],
    height: float,
    *,
    words: Words,
    scale: str,
    above: float = 0.0,
    right: float = RIM,
) -> Iterator[tuple[Figure, Axes]]:
    """One axes with a named row at each of the heights 0, 1, 2 and so on, and a scale below.

    Parameters
    ----------
    caption, source, height, above, right
        As in `drawing`.
    names : sequence of str
        Of the rows, from below.
    words : Words
        The language of the scale's numbers.
    scale : str
        What it counts.

    Yields
    ------
    figure, axes
        To be drawn on; what has a label there is named in a legend above.
    """
    left = room(names)
    with drawing(caption, source, height, left=left, above=above, right=right) as (figure, [ax]):
        ax.set_ylim(-0.5, len(names) - 0.5)
        yield figure, ax
        names_beside(ax, names)
        scale_below(ax, words, scale)
        if ax.get_legend_handles_labels()[0]:
            legend_above(ax)


def bare_axes(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes without frame and ticks; all lengths in inches."""
    inches = np.array([left, bottom, width, height])
    ax = figure.add_axes(inches / np.tile(figure.get_size_inches(), 2))
    ax.set_axis_off()
    return ax


def write(figure: Figure | SubFigure, x: float, y: float, text: str, **style: Any) -> None:
    """Words at a place in inches from the figure's lower left."""
    figure.text(x, y, text, transform=figure.dpi_scale_trans, **style)


def room(names: Iterable[str]) -> float:
    """Inches that names beside the axes take."""
    return EDGE + max(width_of(name, BODY) for name in names) + GAP


def title_above(ax: Axes, title: str, **style: Any) -> None:
    """A title of the axes' own, where a figure has several."""
    edges = _edges(ax)
    write(ax.figure, edges.x0, edges.y1 + GAP, title, va="bottom", **style)


def names_beside(ax: Axes, names: Sequence[str]) -> None:
    """Names left of the axes, at the heights 0, 1, 2 and so on."""
    edges = _edges(ax)
    ys = _inches(range(len(names)), ax.get_ylim(), edges.intervaly)
    for y, name in zip(ys, names, strict=True):
        write(ax.figure, edges.x0 - GAP, y, name, ha="right", va="center")


def names_below(ax: Axes, names: Sequence[str]) -> None:
    """Names under the axes, at the places 0, 1, 2 and so on."""
    edges = _edges(ax)
    xs = _inches(range(len(names)), ax.get_xlim(), edges.intervalx)
    for x, name in zip(xs, names, strict=True):
        write(ax.figure, x, edges.y0 - GAP, name, ha="center", va="top")


def scale_below(ax: Axes, words: Words, title: str) -> None:
    """A scale under the axes: a line with ticks, their numbers, and what they count."""
    edges, places = _edges(ax), _ticks(*ax.get_xlim())
    xs, y = _inches(places, ax.get_xlim(), edges.intervalx), edges.y0
    _line(ax.figure, [edges.x0, *xs, edges.x1], y, TICKDOWN)
    for x, number in zip(xs, _numbers(words, places), strict=True):
        write(ax.figure, x, y - GAP, number, ha="center", va="top")
    write(ax.figure, edges.intervalx.mean(), y - GAP - LINE, title, ha="center", va="top")


def scale_beside(ax: Axes, words: Words, title: str = "") -> None:
    """A scale left of the axes, what it counts written above it."""
    edges, places = _edges(ax), _ticks(*ax.get_ylim())
    x, ys = edges.x0, _inches(places, ax.get_ylim(), edges.intervaly)
    _line(ax.figure, x, [edges.y0, *ys, edges.y1], TICKLEFT)
    for y, number in zip(ys, _numbers(words, places), strict=True):
        write(ax.figure, x - GAP, y, number, ha="right", va="center")
    write(ax.figure, x - 4 * GAP, edges.y1 + GAP, title, va="bottom")


def legend_above(ax: Axes) -> None:
    """The labelled markers in one line between the title and the axes."""
    figure, edges = ax.figure, _edges(ax)
    x, y = edges.x0, edges.y1 + LINE / 2
    for line, label in zip(*ax.get_legend_handles_labels(), strict=True):
        marker = Line2D([x + GAP], [y])
        marker.update_from(line)
        marker.set(transform=figure.dpi_scale_trans, clip_on=False)
        figure.add_artist(marker)
        write(figure, x + 3 * GAP, y, label, va="center", fontsize=SMALL)
        x += 6 * GAP + width_of(label, SMALL)


def _edges(ax: Axes) -> Bbox:
    """Where the axes end, in inches from the figure's lower left."""
    return Bbox(ax.bbox.get_points() / DPI)


def _inches(places: ArrayLike, limits: ArrayLike, ends: ArrayLike) -> NDArray[np.float64]:
    """Places between an axis' limits, in inches between its ends."""
    (low, high), (start, end) = np.asarray(limits), np.asarray(ends)
    return start + (np.asarray(places) - low) / (high - low) * (end - start)


def _line(figure: Figure | SubFigure, xs: ArrayLike, ys: ArrayLike, tick: Any) -> None:
    xs, ys = np.broadcast_arrays(xs, ys)
    line = Line2D(xs, ys, marker=tick, markevery=slice(1, -1), color=MUTED, ms=3.5, lw=0.8)
    line.set_transform(figure.dpi_scale_trans)
    figure.add_artist(line, clip=False)


def _ticks(low: float, high: float) -> NDArray[np.float64]:
    """Round numbers between two ends."""
    locator = MaxNLocator(INTERVALS, steps=[1, 2, 5, 10])
    places = np.asarray(locator.tick_values(low, high))
    return places[(places >= low) & (places <= high)]


def _numbers(words: Words, places: NDArray[np.float64]) -> list[str]:
    """The places written with as many decimals as their step needs."""
    step = round(places[1] - places[0], 6)  # 0.1, not a little less
    decimals = max(0, -math.floor(math.log10(step)))
    return [words.number(place, decimals) for place in places]
