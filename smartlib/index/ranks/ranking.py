"""The table of ranks: each known row's place, and how far it is known (floor 2).

What the other modules of the room compute, put together once for all reports.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartlib.index.audit.totals import denominators_of, known_marks, total_interval
from smartlib.index.make.rank import rank
from smartlib.index.ranks.moves import rank_ranges
from smartlib.index.ranks.rank_sets import rank_confidence_sets
from smartlib.index.ranks.rank_spread import rank_intervals
from smartlib.index.ranks.scenarios import draw_scenarios, scenario_ranks
from smartlib.index.trust.reliability import error_routes
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import RANKS

RANKS_SEED = 2024  # any; fixed, so that two builds give the same bytes
DIGITS = 9  # kept of a standard error; the last ones differ between processors


def rank_table(
    scores: pd.DataFrame, scheme: Scheme, recovered: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Ranks of the published index with their confidence sets and ranges.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        The tidy rows of one year: region_code, track, dimension means, published_index,
        harmonised_index, previous_index.
    scheme : Scheme
        Of that year.
    recovered : DataFrame, optional
        Output of `recovered_means`: narrows what rounding leaves open.

    Returns
    -------
    DataFrame, shape (n x routes, 14)
        The columns of `RANKS`; a route that the table cannot support (no index of last year)
        has no rows.

    Raises
    ------
    DataError
        A row lacks a mark that its total needs.

    Notes
    -----
    Sets at 95% for the published index, errors of the regions independent and equal, under
    each route of `error_routes`. `rounding` holds the ranks of an index made from the marks
    before any rounding: where published totals are level, or turn on a rounded mean, it need
    not hold the published rank. `method` is over the scenarios of `draw_scenarios` on the
    harmonised index, whose dimensions every region has; as many leave one dimension out as
    there are dimensions, and one in that number plus one leaves none out.
    """
    rows = scores.set_index("region_code")
    index = rows["published_index"]
    fixed = {
        **_named("rounding", rank_intervals(*_unrounded(scores, scheme, recovered))),
        **_over_methods(rows, scheme),
    }
    parts = []
    routes = error_routes(scores, scheme)
    for route in routes[routes["reason"] == ""].itertuples():
        errors = np.full(len(rows), route.standard_error)
        sets = {
            name: rank_confidence_sets(
                index,
                errors,
                simultaneous=name == "simultaneous",
                rng=np.random.default_rng(RANKS_SEED),
            )
            for name in ("marginal", "simultaneous")
        }
        columns = {
            "route": route.Index,
            "index": index,
            "standard_error": round(route.standard_error, DIGITS),
            "rank": rank(index),
            **_named("marginal", sets["marginal"]),
            **_named("simultaneous", sets["simultaneous"]),
            **fixed,
        }
        parts.append(pd.DataFrame(columns, index=rows.index).reset_index())
    if not parts:
        return pd.DataFrame(columns=RANKS.column_names)
    table = pd.concat(parts)[RANKS.column_names]
    return table.sort_values(list(RANKS.key), ignore_index=True)


def _named(name: str, ends: pd.DataFrame) -> dict[str, np.ndarray]:
    return {f"{name}_{end}": ends[end].to_numpy() for end in ("low", "high")}


def _unrounded(
    scores: pd.DataFrame, scheme: Scheme, recovered: pd.DataFrame | None
) -> tuple[pd.Series, pd.Series]:
    """Least and greatest index that each region's marks may give before rounding."""
    possible = None if recovered is None else recovered[recovered["candidates"] > 0]
    counts = denominators_of(possible)
    ends = {}
    for row in scores.to_dict("records"):
        known = known_marks(row, scheme, "whole_marks", counts)
        interval = total_interval(known, scheme.tracks[row["track"]])
        if interval is None:
            raise DataError(f"{row['region_code']} lacks a mark that its total needs.")
        ends[row["region_code"]] = (float(interval.low), float(interval.high))
    frame = pd.DataFrame.from_dict(ends, orient="index", columns=["low", "high"])
    return frame["low"], frame["high"]


def _over_methods(rows: pd.DataFrame, scheme: Scheme) -> dict[str, np.ndarray]:
    weights = scheme.common.weights
    scenarios = draw_scenarios(weights, rng=np.random.default_rng(RANKS_SEED))
    ranges = rank_ranges(scenario_ranks(rows[list(weights)], scenarios), rows.index)
    return {name: ranges[name].to_numpy() for name in ("method_p05", "method_p50", "method_p95")}
