"""Floor 2: the composite index, its audit, ranks and participation.

Takes frames and arrays, never reads a file.
"""

from smartlib.index.audit import audit_means, audit_totals
from smartlib.index.composite import (
    composite_index,
    contributions,
    harmonised_index,
    previous_index,
    weighted_total,
)
from smartlib.index.evaluate import evaluated
from smartlib.index.participation import flow, participation
from smartlib.index.ranks import lowest_possible, median_bounds, percentile, rank
from smartlib.index.rounding import mean_published, round_published

__all__ = [
    "audit_means",
    "audit_totals",
    "composite_index",
    "contributions",
    "evaluated",
    "flow",
    "harmonised_index",
    "lowest_possible",
    "mean_published",
    "median_bounds",
    "participation",
    "percentile",
    "previous_index",
    "rank",
    "round_published",
    "weighted_total",
]
