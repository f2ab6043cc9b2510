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
            lines.append(f"- {named}: {words.say(goal.reason)}.")
            continue
        line = words.say("goal", goal=named, index=words.number(goal.target))
        lines.append(line + ("." if goal.target in rises else words.say("none_alone") + "."))
    return Text("\n".join(lines))


def _goal_name(words: Words, goal: Goal, scores: pd.DataFrame) -> str:
    beside = _listed([str(scores.at[code, "region"]) for code in goal.beside])
    return words.say(f"goal_{goal.name}{'_beside' if beside else ''}", regions=beside)


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
    mark = words.say("mark_now")
    step = words.say("step_worth")
    columns = {
        words.term("dimension"): [words.dimension(name) for name in first["dimension"]],
        mark: [words.number(mean) for mean in first["mean"]],
        step: [
            NOTHING if pd.isna(marks) else words.number(weight / marks, FINE)
            for weight, marks in zip(first["weight"], first["denominator"], strict=True)
        ],
    }
    for target, found in rises.items():
        heading = words.say("for_index", index=words.number(target))
        columns[heading] = [_rise(words, row, scheme) for row in found.itertuples()]
    return sheet(columns, numeric=tuple(columns)[1:])


def _rise(words: Words, row: Any, scheme: Scheme) -> str:
    """The needed mean, the rise to it, and the steps where whole marks are known."""
    if not row.reachable:
        return words.say("past_scale", highest=scheme.highest)
    if pd.isna(row.mean):
        return words.number(row.new_mean)
    known = not pd.isna(row.marks_most)
    mean = row.grid_mean if known else row.new_mean
    text = f"{words.number(mean)} ({words.signed(mean - row.mean)})"
    return f"{text}; {_steps(words, row.marks_least, row.marks_most)}" if known else text


def _steps(words: Words, least: int, most: int) -> str:
    count = str(least) if least == most else f"{least}-{most}"
    return words.say("step" if most == 1 else "steps", count=count)


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
            heading = words.say("room", index=words.number(target))
            columns[heading] = [
                _listed([f"{number}. {labels[number]}" for number in numbers], "; ") or NOTHING
                for numbers in found["questions"]
            ]
    return sheet(columns) if columns else None
