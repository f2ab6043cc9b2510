"""Outcomes and the frame that formulas are fitted on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartlib.inference.factors.circularity import Purge, purge
from smartlib.inference.factors.outcomes import analysis_frame, outcome_labels, outcome_table
from smartlib.vocabulary.errors import DataError

EXACT = 1e-12  # sums of a few products


@pytest.fixture(scope="module")
def without(evaluation) -> Purge:
    return purge(evaluation.scored, evaluation.instrument, evaluation.scheme)


@pytest.fixture(scope="module")
def outcomes(scores, scheme, without) -> pd.DataFrame:
    return outcome_table(scores, scheme, without)


def test_every_outcome_that_a_formula_can_name_is_there(outcomes, scheme, without) -> None:
    """Indices, each dimension, improvement, reliable change; each has labels."""
    assert list(outcomes) == [
        "published_index",
        "recomputed_index",
        "harmonised_index",
        "purged_index",
        "baseline",
        "output",
        "outcome",
        "impact",
        "quick_wins",
        "collaboration",
        "improvement",
        "reliable_change",
        "previous_index",
    ]
    assert list(outcome_labels(scheme, without)) == list(outcomes)


def test_recomputed_is_published_to_the_hundredth(outcomes) -> None:
    """All 140 finals follow from the published means."""
    assert (outcomes["recomputed_index"] == outcomes["published_index"]).all()


def test_the_purged_index_is_the_weighted_mean_without_outcome(outcomes, scores) -> None:
    """10, 20, 20, 20 of 70 hundredths, by hand."""
    weights = {"baseline": 1, "output": 2, "impact": 2, "quick_wins": 2}
    by_hand = sum(scores[name] * weight for name, weight in weights.items()) / 7
    assert outcomes["purged_index"].tolist() == pytest.approx(by_hand.tolist(), abs=EXACT)


def test_the_label_of_the_purged_index_states_its_weights(scheme, without) -> None:
    """What is left out and what the others weigh, with each language's decimal mark."""
    english, indonesian, _ = outcome_labels(scheme, without)["purged_index"]
    assert "without Outcome; weights Baseline 14.3%, Output 28.6%" in english
    assert "tanpa Outcome; bobot Baseline 14,3%, Output 28,6%" in indonesian


def test_reliable_change_is_improvement_in_errors_of_a_difference(outcomes, scores) -> None:
    """The improvement over sqrt(2) sd sqrt(1 - alpha), alpha of the five dimensions by hand."""
    items = scores[["baseline", "output", "outcome", "impact", "quick_wins"]]
    alpha = 5 / 4 * (1 - items.var().sum() / items.sum(axis=1).var())
    error = scores["harmonised_index"].std() * np.sqrt(1 - alpha)
    expected = scores["improvement"] / (np.sqrt(2) * error)
    assert outcomes["reliable_change"].tolist() == pytest.approx(expected.tolist(), abs=1e-9)


def test_without_a_standard_error_reliable_change_is_missing(scores, scheme, without) -> None:
    """Two rows give no reliability; the other outcomes are there."""
    few = outcome_table(scores.head(2), scheme, without)
    assert few["reliable_change"].isna().all()
    assert few["harmonised_index"].notna().all()


def test_the_frame_has_indicators_as_numbers(scores, outcomes, scheme) -> None:
    """kota and kppn_ikn are 0/1 and count what the table has; province is text."""
    factors = pd.DataFrame({"poverty_rate": 1.0}, index=["51.03", "99.99"])
    frame = analysis_frame(scores, outcomes, factors, scheme)
    assert frame["kota"].sum() == 35
    assert frame["kppn_ikn"].sum() == (scores["track"] == "kppn_ikn").sum() == 47
    assert set(frame["kota"]) == set(frame["kppn_ikn"]) == {0.0, 1.0}
    assert frame["province"].nunique() == 29
    assert frame["poverty_rate"].dropna().index.tolist() == ["51.03"]
    assert len(frame) == 140


def test_a_factor_with_an_outcomes_name_is_refused(scores, outcomes, scheme) -> None:
    """A name means one thing in a formula."""
    with pytest.raises(DataError, match="kota is no name for a factor: it is taken"):
        analysis_frame(scores, outcomes, pd.DataFrame({"kota": []}), scheme)
