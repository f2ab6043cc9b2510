"""Whole marks: the sums that a number of them can have, and the means that are published (floor 2).

A mean of d whole marks is a multiple of 1/d. Sums and published means are whole numbers here
(units of the last decimal), since a mean such as 2.985 must not be left to floats.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from smartlib.index.make.rounding import exact
from smartlib.vocabulary.errors import DataError, SchemeError
from smartlib.vocabulary.records import Scheme


def published_units(values: Iterable[float], scheme: Scheme) -> npt.NDArray[np.float64]:
    """Published values in units of the last decimal, exactly.

    Parameters
    ----------
    values : iterable of float
        On the scale of marks.
    scheme : Scheme
        Number of decimals.

    Returns
    -------
    array of float64, shape (values,)
        Whole where a value has no more decimals than the scheme.
    """
    return np.array([float(exact(value).scaleb(scheme.decimals)) for value in values])


@dataclass(frozen=True)
class MarkSums:
    """Every sum that so many whole marks can have, and the mean that it is published as.

    Attributes
    ----------
    count : int
        Marks: questions times assessors.
    scheme : Scheme
        Scale, decimals and rounding.

    Raises
    ------
    DataError
        The count is no whole number above 0.
    SchemeError
        An end of the scale is no whole number.

    Notes
    -----
    Every whole sum between the ends is reached, since one mark can rise by one at a time.
    """

    count: int
    scheme: Scheme

    def __post_init__(self) -> None:
        if self.count != int(self.count) or self.count < 1:
            raise DataError(
                f"{self.count} marks cannot be averaged; expected a whole number of questions and "
                "of assessors, each at least 1."
            )
        ends = (self.scheme.lowest, self.scheme.highest)
        if any(end != int(end) for end in ends):
            raise SchemeError(
                f"The scale runs from {ends[0]} to {ends[1]}; whole marks need whole ends."
            )

    @property
    def sums(self) -> range:
        """From the least to the greatest, by one."""
        low, high = int(self.scheme.lowest), int(self.scheme.highest)
        return range(int(self.count) * low, int(self.count) * high + 1)

    @cached_property
    def published(self) -> npt.NDArray[np.int64]:
        """Mean of each sum as published, in units of the last decimal; never falling."""
        sums, count = np.array(self.sums), int(self.count)
        whole, rest = np.divmod(np.abs(sums) * 10**self.scheme.decimals, count)
        over = 2 * rest - count
        up = {
            "half_up": over >= 0,
            "half_even": (over > 0) | ((over == 0) & (whole % 2 == 1)),
            "down": np.zeros(len(sums), dtype=bool),
        }
        means: npt.NDArray[np.int64] = np.sign(sums) * (whole + up[self.scheme.rounding])
        return means

    def giving(self, means: Iterable[float]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Sums that are published as each mean.

        Parameters
        ----------
        means : iterable of float
            As published.

        Returns
        -------
        first, end : array of int64, shape (means,)
            The first sum of that mean or a higher one, and the first of a higher one: the
            same number where no sum gives the mean.
        """
        units = published_units(means, self.scheme)
        first, end = (np.searchsorted(self.published, units, side=s) for s in ("left", "right"))
        return first + self.sums.start, end + self.sums.start
