"""Floor 3: factors, formulas, fits, their errors. Takes frames, never reads a file."""

from smartlib.inference.by_year import coefficients_by_year
from smartlib.inference.circularity import (
    Purge,
    circular_questions,
    circularity,
    circularity_bound,
    purge,
)
from smartlib.inference.derived import DERIVED, label_of, read_against, unit_of
from smartlib.inference.factors import (
    Factor,
    FactorTable,
    factor_table,
    factors_by_rule,
    join_user_factors,
    latest_complete_year,
    registry,
)
from smartlib.inference.fits import Coefficient, Fit, fit_ols
from smartlib.inference.formulas import design_of, read_formula
from smartlib.inference.fractional import FractionalLogit, fractional_logit
from smartlib.inference.models import SE_KINDS, FittedModel, beside_table, fit
from smartlib.inference.nearest import LIKENESS, nearest
from smartlib.inference.outcomes import analysis_frame, outcome_labels, outcome_table

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
