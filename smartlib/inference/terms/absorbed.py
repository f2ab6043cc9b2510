"""Levels that a formula takes out after `|`: a dummy for each category, never shown (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.linalg import qr

from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.words import formulas as say
from smartlib.vocabulary.words.sentences import joined

NOTHING = 1e-9  # of a column's length: less is rounding
MOST = 2000  # dummies; their decomposition grows with the third power


@dataclass(frozen=True, eq=False)
class Levels:
    """Dummies of the absorbed columns.

    Attributes
    ----------
    dummies : array, shape (n, m)
        With an intercept they span every level; no column is determined by the others.
    names : tuple of str, length m
        As `province=Bali`.
    counts : dict of str to int
        Categories of each absorbed column.
    members : dict of str to array, shape (n,)
        Number of each row's category.
    """

    dummies: NDArray[np.float64]
    names: tuple[str, ...]
    counts: dict[str, int]
    members: dict[str, NDArray[np.intp]]

    def check(self, x: NDArray[np.float64], names: Sequence[str]) -> None:
        """Nothing, if every column moves inside the levels.

        Parameters
        ----------
        x : array, shape (n, k)
            Columns beside the intercept.
        names : sequence of str, length k
            Theirs.

        Raises
        ------
        DataError
            Columns that are the same in all rows of a level.
        """
        span = np.linalg.qr(np.column_stack([np.ones(len(x)), self.dummies]))[0]
        left = x - span @ (span.T @ x)
        size = np.linalg.norm(x - x.mean(axis=0), axis=0)
        still = np.linalg.norm(left, axis=0) <= NOTHING * size
        if still.any():
            raise DataError(self._still(x[:, still], [n for n, is_ in zip(names, still, strict=True)
                                                      if is_]))  # fmt: skip

    def _still(self, x: NDArray[np.float64], names: Sequence[str]) -> str:
        """What is said of columns that do not move: inside which level, or inside all together."""
        where: dict[str, list[str]] = {}
        for column, name in zip(x.T, names, strict=True):
            inside = [key for key, of in self.members.items() if _is_still(column, of)]
            where.setdefault(inside[0] if inside else "", []).append(name)
        every = " + ".join(self.counts)
        told = [
            say.NEVER_CHANGES(of=listed(of), key=key)
            if key
            else say.ONLY_LEVELS(
                of=listed(of), counts=joined(self.counts, say.AND_EACH()), every=every
            )
            for key, of in where.items()
        ]
        return " ".join(told)


def _is_still(column: NDArray[np.float64], members: NDArray[np.intp]) -> bool:
    """Whether a column is the same in all rows of each level."""
    means = np.bincount(members, column) / np.bincount(members)
    size = np.linalg.norm(column - column.mean())
    return bool(np.linalg.norm(column - means[members]) <= NOTHING * size)


def singletons(frame: pd.DataFrame, absorbed: Sequence[str]) -> NDArray[np.bool_]:
    """Rows that are alone in a level, and so tell nothing of anything inside levels.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        Complete rows.
    absorbed : sequence of str
        Columns.

    Returns
    -------
    array of bool, shape (n,)
        Found again until none is left: a row that goes may leave another alone.

    Notes
    -----
    Verification: brute force: rows taken out until none is alone.

    References
    ----------
    Correia, S. (2015). Singletons, cluster-robust standard errors and fixed effects: a bad mix.
    Duke University, technical note.
    """
    out = np.zeros(len(frame), dtype=bool)
    while True:
        left = frame[~out]
        alone = np.zeros(len(left), dtype=bool)
        for name in absorbed:
            alone |= (left.groupby(name)[name].transform("size") == 1).to_numpy()
        if not alone.any():
            return out
        out[np.flatnonzero(~out)[alone]] = True


def levels_of(frame: pd.DataFrame, absorbed: Sequence[str]) -> Levels:
    """The dummies of absorbed columns.

    Parameters
    ----------
    frame : DataFrame, shape (n, ...)
        The rows used.
    absorbed : sequence of str
        Columns of categories; numbers are taken as categories too.

    Returns
    -------
    Levels

    Raises
    ------
    DataError
        A column with one category, more than 2,000 dummies.
    """
    parts, counts, members = [], {}, {}
    for name in absorbed:
        found = pd.get_dummies(frame[name].astype("str"), dtype="float64")
        if found.shape[1] < 2:
            raise DataError(say.ONE_LEVEL(name=name, iloc=frame[name].iloc[0]))
        counts[name] = found.shape[1]
        members[name] = found.to_numpy().argmax(axis=1)
        parts.append(found.iloc[:, 1:].rename(columns=lambda level, of=name: f"{of}={level}"))
    table = pd.concat(parts, axis=1)
    if table.shape[1] > MOST:
        raise DataError(say.MANY_LEVELS(shape=table.shape[1], MOST=MOST))
    kept = _independent(table.to_numpy())
    return Levels(table.to_numpy()[:, kept], tuple(table.columns[kept]), counts, members)


def _independent(dummies: NDArray[np.float64]) -> NDArray[np.intp]:
    """Columns that an intercept and the columns kept do not determine, in their order."""
    centred = dummies - dummies.mean(axis=0)
    _, triangle, order = qr(centred, mode="economic", pivoting=True)
    size = np.abs(np.diag(triangle))
    return np.sort(order[: int((size > NOTHING * size[0] * len(dummies)).sum())])
