"""Pearson's correlations with their counts and p-values (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import nan

import numpy as np
import pandas as pd
from scipy import stats

from smartlib.inference.descriptive.summary import numeric
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.words import formulas as say


@dataclass(frozen=True, eq=False)
class Correlations:
    """Correlations of columns, pair by pair.

    Attributes
    ----------
    r, p_value : DataFrame, shape (k, k)
        Pearson's, and two-sided p-values that take rows as independent; missing on the diagonal
        of `p_value`, and where a column does not vary.
    n : DataFrame, shape (k, k)
        Rows that have both.
    """

    r: pd.DataFrame
    p_value: pd.DataFrame
    n: pd.DataFrame

    def __repr__(self) -> str:
        return self.r.round(3).to_string()


def correlations(frame: pd.DataFrame, names: Sequence[str]) -> Correlations:
    """Pearson's correlation of each pair of columns, over the rows that have both.

    Parameters
    ----------
    frame : DataFrame, shape (rows, ...)
        Holds the columns; those that are text are passed over.
    names : sequence of str
        Columns.

    Raises
    ------
    DataError
        Fewer than two columns of numbers.

    Examples
    --------
    >>> frame = pd.DataFrame({"x": [1.0, 2, 3, 4], "y": [1.0, 3, 2, 4]})
    >>> float(correlations(frame, ["x", "y"]).r.loc["x", "y"].round(3))
    0.8
    """
    columns = numeric(frame, names)
    if len(columns) < 2:
        raise DataError(say.TWO_COLUMNS())
    k = len(columns)
    r, p, n = np.eye(k), np.full((k, k), nan), np.zeros((k, k), dtype=int)
    values = frame[columns].to_numpy(dtype=np.float64)
    known = ~np.isnan(values)
    np.fill_diagonal(n, known.sum(axis=0))
    for i, j in combinations(range(k), 2):
        both = known[:, i] & known[:, j]
        one, other = values[both, i], values[both, j]
        n[i, j] = n[j, i] = both.sum()
        is_usable = both.sum() > 2 and np.ptp(one) > 0 and np.ptp(other) > 0
        found = stats.pearsonr(one, other) if is_usable else None
        r[i, j] = r[j, i] = found.statistic if found else nan
        p[i, j] = p[j, i] = found.pvalue if found else nan
    index = pd.Index(columns)
    tables = (pd.DataFrame(table, index=index, columns=index) for table in (r, p, n))
    return Correlations(*tables)
