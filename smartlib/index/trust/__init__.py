"""How far an index can be trusted: reliability, what its dimensions share, change against noise.

Statistics of the dimensions as items; what they mean for ranks is computed in `ranks`.
"""

from smartlib.index.trust.agreement import cohens_kappa, krippendorffs_alpha
from smartlib.index.trust.change import (
    change_counts,
    change_questions,
    reliable_change,
    slope_from_noise,
)
from smartlib.index.trust.components import parallel_analysis, principal_components
from smartlib.index.trust.consistency import (
    checked_reliability,
    item_rest,
    standard_error,
)
from smartlib.index.trust.measurement import measurement_study
from smartlib.index.trust.one_factor import mcdonald_omega, one_factor
from smartlib.index.trust.reliability import error_routes
