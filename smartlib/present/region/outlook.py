"""What a region's index would be with other marks: goals, rises, questions (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from smartlib.index.region.goals import Goal
from smartlib.present.words.tables import Sheet, Text, sheet
from smartlib.present.words.wording import Words
from smartlib.vocabulary.records import Scheme

LISTED = 3  # names or questions before the rest are counted
FINE = 4  # decimals of what one step is worth: less than a published step
NOTHING = "–"


def goals_reading(
    words: Words,
    goals: Sequence[Goal],
    rises: Mapping[float, pd.DataFrame],
    scores: pd.DataFrame,
) -> Text:
    """The index that each goal needs, and whether one dimension alone can bring it.

    Parameters
    ----------
    words : Words
        The language.
    goals : sequence of Goal
        Output of `targets`.
    rises : mapping of float to DataFrame
        Output of `rises_to`.
    scores : DataFrame
        Known rows, indexed by region code.
    """
    lines = []
    for goal in goals:
        named = _goal_name(words, goal, scores)
        if goal.target is None:
            lines.append(f"- {named}: {_why_none(words, goal.reason)}.")
            continue
        needed = words.number(goal.target)
        line = words.pick(
            f"- {named}: indeks **{needed}**",
            f"- {named}: an index of **{needed}**",
        )
        if goal.target not in rises:
            line += words.pick(
                "; tidak satu dimensi pun cukup bila naik sendirian",
                "; no dimension alone can bring it",
            )
        lines.append(f"{line}.")
    return Text("\n".join(lines))


def _goal_name(words: Words, goal: Goal, scores: pd.DataFrame) -> str:
    beside = _listed([str(scores.at[code, "region"]) for code in goal.beside])
    level = words.pick(", setara ", ", level with ") + beside if beside else ""
    names = {
        "next": words.pick("Melewati yang terdekat di atasnya", "Past the next above it")
        + (f", {beside}" if beside else ""),
        "top": words.pick("Masuk sepuluh besar", "Into the first ten") + level,
        "index": words.pick("Kelipatan 0,1 berikutnya", "The next full 0.1"),
    }
    return names[goal.name]


def _why_none(words: Words, reason: str) -> str:
    reasons = {
        "first": ("tidak ada baris yang diketahui di atasnya", "no known row stands above"),
        "already": ("sudah tercapai", "already there"),
        "past_highest": ("skala berakhir sebelum itu", "the scale ends before it"),
    }
    return words.pick(*reasons[reason])


def _listed(names: Sequence[str], between: str = ", ") -> str:
    rest = len(names) - LISTED
    return between.join(names[:LISTED]) + (f" +{rest}" if rest > 0 else "")


def rises_table(words: Words, rises: Mapping[float, pd.DataFrame], scheme: Scheme) -> Sheet | None:
    """The mean that each dimension alone would need, and the assessors' steps to it.

    None where no goal is left.

    Parameters
    ----------
    words : Words
        The language.
    rises : mapping of float to DataFrame
        Output of `rises_to`, of one region.
    scheme : Scheme
        The highest mark.
    """
    if not rises:
        return None
    first = next(iter(rises.values()))
    mark = words.pick("Nilai kini", "Mark now")
    step = words.pick("Nilai satu langkah (poin)", "One step is worth (points)")
    columns = {
        words.term("dimension"): [words.dimension(name) for name in first["dimension"]],
        mark: [words.number(mean) for mean in first["mean"]],
        step: [
            NOTHING if pd.isna(marks) else words.number(weight / marks, FINE)
            for weight, marks in zip(first["weight"], first["denominator"], strict=True)
        ],
    }
    for target, found in rises.items():
        heading = words.pick("Untuk indeks ", "For an index of ") + words.number(target)
        columns[heading] = [_rise(words, row, scheme) for row in found.itertuples()]
    return sheet(columns, numeric=tuple(columns)[1:])


def _rise(words: Words, row: Any, scheme: Scheme) -> str:
    """The needed mean, the rise to it, and the steps where whole marks are known."""
    if not row.reachable:
        return words.pick(f"di atas {scheme.highest}", f"above {scheme.highest}")
    if pd.isna(row.mean):
        return words.number(row.new_mean)
    known = not pd.isna(row.marks_most)
    mean = row.grid_mean if known else row.new_mean
    text = f"{words.number(mean)} ({words.signed(mean - row.mean)})"
    return f"{text}; {_steps(words, row.marks_least, row.marks_most)}" if known else text


def _steps(words: Words, least: int, most: int) -> str:
    count = str(least) if least == most else f"{least}-{most}"
    return f"{count} " + words.pick("langkah", "step" if most == 1 else "steps")


def room_table(
    words: Words, rises: Mapping[float, pd.DataFrame], instrument: pd.DataFrame
) -> Sheet | None:
    """The fewest questions of each dimension that have room for the steps; None without answers.

    Parameters
    ----------
    words : Words
        The language.
    rises : mapping of float to DataFrame
        Output of `rises_to`, of one region.
    instrument : DataFrame
        Questions indexed by number, with labels.
    """
    labels = instrument[f"label_{words.lang}"]
    columns: dict[str, list[str]] = {}
    for target, found in rises.items():
        if "questions" in found:
            columns[words.term("dimension")] = [
                words.dimension(name) for name in found["dimension"]
            ]
            index = words.number(target)
            heading = words.pick(
                f"Pertanyaan dengan ruang untuk indeks {index}",
                f"Questions with room for an index of {index}",
            )
            columns[heading] = [
                _listed([f"{number}. {labels[number]}" for number in numbers], "; ") or NOTHING
                for numbers in found["questions"]
            ]
    return sheet(columns) if columns else None
