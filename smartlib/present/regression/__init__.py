"""Regressions shown: the table a journal prints, sheets and figures of the three notebooks.

Numbers come from `inference` as records; what is said of them stands in `words`.
"""

from smartlib.present.regression.journal import RegressionTable, coefficient_table, regression_table
from smartlib.present.regression.steps import Step, natural_steps
