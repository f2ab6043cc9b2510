"""Figures of a region's report (floor 4)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from smartlib.index.region import Gap
from smartlib.present.picture import (
    FAINT,
    FALL,
    MUTED,
    NATION,
    PROVINCE,
    REGION,
    RISE,
    TRACK,
    Picture,
    drawing,
    legend_above,
)
from smartlib.present.wording import Words, track_label
from smartlib.vocabulary.records import Scheme


def _source(words: Words, scores: pd.DataFrame) -> str:
    year = scores["year"].iloc[0]
    return words.pick(
        f"Sumber: tabel nilai Tahap II {year}, {len(scores)} baris yang diketahui.",
        f"Source: Stage II score table {year}, {len(scores)} known rows.",
    )


def standing(words: Words, scores: pd.DataFrame, region: str, scheme: Scheme) -> Picture:
    """Every known row's index, by track, the region marked."""
    own = scores.loc[region]
    median = scores["published_index"].median()
    caption = words.pick(
        f"Posisi {own['region']} di antara baris yang diketahui",
        f"Where {own['region']} stands among the known rows",
    )
    with drawing(caption, _source(words, scores), 1.9) as (figure, ax):
        tracks = list(scheme.tracks.values())
        for level, track in enumerate(tracks):
            values = scores.loc[scores["track"] == track.name, "published_index"]
            ax.plot(values, np.full(len(values), level), "|", color=MUTED, ms=13, mew=1)
        level = [track.name for track in tracks].index(own["track"])
        ax.plot([own["published_index"]], [level], "o", color=REGION, ms=9, zorder=3)
        ax.annotate(
            words.number(own["published_index"]),
            (own["published_index"], level),
            (0, 10),
            textcoords="offset points",
            ha="center",
            color=REGION,
            fontweight="bold",
        )
        ax.axvline(median, color=NATION, lw=1, ls="--", zorder=0)
        label = f"{words.term('median')} {words.number(median)}"
        ax.annotate(label, (median, len(tracks) - 0.45), ha="center", color=NATION)
        ax.set_yticks(range(len(tracks)), [track_label(words, track) for track in tracks])
        ax.set_ylim(-0.5, len(tracks) - 0.2)
        ax.spines["left"].set_visible(False)
        ax.tick_params(axis="y", length=0)
        _number_axis(words, ax, words.term("published_index"))
    alt = words.pick(
        f"Garis kecil untuk setiap baris menurut jalur; {own['region']} pada "
        f"{words.number(own['published_index'])}, median {words.number(median)}.",
        f"A tick for every row, by track; {own['region']} at "
        f"{words.number(own['published_index'])}, median {words.number(median)}.",
    )
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
    caption = words.pick(
        f"Profil dimensi {name} dan median pembandingnya",
        f"Dimension profile of {name} and the medians beside it",
    )
    shown = profile.dropna(subset=["region"]).iloc[::-1]
    heights = np.arange(len(shown))
    styles = (
        ("nation", NATION, "o", words.term("nation")),
        ("track", TRACK, "s", words.term("track")),
        ("province", PROVINCE, "D", words.term("province")),
    )
    with drawing(caption, _source(words, scores), 2.9) as (figure, ax):
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
        ax.set_yticks(heights, [words.dimension(d) for d in shown.index])
        ax.tick_params(axis="y", length=0)
        ax.set_xlim(0.95, 4.05)
        _number_axis(words, ax, words.term("mark"), decimals=1)
        legend_above(ax)
    marks = "; ".join(
        f"{words.dimension(d)} {words.number(profile.at[d, 'region'])} "
        f"({words.term('median')} {words.number(profile.at[d, 'nation'])})"
        for d in shown.index[::-1]
    )
    return Picture(figure, caption, f"{name}: {marks}.")


def gap_picture(words: Words, gap: Gap, scores: pd.DataFrame, name: str) -> Picture:
    """What each dimension adds to the distance from the national median."""
    caption = words.pick(
        f"Asal selisih {name} terhadap median nasional",
        f"Where the gap of {name} to the national median comes from",
    )
    parts = {words.dimension(str(d)): v for d, v in gap.contributions.items()}
    parts[words.term("remainder")] = gap.remainder
    parts[words.term("gap")] = gap.total
    labels, values = list(parts)[::-1], np.array(list(parts.values()))[::-1]
    with drawing(caption, _source(words, scores), 2.6) as (figure, ax):
        bars = ax.barh(labels, values, color=[RISE if v >= 0 else FALL for v in values], height=0.6)
        bars[0].set_hatch("///")
        bars[0].set_edgecolor("white")
        ax.bar_label(bars, [words.signed(v) for v in values], padding=3)
        ax.axvline(0, color=MUTED, lw=0.8)
        ax.axhline(0.5, color=FAINT, lw=0.8)
        ax.tick_params(axis="y", length=0)
        ax.margins(x=0.15)
        _number_axis(words, ax, words.term("points"), decimals=2)
    alt = "; ".join(f"{label} {words.signed(value)}" for label, value in parts.items())
    return Picture(figure, caption, f"{name}: {alt}.")


def improvement_picture(words: Words, scores: pd.DataFrame, region: str) -> Picture:
    """Index of this year against last year's, the region marked."""
    own = scores.loc[region]
    caption = words.pick(
        f"Indeks tahun ini dan tahun lalu, {own['region']} ditandai",
        f"This year's index and last year's, {own['region']} marked",
    )
    with drawing(caption, _source(words, scores), 3.6) as (figure, ax):
        ax.plot([0.9, 4], [0.9, 4], color=FAINT, lw=1, zorder=0)
        ax.plot(
            scores["previous_index"], scores["published_index"], "o", color=MUTED, ms=3.5, alpha=0.6
        )
        ax.plot([own["previous_index"]], [own["published_index"]], "o", color=REGION, ms=9)
        ax.annotate(words.pick("naik", "up"), (1.15, 3.75), color=MUTED, ha="left")
        ax.annotate(words.pick("turun", "down"), (3.85, 1.15), color=MUTED, ha="right")
        ax.set_aspect("equal")
        ax.set_xlim(0.85, 4.05)
        ax.set_ylim(0.85, 4.05)
        _number_axis(words, ax, words.term("previous_index"), decimals=1)
        ax.yaxis.set_major_formatter(lambda value, _: words.number(value, 1))
        ax.set_ylabel(words.term("published_index"))
    alt = words.pick(
        f"Titik untuk setiap baris; {own['region']} dari {words.number(own['previous_index'])} "
        f"ke {words.number(own['published_index'])}.",
        f"A dot for every row; {own['region']} from {words.number(own['previous_index'])} to "
        f"{words.number(own['published_index'])}.",
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
    caption = words.pick(f"Nilai setiap pertanyaan, {name}", f"Marks of single questions, {name}")
    year = scores["year"].iloc[0]
    source = words.pick(
        f"Sumber: laporan Tahap II {year} untuk {name}.",
        f"Source: Stage II report {year} for {name}.",
    )
    groups = list(dict.fromkeys(marks["group"]))[::-1]
    with drawing(caption, source, 3.6) as (figure, ax):
        ax.hlines(range(len(groups)), 1, 4, color=FAINT, lw=0.8, zorder=0)
        for height, group in enumerate(groups):
            scores = marks.loc[marks["group"] == group, "score"].sort_values(kind="stable")
            stack = scores.groupby(scores).cumcount() * 0.11
            ax.plot(scores, height + stack, "o", color=NATION, ms=3.2)
            ax.plot([scores.mean()], [height], "|", color=REGION, ms=13, mew=2)
        ax.set_yticks(range(len(groups)), groups)
        ax.set_ylim(-0.4, len(groups) + 0.3)
        ax.tick_params(axis="y", length=0)
        _number_axis(words, ax, words.term("mark"), decimals=1)
    means = marks.groupby("group", sort=False)["score"].mean()
    alt = "; ".join(f"{group} {words.number(mean)}" for group, mean in means.items())
    return Picture(figure, caption, f"{name}: {alt}.")


def _number_axis(words: Words, ax: Axes, label: str, decimals: int = 1) -> None:
    ax.xaxis.set_major_formatter(lambda value, _: words.number(value, decimals))
    ax.set_xlabel(label)
