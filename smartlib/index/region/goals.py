"""What a region may want to reach, and the smallest rises that reach it (floor 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from smartlib.index.audit.granularity import questions_by_dimension
from smartlib.index.make.composite import weighted_total
from smartlib.index.make.rounding import exact, round_published
from smartlib.index.region.by_question import question_rises
from smartlib.index.region.places import check_known
from smartlib.index.region.what_if import checked_target, published_step, smallest_rises
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme


@dataclass(frozen=True)
class Goal:
    """A place or value that a region may want to reach.

    Attributes
    ----------
    name : str
        `next` (past the next one above), `top` (among the first places) or `index`.
    target : float or None
        Smallest published index that reaches it, in index points; None where there is
        nothing to reach.
    beside : tuple of str
        Codes of the known rows that set the target, sorted.
    reason : str
        Why there is no target: `first` (no known row stands higher), `already`, or
        `past_highest` (the scale ends before it); empty where there is one.
    """

    name: str
    target: float | None
    beside: tuple[str, ...] = ()
    reason: str = ""


def targets(
    scores: pd.DataFrame,
    region: str,
    scheme: Scheme,
    *,
    places: int = 10,
    index: float | None = None,
) -> tuple[Goal, ...]:
    """The index that a region needs for each of its goals, all else unchanged.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        Indexed by region code: published_index.
    region : str
        Code of a known row.
    scheme : Scheme
        Decimals and the highest mark.
    places : int, default 10
        How many places the top has.
    index : float, optional
        A target of one's own, in index points.

    Returns
    -------
    tuple of Goal
        `next`, `top`, and `index` where one is given.

    Raises
    ------
    DataError
        The region has no known row or no published index, `places` is below 1, or
        `index` lies outside 0 to the highest mark.

    Notes
    -----
    Ranks are among the known rows, ties sharing the best: lost rows may stand between.
    `next` needs one published step more than the lowest index above the region's own.
    `top` needs the index of the row that is at that place among the others: level with it,
    the region shares the place.
    """
    check_known(scores, region)
    own = scores.at[region, "published_index"]
    if pd.isna(own) or places < 1:
        raise DataError(
            f"Goals of {region} need its published index and at least one place; found index "
            f"{own} and {places} places."
        )
    others = scores["published_index"].drop(region).dropna()
    goals = (_past_next(own, others, scheme), _into_top(own, others, places))
    if index is None:
        return goals
    needed = float(checked_target(index, scheme))
    return *goals, Goal("index", None, (), "already") if own >= needed else Goal("index", needed)


def _past_next(own: float, others: pd.Series, scheme: Scheme) -> Goal:
    above = others[others > own]
    if above.empty:
        return Goal("next", None, (), "first")
    target = exact(above.min()) + published_step(scheme)
    beside = _codes_at(others, above.min())
    if target > scheme.highest:
        return Goal("next", None, beside, "past_highest")
    return Goal("next", float(target), beside)


def _into_top(own: float, others: pd.Series, places: int) -> Goal:
    if (others > own).sum() < places:
        return Goal("top", None, (), "already")
    target = float(others.nlargest(places).iloc[-1])
    return Goal("top", target, _codes_at(others, target))


def _codes_at(values: pd.Series, level: float) -> tuple[str, ...]:
    return tuple(sorted(map(str, values.index[values == level])))


def next_tenth(index: float, scheme: Scheme) -> float | None:
    """The first full tenth of an index point above an index; None where the scale ends.

    Parameters
    ----------
    index : float
        Index points.
    scheme : Scheme
        The highest mark.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> [next_tenth(index, SimpleNamespace(highest=4)) for index in (3.08, 3.1, 4.0)]
    [3.1, 3.2, None]
    """
    tenth = (exact(index) * 10 // 1 + 1) / 10
    return float(tenth) if tenth <= scheme.highest else None


def assessors_found(audit: pd.DataFrame) -> int:
    """The number of assessors whose whole marks explain a table best, as its audit says.

    Parameters
    ----------
    audit : DataFrame
        Rows of `AUDIT`.

    Returns
    -------
    int
        0 where the audit found none, or has no such row.
    """
    found = audit[(audit["check"] == "assessors") & (audit["verdict"] != "not_checkable")]["found"]
    return 0 if found.empty else int(found.iloc[0])


def rises_to(
    goals: Sequence[Goal],
    scores: pd.DataFrame,
    region: str,
    scheme: Scheme,
    *,
    instrument: pd.DataFrame,
    answers: pd.DataFrame,
    assessors: int = 0,
) -> dict[float, pd.DataFrame]:
    """The smallest rises in one dimension alone, for each target that one can bring.

    Parameters
    ----------
    goals : sequence of Goal
        Passed over: those without a target, and those that no dimension alone can bring,
        were its mark the highest.
    scores, region, scheme
        As in `smallest_rises`.
    instrument : DataFrame
        Questions indexed by number, with `dimension` (printed heading).
    answers : DataFrame
        region_code, question, score, of the same year.
    assessors : int, default 0
        Whole marks behind each question's score; 0 where that is not known.

    Returns
    -------
    dict of float to DataFrame
        By target, ascending: `question_rises` where the region's answers are at hand and are
        means of so many marks, else `smallest_rises`.

    Raises
    ------
    DataError, SchemeError
        As `smallest_rises`.
    """
    grain = {
        name: questions * assessors
        for name, questions in questions_by_dimension(instrument).items()
        if assessors
    }

    def rises(target: float) -> pd.DataFrame:
        try:
            return question_rises(
                answers,
                instrument,
                scores,
                region,
                target=target,
                scheme=scheme,
                assessors=assessors,
            )
        except DataError:  # no answers, or none of whole marks: the means still tell
            return smallest_rises(scores, region, target, scheme, grain=grain)

    wanted = {goal.target for goal in goals if goal.target is not None}
    most = _most_with_one(scores.loc[region], scheme)
    return {target: rises(target) for target in sorted(wanted) if target <= most}


def _most_with_one(own: pd.Series, scheme: Scheme) -> float:
    """The highest index that a rise in one dimension alone can bring."""
    track = scheme.tracks[own["track"]]
    totals = (weighted_total({**own, name: float(scheme.highest)}, track) for name in track.weights)
    return max(
        float(round_published(total, scheme.decimals, scheme.rounding))
        for total in totals
        if total is not None
    )
