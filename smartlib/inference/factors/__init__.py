"""What a formula can name: published and derived factors, outcomes, what scores itself.

Which year a factor is of, what it is made from and which questions score it too. Nothing here
fits anything.
"""

from smartlib.inference.factors.circularity import (
    Purge,
    circular_questions,
    circularity_bound,
    purge,
)
from smartlib.inference.factors.derived import DERIVED, label_of, read_against, unit_of
from smartlib.inference.factors.outcomes import (
    analysis_frame,
    custom_outcome,
    outcome_labels,
    outcome_table,
)
from smartlib.inference.factors.panel import (
    asks_for_panel,
    panel_frame,
    row_names,
    with_years,
)
from smartlib.inference.factors.table import (
    FLOW_BASES,
    Factor,
    FactorTable,
    factor_table,
    factors_by_rule,
    join_user_factors,
    latest_complete_year,
    registry,
)
