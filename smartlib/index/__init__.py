"""Floor 2: the composite index; its audit, ranks, reliability and sensitivity; participation.

Takes frames and arrays, never reads a file.
"""

from smartlib.index.audit.arithmetic import audit_means, audit_totals
from smartlib.index.audit.findings import (
    Marks,
    Origins,
    audit_finals,
    audit_table,
    marks_behind,
    origins_of,
)
from smartlib.index.audit.granularity import (
    assessor_likelihood,
    audit_granularity,
    denominator_candidates,
    possible_means,
    questions_by_dimension,
    recovered_means,
)
from smartlib.index.audit.questions import off_grid, straight_lining, survey_means
from smartlib.index.audit.totals import audit_rounding, inputs_of_totals
from smartlib.index.audit.weights import feasible_on_grid, feasible_weights, recovered_weights
from smartlib.index.make.composite import (
    composite_index,
    contributions,
    harmonised_index,
    previous_index,
    purged_index,
    weighted_total,
)
from smartlib.index.make.evaluate import evaluated
from smartlib.index.make.participation import flow, participation
from smartlib.index.make.rank import lowest_possible, median_bounds, percentile, rank
from smartlib.index.make.rounding import (
    Interval,
    mean_published,
    round_published,
    rounding_interval,
)
from smartlib.index.ranks.importance import compensation, compensation_rates, effective_weights
from smartlib.index.ranks.methods import corner_weights, draw_scenarios, scenario_ranks
from smartlib.index.ranks.rank_sets import (
    best_sets,
    rank_confidence_sets,
    rank_intervals,
    rank_probabilities,
)
from smartlib.index.ranks.ranking import rank_table
from smartlib.index.ranks.sensitivity import (
    mean_shift,
    method_sensitivity,
    rank_ranges,
    reversals,
    sobol_indices,
)
from smartlib.index.region.gap import Gap, gap_to
from smartlib.index.region.goals import Goal, assessors_found, next_tenth, rises_to, targets
from smartlib.index.region.places import (
    Place,
    check_known,
    lost_on_track,
    places,
    profile,
    profile_bounds,
)
from smartlib.index.region.what_if import worth_of_one_mark
from smartlib.index.trust.change import expected_from_regression, reliable_change, slope_from_noise
from smartlib.index.trust.consistency import cronbach_alpha, item_rest, standard_error
from smartlib.index.trust.factor_views import (
    mcdonald_omega,
    one_factor,
    parallel_analysis,
    principal_components,
)
from smartlib.index.trust.reliability import error_routes, over_questions

__all__ = [
    "Gap",
    "Goal",
    "Interval",
    "Marks",
    "Origins",
    "Place",
    "assessor_likelihood",
    "assessors_found",
    "audit_finals",
    "audit_granularity",
    "audit_means",
    "audit_rounding",
    "audit_table",
    "audit_totals",
    "best_sets",
    "check_known",
    "compensation",
    "compensation_rates",
    "composite_index",
    "contributions",
    "corner_weights",
    "cronbach_alpha",
    "denominator_candidates",
    "draw_scenarios",
    "effective_weights",
    "error_routes",
    "evaluated",
    "expected_from_regression",
    "feasible_on_grid",
    "feasible_weights",
    "flow",
    "gap_to",
    "harmonised_index",
    "inputs_of_totals",
    "item_rest",
    "lost_on_track",
    "lowest_possible",
    "marks_behind",
    "mcdonald_omega",
    "mean_published",
    "mean_shift",
    "median_bounds",
    "method_sensitivity",
    "next_tenth",
    "off_grid",
    "one_factor",
    "origins_of",
    "over_questions",
    "parallel_analysis",
    "participation",
    "percentile",
    "places",
    "possible_means",
    "previous_index",
    "principal_components",
    "profile",
    "profile_bounds",
    "purged_index",
    "questions_by_dimension",
    "rank",
    "rank_confidence_sets",
    "rank_intervals",
    "rank_probabilities",
    "rank_ranges",
    "rank_table",
    "recovered_means",
    "recovered_weights",
    "reliable_change",
    "reversals",
    "rises_to",
    "round_published",
    "rounding_interval",
    "scenario_ranks",
    "slope_from_noise",
    "sobol_indices",
    "standard_error",
    "straight_lining",
    "survey_means",
    "targets",
    "weighted_total",
    "worth_of_one_mark",
]
