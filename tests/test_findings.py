"""The audit as one table: every check is there, and a table that is tampered with is caught."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables
from smartlib.index.findings import audit_table, marks_behind
from smartlib.vocabulary.records import Scheme
from smartlib.vocabulary.tables import AUDIT, DIMENSION_NAMES, VERDICTS


@pytest.fixture(scope="module")
def audit(tables: Tables) -> pd.DataFrame:
    return tables.audit


def verdicts(audit: pd.DataFrame, check: str) -> dict[str, int]:
    """How often each verdict was given by a check."""
    counts = audit.loc[audit["check"] == check, "verdict"].value_counts()
    return {str(verdict): int(count) for verdict, count in counts.items()}


def tampered(tables: Tables, column: str, code: str, by: float) -> pd.DataFrame:
    """The score table with one number changed."""
    scores = tables.scores.copy()
    row = scores["region_code"] == code
    scores.loc[row, column] = (scores.loc[row, column] + by).round(2)
    return scores


def test_the_real_table_follows_from_its_published_means(audit: pd.DataFrame) -> None:
    """All 140 finals and Badung's five means are reproduced, by half up from the printed means
    alone: half to even gives 128 and cutting off 66 (domain notes, computed apart).
    """
    assert verdicts(audit, "final") == {"reproduced": 140}
    means = [f"mean_{name}" for name in DIMENSION_NAMES if name != "collaboration"]
    assert [verdicts(audit, check) for check in means] == [{"reproduced": 1}] * 5
    inputs = audit[audit["check"] == "inputs_published"].set_index("subject")
    assert inputs["found"].to_dict() == {"half_up": "140", "half_even": "128", "down": "66"}
    assert verdicts(audit, "inputs_whole_marks") == {"contradicted": 3}
    assert verdicts(audit, "weights") == {"reproduced": 2}


def test_five_assessors_explain_every_mean(
    audit: pd.DataFrame, evaluation: Evaluation, tables: Tables
) -> None:
    """Baseline, Output and Quick Wins could have failed and did not; Outcome's and Impact's grids
    allow every value and say nothing.
    """
    for name, verdict in {
        "baseline": "possible",
        "output": "possible",
        "outcome": "uninformative",
        "impact": "uninformative",
        "quick_wins": "possible",
    }.items():
        assert verdicts(audit, f"granularity_{name}") == {verdict: 140}
    assert audit.loc[audit["check"] == "assessors", "found"].tolist() == ["5"]
    found = marks_behind(tables.scores, evaluation.scheme, evaluation.instrument)
    assert found.assessors == 5


def test_badungs_answers_look_like_assessors_marks(audit: pd.DataFrame) -> None:
    """All on the grid of five; five Impact pillars vary less than answers dealt at random, and
    Smart Environment does not.
    """
    assert verdicts(audit, "answers_grid") == {"possible": 1}
    assert verdicts(audit, "answers_survey") == {"unusual": 1}
    spread = audit[audit["check"].str.startswith("answers_spread_impact")].set_index("check")
    expected = spread.index[spread["verdict"] == "expected"].tolist()
    assert expected == ["answers_spread_impact_smart_environment"]
    assert len(spread) == 6


def test_a_changed_total_is_contradicted(tables: Tables, evaluation: Evaluation) -> None:
    """One final a hundredth too high: its row, the reading of all rows and the weights."""
    found = audit_table(
        tampered(tables, "published_index", "51.03", 0.01), evaluation.scheme, evaluation.instrument
    )
    wrong = found[found["verdict"] == "contradicted"]
    assert "51.03" in wrong.loc[wrong["check"] == "final", "subject"].tolist()
    half_up = found[(found["check"] == "inputs_published") & (found["subject"] == "half_up")]
    assert half_up["found"].tolist() == ["139"]
    weights = found[found["check"] == "weights"].set_index("subject")["verdict"]
    assert weights.to_dict() == {"regular": "contradicted", "kppn_ikn": "reproduced"}


def test_a_mean_off_the_grid_is_named(tables: Tables, evaluation: Evaluation) -> None:
    """A Baseline of 3.57 is no mean of 25 whole marks; then no number of assessors explains all,
    and granularity says so rather than guess.
    """
    scores = tampered(tables, "baseline", "51.03", 0.01)
    found = audit_table(scores, evaluation.scheme, evaluation.instrument)
    row = found[found["check"] == "assessors"].iloc[0]
    assert (row["verdict"], row["detail"]) == (
        "impossible",
        "5 assessors explain 699 of 700 means; those that they do not are listed",
    )
    baseline = found[found["check"] == "granularity_baseline"].set_index("subject")["verdict"]
    assert baseline[baseline == "impossible"].index.tolist() == ["51.03"]


def test_without_questions_nothing_is_said_of_marks(tables: Tables, scheme: Scheme) -> None:
    """A table with a scheme alone: totals and weights are checked, whole marks are not."""
    found = audit_table(tables.scores, scheme)
    assert set(found["check"]) == {
        *("final", "inputs_published", "inputs_unrounded"),
        *("weights", "assessors"),
    }
    assert verdicts(found, "assessors") == {"not_checkable": 1}


def test_a_scheme_without_a_survey_has_no_such_check(
    tables: Tables, evaluation: Evaluation
) -> None:
    """Only where the scheme says so are marks held against survey means."""
    scheme = replace(evaluation.scheme, survey=None)
    found = audit_table(tables.scores, scheme, evaluation.instrument, evaluation.answers)
    assert "answers_survey" not in set(found["check"])


def test_the_table_fits_its_contract(audit: pd.DataFrame) -> None:
    """Columns, one row a check and subject, known verdicts."""
    assert list(audit.columns) == AUDIT.column_names
    assert not audit.duplicated(["check", "subject"]).any()
    assert set(audit["verdict"]) <= set(VERDICTS)
