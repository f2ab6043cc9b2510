"""Scenarios: many ways of making the index at once, drawn or planned, and their ranks (floor 2).

A scenario is one choice of weights, scale, mean and dimensions; thousands of them are ranked
at once, as matrix products.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import gammaincinv

from smartlib.index.ranks.methods import (
    AGGREGATIONS,
    NORMALISATIONS,
    aggregate,
    complete_marks,
    known,
    normalise,
    positive_shares,
)
from smartlib.vocabulary.errors import DataError, SchemeError

CONCENTRATION = 63.0  # a weight of 0.2 then has a standard deviation of 0.05

MOST_CORNERS = 16  # dimensions: 65,536 corners

NOISE = 1e-12  # share of the largest value: far above float noise, far below a mark's grain


@dataclass(frozen=True, eq=False)
class Scenarios:
    """Ways of making the index, one a row.

    Attributes
    ----------
    dimensions : tuple of str, length d
        Columns of `weights`.
    weights : array, shape (S, d)
        Rows of shares, before a dimension is left out.
    normalisation, aggregation : array of int, shape (S,)
        Places in `NORMALISATIONS` and `AGGREGATIONS`.
    left_out : array of int, shape (S,)
        Column of the dimension left out; -1 where none is.
    """

    dimensions: tuple[str, ...]
    weights: NDArray[np.float64]
    normalisation: NDArray[np.int64]
    aggregation: NDArray[np.int64]
    left_out: NDArray[np.int64]

    def __post_init__(self) -> None:
        lengths = {len(self.normalisation), len(self.aggregation), len(self.left_out)}
        if lengths != {len(self)} or self.weights.shape[1:] != (len(self.dimensions),):
            raise DataError(
                f"Weights of shape {self.weights.shape} for {len(self.dimensions)} dimensions and "
                f"choices of lengths {sorted(lengths)}; expected one row and one of each choice a "
                "scenario."
            )
        if not (self.shares >= 0).all():  # false for 0 / 0 as well
            raise DataError(
                "A scenario's weights are negative, or nothing is left of them without the "
                "dimension left out; expected shares of at least two dimensions."
            )

    def __len__(self) -> int:
        return len(self.weights)

    @property
    def shares(self) -> NDArray[np.float64]:
        """Weights without the dimension left out, each row summing to 1; shape (S, d)."""
        kept = np.arange(len(self.dimensions)) != self.left_out[:, None]
        with np.errstate(invalid="ignore"):
            shares: NDArray[np.float64] = self.weights * kept
            return shares / shares.sum(axis=1, keepdims=True)


def draw_scenarios(
    weights: Mapping[str, Decimal],
    count: int = 10_000,
    *,
    concentration: float = CONCENTRATION,
    normalisations: Sequence[str] = NORMALISATIONS,
    aggregations: Sequence[str] = AGGREGATIONS,
    leave_out: bool = True,
    rng: np.random.Generator | None = None,
) -> Scenarios:
    """Random scenarios around a scheme.

    Parameters
    ----------
    weights : mapping of str to Decimal
        The scheme's shares.
    count : int, default 10000
        Scenarios.
    concentration, normalisations, aggregations, leave_out
        As in `scenarios_from_uniforms`.
    rng : Generator, optional
        `np.random.default_rng(0)` if not given.

    Returns
    -------
    Scenarios

    Raises
    ------
    SchemeError, DataError
        As `scenarios_from_uniforms`.
    """
    rng = np.random.default_rng(0) if rng is None else rng
    return scenarios_from_uniforms(
        rng.random((count, len(positive_shares(weights)) + 3)),
        weights,
        concentration=concentration,
        normalisations=normalisations,
        aggregations=aggregations,
        leave_out=leave_out,
    )


def scenarios_from_uniforms(
    uniforms: NDArray[np.float64],
    weights: Mapping[str, Decimal],
    *,
    concentration: float = CONCENTRATION,
    normalisations: Sequence[str] = NORMALISATIONS,
    aggregations: Sequence[str] = AGGREGATIONS,
    leave_out: bool = True,
) -> Scenarios:
    """Scenarios that points of the unit cube stand for: the inverse distribution functions.

    Parameters
    ----------
    uniforms : array, shape (S, d + 3)
        Between 0 and 1: d for the weights, then normalisation, aggregation, left out.
    weights : mapping of str to Decimal
        The scheme's shares; dimensions of weight 0 stay out.
    concentration : float, default 63
        How close weights stay to the scheme.
    normalisations, aggregations : sequence of str
        Equally likely choices; all by default.
    leave_out : bool, default True
        Whether a dimension may be left out: each of the d, or none, equally likely, so
        that d of d + 1 scenarios lack one.

    Returns
    -------
    Scenarios

    Raises
    ------
    SchemeError
        Weights that are no shares, fewer than two, or an unknown method.
    DataError
        Another number of columns, or a concentration that is not above 0.

    Notes
    -----
    Weights are Dirichlet with parameters c w_d, made by dividing independent gamma values
    by their sum. Their mean is the scheme's w_d and their standard deviation
    sqrt(w_d (1 - w_d) / (c + 1)): with c = 63 it is 0.0375 for a weight of 0.1, 0.05 for
    0.2, 0.057 for 0.3.
    """
    shares = positive_shares(weights)
    size = len(shares)
    if uniforms.shape[1:] != (size + 3,) or concentration <= 0:
        raise DataError(
            f"Uniforms of shape {uniforms.shape} and a concentration of {concentration:g}; "
            f"expected {size + 3} columns for {size} dimensions and a concentration above 0."
        )

    def chosen(column: int, options: int) -> NDArray[np.int64]:
        return np.floor(uniforms[:, size + column] * options).astype("int64")

    gammas = gammaincinv(concentration * np.array(list(shares.values())), uniforms[:, :size])
    normalisation = np.array([known(name, NORMALISATIONS) for name in normalisations])
    aggregation = np.array([known(name, AGGREGATIONS) for name in aggregations])
    return Scenarios(
        dimensions=tuple(shares),
        weights=gammas / gammas.sum(axis=1, keepdims=True),
        normalisation=normalisation[chosen(0, len(normalisation))],
        aggregation=aggregation[chosen(1, len(aggregation))],
        left_out=chosen(2, size + 1) - 1 if leave_out else np.full(len(uniforms), -1),
    )


def corner_weights(weights: Mapping[str, Decimal], perturbation: float = 0.25) -> pd.DataFrame:
    """Weights each moved up or down by a share of itself, in every combination.

    Parameters
    ----------
    weights : mapping of str to Decimal
        The scheme's shares, of at most 16 dimensions.
    perturbation : float, default 0.25
        Share of each weight, between 0 and 1.

    Returns
    -------
    DataFrame, shape (2^d, d)
        Rows rescaled to sum to 1; the first (all down) and the last (all up) are the
        scheme itself.

    Raises
    ------
    SchemeError
        Weights that are no shares, too few or too many, or another perturbation.

    Examples
    --------
    >>> corner_weights({"a": Decimal("0.5"), "b": Decimal("0.5")})["a"].tolist()
    [0.5, 0.375, 0.625, 0.5]
    """
    shares = positive_shares(weights)
    if not 0 < perturbation < 1 or len(shares) > MOST_CORNERS:
        raise SchemeError(
            f"A perturbation of {perturbation:g} of {len(shares)} weights; expected one between 0 "
            f"and 1, and at most {MOST_CORNERS} weights, since corners double with each."
        )
    moves = np.array(list(product((1 - perturbation, 1 + perturbation), repeat=len(shares))))
    moved = moves * np.array(list(shares.values()))
    return pd.DataFrame(moved / moved.sum(axis=1, keepdims=True), columns=list(shares))


def weight_scenarios(weights: pd.DataFrame) -> Scenarios:
    """Scenarios that differ in weights alone: marks as marked, arithmetic mean, none left out.

    Parameters
    ----------
    weights : DataFrame, shape (S, d)
        Rows of shares, columns named as dimensions.

    Returns
    -------
    Scenarios
    """
    plain = np.zeros(len(weights), dtype="int64")
    return Scenarios(tuple(weights.columns), weights.to_numpy("float64"), plain, plain, plain - 1)


def scheme_ranks(marks: pd.DataFrame, weights: Mapping[str, Decimal]) -> pd.Series:
    """Ranks by the scheme itself, before its totals are rounded.

    Parameters
    ----------
    marks : DataFrame, shape (n, ...)
        Complete, indexed by region.
    weights : mapping of str to Decimal
        The scheme's shares.

    Returns
    -------
    Series of int, shape (n,)

    Raises
    ------
    SchemeError, DataError
        As `positive_shares` and `scenario_ranks`.
    """
    scheme = weight_scenarios(pd.DataFrame([positive_shares(weights)]))
    return pd.Series(scenario_ranks(marks, scheme)[0], index=marks.index)


def scenario_ranks(marks: pd.DataFrame, scenarios: Scenarios) -> NDArray[np.int32]:
    """Rank of every region in every scenario.

    Parameters
    ----------
    marks : DataFrame, shape (n, ...)
        Complete marks on the scheme's scale, one column a dimension.
    scenarios : Scenarios
        S of them.

    Returns
    -------
    array of int32, shape (S, n)
        1 is the highest; ties share the best rank. Index values that differ by less than
        1e-12 of the largest are ties: equal marks must not be parted by float noise.

    Raises
    ------
    DataError
        A mark is missing, or a scenario's method does not go with the marks.
    """
    table = complete_marks(marks, scenarios.dimensions)
    shares = scenarios.shares
    ranks = np.empty((len(scenarios), len(table)), dtype="int32")
    for i, normalisation in enumerate(NORMALISATIONS):
        if not (scenarios.normalisation == i).any():
            continue
        values = normalise(table, normalisation).to_numpy()
        for j, aggregation in enumerate(AGGREGATIONS):
            rows = (scenarios.normalisation == i) & (scenarios.aggregation == j)
            if rows.any():
                ranks[rows] = _ranks(aggregate(values, shares[rows], aggregation))
    return ranks


def _ranks(values: NDArray[np.float64]) -> NDArray[np.int32]:
    """Ranks along each row from the highest down, ties within `NOISE` sharing the best."""
    order = np.argsort(-values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    falls = ordered[:, :-1] - ordered[:, 1:] > NOISE * np.abs(values).max()
    places = np.ones(values.shape, dtype="int32")
    places[:, 1:] += np.where(falls, np.arange(1, values.shape[1], dtype="int32"), 0)
    ranks = np.empty_like(places)
    np.put_along_axis(ranks, order, np.maximum.accumulate(places, axis=1), axis=1)
    return ranks
