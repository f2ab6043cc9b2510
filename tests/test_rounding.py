"""Rounding as published, against closed forms and integer arithmetic."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smartlib.index.make.rounding import (
    RULES,
    ExactInterval,
    as_floats,
    exact,
    mean_published,
    round_published,
    rounding_interval,
)
from smartlib.vocabulary.errors import DataError

thousandths = st.integers(-10_000, 10_000)
rules = st.sampled_from(list(RULES))
small = st.builds(ExactInterval, st.integers(0, 5), st.integers(0, 5), st.booleans(), st.booleans())
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


@given(
    value=st.integers(-1_000, 1_000),
    offset=st.one_of(st.integers(-30, 30), st.sampled_from([-100, -50, 0, 50, 100])),
    decimals=st.integers(0, 3),
    rule=rules,
)
def test_the_interval_holds_what_is_published_so(
    value: int, offset: int, decimals: int, rule: str
) -> None:
    """A number lies in a printed value's interval if and only if the rule publishes it as that
    value: near, on and between the edges, on both sides of 0.
    """
    printed = Decimal(value).scaleb(-decimals)
    number = printed + Decimal(offset).scaleb(-decimals - 2)
    published = round_published(number, decimals, rule) == printed
    assert (number in rounding_interval(printed, decimals, rule)) == published
    assert (number in rounding_interval(float(printed), decimals, rule)) == published


@given(value=st.integers(-10_000, 10_000), rule=rules)
def test_the_intervals_of_neighbours_leave_no_gap(value: int, rule: str) -> None:
    """Every number is published as something, and as one thing: neighbouring intervals touch, do
    not overlap, and one of them holds the edge.
    """
    unit = Decimal("0.01")
    here, there = (rounding_interval(value * unit + step, rule=rule) for step in (0, unit))
    assert here.high == there.low
    assert not here.overlaps(there)
    assert here.high_included != there.low_included


def test_nothing_is_published_with_too_many_decimals() -> None:
    """No number rounds to 2.985 at two decimals: its interval holds nothing, not even itself."""
    for rule in RULES:
        found = rounding_interval(2.985, rule=rule)
        assert found.empty
        assert Decimal("2.985") not in found
        assert not found.overlaps(ExactInterval(Fraction(2), Fraction(3)))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_a_missing_value_has_no_interval(value: Decimal | float) -> None:
    """What is no number was not published by rounding."""
    with pytest.raises(DataError, match="is not a number that rounding can give"):
        rounding_interval(value)


def test_an_undeclared_rule_has_no_interval() -> None:
    """As with rounding itself."""
    with pytest.raises(KeyError, match="ceiling"):
        rounding_interval(3.0, rule="ceiling")


@given(one=small, other=small)
def test_intervals_overlap_where_they_share_a_number(
    one: ExactInterval, other: ExactInterval
) -> None:
    """With whole ends, intervals share a number if and only if they share a whole number or a
    half; an interval is empty if it holds none of them.
    """
    halves = [Fraction(number, 2) for number in range(11)]
    assert one.overlaps(other) == any(number in one and number in other for number in halves)
    assert one.overlaps(other) == other.overlaps(one)
    assert one.empty == (not any(number in one for number in halves))


@example(value=101, denominator=200, rule="half_even")  # multiples on both ends, neither inside
@given(value=st.integers(100, 400), denominator=st.integers(1, 300), rule=rules)
def test_the_grid_inside_an_interval(value: int, denominator: int, rule: str) -> None:
    """Its ends are the least and the greatest k / denominator that are published as the value,
    found by trying every k.
    """
    printed = Decimal(value) / 100
    around = rounding_interval(printed, rule=rule)
    fits = [Fraction(k, denominator) for k in range(5 * denominator + 1)]
    fits = [number for number in fits if number in around]
    found = around.on_grid(denominator)
    assert found.empty == (not fits)
    if fits:
        assert (found.low, found.high) == (fits[0], fits[-1])
