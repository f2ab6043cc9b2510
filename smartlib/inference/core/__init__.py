"""Estimators: formulas, least squares, covariances, bootstrap, logit of a bounded index.

What fits a regression and says how well each coefficient is known stands here, whatever it is
fitted for. A new covariance estimator is an entry of `covariance.KINDS`. What a fit assumes is
looked at in `checks`, what a column means in `factors`.
"""

from smartlib.inference.core.columns import fit_columns, numbers
from smartlib.inference.core.covariance import KINDS, judged
from smartlib.inference.core.estimates import Estimate, by_student
from smartlib.inference.core.formulas import design_of, read_formula
from smartlib.inference.core.fractional import (
    FractionalLogit,
    fit_family,
    fit_logit,
    fractional_logit,
)
from smartlib.inference.core.least_squares import LeastSquares
from smartlib.inference.core.models import FittedModel, beside_table, fit, refit
from smartlib.inference.core.sandwich import infer
