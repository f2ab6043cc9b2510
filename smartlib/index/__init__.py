"""Floor 2: the composite index, its audit, ranks and participation.

Takes frames and arrays, never reads a file.
"""

from smartlib.index.audit import audit_means, audit_totals
from smartlib.index.change import cronbach_alpha, slope_from_noise, standard_error
from smartlib.index.composite import (
    composite_index,
    contributions,
    harmonised_index,
    previous_index,
    purged_index,
    weighted_total,
)
from smartlib.index.evaluate import evaluated
from smartlib.index.participation import flow, participation
from smartlib.index.ranks import lowest_possible, median_bounds, percentile, rank
from smartlib.index.region import (
    Gap,
    Place,
    check_known,
    gap_to_median,
    lost_on_track,
    places,
    profile,
    profile_bounds,
)
from smartlib.index.rounding import mean_published, round_published

__all__ = [
    "Gap",
    "Place",
    "audit_means",
    "audit_totals",
    "check_known",
    "composite_index",
    "contributions",
    "cronbach_alpha",
    "evaluated",
    "flow",
    "gap_to_median",
    "harmonised_index",
    "lost_on_track",
    "lowest_possible",
    "mean_published",
    "median_bounds",
    "participation",
    "percentile",
    "places",
    "previous_index",
    "profile",
    "profile_bounds",
    "purged_index",
    "rank",
    "round_published",
    "slope_from_noise",
    "standard_error",
    "weighted_total",
]
