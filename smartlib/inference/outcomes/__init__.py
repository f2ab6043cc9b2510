"""Outcomes before and after selection: differences in differences, and what speaks against them.

`study` asks one outcome everything that a verdict rests on; the estimators for cohorts of several
years are the extra library's (`library`, `staggered`).
"""

from smartlib.inference.outcomes.asked import (
    BESIDE,
    LIMITS,
    Settings,
    bounds,
    designed,
    from_base,
    jumping,
    late_cohorts,
    omissions,
    paths_of,
    together,
    trap,
)
from smartlib.inference.outcomes.breaks import break_years, fits_another
from smartlib.inference.outcomes.contrast import detectable, permuted
from smartlib.inference.outcomes.groups import groups_of
from smartlib.inference.outcomes.honest import relative
from smartlib.inference.outcomes.library import has_library
from smartlib.inference.outcomes.overlap import balance
from smartlib.inference.outcomes.paths import pre_trend
from smartlib.inference.outcomes.study import study
