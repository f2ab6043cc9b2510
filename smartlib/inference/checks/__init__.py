"""What a fit leans on and what it would miss: rows, groups, curves, neighbours, power.

Every check takes a `LeastSquares` and returns numbers and codes; the words for them stand in
`present`. Nothing here decides which coefficient is believed.
"""

from smartlib.inference.checks.by_year import coefficients_by_year
from smartlib.inference.checks.classical import Check, checks_of, classical_checks
from smartlib.inference.checks.curvature import curvature
from smartlib.inference.checks.form_study import form_study
from smartlib.inference.checks.influence import leave_group_out
from smartlib.inference.checks.power import minimum_detectable_coefficient
from smartlib.inference.checks.spatial import morans_i
from smartlib.inference.checks.tests import collinearity, heteroskedasticity, reset
from smartlib.inference.checks.unmeasured import contours
