"""The tidy tables of several years: every year's rows, the last one's audit, ranks and weights."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from smartlib.data.load import Evaluation
from smartlib.data.processed import Tables
from smartlib.run.plan.prepare import processed_tables
from smartlib.vocabulary.folders import Folders

WEIGHTS = ("0.10", "0.20", "0.20", "0.30", "0.20")


@pytest.fixture(scope="module")
def later(evaluation: Evaluation) -> Evaluation:
    """The next year: other weights, and a table without Kab. Badung."""
    scheme = evaluation.scheme
    regular = scheme.tracks["regular"]
    weights = dict(zip(regular.weights, map(Decimal, WEIGHTS), strict=True))
    tracks = {**scheme.tracks, "regular": replace(regular, weights=weights)}
    rows = evaluation.scores.frame.assign(year=scheme.year + 1)
    return replace(
        evaluation,
        scores=replace(evaluation.scores, frame=rows[rows["region_code"] != "51.03"]),
        scheme=replace(scheme, year=scheme.year + 1, tracks=tracks),
        answers=evaluation.answers.assign(year=scheme.year + 1),
    )


@pytest.fixture(scope="module")
def both(evaluation: Evaluation, later: Evaluation, folders: Folders) -> Tables:
    return processed_tables([evaluation, later], folders)


def test_scores_and_answers_are_those_of_all_years(both: Tables, tables: Tables) -> None:
    """A second year adds its rows and leaves the first one's alone."""
    assert both.scores["year"].value_counts().to_dict() == {2024: 140, 2025: 139}
    assert both.answers["year"].value_counts().to_dict() == {2024: 115, 2025: 115}
    first = both.scores[both.scores["year"] == 2024].reset_index(drop=True)
    assert first.equals(tables.scores)


def test_audit_ranks_and_weights_are_those_of_the_last_year(both: Tables, tables: Tables) -> None:
    """Its own rows are ranked. Its stated weights are shown beside those that the totals give; by
    them its totals, which were made by 2024's, do not follow.
    """
    stated = both.weights[both.weights["track"] == "regular"].set_index("dimension")["published"]
    assert sorted(stated) == sorted(map(float, WEIGHTS))
    assert stated["impact"] == 0.30
    assert "51.03" not in set(both.ranks["region_code"])

    def contradicted(found: Tables) -> int:
        finals = found.audit[found.audit["check"] == "final"]
        return int((finals["verdict"] == "contradicted").sum())

    assert contradicted(both) > 10
    assert contradicted(tables) == 0


def test_what_was_found_once_is_handed_out_as_a_copy(
    evaluation: Evaluation, folders: Folders, tables: Tables
) -> None:
    """Whoever changes a table of findings does not change the next caller's."""
    spoiled = processed_tables([evaluation], folders)
    before = spoiled.ranks.copy()
    spoiled.ranks.loc[:, "rank"] = 0
    assert processed_tables([evaluation], folders).ranks.equals(before)
