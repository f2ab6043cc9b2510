"""The specification curve: every defensible fit, its summary, inference under the null.

Choices are planned as records before anything is fitted. Errors are those of `core`'s registry,
computed here for many outcomes at once.
"""

from smartlib.inference.curve.curve import SpecificationCurve, run_specifications
from smartlib.inference.curve.multiverse import Multiverse, factor_vintages
from smartlib.inference.curve.null import NULLS, permutation_test
from smartlib.inference.curve.recipes import Recipe, build_indices
from smartlib.inference.curve.specification import Specification, plan_specifications
