"""Checks of single answers, against dealing by hand, convolutions and closed forms."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from smartlib.data.load import Evaluation, load_scheme
from smartlib.index.audit.questions import off_grid, survey_means
from smartlib.index.audit.spread import straight_lining
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.folders import Folders
from smartlib.vocabulary.records import Scheme

SCHEME = load_scheme(2024, Folders(ROOT))
IMPACT = range(50, 104)  # questions that the instrument calls survey results
FLOATS = 1e-9  # sums of products of probabilities
DEALT = 0.015  # three standard errors of a share of 9,999 draws
PILLARS = [
    "Smart Governance",
    "Smart Branding",
    "Smart Economy",
    "Smart Living",
    "Smart Society",
    "Smart Environment",
]


@pytest.fixture(scope="module")
def answers(evaluation: Evaluation) -> pd.DataFrame:
    return evaluation.answers


@pytest.fixture(scope="module")
def spread(evaluation: Evaluation) -> pd.DataFrame:
    found = straight_lining(evaluation.answers, evaluation.instrument, 5, SCHEME)
    return found[found["dimension"] == "IMPACT"].set_index("pillar")


def answered(scores: list[float], region: str = "51.03") -> pd.DataFrame:
    numbers = range(1, len(scores) + 1)
    return pd.DataFrame({"region_code": region, "question": numbers, "score": scores})


def asked(pillars: str) -> pd.DataFrame:
    """An instrument of one dimension, a letter for the pillar of each question."""
    index = pd.RangeIndex(1, len(pillars) + 1, name="number")
    return pd.DataFrame({"dimension": "IMPACT", "pillar": list(pillars)}, index=index)


def test_all_answers_of_badung_are_multiples_of_a_fifth(answers: pd.DataFrame) -> None:
    """All 115 are means of five whole marks, where arbitrary hundredths would be in 16 of 301
    cases; no fewer assessors explain them.
    """
    found = off_grid(answers, 5, SCHEME).iloc[0]
    assert (found["answers"], found["off_grid"], found["questions"]) == (115, 0, "")
    assert found["grid"] == 16 / 301
    assert found["fewest_assessors"] == 5
    assert found["finding"] == (
        "All 115 values are multiples of 0.2: consistent with whole marks of 5 assessors. "
        "The fewest assessors that explain all are 5; any multiple fits too."
    )


def test_answers_off_the_grid_are_named(answers: pd.DataFrame) -> None:
    """For four assessors the answers with a 0.2, 0.4, 0.6 or 0.8 are off, by number."""
    found = off_grid(answers, 4, SCHEME).iloc[0]
    whole = answers["score"].eq(answers["score"].round())
    assert found["questions"] == ", ".join(map(str, answers.loc[~whole, "question"]))
    assert found["off_grid"] == (~whole).sum()
    assert found["finding"].startswith(f"{(~whole).sum()} of 115 values are no means of 4 whole")


@settings(max_examples=40)
@given(questions=st.integers(1, 8), assessors=st.integers(1, 12), seed=st.integers(0, 99))
def test_the_fewest_assessors_explain_the_answers(
    questions: int, assessors: int, seed: int
) -> None:
    """Answers made by k assessors are on the grid of k; the fewest is the smallest number whose
    multiples, rounded, hold them all, tried one by one.
    """
    rng = np.random.default_rng(seed)
    sums = rng.integers(1, 5, (questions, assessors)).sum(axis=1)
    scores = [(200 * n + assessors) // (2 * assessors) / 100 for n in sums.tolist()]
    found = off_grid(answered(scores), assessors, SCHEME, most=12).iloc[0]

    def explains(k: int) -> bool:
        grid = {(200 * n + k) // (2 * k) for n in range(k, 4 * k + 1)}
        return all(round(100 * score) in grid for score in scores)

    assert found["off_grid"] == 0
    assert found["fewest_assessors"] == next(k for k in range(1, 13) if explains(k))


def test_regions_are_judged_one_by_one() -> None:
    """Each region has its own fewest number; one that no number explains has none."""
    both = pd.concat([answered([2.5, 3.0], "51.03"), answered([2.333, 3.0], "51.04")])
    found = off_grid(both, 2, SCHEME)
    assert found["off_grid"].tolist() == [0, 1]
    assert found["fewest_assessors"].fillna(0).tolist() == [2, 0]
    assert found["finding"].iloc[1] == (
        "1 of 2 values are no means of 2 whole marks. "
        "No number of assessors that was tried explains all."
    )


def test_smart_economy_of_badung_is_one_value(spread: pd.DataFrame) -> None:
    """All nine are 2.8, which dealt answers would be once in a million deals."""
    row = spread.loc["Smart Economy"]
    assert (row["questions"], row["mean"], row["variance"], row["distinct"]) == (
        9,
        pytest.approx(2.8),
        pytest.approx(0, abs=FLOATS),
        1,
    )
    assert 5e-7 < row["dealt_p"] < 2e-6
    assert "the 9 values are all 2.8" in row["finding"]


def test_chances_of_one_value_are_hypergeometric(
    answers: pd.DataFrame, spread: pd.DataFrame
) -> None:
    """Nine of 54 answers dealt: the chance that all are one value, from the hypergeometric
    distribution of each value.
    """
    impact = answers.loc[answers["question"].isin(IMPACT), "score"]
    expected = sum(stats.hypergeom.pmf(9, 54, count, 9) for count in impact.value_counts())
    assert spread.at["Smart Economy", "dealt_p"] == pytest.approx(expected, rel=FLOATS)


def test_smart_environment_of_badung_is_the_exception(spread: pd.DataFrame) -> None:
    """Five pillars vary less than dealt answers do in all but a few deals of 10,000; Smart
    Environment, from 2.0 to 3.4, does not.
    """
    assert spread.index.tolist() == PILLARS
    alike = spread.drop(index="Smart Environment")
    assert (alike["dealt_holm"] < 0.01).all()
    assert spread.at["Smart Environment", "dealt_holm"] > 0.05
    assert spread.at["Smart Environment", "distinct"] == 5


@pytest.mark.parametrize(
    "scores", [[1, 1.2, 3, 3.6, 2, 2.2], [1, 4, 4, 1, 2, 3], [1, 2, 3, 4, 1, 2]]
)
def test_dealing_agrees_with_all_deals(scores: list[float]) -> None:
    """Six answers dealt to two pillars in all 720 orders: the share with a variance as small, and
    the mean variance.
    """
    found = straight_lining(answered(scores), asked("aaabbb"), 5, SCHEME).set_index("pillar")
    variances = np.array([np.var(deal[:3], ddof=1) for deal in permutations(scores)])
    for pillar, own in (("a", scores[:3]), ("b", scores[3:])):
        share = (variances <= np.var(own, ddof=1) + FLOATS).mean()
        assert found.at[pillar, "dealt_p"] == pytest.approx(share, abs=DEALT)
        assert found.at[pillar, "dealt_variance"] == pytest.approx(variances.mean(), abs=FLOATS)


@pytest.mark.parametrize("scores", [[2.5, 2.5, 2.5], [3, 2.5, 2], [2.5, 3.5, 2.0], [1.0, 4.0, 2.5]])
def test_independent_marks_agree_with_all_panels(scores: list[float]) -> None:
    """Two assessors, three questions: of all sheets of the two neighbouring whole marks that have
    the pillar's sum, the share whose answers vary as little, and their mean variance.
    """
    found = straight_lining(answered(scores), asked("aaa"), 2, SCHEME).iloc[0]
    low = math.floor(np.mean(scores))
    sheets = [
        sheet
        for sheet in product((low, low + 1), repeat=6)
        if math.isclose(sum(sheet), 2 * sum(scores))
    ]
    variances = np.array([np.var(np.reshape(s, (3, 2)).mean(axis=1), ddof=1) for s in sheets])
    share = (variances <= np.var(scores, ddof=1) + FLOATS).mean()
    assert found["independent_variance"] == pytest.approx(variances.mean(), abs=FLOATS)
    assert found["independent_p"] == pytest.approx(share, abs=DEALT)


def test_nine_equal_answers_from_independent_marks(spread: pd.DataFrame) -> None:
    """36 upper marks of 45 fall four to each of nine questions in C(5, 4)^9 of C(45, 36) ways."""
    closed = math.comb(5, 4) ** 9 / math.comb(45, 36)
    error = 3 * math.sqrt(closed / 9_999)  # three standard errors of the draws
    assert spread.at["Smart Economy", "independent_p"] == pytest.approx(closed, abs=error)


def test_answers_of_random_marks_are_not_reported() -> None:
    """With every mark drawn alone no pillar stands out: of 120 pillars about one in twenty has
    either p below 0.05, within three standard errors.
    """
    rng = np.random.default_rng(8)
    marks = rng.integers(2, 4, size=(20, 36, 5)).mean(axis=2)
    frames = [answered(row.round(1).tolist(), f"51.{n:02d}") for n, row in enumerate(marks)]
    found = straight_lining(pd.concat(frames), asked("abcdef" * 6), 5, SCHEME, draws=999)
    most = 0.05 + 3 * math.sqrt(0.05 * 0.95 / 120)
    assert len(found) == 120
    assert (found["dealt_p"] < 0.05).mean() < most
    assert (found["independent_p"] < 0.05).mean() < most
    assert found["dealt_p"].mean() == pytest.approx(0.5, abs=0.15)  # ties push it up a little


def test_adjusted_values_are_holms(evaluation: Evaluation) -> None:
    """statsmodels gives the same adjusted values, region by region."""
    found = straight_lining(evaluation.answers, evaluation.instrument, 5, SCHEME)
    for name in ("dealt", "independent"):
        expected = multipletests(found[f"{name}_p"], method="holm")[1]
        assert found[f"{name}_holm"].to_numpy() == pytest.approx(expected, abs=FLOATS)


def test_the_spread_does_not_depend_on_where_the_scale_starts() -> None:
    """Marks from 0 to 3 in place of 1 to 4 have the same spread and the same p-values."""
    scores, instrument = [1.2, 2.4, 3.6, 3.0, 2.2, 2.8], asked("aaabbb")
    lower = replace(SCHEME, lowest=Decimal(0), highest=Decimal(3))
    found = straight_lining(answered(scores), instrument, 5, SCHEME)
    shifted = straight_lining(answered([round(s - 1, 1) for s in scores]), instrument, 5, lower)
    columns = ["variance", "dealt_p", "independent_variance", "independent_p"]
    pd.testing.assert_frame_equal(found[columns], shifted[columns])


def test_the_same_draws_give_the_same_values(evaluation: Evaluation) -> None:
    """Without a generator the draws are fixed; with another the values move within their error."""
    first, second = (
        straight_lining(evaluation.answers, evaluation.instrument, 5, SCHEME) for _ in range(2)
    )
    pd.testing.assert_frame_equal(first, second)
    other = straight_lining(
        evaluation.answers, evaluation.instrument, 5, SCHEME, rng=np.random.default_rng(1)
    )
    assert (other["dealt_p"] - first["dealt_p"]).abs().max() < 2 * DEALT
    assert not other["dealt_p"].equals(first["dealt_p"])


def test_fifty_four_multiples_of_a_fifth(answers: pd.DataFrame) -> None:
    """A tenth of the steps of a grid of 0.02 are on one of 0.2; that 54 of 54 values are has a
    probability of 10^-54 if sums spread evenly.
    """
    found = survey_means(answers, IMPACT, respondents=50, assessors=5, scheme=SCHEME).iloc[0]
    assert (found["answers"], found["on_grid"]) == (54, 54)
    assert (found["survey_grid"], found["assessor_grid"]) == (151, 16)
    assert found["share"] == pytest.approx(0.1)
    assert found["log10_smooth"] == pytest.approx(-54)
    assert found["log10_independent"] < -52
    assert found["log10_neighbouring"] < -46
    assert found["finding"].startswith("54 of 54 values are multiples of 0.2, as means of 5 whole")
    assert "a probability of about 10^-54 if sums spread evenly" in found["finding"]


@pytest.mark.parametrize("mean", [1.4, 2.0, 2.8, 3.8])
def test_one_survey_mean_by_convolution(mean: float) -> None:
    """Fifty respondents' marks convolved one after the other: the probability that their sum is a
    multiple of ten, with marks over the whole scale and with the two marks beside the mean.
    """
    mark = stats.binom.pmf(np.arange(4), 3, (mean - 1) / 3)
    total = reduce(np.convolve, [mark] * 50)  # of sums 50 to 200
    chance = total[np.arange(50, 201) % 10 == 0].sum()
    found = survey_means(answered([mean]), [1], respondents=50, assessors=5, scheme=SCHEME)
    assert 10 ** found.at[0, "log10_independent"] == pytest.approx(chance, rel=FLOATS)
    low, share = math.floor(mean), mean % 1
    beside = np.zeros(4)
    beside[low - 1 : low + 1] = 1 - share, share
    chance = reduce(np.convolve, [beside] * 50)[np.arange(50, 201) % 10 == 0].sum()
    assert 10 ** found.at[0, "log10_neighbouring"] == pytest.approx(chance, rel=FLOATS)


@pytest.mark.parametrize("mean", [1.4, 2.0, 2.8, 3.8])
def test_a_sum_that_can_spread_is_a_multiple_of_ten_in_a_tenth_of_cases(mean: float) -> None:
    """Closed form: around a circle of ten the distribution of the sum is even but for a wave that
    falls with its variance.
    """
    found = survey_means(answered([mean]), [1], respondents=50, assessors=5, scheme=SCHEME)
    # the first wave of the sum's distribution around a circle of ten: 2 exp(-2 (pi s / 10)^2)
    wave = 2 * math.exp(-2 * (math.pi / 10) ** 2 * 150 * (mean - 1) / 3 * (4 - mean) / 3)
    higher = 0.001  # waves of half the length, and the binomial's distance from a normal curve
    chance = 10 ** found.at[0, "log10_independent"]
    assert chance == pytest.approx(0.1 * (1 + wave), abs=higher)


def test_survey_means_are_on_the_coarse_grid_in_a_tenth_of_cases() -> None:
    """Simulated surveys of 50 whole marks: the share of means that are multiples of 0.2."""
    rng = np.random.default_rng(9)
    means = rng.choice([1, 2, 3, 4], p=[0.1, 0.2, 0.4, 0.3], size=(4_000, 50)).mean(axis=1)
    found = survey_means(
        answered(means.round(2).tolist()),
        range(1, 4_001),
        respondents=50,
        assessors=5,
        scheme=SCHEME,
    ).iloc[0]
    error = 3 * math.sqrt(0.1 * 0.9 / 4_000)  # three standard errors
    assert found["on_grid"] / 4_000 == pytest.approx(0.1, abs=error)
    assert found["log10_smooth"] > -3


@settings(max_examples=40)
@given(hits=st.integers(0, 20), others=st.integers(1, 20))
def test_the_probability_is_a_binomial_tail(hits: int, others: int) -> None:
    """With some values off the coarse grid: that of at least so many of all."""
    scores = [2.4] * hits + [2.42] * others
    found = survey_means(
        answered(scores), range(1, 99), respondents=50, assessors=5, scheme=SCHEME
    ).iloc[0]
    assert found["on_grid"] == hits
    tail = stats.binom.sf(hits - 1, hits + others, 0.1)
    assert 10 ** found["log10_smooth"] == pytest.approx(tail, rel=1e-6)


def test_grids_that_do_not_divide_share_what_both_hold() -> None:
    """Means over 7 and over 5 whole marks have only the whole marks in common: one step of 7."""
    found = survey_means(
        answered([2.0, 2.2]), [1, 2], respondents=7, assessors=5, scheme=SCHEME
    ).iloc[0]
    assert found["on_grid"] == 1
    assert found["share"] == pytest.approx(1 / 7)


def refused(scheme: Scheme = SCHEME) -> list[tuple[Callable[[], object], str]]:
    frame = answered([2.2, 2.3, 3.0])
    lacking = answered([2.2, np.nan])
    twice = pd.concat([frame, frame])
    sizes = {"respondents": 50, "assessors": 5, "scheme": scheme}
    return [
        (lambda: off_grid(frame.drop(columns="score"), 5, scheme), "have no column score"),
        (lambda: off_grid(frame.head(0), 5, scheme), "There are no answers"),
        (lambda: off_grid(lacking, 5, scheme), "No score of questions 2; leave out"),
        (lambda: off_grid(twice, 5, scheme), "Questions 1, 2, 3 are answered twice"),
        (lambda: off_grid(frame, 0, scheme), "0 marks cannot be averaged"),
        (
            lambda: straight_lining(frame, asked("aaa"), 5, scheme),
            "questions 2 are no means of 5 whole marks; `off_grid` gives the fewest",
        ),
        (
            lambda: straight_lining(frame, asked("aa"), 10, scheme),
            "Questions 3 are not in the instrument",
        ),
        (
            lambda: straight_lining(frame, asked("abc"), 10, scheme),
            "No pillar has two answers; there is no spread",
        ),
        (lambda: straight_lining(frame, asked("aaa"), 10, scheme, draws=0), "0 draws; expected"),
        (lambda: survey_means(frame, [7], **sizes), "No answer to questions 7; expected"),
        (lambda: survey_means(answered([4.2]), [1], **sizes), "questions 1 lie outside the scale"),
    ]


@pytest.mark.parametrize(("call", "message"), refused())
def test_what_cannot_be_judged_is_refused(call: Callable[[], object], message: str) -> None:
    """Missing, repeated, unknown or impossible answers are named, with what was expected."""
    with pytest.raises(DataError, match=message):
        call()
