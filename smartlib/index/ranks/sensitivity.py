"""Which choice of method the ranks depend on most: Sobol indices (floor 2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smartlib.index.ranks.methods import AGGREGATIONS, NORMALISATIONS, positive_shares
from smartlib.index.ranks.moves import mean_shift
from smartlib.index.ranks.scenarios import (
    CONCENTRATION,
    scenario_ranks,
    scenarios_from_uniforms,
    scheme_ranks,
)
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.levels import checked_level


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

    Verification: published: the Ishigami and g functions, within the 99% intervals; brute force: a
    double loop.

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
    base : int, default 1024
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

    Verification: brute force: all methods.

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
    return sobol_indices(shift, inputs, base=base)


def _problem(inputs: Mapping[str, int]) -> dict[str, object]:
    """Uniform columns and the input that each belongs to, as SALib wants them."""
    groups = [name for name, columns in inputs.items() for _ in range(columns)]
    return {
        "num_vars": len(groups),
        "names": [f"{name} {number}" for number, name in enumerate(groups)],
        "groups": groups,
        "bounds": [[0.0, 1.0]] * len(groups),
    }
