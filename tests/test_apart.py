"""Whether two indices are told apart: against the normal distribution, and its edges."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from smartlib.index import least_difference, told_apart
from smartlib.vocabulary.errors import DataError


@pytest.mark.parametrize(("measured", "level"), [(1, 0.95), (2, 0.95), (2, 0.8)])
def test_of_equal_indices_so_many_stay_within(measured: int, level: float) -> None:
    """Of 200,000 pairs whose errors alone differ, the level's share is not told apart."""
    rng, error = np.random.default_rng(7), 0.14
    draws = rng.normal(0, error, (200_000, measured)) @ np.array([1, -1])[:measured]
    verdicts = np.array(told_apart(draws, error, measured=measured, level=level))
    assert (verdicts == "not_apart").mean() == pytest.approx(level, abs=0.003)
    quantile = NormalDist(0, error * measured**0.5).inv_cdf((1 + level) / 2)
    assert least_difference(error, measured=measured, level=level) == pytest.approx(quantile)


def test_positive_is_ahead() -> None:
    """The sign says who; the bound itself is not apart."""
    least = least_difference(0.1)
    assert told_apart([least, least + 1e-9, -1.0], 0.1) == ["not_apart", "ahead", "behind"]


def test_an_error_of_nothing_is_refused() -> None:
    """Without an error everything would be apart."""
    with pytest.raises(DataError, match="expected index points above 0"):
        least_difference(0.0)
