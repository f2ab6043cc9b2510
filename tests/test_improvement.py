"""Change against last year's level: closed forms, the jackknife, a simulated truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartlib.index.trust.change import expected_from_regression
from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.least_squares import LeastSquares, least_squares
from smartlib.inference.core.sandwich import infer
from smartlib.inference.programme.improvement import (
    change_slope,
    errors_in_variables,
    improvement_table,
)
from smartlib.vocabulary.errors import DataError, ParameterError

EXACT = 1e-9  # the same arithmetic in another order


def simulated(rng: np.random.Generator, n: int = 200) -> pd.DataFrame:
    """A true level that goes with a factor, and two years' marks of it with independent errors.

    True change: 0.1 + 0.2 factor - 0.1 level; reliability 0.8 of last year's marks.
    """
    factor = rng.normal(size=n)
    true = 0.6 * factor + 0.8 * rng.normal(size=n)  # variance 1
    later = true + 0.1 + 0.2 * factor - 0.1 * true
    first, second = (level + 0.5 * rng.normal(size=n) for level in (true, later))  # 1 / 1.25
    frame = pd.DataFrame({"factor": factor, "previous_index": first, "change": second - first})
    return frame.assign(province=rng.permutation(np.arange(n) % 25))


def fitted(frame: pd.DataFrame) -> LeastSquares:
    x = np.column_stack([np.ones(len(frame)), frame[["previous_index", "factor"]]])
    y = frame["previous_index"] + frame["change"]
    return least_squares(x, y, ["intercept", "previous", "factor"])


def test_one_column_is_divided_by_its_reliability() -> None:
    """Without other factors the corrected slope is the plain one over the reliability."""
    frame = simulated(np.random.default_rng(1))
    x = np.column_stack([np.ones(200), frame["previous_index"]])
    fit = least_squares(x, frame["change"], ["intercept", "previous"])
    found = errors_in_variables(fit, "previous", 0.8, clusters=frame["province"])
    assert found[1].estimate == pytest.approx(fit.beta[1] / 0.8, abs=EXACT)


def test_a_reliability_of_one_is_least_squares_with_cr3() -> None:
    """Without error there is nothing to correct: estimates, and the jackknife's errors, are those
    of least squares with CR3; degrees of freedom those of CR2.
    """
    frame = simulated(np.random.default_rng(2))
    fit = fitted(frame)
    found = errors_in_variables(fit, "previous", 1.0, clusters=frame["province"])
    cr3 = covariance(fit, "cr3", frame["province"]).standard_errors
    df = covariance(fit, "cr2", frame["province"]).degrees_of_freedom()
    assert [c.estimate for c in found] == pytest.approx(fit.beta.tolist(), abs=EXACT)
    assert [c.standard_error for c in found] == pytest.approx(cr3.tolist(), rel=1e-7)
    assert [c.degrees_of_freedom for c in found] == pytest.approx(df.tolist(), rel=EXACT)


def test_the_correction_solves_the_moments_of_the_true_level() -> None:
    """Partialling the factor out by hand: slope = cov(residuals) / (var - error), errors as the
    least squares of each table without one province.
    """
    frame = simulated(np.random.default_rng(3))
    fit = fitted(frame)
    found = errors_in_variables(fit, "previous", 0.8, clusters=frame["province"])

    def slope(part: pd.DataFrame) -> float:
        y, p = part["previous_index"] + part["change"], part["previous_index"]
        f = np.column_stack([np.ones(len(part)), part["factor"]])
        left = p - f @ np.linalg.lstsq(f, p, rcond=None)[0]
        return float((left * y).mean() / ((left**2).mean() - 0.2 * p.var(ddof=0)))

    whole = slope(frame)
    rest = [slope(frame[frame["province"] != g]) for g in range(25)]
    error = (np.square(np.array(rest) - whole)).sum() ** 0.5
    assert found[1].estimate == pytest.approx(whole, abs=EXACT)
    assert found[1].standard_error == pytest.approx(error, rel=1e-7)


def test_corrected_intervals_hold_the_truth_and_the_plain_ones_do_not() -> None:
    """Simulated, 100 tables: corrected 95% intervals hold slope 0.9 and factor 0.2 in 86% or more
    (four binomial errors); the analysis without correction is biased, so are change scores.
    """
    rng = np.random.default_rng(20241125)
    truth = {"previous": 0.9, "factor": 0.2}
    held, plain, change = {name: [] for name in truth}, [], []
    for _ in range(100):
        table = improvement_table(
            simulated(rng), ["factor"], previous="previous_index", change="change",
            cluster="province", reliabilities=[0.8],
        ).set_index(["method", "name"])  # fmt: skip
        for name, value in truth.items():
            row = table.loc[("corrected", name)]
            held[name].append(row["low"] < value < row["high"])
        plain.append(table.at[("covariance", "previous"), "estimate"])
        change.append(table.at[("change", "factor"), "estimate"])
    for name in truth:
        assert np.mean(held[name]) >= 0.86
    # Error leaves 0.64 of 0.89 of what the factor does not explain of last year's marks.
    assert np.mean(plain) == pytest.approx(0.9 * 0.64 / 0.89, abs=0.02)
    # Change scores take the level's part of the factor along: 0.2 - 0.1 x 0.6.
    assert np.mean(change) == pytest.approx(0.14, abs=0.02)


def test_change_scores_are_the_analysis_whose_slope_is_one() -> None:
    """If this year's level moves with last year's one to one, both methods give the same."""
    rng = np.random.default_rng(5)
    frame = simulated(rng)
    noise = rng.normal(size=len(frame))
    x = np.column_stack([np.ones(len(frame)), frame[["previous_index", "factor"]]])
    frame["change"] = 0.3 * frame["factor"] + noise - x @ np.linalg.lstsq(x, noise, rcond=None)[0]
    table = improvement_table(
        frame, ["factor"], previous="previous_index", change="change", cluster="province",
        reliabilities=[1.0],
    )  # fmt: skip
    found = table[table["name"] == "factor"].set_index("method")["estimate"]
    assert found.to_numpy() == pytest.approx(0.3, abs=EXACT)
    assert table.loc[table["name"] == "previous", "estimate"].to_numpy() == pytest.approx(
        1, abs=EXACT
    )


def test_noise_alone_leaves_nothing_over() -> None:
    """Simulated without any real change: the slope is reliability - 1, what is left over holds 0
    in 89% to 99% of 200 tables.
    """
    rng = np.random.default_rng(6)
    held, slopes = [], []
    for _ in range(200):
        true = rng.normal(size=150)
        first, second = (true + 0.5 * rng.normal(size=150) for _ in range(2))
        frame = pd.DataFrame({"p": first, "c": second - first, "g": np.arange(150) % 25})
        found = change_slope(frame["p"], frame["c"], 0.8, clusters=frame["g"])
        held.append(found.left_over.low < 0 < found.left_over.high)
        slopes.append(found.found.estimate)
    assert np.mean(slopes) == pytest.approx(-0.2, abs=4 * np.std(slopes) / 200**0.5)
    assert 0.89 <= np.mean(held) <= 0.99


def test_the_real_slope_is_taken_apart_as_the_index_takes_it(scores) -> None:
    """On 140 rows the slope is near -0.12, and what is left over is the slope of `left_over` of
    `expected_from_regression` on last year's level.
    """
    previous, change = scores["previous_index"], scores["improvement"]
    found = change_slope(previous, change, 0.94, clusters=scores["province"])
    rest = expected_from_regression(previous, 0.94, change)["left_over"]
    assert found.found.estimate == pytest.approx(-0.12, abs=0.005)  # as published, two decimals
    assert found.from_noise == pytest.approx(-0.06, abs=EXACT)
    assert found.left_over.estimate == pytest.approx(np.polyfit(previous, rest, 1)[0], abs=EXACT)
    x = np.column_stack([np.ones(len(scores)), previous])
    plain = infer(covariance(least_squares(x, change, ["1", "p"]), "cr2", scores["province"]))[1]
    assert found.found.standard_error == pytest.approx(plain.standard_error, rel=EXACT)
    width = found.left_over.high - found.left_over.low
    assert width == pytest.approx(plain.high - plain.low, rel=EXACT)


def test_misuse_is_named() -> None:
    """Reliabilities that leave nothing or are no share, other columns, rows that differ."""
    frame = simulated(np.random.default_rng(7))
    fit = fitted(frame)
    with pytest.raises(DataError, match="larger than what the other columns leave"):
        errors_in_variables(fit, "previous", 0.2, clusters=frame["province"])
    with pytest.raises(DataError, match=r"Reliability 1\.2"):
        errors_in_variables(fit, "previous", 1.2, clusters=frame["province"])
    with pytest.raises(ParameterError, match="there are intercept, previous, factor"):
        errors_in_variables(fit, "level", 0.8, clusters=frame["province"])
    with pytest.raises(DataError, match="not of the same rows"):
        change_slope(
            frame["previous_index"], frame["change"][::-1], 0.8, clusters=frame["province"]
        )
    single = frame.assign(factor=(frame["province"] == 3).astype(float))
    with pytest.raises(DataError, match="One cluster alone decides factor"):
        errors_in_variables(fitted(single), "previous", 0.9, clusters=single["province"])
