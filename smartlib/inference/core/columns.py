"""Columns of a frame as numbers, and least squares on them without a formula (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from smartlib.inference.core.formulas import INTERCEPT
from smartlib.inference.core.least_squares import Floats, LeastSquares, least_squares
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed

LEFT_OVER = 0.01  # share of a column's variance; with less its error is ten times as wide


def numbers(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Columns of a frame as finite numbers.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        Holds the columns.
    names : sequence of str
        Each once.

    Raises
    ------
    DataError
        A column that is not there or is named twice, text, a missing or infinite value.
    """
    if len(set(names)) < len(names):
        raise DataError(f"Each column can be named once: {', '.join(names)}.")
    absent = [name for name in names if name not in frame.columns]
    if absent:
        raise DataError(f"No column {listed(absent)}; columns at hand: {', '.join(frame)}.")
    found = frame[list(names)].apply(pd.to_numeric, errors="coerce").astype("float64")
    bad = ~np.isfinite(found)
    if bad.any(axis=None):
        rows = found.index[bad.any(axis=1)]
        columns = ", ".join(found.columns[bad.any()])
        raise DataError(
            f"No finite number in {columns}, row {listed(rows)}; leave out these rows or columns."
        )
    return found


def complete(frame: pd.DataFrame, names: Sequence[str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Rows that have all of some columns, as numbers, and what the other rows lack.

    Parameters
    ----------
    frame, names
        As in `numbers`.

    Raises
    ------
    DataError
        As in `numbers`, but for missing values.
    """
    missing = frame.reindex(columns=list(names)).isna()
    missing = missing.loc[:, ~missing.all()]  # a column that is not there is named by `numbers`
    lacking = missing[missing.any(axis=1)]
    dropped = {
        str(label): ", ".join(missing.columns[row])
        for label, row in zip(lacking.index, lacking.to_numpy(), strict=True)
    }
    return numbers(frame[~missing.any(axis=1)], names), dropped


def check_independent(x: pd.DataFrame) -> None:
    """Refuse columns that do not vary, or that determine each other.

    Raises
    ------
    DataError
        Such columns, by name.
    """
    constant = x.columns[x.nunique() < 2]
    if len(constant):
        raise DataError(f"{listed(constant)} is the same in every row; leave it out.")
    if np.linalg.matrix_rank(((x - x.mean()) / x.std()).to_numpy()) < x.shape[1]:
        raise DataError(f"The factors {', '.join(x)} determine each other; leave one of them out.")


def determined(frame: pd.DataFrame, given: Sequence[str], asked: Sequence[str]) -> list[str]:
    """Columns that others determine, all but for a hundredth of their variance.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        Holds the columns; rows that lack one of them do not count.
    given : sequence of str
        Columns that stay whatever they determine.
    asked : sequence of str
        Other columns, each set against `given` and those asked before it that are not determined
        themselves. A column that does not vary is determined.

    Returns
    -------
    list of str
        Of `asked`; nothing where there are too few rows to tell.

    Raises
    ------
    DataError
        As in `complete`.

    Examples
    --------
    >>> two = pd.DataFrame({"rate": [1.0, 4, 2, 8, 5], "percent": [100.1, 400, 200, 800, 500]})
    >>> determined(two.assign(other=[3.0, 1, 4, 1, 5]), ["rate"], ["percent", "other"])
    ['percent']
    """
    names = list(dict.fromkeys([*given, *asked]))
    columns, _ = complete(frame, names)
    if len(columns) <= len(names) + 1:
        return []
    spread = columns.std().replace(0.0, 1.0)
    x = (columns - columns.mean()) / spread
    kept, found = list(dict.fromkeys(given)), list[str]()
    for name in (name for name in names if name not in kept):
        beside, own = x[kept].to_numpy(), x[name].to_numpy()
        rest = own - beside @ np.linalg.lstsq(beside, own, rcond=None)[0]
        is_left = rest @ rest > LEFT_OVER * (len(x) - 1)
        (kept if is_left else found).append(name)
    return found


def with_intercept(frame: pd.DataFrame, names: Sequence[str]) -> Floats:
    """A column of ones, and columns of a frame beside it: shape (n, 1 + len(names))."""
    x = numbers(frame, names).to_numpy()
    return np.column_stack([np.ones(len(x)), x])


def fit_columns(
    frame: pd.DataFrame,
    outcome: str,
    names: Sequence[str],
    *,
    weights: pd.Series | None = None,
) -> LeastSquares:
    """Least squares of one column on others and an intercept.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        Holds the columns.
    outcome : str
        Column to explain.
    names : sequence of str
        Columns to explain it with.
    weights : Series, shape (n,), optional
        By default all are equal.

    Raises
    ------
    DataError
        What `numbers` and `least_squares` refuse.

    Notes
    -----
    Verification: R: lm and clubSandwich 0.5.8, plain and weighted, to 1e-8.
    """
    data = numbers(frame, [outcome, *names])
    return least_squares(
        with_intercept(data, names),
        data[outcome],
        [INTERCEPT, *names],
        frame.index,
        weights=weights,
    )
