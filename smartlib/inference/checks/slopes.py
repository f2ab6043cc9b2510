"""Whether a factor's slope is the same on each track: found after looking (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from smartlib.inference.checks.forms import judged_twice
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.least_squares import Floats, LeastSquares, least_squares


@dataclass(frozen=True)
class SlopeDifference:
    """The slope of a factor where a 0/1 column is 1, less that where it is 0.

    Attributes
    ----------
    group, form : str
        The 0/1 column; `level` or `log` of the factor.
    difference : Estimate
        By CR2, in outcome points for one unit of the form.
    p_wild : float
        Of the same, by the wild cluster bootstrap.
    """

    group: str
    form: str
    difference: Estimate
    p_wild: float


def slope_differences(
    fit: LeastSquares, factor: str, groups: Sequence[str], clusters: ArrayLike
) -> tuple[SlopeDifference, ...]:
    """The interaction of a factor with each 0/1 column, by level and, where it can be, by log.

    Parameters
    ----------
    fit : LeastSquares
        Of n rows, unweighted, with the factor in its level.
    factor : str
        Its column.
    groups : sequence of str
        0/1 columns of the fit, each in a regression of its own.
    clusters : array, shape (n,)
        Label of each row's cluster.

    Returns
    -------
    tuple of SlopeDifference

    Raises
    ------
    ParameterError
        No such column.
    DataError
        An interaction that the other columns determine, or that one cluster alone decides.

    Notes
    -----
    One pooled coefficient is a mean of the groups' own slopes, weighted by how much the factor
    varies in each once the other columns are taken out.

    Verification: R: clubSandwich 0.5.8, to 1e-8.
    """
    x = fit.x[:, fit.place(factor)]
    forms: dict[str, Floats] = {"level": x} | ({"log": np.log(x)} if (x > 0).all() else {})
    found = []
    for group in groups:
        for form, values in forms.items():
            solved = _crossed(fit, factor, group, values)
            difference, drawn = judged_twice(solved, solved.names[-1], clusters)
            found.append(SlopeDifference(group, form, difference, drawn.p_value))
    return tuple(found)


def _crossed(fit: LeastSquares, factor: str, group: str, values: Floats) -> LeastSquares:
    design = fit.x.copy()
    design[:, fit.place(factor)] = values
    both = values * fit.x[:, fit.place(group)]
    names = [*fit.names, f"{factor}:{group}"]
    return least_squares(np.column_stack([design, both]), fit.y, names, fit.rows)
