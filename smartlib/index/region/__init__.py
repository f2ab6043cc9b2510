"""One region among the others: its place, its gaps, its goals, what would move it.

Numbers and reasons as codes; the sentences made of them stand in `present/words/`.
"""

from smartlib.index.region.apart import least_difference, told_apart
from smartlib.index.region.gap import Gap, blank_costs, gap_in_track, gap_to
from smartlib.index.region.goals import Goal, assessors_found, next_tenth, rises_to, targets
from smartlib.index.region.places import (
    Place,
    check_known,
    lost_on_track,
    places,
    profile,
    profile_bounds,
)
from smartlib.index.region.remarks import (
    beside_scores,
    coded_remarks,
    coder_of_rules,
    codes_of,
    remarks_by_assessor,
    themes_by_kind,
)
