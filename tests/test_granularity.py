"""Granularity: which published means whole marks can give, against counting all of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from smartlib.data.load import Evaluation, load_scheme
from smartlib.index.audit.granularity import (
    MISPRINT_RATE,
    assessor_likelihood,
    audit_granularity,
    denominator_candidates,
    questions_by_dimension,
    recovered_means,
)
from smartlib.index.make.marks import MarkSums
from smartlib.index.make.rounding import RULES, exact, round_published
from smartlib.vocabulary.errors import DataError, SchemeError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.records import Scheme

SCHEME = load_scheme(2024, Folders(ROOT))
FIVE = ["baseline", "output", "outcome", "impact", "quick_wins"]
HUNDREDTHS = [n / 100 for n in range(100, 401)]
FLOATS = 1e-9  # a sum of a few hundred logarithms

# L. Jung's R package scrutiny, README: `grim_map(pigs1)`, columns x, n and consistency.
SCRUTINY = [
    (7.22, 32, True),
    (4.74, 25, False),
    (5.23, 29, False),
    (2.57, 24, False),
    (6.77, 27, False),
    (2.68, 28, True),
    (7.01, 29, False),
    (7.38, 26, True),
    (3.14, 27, False),
    (6.89, 31, False),
    (5.00, 25, True),
    (0.24, 28, False),
]


@pytest.fixture(scope="module")
def questions(evaluation: Evaluation) -> dict[str, int]:
    return questions_by_dimension(evaluation.instrument)


@pytest.fixture(scope="module")
def published(evaluation: Evaluation) -> pd.DataFrame:
    return evaluation.scores.valid()


@pytest.fixture(scope="module")
def audit(published: pd.DataFrame, questions: dict[str, int]) -> pd.DataFrame:
    return audit_granularity(published, questions, SCHEME)


def schemes() -> st.SearchStrategy[Scheme]:
    return st.builds(
        lambda low, length, decimals, rule: replace(
            SCHEME,
            lowest=Decimal(low),
            highest=Decimal(low + length),
            decimals=decimals,
            rounding=rule,
        ),
        st.integers(-3, 3),
        st.integers(1, 5),
        st.integers(0, 3),
        st.sampled_from(sorted(RULES)),
    )


def possible(values: list[float], denominator: int, scheme: Scheme = SCHEME) -> int:
    return int(denominator_candidates(values, [denominator], scheme).at[0, "possible"])


def test_the_questions_of_each_dimension(evaluation: Evaluation) -> None:
    """115 questions: 5, 11, 33, 54 and 12; Collaboration has none in the instrument."""
    found = questions_by_dimension(evaluation.instrument)
    assert found == dict(zip(FIVE, (5, 11, 33, 54, 12), strict=True))


@given(scheme=schemes(), marks=st.integers(1, 4))
def test_every_sheet_of_marks_has_a_possible_mean(scheme: Scheme, marks: int) -> None:
    """The means of all sheets of up to four marks, rounded one by one in decimals, are the
    possible ones: none is left out and none is added.
    """
    scale = range(int(scheme.lowest), int(scheme.highest) + 1)
    means = {
        round_published(quotient(sum(sheet), marks), scheme.decimals, scheme.rounding)
        for sheet in combinations_with_replacement(scale, marks)
    }
    assert possible_means(marks, scheme) == set(map(float, means))


def possible_means(marks: int, scheme: Scheme) -> set[float]:
    """Published means that so many whole marks can give."""
    return {int(mean) / 10**scheme.decimals for mean in MarkSums(marks, scheme).published}


def quotient(total: int, marks: int) -> Decimal:
    """A quotient of so many digits that no rounding to three decimals can turn on the rest."""
    return Decimal(total) / Decimal(marks)


@given(scheme=schemes(), denominator=st.integers(1, 300), place=st.floats(0, 1))
def test_a_recovered_interval_holds_just_the_sums_that_round_to_the_mean(
    scheme: Scheme, denominator: int, place: float
) -> None:
    """Of all sums of marks those that round to the published mean, as fractions, are the ones
    between the two numerators.
    """
    low, high = denominator * int(scheme.lowest), denominator * int(scheme.highest)
    total = low + round(place * (high - low))
    published = in_units(Fraction(total, denominator), scheme)
    rows = pd.DataFrame({"region_code": ["51.03"], "output": [published / 10**scheme.decimals]})
    found = recovered_means(rows, {"output": denominator}, 1, scheme).iloc[0]
    fitting = [
        n for n in range(low, high + 1) if in_units(Fraction(n, denominator), scheme) == published
    ]
    assert total in fitting
    assert list(range(found["numerator_low"], found["numerator_high"] + 1)) == fitting
    assert found["candidates"] == len(fitting)


def in_units(value: Fraction, scheme: Scheme) -> int:
    """A fraction rounded to units of the last decimal, away from zero if the rule says so."""
    size = abs(value) * 10**scheme.decimals
    whole, rest = math.floor(size), size - math.floor(size)
    half = Fraction(1, 2)
    up = {
        "half_up": rest >= half,
        "half_even": rest > half or (rest == half and whole % 2 == 1),
        "down": False,
    }[scheme.rounding]
    return (whole + up) * (-1 if value < 0 else 1)


@pytest.mark.parametrize(("mean", "size", "consistent"), SCRUTINY)
def test_verdicts_of_another_implementation(mean: float, size: int, consistent: bool) -> None:
    """The twelve means of scrutiny's first example have the verdicts that its README prints."""
    wide = replace(SCHEME, lowest=Decimal(0), highest=Decimal(10))
    assert possible([mean], size, wide) == consistent


def test_the_worked_example_of_the_economist() -> None:
    """A mean of 5.93 of 49 whole ratings from 1 to 7 cannot be (The Economist, 18 June 2016, on
    the GRIM test); 5.92 and 5.94 can.
    """
    ratings = replace(SCHEME, highest=Decimal(7))
    assert [possible([mean], 49, ratings) for mean in (5.92, 5.93, 5.94)] == [1, 0, 1]


@pytest.mark.parametrize(
    ("assessors", "counts"),
    [(4, [38, 67, 140, 140, 70]), (5, [140] * 5), (6, [38, 102, 140, 140, 88])],
)
def test_five_assessors_explain_the_table(
    audit: pd.DataFrame, assessors: int, counts: list[int]
) -> None:
    """All 140 rows of all five dimensions are possible for five assessors, and not for four or
    six, with the counts that were found once before from the source documents.
    """
    rows = audit[audit["assessors"] == assessors]
    assert rows["dimension"].tolist() == FIVE
    assert rows["possible"].tolist() == counts
    assert (rows["rows"] == 140).all()


def test_counts_of_the_table_by_fractions(
    published: pd.DataFrame, questions: dict[str, int], audit: pd.DataFrame
) -> None:
    """For every candidate and dimension, each published mean looked up among all rounded
    fractions, one at a time.
    """
    for row in audit.itertuples():
        d = questions[row.dimension] * row.assessors
        grid = {in_units(Fraction(n, d), SCHEME) for n in range(d, 4 * d + 1)}
        values = [round(100 * value) for value in published[row.dimension]]
        assert row.denominator == d
        assert row.grid_values == len(grid)
        assert row.possible == sum(value in grid for value in values)


def test_a_grid_finer_than_the_decimals_is_no_evidence(audit: pd.DataFrame) -> None:
    """At five assessors the 165 marks of Outcome and the 270 of Impact allow each of the 301
    values from 1.00 to 4.00: they weigh nothing, the other dimensions do.
    """
    five = audit[audit["assessors"] == 5].set_index("dimension")
    assert five.loc[["outcome", "impact"], "grid_values"].tolist() == [301, 301]
    assert five["informative"].tolist() == [True, True, False, False, True]
    assert (five.loc[["outcome", "impact"], "log10_ratio"] == 0).all()
    assert (five.loc[["outcome", "impact"], "by_chance"] == 140).all()


def test_ten_assessors_fit_as_well_as_five(audit: pd.DataFrame) -> None:
    """A multiple's grid holds the grid itself, so every row stays possible at ten and fifteen;
    their finer grids went unused, which puts them behind.
    """
    table = assessor_likelihood(audit).set_index("assessors")
    assert table.index[table["impossible"] == 0].tolist() == [5, 10, 15]
    assert table["behind_best"].idxmin() == 5
    assert table.at[10, "behind_best"] > 50
    unexplained = table.drop(index=[5, 10, 15])
    assert (unexplained["behind_best"] > table.at[15, "behind_best"]).all()


@given(denominator=st.integers(1, 120), multiple=st.integers(2, 5), scheme=schemes())
def test_finer_grids_hold_coarser_ones(denominator: int, multiple: int, scheme: Scheme) -> None:
    """Whatever d marks can give, a multiple of d can give too."""
    coarse = MarkSums(denominator, scheme).published
    assert np.isin(coarse, MarkSums(denominator * multiple, scheme).published).all()


@pytest.mark.parametrize("denominator", [1, 7, 25, 44, 55, 60, 100, 301])
def test_arbitrary_values_fit_as_often_as_expected(denominator: int) -> None:
    """Of all values from 1.00 to 4.00, taken once each, as many are possible as `by_chance`
    expects.
    """
    found = denominator_candidates(HUNDREDTHS, [denominator], SCHEME).iloc[0]
    assert found["possible"] == found["grid_values"]
    assert found["by_chance"] == pytest.approx(found["possible"], abs=FLOATS)


@pytest.mark.parametrize("denominator", [5, 25, 55, 60, 200])
def test_the_likelihood_is_a_distribution(denominator: int) -> None:
    """Against equally likely values, the ratios of the 301 values average 1: grid and misprints
    together are a probability.
    """
    grid = possible_means(denominator, SCHEME)
    kinds = {value in grid: value for value in HUNDREDTHS}  # one value on the grid, one off it
    ratio = {
        on: 10 ** denominator_candidates([value], [denominator], SCHEME).at[0, "log10_ratio"]
        for on, value in kinds.items()
    }
    assert np.mean([ratio[value in grid] for value in HUNDREDTHS]) == pytest.approx(1, abs=FLOATS)


def test_the_likelihood_of_the_table_by_hand(
    published: pd.DataFrame, questions: dict[str, int], audit: pd.DataFrame
) -> None:
    """Summed value by value with probabilities written out, candidates stand as far apart."""
    table = assessor_likelihood(audit).set_index("assessors")

    def log10_probability(k: int) -> float:
        total = 0.0
        for name, count in questions.items():
            grid = possible_means(count * k, SCHEME)
            for value in published[name]:
                on_grid = (1 - MISPRINT_RATE) / len(grid) if value in grid else 0
                total += math.log10(on_grid + MISPRINT_RATE / 301)
        return total

    best = log10_probability(5)
    for k in (1, 4, 6, 10):
        assert table.at[k, "behind_best"] == pytest.approx(best - log10_probability(k), abs=1e-6)


@pytest.mark.parametrize("assessors", [2, 3, 4, 5, 6, 7, 9])
def test_the_number_of_assessors_is_found_in_simulated_tables(
    assessors: int, questions: dict[str, int]
) -> None:
    """40 regions marked by k assessors, with one misprint, have k as the likeliest number."""
    rng = np.random.default_rng(assessors)
    columns = {}
    for name, count in questions.items():
        mean = rng.uniform(0.2, 0.8, 40)
        sums = count * assessors + rng.binomial(3 * count * assessors, mean)
        columns[name] = [
            float(round_published(quotient(int(n), count * assessors), 2)) for n in sums
        ]
    columns["baseline"][0] = 2.01
    found = assessor_likelihood(audit_granularity(pd.DataFrame(columns), questions, SCHEME))
    assert found.loc[found["log10_ratio"].idxmax(), "assessors"] == assessors


def test_collaboration_has_thirty_or_sixty_marks(published: pd.DataFrame) -> None:
    """Of the 41 values 39 are multiples of 1/30 and 40 of 1/60, where arbitrary values would give
    12 and 25; no coarser grid than 1/30 holds as many, and none explains them as well.
    """
    values = published["collaboration"]
    found = denominator_candidates(values, range(1, 101), SCHEME).set_index("denominator")
    assert (found["rows"] == 41).all()
    assert found.loc[[30, 60], "possible"].tolist() == [39, 40]
    assert found.loc[[30, 60], "by_chance"].round().tolist() == [12, 25]
    assert found["log10_ratio"].idxmax() == 30
    assert (found.loc[:29, "possible"] < 39).all()


def test_recovered_sums_are_those_of_the_answers(
    published: pd.DataFrame, evaluation: Evaluation, questions: dict[str, int]
) -> None:
    """Badung's report gives each question's mean: five times their sum lies between the sums
    recovered from the published means, and is the only candidate where the grid is coarse.
    """
    means = recovered_means(published, questions, 5, SCHEME)
    own = means[means["region_code"] == "51.03"].set_index("dimension")
    answers = evaluation.answers.join(evaluation.instrument["dimension"], on="question")
    headings = answers["dimension"].unique()
    for name, heading in zip(FIVE, headings, strict=True):
        total = int(5 * sum(map(exact, answers.loc[answers["dimension"] == heading, "score"])))
        assert own.at[name, "numerator_low"] <= total <= own.at[name, "numerator_high"]
    assert own["candidates"].tolist() == [1, 1, 2, 2, 1]


def test_a_mean_that_cannot_be_has_no_sum() -> None:
    """An impossible mean, one off the scale and one with too many decimals have no candidate; a
    missing one has no row.
    """
    rows = pd.DataFrame(
        {"region_code": list("abcde"), "baseline": [2.01, 4.04, 2.0401, np.nan, 2.04]}
    )
    found = recovered_means(rows, {"baseline": 5}, 5, SCHEME)
    assert found["region_code"].tolist() == list("abce")
    assert found["candidates"].tolist() == [0, 0, 0, 1]
    assert found["numerator_low"].isna().tolist() == [True, True, True, False]
    assert found["numerator_low"].iloc[3] == found["numerator_high"].iloc[3] == 51


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: recovered_means(pd.DataFrame({"a": [2.0]}), {"a": 0}, 5, SCHEME),
            "0 questions and 5 assessors; expected whole",
        ),
        (
            lambda: recovered_means(pd.DataFrame({"a": [2.0]}), {"a": 5}, 2.5, SCHEME),
            r"5 questions and 2\.5 assessors",
        ),
        (lambda: MarkSums(2.5, SCHEME), r"2\.5 marks cannot be averaged"),
        (lambda: denominator_candidates([2.0], [0], SCHEME), "0 marks cannot be averaged"),
        (
            lambda: denominator_candidates([2.0], [5], SCHEME, misprint_rate=0),
            "misprint rate is 0, expected a share between 0 and 1",
        ),
        (
            lambda: audit_granularity(pd.DataFrame({"output": [2.0]}), {"impact": 54}, SCHEME),
            "No published means of impact; expected one column",
        ),
        (
            lambda: recovered_means(pd.DataFrame(), {}, 5, SCHEME),
            "No published means of any dimension",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused(call: Callable[[], object], message: str) -> None:
    """Numbers that count nothing, and dimensions without a column, are named."""
    with pytest.raises(DataError, match=message):
        call()


def test_a_scale_without_whole_ends_is_refused() -> None:
    """On a scale from 1 to 3.5 there are no whole marks at the upper end."""
    with pytest.raises(SchemeError, match=r"runs from 1 to 3\.5; whole marks need whole ends"):
        MarkSums(25, replace(SCHEME, highest=Decimal("3.5")))
