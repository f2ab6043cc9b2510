"""Figures of the notebook on robustness, in English: ranks as sets, methods, weights (floor 4)."""

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
from smartlib.present.words.wording import ENGLISH as WORDS

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
STRIP = 0.12  # inches, height of a bar of colours
GRID = 5  # places; a scale of moves ends at a multiple
THICK: dict[str, Any] = {"lw": 4.0, "alpha": 0.375}
THIN: dict[str, Any] = {"lw": 1.0, "alpha": 1.0}
INPUTS = {
    "weights": "Weights",
    "normalisation": "Normalisation",
    "aggregation": "Aggregation",
    "left_out": "Dimension left out",
}


def eigenvalues_picture(analysis: pd.DataFrame, source: str) -> DensePicture:
    """Eigenvalues of the dimensions' correlations against those of unrelated numbers.

    Parameters
    ----------
    analysis : DataFrame
        Output of `index.parallel_analysis`.
    source : str
        Line below.
    """
    caption = "Principal components of the dimensions against chance"
    numbers = analysis.index.to_numpy()
    lines = (
        ("eigenvalue", NATION, "o", "as observed"),
        ("by_chance", REGION, "s", "by chance, upper quantile"),
    )
    with drawing(caption, source, 1.6, left=room(["0.0"]), above=LEGEND) as (figure, [ax]):
        ax.set_xlim(numbers[0] - 0.5, numbers[-1] + 0.5)
        ax.set_ylim(0, 1.05 * analysis["eigenvalue"].max())
        for column, colour, marker, label in lines:
            ax.plot(numbers, analysis[column], "-", color=colour, lw=1)
            ax.plot(numbers, analysis[column], marker, color=colour, ms=5, label=label)
        scale_below(ax, WORDS, "component; upwards its eigenvalue")
        scale_beside(ax, WORDS)
        legend_above(ax)
    alt = "; ".join(
        f"component {number} {row['eigenvalue']:.2f} (by chance up to {row['by_chance']:.2f})"
        for number, row in analysis.iterrows()
    )
    return DensePicture(figure, caption, f"Eigenvalues: {alt}.")


def rank_sets_picture(ranks: pd.DataFrame, names: pd.Series, source: str) -> DensePicture:
    """Every known row's rank with both confidence sets, the best first.

    Parameters
    ----------
    ranks : DataFrame
        Rows of one route of the table of ranks, indexed by region code.
    names : Series of str
        Of the regions, by code.
    source : str
        Line below.
    """
    route, n = ranks["route"].iloc[0], len(ranks)
    caption = f"Ranks of the {n} known rows with their 95% confidence sets ({route} route)"
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
            _scale_through(ax, n)
            _rank_lines(ax, table.iloc[part], labels[part])
        key = bare_axes(figure, EDGE, CLOSE + deep + LEGEND, WIDTH - 2 * EDGE, GAP)
        key.plot([], [], "o", color=REGION, ms=3.5, label="rank")
        _in_legend(key, "set for this rank alone", NATION, THICK)
        _in_legend(key, "sets for all ranks at once", NATION, THIN)
        legend_above(key)
    middle = {
        kind: (ranks[f"{kind}_high"] - ranks[f"{kind}_low"] + 1).median()
        for kind in ("marginal", "simultaneous")
    }
    alt = (
        "A line for each region, from the first to the last; the sets of single ranks hold "
        f"{WORDS.number(middle['marginal'], 1)} places in the median, those of all ranks at once "
        f"{WORDS.number(middle['simultaneous'], 1)}."
    )
    return DensePicture(figure, caption, alt)


def probabilities_picture(
    probabilities: pd.DataFrame, ranks: pd.Series, names: pd.Series, source: str
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
    """
    order = pd.DataFrame({"rank": ranks, "name": names.reindex(ranks.index)})
    order = order.sort_values(["rank", "name"]).head(FIRST)
    cells = probabilities.loc[order.index].to_numpy()
    places = int((cells.cumsum(axis=1) < HELD).sum(axis=1).max()) + 1
    caption = f"How often the first {len(order)} take each rank when errors are drawn anew"
    colours = _colours(len(SHARES) - 1)
    classes, left = BoundaryNorm(SHARES, colours.N), room(order["name"])
    deep, below = 0.17 * len(order), FOOT + STRIP + 2 * LINE
    with drawing(caption, source, deep, left=left, below=below) as (figure, [ax]):
        extent = (0.5, places + 0.5, len(order) - 0.5, -0.5)
        ax.imshow(cells[:, :places], cmap=colours, norm=classes, extent=extent, aspect="auto")
        ax.plot(order["rank"], range(len(order)), "o", color=REGION, ms=3.5)
        names_beside(ax, list(order["name"]))
        scale_below(ax, WORDS, "rank among the known rows; the dot is the published one")
        bar = bare_axes(figure, left, FOOT - LINE, WIDTH - left - RIM, STRIP)
        bar.imshow([range(colours.N)], cmap=colours, aspect="auto")
        names_below(bar, _classes())
    alt = (
        f"Shaded cells, {len(order)} regions by {places} ranks; {order['name'].iloc[0]} is first "
        f"in {WORDS.percent(cells[0, 0], 0)} of the draws, and the shares of those below spread "
        "over ever more ranks."
    )
    return DensePicture(figure, caption, alt)


def method_moves_picture(
    ranges: pd.DataFrame, corners: pd.DataFrame, reference: pd.Series, source: str
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
    """
    caption = f"How far the ranks of the {len(reference)} known rows move under other methods"
    moves = ranges.join(corners).loc[reference.index].sub(reference, axis=0)
    wide = THICK | {"lw": 2.6}
    ends = np.floor(moves.to_numpy().min() / GRID), np.ceil(moves.to_numpy().max() / GRID)
    with drawing(caption, source, 2.9, left=room(["-100"]), above=LEGEND) as (figure, [ax]):
        ax.set_xlim(0, len(reference) + 1)
        ax.set_ylim(ends[0] * GRID, ends[1] * GRID)
        ax.axhline(0, color=MUTED, lw=0.8, zorder=0)
        ax.vlines(reference, moves["method_p05"], moves["method_p95"], color=NATION, **wide)
        ax.vlines(reference, moves["method_best"], moves["method_worst"], color=REGION, **THIN)
        ax.plot(reference, moves["method_p50"], "_", color=INK, ms=4, label="median scenario")
        _in_legend(ax, "middle nine tenths of scenarios", NATION, wide)
        _in_legend(ax, "corners of the weights alone", REGION, THIN)
        across = "rank by the scheme, harmonised index"
        scale_below(ax, WORDS, f"{across}; upwards: places lost, downwards: places won")
        scale_beside(ax, WORDS)
        legend_above(ax)
    held = moves["method_p95"] - moves["method_p05"] + 1
    alt = (
        "A bar for each region across the line of no move; nine tenths of the scenarios hold "
        f"{WORDS.number(held.median(), 1)} places in the median, {held.max():.0f} at most."
    )
    return DensePicture(figure, caption, alt)


def sensitivity_picture(indices: pd.DataFrame, source: str) -> DensePicture:
    """Sobol indices of the choices of method, with their intervals.

    Parameters
    ----------
    indices : DataFrame
        Output of `index.method_sensitivity`.
    source : str
        Line below.
    """
    caption = "Which choice of method moves ranks most (Sobol indices with 95% intervals)"
    shown = indices.iloc[::-1]
    labels = [INPUTS.get(name, name) for name in shown["input"]]
    kinds = (
        ("first", NATION, "o", "alone (first order)"),
        ("total", REGION, "s", "with others (total)"),
    )
    lowest = min(0, *shown["first_low"], *shown["total_low"])
    scale = "share of the variance of the mean shift in ranks"
    with named_rows(caption, source, labels, 1.4, words=WORDS, scale=scale, above=LEGEND) as (
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
        f"{INPUTS.get(row['input'], row['input'])} {row['first']:.2f} alone, "
        f"{row['total']:.2f} with others"
        for _, row in indices.iterrows()
    )
    return DensePicture(figure, caption, f"{alt}.")


def weights_picture(effective: pd.DataFrame, source: str) -> DensePicture:
    """Weights beside how the index varies with each dimension.

    Parameters
    ----------
    effective : DataFrame
        Output of `index.effective_weights`.
    source : str
        Line below.
    """
    caption = "Weights as stated, and how the index varies with each dimension"
    shown = effective.iloc[::-1]
    labels, heights = [WORDS.dimension(name) for name in shown.index], np.arange(len(shown))
    columns = (
        ("nominal", INK, "|", 13, "weight"),
        ("effective", NATION, "o", 6, "correlation ratio, scaled to sum to 1"),
        ("covariance_share", TRACK, "D", 5, "share of the covariance"),
    )
    farthest = shown[[column for column, *_ in columns]].to_numpy().max()
    scale = "share of the whole"
    with named_rows(caption, source, labels, 1.5, words=WORDS, scale=scale, above=LEGEND) as (
        figure,
        ax,
    ):
        ax.set_xlim(0, 1.1 * farthest)
        ax.hlines(heights, 0, ax.get_xlim()[1], color=FAINT, lw=0.8, zorder=0)
        for column, colour, marker, size, label in columns:
            ax.plot(shown[column], heights, marker, color=colour, ms=size, label=label)
    alt = "; ".join(
        f"{WORDS.dimension(str(name))} weight {row['nominal']:.2f}, correlation ratio as a share "
        f"{row['effective']:.2f}"
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


def _scale_through(ax: Axes, n: int) -> None:
    """Faint lines through a column of ranks, numbered at both ends."""
    places = [1, *(place for place in MaxNLocator(FEW).tick_values(1, n) if 1 < place <= n)]
    edge = ax.get_xaxis_transform()
    ax.vlines(places, 0, 1, color=FAINT, lw=0.6, zorder=0, transform=edge)
    for place in places:
        for end, side in ((0, "top"), (1, "bottom")):
            number = WORDS.number(place, 0)
            ax.text(place, end, number, transform=edge, ha="center", va=side, fontsize=SMALL)


def _in_legend(ax: Axes, label: str, colour: str, style: dict[str, Any]) -> None:
    """A short line in the legend, for lines that it cannot show itself."""
    thick = {"mew": style["lw"], "alpha": style["alpha"]}
    ax.plot([], [], "_", color=colour, ms=11, label=label, **thick)


def _colours(count: int) -> ListedColormap:
    """So many steps of the scale of shares, each of them in a picture's palette."""
    steps = np.linspace(0, 1, SCALE_SHADES)[:: SCALE_SHADES // count][:count]
    return ListedColormap(colormaps[SHARE_COLOURS](steps))


def _classes() -> list[str]:
    """Classes of shares in words."""
    ends = [WORDS.percent(share, 0) for share in SHARES]
    inner = [f"{low} to {high}" for low, high in pairwise(ends[1:-1])]
    return [f"under {ends[1]}", *inner, f"over {ends[-2]}"]
