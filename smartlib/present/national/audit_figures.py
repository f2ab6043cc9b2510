"""Figures and tables of the audit, in English: how numbers can have been made (floor 4)."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from smartlib.index.audit import RULE_WORDS
from smartlib.index.make.rounding import RULES, rounding_interval
from smartlib.present.drawing import (
    FAINT,
    GAP,
    HEADING,
    INK,
    LEGEND,
    LINE,
    MUTED,
    NATION,
    PROVINCE,
    REGION,
    SMALL,
    TRACK,
    Picture,
    drawing,
    legend_above,
    named_rows,
    names_below,
    names_beside,
    room,
    scale_below,
    scale_beside,
    title_above,
    write,
)
from smartlib.present.words.tables import Sheet, sheet
from smartlib.present.words.wording import ENGLISH as WORDS
from smartlib.present.words.wording import track_label
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSIONS, VERDICTS

LABELS = {dimension.heading: dimension.label_en for dimension in DIMENSIONS}
INKS = (NATION, REGION, TRACK, PROVINCE, INK, MUTED)  # of dimensions, in the instrument's order
FINE = 10  # steps of a unit of the last decimal by which sums are counted
THOUSANDTHS = 1000  # of a weight of 1
CHECKS = {
    "final": "Total follows from its row",
    "mean": "Mean follows from its questions",
    "inputs": "Every total allowed, by inputs and rounding",
    "weights": "Published weights reproduce the totals",
    "granularity": "Mean is one of whole marks",
    "assessors": "One number of assessors explains all means",
    "answers_grid": "Single marks are means of whole marks",
    "answers_spread": "Marks vary inside a pillar as if dealt",
    "answers_survey": "Survey means, against a survey's grid",
}
LIKELIEST = 5  # numbers of assessors listed
EVEN = "ends where the last digit is even"
BESIDE = 0.9  # inches right of axes for a dimension and its questions
ENDS = 0.85  # inches right of axes for an interval in figures


def remainder_picture(remainders: pd.Series, scheme: Scheme, source: str) -> Picture:
    """Where weighted sums lie from the printed totals, above what each rounding allows.

    Parameters
    ----------
    remainders : Series, shape (n,)
        Weighted sum of the printed means less the printed total, index points, exact.
    scheme : Scheme
        Decimals of a total.
    source : str
        Line below.
    """
    caption = "Weighted sum of the printed means, less the printed total"
    unit = 10**scheme.decimals
    steps = (remainders.map(float) * unit * FINE).round(6).map(np.floor)
    counts = steps.astype(int).value_counts().sort_index()
    rules = list(RULES)[::-1]
    labels = [RULE_WORDS[rule] for rule in rules]
    left = room(labels)
    with drawing(caption, source, 0.85, left=left, above=LEGEND, rows=2) as (figure, axes):
        above, below = axes
        for ax in axes:
            ax.set_xlim(-0.6 * FINE, 1.1 * FINE)
        bars = above.bar(counts.index, counts, width=0.8, color=NATION)
        above.bar_label(bars, fontsize=SMALL)
        above.set_ylim(0, counts.max() * 1.2)
        title_above(above, f"number of rows, {len(remainders)} in all")
        below.set_ylim(-0.5, len(rules) - 0.5)
        for height, rule in enumerate(rules):
            taken = rounding_interval(1, scheme.decimals, rule)
            ends = [float(end - 1) * unit * FINE for end in (taken.low, taken.high)]
            below.hlines(height, *ends, color=REGION, lw=3)
            for end, inside in zip(ends, (taken.low_included, taken.high_included), strict=True):
                below.plot(end, height, "o", color=REGION, mfc=REGION if inside else "white", ms=6)
            if taken.low_included and taken.high_included:
                below.text(ends[1] + 0.4, height, EVEN, va="center", fontsize=SMALL)
        title_above(below, "sums that are printed so (open end: not included)")
        names_beside(below, labels)
        scale_below(below, WORDS, f"in 1/{unit * FINE:,} of an index point")
    alt = "; ".join(f"{step:+d}: {count} rows" for step, count in counts.items())
    return Picture(figure, caption, f"Thousandths of an index point: {alt}.")


def weights_picture(weights: pd.DataFrame, scheme: Scheme, source: str) -> Picture:
    """Weights that reproduce every total, as distances from the published weight.

    Parameters
    ----------
    weights : DataFrame
        track, dimension, published, low, high (shares), as in the processed table.
    scheme : Scheme
        Labels of the tracks.
    source : str
        Line below.
    """
    caption = "Weights that reproduce every total of a track, from the published weight"
    away = weights[["low", "high"]].sub(weights["published"], axis=0) * THOUSANDTHS
    rows = weights.assign(low=away["low"].round(6), high=away["high"].round(6))
    rows["label"] = [
        f"{WORDS.dimension(dimension)} {share:.0%}"
        for dimension, share in zip(rows["dimension"], rows["published"], strict=True)
    ]
    named = [track for track in scheme.tracks.values() if (rows["track"] == track.name).any()]
    reach = rows[["low", "high"]].abs().max(axis=None) * 1.1
    left, deep = room(rows["label"]), 0.24 * rows["track"].value_counts().max()
    parts = []
    with drawing(
        caption, source, deep, left=left, right=ENDS, above=HEADING, columns=len(named)
    ) as (figure, axes):
        for ax, track in zip(axes, named, strict=True):
            own = rows[rows["track"] == track.name][::-1]
            ax.set_xlim(-reach, reach)
            ax.set_ylim(-0.5, len(own) - 0.5)
            heights = np.arange(len(own))
            ax.axvline(0, color=MUTED, lw=0.8)
            ax.hlines(heights, own["low"], own["high"], color=NATION, lw=5)
            ax.plot(np.zeros(len(own)), heights, "|", color=INK, ms=11, mew=1.5)
            for height, ends in enumerate(_ends(own)):
                ax.text(reach * 1.05, height, ends, va="center", fontsize=SMALL)
            title_above(ax, track_label(WORDS, track))
            names_beside(ax, list(own["label"]))
            scale_below(ax, WORDS, "thousandths of weight")
            said = ", ".join(map(" ".join, zip(own["label"][::-1], _ends(own[::-1]), strict=True)))
            parts.append(f"{track_label(WORDS, track)}: {said}")
    return Picture(figure, caption, f"Thousandths away. {'; '.join(parts)}.")


def _ends(rows: pd.DataFrame) -> list[str]:
    pairs = zip(rows["low"], rows["high"], strict=True)
    return [f"{WORDS.signed(low, 1)} to {WORDS.signed(high, 1)}" for low, high in pairs]


def granularity_picture(audit: pd.DataFrame, source: str) -> Picture:
    """Rows whose mean so many assessors' whole marks can give, against chance.

    Parameters
    ----------
    audit : DataFrame
        Output of `index.audit_granularity`.
    source : str
        Line below.
    """
    caption = "Rows whose published mean is possible, by number of assessors"
    names = list(dict.fromkeys(audit["dimension"]))
    tried = sorted(set(audit["assessors"]))
    left = room(["100"])
    with drawing(caption, source, 0.75, left=left, right=BESIDE, above=LEGEND, rows=len(names)) as (
        figure,
        axes,
    ):
        for ax, name in zip(axes, names, strict=True):
            own = audit[audit["dimension"] == name].sort_values("assessors", ignore_index=True)
            ax.set_xlim(-0.5, len(tried) - 0.5)
            ax.set_ylim(0, own["rows"].max() * 1.08)
            ax.axhline(0, color=MUTED, lw=0.8)
            for shown, ink, label in (
                (own[own["informative"]], NATION, "rows whose mean is possible"),
                (own[~own["informative"]], FAINT, "the same where any mean would be"),
            ):
                ax.vlines(shown.index, 0, shown["possible"], color=ink, lw=8)
                ax.plot([], [], "s", color=ink, ms=5, label=label)
            told = own[own["informative"]]
            ax.plot(
                told.index, told["by_chance"], "_", color=REGION, ms=14, mew=2, label="by chance"
            )
            first = own.iloc[0]
            asked = first["denominator"] // first["assessors"]
            beside = f"{WORDS.dimension(name)}\n{asked} questions"
            ax.text(len(tried) - 0.3, own["rows"].max() / 2, beside, va="center")
            scale_beside(ax, WORDS)
        legend_above(axes[0])
        names_below(axes[-1], [str(number) for number in tried])
        _below(axes[-1], "number of assessors")
    full = audit[audit["informative"] & (audit["possible"] == audit["rows"])]
    fitting = full.groupby("dimension", sort=False)["assessors"]
    alt = "; ".join(
        f"{WORDS.dimension(str(name))} {', '.join(map(str, own))}" for name, own in fitting
    )
    return Picture(figure, caption, f"Every row possible, though not every mean would be: {alt}.")


def likelihood_sheet(likelihood: pd.DataFrame) -> Sheet:
    """The likeliest numbers of assessors, and how far they fall behind the best.

    Parameters
    ----------
    likelihood : DataFrame
        Output of `index.assessor_likelihood`.
    """
    best = likelihood.nsmallest(LIKELIEST, "behind_best")
    columns = {
        "Assessors": [str(number) for number in best["assessors"]],
        "Means impossible": [f"{row.impossible} of {row.rows}" for row in best.itertuples()],
        "Less likely than the best": [
            f"10^{value:.0f} times" if value else "" for value in best["behind_best"]
        ],
    }
    return sheet(columns, tuple(columns))


def answers_picture(
    answers: pd.DataFrame, instrument: pd.DataFrame, assessors: int, name: str, source: str
) -> Picture:
    """Every question's mark over the grid that so many whole marks leave.

    Parameters
    ----------
    answers : DataFrame
        question, score, of one region.
    instrument : DataFrame
        Questions indexed by number: dimension (printed heading), pillar.
    assessors : int
        Whose whole marks make the grid.
    name : str
        The region's.
    source : str
        Line below.
    """
    marks = answers.join(instrument[["dimension", "pillar"]], on="question").sort_values("question")
    caption = f"{name}: marks of {len(marks)} questions on steps of 1/{assessors}"
    lowest, highest = np.floor(marks["score"].min()), np.ceil(marks["score"].max())
    steps = np.arange(lowest * assessors, highest * assessors + 1) / assessors
    groups = marks.fillna({"pillar": ""})[["question", "dimension", "pillar"]].itertuples(
        index=False
    )
    starts = [next(group).question for _, group in groupby(groups, key=lambda row: row[1:])]
    headings = list(dict.fromkeys(marks["dimension"]))
    with drawing(caption, source, 2.4, left=room(["4.0"]), above=LEGEND) as (figure, [ax]):
        ends = marks["question"].min() - 1, marks["question"].max() + 1
        ax.set_xlim(*ends)
        ax.set_ylim(lowest - 0.1, highest + 0.1)
        ax.hlines(steps, *ends, color=FAINT, lw=0.5, zorder=0)
        ax.vlines(np.array(starts[1:]) - 0.5, lowest, highest, color=MUTED, lw=0.5, zorder=0)
        for heading, ink in zip(headings, INKS, strict=False):
            own = marks[marks["dimension"] == heading]
            label = f"{LABELS[heading]} {own['question'].min()}-{own['question'].max()}"
            ax.plot(own["question"], own["score"], "o", color=ink, ms=3.4, label=label)
        scale_beside(ax, WORDS)
        scale_below(ax, WORDS, "number of the question; upright lines part dimensions and pillars")
        legend_above(ax)
    used = sorted(set(marks["score"]))
    alt = f"{len(marks)} dots at {len(used)} heights: {', '.join(f'{mark:g}' for mark in used)}."
    return Picture(figure, caption, alt)


def spread_picture(spread: pd.DataFrame, name: str, source: str) -> Picture:
    """How much answers vary inside each pillar, and how much two kinds of chance would give.

    Parameters
    ----------
    spread : DataFrame
        Rows of one region from `index.straight_lining`.
    name : str
        The region's.
    source : str
        Line below.

    Notes
    -----
    Roots of variances, in marks, so that small and large ones can be read on one scale.
    """
    rows = spread[::-1].reset_index(drop=True)
    caption = f"{name}: how much the marks vary inside a pillar"
    labels = [pillar_label(row) for _, row in rows.iterrows()]
    styles = (
        ("dealt_variance", "|", INK, "the same marks dealt at random"),
        ("independent_variance", "D", TRACK, "least variable independent marks"),
        ("variance", "o", NATION, "as published"),
    )
    columns = [column for column, *_ in styles]
    roots = rows[columns] ** 0.5
    deep, scale = 0.22 * len(rows), "root of the variance (marks); in parentheses the questions"
    with named_rows(caption, source, labels, deep, words=WORDS, scale=scale, above=LEGEND) as (
        figure,
        ax,
    ):
        ax.set_xlim(-0.03 * roots.max(axis=None), roots.max(axis=None) * 1.05)
        ax.set_ylim(-0.6, len(rows) - 0.4)
        ax.hlines(rows.index, 0, roots.max(axis=None), color=FAINT, lw=0.6, zorder=0)
        for column, marker, ink, label in styles:
            ax.plot(roots[column], rows.index, marker, color=ink, ms=6, mew=1.6, label=label)
    alt = "; ".join(
        f"{label} {root:.2f}"
        for label, root in zip(labels[::-1], roots["variance"][::-1], strict=True)
    )
    return Picture(figure, caption, f"Root of the variance: {alt}.")


def spread_sheet(spread: pd.DataFrame) -> Sheet:
    """Variance inside each pillar beside two expected ones, each with its p-value.

    Parameters
    ----------
    spread : DataFrame
        Rows of one region from `index.straight_lining`.
    """
    columns = {
        "Pillar": [pillar_label(row) for _, row in spread.iterrows()],
        "Variance": [f"{value:.3f}" for value in spread["variance"]],
    }
    for kind in ("dealt", "independent"):
        p = zip(spread[f"{kind}_p"], spread[f"{kind}_holm"], strict=True)
        columns[f"If {kind}"] = [f"{value:.3f}" for value in spread[f"{kind}_variance"]]
        columns[f"p, {kind}"] = [f"{own:.2g} ({holm:.2g})" for own, holm in p]
    return sheet(columns, tuple(columns)[1:])


def pillar_label(row: pd.Series) -> str:
    """A pillar's name after its dimension's, and in parentheses its questions."""
    return f"{LABELS[row['dimension']]}, {row['pillar']} ({row['questions']})"


def verdict_sheet(audit: pd.DataFrame) -> Sheet:
    """How often each kind of check came to each verdict.

    Parameters
    ----------
    audit : DataFrame
        check, verdict, as in the processed table.
    """
    counts = pd.crosstab(check_kinds(audit), audit["verdict"])
    kinds = [kind for kind in CHECKS if kind in counts.index]
    columns = {
        verdict: [str(number or "") for number in counts.loc[kinds, verdict]]
        for verdict in VERDICTS
        if verdict in counts
    }
    return sheet({"Check": [CHECKS[kind] for kind in kinds], **columns}, tuple(columns))


def check_kinds(audit: pd.DataFrame) -> pd.Series:
    """Key in `CHECKS` of each row of the audit."""
    return audit["check"].str.extract("^(answers_[a-z]+|[a-z]+)", expand=False)


def _below(ax: Axes, title: str) -> None:
    """What the names below the axes are."""
    edges = ax.bbox.get_points() / ax.figure.dpi
    write(ax.figure, edges[:, 0].mean(), edges[0, 1] - GAP - LINE, title, ha="center", va="top")
