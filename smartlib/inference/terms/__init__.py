"""What a formula and a condition may say: rows, levels that are taken out, functions, names.

Stands below the estimators and knows nothing of them.
"""

from smartlib.inference.terms.absorbed import Levels, levels_of, singletons
from smartlib.inference.terms.functions import near_names, poly, standardised
from smartlib.inference.terms.where import rows_where
