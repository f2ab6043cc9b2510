"""How far ranks depend on the method, and on which choice in it most (floor 2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

from smartlib.index.ranks.methods import (
    AGGREGATIONS,
    CONCENTRATION,
    NORMALISATIONS,
    positive_shares,
    scenario_ranks,
    scenarios_from_uniforms,
    scheme_ranks,
)
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.levels import checked_level

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


def sobol_indices(
    function: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    inputs: Mapping[str, int],
    *,
    base: int = 1024,
    level: float = 0.95,
    resamples: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    """First-order and total Sobol indices of a model's inputs.

    Parameters
    ----------
    function : callable
        Takes points of the unit cube, shape (runs, columns), gives one number each, shape
        (runs,). Any distribution is had from uniforms by its inverse.
    inputs : mapping of str to int
        Each input and how many columns make it; an input of several is a group.
    base : int, default 1024
        Points of the base sample, a power of 2; the model runs base x (inputs + 2) times.
    level : float, default 0.95
        Of the bootstrap intervals.
    resamples : int, default 200
        Bootstrap resamples.
    seed : int, default 0
        Of the scrambled sequence and the bootstrap.

    Returns
    -------
    DataFrame, shape (inputs, 7)
        input, first, first_low, first_high, total, total_low, total_high: shares of the
        variance.

    Raises
    ------
    DataError
        Fewer than two inputs, base no power of 2, level outside (0, 1), fewer than two
        resamples, or a model whose output is not finite or never varies.

    Notes
    -----
    With Y the output, first = Var(E[Y | X_i]) / Var(Y): the share of variance expected to
    go if X_i alone were known; total = E[Var(Y | all but X_i)] / Var(Y): the share left if
    all but X_i were known. Inputs are independent. First indices sum to at most 1; what is
    missing is due to combinations. Estimators of Saltelli et al. (2010) on a scrambled
    Sobol sequence, through SALib; intervals are normal, with the bootstrap's standard
    deviation. The bootstrap takes the points for independent ones, which the sequence
    betters: from a few hundred points on, intervals are wider than they need be. Those of
    an index near 0 may reach below it.

    References
    ----------
    Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M. and Tarantola, S. (2010).
    Variance based sensitivity analysis of model output: design and estimator for the total
    sensitivity index. Computer Physics Communications, 181(2), 259-270.

    Sobol', I. M. (2001). Global sensitivity indices for nonlinear mathematical models and
    their Monte Carlo estimates. Mathematics and Computers in Simulation, 55, 271-280.
    """
    checked_level(level)
    if len(inputs) < 2 or base < 2 or base & (base - 1) or resamples < 2:
        raise DataError(
            f"{len(inputs)} inputs, base {base}, {resamples} resamples; expected at least two "
            "inputs, a power of 2, at least two resamples."
        )
    # Slow to import, and few callers need it.
    from SALib.analyze import sobol as analysis  # noqa: PLC0415
    from SALib.sample import sobol as sample  # noqa: PLC0415

    problem = _problem(inputs)
    # A generator, not the number: SALib takes the seed 0 of its bootstrap for none at all.
    rng = np.random.default_rng(seed)
    output = function(sample.sample(problem, base, calc_second_order=False, seed=rng))
    if not np.isfinite(output).all() or np.ptp(output) == 0:
        raise DataError(
            "The model's output is not finite or never varies, so there is no variance to share "
            "out; let at least one input matter."
        )
    found = analysis.analyze(
        problem,
        output,
        calc_second_order=False,
        num_resamples=resamples,
        conf_level=level,
        seed=rng,
    )
    columns: dict[str, object] = {"input": list(inputs)}
    for name, key in (("first", "S1"), ("total", "ST")):
        half = found[f"{key}_conf"]
        columns |= {name: found[key], f"{name}_low": found[key] - half}
        columns |= {f"{name}_high": found[key] + half}
    return pd.DataFrame(columns)


def method_sensitivity(
    marks: pd.DataFrame,
    weights: Mapping[str, Decimal],
    *,
    concentration: float = CONCENTRATION,
    normalisations: Sequence[str] = NORMALISATIONS,
    aggregations: Sequence[str] = AGGREGATIONS,
    leave_out: bool = True,
    base: int = 1024,
    level: float = 0.95,
    resamples: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    """Which choice of method moves the ranking most.

    Parameters
    ----------
    marks : DataFrame, shape (n, ...)
        Complete, indexed by region.
    weights : mapping of str to Decimal
        The scheme's shares.
    concentration, normalisations, aggregations, leave_out
        What may vary, as in `scenarios_from_uniforms`.
    base, level, resamples, seed
        As in `sobol_indices`; 6,144 model runs by default.

    Returns
    -------
    DataFrame, shape (4, 7)
        As `sobol_indices`, for the inputs weights, normalisation, aggregation, left_out.

    Raises
    ------
    SchemeError, DataError
        As `scenarios_from_uniforms`, `scenario_ranks` and `sobol_indices`.

    Notes
    -----
    The output is the mean shift in ranks against the scheme's own ranking. The indices
    share out the variance of the scenarios that were allowed, no more: a choice that was
    given no room has an index of 0.

    References
    ----------
    Saisana, M., Saltelli, A. and Tarantola, S. (2005). Uncertainty and sensitivity analysis
    techniques as tools for the quality assessment of composite indicators. Journal of the
    Royal Statistical Society A, 168(2), 307-323.
    """
    reference = scheme_ranks(marks, weights)

    def shift(uniforms: NDArray[np.float64]) -> NDArray[np.float64]:
        scenarios = scenarios_from_uniforms(
            uniforms,
            weights,
            concentration=concentration,
            normalisations=normalisations,
            aggregations=aggregations,
            leave_out=leave_out,
        )
        return mean_shift(scenario_ranks(marks, scenarios), reference)

    inputs = {"weights": len(positive_shares(weights))}
    inputs |= {"normalisation": 1, "aggregation": 1, "left_out": 1}
    return sobol_indices(shift, inputs, base=base, level=level, resamples=resamples, seed=seed)


def _problem(inputs: Mapping[str, int]) -> dict[str, object]:
    """Uniform columns and the input that each belongs to, as SALib wants them."""
    groups = [name for name, columns in inputs.items() for _ in range(columns)]
    return {
        "num_vars": len(groups),
        "names": [f"{name} {number}" for number, name in enumerate(groups)],
        "groups": groups,
        "bounds": [[0.0, 1.0]] * len(groups),
    }


def _matching(ranks: Ranks, regions: int) -> None:
    if ranks.ndim != 2 or not len(ranks) or ranks.shape[1] != regions:
        raise DataError(
            f"Ranks of shape {ranks.shape} for {regions} regions; expected at least one row, one "
            "column a region."
        )
