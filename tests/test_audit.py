"""The audit: what follows from the published marks, what contradicts them, what cannot be said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from smartlib.data.load import Evaluation
from smartlib.index.audit.arithmetic import AUDIT_COLUMNS, audit_means, audit_totals
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import DIMENSION_NAMES, RECOMPUTED

BADUNG = "51.03"


@pytest.fixture(scope="module")
def scores(evaluation: Evaluation) -> pd.DataFrame:
    return evaluation.scores.valid()


def with_mark(scores: pd.DataFrame, code: str, column: str, value: float) -> pd.DataFrame:
    changed = scores.copy()
    changed.loc[changed["region_code"] == code, column] = value
    return changed


def means(evaluation: Evaluation, scores: pd.DataFrame, **changes: object) -> pd.DataFrame:
    given = {"answers": evaluation.answers, "instrument": evaluation.instrument} | changes
    return audit_means(scores=scores, scheme=evaluation.scheme, **given).set_index("check")


def test_all_140_finals_are_reproduced(scores: pd.DataFrame, scheme: Scheme) -> None:
    """Every published final follows to the hundredth from its published means, half up."""
    audit = audit_totals(scores, scheme)
    assert list(audit.columns) == AUDIT_COLUMNS
    assert audit.index.equals(scores.index)
    assert audit["verdict"].value_counts().to_dict() == {"reproduced": 140}
    assert (audit["published"] == audit["recomputed"]).all()


@pytest.mark.parametrize(("rule", "reproduced"), [("half_even", 128), ("down", 66)])
def test_other_rules_reproduce_fewer(
    scores: pd.DataFrame, scheme: Scheme, rule: str, reproduced: int
) -> None:
    """Rounding half to even gives 128 of the 140 finals and cutting off 66: half up is inferred."""
    verdicts = audit_totals(scores, replace(scheme, rounding=rule))["verdict"].value_counts()
    assert verdicts.to_dict() == {"reproduced": reproduced, "contradicted": 140 - reproduced}


def test_six_finals_count_a_missing_collaboration_as_zero(
    scores: pd.DataFrame, scheme: Scheme
) -> None:
    """Six regions of the KPPN/IKN track have no Collaboration mark; their detail says so, and
    without the rule their finals could not be computed.
    """
    audit = audit_totals(scores, scheme)
    zeroed = audit["detail"].str.endswith("; collaboration missing, counted as 0")
    assert zeroed.sum() == 6
    assert set(scores.loc[zeroed, "track"]) == {"kppn_ikn"}
    strict = {name: replace(track, zero_if_missing=()) for name, track in scheme.tracks.items()}
    verdicts = audit_totals(scores, replace(scheme, tracks=strict))["verdict"]
    assert verdicts.value_counts().to_dict() == {"reproduced": 134, "not_checkable": 6}


def test_all_five_means_of_badung_are_reproduced(
    evaluation: Evaluation, scores: pd.DataFrame
) -> None:
    """The five dimension means follow from the 115 marks of the report."""
    audit = means(evaluation, scores)
    assert list(audit.index) == list(DIMENSION_NAMES[:5])
    assert set(audit["verdict"]) == {"reproduced"}
    assert set(audit["region_code"]) == {BADUNG}
    assert audit["recomputed"].tolist() == [3.56, 2.73, 3.27, 3.18, 2.8]
    assert audit.at["output", "detail"] == "mean of 11 questions 2.7273"


@pytest.mark.parametrize("column", ["baseline", "output", "outcome", "impact", "quick_wins"])
def test_a_changed_digit_of_a_mean_is_contradicted(
    evaluation: Evaluation, scores: pd.DataFrame, column: str
) -> None:
    """One hundredth more in a published mean contradicts its questions, and no other mean."""
    stated = scores.set_index("region_code").at[BADUNG, column]
    audit = means(evaluation, with_mark(scores, BADUNG, column, round(stated + 0.01, 2)))
    contradicted = audit.index[audit["verdict"] == "contradicted"]
    assert list(contradicted) == [column]
    assert audit.at[column, "recomputed"] == stated


def test_a_changed_digit_of_a_final_is_contradicted(scores: pd.DataFrame, scheme: Scheme) -> None:
    """One hundredth more or less in any final is found, in that row alone."""
    for row, final in scores["published_index"].items():
        for step in (-0.01, 0.01):
            changed = scores.loc[[row]].assign(published_index=round(final + step, 2))
            audit = audit_totals(changed, scheme)
            assert audit["verdict"].tolist() == ["contradicted"]
            assert audit["recomputed"].tolist() == [final]
    audit = audit_totals(with_mark(scores, BADUNG, "published_index", 3.09), scheme)
    assert audit.loc[audit["verdict"] == "contradicted", "region_code"].tolist() == [BADUNG]


def test_a_changed_mark_of_a_question_is_contradicted(
    evaluation: Evaluation, scores: pd.DataFrame
) -> None:
    """A question's mark read 0.2 too high moves the mean of its five questions."""
    answers = evaluation.answers.copy()
    answers.loc[answers["question"] == 1, "score"] -= 0.2
    audit = means(evaluation, scores, answers=answers)
    assert audit["verdict"].tolist() == ["contradicted", *["reproduced"] * 4]
    assert audit.at["baseline", "recomputed"] == 3.52


@pytest.mark.parametrize("column", ["published_index", "outcome", "track"])
def test_a_final_without_its_marks_cannot_be_checked(
    scores: pd.DataFrame, scheme: Scheme, column: str
) -> None:
    """A missing mark, final or track is no contradiction: the verdict says that it is open."""
    audit = audit_totals(with_mark(scores, BADUNG, column, None), scheme)
    row = audit.set_index("region_code").loc[BADUNG]
    assert row["verdict"] == "not_checkable"
    assert row["detail"] == "a needed mark is missing"
    assert (audit["verdict"] == "reproduced").sum() == 139


def test_a_dimension_without_all_its_answers_cannot_be_checked(
    evaluation: Evaluation, scores: pd.DataFrame
) -> None:
    """A mean over fewer questions than the dimension has is not computed."""
    answers = evaluation.answers[~evaluation.answers["question"].isin([2, 3])]
    audit = means(evaluation, scores, answers=answers)
    assert audit["verdict"].tolist() == ["not_checkable", *["reproduced"] * 4]
    assert audit.at["baseline", "detail"] == "3 of 5 questions have a score"
    assert np.isnan(audit.at["baseline", "recomputed"])


def test_answers_of_an_unscored_region_cannot_be_checked(
    evaluation: Evaluation, scores: pd.DataFrame
) -> None:
    """Without a published mean there is nothing to reproduce, but the mean is shown."""
    audit = means(evaluation, scores[scores["region_code"] != BADUNG])
    assert set(audit["verdict"]) == {"not_checkable"}
    assert audit["recomputed"].tolist() == [3.56, 2.73, 3.27, 3.18, 2.8]


def test_verdicts_are_the_declared_ones(evaluation: Evaluation, scores: pd.DataFrame) -> None:
    """No other word stands in the verdict column."""
    mixed = with_mark(with_mark(scores, BADUNG, "baseline", 1.0), "34.02", "output", None)
    audit = audit_totals(mixed, evaluation.scheme)
    assert set(audit["verdict"]) == set(RECOMPUTED)
