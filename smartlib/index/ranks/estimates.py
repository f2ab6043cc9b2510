"""Estimates that are to be ranked, checked, with the errors of their differences (floor 2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.records import Finding

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

SEED = 0  # of the draws where no generator is given, so that a second call gives the same sets

ROUNDING = 1e-12  # share of a variance below which lies only what floats lose in adding it up


@dataclass(frozen=True)
class Estimates:
    """Checked estimates from the lowest up, so that the order of rows does not matter.

    `order` holds their places in the caller's table; `root` is the standard errors, shape
    (n,), or the symmetric root of the covariance, shape (n, n); `deviations` the standard
    errors of all differences, shape (n, n), 0 where a difference has no error.
    """

    index: pd.Index
    order: Places
    values: Floats
    root: Floats
    deviations: Floats

    def errors(self, normal: Floats, members: Places) -> Floats:
        """Errors of all, in the order of `members`, from standard normal draws, (n, draws)."""
        if self.root.ndim == 1:
            return self.root[members, None] * normal
        return self.root[np.ix_(members, members)] @ normal


def checked_estimates(estimates: ArrayLike, standard_errors: ArrayLike) -> Estimates:
    """Estimates and their errors, if ranks can be made of them.

    Parameters
    ----------
    estimates, standard_errors
        As in `rank_confidence_sets`.

    Raises
    ------
    DataError
        As `rank_confidence_sets`.
    """
    index, values = labels_of(estimates), np.asarray(estimates, dtype="float64")
    errors = np.asarray(standard_errors, dtype="float64")
    n = values.size
    if values.ndim != 1 or n < 2:
        raise DataError(f"Estimates of shape {values.shape}; expected a list of at least 2.")
    if errors.shape not in {(n,), (n, n)}:
        raise DataError(
            f"{n} estimates with standard errors of shape {errors.shape}; expected ({n},), or "
            f"({n}, {n}) for a covariance."
        )
    check_labels(estimates, standard_errors)
    rows = errors.reshape(n, -1)
    check_rows(index, ~np.isfinite(values), "the estimate is missing", "a number")
    check_rows(index, ~np.isfinite(rows).all(axis=1), "a standard error is missing", "a number")
    if errors.ndim == 1:
        check_rows(index, errors < 0, "the standard error is negative", "0 or more")
        errors = np.diag(errors**2)
    order = np.lexsort((np.diag(errors), values))
    covariance = errors[np.ix_(order, order)]
    root = _root(covariance, index[order])
    return Estimates(index[order], order, values[order], root, _deviations(covariance))


def _root(covariance: Floats, index: pd.Index) -> Floats:
    """Symmetric root of a covariance, or its diagonal where there is nothing else."""
    lopsided = np.abs(covariance - covariance.T) > ROUNDING * np.abs(covariance).max()
    check_rows(index, lopsided.any(axis=1), "its covariances are not symmetric", "S_jk = S_kj")
    variances = np.diag(covariance)
    if np.array_equal(covariance, np.diag(variances)) and (variances >= 0).all():
        return np.sqrt(variances)
    values, vectors = np.linalg.eigh(covariance)
    if values[0] < -ROUNDING * len(values) * values[-1]:
        raise DataError(
            "The covariance is not positive semi-definite: its smallest eigenvalue is "
            f"{values[0]:.3g}, its largest {values[-1]:.3g}; expected none below 0. Estimate it "
            "from complete rows, or give standard errors alone."
        )
    root: Floats = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    return root


def _deviations(covariance: Floats) -> Floats:
    """Standard errors of all differences, exactly 0 where nothing but rounding is left."""
    variances = np.diag(covariance)
    total = variances[:, None] + variances
    square = total - 2 * covariance
    return np.sqrt(np.where(square > ROUNDING * total, square, 0))


def generator(rng: np.random.Generator | None) -> np.random.Generator:
    """The caller's generator, or one with a fixed seed."""
    return np.random.default_rng(SEED) if rng is None else rng


def labels_of(values: ArrayLike) -> pd.Index:
    """Labels of a Series; of anything else the places from 0."""
    return values.index if isinstance(values, pd.Series) else pd.RangeIndex(np.size(values))


def check_labels(one: ArrayLike, other: ArrayLike) -> None:
    """Stop if two labelled tables do not have the same labels in the same order."""
    if not isinstance(one, pd.Series) or not isinstance(other, pd.Series | pd.DataFrame):
        return
    for axis in other.axes:
        if not axis.equals(one.index):
            strange = axis.difference(one.index).append(one.index.difference(axis))
            findings = [Finding("labelled in one only", region=str(name)) for name in strange]
            raise DataError("The labels, or their order, differ; expected the same.", findings)


def check_rows(index: pd.Index, wrong: Flags, problem: str, expected: str) -> None:
    """Stop if any row is wrong, naming all that are."""
    findings = [Finding(problem, region=str(n), expected=expected) for n in index[wrong]]
    if findings:
        raise DataError(f"{len(findings)} of {len(index)} rows cannot be ranked:", findings)
