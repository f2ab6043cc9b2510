"""Rounding as published, against closed forms and integer arithmetic."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartlib.index.rounding import as_floats, exact, mean_published, round_published

thousandths = st.integers(-10_000, 10_000)
marks = st.lists(st.integers(5, 20).map(lambda fifths: fifths / 5), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "down"),
    [
        ("2.985", "2.99", "2.98", "2.98"),
        ("2.975", "2.98", "2.98", "2.97"),
        ("2.9849", "2.98", "2.98", "2.98"),
        ("2.9851", "2.99", "2.99", "2.98"),
        ("-0.125", "-0.13", "-0.12", "-0.12"),
        ("3", "3.00", "3.00", "3.00"),
        ("0.999", "1.00", "1.00", "0.99"),
    ],
)
def test_the_three_rules(value: str, half_up: str, half_even: str, down: str) -> None:
    """Half up moves a 5 away from zero, half even to the even digit, down cuts off."""
    number = Decimal(value)
    assert str(round_published(number)) == half_up
    assert str(round_published(number, rule="half_even")) == half_even
    assert str(round_published(number, rule="down")) == down


@pytest.mark.parametrize(("decimals", "rounded"), [(0, "3"), (1, "2.7"), (2, "2.73"), (3, "2.735")])
def test_the_number_of_decimals(decimals: int, rounded: str) -> None:
    """As many decimals are kept as were asked for."""
    assert str(round_published(Decimal("2.7346"), decimals)) == rounded


def test_another_rule_is_refused() -> None:
    """A rule that is not declared has no rounding."""
    with pytest.raises(KeyError, match="ceiling"):
        round_published(Decimal(1), rule="ceiling")


@given(value=st.decimals(-100, 100, places=6), decimals=st.integers(0, 4))
def test_half_up_stays_within_half_a_unit(value: Decimal, decimals: int) -> None:
    """The rounded number is at most half a unit of its last decimal away, and at exactly half a
    unit it is the one further from zero.
    """
    unit = Decimal(1).scaleb(-decimals)
    rounded = round_published(value, decimals)
    assert abs(rounded - value) <= unit / 2
    assert rounded % unit == 0
    if abs(rounded - value) == unit / 2:
        assert abs(rounded) > abs(value)


@given(value=thousandths)
def test_rounding_agrees_with_integers(value: int) -> None:
    """Thousandths rounded to hundredths by whole-number division give the same digits."""
    sign, size = (-1 if value < 0 else 1), abs(value)
    number = Decimal(value) / 1000
    tens, rest = divmod(size, 10)
    even = tens + (rest > 5 or (rest == 5 and tens % 2 == 1))
    assert round_published(number) == Decimal(sign * ((size + 5) // 10)) / 100
    assert round_published(number, rule="half_even") == Decimal(sign * even) / 100
    assert round_published(number, rule="down") == Decimal(sign * tens) / 100


@given(value=st.decimals(-10, 10, places=2))
def test_a_published_number_is_left_as_it_is(value: Decimal) -> None:
    """Rounding twice changes nothing, by any rule."""
    for rule in ("half_up", "half_even", "down"):
        assert round_published(value, rule=rule) == value


@given(value=st.decimals(-1000, 1000, places=4))
def test_a_float_stands_for_its_shortest_decimal(value: Decimal) -> None:
    """A decimal that went through a float comes back exactly, not as the float's binary tail."""
    assert exact(float(value)) == value


@given(values=marks)
def test_a_mean_is_the_fraction_rounded(values: list[float]) -> None:
    """Marks in fifths: the published mean is the exact fraction to the nearest hundredth, halves
    up, where sums of floats would sometimes land on the other side.
    """
    mean = sum(Fraction(round(5 * value), 5) for value in values) / len(values)
    hundredths = (mean * 100 + Fraction(1, 2)).__floor__()
    assert mean_published(values) == Decimal(hundredths) / 100


@given(values=marks)
def test_a_mean_does_not_depend_on_order(values: list[float]) -> None:
    """Questions in any order have the same mean."""
    assert mean_published(values) == mean_published(sorted(values))


def test_a_mean_on_the_edge_is_rounded_by_the_rule() -> None:
    """The mean of 2.98 and 2.99 is 2.985 exactly."""
    values = [2.98, 2.99]
    found = [str(mean_published(values, 2, rule)) for rule in ("half_up", "half_even", "down")]
    assert found == ["2.99", "2.98", "2.98"]


def test_a_missing_number_is_a_missing_float() -> None:
    """None becomes NaN in a float column with the given index."""
    column = as_floats([Decimal("3.08"), None], pd.Index(["a", "b"]))
    pd.testing.assert_series_equal(column, pd.Series([3.08, np.nan], index=["a", "b"]))
