"""What would raise a region's index: points to gain, goals, steps, questions (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from smartlib.index.region.goals import Goal
from smartlib.present.document.blocks import Block, Fold, Grid, Listing, Passage, Plain, Section
from smartlib.present.region.subject import Subject
from smartlib.present.words.wording import Words

LISTED = 3  # names or questions before the rest are counted
FINE = 4  # decimals of what one step is worth: less than a published step


def raising(
    about: Subject,
    goals: Sequence[Goal],
    rises: Mapping[float, pd.DataFrame],
    instrument: pd.DataFrame,
) -> Section:
    """The section: points that each dimension could give, goals, and the steps, folded.

    Parameters
    ----------
    about : Subject
        The region.
    goals : sequence of Goal
        Output of `targets`.
    rises : mapping of float to DataFrame
        Output of `rises_to`.
    instrument : DataFrame
        Questions indexed by number, with labels.
    """
    words = about.words
    lines = {goal.name: _goal(about, goal, rises) for goal in goals}
    goal_lines = Listing(tuple(line for name, line in lines.items() if name != "index"))
    steps = _steps_table(words, rises)
    blocks: list[Block] = [_points(about), goal_lines]
    if steps:
        note = Passage(words.say("steps_note"), quiet=True)
        folded: tuple[Plain, ...] = (note, steps, *_room_tables(words, rises, instrument))
        blocks.append(Fold(words.say("steps_fold"), folded))
    return Section("raise", words.say("raise"), words.say("raise_short"), tuple(blocks))


def _points(about: Subject) -> Grid:
    """What each dimension could add at most, the most first."""
    words, track, highest = about.words, about.track, float(about.scheme.highest)
    marks = about.own[list(track.weights)]
    points = {
        name: float(weight) * (highest - (0.0 if pd.isna(marks[name]) else marks[name]))
        for name, weight in track.weights.items()
    }
    rows = [
        (
            words.dimension(name),
            words.say("blank") if pd.isna(marks[name]) else words.number(marks[name]),
            words.signed(points[name]),
        )
        for name in sorted(points, key=lambda name: -points[name])
    ]
    return Grid(
        caption=words.say("points_caption", highest=about.scheme.highest),
        headings=(words.term("dimension"), words.say("mark_now"), words.say("room_points")),
        rows=tuple(rows),
        numeric=(1, 2),
    )


def _goal(about: Subject, goal: Goal, rises: Mapping[float, pd.DataFrame]) -> str:
    words = about.words
    beside = listed([about.linked(code) for code in goal.beside])
    ending = "_beside" if beside and goal.name == "next" else ""
    named = words.say(f"goal_{goal.name}{ending}", regions=beside)
    if goal.target is None:
        return words.say("goal_none", goal=named, reason=words.say(goal.reason))
    line = words.say("goal", goal=named, index=words.number(goal.target))
    return line if goal.target in rises else words.say("none_alone", line=line)


def listed(names: Sequence[str], between: str = ", ") -> str:
    """The first names, and how many more there are."""
    rest = len(names) - LISTED
    return between.join(names[:LISTED]) + (f" +{rest}" if rest > 0 else "")


def _steps_table(words: Words, rises: Mapping[float, pd.DataFrame]) -> Grid | None:
    """The mean that each dimension alone would need, and the assessors' steps to it."""
    if not rises:
        return None
    first = next(iter(rises.values()))
    worth = [
        words.say("no_value") if pd.isna(marks) else words.number(weight / marks, FINE)
        for weight, marks in zip(first["weight"], first["denominator"], strict=True)
    ]
    needed = [[_rise(words, row) for row in found.itertuples()] for found in rises.values()]
    names = [words.dimension(name) for name in first["dimension"]]
    now = [words.say("blank") if pd.isna(m) else words.number(m) for m in first["mean"]]
    heads = [words.say("for_index", index=words.number(target)) for target in rises]
    return Grid(
        caption=words.say("steps_caption"),
        headings=(words.term("dimension"), words.say("mark_now"), words.say("step_worth"), *heads),
        rows=tuple(zip(names, now, worth, *needed, strict=True)),
        numeric=tuple(range(1, 3 + len(heads))),
    )


def _rise(words: Words, row: Any) -> str:
    """The needed mean, the rise to it, and the steps where whole marks are known."""
    if not row.reachable:
        return words.say("not_alone")
    if pd.isna(row.mean):
        return words.number(row.new_mean)
    known = not pd.isna(row.marks_most)
    mean = row.grid_mean if known else row.new_mean
    text = f"{words.number(mean)} ({words.signed(mean - row.mean)})"
    return f"{text}; {_steps(words, row.marks_least, row.marks_most)}" if known else text


def _steps(words: Words, least: int, most: int) -> str:
    return words.say("step" if most == 1 else "steps", count=words.span(least, most))


def _room_tables(
    words: Words, rises: Mapping[float, pd.DataFrame], instrument: pd.DataFrame
) -> list[Grid]:
    """The fewest questions of each dimension that have room for the steps, where known."""
    labels = instrument[f"label_{words.lang}"]

    def chosen(numbers: Sequence[int]) -> str:
        named = [f"{number}. {labels[number]}" for number in numbers]
        return listed(named, "; ") or words.say("no_value")

    return [
        Grid(
            caption=words.say("room", index=words.number(target)),
            headings=(words.term("dimension"), words.term("question")),
            rows=tuple(
                (words.dimension(row.dimension), chosen(row.questions))
                for row in found.itertuples()
            ),
        )
        for target, found in rises.items()
        if "questions" in found
    ]
