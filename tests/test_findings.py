"""The audit as one table: every check is there, and a table that is tampered with is caught."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables
from smartlib.index.audit.findings import audit_table
from smartlib.index.audit.origins import marks_behind
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
    """All on the grid of five; two Impact pillars vary less than the least variable independent
    marks would, one of them not at all.
    """
    assert verdicts(audit, "answers_grid") == {"possible": 1}
    assert verdicts(audit, "answers_survey") == {"unusual": 1}
    spread = audit[audit["check"].str.startswith("answers_spread_impact")].set_index("check")
    unusual = spread.index[spread["verdict"] == "unusual"].tolist()
    pillars = ("smart_branding", "smart_economy")
    assert unusual == [f"answers_spread_impact_{pillar}" for pillar in pillars]
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
        *("final", "inputs", "inputs_published", "inputs_unrounded"),
        *("weights", "assessors"),
    }
    assert verdicts(found, "assessors") == {"not_checkable": 1}


def made_from(table: pd.DataFrame, scheme: Scheme, means: pd.DataFrame) -> pd.DataFrame:
    """Regular rows whose totals are those of given means, while the printed ones stand."""
    rows = table[table["track"] == "regular"]
    weights = {name: float(weight) for name, weight in scheme.common.weights.items()}
    totals = sum(means.loc[rows.index, name] * weight for name, weight in weights.items())
    return rows.assign(published_index=np.floor(totals * 100 + 0.5 + 1e-9) / 100)


def test_totals_of_unrounded_means_are_known_as_such(
    tables: Tables, evaluation: Evaluation
) -> None:
    """Totals made from the sums of marks behind the means: they are taken as the inputs, all
    totals and the weights are reproduced, though the printed means miss some.
    """
    scores, scheme = tables.scores, evaluation.scheme
    behind = marks_behind(scores, scheme, evaluation.instrument).recovered
    assert behind is not None
    behind["mean"] = behind["numerator_low"].astype(float) / behind["denominator"]
    means = behind.pivot(index="region_code", columns="dimension", values="mean")
    table = made_from(scores, scheme, means.reindex(scores["region_code"]).set_axis(scores.index))
    found = audit_table(table, scheme, evaluation.instrument)
    assert found.loc[found["check"] == "inputs", "found"].tolist() == ["whole_marks"]
    printed = found[(found["check"] == "inputs_published") & (found["subject"] == "half_up")]
    assert printed["verdict"].tolist() == ["contradicted"]
    assert verdicts(found, "final") == {"reproduced": len(table)}
    weights = found[found["check"] == "weights"].set_index("subject")["verdict"]
    assert weights["regular"] == "reproduced"


def test_a_few_wrong_totals_do_not_pass_for_unrounded_means(
    tables: Tables, evaluation: Evaluation
) -> None:
    """Three finals a hundredth off could come from means before rounding, but then a tenth of all
    rows would differ: they stay contradicted.
    """
    scores = tables.scores.copy()
    wrong = scores.index[scores["track"] == "regular"][:3]
    scores.loc[wrong, "published_index"] = (scores.loc[wrong, "published_index"] + 0.01).round(2)
    found = audit_table(scores, evaluation.scheme, evaluation.instrument)
    assert found.loc[found["check"] == "inputs", "found"].tolist() == ["published"]
    assert verdicts(found, "final") == {"reproduced": 137, "contradicted": 3}


def test_too_few_or_arbitrary_means_tell_no_number_of_assessors(
    tables: Tables, evaluation: Evaluation
) -> None:
    """One row fits some number by chance; means drawn at random fit none."""
    one = tables.scores.head(1)
    assert marks_behind(one, evaluation.scheme, evaluation.instrument).assessors == 0
    rng = np.random.default_rng(3)
    names = list(evaluation.scheme.common.weights)
    drawn = tables.scores.copy()
    drawn[names] = rng.integers(100, 401, size=(len(drawn), len(names))) / 100
    assert marks_behind(drawn, evaluation.scheme, evaluation.instrument).assessors == 0


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
