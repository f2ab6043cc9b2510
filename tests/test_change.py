"""Change, regression to the mean, internal consistency."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartlib.index import cronbach_alpha, slope_from_noise, standard_error

SIMULATED = 0.02  # three standard errors of the slope at 20,000 simulated regions


def test_unchanged_regions_regress_to_the_mean_by_reliability_minus_one() -> None:
    """A simulation without any change has the slope that the closed form states."""
    rng = np.random.default_rng(3)
    truth, error = rng.normal(3, 0.6, 20_000), 0.3
    before = pd.Series(truth + rng.normal(0, error, truth.size))
    now = pd.Series(truth + rng.normal(0, error, truth.size))
    reliability = 0.6**2 / (0.6**2 + error**2)
    expected = slope_from_noise(reliability)
    slope = (now - before).cov(before) / before.var()
    assert slope == pytest.approx(expected, abs=SIMULATED)
    assert standard_error(before, reliability) == pytest.approx(error, abs=SIMULATED)


def test_alpha_of_parallel_items_is_the_spearman_brown_reliability() -> None:
    """With equal correlations r, alpha is k r / (1 + (k - 1) r)."""
    rng = np.random.default_rng(4)
    draws = rng.normal(size=(500, 4))
    white = np.linalg.solve(np.linalg.cholesky(np.cov(draws.T)), (draws - draws.mean(0)).T)
    r, k = 0.5, 4
    target = np.full((k, k), r) + (1 - r) * np.eye(k)
    items = pd.DataFrame((np.linalg.cholesky(target) @ white).T)
    assert cronbach_alpha(items) == pytest.approx(k * r / (1 + (k - 1) * r))


def test_identical_items_are_perfectly_consistent() -> None:
    """The same column twice has alpha 1."""
    column = [1.0, 2.0, 4.0]
    assert cronbach_alpha(pd.DataFrame({"a": column, "b": column})) == pytest.approx(1)
