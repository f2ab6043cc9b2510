"""Ways of making the index from the same marks, for a specification curve (floor 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

import numpy as np
import pandas as pd

from smartlib.index.make.composite import composite_index, harmonised_index
from smartlib.index.ranks.methods import AGGREGATIONS, NORMALISATIONS, aggregate, normalise
from smartlib.vocabulary.errors import DataError, ParameterError, SchemeError
from smartlib.vocabulary.messages import listed
from smartlib.vocabulary.records import Scheme

FORMULAS = ("published", "harmonised")  # each track's own, or the common track's for all
PLAIN = ("as_marked", "arithmetic")


@dataclass(frozen=True)
class Recipe:
    """One way of making the index.

    Attributes
    ----------
    formula : {"published", "harmonised"}
        Weights of each row's own track, or of the common track for all.
    normalisation, aggregation : str
        As in `smartlib.index.ranks.methods`; of the published formula only as it is published.
    without : tuple of str
        Dimensions left out, the other weights scaled up to sum to 1.
    """

    formula: str
    normalisation: str = PLAIN[0]
    aggregation: str = PLAIN[1]
    without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no recipe."""
        chosen = (self.formula, self.normalisation, self.aggregation)
        for name, known in zip(chosen, (FORMULAS, NORMALISATIONS, AGGREGATIONS), strict=True):
            if name not in known:
                raise ParameterError(
                    f"No way of making an index is called '{name}'; expected one "
                    f"of {', '.join(known)}."
                )
        if self.formula == "published" and chosen[1:] != PLAIN:
            raise ParameterError(
                "The published formula goes with marks as marked and the arithmetic mean only: a "
                "dimension of one track has no common scale, and a blank that counts as 0 is no "
                f"mark. Take the harmonised formula for {self.normalisation}, {self.aggregation}."
            )

    @property
    def name(self) -> str:
        """The choices in one line."""
        left_out = f" without {', '.join(self.without)}" if self.without else ""
        return f"{self.formula}, {self.normalisation}, {self.aggregation}{left_out}"


def recipes(
    without: Sequence[Sequence[str]] = ((),),
    *,
    formulas: Sequence[str] = FORMULAS,
    normalisations: Sequence[str] = NORMALISATIONS,
    aggregations: Sequence[str] = AGGREGATIONS,
) -> tuple[Recipe, ...]:
    """Every recipe that some choices make.

    Parameters
    ----------
    without : sequence of sequences of str
        Sets of dimensions to leave out, each in turn; by default only none.
    formulas, normalisations, aggregations : sequence of str
        Choices; all by default.

    Returns
    -------
    tuple of Recipe
        For each set left out: the published formula as it is published, and the harmonised one
        with each normalisation and aggregation.

    Raises
    ------
    ParameterError
        A choice that there is not.

    Examples
    --------
    >>> len(recipes(without=[(), ("outcome",)]))
    34
    """
    ways = {"published": (PLAIN,), "harmonised": tuple(product(normalisations, aggregations))}
    return tuple(
        Recipe(formula, *way, tuple(left_out))
        for left_out in without
        for formula in formulas
        for way in ways.get(formula, (PLAIN,))  # an unknown formula is refused by name
    )


def build_indices(scores: pd.DataFrame, scheme: Scheme, choices: Sequence[Recipe]) -> pd.DataFrame:
    """The index of every row by every recipe.

    Parameters
    ----------
    scores : DataFrame, shape (n, ...)
        Marks by dimension and `track`, indexed by region.
    scheme : Scheme
        Weights by track.
    choices : sequence of Recipe
        m of them.

    Returns
    -------
    DataFrame, shape (n, m)
        Columns named as the recipes, each in its own unit. The index as published, and the
        harmonised one made like it, are rounded as published; the others are not rounded.

    Raises
    ------
    DataError
        A mark that counts is missing, or a column is constant where it is to be normalised.
    SchemeError
        A track that the scheme does not have, or no dimension would be left.

    Notes
    -----
    Marks are normalised over all rows, whatever sample is regressed later: the index is made
    once. A blank that a track counts as 0 is 0 in that track's published formula.
    """
    made = {recipe.name: _index(scores, scheme, recipe) for recipe in choices}
    table = pd.DataFrame(made, index=scores.index)
    holes = table.index[table.isna().any(axis=1)]
    if len(holes):
        raise DataError(
            f"Marks are missing in row {listed([*map(str, holes)])}; every row needs a mark in "
            "every dimension that counts. Leave these rows out."
        )
    return table


def _index(scores: pd.DataFrame, scheme: Scheme, recipe: Recipe) -> pd.Series:
    whole = {"published": composite_index, "harmonised": harmonised_index}
    if recipe == Recipe(recipe.formula):
        return whole[recipe.formula](scores, scheme)
    if recipe.formula == "published":
        return _by_own_formula(scores, scheme, recipe)
    return _by_common_formula(scores, scheme, recipe)


def _by_own_formula(scores: pd.DataFrame, scheme: Scheme, recipe: Recipe) -> pd.Series:
    parts = []
    for name, rows in scores.groupby("track", sort=False):
        track = scheme.tracks[name]
        shares = _shares(track.weights, recipe)
        marks = rows[list(shares)].astype("float64")
        blanks = dict.fromkeys(track.zero_if_missing, 0.0)
        parts.append(marks.fillna(blanks).dot(pd.Series(shares)))
    return pd.concat(parts).reindex(scores.index)


def _by_common_formula(scores: pd.DataFrame, scheme: Scheme, recipe: Recipe) -> pd.Series:
    shares = _shares(scheme.common.weights, recipe)
    values = normalise(scores[list(shares)].astype("float64"), recipe.normalisation).to_numpy()
    index = aggregate(values, np.array([[*shares.values()]]), recipe.aggregation)[0]
    return pd.Series(index, index=scores.index)


def _shares(weights: Mapping[str, Decimal], recipe: Recipe) -> dict[str, float]:
    kept = {k: float(w) for k, w in weights.items() if w and k not in recipe.without}
    if not kept:
        raise SchemeError(f"No dimension is left without {', '.join(recipe.without)}.")
    return {name: weight / sum(kept.values()) for name, weight in kept.items()}
