"""What a region's index would be with other marks: the smallest rises (floor 2).

Arithmetic on published means by the region's own formula, in exact decimals. It says what
a formula would give, not what is easy to reach nor what another evaluation would find.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from smartlib.index.make.composite import checked_weights, weighted_total
from smartlib.index.make.marks import MarkSums
from smartlib.index.make.rounding import exact, round_published
from smartlib.index.region.places import check_known
from smartlib.vocabulary.errors import SHOWN, DataError, SchemeError
from smartlib.vocabulary.records import Scheme, Track

RISE_COLUMNS = (
    "dimension",
    "weight",
    "mean",
    "rise",
    "new_mean",
    "reachable",
    "denominator",
    "grid_mean",
    "marks_least",
    "marks_most",
    "reason",
)
WHOLE_COLUMNS = ("denominator", "marks_least", "marks_most")  # whole numbers, or missing


def smallest_rises(
    scores: pd.DataFrame,
    region: str,
    target: float,
    scheme: Scheme,
    *,
    grain: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """The smallest rise in one dimension alone that brings the index to a target.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        Indexed by region code: track and dimension means (marks).
    region : str
        Code of a known row.
    target : float
        Index points; the published, rounded index is to be at least that.
    scheme : Scheme
        Weights by track, scale, decimals, rounding.
    grain : mapping of str to int, optional
        Whole marks behind a dimension's mean, questions times assessors, where known.

    Returns
    -------
    DataFrame, shape (dimensions of the track, 11)
        dimension; weight; mean (published, missing where there is no score); rise and
        new_mean in published steps, past the highest mark too; reachable (new_mean within
        the scale); denominator (of `grain`); grid_mean (the first published mean from
        new_mean on that whole marks can give); marks_least and marks_most (steps of 1 by
        one assessor on one question that lead there); reason.

        `reason` tells why no number of marks is given: `past_highest`; `no_score` (the
        dimension counts as 0 now, so rise and new_mean are the mean it would need, at
        least the lowest mark); `no_grain`; `contradicted` (the published mean is no mean of
        so many whole marks). Empty where there is a number; 0 where the index is there.

    Raises
    ------
    DataError
        The region has no known row or lacks a mark that its track needs; the target lies
        outside 0 to the highest mark; a denominator is below 1 or of no dimension.
    SchemeError
        The region's track is not in the scheme, or its weights are no shares.

    Notes
    -----
    With total T = sum of w_d m_d over published means, the needed mean of d is the first of
    m_d, m_d + step, ... for which T - w_d m_d + w_d m rounds to the target or more. Totals are
    made from rounded means, so marks count only through the mean that they publish: if N
    is the smallest numerator whose mean rounds to the needed one or more, and N_1 ... N_c are
    the numerators that round to the present mean, N - N_c to N - N_1 marks are needed.
    Assumes that the index follows from the published means, as the audit of totals checks.

    Verification: brute force: one published step after the other.

    References
    ----------
    Brown, N. J. L., & Heathers, J. A. J. (2017). The GRIM test: a simple technique detects
    numerous anomalies in the reporting of results in psychology. Social Psychological and
    Personality Science, 8(4), 363-369. (A mean of whole marks lies on a grid.)
    """
    return rises(scores, region, target=target, scheme=scheme, grids=_grids(grain or {}, scheme))


def _grids(grain: Mapping[str, int], scheme: Scheme) -> dict[str, MarkSums]:
    known = {name for track in scheme.tracks.values() for name in track.weights}
    unknown = sorted(set(grain) - known)
    if unknown:
        raise DataError(
            f"No dimension of the scheme of {scheme.year} is called "
            f"{', '.join(unknown[:SHOWN])}; expected some of {', '.join(sorted(known))}."
        )
    return {name: MarkSums(denominator, scheme) for name, denominator in grain.items()}


def rises(
    scores: pd.DataFrame,
    region: str,
    *,
    target: float,
    scheme: Scheme,
    grids: Mapping[str, MarkSums],
    sums: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Rows of `smallest_rises`.

    Parameters
    ----------
    scores, region, target, scheme
        As in `smallest_rises`.
    grids : mapping of str to MarkSums
        Of the dimensions whose number of marks is known.
    sums : mapping of str to int, optional
        Sums of marks, where they are known exactly.

    Raises
    ------
    DataError, SchemeError
        As in `smallest_rises`.
    """
    own, track = _scored(scores, region, scheme)
    goal = checked_target(target, scheme)
    rows = []
    for name, weight in track.weights.items():
        if not weight:
            continue
        mean, grid = own.get(name, float("nan")), grids.get(name)
        now = Decimal(0) if pd.isna(mean) else exact(mean)
        needed = _needed_mean(own, name, track, goal=goal, scheme=scheme)
        row = {
            "dimension": name,
            "weight": float(weight),
            "mean": mean,
            "rise": float(needed - now),
            "new_mean": float(needed) if needed else mean,
            "reachable": needed <= scheme.highest,
            "denominator": grid.count if grid else None,
        }
        rows.append(row | _marks(row, grid, (sums or {}).get(name)))
    frame = pd.DataFrame(rows, columns=list(RISE_COLUMNS))
    return frame.astype(dict.fromkeys(WHOLE_COLUMNS, "Int64"))


def _needed_mean(
    own: Mapping[str, float], name: str, track: Track, *, goal: Decimal, scheme: Scheme
) -> Decimal:
    """Smallest published mean of a dimension with which the index is at the goal."""
    weight, step = track.weights[name], published_step(scheme)
    missing = pd.isna(own.get(name, float("nan")))
    now = Decimal(0) if missing else exact(own[name])
    rest = (weighted_total(own, track) or Decimal(0)) - weight * now

    def index(mean: Decimal) -> Decimal:
        return round_published(rest + weight * mean, scheme.decimals, scheme.rounding)

    if index(now) >= goal:
        return now
    start = scheme.lowest if missing else now
    enough = int(scheme.highest / (weight * step)) + 1  # steps that alone make the highest index
    count = bisect_left(range(enough), goal, key=lambda steps: index(start + steps * step))
    return start + count * step


def _marks(
    row: Mapping[str, Any], grid: MarkSums | None, numerator: int | None
) -> dict[str, object]:
    """How many whole marks lead from a published mean to the needed one, or why no number."""
    if not row["rise"]:
        return {"grid_mean": row["mean"], "marks_least": 0, "marks_most": 0, "reason": ""}
    if not row["reachable"]:
        return {"reason": "past_highest"}
    if pd.isna(row["mean"]):
        return {"reason": "no_score"}
    if grid is None:
        return {"reason": "no_grain"}
    (low, first), (high, _) = grid.giving([row["mean"], row["new_mean"]])
    if numerator is not None:
        low, high = numerator, numerator + (low <= numerator < high)
    if low == high:
        return {"reason": "contradicted"}
    published = int(grid.published[first - grid.sums.start])
    return {
        "grid_mean": published / 10**grid.scheme.decimals,
        "marks_least": first - (high - 1),
        "marks_most": first - low,
        "reason": "",
    }


def _scored(scores: pd.DataFrame, region: str, scheme: Scheme) -> tuple[dict[str, Any], Track]:
    """A region's row and track, if the track's formula gives it an index."""
    check_known(scores, region)
    own = scores.loc[region].to_dict()
    track = scheme.tracks.get(own["track"])
    if track is None:
        raise SchemeError(f"The scheme of {scheme.year} has no track {own['track']}.")
    checked_weights(track.weights)
    if weighted_total(own, track) is None:
        needed = set(track.weights) - set(track.zero_if_missing)
        missing = sorted(name for name in needed if pd.isna(own.get(name, float("nan"))))
        raise DataError(
            f"{region} has no index by the formula of its track: no mark in "
            f"{', '.join(missing)}. Rises can be computed for regions with these marks only."
        )
    return own, track


def checked_target(target: float, scheme: Scheme) -> Decimal:
    """An index to be reached, in exact decimals, if the scale has it.

    Raises
    ------
    DataError
        It lies outside 0 to the highest mark.
    """
    if not 0 <= target <= scheme.highest:
        raise DataError(
            f"The target {target} is no index; expected a number from 0 to {scheme.highest}."
        )
    return exact(target)


def published_step(scheme: Scheme) -> Decimal:
    """Smallest difference of two published numbers."""
    return Decimal(1).scaleb(-scheme.decimals)
