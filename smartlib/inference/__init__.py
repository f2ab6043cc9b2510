"""Floor 3: factors, formulas, fits, their errors. Takes frames, never reads a file."""

from smartlib.inference.checks.by_year import coefficients_by_year
from smartlib.inference.core.fits import Coefficient, Fit, fit_ols
from smartlib.inference.core.formulas import design_of, read_formula
from smartlib.inference.core.fractional import FractionalLogit, fractional_logit
from smartlib.inference.core.models import SE_KINDS, FittedModel, beside_table, fit
from smartlib.inference.factors.circularity import (
    Purge,
    circular_questions,
    circularity,
    circularity_bound,
    purge,
)
from smartlib.inference.factors.derived import DERIVED, label_of, read_against, unit_of
from smartlib.inference.factors.nearest import LIKENESS, nearest
from smartlib.inference.factors.outcomes import analysis_frame, outcome_labels, outcome_table
from smartlib.inference.factors.table import (
    Factor,
    FactorTable,
    factor_table,
    factors_by_rule,
    join_user_factors,
    latest_complete_year,
    registry,
)

__all__ = [
    "DERIVED",
    "LIKENESS",
    "SE_KINDS",
    "Coefficient",
    "Factor",
    "FactorTable",
    "Fit",
    "FittedModel",
    "FractionalLogit",
    "Purge",
    "analysis_frame",
    "beside_table",
    "circular_questions",
    "circularity",
    "circularity_bound",
    "coefficients_by_year",
    "design_of",
    "factor_table",
    "factors_by_rule",
    "fit",
    "fit_ols",
    "fractional_logit",
    "join_user_factors",
    "label_of",
    "latest_complete_year",
    "nearest",
    "outcome_labels",
    "outcome_table",
    "purge",
    "read_against",
    "read_formula",
    "registry",
    "unit_of",
]
