"""Rounding as published, and which numbers are published alike (floor 2).

Exact arithmetic throughout: decimals where numbers are rounded, fractions where they are
compared, since the mean of 165 marks is no decimal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

import pandas as pd

from smartlib.vocabulary.errors import DataError

RULES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}


def exact(value: float) -> Decimal:
    """The shortest decimal that a float stands for: 2.73, not 2.7299999999999999822.

    Examples
    --------
    >>> exact(2.73)
    Decimal('2.73')
    """
    return Decimal(repr(float(value)))


def round_published(value: Decimal, decimals: int = 2, rule: str = "half_up") -> Decimal:
    """A number rounded as a publication does.

    Parameters
    ----------
    value : Decimal
        Exact.
    decimals : int, default 2
        Decimals kept.
    rule : {"half_up", "half_even", "down"}, default "half_up"
        `half_up` moves a 5 away from zero; `down` cuts off.

    Raises
    ------
    KeyError
        Another rule.

    Examples
    --------
    >>> round_published(Decimal("2.985")), round_published(Decimal("2.985"), rule="half_even")
    (Decimal('2.99'), Decimal('2.98'))
    """
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=RULES[rule])


def mean_published(values: Iterable[float], decimals: int = 2, rule: str = "half_up") -> Decimal:
    """Plain mean of marks, rounded as published.

    Parameters
    ----------
    values : iterable of float
        At least one mark; taken as the decimals they are printed as.
    decimals, rule
        As in `round_published`.
    """
    marks = [exact(value) for value in values]
    return round_published(sum(marks, Decimal(0)) / len(marks), decimals, rule)


def as_floats(values: Iterable[Decimal | None], index: pd.Index) -> pd.Series:
    """Decimals as a float64 column, None as a missing value."""
    floats = [float("nan") if value is None else float(value) for value in values]
    return pd.Series(floats, index=index, dtype="float64")


@dataclass(frozen=True)
class ExactInterval:
    """All numbers between two ends, each end inside or not.

    Attributes
    ----------
    low, high : Fraction
        The ends, exact.
    low_included, high_included : bool, default True
        Whether the interval holds them.

    Examples
    --------
    >>> below_three = ExactInterval(Fraction(2), Fraction(3), high_included=False)
    >>> 2 in below_three, 3 in below_three, below_three.overlaps(ExactInterval(3, 4))
    (True, False, False)
    """

    low: Fraction
    high: Fraction
    low_included: bool = True
    high_included: bool = True

    @property
    def empty(self) -> bool:
        """Whether no number lies inside."""
        return self.low not in self and not self.low < self.high

    def __contains__(self, number: Decimal | Fraction | int) -> bool:
        at = Fraction(number)
        above = self.low < at or (self.low_included and at == self.low)
        below = at < self.high or (self.high_included and at == self.high)
        return above and below

    def overlaps(self, other: ExactInterval) -> bool:
        """Whether some number lies in both."""
        apart = self.empty or other.empty or self._below(other) or other._below(self)
        return not apart

    def on_grid(self, denominator: int) -> ExactInterval:
        """From its least to its greatest multiple of 1 / denominator; empty without any."""
        low, high = ceil(self.low * denominator), floor(self.high * denominator)
        low += Fraction(low, denominator) not in self
        high -= Fraction(high, denominator) not in self
        return ExactInterval(Fraction(low, denominator), Fraction(high, denominator))

    def _below(self, other: ExactInterval) -> bool:
        touching = self.high_included and other.low_included
        return self.high < other.low or (self.high == other.low and not touching)


@lru_cache(maxsize=4096)  # a table prints few different numbers, and each is asked for often
def rounding_interval(
    value: Decimal | float, decimals: int = 2, rule: str = "half_up"
) -> ExactInterval:
    """Every number that a rule publishes as a given value.

    Parameters
    ----------
    value : Decimal or float
        As printed.
    decimals : int, default 2
        Decimals that the publication keeps.
    rule : {"half_up", "half_even", "down"}, default "half_up"
        As in `round_published`.

    Returns
    -------
    ExactInterval
        Empty where the value has more decimals than are kept: nothing is published so.

    Raises
    ------
    DataError
        The value is missing or infinite.
    KeyError
        Another rule.

    Notes
    -----
    With u a unit of the last decimal and v > 0, `half_up` publishes [v - u/2, v + u/2) as v,
    and `down` [v, v + u). `half_even` takes both ends of [v - u/2, v + u/2] where the last
    digit of v is even, and none where it is odd. Below 0 the first two are mirrored; at 0
    they are open on both sides.

    Examples
    --------
    >>> found = rounding_interval(2.99)
    >>> float(found.low), float(found.high), found.low_included, found.high_included
    (2.985, 2.995, True, False)
    """
    printed = value if isinstance(value, Decimal) else exact(value)
    if not printed.is_finite():
        raise DataError(f"{printed} is not a number that rounding can give; leave out its row.")
    at, unit = Fraction(printed), Fraction(10) ** -decimals
    if round_published(printed, decimals, rule) != printed:
        return ExactInterval(at, at, low_included=False, high_included=False)
    if rule == "down":
        low, high = at - unit * (at <= 0), at + unit * (at >= 0)
        return ExactInterval(low, high, low_included=at > 0, high_included=at < 0)
    even = rule == "half_even" and (at / unit) % 2 == 0
    up = rule == "half_up"
    low_included, high_included = even or (up and at > 0), even or (up and at < 0)
    return ExactInterval(at - unit / 2, at + unit / 2, low_included, high_included)
