"""Minimum detectable coefficient and power, against tables, closed forms and simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from smartlib.inference.checks.power import minimum_detectable_coefficient
from smartlib.vocabulary.errors import DataError, ParameterError

EXACT = 1e-9  # the same quantiles
RUNS = 4000
SIMULATED = 3 * (0.8 * 0.2 / RUNS) ** 0.5  # three standard errors of a rate of 80%
PRINTED = 0.01  # a person more or less in the smallest group moves the difference by 0.015


def power_at(coefficient: float, degrees: float) -> float:
    """Power of the two-sided test at 5% with a standard error of 1, by the noncentral t."""
    critical = stats.t.ppf(0.975, degrees)
    return float(stats.nct.sf(critical, degrees, [coefficient, -coefficient]).sum())


@pytest.mark.parametrize(("difference", "size"), [(0.2, 393), (0.5, 64), (0.8, 26)])
def test_so_many_persons_detect_the_published_difference(difference: float, size: int) -> None:
    """Cohen (1992), A power primer, Psychological Bulletin, 112(1), table 2: persons in each of two
    groups for a power of 80% at 5%.
    """
    found = minimum_detectable_coefficient((2 / size) ** 0.5, 2 * size - 2)
    assert found == pytest.approx(difference, abs=PRINTED)


def test_many_rows_give_the_normal_multiple() -> None:
    """With known errors the multiple is 1.96 + 0.84 standard errors."""
    expected = 0.3 * (stats.norm.ppf(0.975) + stats.norm.ppf(0.8))
    assert minimum_detectable_coefficient(0.3, 1e12) == pytest.approx(expected, abs=EXACT)


def test_at_even_odds_only_the_critical_value_is_left() -> None:
    """The median of t is zero: a power of 50% needs the critical value, no more."""
    found = minimum_detectable_coefficient(2.0, 7, level=0.9, power=0.5)
    assert found == pytest.approx(2 * stats.t.ppf(0.95, 7), abs=EXACT)


@pytest.mark.parametrize(("degrees", "within"), [(3, 0.02), (10, 0.001), (135, 0.001)])
def test_the_minimum_detectable_coefficient_has_its_power(degrees: int, within: float) -> None:
    """The exact power at it is 80%, to 0.02 with three degrees of freedom and 0.001 from ten on."""
    coefficient = minimum_detectable_coefficient(1.0, degrees)
    assert power_at(coefficient, degrees) == pytest.approx(0.8, abs=within)


def test_simulated_regressions_detect_it_as_often_as_said() -> None:
    """Regressions whose true slope is the minimum detectable one reject zero in 80% of draws."""
    rng = np.random.default_rng(5)
    x = np.column_stack([np.ones(30), rng.normal(size=30)])
    bread = np.linalg.inv(x.T @ x)
    slope = minimum_detectable_coefficient(bread[1, 1] ** 0.5, 28)
    y = slope * x[:, 1] + rng.normal(size=(RUNS, 30))
    b = y @ x @ bread
    variance = ((y - b @ x.T) ** 2).sum(axis=1) / 28
    t = b[:, 1] / np.sqrt(variance * bread[1, 1])
    detected = (np.abs(t) > stats.t.ppf(0.975, 28)).mean()
    assert detected == pytest.approx(0.8, abs=SIMULATED)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"level": 95}, "A level of 95"),
        ({"power": 0.0}, "A power of 0.0"),
        ({"standard_error": 0.0}, "Standard error 0.0 with 20 degrees of freedom"),
        ({"degrees_of_freedom": -1}, "both must be positive"),
    ],
)
def test_what_no_design_has_is_refused(values: dict[str, float], message: str) -> None:
    """Levels and powers are shares; errors and degrees of freedom are positive."""
    given = {"standard_error": 1.0, "degrees_of_freedom": 20, **values}
    with pytest.raises((DataError, ParameterError), match=message):
        minimum_detectable_coefficient(**given)
