"""Figures and sheets of the regressions, in English (floor 4)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from smartlib.inference.diagnostics import p_in_words
from smartlib.present.picture import (
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
from smartlib.present.tables import Sheet, sheet
from smartlib.present.wording import MINUS, Words

if TYPE_CHECKING:
    from smartlib.inference.covariance import Inference
    from smartlib.inference.diagnostics import GroupInfluence, Influence
    from smartlib.inference.factors import Factor
    from smartlib.inference.models import FittedModel
    from smartlib.inference.unmeasured import Contours, Unmeasured
    from smartlib.inference.wild_bootstrap import WildBootstrap

WORDS = Words("en")
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
SMALLEST = 0.0005  # a standard error below it is 0.000 in three decimals
ROUND = (1.0, 2.0, 5.0, 10.0)  # steps of a scale, times a power of ten


Interval: TypeAlias = "Inference | WildBootstrap"  # a coefficient, whatever its errors


@dataclass(frozen=True)
class Step:
    """A difference in a column that means something.

    Attributes
    ----------
    size : float
        In the column's unit; a coefficient is multiplied by it.
    label : str
        The column and the step, in words.
    """

    size: float
    label: str


def spoken(text: str, labels: Mapping[str, str]) -> str:
    """A sentence with labels in place of the names of columns.

    Parameters
    ----------
    text : str
        Such as the reading of a diagnostic.
    labels : mapping of str to str
        By name.

    Examples
    --------
    >>> spoken("without poverty_rate", {"poverty_rate": "Poverty rate"})
    'without poverty rate'
    """
    names = "|".join(sorted(map(re.escape, labels), key=len, reverse=True))
    return re.sub(rf"\b(?:{names})\b", lambda found: _inside(labels[found[0]]), text)


def natural_steps(
    registry: Mapping[str, Factor], indicators: Mapping[str, str], frame: pd.DataFrame
) -> dict[str, Step]:
    """The step on which each coefficient is read.

    Parameters
    ----------
    registry : mapping of str to Factor
        The factors of the regression.
    indicators : mapping of str to str
        Labels of the 0/1 columns, which are read from 0 to 1.
    frame : DataFrame
        With the factors' columns.

    Returns
    -------
    dict of str to Step
        Ten points of a share, percentage or index; tenfold for a logarithm; for any other
        unit one standard deviation among the rows.
    """
    steps = {name: Step(1.0, label) for name, label in indicators.items()}
    for name, factor in registry.items():
        label, unit = factor.label_en, factor.unit
        if unit.startswith("share of"):
            steps[name] = Step(0.1, f"{label}: +10 points")
        elif unit.startswith("natural logarithm"):
            steps[name] = Step(math.log(10), f"{label.removesuffix(' (log)')}: tenfold")
        elif unit.startswith(("percent of", "index 0-100")):
            steps[name] = Step(10.0, f"{label}: +10")
        else:
            steps[name] = Step(float(frame[name].std()), f"{label}: +1 SD")
    return steps


def models_sheet(models: Mapping[str, FittedModel], labels: Mapping[str, str]) -> Sheet:
    """Fits of the same terms side by side: estimate, standard error, p-value.

    Parameters
    ----------
    models : mapping of str to FittedModel
        By printed name; the same terms and kind of errors in each.
    labels : mapping of str to str
        Printed label of each term.
    """
    first = next(iter(models.values()))
    names = [c.name for c in first.coefficients]
    foot = f"Rows, clusters; R squared ({first.se.upper()} errors)"
    columns = {"": [*(labels.get(name, name.capitalize()) for name in names), foot]}
    for title, model in models.items():
        found = [model[name] for name in names]
        columns[f"{title} (error)"] = [
            *(_with_error(c) for c in found),
            ", ".join(str(count) for count in (model.n, model.clusters) if count),
        ]
        columns[f"p, {_inside(title)}"] = [
            *(_p(c.p_value) for c in found),
            f"{model.r_squared:.2f}",
        ]
    return sheet(columns, numeric=tuple(columns)[1:])


def errors_sheet(under: Mapping[str, Interval], step: Step) -> Sheet:
    """One coefficient under several kinds of errors or without some rows, on its step.

    Parameters
    ----------
    under : mapping of str to Inference or WildBootstrap
        By printed name of the errors or rows. A bootstrap's p-value and interval come from its
        draws; the standard error beside them is marked as cr1's.
    step : Step
        By which all is multiplied.
    """
    found = list(under.values())
    columns = {
        step.label: list(under),
        "Index points": [WORDS.signed(c.estimate * step.size, 3) for c in found],
        "Standard error": [
            WORDS.number(c.standard_error * step.size, 3) + " (CR1)" * _is_by_draws(c)
            for c in found
        ],
        "Degrees of freedom": [_freedom(c) for c in found],
        "Interval": [_between(c.low * step.size, c.high * step.size, 3) for c in found],
        "p": [_p(c.p_value) for c in found],
    }
    return sheet(columns, numeric=tuple(columns)[1:])


def steps_text(model: FittedModel, steps: Mapping[str, Step], frame: pd.DataFrame) -> str:
    """A line for each coefficient: on its step with the interval, and in standard deviations.

    Parameters
    ----------
    model : FittedModel
    steps : mapping of str to Step
        Of the coefficients told, in this order.
    frame : DataFrame
        The rows of the fit, with the columns of outcome and terms.
    """
    lines = []
    for name, step in steps.items():
        c, spread = model[name], frame[name].std() / frame[model.outcome].std()
        lines.append(
            f"- *{step.label}* goes with {WORDS.signed(c.estimate * step.size)} index points "
            f"({_between(c.low * step.size, c.high * step.size, 2)}); {_on_zero(c)}. One standard "
            f"deviation goes with {WORDS.signed(c.estimate * spread)} standard deviations of the "
            "outcome."
        )
    return "\n".join(lines)


def zero_tally(kinds: Mapping[str, Sequence[Interval]], what: str = "kinds of errors") -> str:
    """Under how many kinds of errors the interval leaves zero out, a kind counted once.

    Parameters
    ----------
    kinds : mapping of str to sequence of interval
        By printed name; several of a kind, as under several cutoffs, count together.
    what : str, optional
        What is counted, in the plural.
    """
    verbs = ("left out", "held", "left out or held, as the cutoff is,", "not judged")
    said: dict[str, list[str]] = {verb: [] for verb in verbs}
    for name, found in kinds.items():
        holds = {c.low <= 0 <= c.high for c in found}
        is_known = not any(math.isnan(c.low) for c in found)
        said[verbs[(2 if len(holds) > 1 else holds.pop()) if is_known else 3]].append(name)
    told = [f"{verb} by {len(n)} ({'; '.join(n)})" for verb, n in said.items() if n]
    verdict = "They agree." if len(told) == 1 else "They disagree."
    return f"{verdict} Of {len(kinds)} {what}, zero is {', '.join(told)}."


def intervals_sheet(
    series: Mapping[str, Mapping[str, Interval]], steps: Mapping[str, Step]
) -> Sheet:
    """Estimates and intervals on their steps, two columns for each series.

    Parameters
    ----------
    series : mapping of str to mapping of str to interval
        By printed name; inside by key.
    steps : mapping of str to Step
        Of each key. A series that lacks a key has `no data` there.
    """
    keys = list(next(iter(series.values())))
    columns = {"Step": [steps[key].label for key in keys]}
    for title, found in series.items():
        values = [(found.get(key), steps[key].size) for key in keys]
        columns[title] = [
            WORDS.signed(c.estimate * size, 3) if c else WORDS.term("none") for c, size in values
        ]
        columns[f"Interval ({title})"] = [
            _between(c.low * size, c.high * size, 3) if c else "" for c, size in values
        ]
    return sheet(columns, numeric=tuple(columns)[1:])


def interval_picture(
    series: Mapping[str, Mapping[str, Interval]],
    steps: Mapping[str, Step],
    caption: str,
    source: str,
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
            parts += [_in_words(start + w, *v) for w, v in zip(written, values, strict=True)]
        ax.axvline(0, color=MUTED, lw=0.8)
        ax.set_ylim(-OFFSET * len(series) - 0.1, len(keys) - 0.65)
        names_beside(ax, written)
        scale_below(ax, WORDS, "index points")
        if len(series) > 1:
            legend_above(ax)
    return DensePicture(figure, caption, "; ".join(parts) + ".")


def years_picture(table: pd.DataFrame, steps: Mapping[str, Step], source: str) -> DensePicture:
    """Coefficients with the budget of each fiscal year, a panel for each factor.

    Parameters
    ----------
    table : DataFrame
        Output of `inference.coefficients_by_year`.
    steps : mapping of str to Step
        Factors shown, two or three.
    source : str
        Line below.
    """
    shown = table[table["name"].isin(list(steps))]
    sizes = shown["name"].map({name: step.size for name, step in steps.items()})
    ends = [(shown["low"] * sizes).min(), (shown["high"] * sizes).max()]
    caption = "The same regression with the budget of each fiscal year"
    size: Any = {"left": room([WORDS.number(min(ends))]), "above": HEADING, "below": FOOT + LINE}
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
            scale_beside(ax, WORDS)
            years = [f"{row.year}\n{row.basis}" for row in rows.itertuples()]
            names_below(ax, years)
            parts += [
                _in_words(f"{step.label} in {year}".replace("\n", " "), *v)
                for year, v in zip(years, values, strict=True)
            ]
    return DensePicture(figure, caption, "Index points: " + "; ".join(parts) + ".")


def years_text(table: pd.DataFrame, steps: Mapping[str, Step]) -> str:
    """The same in a line for each factor, with its signs and intervals, and the rows used.

    Parameters
    ----------
    table, steps
        As in `years_picture`.
    """
    lines = []
    for name, step in steps.items():
        rows = table[table["name"] == name]
        points, ends = rows["estimate"] * step.size, rows[["low", "high"]]
        told = [
            f"{WORDS.signed(v)} ({row.year} {row.basis})"
            for v, row in zip(points, rows.itertuples(), strict=True)
        ]
        sign = "keeps its sign" if points.min() * points.max() > 0 else "changes its sign"
        outside = ((ends["low"] > 0) | (ends["high"] < 0)).sum()
        lines.append(
            f"- *{step.label}* {sign}: {', '.join(told)} index points. Intervals that leave out "
            f"zero: {outside} of {len(rows)}."
        )
    fewest, most = table["n"].min(), table["n"].max()
    return "\n".join([*lines, f"- Rows with a value for every column: {fewest} to {most}."])


def influence_picture(
    rows: Influence, groups: GroupInfluence, step: Step, labels: tuple[str, str], source: str
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
    """
    one = f"without one {labels[0]} or {labels[1]}"
    caption = f"{step.label}: index points {one} (dashed: with all rows)"
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
            title_above(ax, f"without one {label}")
            names_beside(ax, [""] * (size - len(panel)) + [str(name) for name in panel.index])
            scale_below(ax, WORDS, "index points")
    parts = [
        f"without {panel.index[-1]} it is {panel.iloc[-1]:.3f}" for panel in panels if len(panel)
    ]
    return DensePicture(figure, caption, f"With all rows {full:.3f}; {'; '.join(parts)}.")


def residual_map(register: pd.DataFrame, residuals: pd.Series, source: str) -> DensePicture:
    """Where the index lies above and below what the regression gives.

    Parameters
    ----------
    register : DataFrame
        Indexed by code: longitude, latitude (degrees).
    residuals : Series
        Index points, by code.
    source : str
        Line below.
    """
    caption = "Residuals: index above or below what the factors go with"
    places = register[["longitude", "latitude"]]
    (west, south), (east, north) = places.min() - MARGIN, places.max() + MARGIN
    left, largest = room([WORDS.number(south, 0)]), residuals.abs().max()
    # Within 11 degrees of the equator a degree is as wide as high.
    deep = (WIDTH - left - RIM) * (north - south) / (east - west)
    with drawing(caption, source, deep, left=left, above=LEGEND) as (figure, [ax]):
        ax.set_xlim(west, east)
        ax.set_ylim(south, north)
        ax.scatter(places["longitude"], places["latitude"], s=5, color=FAINT, lw=0)
        signs = (("above", residuals > 0, RISE), ("below", residuals <= 0, FALL))
        for label, is_shown, colour in signs:
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
            ax.plot([], [], "o", color=colour, ms=5, label=f"{label} (diameter: how far)")
        legend_above(ax)
        scale_below(ax, WORDS, "longitude (degrees east); upwards latitude (degrees north)")
        scale_beside(ax, WORDS)
    alt = (
        f"Map with {(residuals > 0).sum()} regions above and {(residuals <= 0).sum()} below; the "
        f"largest residuals are {residuals.max():+.2f} and {residuals.min():+.2f} index points."
    )
    return DensePicture(figure, caption, alt)


def benchmarks_sheet(found: Unmeasured, labels: Mapping[str, str]) -> Sheet:
    """What a variable as strong as each measured column would leave of the coefficient.

    Parameters
    ----------
    found : Unmeasured
    labels : mapping of str to str
        Printed labels of the benchmarks.
    """
    ones = found.benchmarks[found.benchmarks["times"] == 1]
    columns = {
        "A variable as strong as": [labels[name] for name in ones["benchmark"]],
        "Share of the factor": [WORDS.percent(v) for v in ones["r2_factor"]],
        "Share of the outcome": [WORDS.percent(v) for v in ones["r2_outcome"]],
        "Coefficient then": [WORDS.signed(v, 3) for v in ones["estimate"]],
        "Classical interval": [_between(row.low, row.high, 3) for row in ones.itertuples()],
    }
    return sheet(columns, numeric=tuple(columns)[1:])


def contour_picture(
    found: Unmeasured, grid: Contours, labels: Mapping[str, str], source: str
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
    """
    caption = f"{labels[found.factor]}: the coefficient, had one more variable been measured"
    size: Any = {"left": room(["0.00"]), "right": RIGHT, "above": LEGEND}
    with drawing(caption, source, 3.0, **size) as (figure, [ax]):
        ax.set_xlim(0, grid.r2_factor[-1])
        ax.set_ylim(0, grid.r2_outcome[-1])
        _contour_lines(ax, grid, found.estimate)
        ax.plot(
            0,
            0,
            "D",
            color=INK,
            ms=6,
            clip_on=False,
            label=f"as fitted ({WORDS.number(found.estimate)})",
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
            label="had it been as strong as a measured column",
        )
        _name_strongest(ax, shown, found.estimate, labels)
        legend_above(ax)
        scale_beside(ax, WORDS)
        scale_below(ax, WORDS, "partial R squared with the factor; upwards: with the outcome")
    return DensePicture(figure, caption, spoken(found.reading, labels))


def _contour_lines(ax: Axes, grid: Contours, estimate: float) -> None:
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
        number = WORDS.number(count * step, max(0, -math.floor(math.log10(step))))
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


def _on_steps(found: Sequence[Interval], steps: Sequence[Step]) -> np.ndarray:
    values = np.array([[c.estimate, c.low, c.high] for c in found])
    return values * np.array([[step.size] for step in steps])


def _inside(label: str) -> str:
    """A label inside a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[0].lower() + label[1:]


def _with_error(c: Interval) -> str:
    """Estimate and standard error; where three decimals would show none of it, in powers of 10."""
    if 0 < c.standard_error < SMALLEST:
        return f"{c.estimate:+.1e} ({c.standard_error:.1e})".replace("-", MINUS)
    return f"{WORDS.signed(c.estimate, 3)} ({WORDS.number(c.standard_error, 3)})"


def _on_zero(c: Interval) -> str:
    if math.isnan(c.low):
        return "no interval can be given"
    return f"the interval {'holds' if c.low <= 0 <= c.high else 'leaves out'} zero"


def _between(low: float, high: float, decimals: int) -> str:
    if math.isnan(low):
        return WORDS.term("none")
    return f"{WORDS.signed(low, decimals)} to {WORDS.signed(high, decimals)}"


def _in_words(label: str, estimate: float, low: float, high: float) -> str:
    return f"{label} {estimate:+.2f} ({low:+.2f} to {high:+.2f})"


def _p(value: float) -> str:
    if math.isnan(value):
        return WORDS.term("none")
    return p_in_words(value).removeprefix("p ").removeprefix("= ")


def _is_by_draws(c: Interval) -> bool:
    """Whether p-value and interval come from draws, and need no degrees of freedom."""
    return math.isnan(getattr(c, "degrees_of_freedom", math.nan)) and not math.isnan(c.p_value)


def _freedom(c: Interval) -> str:
    if _is_by_draws(c):
        return "by draws"
    df = getattr(c, "degrees_of_freedom", math.nan)
    return "normal" if math.isinf(df) else WORDS.number(df, 1)
