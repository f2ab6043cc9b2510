"""Least squares on arrays: NumPy, closed forms, invariance, refusals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from smartlib.inference.core.columns import determined
from smartlib.inference.core.least_squares import least_squares
from smartlib.vocabulary.errors import DataError

EXACT = 1e-10  # the same arithmetic in another order, on numbers near 1
NAMES = ("intercept", "x", "z")


@pytest.fixture
def x() -> NDArray[np.float64]:
    rng = np.random.default_rng(20241125)
    return np.column_stack([np.ones(40), rng.normal(size=(40, 2))])


@pytest.fixture
def y(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return x @ [2.0, 0.5, -0.2] + np.random.default_rng(7).normal(size=40)


def test_coefficients_and_their_parts_are_the_matrix_formulas(x, y) -> None:
    """beta, residuals, bread and leverage equal the textbook's matrices written out."""
    fit = least_squares(x, y, NAMES)
    bread = np.linalg.inv(x.T @ x)
    np.testing.assert_allclose(fit.beta, np.linalg.lstsq(x, y, rcond=None)[0], atol=EXACT)
    np.testing.assert_allclose(fit.bread, bread, atol=EXACT)
    np.testing.assert_allclose(fit.leverage, np.diag(x @ bread @ x.T), atol=EXACT)
    np.testing.assert_allclose(fit.residuals, y - x @ fit.beta, atol=EXACT)
    np.testing.assert_allclose(fit.basis @ fit.basis.T, x @ bread @ x.T, atol=EXACT)
    assert fit.residual_df == 37


def test_a_weight_of_two_counts_a_row_twice(x, y) -> None:
    """Whole weights give the coefficients of a table with the rows repeated."""
    times = np.tile([1, 2, 3, 2], 10)
    weighted = least_squares(x, y, NAMES, weights=times)
    repeated = least_squares(np.repeat(x, times, axis=0), np.repeat(y, times), NAMES)
    np.testing.assert_allclose(weighted.beta, repeated.beta, atol=EXACT)


def test_only_ratios_of_weights_count(x, y) -> None:
    """Weights in another unit change nothing, and equal weights are none."""
    weights = np.random.default_rng(3).uniform(0.5, 2, 40)
    one, other = (least_squares(x, y, NAMES, weights=w) for w in (weights, 1000 * weights))
    np.testing.assert_allclose(one.bread, other.bread, atol=EXACT)
    plain, equal = least_squares(x, y, NAMES), least_squares(x, y, NAMES, weights=np.full(40, 9.0))
    np.testing.assert_allclose(plain.bread, equal.bread, atol=EXACT)


def test_badly_scaled_columns_lose_nothing(x, y) -> None:
    """Rupiah in place of trillions moves the coefficient by the same factor."""
    plain = least_squares(x, y, NAMES)
    scaled = least_squares(x * [1, 1e12, 1e-6], y, NAMES)
    np.testing.assert_allclose(scaled.beta * [1, 1e12, 1e-6], plain.beta, rtol=1e-9)
    np.testing.assert_allclose(scaled.leverage, plain.leverage, atol=EXACT)


def with_column(x, values):
    return np.column_stack([x[:, :2], values])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda x, y: {"y": y[:-1]}, r"shape \(40, 3\) with 3 names for an outcome of length 39"),
        (lambda x, y: {"names": NAMES[:2]}, "with 2 names"),
        (lambda x, y: {"rows": ["a"]}, "with 1 labels"),
        (lambda x, y: {"names": ("intercept", "x", "x")}, "name of its own: intercept, x, x"),
        (lambda x, y: {"x": x[:3], "y": y[:3]}, "3 rows for 3 coefficients; more rows"),
        (
            lambda x, y: {"y": np.where(np.arange(40) < 12, np.nan, y)},
            "in the outcome, row 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more; leave",
        ),
        (lambda x, y: {"x": with_column(x, np.where(x[:, 1] > 2, np.inf, 1))}, "numbers in z, row"),
        (lambda x, y: {"y": np.full(40, 3.0)}, "The outcome is the same in every row"),
        (lambda x, y: {"x": with_column(x, 5.0 * np.ones(40))}, "z is the same in every row"),
        (lambda x, y: {"x": with_column(x, 1 - 2 * x[:, 1])}, "The columns before it determine z"),
        (lambda x, y: {"weights": np.ones(39)}, r"shape \(39,\) for 40 rows"),
        (lambda x, y: {"weights": np.arange(40.0)}, "weight of row 0 is not a positive number"),
    ],
)
def test_designs_that_cannot_be_fitted_say_why(x, y, change, message: str) -> None:
    """Each refusal names the column or the rows, and what to do."""
    with pytest.raises(DataError, match=message):
        least_squares(**{"x": x, "y": y, "names": NAMES, **change(x, y)})


def test_what_others_determine_is_found_whatever_its_unit() -> None:
    """A copy in another unit, a rounded one, a sum of two, and a constant: each by hand; a column
    of its own stays, and so does everything where rows are too few to tell.
    """
    rng = np.random.default_rng(7)
    own, other, third = rng.normal(size=(3, 60))
    frame = pd.DataFrame(
        {
            "own": own,
            "other": other,
            "rupiah": 1e12 * own + 3e12,
            "rounded": own.round(1),
            "sum": own + other,
            "third": third,
            "noisy": own + 0.2 * third,  # leaves a twenty-fifth
            "still": 1.0,
        }
    )
    asked = ["rupiah", "rounded", "other", "sum", "still", "noisy"]
    assert determined(frame, ["own"], asked) == ["rupiah", "rounded", "sum", "still"]
    assert determined(frame, ["own"], ["own", "third"]) == []
    assert determined(frame.head(8), ["own"], asked) == []
    frame.loc[10:, "third"] = np.nan  # rows that lack a column do not count
    assert determined(frame, ["own"], ["third", "rupiah"]) == ["rupiah"]
