"""Figures of the national ranking (floor 4)."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib import colormaps

from smartlib.present.drawing import (
    FAINT,
    FOOT,
    HEADING,
    INDEX_COLOURS,
    INK,
    LEGEND,
    LINE,
    MUTED,
    NATION,
    REGION,
    RIM,
    SHARE_COLOURS,
    SMALL,
    TRACK,
    WIDTH,
    Picture,
    bare_axes,
    drawing,
    named_rows,
    names_below,
    names_beside,
    room,
    scale_below,
    scale_beside,
    title_above,
)
from smartlib.present.words.wording import ENGLISH, Words
from smartlib.vocabulary.records import Scheme

FLOW = ("selected", "invited", "scored", "known")  # steps from selection to a known row
KIND_COLOURS = {"kabupaten": NATION, "kota": REGION}
DARK = 0.75  # correlations above it are shaded so dark that their number is printed white
NARROW = 12  # characters of a line under a cell
MAP_STEP = 0.25  # index points that share a colour of the map
MARGIN = 1  # degree around the map
BAR = 0.12  # inches, height of the map's colours
LISTED = 12  # regions on each side of a comparison


def flow_picture(
    counts: Mapping[str, int], cohort: str, source: str, *, words: Words = ENGLISH
) -> Picture:
    """The way from selection to the known rows, as bars that lose a part at each step.

    Parameters
    ----------
    counts : mapping of str to int
        Output of `index.flow`.
    cohort : str
        Years of selection, where the scheme states them.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    labels = [words.say(f"flow_{key}", cohort=cohort).strip() for key in FLOW]
    reasons = [words.say(key) for key in ("flow_not_invited", "stage_absent", "flow_lost")]
    sizes = [counts[key] for key in FLOW]
    losses = [size - after for size, after in pairwise(sizes)]
    caption = words.say("flow_caption", first=sizes[0], last=sizes[-1])
    with drawing(caption, source, 1.95, below=2.7 * LINE) as (figure, [ax]):
        ax.set_xlim(-0.35, len(sizes) - 0.6)
        ax.set_ylim(0, max(sizes))
        bars = ax.bar(range(len(sizes)), sizes, width=0.5, color=NATION)
        ax.bar_label(bars, label_type="center", color="white", weight="bold", fontsize=11)
        for x, (size, lost, reason) in enumerate(zip(sizes, losses, reasons, strict=False)):
            kept = size - lost
            ax.fill_between([x + 0.25, x + 0.75], 0, kept, color=NATION, alpha=0.18, lw=0)
            ax.fill_between([x + 0.25, x + 0.33], kept, size, color=REGION, lw=0)
            ax.text(x + 0.36, (kept + size) / 2, f"{lost} {reason}", va="center", color=REGION)
        names_below(ax, labels)
    shown = "; ".join(f"{label} {size}" for label, size in zip(labels, sizes, strict=True))
    lost_parts = "; ".join(f"{lost} {why}" for why, lost in zip(reasons, losses, strict=True))
    return Picture(figure, caption, words.say("flow_alt", parts=shown, losses=lost_parts))


def distribution(scores: pd.DataFrame, source: str, *, words: Words = ENGLISH) -> Picture:
    """How the published index is spread, kabupaten and kota apart."""
    caption = words.say("distribution_caption")
    edges = np.arange(0.75, 4.01, 0.25).tolist()
    with drawing(caption, source, 1.0, left=room(["100"]), above=HEADING, rows=2) as (figure, axes):
        for ax, (kind, colour) in zip(axes, KIND_COLOURS.items(), strict=True):
            values = scores.loc[scores["kind"] == kind, "published_index"]
            ax.set_xlim(edges[0] - 0.05, edges[-1] + 0.05)
            ax.hist(values, bins=edges, color=colour, alpha=0.75, rwidth=0.94)
            ax.axhline(0, color=MUTED, lw=0.8)
            median = values.median()
            ax.axvline(median, color=INK, lw=1.2, ls="--")
            label = f"median {words.number(median)}"
            ax.text(median, ax.get_ylim()[1], label, ha="center", va="bottom")
            title_above(ax, words.say("kind_rows", kind=kind, rows=len(values)), color=colour)
            scale_beside(ax, words)
        scale_below(axes[-1], words, words.say("index_scale"))
    medians = scores.groupby("kind")["published_index"].median()
    return Picture(figure, caption, words.say("distribution_alt", parts=_medians(words, medians)))


def _medians(words: Words, medians: pd.Series) -> str:
    return "; ".join(
        words.say("named_median", name=name, value=words.number(value))
        for name, value in medians.items()
    )


def dimension_spread(
    scores: pd.DataFrame, scheme: Scheme, source: str, *, words: Words = ENGLISH
) -> Picture:
    """Box plots of the common dimensions."""
    names = list(scheme.common.weights)
    caption = words.say("dimensions_caption")
    labels = [words.dimension(name) for name in names[::-1]]
    scale = words.say("mark_scale")
    with named_rows(caption, source, labels, 1.65, words=words, scale=scale) as (figure, ax):
        ax.boxplot(
            [scores[name] for name in names[::-1]],
            orientation="horizontal",
            positions=range(len(names)),
            manage_ticks=False,
            widths=0.55,
            medianprops={"color": REGION, "lw": 2},
            flierprops={"marker": "o", "ms": 3, "mfc": MUTED, "mec": "none"},
        )
    parts = _medians(words, scores[names].median().rename(index=words.dimension))
    return Picture(figure, caption, words.say("dimensions_alt", parts=parts))


def correlation(matrix: pd.DataFrame, source: str, *, words: Words = ENGLISH) -> Picture:
    """A correlation matrix as shaded cells with their numbers."""
    caption = words.say("correlation_caption")
    labels = [words.term(n) if n.endswith("index") else words.dimension(n) for n in matrix.columns]
    cells = matrix.to_numpy()
    with drawing(caption, source, 2.55, left=room(labels)) as (figure, [ax]):
        ax.imshow(cells, cmap=SHARE_COLOURS, vmin=0, vmax=1.2, aspect="auto")
        for (row, column), value in np.ndenumerate(cells):
            ink = "white" if value > DARK else INK
            ax.text(column, row, words.number(value), ha="center", va="center", color=ink)
        names_beside(ax, labels)
        names_below(ax, [textwrap.fill(label, NARROW) for label in labels])
    below = cells[np.tril_indices_from(cells, -1)]
    ends = {"low": words.number(below.min()), "high": words.number(below.max())}
    return Picture(figure, caption, words.say("correlation_alt", **ends))


def best_and_most_improved(scores: pd.DataFrame, source: str, *, words: Words = ENGLISH) -> Picture:
    """The highest indices and the largest gains, side by side."""
    panels = (
        ("published_index", words.say("best_published_index"), NATION),
        ("improvement", words.say("best_improvement"), TRACK),
    )
    caption = words.say("best_caption")
    order = [
        scores.sort_values([column, "region"], ascending=[False, True]).head(LISTED)[::-1]
        for column, _, _ in panels
    ]
    left = room(name for top in order for name in top["region"])
    parts = []
    with drawing(caption, source, 2.25, left=left, above=HEADING, columns=2) as (figure, axes):
        for ax, top, (column, title, colour) in zip(axes, order, panels, strict=True):
            values = top[column].to_numpy()
            ax.set_xlim(0, values.max() * 1.25)
            ax.set_ylim(-0.6, len(top) - 0.4)
            ax.hlines(range(len(top)), 0, values, color=FAINT, lw=1)
            ax.plot(values, range(len(top)), "o", color=colour)
            for height, value in enumerate(values):
                x = value + values.max() * 0.06
                ax.text(x, height, words.number(value), va="center", fontsize=SMALL)
            title_above(ax, title)
            names_beside(ax, list(top["region"]))
            scale_below(ax, words, words.term("points"))
            parts.append(f"{title}: {top['region'].iloc[-1]} {words.number(values[-1])}")
    return Picture(figure, caption, "; ".join(parts) + ".")


def provinces_picture(scores: pd.DataFrame, source: str, *, words: Words = ENGLISH) -> Picture:
    """Every known row by province, provinces in order of their median."""
    caption = words.say("provinces_caption")
    medians = scores.groupby("province")["published_index"].median().sort_values(kind="stable")
    counts = scores["province"].value_counts()
    names = [f"{province} ({counts[province]})" for province in medians.index]
    scale = words.say("provinces_scale")
    with named_rows(caption, source, names, 5.0, words=words, scale=scale, above=LEGEND) as (
        figure,
        ax,
    ):
        heights = {province: height for height, province in enumerate(medians.index)}
        ax.hlines(range(len(medians)), 0.9, 4, color=FAINT, lw=0.6, zorder=0)
        for kind, colour in KIND_COLOURS.items():
            rows = scores[scores["kind"] == kind]
            ax.plot(
                rows["published_index"],
                rows["province"].map(heights),
                "o",
                color=colour,
                ms=4,
                alpha=0.7,
                label=kind,
            )
        ax.plot(medians, range(len(medians)), "|", color=INK, ms=11, mew=1.8, label="median")
        ax.set_ylim(-0.7, len(medians) - 0.3)
    ends = {"first": medians.index[-1], "last": medians.index[0]}
    ends |= {"high": words.number(medians.iloc[-1]), "low": words.number(medians.iloc[0])}
    return Picture(figure, caption, words.say("provinces_alt", count=len(medians), **ends))


def dot_map(
    register: pd.DataFrame, scores: pd.DataFrame, source: str, *, words: Words = ENGLISH
) -> Picture:
    """Indonesia as dots: every region grey, the known rows coloured by index.

    Parameters
    ----------
    register : DataFrame
        Indexed by code: longitude, latitude (degrees).
    scores : DataFrame
        Indexed by code: published_index.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("map_caption")
    known = register.loc[scores.index]
    low, high = (
        round_to(scores["published_index"] / MAP_STEP).agg(end) * MAP_STEP
        for round_to, end in ((np.floor, "min"), (np.ceil, "max"))
    )
    steps = colormaps[INDEX_COLOURS].resampled(round((high - low) / MAP_STEP))
    places = register[["longitude", "latitude"]]
    (west, south), (east, north) = places.min() - MARGIN, places.max() + MARGIN
    left = room([words.number(south, 0)])
    wide = WIDTH - left - RIM
    # Within 11 degrees of the equator a degree is as wide as high.
    deep = wide * (north - south) / (east - west)
    below = FOOT + BAR + 3 * LINE
    with drawing(caption, source, deep, left=left, above=HEADING, below=below) as (figure, [ax]):
        ax.set_xlim(west, east)
        ax.set_ylim(south, north)
        ax.scatter(register["longitude"], register["latitude"], s=7, color=FAINT, lw=0)
        ax.scatter(
            known["longitude"],
            known["latitude"],
            c=scores["published_index"],
            s=20,
            cmap=steps,
            vmin=low,
            vmax=high,
            lw=0.3,
            edgecolors="white",
        )
        scale_below(ax, words, words.say("longitude"))
        scale_beside(ax, words, words.say("latitude"))
        bar = bare_axes(figure, 2 * left, FOOT, wide - 2 * left, BAR)
        bar.imshow([range(steps.N)], cmap=steps, extent=(low, high, 0, 1), aspect="auto")
        scale_below(bar, words, words.term("published_index"))
    alt = words.say("map_alt", regions=len(register), known=len(known))
    return Picture(figure, caption, alt)
