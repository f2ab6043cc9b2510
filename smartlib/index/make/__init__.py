"""Making an index: marks to means to totals, rounding as published, places, who took part.

Exact arithmetic on one year's table, by its scheme. Nothing here doubts a number: `audit` does.
"""

from smartlib.index.make.composite import (
    composite_index,
    harmonised_index,
    purged_index,
    weighted_total,
)
from smartlib.index.make.evaluate import evaluated
from smartlib.index.make.participation import flow, participation
from smartlib.index.make.rank import index_ends, median_bounds, rank
from smartlib.index.make.rounding import RULES, exact, rounding_interval
