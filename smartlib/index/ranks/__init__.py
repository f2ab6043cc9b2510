"""How far ranks are known: confidence sets, other methods, what a weight is worth.

What is drawn or computed over all regions at once; one region's place belongs to `region`.
"""

from smartlib.index.ranks.importance import compensation, compensation_rates, effective_weights
from smartlib.index.ranks.methods import AGGREGATIONS, NORMALISATIONS, aggregate, normalise
from smartlib.index.ranks.moves import mean_shift, rank_ranges, reversals
from smartlib.index.ranks.rank_sets import rank_confidence_sets
from smartlib.index.ranks.rank_spread import rank_probabilities
from smartlib.index.ranks.ranking import RANKS_SEED, rank_table
from smartlib.index.ranks.scenarios import (
    corner_weights,
    draw_scenarios,
    scenario_ranks,
    scheme_ranks,
    weight_scenarios,
)
from smartlib.index.ranks.sensitivity import method_sensitivity
