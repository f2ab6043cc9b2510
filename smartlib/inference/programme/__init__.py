"""The programme studies: who is in, what lost rows could change, tracks, improvement.

Each estimator answers for stated regions under a stated assumption. What fits any regression is
in `core`.
"""

from smartlib.inference.programme.balancing import (
    entropy_balance,
    inverse_probability_weights,
    under_weights,
)
from smartlib.inference.programme.by_track import TrackStudy, beside_common
from smartlib.inference.programme.improvement import change_slope, improvement_table
from smartlib.inference.programme.imputation import impute
from smartlib.inference.programme.membership import logit
from smartlib.inference.programme.selection import (
    cut_as_if_random,
    known_beyond,
    stage_outcomes,
)
from smartlib.inference.programme.tracks import compare_groups, overlap
from smartlib.inference.programme.worst_case import bounds_of_coefficients, bounds_of_mean
