"""Weight recovery: which weights can have made a table of totals (floor 2).

A total published as 3.08 says that the weighted sum lies within its rounding interval. All
rows together leave a small convex set of weights; its widest extent in each direction is
found by linear programmes, and sets on a round grid are then tried in exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile
from math import ceil, floor

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import OptimizeResult, linprog

from smartlib.index.audit.readings import Reading
from smartlib.index.audit.totals import ZERO, explain_totals, known_marks, total_interval
from smartlib.index.make.composite import checked_weights
from smartlib.index.make.rounding import rounding_interval
from smartlib.vocabulary.errors import DataError, SchemeError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Scheme, Track

WEIGHT_COLUMNS = ["track", "dimension", "published", "low", "high", "verdict", "detail"]
SCALE = 1e4  # weights in ten-thousandths: the solver's tolerance, 1e-7, is then 1e-11 of a weight
TOUCHING = 1e-9  # index points; misses below this are the arithmetic of floats
DIGITS = 9  # of a weight: what the solver gives beyond them differs between machines
WIDENED = 1e-9  # of a weight; as far beyond the rounded ends the grid is searched


@dataclass(frozen=True)
class _Conditions:
    """What n totals of one track ask of its d weights w, beside w >= 0 and sum w = 1.

    Attributes
    ----------
    codes : tuple of str, length n
        Regions whose totals are used.
    rows : ndarray of float64, shape (2n, d)
        Index points; `rows @ w <= 0`. The first n: the sum need not exceed the highest number
        that is printed as the total. The last n: nor fall short of the lowest.
    impossible : tuple of str
        Regions whose total or mean has more decimals than are published: no weights give it.
    """

    codes: tuple[str, ...]
    rows: np.ndarray
    impossible: tuple[str, ...]


def recovered_weights(
    scores: pd.DataFrame, scheme: Scheme, *, inputs: str = "published"
) -> pd.DataFrame:
    """Lowest and highest weight of each dimension that reproduces every total of a track.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        region_code, track, dimension means, published_index.
    scheme : Scheme
        Dimensions of each track, which of them count as 0 when missing, decimals, rounding.
        Its weights are only copied beside the result.
    inputs : {"published", "unrounded"}, default "published"
        Whether totals were made from the printed means, or from numbers that round to them
        (`TotalInputs.inputs` of the table; `whole_marks` is read as `unrounded`).

    Returns
    -------
    DataFrame, shape (tracks x dimensions, 7)
        track, dimension, published (the scheme's weight), low, high (shares, to nine
        decimals), verdict (`recovered`; `contradicted`: no weights reproduce the track;
        `not_checkable`: it has no complete row), detail. Without weights low and high are
        missing, and the detail names the rows in the way. Rows that lack a needed mark are
        left out.

    Raises
    ------
    DataError
        An unknown reading of the inputs.

    Notes
    -----
    For each dimension j, min and max of w_j subject to w >= 0, sum w = 1 and, for each row,
    sum w l <= T and sum w h >= t, where [t, T] is the closed rounding interval of its total
    and [l, h] what is known of its means (l = h as printed; the sign of w makes the two ends
    enough). Weights move together: not every combination from inside the intervals is
    possible. Where no w exists, the total miss sum_i s_i is made smallest with s_i >= 0 added
    to both conditions of row i, and the rows with s_i > 0 are in the way: one smallest set of
    misses, which need not be the only one.

    Solved by HiGHS (Huangfu and Hall 2018) with the rows as they are and weights in
    ten-thousandths, so that its tolerance is far below any weight's interval.

    Verification: closed form (two dimensions); brute force: every vertex, in fractions.

    References
    ----------
    Huangfu, Q., & Hall, J. A. J. (2018). Parallelizing the dual revised simplex method.
    Mathematical Programming Computation, 10(1), 119-142.
    """
    rows = []
    for name, track in scheme.tracks.items():
        conditions = _conditions(scores, scheme, name, inputs)
        low, high, verdict, detail = _extent(conditions)
        for number, (dimension, weight) in enumerate(track.weights.items()):
            rows.append(
                (name, dimension, float(weight), low[number], high[number], verdict, detail)
            )
    return pd.DataFrame(rows, columns=WEIGHT_COLUMNS)


def feasible_weights(
    scores: pd.DataFrame,
    track_name: str,
    weights: Mapping[str, Decimal],
    scheme: Scheme,
    *,
    inputs: str = "published",
) -> Reading:
    """Whether given weights reproduce every total of a track, in exact arithmetic.

    Parameters
    ----------
    scores, scheme, inputs
        As in `recovered_weights`.
    track_name : str
        Key of the track.
    weights : mapping of str to Decimal
        Share of each dimension; a dimension that is not named has none.

    Returns
    -------
    Reading
        Its verdict (`reproduced`, `contradicted`, `not_checkable`) and the rows that the
        weights contradict, each with the contradiction in words.

    Raises
    ------
    SchemeError
        No such track, or the weights are negative or do not sum to 1.
    DataError
        An unknown reading of the inputs.
    """
    track = replace(_track_of(scheme, track_name), weights=checked_weights(weights))
    own = scores[scores["track"] == track_name]
    return explain_totals(own, replace(scheme, tracks={track_name: track}), inputs)


def feasible_on_grid(
    scores: pd.DataFrame,
    track_name: str,
    scheme: Scheme,
    *,
    step: Decimal = Decimal("0.05"),
) -> tuple[dict[str, Decimal], ...]:
    """Every set of round weights that reproduces all totals of a track.

    Parameters
    ----------
    scores, track_name, scheme
        As in `feasible_weights`; the inputs are the means as printed.
    step : Decimal, default 0.05
        Weights are its multiples; it divides 1.

    Returns
    -------
    tuple of dict of str to Decimal
        Weights by dimension, in rising order; empty where none will do.

    Raises
    ------
    SchemeError
        No such track.
    DataError
        The step does not divide 1, or no row of the track is complete.

    Notes
    -----
    Multiples inside the intervals of `recovered_weights` that sum to 1, each tried exactly.
    """
    steps = 1 / step if step > 0 else Decimal(0)
    if not steps or steps % 1:
        raise DataError(f"A step of {step} does not divide 1; expected one such as 0.05 or 0.1.")
    track = _track_of(scheme, track_name)
    conditions = _conditions(scores, scheme, track_name, "published")
    low, high, verdict, detail = _extent(conditions)
    if verdict == "not_checkable":
        raise DataError(f"No weights of {track_name} can be told: {detail}.")
    if verdict == "contradicted":
        return ()
    ranges = [
        range(ceil((least - WIDENED) * int(steps)), floor((most + WIDENED) * int(steps)) + 1)
        for least, most in zip(low, high, strict=True)
    ]
    counts = np.array(list(_summing(ranges, int(steps)))).reshape(-1, len(ranges))
    close = counts[(conditions.rows @ counts.T / int(steps) <= TOUCHING).all(axis=0)]
    sets = (
        {name: int(count) * step for name, count in zip(track.weights, one, strict=True)}
        for one in close
    )
    return tuple(
        weights
        for weights in sets
        if not feasible_weights(scores, track_name, weights, scheme).contradictions
    )


def _track_of(scheme: Scheme, name: str) -> Track:
    if name not in scheme.tracks:
        known = ", ".join(scheme.tracks)
        raise SchemeError(f"The scheme of {scheme.year} has no track {name}; it has {known}.")
    return scheme.tracks[name]


def _conditions(scores: pd.DataFrame, scheme: Scheme, name: str, inputs: str) -> _Conditions:
    track = scheme.tracks[name]
    codes, above, below, impossible = [], [], [], []
    for row in scores[scores["track"] == name].to_dict("records"):
        marks = known_marks(row, scheme, inputs)
        allowed = total_interval(marks, track)
        if allowed is None or pd.isna(row["published_index"]):
            continue
        total = rounding_interval(row["published_index"], scheme.decimals, scheme.rounding)
        if allowed.empty or total.empty:
            impossible.append(row["region_code"])
            continue
        used = [marks.get(dimension, ZERO) for dimension in track.weights]
        codes.append(row["region_code"])
        above.append([float(mark.low - total.high) for mark in used])
        below.append([float(total.low - mark.high) for mark in used])
    rows = np.array(above + below, dtype="float64").reshape(-1, len(track.weights))
    return _Conditions(tuple(codes), rows, tuple(impossible))


def _extent(conditions: _Conditions) -> tuple[np.ndarray, np.ndarray, str, str]:
    """Lowest and highest weights, verdict, detail."""
    size = conditions.rows.shape[1]
    none = np.full(size, np.nan)
    if conditions.impossible:
        return none, none, "contradicted", _in_the_way(conditions.impossible)
    if not conditions.codes:
        return none, none, "not_checkable", "no row has a total and every mark it needs"
    slack = _smallest_slack(conditions)
    missed = np.flatnonzero(slack > TOUCHING)
    if len(missed):
        worst = missed[np.argsort(-slack[missed], kind="stable")]
        return none, none, "contradicted", _in_the_way([conditions.codes[row] for row in worst])
    bounds = np.tile(slack, 2) * SCALE  # of floats only; without it a single point might be missed
    low, high = (
        [sign * _solved(sign * axis, conditions.rows, bounds, size).fun for axis in np.eye(size)]
        for sign in (1, -1)
    )
    ends = np.clip(np.round(np.array([low, high]) / SCALE, DIGITS), 0, 1)
    return ends[0], ends[1], "recovered", f"{len(conditions.codes)} totals reproduced"


def _smallest_slack(conditions: _Conditions) -> np.ndarray:
    """What each row misses its interval by where all together miss least; index points."""
    count, size = len(conditions.codes), conditions.rows.shape[1]
    miss = sparse.vstack([sparse.eye(count)] * 2)
    cost = np.repeat([0.0, 1.0], [size, count])
    found = _solved(cost, sparse.hstack([conditions.rows, -miss]), np.zeros(2 * count), size)
    return np.maximum(found.x[size:], 0) / SCALE


def _solved(
    cost: np.ndarray, rows: np.ndarray | sparse.spmatrix, bounds: np.ndarray, size: int
) -> OptimizeResult:
    """Least cost with the first `size` variables summing to `SCALE` and none negative."""
    shares = (np.arange(len(cost)) < size).astype("float64")[None, :]
    found = linprog(cost, rows, bounds, shares, [SCALE], bounds=(0, None), method="highs")
    if not found.success:
        raise DataError(f"The weights' linear programme was not solved: {found.message}")
    return found


def _in_the_way(codes: Sequence[str]) -> str:
    return f"no weights reproduce this table; in the way: {listed(codes)}"


def _summing(ranges: Sequence[range], total: int) -> Iterator[tuple[int, ...]]:
    """Every choice of one number from each range that sums to a total, in rising order."""
    if len(ranges) == 1:
        if total in ranges[0]:
            yield (total,)
        return
    for first in takewhile(lambda number: number <= total, ranges[0]):
        for rest in _summing(ranges[1:], total - first):
            yield (first, *rest)
