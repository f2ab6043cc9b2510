"""Principal components of items, and which of them stand out from chance (floor 2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartlib.index.trust.consistency import checked_level, complete_items, correlations
from smartlib.vocabulary.errors import DataError


@dataclass(frozen=True)
class Components:
    """Principal components of standardised items.

    Attributes
    ----------
    eigenvalues : Series, shape (k,)
        Variance of each component, largest first; they sum to the number of items.
    shares : Series, shape (k,)
        The same as shares of the whole.
    loadings : DataFrame, shape (k, k)
        Correlation of item (row) and component (column); each column's sum is not negative.
    rows, passed_over : int
        Rows used, and rows left out for a missing value.
    """

    eigenvalues: pd.Series
    shares: pd.Series
    loadings: pd.DataFrame
    rows: int
    passed_over: int


def principal_components(items: pd.DataFrame) -> Components:
    """Principal components of the items' correlations.

    Parameters
    ----------
    items : DataFrame, shape (n, k)
        At least two columns; rows with a missing value are passed over.

    Returns
    -------
    Components

    Raises
    ------
    DataError
        As in `complete_items`.

    Notes
    -----
    Verification: R: prcomp, to 1e-8.

    References
    ----------
    Hotelling, H. (1933). Analysis of a complex of statistical variables into principal
    components. Journal of Educational Psychology, 24(6), 417-441.
    """
    complete = complete_items(items)
    values, vectors = np.linalg.eigh(correlations(complete))
    values, vectors = np.clip(values[::-1], 0, None), vectors[:, ::-1]
    numbers = pd.RangeIndex(1, len(values) + 1, name="component")
    loadings = vectors * np.sqrt(values) * np.where(vectors.sum(axis=0) < 0, -1, 1)
    return Components(
        eigenvalues=pd.Series(values, index=numbers),
        shares=pd.Series(values / values.sum(), index=numbers),
        loadings=pd.DataFrame(loadings, index=complete.columns, columns=numbers),
        rows=len(complete),
        passed_over=len(items) - len(complete),
    )


def parallel_analysis(
    items: pd.DataFrame,
    *,
    draws: int = 1000,
    level: float = 0.95,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """Which principal components stand out from those of unrelated items.

    Parameters
    ----------
    items : DataFrame, shape (n, k)
        At least two columns; rows with a missing value are passed over.
    draws : int, default 1000
        Tables of independent normal numbers of the same shape.
    level : float, default 0.95
        Quantile of their eigenvalues that a component has to pass.
    rng : Generator, optional
        Default: seeded with 0.

    Returns
    -------
    DataFrame, shape (k, 5)
        Indexed by component: eigenvalue, by_chance (the quantile), mean_by_chance, retained
        (passes by_chance, as all before it do), rows (used).

    Raises
    ------
    DataError
        As in `complete_items`; no draws; the level does not lie between 0 and 1.

    Notes
    -----
    Horn took the mean of the chance eigenvalues; the upper quantile keeps a component of
    unrelated items in a share 1 - level of tables.

    Verification: R: nFactors, within Monte-Carlo error.

    References
    ----------
    Horn, J. L. (1965). A rationale and test for the number of factors in factor analysis.
    Psychometrika, 30(2), 179-185.
    """
    if draws < 1:
        raise DataError(f"{draws} draws; expected at least 1.")
    found, rng = principal_components(items), rng or np.random.default_rng(0)
    shape = (found.rows, len(found.eigenvalues))
    tables = (correlations(rng.standard_normal(shape)) for _ in range(draws))
    chance = np.array([np.linalg.eigvalsh(table)[::-1] for table in tables])
    by_chance = np.quantile(chance, checked_level(level), axis=0)
    return pd.DataFrame(
        {
            "eigenvalue": found.eigenvalues,
            "by_chance": by_chance,
            "mean_by_chance": chance.mean(axis=0),
            "retained": np.logical_and.accumulate(found.eigenvalues > by_chance),
            "rows": found.rows,
        }
    )
