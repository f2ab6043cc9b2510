"""Coefficients of large numbers, as rupiah, on a unit that a person reads (floor 4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.least_squares import LeastSquares

THOUSANDS = {2: "million", 3: "billion", 4: "trillion"}  # by powers of a thousand
IN_INDONESIAN = {"million": "juta", "billion": "miliar", "trillion": "triliun"}
Scales = Mapping[str, tuple[float, str]]  # size and word by column


def scale_of(fit: LeastSquares, name: str) -> tuple[float, str]:
    """The unit that a column's coefficient is read for, and what it is called.

    Parameters
    ----------
    fit : LeastSquares
        With the column.
    name : str
        The column.

    Returns
    -------
    size : float
        1, or a million, a billion, a trillion where the column's values are that large.
    word : str
        Such as `billion`; nothing for 1.

    Examples
    --------
    >>> from smartlib.inference.core.least_squares import least_squares
    >>> x = [[1, 2e9], [1, 3e9], [1, 5e9], [1, 4e9]]
    >>> scale_of(least_squares(x, [1.0, 2.0, 3.0, 5.0], ["intercept", "revenue"]), "revenue")
    (1000000000.0, 'billion')
    """
    typical = float(np.median(np.abs(fit.x[:, fit.place(name)])))
    power = math.floor(math.log10(typical) / 3) if typical > 0 else 0
    power = min(power, max(THOUSANDS))
    return (1000.0**power, THOUSANDS[power]) if power in THOUSANDS else (1.0, "")


def scales_of(fits: Sequence[LeastSquares]) -> Scales:
    """The unit of every column: that of the first fit which has it, so that one label holds.

    Parameters
    ----------
    fits : sequence of LeastSquares
        Of the models that stand side by side.
    """
    scales: dict[str, tuple[float, str]] = {}
    for fit in fits:
        scales |= {name: scale_of(fit, name) for name in fit.names if name not in scales}
    return scales


def rescaled(estimate: Estimate, size: float) -> Estimate:
    """An estimate for `size` units of its column; its p-value is the same."""
    return replace(
        estimate,
        estimate=estimate.estimate * size,
        standard_error=estimate.standard_error * size,
        low=estimate.low * size,
        high=estimate.high * size,
    )


def per(label: str, word: str, lang: str = "en") -> str:
    """A label with the unit that its coefficient is for, in English or Indonesian."""
    if not word:
        return label
    return f"{label}, per {IN_INDONESIAN[word] if lang == 'id' else word}"
