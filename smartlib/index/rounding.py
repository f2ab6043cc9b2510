"""Rounding as published, in exact decimal arithmetic (floor 2)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pandas as pd

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
