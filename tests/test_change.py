"""Change from last year: noise, regression to the mean, changes beyond both."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartlib.data.processed import Tables
from smartlib.index.trust.change import expected_from_regression, reliable_change, slope_from_noise
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
