"""What a straight line in one factor hides, gathered: forms, curve, slopes by group (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from smartlib.inference.checks.curvature import Curve, bending, curve_of, has_knots
from smartlib.inference.checks.forms import Contrasts, form_contrasts, quartiles
from smartlib.inference.checks.slopes import SlopeDifference, slope_differences
from smartlib.inference.core.least_squares import LeastSquares
from smartlib.vocabulary.errors import DataError

REASONS = ("few_values", "same_quartiles", "undetermined")  # why a factor has no other form


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
        Of the groups whose rows determine one; empty where there is no group.
    unsloped : tuple of str
        The other groups, as one in which the factor does not vary.
    reason : str
        Of `REASONS`, why there are no contrasts and curve; nothing where there are.
    detail : str
        What was not determined; nothing for the other reasons.
    """

    factor: str
    contrasts: Contrasts | None
    curve: Curve | None
    slopes: tuple[SlopeDifference, ...]
    unsloped: tuple[str, ...] = ()
    reason: str = ""
    detail: str = ""


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
    slopes, unsloped = _slopes(fit, factor, others, clusters)
    reason = _not_formed(fit, factor)
    if reason:
        return FormStudy(factor, None, None, slopes, unsloped, reason)
    try:
        contrasts, curve = form_contrasts(fit, factor, clusters), curve_of(fit, factor)
    except DataError as error:
        told = ("undetermined", error.message)
        return FormStudy(factor, None, None, slopes, unsloped, *told)
    return FormStudy(factor, contrasts, curve, slopes, unsloped)


def _slopes(
    fit: LeastSquares, factor: str, groups: Sequence[str], clusters: ArrayLike
) -> tuple[tuple[SlopeDifference, ...], tuple[str, ...]]:
    """Slopes of the groups that have one, and the groups that have none."""
    slopes, without = list[SlopeDifference](), list[str]()
    for group in groups:
        try:
            slopes += slope_differences(fit, factor, [group], clusters)
        except DataError:
            without.append(group)
    return tuple(slopes), tuple(without)


def _not_formed(fit: LeastSquares, factor: str) -> str:
    """Why its values allow no other form, nothing where they do."""
    values = fit.x[:, fit.place(factor)]
    low, high = quartiles(values)
    if factor not in bending(fit):
        return "few_values"
    if low == high:
        return "same_quartiles"
    return "" if has_knots(values) else "few_values"
