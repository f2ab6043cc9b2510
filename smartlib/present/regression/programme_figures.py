"""Figures of the notebook on the programme: who is in, lost rows, tracks (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from smartlib.present.drawing import (
    FAINT,
    FOOT,
    GAP,
    INK,
    LEGEND,
    LINE,
    MUTED,
    NATION,
    PROVINCE,
    REGION,
    RIM,
    TRACK,
    WIDTH,
    Picture,
    drawing,
    legend_above,
    names_below,
    names_beside,
    room,
    scale_below,
    scale_beside,
    title_above,
    write,
)
from smartlib.present.words.programme_texts import ratio_interval, signed_interval
from smartlib.present.words.tables import Sheet, sheet
from smartlib.present.words.wording import ENGLISH, Words

if TYPE_CHECKING:  # a page that draws none of these need not wait for them
    from smartlib.inference.programme.improvement import ChangeSlope
    from smartlib.inference.programme.imputation import Imputed
    from smartlib.inference.programme.membership import Logit
    from smartlib.inference.programme.tracks import Overlap
    from smartlib.inference.programme.worst_case import Bounds

MARKS = ((NATION, "o"), (REGION, "s"), (TRACK, "D"), (PROVINCE, "^"))
SPREAD = 0.6  # of the room of a line, shared by its markers
PITCH = 0.15  # inches for each marker of a line
LINE_LEAST = 0.26  # inches from one line of names to the next
DOUBLINGS = 10  # a scale of ratios with more goes by tens
BINS = 20  # of a probability: five points each
DEEP = 1.15  # inches, a panel of the figure of overlap
THIN = 0.1  # overlap is thin nearer than this to 0 and 1, as `inference.tracks` counts it
ESTIMANDS = ("all", "group", "common")
WIDER = 0.05  # of a scale's span, free at both its ends


def odds_picture(
    fits: Mapping[str, Logit],
    labels: Mapping[str, str],
    scale: Mapping[str, float],
    source: str,
    *,
    words: Words = ENGLISH,
) -> Picture:
    """Odds ratios of being in, one marker a question, on a scale of ratios.

    Parameters
    ----------
    fits : mapping of str to Logit
        By the name in the legend; up to four, of the same factors. One that is separated has no
        markers, and its legend says so.
    labels : mapping of str to str
        Printed label of each factor, its step included, the first on top.
    scale : mapping of str to float
        Step of each factor, in its own unit.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("odds_caption")
    tables = {
        _question(label, fit, words): _ratios(fit, scale, list(labels))
        for label, fit in fits.items()
    }
    found = np.log2(pd.concat(tables.values())[["low", "high"]].to_numpy(dtype="float64"))
    base = 2 if not found.size or np.ptp(found) <= DOUBLINGS else 10
    logs = found / np.log2(base) if found.size else np.array([-1.0, 1.0])
    start, end = int(np.floor(logs.min())), int(np.ceil(logs.max()))
    left, deep = room(labels.values()), _depth(labels, tables)
    with drawing(caption, source, deep, left=left, above=LEGEND) as (figure, [ax]):
        ax.set_xlim(-0.1, end - start + 0.1)
        for place in range(end - start + 1):
            ax.axvline(place, color=MUTED if place == -start else FAINT, lw=0.8, zorder=0)
        placed = {
            label: (np.log2(table) / np.log2(base) - start) for label, table in tables.items()
        }
        _markers(ax, placed, labels)
        names_below(ax, [_ratio(base, power) for power in range(start, end + 1)])
        middle = (left + WIDTH - RIM) / 2
        across = words.say("odds_scale")
        write(figure, middle, FOOT - GAP - LINE, across, ha="center", va="top")
        legend_above(ax)
    alt = [
        f"{label}: "
        + ", ".join(
            f"{labels[str(row.Index)]} {ratio_interval(words, row)}" for row in t.itertuples()
        )
        for label, t in tables.items()
        if len(t)
    ]
    return Picture(figure, caption, words.say("odds_alt", parts="; ".join(alt)))


def odds_sheet(
    fits: Mapping[str, Logit],
    labels: Mapping[str, str],
    scale: Mapping[str, float],
    *,
    words: Words = ENGLISH,
) -> Sheet:
    """The odds ratios of `odds_picture`, with their intervals.

    Parameters
    ----------
    fits, labels, scale, words
        As in `odds_picture`.
    """
    columns = {words.say("odds_head"): list(labels.values())}
    for label, fit in fits.items():
        table = _ratios(fit, scale, list(labels)).reindex(list(labels))
        columns[_question(label, fit, words)] = [
            ratio_interval(words, row) for row in table.itertuples()
        ]
    return sheet(columns, numeric=tuple(columns)[1:])


def lost_rows_picture(
    known: pd.DataFrame,
    imputed: Imputed,
    bounds: Sequence[Bounds],
    *,
    labels: Mapping[str, str],
    scale: Mapping[str, float],
    source: str,
    words: Words = ENGLISH,
) -> Picture:
    """A regression of the known rows, with the lost ones imputed, and its worst-case bounds.

    Parameters
    ----------
    known : DataFrame
        name, estimate, low, high: the regression over the known rows.
    imputed : Imputed
        The same regression over completed tables.
    bounds : sequence of Bounds
        What the lost rows could make of each coefficient.
    labels : mapping of str to str
        Printed label of each factor, its step included, the first on top.
    scale : mapping of str to float
        Step of each factor by which its coefficient is multiplied.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("lost_caption", lost=imputed.lost)
    names = list(labels)
    tables = {
        words.say("lost_known"): _stepped(known, scale, names),
        words.say("lost_imputed"): _stepped(
            pd.DataFrame(map(vars, imputed.coefficients)), scale, names
        ),
    }
    widest = pd.DataFrame({b.name: [b.low, b.high] for b in bounds}, ["low", "high"]).T.loc[names]
    widest = widest.mul(pd.Series(scale)[names], axis=0)
    deep = _depth(labels, tables)
    with drawing(caption, source, deep, left=room(labels.values()), above=LEGEND) as (figure, [ax]):
        ax.set_xlim(*_span([widest, *tables.values()]))
        ax.axvline(0, color=MUTED, lw=0.8, zorder=0)
        heights = np.arange(len(names))
        ax.hlines(heights, widest["low"], widest["high"], color=FAINT, lw=9, zorder=0)
        _markers(ax, tables, labels)
        ax.plot([], [], "s", color=FAINT, ms=8, label=words.say("lost_bounds"))
        scale_below(ax, words, words.term("points"))
        legend_above(ax)
    alt = "; ".join(
        f"{labels[name]} "
        + "".join(f"{said} {signed_interval(words, t.loc[name])}, " for said, t in tables.items())
        + words.say("bounds_part", **widest.loc[name].map(words.signed))
        for name in names
    )
    return Picture(figure, caption, f"{alt}.")


def overlap_picture(
    found: Overlap,
    group: pd.Series,
    names: Mapping[int, str],
    source: str,
    *,
    words: Words = ENGLISH,
) -> Picture:
    """Predicted probabilities of a group, for those inside and outside it.

    Parameters
    ----------
    found : Overlap
        Output of `inference.tracks.overlap`.
    group : Series of 0 and 1
        Indexed as the propensities.
    names : mapping of int to str
        Of the group (1) and the others (0).
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    called = {"name": names[1], "other": names[0]}
    caption = words.say("overlap_caption", **called)
    parts = {part: found.propensity[group == part] for part in (1, 0)}
    edges = np.linspace(0, 1, BINS + 1)
    counts = {part: np.histogram(p, edges)[0] for part, p in parts.items()}
    tallest = max(count.max() for count in counts.values())
    low, high = max(p.min() for p in parts.values()), min(p.max() for p in parts.values())
    with drawing(caption, source, DEEP, left=room(["00"]), above=LEGEND + GAP, rows=2) as (
        figure,
        axes,
    ):
        for ax, (part, count), colour in zip(axes, counts.items(), (NATION, REGION), strict=True):
            ax.set_xlim(0, 1)
            ax.set_ylim(0, 1.05 * tallest)
            for ends in ((0, THIN), (1 - THIN, 1)):
                ax.axvspan(*ends, color=FAINT, lw=0, zorder=0)
            ax.bar(edges[:-1], count, 1 / BINS, align="edge", color=colour, ec="white", lw=0.5)
            ax.vlines([low, high], 0, 1.05 * tallest, color=INK, lw=1, ls=(0, (4, 3)))
            outside = words.percent(found.share_outside[part], 0)
            said = {"name": names[part], "rows": len(parts[part]), "outside": outside}
            title_above(ax, words.say("overlap_title", **said))
            scale_beside(ax, words)
        scale_below(axes[-1], words, words.say("overlap_scale", name=names[1]))
    medians = found.quantiles["median"].map(words.number)
    numbers = {"median": medians[1], "other_median": medians[0]}
    numbers |= {"low": words.number(low), "high": words.number(high)}
    thin = words.percent(found.share_thin, 0)
    alt = words.say("overlap_alt", thin=thin, **called, **numbers)
    return Picture(figure, caption, alt)


def estimators_picture(
    compared: pd.DataFrame, names: Mapping[int, str], source: str, *, words: Words = ENGLISH
) -> Picture:
    """One difference between two groups by several estimators.

    Parameters
    ----------
    compared : DataFrame
        Output of `inference.tracks.compare_groups`; a row with a reason has no marker.
    names : mapping of int to str
        Of the group (1) and the others (0).
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("estimators_caption", name=names[1], other=names[0])
    rows = compared.iloc[::-1].reset_index(drop=True)
    labels = [words.say(f"estimator_{name}") for name in rows["estimator"]]
    called = {name: words.say(f"estimand_{name}") for name in ESTIMANDS}
    shown = rows.dropna(subset=["estimate"])
    deep = LINE_LEAST * len(rows)
    with drawing(caption, source, deep, left=room(labels), above=LEGEND) as (figure, [ax]):
        ax.set_xlim(*_span([shown]))
        ax.set_ylim(-0.5, len(rows) - 0.5)
        ax.axvline(0, color=MUTED, lw=0.8, zorder=0)
        for (estimand, label), (colour, marker) in zip(called.items(), MARKS, strict=False):
            part = shown[shown["estimand"] == estimand]
            ax.hlines(part.index, part["low"], part["high"], color=colour, lw=1.5)
            ax.plot(part["estimate"], part.index, marker, color=colour, ms=5, label=label)
        names_beside(ax, labels)
        scale_below(ax, words, words.say("harmonised_points"))
        legend_above(ax)
    alt = "; ".join(
        words.say(
            "estimator_part",
            estimator=labels[row.Index],
            estimand=called[row.estimand],
            value=signed_interval(words, row),
        )
        for row in shown.iloc[::-1].itertuples()
    )
    return Picture(figure, caption, f"{alt}.")


def change_picture(
    previous: pd.Series,
    change: pd.Series,
    slopes: Mapping[str, ChangeSlope],
    source: str,
    *,
    words: Words = ENGLISH,
) -> Picture:
    """Change against last year's level, the fitted line, and what noise alone would give.

    Parameters
    ----------
    previous, change : Series, shape (n,)
        Index points, of the same rows.
    slopes : mapping of str to ChangeSlope
        By route of the reliability; up to three.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("change_caption")
    ends = np.array([previous.min(), previous.max()])
    fitted = next(iter(slopes.values())).found.estimate
    lines = {words.say("change_fitted", slope=words.signed(fitted)): fitted}
    for route, found in slopes.items():
        said = {"route": words.say(f"route_{route}"), "slope": words.signed(found.from_noise)}
        lines[words.say("change_noise", **said)] = found.from_noise
    with drawing(caption, source, 2.6, left=room(["-0.0"]), above=LEGEND) as (figure, [ax]):
        ax.set_xlim(*_widened(*ends))
        ax.set_ylim(*_widened(change.min(), change.max()))
        ax.axhline(0, color=FAINT, lw=0.8, zorder=0)
        ax.plot(previous, change, "o", color=MUTED, ms=3, alpha=0.5, label=words.say("a_region"))
        colours = (INK, NATION, REGION, TRACK)
        for (label, slope), colour in zip(lines.items(), colours, strict=False):
            ax.plot(ends, change.mean() + slope * (ends - previous.mean()), color=colour, lw=1.5)
            ax.plot([], [], "_", color=colour, ms=10, mew=2, label=label)
        scale_below(ax, words, words.say("change_axis"))
        scale_beside(ax, words)
        legend_above(ax)
    alt = words.say("change_lines_alt", rows=len(change), parts="; ".join(lines))
    return Picture(figure, caption, alt)


def methods_picture(
    table: pd.DataFrame,
    labels: Mapping[str, str],
    scale: Mapping[str, float],
    source: str,
    *,
    words: Words = ENGLISH,
) -> Picture:
    """With which factors improvement goes, by change scores and analyses of covariance.

    Parameters
    ----------
    table : DataFrame
        Output of `inference.improvement.improvement_table`.
    labels : mapping of str to str
        Printed label of each factor, its step included, the first on top.
    scale : mapping of str to float
        Step of each factor by which its coefficient is multiplied.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("methods_caption")
    names, tables = list(labels), {}
    for (method, reliability), part in table.groupby(
        ["method", "reliability"], sort=False, dropna=False
    ):
        label = words.say(f"method_{method}")
        if method == "corrected":
            given = {"method": label, "reliability": words.number(reliability)}
            label = words.say("method_reliability", **given)
        tables[label] = _stepped(part, scale, names)
    deep = _depth(labels, tables)
    with drawing(caption, source, deep, left=room(labels.values()), above=LEGEND) as (figure, [ax]):
        ax.set_xlim(*_span(list(tables.values())))
        ax.axvline(0, color=MUTED, lw=0.8, zorder=0)
        _markers(ax, tables, labels)
        scale_below(ax, words, words.say("improvement_points"))
        legend_above(ax)
    alt = "; ".join(
        f"{label}: " + ", ".join(f"{labels[n]} {words.signed(t.at[n, 'estimate'])}" for n in names)
        for label, t in tables.items()
    )
    return Picture(figure, caption, f"{alt}.")


def _markers(ax: Axes, tables: Mapping[str, pd.DataFrame], labels: Mapping[str, str]) -> None:
    """Estimates and their intervals, a line a factor from the top, a marker a table."""
    names, offsets = list(labels), SPREAD * (np.arange(len(tables)) + 0.5) / len(tables)
    ax.set_ylim(len(names) - 0.5, -0.5)
    for (label, table), offset, (colour, marker) in zip(
        tables.items(), offsets - SPREAD / 2, MARKS, strict=False
    ):
        heights = np.array([names.index(name) for name in table.index]) + offset
        ax.hlines(heights, table["low"], table["high"], color=colour, lw=1.5)
        ax.plot(table["estimate"], heights, marker, color=colour, ms=4.5, label=label)
    names_beside(ax, list(labels.values()))


def _depth(labels: Mapping[str, str], tables: Mapping[str, pd.DataFrame]) -> float:
    """Inches that so many lines of so many markers take."""
    return len(labels) * max(LINE_LEAST, PITCH * len(tables))


def _stepped(found: pd.DataFrame, scale: Mapping[str, float], names: list[str]) -> pd.DataFrame:
    """Estimate and interval of each factor, times its step."""
    table = found.set_index("name").loc[names, ["estimate", "low", "high"]]
    return table.mul(pd.Series(scale)[names], axis=0)


def _ratios(fit: Logit, scale: Mapping[str, float], names: list[str]) -> pd.DataFrame:
    """Odds ratios for the steps asked for, in place of those of the fit; none if separated."""
    ratios = fit.odds_ratios.rename(columns={"odds_ratio": "estimate"})
    ratios = ratios.reindex([name for name in names if name in ratios.index])
    powers = pd.Series(scale).reindex(ratios.index) / ratios["step"]
    return ratios[["estimate", "low", "high"]].pow(powers, axis=0)


def _question(label: str, fit: Logit, words: Words) -> str:
    if fit.separating:
        return words.say("question_separated", question=label)
    return words.say("question_count", question=label, ones=fit.ones, rows=fit.observations)


def _ratio(base: int, power: int) -> str:
    return f"{base**power}" if power >= 0 else f"1/{base**-power}"


def _span(tables: Sequence[pd.DataFrame]) -> tuple[float, float]:
    """Ends of a scale that holds 0 and all intervals."""
    ends = np.concatenate([table[["low", "high"]].to_numpy().ravel() for table in tables])
    return _widened(min(0.0, ends.min()), max(0.0, ends.max()))


def _widened(low: float, high: float) -> tuple[float, float]:
    free = WIDER * (high - low)
    return low - free, high + free
