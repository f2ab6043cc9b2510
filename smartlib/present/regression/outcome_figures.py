"""Figures of the study of outcomes: a path by year, and a compilation's breaks (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from smartlib.present.drawing import (
    FAINT,
    FALL,
    LEGEND,
    LINE,
    MUTED,
    NATION,
    REGION,
    Picture,
    drawing,
    legend_above,
    names_below,
    scale_beside,
)
from smartlib.present.regression.outcome_tables import Teller

HEIGHT, LEFT = 2.4, 0.75  # inches
ASIDE = 0.12  # of a year, between two controls
MARKS = ((NATION, "o"), (REGION, "s"))


def path_picture(
    tell: Teller, tables: Mapping[str, pd.DataFrame], cohort: str, source: str
) -> Picture:
    """Differences by year beside both kinds of controls, with 95% intervals.

    Parameters
    ----------
    tell : Teller
        Language and unit.
    tables : mapping of str to DataFrame
        year, estimate, low, high by the controls' name.
    cohort : str
        Years of selection; nothing for several cohorts by years since their own selection.
    source : str
        Line below.
    """
    kind = "figure_path" if cohort else "figure_together"
    caption = tell.say(kind, outcome=tell.label, cohort=cohort)
    scale = 100.0 if tell.is_log else 1.0
    years = list(next(iter(tables.values()))["year"])
    with drawing(caption, source, HEIGHT, left=LEFT, above=LEGEND + LINE) as (figure, [ax]):
        ends = pd.concat(list(tables.values()))[["low", "high"]] * scale
        free = 0.05 * float(ends["high"].max() - ends["low"].min())
        ax.set_xlim(-0.5, len(years) - 0.5)
        ax.set_ylim(float(ends["low"].min()) - free, float(ends["high"].max()) + free)
        ax.axhline(0, color=MUTED, lw=0.8, zorder=0)
        for place, ((name, table), (colour, marker)) in enumerate(
            zip(tables.items(), MARKS, strict=False)
        ):
            xs = [i + (2 * place - 1) * ASIDE for i in range(len(years))]
            ax.vlines(xs, table["low"] * scale, table["high"] * scale, color=colour, lw=1.5)
            ax.plot(xs, table["estimate"] * scale, marker, color=colour, ms=4.5, label=name)
        names_below(ax, [str(year) for year in years])
        scale_beside(ax, tell.words, tell.unit)
        legend_above(ax)
    alt = "; ".join(
        f"{name}: "
        + ", ".join(f"{int(r.year)} {tell.number(r.estimate)}" for r in table.itertuples())
        for name, table in tables.items()
    )
    return Picture(figure, caption, f"{alt}.")


def jumps_picture(tell: Teller, table: pd.DataFrame, source: str) -> Picture:
    """How many regions jump in each year; years that break are drawn in another ink.

    Parameters
    ----------
    tell : Teller
        Language, and the measure's label.
    table : DataFrame
        Indexed by year: jumps, is_break.
    source : str
        Line below.
    """
    caption = tell.say("figure_jumps", label=tell.label)
    with drawing(caption, source, 1.6, left=LEFT, above=LINE) as (figure, [ax]):
        ax.set_xlim(-0.6, len(table) - 0.4)
        ax.set_ylim(0, float(table["jumps"].max()) * 1.05)
        ax.axhline(0, color=FAINT, lw=0.8)
        ax.bar(
            range(len(table)),
            table["jumps"],
            color=[FALL if is_break else NATION for is_break in table["is_break"]],
            width=0.7,
        )
        names_below(ax, [f"{year % 100:02d}" for year in table.index])
        scale_beside(ax, tell.words, tell.say("axis_jumps"))
    alt = ", ".join(
        f"{year}: {row.jumps}" for year, row in zip(table.index, table.itertuples(), strict=True)
    )
    return Picture(figure, caption, f"{alt}.")
