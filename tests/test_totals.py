"""How totals were made: readings against brute force, simulated tables and the published one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartlib.data.load import Evaluation
from smartlib.index.audit.readings import INPUTS
from smartlib.index.audit.totals import (
    audit_rounding,
    denominators_of,
    explain_totals,
    inputs_of_totals,
    total_interval,
)
from smartlib.index.make.rounding import (
    RULES,
    ExactInterval,
    exact,
    round_published,
    rounding_interval,
)
from smartlib.vocabulary.errors import DataError, SchemeError
from smartlib.vocabulary.records import Scheme, Track

# Five assessors on 5, 11, 33, 54 and 12 questions; Collaboration's questions are not known.
MARKS = {"baseline": 25, "output": 55, "outcome": 165, "impact": 270, "quick_wins": 60}
COARSE = {"baseline": 25, "output": 55, "outcome": 40, "impact": 30, "quick_wins": 60}
PADANG_PANJANG = "13.74"


@pytest.fixture(scope="module")
def scores(evaluation: Evaluation) -> pd.DataFrame:
    return evaluation.scores.valid()


@pytest.fixture(scope="module")
def recovered(scores: pd.DataFrame) -> pd.DataFrame:
    return denominators(scores, MARKS)


@pytest.fixture(scope="module")
def table(scores: pd.DataFrame, scheme: Scheme, recovered: pd.DataFrame) -> pd.DataFrame:
    return audit_rounding(scores, scheme, recovered)


def denominators(scores: pd.DataFrame, marks: Mapping[str, int]) -> pd.DataFrame:
    rows = product(scores["region_code"], marks.items())
    return pd.DataFrame(
        [(code, name, count) for code, (name, count) in rows],
        columns=["region_code", "dimension", "denominator"],
    )


def numerators(printed: float, count: int, rule: str) -> list[int]:
    """Every k whose k / count is printed so, by rounding each in turn."""
    near = range(round(printed * count) - 4, round(printed * count) + 5)
    means = ((k, Decimal(k) / count) for k in near)
    return [k for k, mean in means if round_published(mean, 2, rule) == exact(printed)]


def simulated(scheme: Scheme, seed: int, count: int = 100) -> pd.DataFrame:
    """Regions of the regular track with means of whole marks, and totals of two kinds."""
    rng = np.random.default_rng(seed)
    weights = scheme.tracks["regular"].weights
    rows = []
    for number in range(count):
        means = {n: Fraction(int(rng.integers(m, 4 * m + 1)), m) for n, m in COARSE.items()}
        printed = {name: rounded(mean) for name, mean in means.items()}
        totals = {
            "from_marks": rounded(sum(Fraction(weights[n]) * m for n, m in means.items())),
            "from_means": rounded(sum(Fraction(weights[n] * m) for n, m in printed.items())),
        }
        row = {"region_code": f"99.{number:02}", "track": "regular"}
        rows.append(row | {name: float(value) for name, value in (printed | totals).items()})
    return pd.DataFrame(rows)


def rounded(value: Fraction) -> Decimal:
    return round_published(Decimal(value.numerator) / value.denominator)


def of(table: pd.DataFrame, rule: str, inputs: str) -> pd.Series:
    return table.set_index(["rule", "inputs"]).loc[(rule, inputs)]


@pytest.mark.parametrize(("rule", "possible"), [("half_up", 140), ("half_even", 128), ("down", 66)])
def test_printed_means_and_three_rules(table: pd.DataFrame, rule: str, possible: int) -> None:
    """Taken as printed, the means give 140, 128 and 66 of 140 finals: half up alone gives all."""
    found = of(table, rule, "published")
    assert (found["possible"], found["checkable"]) == (possible, 140)
    assert len(found["contradicted"]) == 140 - possible
    assert found["verdict"] == ("reproduced" if possible == 140 else "contradicted")


def test_the_finals_were_not_made_from_whole_marks(
    scores: pd.DataFrame, scheme: Scheme, table: pd.DataFrame
) -> None:
    """Kota Padang Panjang's 2.99 is out of reach of five assessors' marks: the greatest numerators
    whose means are printed as its own, found here one by one, sum to less than 2.985.
    """
    found = of(table, "half_up", "whole_marks")
    assert found["contradicted"] == (PADANG_PANJANG,)
    row = scores.set_index("region_code").loc[PADANG_PANJANG]
    weights = scheme.tracks["regular"].weights
    greatest = sum(
        Fraction(weights[name]) * Fraction(max(numerators(row[name], count, "half_up")), count)
        for name, count in MARKS.items()
    )
    assert f"{float(greatest):.4f}" == "2.9848"
    assert row["published_index"] == 2.99


def test_the_contradiction_in_words(
    scores: pd.DataFrame, scheme: Scheme, recovered: pd.DataFrame
) -> None:
    """It names the region, what it publishes and what the reading allows."""
    names = {PADANG_PANJANG: "Kota Padang Panjang"}
    named = scores.assign(region=scores["region_code"].replace(names))
    found = inputs_of_totals(named, scheme, recovered)
    (reading,) = [
        one for one in found.readings if (one.rule, one.inputs) == ("half_up", "whole_marks")
    ]
    sentences = {one.region_code: one.detail for one in reading.contradictions}
    assert sentences[PADANG_PANJANG] == (
        "Kota Padang Panjang publishes 2.99; means of whole marks give at most 2.9848, which "
        "rounded half up is 2.98"
    )


def test_the_decision_on_the_published_table(
    scores: pd.DataFrame, scheme: Scheme, recovered: pd.DataFrame
) -> None:
    """By the scheme's rule the printed means explain every final, whole marks do not, and means
    before rounding, which include the printed ones, cannot be ruled out.
    """
    found = inputs_of_totals(scores, scheme, recovered)
    assert found.inputs == "published"
    by_rule = {one.inputs for one in found.explaining if one.rule == scheme.rounding}
    assert by_rule == {"published", "unrounded"}
    assert found.detail.startswith("means as printed, rounded half up: 140 of 140 totals. means")


@pytest.mark.parametrize("rule", list(RULES))
def test_whole_marks_against_every_combination(
    scores: pd.DataFrame, scheme: Scheme, recovered: pd.DataFrame, rule: str
) -> None:
    """A row of the regular track is contradicted if and only if no combination of candidate
    numerators, all of them tried, has a sum that the rule publishes as its final.
    """
    regular = scores[scores["track"] == "regular"]
    weights = scheme.tracks["regular"].weights
    common = int(np.lcm.reduce(list(MARKS.values())))  # sums as whole numbers of 1 / (10 common)
    expected = []
    for row in regular.to_dict("records"):
        parts = [
            [
                int(10 * weights[name]) * k * (common // count)
                for k in numerators(row[name], count, rule)
            ]
            for name, count in MARKS.items()
        ]
        sums = {sum(choice) for choice in product(*parts)}
        totals = {round_published(Decimal(one) / (10 * common), 2, rule) for one in sums}
        if exact(row["published_index"]) not in totals:
            expected.append(row["region_code"])
    found = of(audit_rounding(regular, scheme, recovered), rule, "whole_marks")
    assert list(found["contradicted"]) == expected


@pytest.mark.parametrize(
    ("totals", "inputs", "excluded"),
    [("from_marks", "whole_marks", "published"), ("from_means", "published", "whole_marks")],
)
def test_a_simulated_table_tells_how_it_was_made(
    scheme: Scheme, totals: str, inputs: str, excluded: str
) -> None:
    """A hundred regions' totals made in a known way: the true reading explains every row, some rows
    contradict the other, and means before rounding explain both tables.
    """
    table = simulated(scheme, seed=5).rename(columns={totals: "published_index"})
    found = inputs_of_totals(table, scheme, denominators(table, COARSE))
    assert found.inputs == inputs
    verdicts = {one.inputs: one.verdict for one in found.readings if one.rule == "half_up"}
    assert verdicts == {inputs: "reproduced", excluded: "contradicted", "unrounded": "reproduced"}


def test_candidates_are_taken_by_the_rule_that_is_tried(scheme: Scheme) -> None:
    """3/8 is printed as 0.38 half up and half to even, and as 0.37 cut off: with one dimension of
    eight marks, a mean and total of 0.37 is a whole mark's under `down` only.
    """
    one = with_track(scheme, Track("one", "", "", "", {"baseline": Decimal(1)}))
    row = {"region_code": "99.01", "track": "one", "baseline": 0.37, "published_index": 0.37}
    grid = pd.DataFrame([{"region_code": "99.01", "dimension": "baseline", "denominator": 8}])
    table = audit_rounding(pd.DataFrame([row]), one, grid)
    found = table[table["inputs"] == "whole_marks"].set_index("rule")["verdict"].to_dict()
    assert found == {"half_up": "contradicted", "half_even": "contradicted", "down": "reproduced"}
    details = table.set_index(["rule", "inputs"])["detail"]
    assert "do not give the means that it prints" in details["half_up", "whole_marks"]


def with_track(scheme: Scheme, track: Track) -> Scheme:
    return replace(scheme, tracks={track.name: track})


hundredths = st.integers(0, 400).map(lambda number: Decimal(number) / 100)


@given(
    marks=st.tuples(hundredths, hundredths, hundredths),
    at=st.tuples(*[st.fractions(0, 1, max_denominator=8)] * 3),
    rule=st.sampled_from(list(RULES)),
)
@settings(max_examples=60)
def test_a_sum_lies_in_the_interval_of_its_parts(
    marks: tuple[Decimal, ...], at: tuple[Fraction, ...], rule: str
) -> None:
    """Numbers that round to three marks, at any place of their intervals, have a weighted sum
    inside the total's; the ends themselves are approached, and held where all three are.
    """
    weights = {"a": Decimal("0.5"), "b": Decimal("0.3"), "c": Decimal("0.2")}
    track = Track("made up", "", "", "", weights)
    parts = {n: rounding_interval(m, 2, rule) for n, m in zip(weights, marks, strict=True)}
    total = total_interval(parts, track)
    assert total is not None
    inside = [p.low + t * (p.high - p.low) for p, t in zip(parts.values(), at, strict=True)]
    held = all(x in p for x, p in zip(inside, parts.values(), strict=True))
    if held:
        assert sum(Fraction(w) * x for w, x in zip(weights.values(), inside, strict=True)) in total
    low = sum(Fraction(w) * p.low for w, p in zip(weights.values(), parts.values(), strict=True))
    assert total.low == low
    assert (total.low in total) == all(p.low in p for p in parts.values())


def test_a_weight_of_nothing_does_not_open_an_end() -> None:
    """A mark that is not weighed leaves the total's ends as they are, though its own are open."""
    track = Track("one", "", "", "", {"a": Decimal(1), "b": Decimal(0)})
    point, loose = ExactInterval(Fraction(3), Fraction(3)), rounding_interval(0.0)
    assert total_interval({"a": point, "b": loose}, track) == point


def test_missing_marks(scores: pd.DataFrame, scheme: Scheme) -> None:
    """Six blank Collaborations count as 0 and their finals follow; without that rule, without a
    final, or on a track that the scheme has not, a row is not checkable.
    """
    kppn = scheme.tracks["kppn_ikn"]
    blank = scores[(scores["track"] == "kppn_ikn") & scores["collaboration"].isna()]
    assert len(blank) == 6
    assert explain_totals(blank, scheme).verdict == "reproduced"
    strict = with_track(scheme, replace(kppn, zero_if_missing=()))
    for table, rules in (
        (blank, strict),
        (blank.assign(published_index=np.nan), scheme),
        (blank.assign(track="other"), scheme),
        (blank.head(0), scheme),
    ):
        for inputs in INPUTS:
            found = explain_totals(table, rules, inputs)
            assert (found.checkable, found.verdict) == (0, "not_checkable")
    assert inputs_of_totals(blank.head(0), scheme).inputs is None


@pytest.mark.parametrize(
    ("total", "inputs", "words"),
    [
        (3.09, "published", "means as printed give 3.0800, which rounded half up is 3.08"),
        (3.07, "published", "means as printed give 3.0800, which rounded half up is 3.08"),
        (3.10, "unrounded", "means before rounding give less than 3.0850"),
        (
            3.07,
            "unrounded",
            "means before rounding give at least 3.0750, which rounded half up is 3.08",
        ),
        (3.085, "published", "51.03 publishes 3.085, more than 2 decimals"),
    ],
)
def test_each_kind_of_contradiction(scheme: Scheme, total: float, inputs: str, words: str) -> None:
    """Five means of 3.08 make 3.08, from 3.075 up to but not including 3.085 before rounding."""
    row = {"region_code": "51.03", "track": "regular", "published_index": total}
    table = pd.DataFrame([row | dict.fromkeys(MARKS, 3.08)])
    (found,) = explain_totals(table, scheme, inputs).contradictions
    assert found.detail.endswith(words)


def test_a_mean_with_too_many_decimals_was_not_rounded(scheme: Scheme) -> None:
    """3.085 may be an exact input, but it is no mean rounded to two decimals."""
    row = {"region_code": "51.03", "track": "regular", "published_index": 3.09}
    table = pd.DataFrame([row | dict.fromkeys(MARKS, 3.085)])
    assert explain_totals(table, scheme).verdict == "reproduced"
    assert explain_totals(table, scheme, "unrounded").verdict == "contradicted"
    one = pd.DataFrame([row | dict.fromkeys(MARKS, 3.09) | {"baseline": 3.085}])
    assert explain_totals(one, scheme, "unrounded").verdict == "contradicted"


def test_a_mean_without_a_denominator_keeps_its_rounding_interval(
    scores: pd.DataFrame, scheme: Scheme, recovered: pd.DataFrame
) -> None:
    """Whole marks of unknown number are any numbers that round to the mean: the same rows follow
    as from means before rounding.
    """
    unknown = recovered.assign(denominator=np.nan)
    assert denominators_of(None) == denominators_of(unknown) == {}
    table = audit_rounding(scores, scheme, unknown).set_index(["rule", "inputs"])["possible"]
    for rule in RULES:
        assert table[rule, "whole_marks"] == table[rule, "unrounded"] == 140


def test_what_cannot_be_read_is_refused(scores: pd.DataFrame, scheme: Scheme) -> None:
    """An unknown reading, recovered means without a column, a denominator that counts nothing,
    weights that are no shares.
    """
    with pytest.raises(
        DataError, match="Inputs 'guessed' are not known; expected one of published"
    ):
        explain_totals(scores, scheme, "guessed")
    grid = pd.DataFrame({"region_code": ["51.03"], "dimension": ["baseline"]})
    with pytest.raises(DataError, match="The recovered means have no column denominator"):
        inputs_of_totals(scores, scheme, grid)
    with pytest.raises(
        DataError, match=r"no positive whole numbers: 51\.03 baseline 2\.5\. Expected"
    ):
        inputs_of_totals(scores, scheme, grid.assign(denominator=2.5))
    regular = scheme.tracks["regular"]
    heavy = replace(regular, weights={**regular.weights, "baseline": Decimal("0.3")})
    with pytest.raises(SchemeError, match=r"The weights sum to 1\.2, expected 1"):
        audit_rounding(scores, with_track(scheme, heavy))
