"""Figures of the notebook on robustness: ranks as sets, methods, weights (floor 4)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.ticker import MaxNLocator

from smartlib.present.drawing import (
    EDGE,
    FAINT,
    FOOT,
    GAP,
    INK,
    LEGEND,
    LINE,
    MUTED,
    NATION,
    REGION,
    RIM,
    SCALE_SHADES,
    SHARE_COLOURS,
    SMALL,
    TRACK,
    WIDTH,
    DensePicture,
    bare_axes,
    drawing,
    legend_above,
    named_rows,
    names_below,
    names_beside,
    room,
    scale_below,
    scale_beside,
    width_of,
)
from smartlib.present.words.wording import ENGLISH, Words

COLUMNS = 2  # of the figure of all ranks
PITCH = 0.135  # inches from one region's line to the next: small letters just clear each other
NARROW_RIM = 0.12  # inches right of a column of ranks
CLOSE = 2.7 * LINE  # inches below axes whose scale is a line of small numbers
FEW = 3  # intervals of a scale in a narrow column
FIRST = 15  # regions whose rank probabilities are drawn
HELD = 0.95  # of each such region's draws lie on the places drawn
# Classes of shares of draws, each about twice the one before: shares differ by a factor of
# more than a hundred, and a class hides what chance in the draws adds.
SHARES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 1.0)
CHOICES = ("weights", "normalisation", "aggregation", "left_out")  # of a method
STRIP = 0.12  # inches, height of a bar of colours
GRID = 5  # places; a scale of moves ends at a multiple
THICK: dict[str, Any] = {"lw": 4.0, "alpha": 0.375}
THIN: dict[str, Any] = {"lw": 1.0, "alpha": 1.0}


def eigenvalues_picture(
    analysis: pd.DataFrame, source: str, *, words: Words = ENGLISH
) -> DensePicture:
    """Eigenvalues of the dimensions' correlations against those of unrelated numbers.

    Parameters
    ----------
    analysis : DataFrame
        Output of `index.parallel_analysis`.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("components_caption")
    numbers = analysis.index.to_numpy()
    lines = (
        ("eigenvalue", NATION, "o", words.say("observed")),
        ("by_chance", REGION, "s", words.say("chance_upper")),
    )
    with drawing(caption, source, 1.6, left=room(["0.0"]), above=LEGEND) as (figure, [ax]):
        ax.set_xlim(numbers[0] - 0.5, numbers[-1] + 0.5)
        ax.set_ylim(0, 1.05 * analysis["eigenvalue"].max())
        for column, colour, marker, label in lines:
            ax.plot(numbers, analysis[column], "-", color=colour, lw=1)
            ax.plot(numbers, analysis[column], marker, color=colour, ms=5, label=label)
        scale_below(ax, words, words.say("components_scale"))
        scale_beside(ax, words)
        legend_above(ax)
    parts = "; ".join(
        words.say(
            "component",
            number=number,
            value=words.number(row["eigenvalue"]),
            chance=words.number(row["by_chance"]),
        )
        for number, row in analysis.iterrows()
    )
    return DensePicture(figure, caption, words.say("components_alt", parts=parts))


def rank_sets_picture(
    ranks: pd.DataFrame, names: pd.Series, source: str, *, words: Words = ENGLISH
) -> DensePicture:
    """Every known row's rank with both confidence sets, the best first.

    Parameters
    ----------
    ranks : DataFrame
        Rows of one route of the table of ranks, indexed by region code.
    names : Series of str
        Of the regions, by code.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    route, n = ranks["route"].iloc[0], len(ranks)
    caption = words.say("sets_caption", rows=n, route=words.say(str(route)))
    table = ranks.assign(name=names.reindex(ranks.index)).sort_values(["rank", "name"])
    labels = [f"{name}  {rank}" for name, rank in zip(table["name"], table["rank"], strict=True)]
    lines = -(-n // COLUMNS)
    deep, left = PITCH * lines, EDGE + GAP + max(width_of(label, SMALL) for label in labels)
    room_around: dict[str, Any] = {"left": left, "right": NARROW_RIM, "above": 2 * LEGEND}
    with drawing(caption, source, deep, below=CLOSE, columns=COLUMNS, **room_around) as (
        figure,
        axes,
    ):
        for number, ax in enumerate(axes):
            part = slice(number * lines, (number + 1) * lines)
            ax.set_xlim(0, n + 1)
            ax.set_ylim(lines - 0.5, -0.5)
            _scale_through(ax, n, words)
            _rank_lines(ax, table.iloc[part], labels[part])
        key = bare_axes(figure, EDGE, CLOSE + deep + LEGEND, WIDTH - 2 * EDGE, GAP)
        key.plot([], [], "o", color=REGION, ms=3.5, label=words.say("rank_dot"))
        _in_legend(key, words.say("set_alone"), NATION, THICK)
        _in_legend(key, words.say("set_joint"), NATION, THIN)
        legend_above(key)
    middle = {
        kind: (ranks[f"{kind}_high"] - ranks[f"{kind}_low"] + 1).median()
        for kind in ("marginal", "simultaneous")
    }
    alone, joint = (words.number(places, 1) for places in middle.values())
    alt = words.say("sets_alt", alone=alone, joint=joint)
    return DensePicture(figure, caption, alt)


def probabilities_picture(
    probabilities: pd.DataFrame,
    ranks: pd.Series,
    names: pd.Series,
    source: str,
    *,
    words: Words = ENGLISH,
) -> DensePicture:
    """How often each of the first regions takes each rank when errors are drawn anew.

    Parameters
    ----------
    probabilities : DataFrame, shape (n, n)
        Output of `index.rank_probabilities`.
    ranks : Series of int
        Rank of each region, by code.
    names : Series of str
        Of the regions, by code.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    order = pd.DataFrame({"rank": ranks, "name": names.reindex(ranks.index)})
    order = order.sort_values(["rank", "name"]).head(FIRST)
    cells = probabilities.loc[order.index].to_numpy()
    places = int((cells.cumsum(axis=1) < HELD).sum(axis=1).max()) + 1
    caption = words.say("drawn_caption", count=len(order))
    colours = _colours(len(SHARES) - 1)
    classes, left = BoundaryNorm(SHARES, colours.N), room(order["name"])
    deep, below = 0.17 * len(order), FOOT + STRIP + 2 * LINE
    with drawing(caption, source, deep, left=left, below=below) as (figure, [ax]):
        extent = (0.5, places + 0.5, len(order) - 0.5, -0.5)
        ax.imshow(cells[:, :places], cmap=colours, norm=classes, extent=extent, aspect="auto")
        ax.plot(order["rank"], range(len(order)), "o", color=REGION, ms=3.5)
        names_beside(ax, list(order["name"]))
        scale_below(ax, words, words.say("drawn_scale"))
        bar = bare_axes(figure, left, FOOT - LINE, WIDTH - left - RIM, STRIP)
        bar.imshow([range(colours.N)], cmap=colours, aspect="auto")
        names_below(bar, _classes(words))
    alt = words.say(
        "drawn_alt",
        rows=len(order),
        places=places,
        first=order["name"].iloc[0],
        share=words.percent(cells[0, 0], 0),
    )
    return DensePicture(figure, caption, alt)


def method_moves_picture(
    ranges: pd.DataFrame,
    corners: pd.DataFrame,
    reference: pd.Series,
    source: str,
    *,
    words: Words = ENGLISH,
) -> DensePicture:
    """How far ranks move over other methods, and over the corners of the weights.

    Parameters
    ----------
    ranges : DataFrame
        method_p05, method_p50, method_p95 by region code.
    corners : DataFrame
        method_best, method_worst by region code, over weights alone.
    reference : Series of int
        Ranks by the scheme, by region code.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("moves_caption", rows=len(reference))
    moves = ranges.join(corners).loc[reference.index].sub(reference, axis=0)
    wide = THICK | {"lw": 2.6}
    ends = np.floor(moves.to_numpy().min() / GRID), np.ceil(moves.to_numpy().max() / GRID)
    with drawing(caption, source, 2.9, left=room(["-100"]), above=LEGEND) as (figure, [ax]):
        ax.set_xlim(0, len(reference) + 1)
        ax.set_ylim(ends[0] * GRID, ends[1] * GRID)
        ax.axhline(0, color=MUTED, lw=0.8, zorder=0)
        ax.vlines(reference, moves["method_p05"], moves["method_p95"], color=NATION, **wide)
        ax.vlines(reference, moves["method_best"], moves["method_worst"], color=REGION, **THIN)
        ax.plot(
            reference, moves["method_p50"], "_", color=INK, ms=4, label=words.say("moves_median")
        )
        _in_legend(ax, words.say("moves_middle"), NATION, wide)
        _in_legend(ax, words.say("moves_corners"), REGION, THIN)
        scale_below(ax, words, words.say("moves_scale"))
        scale_beside(ax, words)
        legend_above(ax)
    held = moves["method_p95"] - moves["method_p05"] + 1
    median, most = words.number(held.median(), 1), words.number(held.max(), 0)
    alt = words.say("moves_alt", median=median, most=most)
    return DensePicture(figure, caption, alt)


def sensitivity_picture(
    indices: pd.DataFrame, source: str, *, words: Words = ENGLISH
) -> DensePicture:
    """Sobol indices of the choices of method, with their intervals.

    Parameters
    ----------
    indices : DataFrame
        Output of `index.method_sensitivity`.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("sensitivity_caption")
    shown = indices.iloc[::-1]
    labels = [words.say(f"choice_{name}") for name in shown["input"]]
    kinds = (
        ("first", NATION, "o", words.say("order_first")),
        ("total", REGION, "s", words.say("order_total")),
    )
    lowest = min(0, *shown["first_low"], *shown["total_low"])
    scale = words.say("sensitivity_scale")
    with named_rows(caption, source, labels, 1.4, words=words, scale=scale, above=LEGEND) as (
        figure,
        ax,
    ):
        ax.set_xlim(lowest - 0.02, 1)
        ax.axvline(0, color=MUTED, lw=0.8)
        for step, (kind, colour, marker, label) in enumerate(kinds):
            heights = np.arange(len(shown)) - 0.24 * (step - 0.5)
            ax.hlines(heights, shown[f"{kind}_low"], shown[f"{kind}_high"], color=colour, lw=1.5)
            ax.plot(shown[kind], heights, marker, color=colour, ms=5, label=label)
    alt = "; ".join(
        words.say(
            "sensitivity_part",
            name=words.say(f"choice_{row['input']}"),
            first=words.number(row["first"]),
            total=words.number(row["total"]),
        )
        for _, row in indices.iterrows()
    )
    return DensePicture(figure, caption, f"{alt}.")


def weights_picture(
    effective: pd.DataFrame, source: str, *, words: Words = ENGLISH
) -> DensePicture:
    """Weights beside how the index varies with each dimension.

    Parameters
    ----------
    effective : DataFrame
        Output of `index.effective_weights`.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("effective_caption")
    shown = effective.iloc[::-1]
    labels, heights = [words.dimension(name) for name in shown.index], np.arange(len(shown))
    columns = (
        ("nominal", INK, "|", 13, words.say("effective_nominal")),
        ("effective", NATION, "o", 6, words.say("effective_ratio")),
        ("covariance_share", TRACK, "D", 5, words.say("effective_share")),
    )
    farthest = shown[[column for column, *_ in columns]].to_numpy().max()
    scale = words.say("whole_scale")
    with named_rows(caption, source, labels, 1.5, words=words, scale=scale, above=LEGEND) as (
        figure,
        ax,
    ):
        ax.set_xlim(0, 1.1 * farthest)
        ax.hlines(heights, 0, ax.get_xlim()[1], color=FAINT, lw=0.8, zorder=0)
        for column, colour, marker, size, label in columns:
            ax.plot(shown[column], heights, marker, color=colour, ms=size, label=label)
    alt = "; ".join(
        words.say(
            "effective_part",
            name=words.dimension(str(name)),
            nominal=words.number(row["nominal"]),
            ratio=words.number(row["effective"]),
        )
        for name, row in effective.iterrows()
    )
    return DensePicture(figure, caption, f"{alt}.")


def _rank_lines(ax: Axes, rows: pd.DataFrame, labels: list[str]) -> None:
    """Sets, ranks and names of one column of the figure."""
    heights, edge = np.arange(len(rows)), ax.get_yaxis_transform()
    ax.hlines(heights, *ax.get_xlim(), color=FAINT, lw=0.4, zorder=0)
    ends = rows["simultaneous_low"], rows["simultaneous_high"]
    ax.hlines(heights, *ends, color=NATION, **THIN)
    ax.hlines(heights, rows["marginal_low"], rows["marginal_high"], color=NATION, **THICK)
    ax.plot(rows["rank"], heights, "o", color=REGION, ms=3.5, clip_on=False)
    style: dict[str, Any] = {"ha": "right", "va": "center", "fontsize": SMALL}
    for height, label in enumerate(labels):
        ax.text(-0.04, height, label, transform=edge, **style)


def _scale_through(ax: Axes, n: int, words: Words) -> None:
    """Faint lines through a column of ranks, numbered at both ends."""
    places = [1, *(place for place in MaxNLocator(FEW).tick_values(1, n) if 1 < place <= n)]
    edge = ax.get_xaxis_transform()
    ax.vlines(places, 0, 1, color=FAINT, lw=0.6, zorder=0, transform=edge)
    for place in places:
        for end, side in ((0, "top"), (1, "bottom")):
            number = words.number(place, 0)
            ax.text(place, end, number, transform=edge, ha="center", va=side, fontsize=SMALL)


def _in_legend(ax: Axes, label: str, colour: str, style: dict[str, Any]) -> None:
    """A short line in the legend, for lines that it cannot show itself."""
    thick = {"mew": style["lw"], "alpha": style["alpha"]}
    ax.plot([], [], "_", color=colour, ms=11, label=label, **thick)


def _colours(count: int) -> ListedColormap:
    """So many steps of the scale of shares, each of them in a picture's palette."""
    steps = np.linspace(0, 1, SCALE_SHADES)[:: SCALE_SHADES // count][:count]
    return ListedColormap(colormaps[SHARE_COLOURS](steps))


def _classes(words: Words) -> list[str]:
    """Classes of shares in words."""
    ends = [words.percent(share, 0) for share in SHARES]
    inner = [words.say("from_to", low=low, high=high) for low, high in pairwise(ends[1:-1])]
    outer = words.say("share_under", share=ends[1]), words.say("share_over", share=ends[-2])
    return [outer[0], *inner, outer[1]]
