"""How published numbers can have been made: totals, weights, whole marks, single questions.

Each check gives codes, counts and, for the audit's own table, a line of detail. A check of a
new kind belongs here; how an index is made, and what its ranks are worth, does not.
"""

from smartlib.index.audit.arithmetic import audit_means, audit_totals
from smartlib.index.audit.findings import audit_table, survey_rows
from smartlib.index.audit.granularity import (
    assessor_likelihood,
    audit_granularity,
    denominator_candidates,
    questions_by_dimension,
)
from smartlib.index.audit.origins import audit_finals, marks_behind, origins_of
from smartlib.index.audit.questions import off_grid
from smartlib.index.audit.readings import INPUTS
from smartlib.index.audit.spread import straight_lining
from smartlib.index.audit.totals import audit_rounding
from smartlib.index.audit.weights import feasible_on_grid, feasible_weights
