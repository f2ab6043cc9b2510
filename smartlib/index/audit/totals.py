"""Which inputs, by which rounding, a table's totals can have come from (floor 2).

A printed total fixes an interval; what is known of its inputs fixes another. A way of
making totals is possible for a row if the two meet, and explains a table if it is possible
for every row. All of it in exact arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

import pandas as pd

from smartlib.index.audit.readings import INPUTS, Contradiction, Reading, TotalInputs
from smartlib.index.make.composite import checked_weights
from smartlib.index.make.rounding import RULES, ExactInterval, exact, rounding_interval
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme, Track

ZERO = ExactInterval(Fraction(0), Fraction(0))
NOTHING = replace(ZERO, low_included=False)

Denominators = Mapping[tuple[str, str], int]  # by region code and dimension


def total_interval(marks: Mapping[str, ExactInterval], track: Track) -> ExactInterval | None:
    """Where a weighted sum lies whose inputs are known within intervals.

    Parameters
    ----------
    marks : mapping of str to ExactInterval
        What is known of each dimension's mean; a missing one is absent.
    track : Track
        Weights, none negative, and the dimensions whose missing mark counts as 0.

    Returns
    -------
    ExactInterval or None
        None where a mark that cannot be done without is missing; empty where one is.

    Notes
    -----
    With weights w >= 0 and x in [l, h], the sum lies in [sum w l, sum w h]; an end belongs to
    it if the end of every mark with w > 0 does.
    """
    if set(track.weights) - set(marks) - set(track.zero_if_missing):
        return None
    used = [(Fraction(w), marks[name]) for name, w in track.weights.items() if name in marks]
    if any(mark.empty for _, mark in used):
        return NOTHING
    return ExactInterval(
        sum((weight * mark.low for weight, mark in used), Fraction(0)),
        sum((weight * mark.high for weight, mark in used), Fraction(0)),
        all(mark.low_included for weight, mark in used if weight),
        all(mark.high_included for weight, mark in used if weight),
    )


def known_marks(
    row: Mapping[str, Any], scheme: Scheme, inputs: str, denominators: Denominators | None = None
) -> dict[str, ExactInterval]:
    """What a reading takes as known of one row's inputs.

    Parameters
    ----------
    row : mapping
        region_code, track and dimension means of one region.
    scheme : Scheme
        Dimensions of the track, decimals, and the rule that rounded the means.
    inputs : {"published", "whole_marks", "unrounded"}
        The reading.
    denominators : mapping of (str, str) to int, optional
        Whole marks behind a mean, by region code and dimension, for `whole_marks`.

    Returns
    -------
    dict of str to ExactInterval
        By dimension; a missing mark is absent.

    Raises
    ------
    DataError
        Another reading.
    """
    if inputs not in INPUTS:
        raise DataError(f"Inputs {inputs!r} are not known; expected one of {', '.join(INPUTS)}.")
    grid = denominators if denominators and inputs == "whole_marks" else {}
    known = {}
    for name in scheme.tracks[row["track"]].weights:
        mark = row.get(name, float("nan"))
        if pd.isna(mark):
            continue
        if inputs == "published":
            known[name] = ExactInterval(Fraction(exact(mark)), Fraction(exact(mark)))
            continue
        around = rounding_interval(mark, scheme.decimals, scheme.rounding)
        count = grid.get((row["region_code"], name))
        known[name] = around.on_grid(count) if count else around
    return known


def explain_totals(
    scores: pd.DataFrame,
    scheme: Scheme,
    inputs: str = "published",
    denominators: Denominators | None = None,
) -> Reading:
    """Hold one reading of the inputs, and the scheme's rounding, against every total.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        region_code, track, dimension means, published_index; `region` names rows if given.
    scheme : Scheme
        Weights by track, decimals, rounding of both means and totals.
    inputs, denominators
        As in `known_marks`.

    Returns
    -------
    Reading

    Raises
    ------
    SchemeError
        Weights are no shares.
    DataError
        An unknown reading.

    Notes
    -----
    Means of whole marks are points, and the interval between the least and the greatest sum
    of them is tested: the answer is the same. Where a mean has several candidates they lie at
    most a unit of the last decimal apart, so sums step by less than a unit (weights below 1),
    and a total's interval, one unit wide, cannot fall between two of them.
    """
    for one in scheme.tracks.values():
        checked_weights(one.weights)
    checkable, found = 0, []
    for row in scores.to_dict("records"):
        printed, track = row["published_index"], scheme.tracks.get(row["track"])
        if track is None or pd.isna(printed):
            continue
        allowed = total_interval(known_marks(row, scheme, inputs, denominators), track)
        if allowed is None:
            continue
        checkable += 1
        if not allowed.overlaps(rounding_interval(printed, scheme.decimals, scheme.rounding)):
            code, name = row["region_code"], row.get("region", row["region_code"])
            reading = (scheme.rounding, inputs, scheme.decimals)
            found.append(Contradiction(code, name, exact(printed), allowed, *reading))
    return Reading(scheme.rounding, inputs, checkable, tuple(found))


def inputs_of_totals(
    scores: pd.DataFrame, scheme: Scheme, recovered: pd.DataFrame | None = None
) -> TotalInputs:
    """Decide from a table which inputs and which rounding its totals can have come from.

    Parameters
    ----------
    scores, scheme
        As in `explain_totals`; each rounding rule is tried in place of the scheme's.
    recovered : DataFrame, optional
        region_code, dimension, denominator: how many whole marks a mean is made of, for the
        dimensions where that is known. The others keep their rounding interval.

    Returns
    -------
    TotalInputs

    Raises
    ------
    DataError
        A column is missing, or a denominator is no positive whole number.
    SchemeError
        Weights are no shares.

    Notes
    -----
    Readings: `published` takes the printed means as exact; `unrounded` any numbers that the
    same rule rounds to them; `whole_marks` those of them that are k / denominator, with the
    candidates k taken by the rule being tried. What `published` explains `unrounded` explains
    too, so `unrounded` is never ruled out alone: the decision lies between `published` and
    `whole_marks`.
    """
    denominators = denominators_of(recovered)
    tried = [one for one in INPUTS if one != "whole_marks" or recovered is not None]
    schemes = [replace(scheme, rounding=cast(Any, rule)) for rule in RULES]
    readings = (
        explain_totals(scores, one, inputs, denominators) for one in schemes for inputs in tried
    )
    return TotalInputs(scheme.rounding, tuple(readings), _differing(scheme))


def _differing(scheme: Scheme) -> float:
    """Share of totals that rounding of the means moves, over the tracks' mean.

    Errors of rounding are uniform over a unit u, so that a weighted sum of them has the standard
    deviation s = u sqrt(sum w^2 / 12); a total lies evenly between two roundings, and an error e
    moves it with probability |e| / u. Taken as normal, the mean of |e| is s sqrt(2 / pi).
    """
    spread = [
        math.sqrt(sum(w * w for w in t.weights.values()) / 12) for t in scheme.tracks.values()
    ]
    return math.sqrt(2 / math.pi) * sum(spread) / len(spread)


def audit_rounding(
    scores: pd.DataFrame, scheme: Scheme, recovered: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The readings of `inputs_of_totals` as a table.

    Parameters
    ----------
    scores, scheme, recovered
        As in `inputs_of_totals`.

    Returns
    -------
    DataFrame, shape (rules x readings, 7)
        rule, inputs, possible (rows that the reading could have published), checkable,
        contradicted (tuple of region codes), verdict (`reproduced`, `contradicted`,
        `not_checkable`), detail.

    Raises
    ------
    DataError, SchemeError
        As in `inputs_of_totals`.
    """
    columns = ["rule", "inputs", "possible", "checkable", "contradicted", "verdict", "detail"]
    readings = inputs_of_totals(scores, scheme, recovered).readings
    return pd.DataFrame(
        [[getattr(one, name) for name in columns] for one in readings], columns=columns
    )


def denominators_of(recovered: pd.DataFrame | None) -> dict[tuple[str, str], int]:
    """How many whole marks each mean is made of, where that is known.

    Parameters
    ----------
    recovered : DataFrame or None
        As in `inputs_of_totals`.

    Returns
    -------
    dict of (str, str) to int
        By region code and dimension; empty for None.

    Raises
    ------
    DataError
        A column is missing, or a denominator is no positive whole number.
    """
    if recovered is None:
        return {}
    missing = sorted({"region_code", "dimension", "denominator"} - set(recovered.columns))
    if missing:
        raise DataError(f"The recovered means have no column {', '.join(missing)}.")
    known = recovered.dropna(subset="denominator")
    bad = known[(known["denominator"] <= 0) | (known["denominator"] % 1 != 0)]
    if len(bad):
        items = "; ".join(
            f"{r.region_code} {r.dimension} {r.denominator}" for r in bad.head(10).itertuples()
        )
        raise DataError(
            f"Denominators that are no positive whole numbers: {items}. Expected the number of "
            "questions times the number of assessors."
        )
    keys = zip(known["region_code"], known["dimension"], strict=True)
    return dict(zip(keys, known["denominator"].astype(int), strict=True))
