"""Ways of making the index: the published and harmonised tables, formulas written out, refusals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from smartlib.index.make.composite import purged_index
from smartlib.index.ranks.methods import AGGREGATIONS, NORMALISATIONS
from smartlib.inference.curve.recipes import Recipe, build_indices, recipes
from smartlib.vocabulary.errors import DataError, ParameterError, SchemeError

EXACT = 1e-12  # the same arithmetic in another order


def built(scores: pd.DataFrame, scheme, recipe: Recipe) -> pd.Series:
    return build_indices(scores, scheme, [recipe])[recipe.name]


def test_plain_recipes_are_the_published_and_the_harmonised_index(scores, scheme) -> None:
    """All 140 finals to the hundredth, blanks of Collaboration counted as 0; and so the
    harmonised ones, so that a curve and a formula have the same outcome.
    """
    for formula in ("published", "harmonised"):
        found = built(scores, scheme, Recipe(formula))
        assert found.tolist() == scores[f"{formula}_index"].tolist()


def test_dimensions_left_out_pass_their_weight_on(scores, scheme) -> None:
    """The harmonised index without Outcome is the purged index; on its own track a row's other
    weights are scaled up likewise.
    """
    without = ("outcome",)
    found = built(scores, scheme, Recipe("harmonised", without=without))
    assert (found - purged_index(scores, scheme, without)).abs().max() < EXACT
    own = built(scores, scheme, Recipe("published", without=without))
    row = scores[(scores["track"] == "kppn_ikn") & scores["collaboration"].notna()].iloc[0]
    left = ("baseline", "output", "impact", "quick_wins", "collaboration")
    expected = np.average(row[list(left)].astype(float), weights=[10, 20, 20, 20, 10])
    assert own[row.name] == pytest.approx(expected, abs=EXACT)


def test_means_of_normalised_marks_are_those_written_out(scores, scheme) -> None:
    """Harmonic mean of min-max values and geometric mean of ranks, row by row in plain loops."""
    names = list(scheme.common.weights)
    weights = [float(w) for w in scheme.common.weights.values()]
    marks = scores[names].astype(float)
    harmonic = built(scores, scheme, Recipe("harmonised", "min_max", "harmonic"))
    geometric = built(scores, scheme, Recipe("harmonised", "rank", "geometric"))
    for code in scores.index[:10]:
        scaled, places = [], []
        for name in names:
            column, own = marks[name].tolist(), marks.at[code, name]
            scaled.append(70 + 60 * (own - min(column)) / (max(column) - min(column)))
            below = sum(v < own for v in column)
            places.append(below + (1 + sum(v == own for v in column)) / 2)
        expected = 1 / sum(w / v for w, v in zip(weights, scaled, strict=True))
        assert harmonic[code] == pytest.approx(expected, rel=EXACT)
        product = np.prod([v**w for w, v in zip(weights, places, strict=True)])
        assert geometric[code] == pytest.approx(product, rel=EXACT)


def test_every_choice_is_crossed_once() -> None:
    """For each set left out: the published formula, and 4 x 4 ways of the harmonised one, all
    with names of their own.
    """
    found = recipes([(), ("outcome",), ("output", "outcome")])
    assert len(found) == 3 * (1 + len(NORMALISATIONS) * len(AGGREGATIONS)) == 51
    assert len({recipe.name for recipe in found}) == 51
    only = recipes(formulas=["harmonised"], normalisations=["rank"], aggregations=["arithmetic"])
    assert only == (Recipe("harmonised", "rank"),)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        (("own",), "called 'own'; expected one of published, harmonised"),
        (("harmonised", "log"), "called 'log'; expected one of as_marked"),
        (("published", "rank"), "The published formula goes with marks as marked"),
        (("published", "as_marked", "geometric"), "for as_marked, geometric"),
    ],
)
def test_what_is_no_recipe_is_refused(choices: tuple[str, ...], message: str) -> None:
    """Unknown choices, and scales that the published formula has no sense on."""
    with pytest.raises(ParameterError, match=message):
        Recipe(*choices)
    with pytest.raises(ParameterError, match="called 'own'"):
        recipes(formulas=["own"])


def test_tables_that_cannot_be_indexed_are_refused(scores, scheme) -> None:
    """A missing mark is named with its row; so are unknown tracks, and nothing left over."""
    holed = scores.copy()
    holed.iloc[3, holed.columns.get_loc("outcome")] = np.nan
    for formula in ("published", "harmonised"):
        with pytest.raises(DataError, match=f"missing in row {scores.index[3]};"):
            built(holed, scheme, Recipe(formula))
    with pytest.raises(SchemeError, match="has no track other"):
        built(scores.assign(track="other"), scheme, Recipe("published"))
    one = replace(scheme.common, weights={"outcome": Decimal(1)})
    narrow = replace(scheme, tracks={scheme.common_track: one})
    with pytest.raises(SchemeError, match="No dimension is left without outcome"):
        built(scores, narrow, Recipe("harmonised", without=("outcome",)))
