"""Change from last year: noise, regression to the mean, changes beyond both."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartlib.data.processed import Tables
from smartlib.index.trust.change import (
    change_counts,
    change_questions,
    expected_from_regression,
    reliable_change,
    slope_from_noise,
)
from smartlib.index.trust.consistency import standard_error
from smartlib.index.trust.reliability import error_routes
from smartlib.vocabulary.errors import DataError, ParameterError
from smartlib.vocabulary.records import Scheme

SIMULATED = 0.02  # three standard errors of the slope at 20,000 simulated regions
ROUNDED = 0.005  # the published example has two decimals


def unchanged(rise: float = 0.0) -> tuple[pd.Series, pd.Series, float, float]:
    """Two years of 20,000 regions that only rise alike; reliability and error of one year."""
    rng = np.random.default_rng(3)
    truth, error = rng.normal(3, 0.6, 20_000), 0.3
    before = pd.Series(truth + rng.normal(0, error, truth.size))
    now = pd.Series(truth + rise + rng.normal(0, error, truth.size))
    return before, now, 0.6**2 / (0.6**2 + error**2), error


def test_unchanged_regions_regress_to_the_mean_by_reliability_minus_one() -> None:
    """A simulation without any change has the slope that the closed form states."""
    before, now, reliability, _ = unchanged()
    slope = (now - before).cov(before) / before.var()
    assert slope == pytest.approx(slope_from_noise(reliability), abs=SIMULATED)


def test_the_worked_example_of_jacobson_and_truax() -> None:
    """From 32.5 to 47.5 with a standard deviation of 7.5 and a reliability of 0.80: 3.16, beyond
    noise (Jacobson and Truax, 1991, p. 14).
    """
    error = 7.5 * (1 - 0.80) ** 0.5
    found = reliable_change(pd.Series([47.5 - 32.5]), error)
    assert found.at[0, "index"] == pytest.approx(3.16, abs=ROUNDED)
    assert found.at[0, "verdict"] == "rose"


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_unchanged_regions_stay_within_noise(level: float) -> None:
    """Of 20,000 regions that did not change, a share `level` is within noise, and the others rose
    and fell equally often.
    """
    before, now, _, error = unchanged()
    shares = reliable_change(now - before, error, level=level)["verdict"].value_counts(
        normalize=True
    )
    tail = (1 - level) / 2
    three_errors = 3 * (tail * (1 - tail) / len(now)) ** 0.5
    assert shares["rose"] == pytest.approx(tail, abs=three_errors)
    assert shares["fell"] == pytest.approx(tail, abs=three_errors)


def test_verdicts_by_hand() -> None:
    """With a standard error of 0.1 the limit is 1.96 x 0.1414 = 0.277 either way; no last year, no
    verdict.
    """
    change = pd.Series([0.28, 0.27, 0.0, -0.27, -0.28, np.nan], index=list("abcdef"))
    found = reliable_change(change, 0.1)
    expected = ["rose", *["within_noise"] * 3, "fell", "no_last_year"]
    assert found["verdict"].tolist() == expected
    assert found.index.tolist() == list("abcdef")
    np.testing.assert_allclose(found["index"], change / 0.02**0.5)


def test_verdicts_of_the_published_table(tables: Tables, scheme: Scheme) -> None:
    """All 140 changes by both routes: a limit of 1.96 root 2 standard errors, and the route that
    counts real change as error finds no more regions.
    """
    change, beyond = tables.scores["improvement"], {}
    for route, error in error_routes(tables.scores, scheme)["standard_error"].items():
        verdicts = reliable_change(change, error)["verdict"]
        limit = 1.959964 * 2**0.5 * error
        assert (verdicts == "rose").sum() == (change > limit).sum()
        assert (verdicts == "fell").sum() == (change < -limit).sum()
        beyond[route] = set(verdicts.index[verdicts.isin(["rose", "fell"])])
    assert beyond["retest"] < beyond["internal"]


def test_what_unchanged_regions_seem_to_do_is_expected() -> None:
    """Regions that all rise by 0.2 and otherwise do not change: what is left over after regression
    to the mean goes with last year's index no more.
    """
    before, now, reliability, _ = unchanged(rise=0.2)
    found = expected_from_regression(before, reliability, now - before)
    assert found["left_over"].cov(before) / before.var() == pytest.approx(0, abs=SIMULATED)
    # regions one point above the mean lose 1 - reliability of it on average
    high = found[(before - before.mean()).between(0.9, 1.1)]
    assert high["change"].mean() == pytest.approx(high["expected"].mean(), abs=SIMULATED)


def test_expected_changes_by_hand() -> None:
    """Reliability 0.5, mean change 0.2: one point above last year's mean of 3 is expected to fall
    by 0.3, one below to rise by 0.7.
    """
    previous = pd.Series([4.0, 3.0, 2.0, np.nan, 3.5], index=list("abcde"))
    change = pd.Series([0.0, 0.1, 0.5, np.nan, np.nan], index=list("abcde"))
    found = expected_from_regression(previous, 0.5, change)
    np.testing.assert_allclose(found["expected"], [-0.3, 0.2, 0.7, np.nan, np.nan])
    np.testing.assert_allclose(found["left_over"], [0.3, -0.1, -0.2, np.nan, np.nan])


def test_what_is_left_over_sums_to_nothing(tables: Tables, scheme: Scheme) -> None:
    """All 140 rows, both routes: regression to the mean moves no mean, and what it expects has the
    slope that noise gives.
    """
    scores = tables.scores
    for reliability in error_routes(scores, scheme)["reliability"]:
        found = expected_from_regression(
            scores["previous_index"], reliability, scores["improvement"]
        )
        assert found["left_over"].sum() == pytest.approx(0, abs=1e-9)  # of 140 floats
        slope = np.polyfit(found["previous"], found["expected"], 1)[0]
        assert slope == pytest.approx(slope_from_noise(reliability))


def test_perfect_and_worthless_indices() -> None:
    """With reliability 1 every region is expected to rise alike; with 0 all are expected to end
    level.
    """
    previous, change = pd.Series([4.0, 3.0, 2.0]), pd.Series([0.1, 0.2, 0.3])
    alike = expected_from_regression(previous, 1, change)["expected"]
    assert alike.tolist() == pytest.approx([0.2] * 3)
    level = previous + expected_from_regression(previous, 0, change)["expected"]
    assert level.tolist() == pytest.approx([3.2] * 3)


def test_what_cannot_be_judged_is_refused() -> None:
    """No error, no level, no reliability, other rows, no last year at all."""
    change = pd.Series([0.1, -0.2])
    for error in (0, -0.1, float("nan")):
        with pytest.raises(DataError, match="expected index points above 0"):
            reliable_change(change, error)
    with pytest.raises(ParameterError, match="A level of 95; it lies between 0 and 1"):
        reliable_change(change, 0.1, level=95)
    with pytest.raises(DataError, match=r"Reliability 1\.2; expected a share of variance"):
        expected_from_regression(change, 1.2, change)
    with pytest.raises(DataError, match="2 rows and the 1 changes are not of the same"):
        expected_from_regression(change, 0.9, change.head(1))
    with pytest.raises(DataError, match="No region has an index of last year"):
        expected_from_regression(change * np.nan, 0.9, change)


def test_the_error_of_a_change_is_that_of_two_scores() -> None:
    """A simulation: changes of unchanged regions spread by root 2 times one score's error."""
    before, now, reliability, _ = unchanged()
    index = reliable_change(now - before, standard_error(before, reliability))["index"]
    assert index.std() == pytest.approx(1, abs=SIMULATED)


def asked(tables: Tables, scheme: Scheme, route: str) -> dict[str, pd.DataFrame]:
    scores = tables.scores.set_index("region_code")
    found = error_routes(scores, scheme).loc[route]
    return change_questions(
        scores["previous_index"],
        scores["improvement"],
        standard_error=found["standard_error"],
        reliability=found["reliability"],
    )


def test_a_rise_is_asked_of_in_three_ways(tables: Tables, scheme: Scheme) -> None:
    """27 rose and 8 fell; beside the mean rise of 0.134 it is 16 and 15; chance alone flags 7."""
    counts = change_counts(asked(tables, scheme, "internal"))
    assert tables.scores["improvement"].mean() == pytest.approx(0.134, abs=0.0005)
    assert counts[["rose", "fell"]].to_numpy().tolist() == [[27, 8], [16, 15], [17, 17]]
    assert counts["by_chance"].tolist() == pytest.approx([7.0] * 3)
    controlled = counts[["rose_controlled", "fell_controlled"]].to_numpy()
    assert controlled.tolist() == [[15, 4], [7, 8], [7, 8]]


def test_the_retest_route_flags_one_in_twenty_by_construction(
    tables: Tables, scheme: Scheme
) -> None:
    """Its error of prediction is the spread of the residuals of this year on last: 8 of 140."""
    counts = change_counts(asked(tables, scheme, "retest")).loc["than_alike"]
    assert counts["rose"] + counts["fell"] == 8
    scores = tables.scores
    found = error_routes(scores, scheme).loc["retest"]
    slope = np.polyfit(scores["previous_index"], scores["published_index"], 1)
    residuals = scores["published_index"] - np.polyval(slope, scores["previous_index"])
    predicted = found["standard_error"] * (1 + found["reliability"]) ** 0.5
    assert residuals.std() == pytest.approx(predicted, rel=1e-9)  # sd sqrt(1 - r^2)


def test_regions_that_move_alike_are_flagged_at_the_level() -> None:
    """Of 20,000 regions that only rise alike a twentieth is flagged by the questions that take
    the rise off, nearly all by the one that does not; none once false discoveries are held.
    """
    before, now, reliability, error = unchanged(rise=1.5)
    found = change_questions(before, now - before, standard_error=error, reliability=reliability)
    counts = change_counts(found)
    flagged = counts["rose"] + counts["fell"]
    three_errors = 3 * (0.05 * 0.95 * 20_000) ** 0.5
    assert flagged[["than_rest", "than_alike"]].tolist() == pytest.approx(
        [1000, 1000], abs=three_errors
    )
    assert flagged["changed"] > 18_000
    assert (counts["rose_controlled"] + counts["fell_controlled"])["than_rest"] <= 2


def test_a_region_without_last_year_is_not_judged() -> None:
    """It has no verdict by any question, and the mean is over the others."""
    previous = pd.Series([3.0, 2.0, 2.5, np.nan])
    change = pd.Series([0.1, 0.2, 0.6, np.nan])
    for found in change_questions(previous, change, standard_error=0.1, reliability=0.9).values():
        assert found["verdict"].iloc[-1] == found["controlled"].iloc[-1] == "no_last_year"
    rest = change_questions(previous, change, standard_error=0.1, reliability=0.9)["than_rest"]
    assert rest["difference"].iloc[:3].tolist() == pytest.approx([-0.2, -0.1, 0.3])
    assert rest["error"].iloc[0] == pytest.approx(0.1 * 2**0.5 * (2 / 3) ** 0.5)
