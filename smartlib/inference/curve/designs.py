"""What regressions of a curve share: rows and columns, decomposed once (floor 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartlib.inference.checks.forms import SQUARE, formed
from smartlib.inference.core.least_squares import COLLINEAR, ROWS_PER_COEFFICIENT, Floats
from smartlib.inference.core.sandwich import WHOLE
from smartlib.inference.curve.multiverse import Multiverse
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed

DesignKey = tuple[tuple[str, ...], str, str, str]  # controls, vintage, sample, form


@dataclass(frozen=True, eq=False)
class FocalDesign:
    """What regressions on one set of columns and rows share, whatever the outcome.

    Attributes
    ----------
    rows : array of int, shape (n,)
        Places in the multiverse's rows, cluster by cluster.
    basis : array, shape (n, k - 1)
        Orthonormal columns that span the intercept and the controls.
    focal : array, shape (n,)
        Focal factor, in its unit, less what the basis explains of it.
    starts : array of int, shape (G,)
        Where each cluster starts.
    missing : int
        Rows of the sample that lack a factor.
    """

    rows: NDArray[np.intp]
    basis: Floats
    focal: Floats
    starts: NDArray[np.intp]
    missing: int

    @property
    def coefficients(self) -> int:
        """Number of coefficients, k."""
        return self.basis.shape[1] + 1


def focal_design(
    multiverse: Multiverse,
    controls: tuple[str, ...],
    vintage: str,
    sample: str,
    form: str = "level",
    *,
    rows_each: int = ROWS_PER_COEFFICIENT,
) -> FocalDesign:
    """Rows and columns of a regression, decomposed.

    Parameters
    ----------
    multiverse : Multiverse
        With the focal factor.
    controls : tuple of str
        Other columns.
    vintage, sample : str
        Names in the multiverse.
    form : str, default "level"
        Of the focal factor, one of the multiverse's.
    rows_each : int, default 10
        Fewest rows for each coefficient.

    Returns
    -------
    FocalDesign

    Raises
    ------
    DataError
        Too few rows, a constant column, columns that determine each
        other, a row that alone decides a coefficient, a cluster that alone decides the focal
        factor's, fewer than two clusters.
    """
    names = [multiverse.focal, *controls]
    table = multiverse.vintages[vintage][names].to_numpy("float64", na_value=np.nan)
    sampled = multiverse.samples[sample].to_numpy()
    complete = np.isfinite(table).all(axis=1)
    codes, order = multiverse.codes, multiverse.order
    rows = order[(sampled & complete)[order]]
    columns, called = _formed(multiverse, table[rows], names, form)
    _check_columns(columns, called, rows_each)
    basis, focal = _split(columns, called)
    starts = np.flatnonzero(np.diff(codes[rows], prepend=-1))
    _check_leverage(basis, focal, starts, multiverse.rows[rows])
    return FocalDesign(rows, basis, focal, starts, int((sampled & ~complete).sum()))


def _formed(
    multiverse: Multiverse, table: Floats, names: list[str], form: str
) -> tuple[Floats, list[str]]:
    """The focal factor in its unit or form first, then controls, then what bends it."""
    if multiverse.ends is None:
        return table / [multiverse.unit, *np.ones(len(names) - 1)], names
    made = formed(table[:, 0], form, multiverse.ends)
    bends = [f"{names[0]}{SQUARE}"] * (made.shape[1] - 1)
    return np.column_stack([made[:, 0], table[:, 1:], made[:, 1:]]), [*names, *bends]


def _split(table: Floats, names: list[str]) -> tuple[Floats, Floats]:
    """Orthonormal basis of intercept and controls, and what they leave of the focal factor."""
    design = np.column_stack([np.ones(len(table)), table[:, 1:], table[:, 0]])
    q, r = np.linalg.qr(design)
    left_over = np.abs(np.diag(r)) / np.linalg.norm(design, axis=0)
    if not (left_over > COLLINEAR).all():
        raise DataError(f"{', '.join(names)} determine each other; leave one of them out.")
    return q[:, :-1], q[:, -1] * r[-1, -1]


def _check_columns(table: Floats, names: list[str], rows_each: int) -> None:
    needed = max(rows_each * (len(names) + 1), len(names) + 2)  # one more than coefficients
    if len(table) < needed:
        raise DataError(
            f"{len(table)} complete rows for {len(names) + 1} coefficients; at least {needed} are "
            "needed. Drop controls, or take more rows."
        )
    constant = [names[j] for j in np.flatnonzero(np.ptp(table, axis=0) == 0)]
    if constant:
        raise DataError(f"{', '.join(constant)} is the same in every row; leave it out.")


def _check_leverage(
    basis: Floats, focal: Floats, starts: NDArray[np.intp], labels: pd.Index
) -> None:
    if len(starts) < 2:
        raise DataError("All rows are in one cluster; errors between clusters need two or more.")
    unit = focal / np.linalg.norm(focal)
    leverage = (basis**2).sum(axis=1) + unit**2
    alone = [str(label) for label in labels[leverage > 1 - WHOLE]]
    if alone:
        raise DataError(
            f"Row {listed(alone)} alone decides a coefficient; leave out the column that only "
            "this row has, or the row."
        )
    full = np.column_stack([basis, unit])
    share, axes = np.linalg.eigh(np.add.reduceat(full[:, :, None] * full[:, None, :], starts))
    if ((share > 1 - WHOLE) & (np.abs(axes[:, -1, :]) > COLLINEAR**0.5)).any():
        raise DataError("One cluster alone decides the focal factor's coefficient; leave it out.")
