"""The next tenth, the audit's number of assessors, and rises by target; goals: test_what_if."""

from __future__ import annotations

import inspect
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest

from smartlib.index import assessors_found, next_tenth, rises_to, targets
from smartlib.index.region.by_question import question_rises
from smartlib.index.region.what_if import smallest_rises

BADUNG, BANDUNG, KLATEN = "51.03", "32.73", "33.10"


def test_the_next_tenth_is_the_first_above(scheme) -> None:
    """For every hundredth of the scale: tenths counted in whole numbers; none above the end."""
    for unit in range(95, 401):
        tenth = unit // 10 + 1
        assert next_tenth(unit / 100, scheme) == (tenth / 10 if tenth <= 40 else None)


def test_the_audit_names_five_assessors_or_none(tables) -> None:
    """The real audit finds five; an audit that finds none, or without the check, gives 0."""
    audit = tables.audit
    assert assessors_found(audit) == 5
    unknown = audit.assign(verdict=audit["verdict"].replace("possible", "not_checkable"))
    assert assessors_found(unknown) == assessors_found(audit.iloc[:0]) == 0


@pytest.fixture
def found(scores, scheme, evaluation):
    def rises(code: str, assessors: int = 5, *, index: float = 3.5) -> dict:
        goals = targets(scores, code, scheme, index=index)
        return goals, rises_to(
            goals,
            scores,
            code,
            scheme,
            instrument=evaluation.instrument,
            answers=evaluation.answers,
            assessors=assessors,
        )

    return rises


def test_a_target_that_no_dimension_alone_can_bring_has_no_rises(scores, scheme, found) -> None:
    """For every region a target is there just if the index with one mark at 4, the others as
    they are, computed in decimals by hand, is at the target; then some row is reachable.
    """
    for code, own in scores.iterrows():
        goals, rises = found(code)
        track = scheme.tracks[own["track"]]
        marks = {name: Decimal(str(own[name])) for name in track.weights if own[name] == own[name]}
        now = sum(track.weights[name] * mark for name, mark in marks.items())
        most = max(now + w * (4 - marks.get(name, 0)) for name, w in track.weights.items())
        most = most.quantize(Decimal("0.01"), ROUND_HALF_UP)
        wanted = {goal.target for goal in goals if goal.target is not None}
        assert list(rises) == sorted(target for target in wanted if target <= most)
        assert all(table["reachable"].any() for table in rises.values())


def test_answers_are_used_where_they_are(scores, scheme, evaluation, found) -> None:
    """Badung's rises are those of its questions, another region's those of its means, and so
    are Badung's where no number of assessors is known or its answers are off the grid of four.
    """
    instrument, answers = evaluation.instrument, evaluation.answers
    for target, table in found(BADUNG)[1].items():
        pd.testing.assert_frame_equal(
            table,
            question_rises(
                answers, instrument, scores, BADUNG, target=target, scheme=scheme, assessors=5
            ),
        )
    questions = {"baseline": 5, "output": 11, "outcome": 33, "impact": 54, "quick_wins": 12}
    for code, assessors in ((KLATEN, 5), (BADUNG, 4), (BADUNG, 0)):
        grain = {name: n * assessors for name, n in questions.items() if assessors}
        for target, table in found(code, assessors)[1].items():
            expected = smallest_rises(scores, code, target, scheme, grain=grain)
            pd.testing.assert_frame_equal(table, expected)


def test_a_report_says_ten_where_the_function_means_ten() -> None:
    """The words `the first ten` stand for the default number of places."""
    assert inspect.signature(targets).parameters["places"].default == 10
