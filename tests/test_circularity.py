"""Questions that score a factor: the registry, the purge, the arithmetic bound."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from smartlib.index.make.composite import composite_index
from smartlib.inference.factors.circularity import (
    circular_questions,
    circularity_bound,
    purge,
    questions_scoring,
)
from smartlib.vocabulary.errors import DataError

EXACT = 1e-12  # a few divisions
HALF_HUNDREDTH = 0.005 + 1e-9  # an index is rounded to the hundredth


@pytest.fixture(scope="module")
def scored(evaluation) -> pd.DataFrame:
    return evaluation.scored


@pytest.fixture(scope="module")
def instrument(evaluation) -> pd.DataFrame:
    return evaluation.instrument


def test_ten_outcome_questions_and_one_of_output_are_circular(scored, instrument) -> None:
    """Those that the project's knowledge of the evaluation lists."""
    found = circular_questions(scored, instrument)
    by_dimension = found.groupby("dimension").groups
    assert {name: list(numbers) for name, numbers in by_dimension.items()} == {
        "outcome": [18, 20, 28, 29, 32, 34, 35, 36, 38, 39],
        "output": [11],
    }
    assert found.index[~found["is_factor"]].tolist() == [11, 20, 32, 36]
    assert found.at[28, "scores"] == "poverty_rate, poor_population"


def test_a_factor_is_scored_by_the_questions_of_its_year(scored) -> None:
    """Numbers are the year's own data: shifted by seven, every answer shifts by seven."""
    later = scored.assign(question=scored["question"] + 7)
    for name in ("poverty_rate", "own_source_share", "expected_schooling", "kota"):
        numbers = questions_scoring(name, scored)
        assert questions_scoring(name, later) == tuple(n + 7 for n in numbers)
    assert questions_scoring("expected_schooling", scored) == (29, 38, 39)
    assert questions_scoring("kota", scored) == ()


def test_one_outcome_question_weighs_under_a_hundredth(instrument, scheme) -> None:
    """0.9% of the regular index: 0.027 points over its whole scale; the ten 9%: 0.27."""
    one = circularity_bound([28], instrument, scheme)
    assert one.loc["regular"].tolist() == pytest.approx([0.3 / 33, 0.9 / 33], abs=EXACT)
    assert one.loc["regular"].round(3).tolist() == [0.009, 0.027]
    assert one.at["kppn_ikn", "share"] == pytest.approx(0.2 / 33, abs=EXACT)
    ten = circularity_bound([18, 20, 28, 29, 32, 34, 35, 36, 38, 39, 39], instrument, scheme)
    assert ten.at["regular", "share"] == pytest.approx(3 / 33, abs=EXACT)


def test_the_bound_is_what_recomputing_the_index_gives(instrument, scheme, scored) -> None:
    """Marks of the circular questions from 1 to 4, all others at 2: the index moves so far."""
    numbers = circular_questions(scored, instrument).index
    headings = instrument["dimension"].str.lower().str.replace(" ", "_")

    def index(mark: float, track: str) -> float:
        marks = pd.Series(2.0, index=instrument.index)
        marks[numbers] = mark
        means = marks.groupby(headings).mean()
        row = {**means, "collaboration": 2.0, "track": track}
        return float(composite_index(pd.DataFrame([row]), scheme).iloc[0])

    bound = circularity_bound(numbers, instrument, scheme)["points"]
    for track in scheme.tracks:
        moved = index(4.0, track) - index(1.0, track)
        assert moved == pytest.approx(bound[track], abs=2 * HALF_HUNDREDTH)


def test_an_unknown_question_is_named(instrument, scheme) -> None:
    """The message has the numbers there are."""
    with pytest.raises(DataError, match="no question 0, 116; it has numbers 1 to 115"):
        circularity_bound([0, 28, 116], instrument, scheme)


def test_purging_leaves_out_outcome_and_scales_the_rest(scored, instrument, scheme) -> None:
    """Only Outcome holds questions of the dictionary's factors; the weights sum to one."""
    found = purge(scored, instrument, scheme)
    assert found.without == ("outcome",)
    assert found.questions == (18, 28, 29, 34, 35, 38, 39)
    expected = {"baseline": 1 / 7, "output": 2 / 7, "impact": 2 / 7, "quick_wins": 2 / 7}
    assert found.weights == pytest.approx(expected, abs=EXACT)


def test_nothing_to_purge_by_leaves_the_harmonised_weights(scored, instrument, scheme) -> None:
    """Without a scored factor the purged index is the harmonised one."""
    found = purge(scored[:0], instrument, scheme)
    assert found.without == ()
    weights = {name: Decimal(str(round(w, 9))) for name, w in found.weights.items()}
    assert weights == dict(scheme.common.weights)


def test_factors_in_every_dimension_leave_no_index(scored, instrument, scheme) -> None:
    """One question of each dimension: nothing is left, and the message says so."""
    every = scored[:5].assign(question=[1, 6, 17, 50, 104], factor="poverty_rate")
    with pytest.raises(DataError, match="no purged index can be made"):
        purge(every, instrument, scheme)
