"""How far the index can be trusted: reliability and its two routes (floor 2).

A reliability is the share of variance that is not error, and what counts as error depends
on the route. Alpha was made for items that reflect one thing. This index is
formative: its dimensions make it up, and need not go together. Under the internal route
"error" is therefore whatever a dimension has of its own, be it assessors' noise or a real
strength; under the retest route it is whatever moved between two years, be it noise or
real change.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartlib.index.trust.consistency import (
    complete_items,
    correlations,
    cronbach_alpha,
    feldt_interval,
    fisher_interval,
    standard_error,
)
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.kept import kept
from smartlib.vocabulary.levels import checked_level
from smartlib.vocabulary.records import Scheme

ASSUMPTIONS = {
    "internal": "The dimensions measure one thing equally well and err independently, so that "
    "all that a dimension has of its own counts as error.",
    "retest": "No region really changed between the two years, so that all movement of one "
    "region past others counts as error.",
}


@kept
def error_routes(scores: pd.DataFrame, scheme: Scheme, *, level: float = 0.95) -> pd.DataFrame:
    """Standard error of one index by each route: two readings, neither of them a bound.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        Means of the common track's dimensions, harmonised_index, published_index,
        previous_index.
    scheme : Scheme
        Its common track names the dimensions.
    level : float, default 0.95
        Of the intervals of the reliabilities.

    Returns
    -------
    DataFrame, shape (2, 9)
        Indexed by route (`internal`, `retest`): reliability, low, high, standard_error (index
        points), rows (used), passed_over (a needed mark or last year's index is missing),
        assumption (one sentence), reason (why there are no figures, else empty).

    Raises
    ------
    DataError
        The level does not lie between 0 and 1.

    Notes
    -----
    Each standard error is sd sqrt(1 - reliability). `internal`: Cronbach's alpha of the
    dimensions, with Feldt's interval, and the sd of the harmonised index. Marks of the same
    assessors in the same week share errors that alpha takes for consistency, which makes it
    too small; but alpha is built for reflective scales and the index is formative, so a
    region's real strength in one dimension counts as error, which makes it too large.
    `retest`: correlation of this year's published index with last year's, with Fisher's
    interval, and the sd of this year's. Real change counts as error, which makes it too large;
    errors that both years share do not, which makes it too small. It takes both years' errors
    to be equally large. Intervals take regions for independent rows.
    """
    checked_level(level)
    dimensions = scores[list(scheme.common.weights)]
    years = scores[["published_index", "previous_index"]]
    return pd.DataFrame.from_dict(
        {
            "internal": _route("internal", dimensions, scores["harmonised_index"], level),
            "retest": _route("retest", years, scores["published_index"], level),
        },
        orient="index",
    ).rename_axis("route")


def _route(name: str, items: pd.DataFrame, values: pd.Series, level: float) -> dict[str, object]:
    known = items.notna().all(axis=1)
    rows, found, reason = int(known.sum()), (np.nan,) * 4, ""
    try:
        if name == "internal":
            reliability = cronbach_alpha(items)
            interval = feldt_interval(reliability, rows, items.shape[1], level=level)
        else:
            reliability = float(correlations(complete_items(items))[0, 1])
            interval = fisher_interval(reliability, rows, level=level)
        found = (reliability, *interval, standard_error(values[known], reliability))
    except DataError as problem:
        reason = str(problem)
    return {
        **dict(zip(("reliability", "low", "high", "standard_error"), found, strict=True)),
        "rows": rows,
        "passed_over": len(items) - rows,
        "assumption": ASSUMPTIONS[name],
        "reason": reason,
    }
