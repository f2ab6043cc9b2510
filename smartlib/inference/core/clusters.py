"""Rows that go together, and the CR1 sandwich that sums over them (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from smartlib.inference.core.least_squares import Floats
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import formulas as say


@dataclass(frozen=True, eq=False)
class Clusters:
    """Rows that go together.

    Attributes
    ----------
    labels : tuple of str, length G
        In ascending order.
    order : array of int, shape (n,)
        Rows, cluster by cluster.
    starts : array of int, shape (G,)
        Where each cluster starts in `order`.
    """

    labels: tuple[str, ...]
    order: NDArray[np.intp]
    starts: NDArray[np.intp]

    def __len__(self) -> int:
        """Number of clusters."""
        return len(self.labels)

    @property
    def rows(self) -> list[NDArray[np.intp]]:
        """Rows of each cluster."""
        return np.split(self.order, self.starts[1:])

    def sum(self, values: Floats) -> Floats:
        """Sums over the rows of each cluster: (n, ...) to (G, ...)."""
        return np.add.reduceat(values[self.order], self.starts, axis=0)


def clusters_of(labels: ArrayLike, rows: Sequence[object] | pd.Index) -> Clusters:
    """The clusters that labels make of rows.

    Parameters
    ----------
    labels : array, shape (n,)
        Text or numbers; rows with the same label go together.
    rows : sequence, length n
        Labels of the rows, for messages.

    Returns
    -------
    Clusters

    Raises
    ------
    DataError
        Not one label a row, a missing label, fewer than two clusters.

    Examples
    --------
    >>> clusters_of(["b", "a", "b"], range(3)).labels
    ('a', 'b')
    """
    codes, found = pd.factorize(pd.Series(np.asarray(labels)), sort=True)
    if len(codes) != len(rows):
        raise DataError(say.CLUSTER_LABELS(n_codes=len(codes), n_rows=len(rows)))
    missing = [row for row, code in zip(rows, codes, strict=True) if code < 0]
    if missing:
        raise DataError(say.CLUSTER_MISSING(missing=listed(missing)))
    if len(found) < 2:
        raise DataError(say.ONE_CLUSTER(found=found[0]))
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(found)))
    return Clusters(tuple(map(str, found)), order, starts)


def each_row(rows: Sequence[object]) -> Clusters:
    """Rows by themselves: as many clusters as rows."""
    each = np.arange(len(rows))
    return Clusters(tuple(map(str, rows)), each, each)


def cr1(influences: Floats, clusters: Clusters) -> Floats:
    """CR1: squares of influences summed by cluster, with Stata's factor for a small sample.

    Parameters
    ----------
    influences : array, shape (n, k)
        What each row's score moves each coefficient by: its score times the bread.
    clusters : Clusters
        G of them; of one row each, this is HC1.

    Returns
    -------
    array, shape (k, k)

    Notes
    -----
    G / (G - 1) (n - 1) / (n - k) times the sum over clusters of s_g s_g', s_g being the sum of
    the influences in g.
    """
    (n, k), g = influences.shape, len(clusters)
    sums = clusters.sum(influences)
    return np.asarray(g * (n - 1) / ((g - 1) * (n - k)) * sums.T @ sums)
