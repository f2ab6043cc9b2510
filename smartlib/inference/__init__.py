"""Floor 3: factors, formulas, fits, their errors. Takes frames, never reads a file.

The names below are what most callers need; `checks`, `core`, `curve`, `factors` and `programme`
have more.
"""

from smartlib.inference.checks import checks_of, classical_checks, coefficients_by_year
from smartlib.inference.core import (
    KINDS,
    Estimate,
    FittedModel,
    FractionalLogit,
    beside_table,
    design_of,
    fit,
    fit_family,
    fractional_logit,
    read_formula,
)
from smartlib.inference.descriptive import chosen_names, correlations, describe
from smartlib.inference.factors import (
    DERIVED,
    FLOW_BASES,
    Factor,
    FactorTable,
    Purge,
    analysis_frame,
    asks_for_panel,
    circular_questions,
    circularity_bound,
    custom_outcome,
    factor_table,
    factors_by_rule,
    join_user_factors,
    label_of,
    latest_complete_year,
    outcome_labels,
    outcome_table,
    panel_frame,
    purge,
    read_against,
    registry,
    row_names,
    unit_of,
    with_years,
)
from smartlib.inference.factors.circularity import circularity
from smartlib.inference.factors.nearest import LIKENESS, nearest
from smartlib.inference.terms import rows_where
