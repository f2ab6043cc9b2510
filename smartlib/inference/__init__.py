"""Floor 3: factors, fits, nearest regions. Takes frames, never reads a file."""

from smartlib.inference.circularity import circularity
from smartlib.inference.derived import DERIVED, label_of, unit_of
from smartlib.inference.factors import FactorTable, factor_table, latest_complete_year
from smartlib.inference.fits import Coefficient, Fit, fit_ols
from smartlib.inference.nearest import LIKENESS, nearest

__all__ = [
    "DERIVED",
    "LIKENESS",
    "Coefficient",
    "FactorTable",
    "Fit",
    "circularity",
    "factor_table",
    "fit_ols",
    "label_of",
    "latest_complete_year",
    "nearest",
    "unit_of",
]
