"""What a straight line in one factor hides, gathered: forms, curve, slopes by group (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from smartlib.inference.checks.curvature import Curve, bending, curve_of
from smartlib.inference.checks.forms import Contrasts, form_contrasts
from smartlib.inference.checks.slopes import SlopeDifference, slope_differences
from smartlib.inference.core.least_squares import LeastSquares
from smartlib.vocabulary.errors import DataError


@dataclass(frozen=True, eq=False)
class FormStudy:
    """A factor without the straight line.

    Attributes
    ----------
    factor : str
    contrasts : Contrasts or None
    curve : Curve or None
        None where the factor has too few values.
    slopes : tuple of SlopeDifference
        Of the groups that have rows enough; empty where there is no group.
    reason : str
        Why there are no contrasts and curve; else nothing.
    """

    factor: str
    contrasts: Contrasts | None
    curve: Curve | None
    slopes: tuple[SlopeDifference, ...]
    reason: str


def form_study(
    fit: LeastSquares, factor: str, groups: Sequence[str], clusters: ArrayLike
) -> FormStudy:
    """Forms, curve and slopes of one factor, as far as its values allow.

    Parameters
    ----------
    fit : LeastSquares
        Unweighted, with the factor in its level.
    factor : str
        Its column.
    groups : sequence of str
        0/1 columns of the fit by which its slope may differ.
    clusters : array, shape (n,)
        Label of each row's cluster.

    Raises
    ------
    ParameterError
        No such column.
    DataError
        Labels missing or not one a row.
    """
    others = [name for name in groups if name != factor]
    slopes = slope_differences(fit, factor, others, clusters)
    if factor not in bending(fit):
        return FormStudy(factor, None, None, slopes, "it has only a few values")
    try:
        contrasts, curve = form_contrasts(fit, factor, clusters), curve_of(fit, factor)
    except DataError as error:
        return FormStudy(factor, None, None, slopes, error.message)
    return FormStudy(factor, contrasts, curve, slopes, "")
