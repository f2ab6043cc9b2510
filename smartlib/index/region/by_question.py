"""The smallest rises where a region's marks of single questions are known (floor 2)."""

from __future__ import annotations

import pandas as pd

from smartlib.index.make.marks import MarkSums
from smartlib.index.region.what_if import rises
from smartlib.vocabulary.errors import SHOWN, DataError
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSIONS


def question_rises(
    answers: pd.DataFrame,
    instrument: pd.DataFrame,
    scores: pd.DataFrame,
    region: str,
    *,
    target: float,
    scheme: Scheme,
    assessors: int,
) -> pd.DataFrame:
    """The smallest rises where the scores of single questions are known.

    Parameters
    ----------
    answers : DataFrame
        region_code, question, score (mean mark of the assessors).
    instrument : DataFrame
        Indexed by question number, with `dimension` (printed heading).
    scores, region, target, scheme
        As in `smallest_rises`.
    assessors : int
        Whole marks behind each question's score.

    Returns
    -------
    DataFrame, shape (dimensions of the track, 12)
        As `smallest_rises`, with the exact numerator in place of its candidates, so that
        marks_least and marks_most agree; and questions, a tuple of the fewest questions
        that have room for so many marks, lowest scores first. A dimension of which a
        question has no score is `no_grain`; one whose published mean is not that of its
        questions is `contradicted`.

    Raises
    ------
    DataError
        As `smallest_rises`; also where the region has no answers, or a score is no mean of
        so many whole marks.
    SchemeError
        As `smallest_rises`.
    """
    marks = _question_marks(answers, instrument, region, grid=MarkSums(assessors, scheme))
    parts = {str(name): part for name, part in marks.groupby("dimension")}
    whole = {name: part for name, part in parts.items() if part["marks"].notna().all()}
    found = rises(
        scores,
        region,
        target=target,
        scheme=scheme,
        grids={name: MarkSums(len(part) * assessors, scheme) for name, part in whole.items()},
        sums={name: int(part["marks"].sum()) for name, part in whole.items()},
    )
    needed = zip(found["dimension"], found["marks_most"].fillna(0), strict=True)
    found["questions"] = [
        _most_room(whole[name]["room"], marks) if marks else () for name, marks in needed
    ]
    return found


def _question_marks(
    answers: pd.DataFrame, instrument: pd.DataFrame, region: str, *, grid: MarkSums
) -> pd.DataFrame:
    """Dimension, sum of whole marks and room for more, by question."""
    own = answers[answers["region_code"] == region].set_index("question")["score"].dropna()
    if own.empty:
        raise DataError(
            f"{region} has no answers to single questions; use `smallest_rises`, which needs "
            "dimension means only."
        )
    first, end = grid.giving(own)
    off = [f"{question} ({score:g})" for question, score in own[first == end].items()]
    if off:
        raise DataError(
            f"{len(off)} scores of {region} are no mean of {grid.count} whole marks: "
            f"question {', '.join(off[:SHOWN])}. Give the number of assessors that explains them."
        )
    names = {dimension.heading: dimension.name for dimension in DIMENSIONS}
    marks = pd.Series(first, index=own.index, dtype="Int64")
    frame = instrument["dimension"].map(names).to_frame()
    frame["marks"] = marks.reindex(frame.index)
    return frame.assign(room=grid.sums[-1] - frame["marks"])


def _most_room(room: pd.Series, marks: int) -> tuple[int, ...]:
    """The fewest questions with room for so many marks, those with most room first."""
    chosen = []
    for question, more in sorted(room.items(), key=lambda item: -item[1]):
        if marks <= 0:
            break
        chosen.append(question)
        marks -= more
    return tuple(chosen)
