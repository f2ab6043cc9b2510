"""Figures of a region's report (floor 4)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartlib.index.region.gap import Gap
from smartlib.present.drawing import (
    FAINT,
    FALL,
    LEGEND,
    LINE,
    MUTED,
    NATION,
    PROVINCE,
    REGION,
    RISE,
    TRACK,
    WIDTH,
    Picture,
    drawing,
    named_rows,
    scale_below,
    scale_beside,
)
from smartlib.present.words.wording import Words, track_label
from smartlib.vocabulary.records import Scheme

LEAST_SPAN = 0.1  # index points; smaller gaps are not blown up to the width of the figure
SQUARE = 2.75  # inches, side of the figure of two years' indices
STRIP = 0.9  # of a group's height, for its stacked dots
STACKED = 7  # dots that a strip holds at least, one above the lowest


def rows_source(words: Words, scores: pd.DataFrame) -> str:
    """The line below a figure of the known rows."""
    return words.say("rows_source", year=scores["year"].iloc[0], rows=len(scores))


def standing(words: Words, scores: pd.DataFrame, region: str, scheme: Scheme) -> Picture:
    """Every known row's index, by track, the region marked."""
    own = scores.loc[region]
    median = scores["published_index"].median()
    caption = words.say("standing_caption", region=own["region"])
    tracks = list(scheme.tracks.values())
    names = [track_label(words, track) for track in tracks]
    values = scores["published_index"]
    level = [track.name for track in tracks].index(own["track"])
    scale, source = words.term("published_index"), rows_source(words, scores)
    with named_rows(caption, source, names, 1.0, words=words, scale=scale, above=LINE) as (
        figure,
        ax,
    ):
        ax.set_xlim(min(values.min(), 1) - 0.1, 4.1)
        ax.set_ylim(-0.5, len(tracks) - 0.3)
        for height, track in enumerate(tracks):
            rows = values[scores["track"] == track.name]
            ax.plot(rows, np.full(len(rows), height), "|", color=MUTED, ms=13, mew=1)
        ax.plot([own["published_index"]], [level], "o", color=REGION, ms=9, zorder=3)
        ax.axvline(median, color=NATION, lw=1, ls="--", zorder=0)
        ax.text(
            own["published_index"],
            level + 0.42,
            words.number(own["published_index"]),
            # Beside the line of the median, not across it.
            ha="left" if own["published_index"] >= median else "right",
            va="center",
            color=REGION,
            fontweight="bold",
        )
        label = f"{words.term('median')} {words.number(median)}"
        ax.text(median, ax.get_ylim()[1], label, ha="center", va="bottom", color=NATION)
    shown = {"index": words.number(own["published_index"]), "median": words.number(median)}
    alt = words.say("standing_alt", region=own["region"], **shown)
    return Picture(figure, caption, alt)


def profile_picture(
    words: Words, profile: pd.DataFrame, scores: pd.DataFrame, name: str
) -> Picture:
    """Dimension means of the region beside three medians.

    Parameters
    ----------
    words : Words
        The language.
    profile : DataFrame, shape (dimensions, 4)
        region, nation, track, province; marks.
    scores : DataFrame
        Known rows, for the source line.
    name : str
        The region's.
    """
    caption = words.say("profile_caption", region=name)
    shown = profile.dropna(subset=["region"]).iloc[::-1]
    names = [words.dimension(d) for d in shown.index]
    heights = np.arange(len(shown))
    styles = (
        ("nation", NATION, "o", words.term("nation")),
        ("track", TRACK, "s", words.term("track")),
        ("province", PROVINCE, "D", words.term("province")),
    )
    scale, source = words.term("mark"), rows_source(words, scores)
    with named_rows(caption, source, names, 1.75, words=words, scale=scale, above=LEGEND) as (
        figure,
        ax,
    ):
        ax.set_xlim(0.95, 4.05)
        ax.hlines(heights, 1, 4, color=FAINT, lw=0.8, zorder=0)
        for column, colour, marker, label in styles:
            ax.plot(
                shown[column],
                heights,
                marker,
                color=colour,
                mfc="white",
                ms=6,
                mew=1.4,
                label=f"{label} ({words.term('median')})",
            )
        ax.plot(shown["region"], heights, "o", color=REGION, ms=9, label=name)
    marks = "; ".join(
        f"{words.dimension(d)} {words.number(profile.at[d, 'region'])} "
        f"({words.term('median')} {words.number(profile.at[d, 'nation'])})"
        for d in shown.index[::-1]
    )
    return Picture(figure, caption, f"{name}: {marks}.")


def gap_picture(words: Words, gap: Gap, scores: pd.DataFrame, name: str) -> Picture:
    """What each dimension adds to the distance from the national median."""
    caption = words.say("gap_caption", region=name)
    parts = {words.dimension(str(d)): v for d, v in gap.contributions.items()}
    parts[words.term("remainder")] = gap.remainder
    parts[words.term("gap")] = gap.total
    labels, values = list(parts)[::-1], np.array(list(parts.values()))[::-1]
    low, high = min(values.min(), 0), max(values.max(), 0)
    margin = 0.1 * max(high - low, LEAST_SPAN)
    pad = 0.1 * margin
    scale, source = words.term("points"), rows_source(words, scores)
    with named_rows(caption, source, labels, 1.7, words=words, scale=scale) as (figure, ax):
        ax.set_xlim(low - margin, high + margin)
        colours = [RISE if value >= 0 else FALL for value in values]
        bars = ax.barh(np.arange(len(values)), values, color=colours, height=0.6)
        bars[0].set(hatch="///", edgecolor="white")
        ax.axvline(0, color=MUTED, lw=0.8)
        ax.axhline(0.5, color=FAINT, lw=0.8)
        for height, value in enumerate(values):
            end, side = (value + pad, "left") if value >= 0 else (value - pad, "right")
            ax.text(end, height, words.signed(value), ha=side, va="center")
    alt = "; ".join(f"{label} {words.signed(value)}" for label, value in parts.items())
    return Picture(figure, caption, f"{name}: {alt}.")


def improvement_picture(words: Words, scores: pd.DataFrame, region: str) -> Picture:
    """Index of this year against last year's, the region marked."""
    own = scores.loc[region]
    caption = words.say("improvement_caption", region=own["region"])
    source, side = rows_source(words, scores), (WIDTH - SQUARE) / 2
    with drawing(caption, source, SQUARE, left=side, right=side, above=LEGEND) as (figure, [ax]):
        ax.set_xlim(0.85, 4.05)
        ax.set_ylim(0.85, 4.05)
        ax.plot([0.9, 4], [0.9, 4], color=FAINT, lw=1, zorder=0)
        ax.plot(
            scores["previous_index"], scores["published_index"], "o", color=MUTED, ms=3.5, alpha=0.6
        )
        ax.plot([own["previous_index"]], [own["published_index"]], "o", color=REGION, ms=9)
        ax.text(1.15, 3.75, words.say("up"), color=MUTED)
        ax.text(3.85, 1.15, words.say("down"), color=MUTED, ha="right")
        scale_below(ax, words, words.term("previous_index"))
        scale_beside(ax, words, words.term("published_index"))
    alt = words.say(
        "improvement_alt",
        region=own["region"],
        before=words.number(own["previous_index"]),
        now=words.number(own["published_index"]),
    )
    return Picture(figure, caption, alt)


def questions_picture(
    words: Words, marks: pd.DataFrame, scores: pd.DataFrame, name: str
) -> Picture:
    """Every question's mark, in groups.

    Parameters
    ----------
    words : Words
        The language.
    marks : DataFrame
        score, and group (printed): one row a question, in the instrument's order.
    scores : DataFrame
        Known rows, for the year.
    name : str
        The region's.
    """
    caption = words.say("questions_caption", region=name)
    source = words.say("report_source", year=scores["year"].iloc[0], region=name)
    groups = list(dict.fromkeys(marks["group"]))[::-1]
    means = marks.groupby("group", sort=False)["score"].mean()
    equal = marks.groupby(["group", "score"]).cumcount()
    heights = marks["group"].map(groups.index) + equal * STRIP / max(equal.max(), STACKED)
    scale = words.term("mark")
    with named_rows(caption, source, groups, 3.2, words=words, scale=scale) as (figure, ax):
        ax.set_xlim(0.95, 4.05)
        ax.set_ylim(-0.5, len(groups))
        ax.hlines(range(len(groups)), 1, 4, color=FAINT, lw=0.8, zorder=0)
        ax.plot(marks["score"], heights, "o", color=NATION, ms=2.8)
        ax.plot(means[groups], range(len(groups)), "|", color=REGION, ms=13, mew=2)
    alt = "; ".join(f"{group} {words.number(mean)}" for group, mean in means.items())
    return Picture(figure, caption, f"{name}: {alt}.")
