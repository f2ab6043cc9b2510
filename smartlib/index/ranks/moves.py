"""How far ranks move over scenarios: ranges, shifts, neighbours that change places (floor 2)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

from smartlib.vocabulary.errors import DataError

Ranks = NDArray[np.int32]


def rank_ranges(
    ranks: Ranks, index: pd.Index, levels: Sequence[float] = (0.05, 0.5, 0.95)
) -> pd.DataFrame:
    """Where each region's rank lies over the scenarios.

    Parameters
    ----------
    ranks : array of int, shape (S, n)
        Output of `scenario_ranks`.
    index : Index, length n
        Regions.
    levels : sequence of float, default (0.05, 0.5, 0.95)
        Between 0 and 1.

    Returns
    -------
    DataFrame of int, shape (n, levels + 2)
        `method_p05`, `method_p50`, `method_p95` for the default levels, then
        `method_best` and `method_worst`, the extremes over all scenarios.

    Raises
    ------
    DataError
        Lengths differ, no scenario, or a level outside (0, 1).

    Notes
    -----
    A quantile is the smallest rank number that at least that share of the scenarios do not
    exceed (the inverse of the empirical distribution function): a rank that some scenario
    gives, never one between two.

    Examples
    --------
    >>> rank_ranges(np.array([[1, 2], [2, 1], [1, 2]]), pd.Index(["a", "b"]), [0.5])
       method_p50  method_best  method_worst
    a           1            1             2
    b           2            1             2
    """
    _matching(ranks, len(index))
    wrong = [level for level in levels if not 0 < level < 1]
    if wrong:
        raise DataError(f"Levels {wrong}; expected shares between 0 and 1.")
    names = [f"method_p{f'{100 * level:g}'.zfill(2)}" for level in levels]
    quantiles = np.quantile(ranks, levels, axis=0, method="inverted_cdf")
    columns = dict(zip(names, quantiles.astype("int64"), strict=True))
    columns |= {"method_best": ranks.min(axis=0), "method_worst": ranks.max(axis=0)}
    return pd.DataFrame(columns, index=index, dtype="int64")


def mean_shift(ranks: Ranks, reference: pd.Series) -> NDArray[np.float64]:
    """Mean distance of a scenario's ranks to those of reference.

    Parameters
    ----------
    ranks : array of int, shape (S, n)
        Output of `scenario_ranks`.
    reference : Series of int, shape (n,)
        Ranks by the scheme, as `scheme_ranks` gives them.

    Returns
    -------
    array, shape (S,)
        Places.

    Raises
    ------
    DataError
        Lengths differ, or no scenario.

    Notes
    -----
    The mean over regions of abs(rank - reference rank), the paper's average shift R_S.

    Verification: brute force: plain loops.

    References
    ----------
    Saisana, M., Saltelli, A. and Tarantola, S. (2005). Uncertainty and sensitivity analysis
    techniques as tools for the quality assessment of composite indicators. Journal of the
    Royal Statistical Society A, 168(2), 307-323.

    Examples
    --------
    >>> mean_shift(np.array([[1, 2, 3], [3, 2, 1]]), pd.Series([1, 2, 3])).tolist()
    [0.0, 1.3333333333333333]
    """
    _matching(ranks, len(reference))
    shifts: NDArray[np.float64] = np.abs(ranks - reference.to_numpy()).mean(axis=1)
    return shifts


def reversals(ranks: Ranks, reference: pd.Series) -> pd.DataFrame:
    """How often neighbours in a ranking change places.

    Parameters
    ----------
    ranks : array of int, shape (S, n)
        Output of `scenario_ranks`.
    reference : Series of int, shape (n,)
        Ranks by the scheme, indexed by region.

    Returns
    -------
    DataFrame, one row a pair
        upper, lower (regions), upper_rank, lower_rank (of reference), reversed (share of
        scenarios that put the lower one above), level (share that tie them); from the top
        down.

    Raises
    ------
    DataError
        Lengths differ, or no scenario.

    Notes
    -----
    Neighbours are two regions on different ranks with nobody on a rank between; regions
    that are level in the reference have no order to reverse and make no pair, but each
    makes one with every region of the next rank.
    """
    _matching(ranks, len(reference))
    step = rankdata(reference, method="dense")
    upper, lower = np.nonzero(step[None, :] - step[:, None] == 1)
    order = np.argsort(step[upper], kind="stable")
    upper, lower = upper[order], lower[order]
    lead = ranks[:, lower] - ranks[:, upper]
    return pd.DataFrame(
        {
            "upper": reference.index[upper],
            "lower": reference.index[lower],
            "upper_rank": reference.to_numpy()[upper],
            "lower_rank": reference.to_numpy()[lower],
            "reversed": (lead < 0).mean(axis=0),
            "level": (lead == 0).mean(axis=0),
        }
    )


def _matching(ranks: Ranks, regions: int) -> None:
    if ranks.ndim != 2 or not len(ranks) or ranks.shape[1] != regions:
        raise DataError(
            f"Ranks of shape {ranks.shape} for {regions} regions; expected at least one row, one "
            "column a region."
        )
