"""Other ways of making an index from the same marks: scales and means (floor 2).

An index is a choice of weights, of a scale that the dimensions are brought to, of a mean,
and of the dimensions themselves; `scenarios` makes many such choices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartlib.index.make.composite import checked_weights
from smartlib.vocabulary.errors import SHOWN, DataError, SchemeError
from smartlib.vocabulary.records import Finding

NORMALISATIONS = ("as_marked", "min_max", "z_score", "rank")
AGGREGATIONS = ("arithmetic", "geometric", "harmonic", "mazziotta_pareto")
MIN_MAX_ENDS = (70.0, 130.0)  # of the adjusted Mazziotta-Pareto index
Z_CENTRE, Z_SPREAD = 100.0, 10.0  # of the original Mazziotta-Pareto index


def positive_shares(weights: Mapping[str, Decimal]) -> dict[str, float]:
    """Weights of the dimensions that count, as floats.

    Parameters
    ----------
    weights : mapping of str to Decimal
        Shares summing to 1.

    Returns
    -------
    dict of str to float
        Without those of weight 0.

    Raises
    ------
    SchemeError
        The weights are no shares, or fewer than two dimensions have one.
    """
    shares = {name: float(share) for name, share in checked_weights(weights).items() if share}
    if len(shares) < 2:
        raise SchemeError(
            f"Only {', '.join(shares)} has a weight; methods of making an index differ from two "
            "dimensions on."
        )
    return shares


def complete_marks(marks: pd.DataFrame, dimensions: Sequence[str]) -> pd.DataFrame:
    """Marks of these dimensions, if every one is there.

    Parameters
    ----------
    marks : DataFrame, shape (n, ...)
        Indexed by region.
    dimensions : sequence of str
        Columns wanted.

    Returns
    -------
    DataFrame of float64, shape (n, d)

    Raises
    ------
    DataError
        A column is absent or a mark is missing; says which region and dimension.
    """
    absent = [name for name in dimensions if name not in marks.columns]
    if absent:
        raise DataError(
            f"The marks have no column {', '.join(absent[:SHOWN])}; expected one for each "
            "dimension with a weight."
        )
    table = marks[list(dimensions)].astype("float64")
    holes = np.argwhere(~np.isfinite(table.to_numpy()))
    if len(holes):
        raise DataError(
            f"{len(holes)} marks are missing; every region needs a mark in every dimension. "
            "Leave such regions out, or weight only dimensions that all have.",
            [
                Finding("no mark", region=str(table.index[row]), column=str(table.columns[column]))
                for row, column in holes
            ],
        )
    return table


def normalise(marks: pd.DataFrame, method: str) -> pd.DataFrame:
    """Dimensions brought to one scale, higher still meaning better.

    Parameters
    ----------
    marks : DataFrame of float, shape (n, d)
        Complete; one column a dimension.
    method : str
        One of `NORMALISATIONS`.

    Returns
    -------
    DataFrame, shape (n, d)
        `as_marked`: marks; `min_max`: 70 to 130; `z_score`: mean 100, standard deviation
        10; `rank`: places from 1 (lowest) to n, ties at their mean place.

    Raises
    ------
    SchemeError
        Another method.
    DataError
        A column is constant, so that nothing can be scaled.

    Notes
    -----
    An arithmetic mean ranks alike on any common scale; the other means do not: the wider
    the ratio of a scale's ends, the more an unbalanced profile loses. It is 4 for marks
    from 1 to 4, n for ranks (the harshest), 1.9 for min-max, about 1.7 for z-scores
    between -2.5 and 2.5 (the mildest). Ends and moments are those of the Mazziotta-Pareto
    indices, all positive, so that each mean exists. Min-max depends on the two extreme
    regions, z-scores and ranks on all; ranks drop the distances between marks.

    Verification: brute force: plain loops.

    References
    ----------
    OECD, European Union and Joint Research Centre (2008). Handbook on Constructing
    Composite Indicators: Methodology and User Guide. OECD Publishing, Paris.

    Examples
    --------
    >>> normalise(pd.DataFrame({"a": [1.0, 2.0, 4.0]}), "min_max")["a"].tolist()
    [70.0, 90.0, 130.0]
    """
    known(method, NORMALISATIONS)
    if method == "as_marked":
        return marks
    spread = marks.max() - marks.min()
    if (spread == 0).any():
        raise DataError(
            f"Every region has the same mark in {', '.join(marks.columns[spread == 0][:SHOWN])}; "
            f"{method} needs marks that differ. Leave the column out, or take the marks as marked."
        )
    if method == "rank":
        return marks.rank()
    if method == "z_score":
        return Z_CENTRE + Z_SPREAD * (marks - marks.mean()) / marks.std(ddof=0)
    low, high = MIN_MAX_ENDS
    return low + (high - low) * (marks - marks.min()) / spread


def aggregate(
    values: NDArray[np.float64], weights: NDArray[np.float64], method: str
) -> NDArray[np.float64]:
    """Weighted mean of each region's dimensions, for each row of weights.

    Parameters
    ----------
    values : array, shape (n, d)
        On one scale; above 0 unless the mean is arithmetic.
    weights : array, shape (S, d)
        Each row sums to 1.
    method : str
        One of `AGGREGATIONS`.

    Returns
    -------
    array, shape (S, n)
        In units of `values`.

    Raises
    ------
    SchemeError
        Another method.
    DataError
        A value is not above 0 where the mean needs it.

    Notes
    -----
    For weights w and values x: arithmetic M = sum w x; geometric exp(sum w log x);
    harmonic 1 / sum (w / x); Mazziotta-Pareto M - S cv, with S the weighted standard
    deviation across a region's dimensions and cv = S / M, computed as 2 M - sum(w x^2) / M.
    With equal weights it is the original index (2013) on z-scores and the adjusted one
    (2016) on min-max values whose goalposts are the observed ends; unequal weights are our
    extension, as is its use on marks and ranks. How far one dimension makes up for another
    falls in the order arithmetic, geometric, harmonic.

    Verification: brute force: plain loops; closed form (Mazziotta-Pareto).

    References
    ----------
    Mazziotta, M. and Pareto, A. (2013). Methods for constructing composite indices: one for
    all or all for one? Rivista Italiana di Economia Demografia e Statistica, 67(2), 67-80.

    Mazziotta, M. and Pareto, A. (2016). On a generalized non-compensatory composite index
    for measuring socio-economic phenomena. Social Indicators Research, 127(3), 983-1003.

    Examples
    --------
    >>> aggregate(np.array([[1.0, 4.0]]), np.array([[0.5, 0.5]]), "geometric").tolist()
    [[2.0]]
    """
    known(method, AGGREGATIONS)
    if method == "arithmetic":
        return weights @ values.T
    if not (values > 0).all():
        raise DataError(
            f"A {method} mean needs values above 0, the lowest is {values.min():g}; normalise the "
            "marks first, or take the arithmetic mean."
        )
    if method == "geometric":
        return np.exp(weights @ np.log(values).T)
    if method == "harmonic":
        return 1 / (weights @ (1 / values).T)
    mean = weights @ values.T
    return 2 * mean - weights @ np.square(values).T / mean


def known(name: str, names: Sequence[str]) -> int:
    """Place of a method among those that there are.

    Raises
    ------
    SchemeError
        It is none of them.
    """
    if name not in names:
        raise SchemeError(f"There is no method {name}; expected one of {', '.join(names)}.")
    return names.index(name)
