"""Outcomes before and after selection: differences in differences, and what speaks against them.

`study` asks one outcome everything that a verdict rests on; the estimators for cohorts of several
years are the extra library's (`library`, `staggered`).
"""

from smartlib.inference.outcomes.breaks import break_years, fits_another, jumps
from smartlib.inference.outcomes.contrast import compare, detectable, leave_out, permuted
from smartlib.inference.outcomes.groups import groups_of
from smartlib.inference.outcomes.honest import relative, smooth
from smartlib.inference.outcomes.library import has_library
from smartlib.inference.outcomes.overlap import balance, weighted
from smartlib.inference.outcomes.paths import pre_trend
from smartlib.inference.outcomes.staggered import ESTIMATORS, long_panel, mixed, stated
from smartlib.inference.outcomes.study import HELD, Design, most_moving, neighbours, study
