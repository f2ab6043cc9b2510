"""A region's own workbook: its numbers with names and units, sheet by sheet (floor 4)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smartlib.index.region.gap import Gap
from smartlib.index.region.places import Place
from smartlib.inference.factors.derived import label_of, unit_of
from smartlib.inference.factors.table import FactorTable
from smartlib.present.document.blocks import Leaf
from smartlib.present.region.certain import group_name
from smartlib.present.region.factors import REPORTED_FACTORS, unit_name, years_name
from smartlib.present.region.subject import Subject

Value = str | float | int | None


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def marks_leaf(about: Subject, gap: Gap) -> Leaf:
    """Weight, mark, track median and contribution of each dimension, then the indices."""
    words, track, own = about.words, about.track, about.own
    medians = about.inside[list(track.weights)].median()
    rows: list[tuple[Value, ...]] = [
        (
            words.dimension(name),
            float(weight),
            _known(own[name]),
            _known(medians[name]),
            round(float(gap.contributions[name]), 6),
        )
        for name, weight in track.weights.items()
    ]
    rows += [
        (words.term(name), None, _known(own[name]), _known(about.inside[name].median()), None)
        for name in ("published_index", "harmonised_index", "previous_index", "improvement")
    ]
    keys = ("weight", "mark", "track_median")
    lifts = f"{words.say('lifts')} ({words.term('points')})"
    heads = (words.term("dimension"), *map(words.say, keys), lifts)
    return Leaf(words.say("leaf_marks"), heads, tuple(rows))


def ranks_leaf(about: Subject, places: Sequence[Place], ranks: pd.DataFrame) -> Leaf:
    """Rank in each group, then the set of the national rank by each route."""
    words = about.words
    rows: list[tuple[Value, ...]] = [
        (group_name(about, place), place.rank, place.rank, place.lowest, place.known)
        for place in places
    ]
    rows += [
        (
            words.say(f"{route}_row"),
            int(row["rank"]),
            int(row["marginal_low"]),
            int(row["marginal_high"]),
            len(about.scores),
        )
        for route, row in ranks.iterrows()
    ]
    heads = ("among", "rank", "best_rank", "lowest")
    return Leaf(
        words.say("leaf_ranks"),
        (*map(words.term, heads), words.say("regions_known")),
        tuple(rows),
    )


def factors_leaf(about: Subject, table: FactorTable, dictionary: pd.DataFrame) -> Leaf:
    """Factors beside the median of the known rows, unrounded, with unit and year."""
    words, own = about.words, table.values.loc[about.code]
    medians = table.values.loc[about.scores.index].median()
    rows = [
        (
            label_of(name, dictionary, words.lang),
            _known(own[name]),
            _known(medians[name]),
            unit_name(words, unit_of(name, dictionary)),
            years_name(words, table.years_of(name)),
        )
        for name in REPORTED_FACTORS
    ]
    median = words.term("median").capitalize()
    heads = (words.term("factor"), about.name, median, words.term("unit"), words.term("year"))
    return Leaf(words.say("factors"), heads, tuple(rows))


def questions_leaf(about: Subject, marks: pd.DataFrame) -> Leaf | None:
    """Every question with its group and mark; None where no question is known."""
    if marks.empty:
        return None
    words = about.words
    rows = tuple(
        (int(number), str(row.label), str(row.group), float(row.score))
        for number, row in zip(marks.index, marks.itertuples(), strict=True)
    )
    heads = tuple(map(words.term, ("no", "question", "dimension", "mark")))
    return Leaf(words.term("question"), heads, rows)
