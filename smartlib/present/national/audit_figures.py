"""Figures and tables of the audit: how numbers can have been made (floor 4)."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

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
from smartlib.present.words.wording import ENGLISH, Words, track_label
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSIONS, VERDICTS

NAMES = {dimension.heading: dimension.name for dimension in DIMENSIONS}
INKS = (NATION, REGION, TRACK, PROVINCE, INK, MUTED)  # of dimensions, in the instrument's order
FINE = 10  # steps of a unit of the last decimal by which sums are counted
THOUSANDTHS = 1000  # of a weight of 1
CHECKS = (  # kinds, in the order of the notebook
    "final",
    "mean",
    "inputs",
    "weights",
    "granularity",
    "assessors",
    "answers_grid",
    "answers_spread",
    "answers_survey",
)
LIKELIEST = 5  # numbers of assessors listed
BESIDE = 0.9  # inches right of axes for a dimension and its questions
ENDS = 0.85  # inches right of axes for an interval in figures


def remainder_picture(
    remainders: pd.Series, scheme: Scheme, source: str, *, words: Words = ENGLISH
) -> Picture:
    """Where weighted sums lie from the printed totals, above what each rounding allows.

    Parameters
    ----------
    remainders : Series, shape (n,)
        Weighted sum of the printed means less the printed total, index points, exact.
    scheme : Scheme
        Decimals of a total.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("remainder_caption")
    unit = 10**scheme.decimals
    steps = (remainders.map(float) * unit * FINE).round(6).map(np.floor)
    counts = steps.astype(int).value_counts().sort_index()
    rules = list(RULES)[::-1]
    labels = [words.say(f"rule_{rule}") for rule in rules]
    left = room(labels)
    with drawing(caption, source, 0.85, left=left, above=LEGEND, rows=2) as (figure, axes):
        above, below = axes
        for ax in axes:
            ax.set_xlim(-0.6 * FINE, 1.1 * FINE)
        bars = above.bar(counts.index, counts, width=0.8, color=NATION)
        above.bar_label(bars, fontsize=SMALL)
        above.set_ylim(0, counts.max() * 1.2)
        title_above(above, words.say("rows_in_all", rows=len(remainders)))
        below.set_ylim(-0.5, len(rules) - 0.5)
        for height, rule in enumerate(rules):
            taken = rounding_interval(1, scheme.decimals, rule)
            ends = [float(end - 1) * unit * FINE for end in (taken.low, taken.high)]
            below.hlines(height, *ends, color=REGION, lw=3)
            for end, inside in zip(ends, (taken.low_included, taken.high_included), strict=True):
                below.plot(end, height, "o", color=REGION, mfc=REGION if inside else "white", ms=6)
            if taken.low_included and taken.high_included:
                even = words.say("even_ends")
                below.text(ends[1] + 0.4, height, even, va="center", fontsize=SMALL)
        title_above(below, words.say("rules_title"))
        names_beside(below, labels)
        scale_below(below, words, words.say("of_a_point", unit=words.number(unit * FINE, 0)))
    parts = (
        words.say("step_rows", step=words.signed(step, 0), rows=count)
        for step, count in counts.items()
    )
    return Picture(figure, caption, words.say("remainder_alt", parts="; ".join(parts)))


def weights_picture(
    weights: pd.DataFrame, scheme: Scheme, source: str, *, words: Words = ENGLISH
) -> Picture:
    """Weights that reproduce every total, as distances from the published weight.

    Parameters
    ----------
    weights : DataFrame
        track, dimension, published, low, high (shares), as in the processed table.
    scheme : Scheme
        Labels of the tracks.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("weights_caption")
    away = weights[["low", "high"]].sub(weights["published"], axis=0) * THOUSANDTHS
    rows = weights.assign(low=away["low"].round(6), high=away["high"].round(6))
    rows["label"] = [
        f"{words.dimension(dimension)} {words.percent(share, 0)}"
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
            for height, ends in enumerate(_ends(own, words)):
                ax.text(reach * 1.05, height, ends, va="center", fontsize=SMALL)
            title_above(ax, track_label(words, track))
            names_beside(ax, list(own["label"]))
            scale_below(ax, words, words.say("of_weight"))
            written = zip(own["label"][::-1], _ends(own[::-1], words), strict=True)
            parts.append(f"{track_label(words, track)}: {', '.join(map(' '.join, written))}")
    return Picture(figure, caption, words.say("weights_alt", parts="; ".join(parts)))


def _ends(rows: pd.DataFrame, words: Words) -> list[str]:
    pairs = zip(rows["low"], rows["high"], strict=True)
    return [
        words.say("from_to", low=words.signed(low, 1), high=words.signed(high, 1))
        for low, high in pairs
    ]


def granularity_picture(audit: pd.DataFrame, source: str, *, words: Words = ENGLISH) -> Picture:
    """Rows whose mean so many assessors' whole marks can give, against chance.

    Parameters
    ----------
    audit : DataFrame
        Output of `index.audit_granularity`.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.
    """
    caption = words.say("granularity_caption")
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
                (own[own["informative"]], NATION, words.say("possible_rows")),
                (own[~own["informative"]], FAINT, words.say("any_possible")),
            ):
                ax.vlines(shown.index, 0, shown["possible"], color=ink, lw=8)
                ax.plot([], [], "s", color=ink, ms=5, label=label)
            told = own[own["informative"]]
            chance = words.say("chance_rows")
            ax.plot(told.index, told["by_chance"], "_", color=REGION, ms=14, mew=2, label=chance)
            first = own.iloc[0]
            asked = first["denominator"] // first["assessors"]
            beside = f"{words.dimension(name)}\n{words.say('asked', count=asked)}"
            ax.text(len(tried) - 0.3, own["rows"].max() / 2, beside, va="center")
            scale_beside(ax, words)
        legend_above(axes[0])
        names_below(axes[-1], [str(number) for number in tried])
        _below(axes[-1], words.say("number_of_assessors"))
    full = audit[audit["informative"] & (audit["possible"] == audit["rows"])]
    fitting = full.groupby("dimension", sort=False)["assessors"]
    alt = "; ".join(
        f"{words.dimension(str(name))} {', '.join(map(str, own))}" for name, own in fitting
    )
    return Picture(figure, caption, words.say("granularity_alt", parts=alt))


def likelihood_sheet(likelihood: pd.DataFrame, *, words: Words = ENGLISH) -> Sheet:
    """The likeliest numbers of assessors, and how far they fall behind the best.

    Parameters
    ----------
    likelihood : DataFrame
        Output of `index.assessor_likelihood`.
    words : Words, optional
        The language; by default English.
    """
    best = likelihood.nsmallest(LIKELIEST, "behind_best")
    columns = {
        words.say("assessors"): [str(number) for number in best["assessors"]],
        words.say("means_impossible"): [
            words.say("so_many_of", some=row.impossible, all=row.rows) for row in best.itertuples()
        ],
        words.say("less_likely"): [
            words.say("times_power", power=f"{value:.0f}") if value else "–"
            for value in best["behind_best"]
        ],
    }
    return sheet(columns, tuple(columns))


def answers_picture(
    answers: pd.DataFrame,
    instrument: pd.DataFrame,
    assessors: int,
    name: str,
    source: str,
    *,
    words: Words = ENGLISH,
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
    words : Words, optional
        The language; by default English.
    """
    marks = answers.join(instrument[["dimension", "pillar"]], on="question").sort_values("question")
    caption = words.say("answers_caption", region=name, count=len(marks), assessors=assessors)
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
            label = (
                f"{words.dimension(NAMES[heading])} {own['question'].min()}-{own['question'].max()}"
            )
            ax.plot(own["question"], own["score"], "o", color=ink, ms=3.4, label=label)
        scale_beside(ax, words)
        scale_below(ax, words, words.say("answers_scale"))
        legend_above(ax)
    used = sorted(set(marks["score"]))
    heights = ("; " if words.lang == "id" else ", ").join(words.digits(f"{m:g}") for m in used)
    alt = words.say("answers_alt", count=len(marks), heights=len(used), marks=heights)
    return Picture(figure, caption, alt)


def spread_picture(
    spread: pd.DataFrame, name: str, source: str, *, words: Words = ENGLISH
) -> Picture:
    """How much answers vary inside each pillar, and how much two kinds of chance would give.

    Parameters
    ----------
    spread : DataFrame
        Rows of one region from `index.straight_lining`.
    name : str
        The region's.
    source : str
        Line below.
    words : Words, optional
        The language; by default English.

    Notes
    -----
    Roots of variances, in marks, so that small and large ones can be read on one scale.
    """
    rows = spread[::-1].reset_index(drop=True)
    caption = words.say("spread_caption", region=name)
    labels = [pillar_label(row, words) for _, row in rows.iterrows()]
    styles = (
        ("dealt_variance", "|", INK, words.say("spread_dealt")),
        ("independent_variance", "D", TRACK, words.say("spread_independent")),
        ("variance", "o", NATION, words.say("spread_own")),
    )
    columns = [column for column, *_ in styles]
    roots = rows[columns] ** 0.5
    deep, scale = 0.22 * len(rows), words.say("spread_scale")
    with named_rows(caption, source, labels, deep, words=words, scale=scale, above=LEGEND) as (
        figure,
        ax,
    ):
        ax.set_xlim(-0.03 * roots.max(axis=None), roots.max(axis=None) * 1.05)
        ax.set_ylim(-0.6, len(rows) - 0.4)
        ax.hlines(rows.index, 0, roots.max(axis=None), color=FAINT, lw=0.6, zorder=0)
        for column, marker, ink, label in styles:
            ax.plot(roots[column], rows.index, marker, color=ink, ms=6, mew=1.6, label=label)
    alt = "; ".join(
        f"{label} {words.number(root)}"
        for label, root in zip(labels[::-1], roots["variance"][::-1], strict=True)
    )
    return Picture(figure, caption, words.say("spread_alt", parts=alt))


def spread_sheet(spread: pd.DataFrame, *, words: Words = ENGLISH) -> Sheet:
    """Variance inside each pillar beside two expected ones, each with its p-value.

    Parameters
    ----------
    spread : DataFrame
        Rows of one region from `index.straight_lining`.
    words : Words, optional
        The language; by default English.
    """
    columns = {
        words.term("pillar"): [pillar_label(row, words) for _, row in spread.iterrows()],
        words.say("variance"): [words.number(value, 3) for value in spread["variance"]],
    }
    for kind in ("dealt", "independent"):
        p = zip(spread[f"{kind}_p"], spread[f"{kind}_holm"], strict=True)
        variances = spread[f"{kind}_variance"]
        columns[words.say(f"if_{kind}")] = [words.number(value, 3) for value in variances]
        columns[words.say(f"p_{kind}")] = [
            words.digits(f"{own:.2g} ({holm:.2g})") for own, holm in p
        ]
    return sheet(columns, tuple(columns)[1:])


def pillar_label(row: pd.Series, words: Words = ENGLISH) -> str:
    """A pillar's name after its dimension's, and in parentheses its questions."""
    dimension = words.dimension(NAMES[row["dimension"]])
    return f"{dimension}, {row['pillar']} ({row['questions']})"


def verdict_sheet(audit: pd.DataFrame, *, words: Words = ENGLISH) -> Sheet:
    """How often each kind of check came to each verdict.

    Parameters
    ----------
    audit : DataFrame
        check, verdict, as in the processed table.
    words : Words, optional
        The language; by default English.
    """
    counts = pd.crosstab(check_kinds(audit), audit["verdict"])
    kinds = [kind for kind in CHECKS if kind in counts.index]
    columns = {
        words.say(f"verdict_{verdict}"): [
            str(number or "–") for number in counts.loc[kinds, verdict]
        ]
        for verdict in VERDICTS
        if verdict in counts
    }
    checks = [words.say(f"check_{kind}") for kind in kinds]
    return sheet({words.say("check"): checks, **columns}, tuple(columns))


def check_kinds(audit: pd.DataFrame) -> pd.Series:
    """Kind, one of `CHECKS`, of each row of the audit."""
    return audit["check"].str.extract("^(answers_[a-z]+|[a-z]+)", expand=False)


def _below(ax: Axes, title: str) -> None:
    """What the names below the axes are."""
    edges = ax.bbox.get_points() / ax.figure.dpi
    write(ax.figure, edges[:, 0].mean(), edges[0, 1] - GAP - LINE, title, ha="center", va="top")
