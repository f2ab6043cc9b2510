"""What all reports have in common: round numbers of an axis, one level of certainty (floor 4)."""

from __future__ import annotations

import math
from collections.abc import Iterable

from smartlib.present.words.wording import Words

LEVEL = 0.95  # of every set, and of every verdict
INTERVALS = 6  # of an axis, at most


def ticks(
    words: Words, values: Iterable[float], decimals: int = 1
) -> tuple[tuple[float, str], ...]:
    """Round numbers that hold some values between them, as printed.

    Parameters
    ----------
    words : Words
        The language.
    values : iterable of float
        What the axis has to hold.
    decimals : int, default 1
        Fewest decimals that the numbers are printed with, and the finest step.

    Examples
    --------
    >>> [text for _, text in ticks(Words("en"), [0.94, 3.93])]
    ['0.5', '1.0', '1.5', '2.0', '2.5', '3.0', '3.5', '4.0']
    """
    low, high = min(values := list(values)), max(values)
    rough = max((high - low) / INTERVALS, 10.0**-decimals)
    power = 10.0 ** math.floor(math.log10(rough))
    step = min((power * n for n in (1, 2, 5, 10)), key=lambda one: abs(one - rough))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    places = [round(n * step, 6) for n in range(first, max(last, first + 1) + 1)]
    return tuple((place, words.number(place, decimals)) for place in places)
