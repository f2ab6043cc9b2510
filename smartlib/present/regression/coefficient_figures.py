"""Figures of the regressions (floor 4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from smartlib.present.drawing import (
    FAINT,
    FALL,
    FOOT,
    GAP,
    INK,
    LEGEND,
    LINE,
    MUTED,
    NATION,
    REGION,
    RIM,
    RISE,
    SMALL,
    TRACK,
    WIDTH,
    DensePicture,
    drawing,
    legend_above,
    names_below,
    names_beside,
    room,
    scale_below,
    scale_beside,
    title_above,
)
from smartlib.present.regression.steps import Judged, Step, in_words, spoken
from smartlib.present.words.readings import reading
from smartlib.present.words.wording import ENGLISH, Words

if TYPE_CHECKING:
    from smartlib.inference.checks.influence import GroupInfluence, Influence
    from smartlib.inference.checks.unmeasured import Contours, Unmeasured

MARKERS = ((NATION, "o"), (REGION, "s"), (TRACK, "D"))
HEADING = LINE + GAP  # inches above axes with a title of their own
PITCH = 0.33  # inches from one coefficient to the next: three series fit between
OFFSET = 0.22  # of the pitch, from one series to the next
MOVED = 10  # regions and groups shown: those that move the coefficient most
MARGIN = 1  # degree around the map
LARGEST = 60.0  # square points of the largest residual's dot
RIGHT = 0.45  # inches right of the contours, for their numbers
CLEAR = 0.05  # of the contours' height between two of their numbers
LEVELS = 7  # contours, at most
ROUND = (1.0, 2.0, 5.0, 10.0)  # steps of a scale, times a power of ten


def interval_picture(
    series: Mapping[str, Mapping[str, Judged]],
    steps: Mapping[str, Step],
    caption: str,
    source: str,
    *,
    words: Words = ENGLISH,
) -> DensePicture:
    """Estimates with their intervals, a line each, a marker for each series.

    Parameters
    ----------
    series : mapping of str to mapping of str to interval
        By the name in the legend, three at most; inside by key, the same keys in each.
    steps : mapping of str to Step
        Of each key; its label is printed.
    caption, source : str
        Title, and line below.
    words : Words, optional
        The language; by default English.
    """
    keys = list(next(iter(series.values())))[::-1]
    written = [steps[key].label for key in keys]
    above = LEGEND if len(series) > 1 else GAP
    parts = []
    with drawing(caption, source, PITCH * len(keys), left=room(written), above=above) as (
        figure,
        [ax],
    ):
        for number, (name, found) in enumerate(series.items()):
            colour, marker = MARKERS[number]
            values = _on_steps([found[key] for key in keys], [steps[key] for key in keys])
            heights = np.arange(len(keys)) - OFFSET * number
            ax.hlines(heights, values[:, 1], values[:, 2], color=colour, lw=1.5)
            ax.plot(values[:, 0], heights, marker, color=colour, ms=5, label=name)
            start = f"{name}, " if len(series) > 1 else ""
            told = zip(written, values, strict=True)
            parts += [in_words(start + label, ends, words=words) for label, ends in told]
        ax.axvline(0, color=MUTED, lw=0.8)
        ax.set_ylim(-OFFSET * len(series) - 0.1, len(keys) - 0.65)
        names_beside(ax, written)
        scale_below(ax, words, words.term("points"))
        if len(series) > 1:
            legend_above(ax)
    return DensePicture(figure, caption, "; ".join(parts) + ".")


def years_picture(
    table: pd.DataFrame, steps: Mapping[str, Step], source: str, *, words: Words = ENGLISH
) -> DensePicture:
    """Coefficients with the budget of each fiscal year, a panel for each factor.

    Parameters
    ----------
    table : DataFrame
        Output of `inference.coefficients_by_year`.
    steps : mapping of str to Step
        Factors shown, two or three.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    shown = table[table["name"].isin(list(steps))]
    sizes = shown["name"].map({name: step.size for name, step in steps.items()})
    ends = [(shown["low"] * sizes).min(), (shown["high"] * sizes).max()]
    caption = words.say("years_caption")
    size: Any = {"left": room([words.number(min(ends))]), "above": HEADING, "below": FOOT + LINE}
    parts = []
    with drawing(caption, source, 2.1, columns=len(steps), **size) as (figure, axes):
        for ax, (name, step) in zip(axes, steps.items(), strict=True):
            rows = shown[shown["name"] == name]
            values = rows[["estimate", "low", "high"]].to_numpy() * step.size
            places = np.arange(len(rows))
            ax.set_xlim(-0.6, len(rows) - 0.4)
            ax.set_ylim(ends[0] - 0.02, ends[1] + 0.02)
            ax.axhline(0, color=MUTED, lw=0.8)
            ax.vlines(places, values[:, 1], values[:, 2], color=NATION, lw=1.5)
            ax.plot(places, values[:, 0], "o", color=NATION, ms=5)
            title_above(ax, step.label)
            scale_beside(ax, words)
            years = [(str(row.year), words.term(row.basis)) for row in rows.itertuples()]
            names_below(ax, ["\n".join(lines) for lines in years])
            for lines, point in zip(years, values, strict=True):
                label = words.say("step_in_year", step=step.label, year=" ".join(lines))
                parts.append(in_words(label, point, words=words))
    return DensePicture(figure, caption, words.say("years_alt", parts="; ".join(parts)))


def influence_picture(
    rows: Influence,
    groups: GroupInfluence,
    step: Step,
    labels: tuple[str, str],
    source: str,
    *,
    words: Words = ENGLISH,
) -> DensePicture:
    """The coefficient without one row, and without one group, for those that move it most.

    Parameters
    ----------
    rows : Influence
        Labelled by name.
    groups : GroupInfluence
        Of the same coefficient.
    step : Step
        On which the coefficient is read.
    labels : (str, str)
        What a row and a group is, as `region` and `province`.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    one, other = labels
    caption = words.say("influence_caption", step=step.label, one=one, other=other)
    panels = [
        _most_moved(found["estimate_without"], rows.estimate) * step.size
        for found in (rows.rows, groups.groups)
    ]
    full, size = rows.estimate * step.size, len(max(panels, key=len))
    left = room(str(name) for panel in panels for name in panel.index)
    drawn = np.concatenate([panel.to_numpy() for panel in panels])
    ends = np.array([min(0.0, full, drawn.min()), max(0.0, full, drawn.max())])
    wide: Any = {"left": left, "above": HEADING, "columns": 2}
    with drawing(caption, source, 0.2 * size, **wide) as (figure, axes):
        for ax, panel, label in zip(axes, panels, labels, strict=True):
            ax.set_xlim(*(ends + np.array([-0.04, 0.04]) * np.ptp(ends)))
            ax.set_ylim(-0.6, size - 0.4)
            heights = np.arange(size - len(panel), size)
            ax.axvline(0, color=MUTED, lw=0.8)
            ax.axvline(full, color=INK, lw=1.2, ls="--")
            ax.hlines(heights, full, panel, color=FAINT, lw=1.5)
            ax.plot(panel, heights, "o", color=NATION, ms=5)
            title_above(ax, words.say("without_one", what=label))
            names_beside(ax, [""] * (size - len(panel)) + [str(name) for name in panel.index])
            scale_below(ax, words, words.term("points"))
    parts = [
        words.say("influence_part", name=panel.index[-1], value=words.number(panel.iloc[-1], 3))
        for panel in panels
        if len(panel)
    ]
    alt = words.say("influence_alt", all=words.number(full, 3), parts="; ".join(parts))
    return DensePicture(figure, caption, alt)


def residual_map(
    register: pd.DataFrame, residuals: pd.Series, source: str, *, words: Words = ENGLISH
) -> DensePicture:
    """Where the index lies above and below what the regression gives.

    Parameters
    ----------
    register : DataFrame
        Indexed by code: longitude, latitude (degrees).
    residuals : Series
        Index points, by code.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("residuals_caption")
    places = register[["longitude", "latitude"]]
    (west, south), (east, north) = places.min() - MARGIN, places.max() + MARGIN
    left, largest = room([words.number(south, 0)]), residuals.abs().max()
    # Within 11 degrees of the equator a degree is as wide as high.
    deep = (WIDTH - left - RIM) * (north - south) / (east - west)
    with drawing(caption, source, deep, left=left, above=LEGEND) as (figure, [ax]):
        ax.set_xlim(west, east)
        ax.set_ylim(south, north)
        ax.scatter(places["longitude"], places["latitude"], s=5, color=FAINT, lw=0)
        signs = (
            ("residuals_above", residuals > 0, RISE),
            ("residuals_below", residuals <= 0, FALL),
        )
        for key, is_shown, colour in signs:
            chosen = residuals[is_shown]
            area = LARGEST * (chosen / largest) ** 2  # so that the diameter is the residual
            where = places.loc[chosen.index]
            ax.scatter(
                where["longitude"],
                where["latitude"],
                s=area,
                color=colour,
                lw=0.3,
                edgecolors="white",
            )
            ax.plot([], [], "o", color=colour, ms=5, label=words.say(key))
        legend_above(ax)
        scale_below(ax, words, words.say("map_scale"))
        scale_beside(ax, words)
    parts = {"above": (residuals > 0).sum(), "below": (residuals <= 0).sum()}
    parts |= {"highest": words.signed(residuals.max()), "lowest": words.signed(residuals.min())}
    return DensePicture(figure, caption, words.say("residuals_alt", **parts))


def contour_picture(
    found: Unmeasured,
    grid: Contours,
    labels: Mapping[str, str],
    source: str,
    *,
    words: Words = ENGLISH,
) -> DensePicture:
    """The coefficient, had a variable of some strength been measured, as contours.

    Parameters
    ----------
    found : Unmeasured
        Variables as strong as its benchmarks are drawn, the strongest by name.
    grid : Contours
        Of the same coefficient.
    labels : mapping of str to str
        Printed labels of factor and benchmarks.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("contour_caption", factor=labels[found.factor])
    size: Any = {"left": room(["0.00"]), "right": RIGHT, "above": LEGEND}
    with drawing(caption, source, 3.0, **size) as (figure, [ax]):
        ax.set_xlim(0, grid.r2_factor[-1])
        ax.set_ylim(0, grid.r2_outcome[-1])
        _contour_lines(ax, grid, found.estimate, words)
        ax.plot(
            0,
            0,
            "D",
            color=INK,
            ms=6,
            clip_on=False,
            label=words.say("contour_fitted", value=words.number(found.estimate)),
        )
        ones = found.benchmarks[found.benchmarks["times"] == 1]
        is_inside = (ones["r2_factor"] <= grid.r2_factor[-1]) & (
            ones["r2_outcome"] <= grid.r2_outcome[-1]
        )
        shown = ones[is_inside]
        ax.plot(
            shown["r2_factor"],
            shown["r2_outcome"],
            "s",
            color=NATION,
            ms=5,
            clip_on=False,
            label=words.say("contour_measured"),
        )
        _name_strongest(ax, shown, found.estimate, labels)
        legend_above(ax)
        scale_beside(ax, words)
        scale_below(ax, words, words.say("contour_scale"))
    return DensePicture(figure, caption, spoken(reading(found, words.lang), labels))


def _contour_lines(ax: Axes, grid: Contours, estimate: float, words: Words) -> None:
    """Contours at round coefficients, that of zero first; numbers where there is room."""
    lowest, highest = sorted((float(grid.estimate[-1, -1]), estimate))
    step = _round_step((highest - lowest) / LEVELS)
    counts = np.arange(math.ceil(lowest / step), math.floor(highest / step) + 1)
    heights: list[float] = []
    for count in sorted(counts.tolist(), key=abs):
        is_first, height = count == 0, _right_end(grid, count * step)
        ink = REGION if is_first else MUTED
        lines: Any = {"colors": ink, "linewidths": 1.8 if is_first else 0.7, "linestyles": "solid"}
        ax.contour(grid.r2_factor, grid.r2_outcome, grid.estimate, [count * step], **lines)
        if height is None or any(abs(height - taken) < CLEAR for taken in heights):
            continue
        heights.append(height)
        number = words.number(count * step, max(0, -math.floor(math.log10(step))))
        place: Any = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "center"}
        ax.annotate(number, (1, height), (3, 0), fontsize=SMALL, color=ink, **place)


def _right_end(grid: Contours, level: float) -> float | None:
    """Where a contour meets the right edge, as a share of its height; None if beyond."""
    edge = grid.estimate[:, -1]
    if not edge.min() <= level <= edge.max():
        return None
    order = np.argsort(edge)
    at = float(np.interp(level, edge[order], grid.r2_outcome[order]))
    return at / float(grid.r2_outcome[-1])


def _name_strongest(
    ax: Axes, shown: pd.DataFrame, estimate: float, labels: Mapping[str, str]
) -> None:
    """The benchmark that moves the coefficient most is named above its dot."""
    if shown.empty:
        return
    row = shown.loc[(shown["estimate"] - estimate).abs().idxmax()]
    is_right = row["r2_factor"] > sum(ax.get_xlim()) / 2
    ax.annotate(
        labels[row["benchmark"]],
        (row["r2_factor"], row["r2_outcome"]),
        (4 if is_right else -4, 6),
        textcoords="offset points",
        ha="right" if is_right else "left",
        va="bottom",
        fontsize=SMALL,
        color=NATION,
    )


def _round_step(size: float) -> float:
    power = 10.0 ** math.floor(math.log10(size))
    return next(power * step for step in ROUND if power * step >= size * (1 - 1e-9))


def _most_moved(without: pd.Series, estimate: float) -> pd.Series:
    """The few that move it most, the one that moves it most last."""
    order = (without - estimate).abs().sort_values(kind="stable").index
    return without.loc[order[-MOVED:]]


def _on_steps(found: Sequence[Judged], steps: Sequence[Step]) -> np.ndarray:
    values = np.array([[c.estimate, c.low, c.high] for c in found])
    return values * np.array([[step.size] for step in steps])
