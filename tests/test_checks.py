"""Diagnostics of a regression, against R, refits, brute force and closed forms."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from math import acos, cos, radians, sin

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from scipy import stats

from smartlib.inference import factor_table
from smartlib.inference.checks.influence import influence, leave_group_out
from smartlib.inference.checks.spatial import morans_i
from smartlib.inference.checks.tests import collinearity, heteroskedasticity, reset
from smartlib.inference.checks.usable import usable
from smartlib.inference.core.columns import fit_columns
from smartlib.inference.core.distance import EARTH_RADIUS_KM
from smartlib.inference.core.least_squares import LeastSquares, least_squares
from smartlib.present.words.readings import reading
from smartlib.vocabulary.errors import DataError, ParameterError

REFERENCE = ROOT / "tests" / "reference"
EXACT = 1e-9  # the same arithmetic in another order, or a refit of few rows
SCALED = 1e-6  # powers of an outcome in other units lose some digits
DRAWS = 20_000
SIMULATED = 3 * (0.5 * 0.5 / DRAWS) ** 0.5  # three standard errors of a share, at most
DEGREE_KM = EARTH_RADIUS_KM * radians(1)  # of a great circle
NAMES = ["intercept", "share", "size", "kota"]


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """The 40 rows that R was given."""
    return pd.read_csv(REFERENCE / "diagnostics.data.csv")


@pytest.fixture(scope="module")
def x(table: pd.DataFrame) -> np.ndarray:
    return table.assign(intercept=1.0)[NAMES].to_numpy()


@pytest.fixture(scope="module")
def y(table: pd.DataFrame) -> np.ndarray:
    return table["index"].to_numpy()


@pytest.fixture(scope="module")
def by_r() -> pd.Series:
    """Numbers of R, by name (diagnostics.R beside them)."""
    return pd.read_csv(REFERENCE / "diagnostics.numbers.csv", index_col="name")["value"]


def fitted(x: np.ndarray, y: np.ndarray, names: list[str] = NAMES) -> LeastSquares:
    """The fit, with rows numbered from 1."""
    return least_squares(x, y, names, range(1, len(y) + 1))


def refit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.linalg.lstsq(x, y, rcond=None)[0]


def test_rows_agree_with_r(x, y) -> None:
    """Leverage, Cook's distance, DFBETAS and the deleted estimates are those of R's stats."""
    found = influence(fitted(x, y), factor="share", labels=range(len(y))).rows
    expected = pd.read_csv(REFERENCE / "diagnostics.rows.csv")
    pd.testing.assert_frame_equal(found, expected, check_index_type=False, rtol=0, atol=EXACT)


def test_each_deleted_estimate_is_a_refit(x, y) -> None:
    """The coefficient without a row is that of the other 39."""
    found = influence(fitted(x, y), factor="share", labels=list(range(len(y))))
    assert found.estimate == pytest.approx(refit(x, y)[1], abs=EXACT)
    for row in range(len(y)):
        others = np.arange(len(y)) != row
        without = found.rows.loc[row, "estimate_without"]
        assert without == pytest.approx(refit(x[others], y[others])[1], abs=EXACT)


def test_each_province_left_out_is_a_refit(x, y, table) -> None:
    """The coefficient without a group is that of the other groups; their rows are counted."""
    found = leave_group_out(fitted(x, y), factor="size", groups=table["province"])
    assert found.undetermined == ()
    assert found.groups["rows"].to_dict() == table["province"].value_counts().sort_index().to_dict()
    for province, without in found.groups["estimate_without"].items():
        others = (table["province"] != province).to_numpy()
        assert without == pytest.approx(refit(x[others], y[others])[2], abs=EXACT)


def test_groups_of_one_row_are_rows(x, y) -> None:
    """Both functions agree where each group is a row."""
    rows = influence(fitted(x, y), factor="share", labels=range(len(y))).rows
    groups = leave_group_out(fitted(x, y), factor="share", groups=range(len(y))).groups
    np.testing.assert_allclose(groups["estimate_without"], rows["estimate_without"], atol=EXACT)


def test_a_group_that_alone_has_a_factor_is_named(x, y, table) -> None:
    """Without it the column is constant: no estimate, and the reading says so."""
    x = x.copy()
    x[:, 3] = table["province"] == "j"
    found = leave_group_out(fitted(x, y), factor="share", groups=table["province"])
    assert found.undetermined == ("j",)
    assert "j" not in found.groups.index
    assert len(found.groups) == table["province"].nunique() - 1
    assert reading(found).endswith("Without j it does not exist.")


def test_units_leave_the_deletions_alone(x, y, table) -> None:
    """A factor in rupiah instead of shares divides its estimates, and changes no DFBETAS."""
    scale = np.array([1, 1e13, 1, 1])
    for function, extra in (
        (influence, {"labels": range(len(y))}),
        (leave_group_out, {"groups": table["province"]}),
    ):
        small = function(fitted(x, y), factor="share", **extra)
        large = function(fitted(x * scale, y), factor="share", **extra)
        frames = [getattr(r, "rows", getattr(r, "groups", None)) for r in (small, large)]
        frames[1] = frames[1].assign(estimate_without=frames[1]["estimate_without"] * 1e13)
        pd.testing.assert_frame_equal(*frames, rtol=EXACT)


def test_variance_inflation_is_one_over_what_the_others_leave(x, by_r) -> None:
    """1 / (1 - R2) of each factor on the others, and the value of R; widths are its root."""
    found = collinearity(fitted(x, np.arange(len(x)) % 2))
    assert found.inflation["share"] == pytest.approx(by_r["inflation_share"], abs=EXACT)
    for place, name in enumerate(NAMES[1:], start=1):
        others = np.delete(x, place, axis=1)
        left = x[:, place] - others @ refit(others, x[:, place])
        share = (left @ left) / ((x[:, place] - x[:, place].mean()) ** 2).sum()
        assert found.inflation[name] == pytest.approx(1 / share, abs=EXACT)
    assert "nothing to do" in reading(found)


def test_factors_that_go_together_are_read_so() -> None:
    """Two columns with correlation r inflate by 1 / (1 - r^2); a single one by nothing."""
    rng = np.random.default_rng(8)
    a, b = rng.normal(size=(2, 50))
    x = np.column_stack([np.ones(50), a, a + 0.1 * b])
    found = collinearity(fitted(x, b**2, ["one", "a", "b"]))
    r = np.corrcoef(x[:, 1], x[:, 2])[0, 1]
    assert found.inflation.tolist() == pytest.approx([1 / (1 - r**2)] * 2, rel=EXACT)
    assert "State them together" in reading(found)
    assert collinearity(fitted(x[:, :2], b, ["one", "a"])).inflation.tolist() == pytest.approx(
        [1.0]
    )


def test_classical_errors_agree_with_r(x, y, by_r) -> None:
    """The classical error of the least squares problem is that of R's summary."""
    fit = fitted(x, y)
    assert fit.classical_errors[1] == pytest.approx(by_r["standard_error"], abs=EXACT)


@pytest.mark.parametrize(("covariance", "name"), [("nonrobust", "reset"), ("HC3", "reset_hc3")])
def test_reset_agrees_with_r(x, y, by_r, covariance: str, name: str) -> None:
    """F and p-value of lmtest's resettest with powers 2 and 3, classical and with HC3."""
    found = reset(fitted(x, y), covariance=covariance)
    assert found.degrees_of_freedom == (2, 34)
    assert found.statistic == pytest.approx(by_r[name], abs=SCALED)
    assert found.p_value == pytest.approx(by_r[f"{name}_p"], abs=SCALED)


def test_reset_is_the_f_test_of_added_powers(x, y) -> None:
    """It compares sums of squares with and without them; an outcome in other units, far from zero,
    changes nothing.
    """
    predicted = x @ refit(x, y)
    augmented = np.column_stack([x, predicted**2])
    sums = [((y - columns @ refit(columns, y)) ** 2).sum() for columns in (x, augmented)]
    expected = (sums[0] - sums[1]) / (sums[1] / (len(y) - 5))
    for outcome in (y, 1e6 * y + 1e9):
        found = reset(fitted(x, outcome), powers=(2,))
        assert found.statistic == pytest.approx(expected, abs=SCALED)
        assert found.p_value == pytest.approx(stats.f.sf(expected, 1, 35), abs=SCALED)


def test_reset_sees_a_curve_that_is_there() -> None:
    """A square that was left out is found, and the reading says what to try."""
    rng = np.random.default_rng(9)
    z = rng.normal(size=100)
    found = reset(
        fitted(np.column_stack([np.ones(100), z]), z + z**2 + rng.normal(size=100), ["one", "z"])
    )
    assert found.p_value < 0.001
    assert "p < 0.001): try logarithms or a squared factor" in reading(found)


def test_breusch_pagan_agrees_with_r(x, y, by_r) -> None:
    """Statistic and p-value of lmtest's bptest, which is n R2 of the squared residuals."""
    found = heteroskedasticity(fitted(x, y))
    assert found.statistic == pytest.approx(by_r["breusch_pagan"], abs=EXACT)
    assert found.p_value == pytest.approx(by_r["breusch_pagan_p"], abs=EXACT)
    squares = (y - x @ refit(x, y)) ** 2
    left = squares - x @ refit(x, squares)
    share = 1 - (left @ left) / ((squares - squares.mean()) ** 2).sum()
    assert found.statistic == pytest.approx(len(y) * share, abs=EXACT)
    assert "goes with the factors (chi-square(3) = 10.85, p = 0.013)" in reading(found)


def place_of(table: pd.DataFrame) -> dict[str, np.ndarray]:
    return {name: table[name].to_numpy() for name in ("longitude", "latitude")}


def test_morans_i_agrees_with_r(x, y, table, by_r) -> None:
    """Statistic, moments and p-value of spdep's lm.morantest with four great-circle neighbours."""
    found = morans_i(fitted(x, y), **place_of(table), neighbours=4, draws=99)
    numbers = (found.statistic, found.expected, found.variance, found.p_value)
    names = ["moran", "moran_expected", "moran_variance", "moran_p"]
    assert numbers == pytest.approx(by_r[names].to_numpy(), abs=EXACT)


def test_morans_i_is_its_double_sum(x, y, table) -> None:
    """Counted pair by pair: each row's product with the mean of its nearest neighbours."""
    found = morans_i(fitted(x, y), **place_of(table), neighbours=3, draws=99)
    e = y - x @ refit(x, y)
    points = [(radians(a), radians(b)) for a, b in zip(*place_of(table).values(), strict=True)]

    def angle(i: int, j: int) -> float:
        (a, b), (c, d) = points[i], points[j]
        return acos(sin(b) * sin(d) + cos(b) * cos(d) * cos(a - c))

    total, distances = 0.0, []
    for i in range(len(y)):
        near = sorted((angle(i, j), j) for j in range(len(y)) if j != i)[:3]
        distances += [distance for distance, _ in near]
        total += e[i] * sum(e[j] for _, j in near) / 3
    assert found.statistic == pytest.approx(total / (e @ e), abs=EXACT)
    assert found.distance_km == pytest.approx(np.median(distances) * EARTH_RADIUS_KM, rel=EXACT)


def test_shuffles_agree_with_all_permutations() -> None:
    """With seven rows the p-value is the share of all 5,040 orders that reach the statistic."""
    rng = np.random.default_rng(10)
    x, y = np.column_stack([np.ones(7), rng.normal(size=7)]), rng.normal(size=7)
    place = {"longitude": rng.uniform(95, 141, 7), "latitude": rng.uniform(-11, 6, 7)}
    found = morans_i(fitted(x, y, ["one", "z"]), **place, neighbours=2, draws=DRAWS)
    e = y - x @ refit(x, y)
    north, east = np.radians(place["latitude"]), np.radians(place["longitude"])
    cosine = np.sin(north)[:, None] * np.sin(north) + (
        np.cos(north)[:, None] * np.cos(north) * np.cos(east[:, None] - east)
    )
    near = np.argsort(-cosine, axis=1)[:, 1:3]
    every = [
        sum(order[i] * order[near[i]].mean() for i in range(7))
        for order in (e[list(p)] for p in permutations(range(7)))
    ]
    share = np.mean(np.array(every) / (e @ e) >= found.statistic - EXACT)
    assert found.p_permutation == pytest.approx(share, abs=SIMULATED)
    assert found.p_two_sided == pytest.approx(2 * min(found.p_value, 1 - found.p_value))


def test_alike_neighbours_are_seen_and_draws_are_seeded() -> None:
    """Residuals that drift from west to east are far beyond chance; two runs are the same."""
    rng = np.random.default_rng(11)
    east = np.linspace(95, 141, 60)
    x = np.column_stack([np.ones(60), rng.normal(size=60)])
    y = np.sin(east / 4) + 0.2 * rng.normal(size=60)
    place = {"longitude": east, "latitude": np.zeros(60)}
    found = morans_i(fitted(x, y, ["one", "z"]), **place, draws=999)
    assert found.p_value < 0.001
    assert found.p_permutation == 1 / 1000
    assert reading(found).startswith("Residuals of near regions are alike (Moran's I = ")
    assert morans_i(fitted(x, y, ["one", "z"]), **place, draws=999) == found


def test_neighbours_are_near_on_the_globe() -> None:
    """One degree of the equator is 111.2 km, and the date line divides nobody."""
    rng = np.random.default_rng(12)
    x, y = np.ones((6, 1)), rng.normal(size=6)
    east = np.array([178.4, 179.5, -179.5, -178.4, 10.0, 11.0])
    place = {"longitude": east, "latitude": np.zeros(6)}
    found = morans_i(fitted(x, y, ["one"]), **place, neighbours=1, draws=9)
    assert found.distance_km == pytest.approx(DEGREE_KM, rel=EXACT)
    e = y - y.mean()
    products = e[0] * e[1] + 2 * e[1] * e[2] + e[3] * e[2] + 2 * e[4] * e[5]
    assert found.statistic == pytest.approx(products / (e @ e), abs=EXACT)


def test_the_readings_name_rows_groups_and_numbers(x, y, table) -> None:
    """The row of great leverage, the row and the province that move the coefficient most."""
    labels = [f"Row {number}" for number in range(1, len(y) + 1)]
    found = influence(fitted(x, y), factor="share", labels=labels)
    rows = found.rows
    mover = rows["dfbetas"].abs().idxmax()
    assert rows["leverage"].idxmax() == "Row 7"
    highest, mean = rows["leverage"].max(), 4 / 40  # k / n
    start = f"Row 7 has the greatest leverage ({highest:.2f}, against a mean of {mean:.2f})"
    assert reading(found).startswith(start)
    assert f"{found.estimate:.3g} with it, {rows.at[mover, 'estimate_without']:.3g} without" in (
        reading(found)
    )
    groups = leave_group_out(fitted(x, y), factor="share", groups=table["province"])
    without = groups.groups["estimate_without"]
    assert f"from {without.min():.3g} (without {without.idxmin()})" in reading(groups)
    assert "Its sign holds throughout." in reading(groups)


def test_the_strongest_rows_and_group_are_those_of_a_refit(x, y, table) -> None:
    """Greatest leverage in the hat matrix; the row and the group whose loss moves the refit most,
    each named once; nothing where no group can be left out.
    """
    found = influence(fitted(x, y), factor="size", labels=range(len(y)))
    hat = np.diag(x @ np.linalg.inv(x.T @ x) @ x.T)
    noise = {}
    for row in range(len(y)):
        others = np.arange(len(y)) != row
        beta = refit(x[others], y[others])
        spread = np.linalg.norm(y[others] - x[others] @ beta)
        noise[row] = abs(beta[2] - found.estimate) / spread
    mover = max(noise, key=noise.get)
    assert mover != hat.argmax()
    assert found.strongest == (str(hat.argmax()), str(mover))
    lever = y + 100 * np.eye(len(y))[hat.argmax()]  # the same row does both
    assert influence(fitted(x, lever), factor="size", labels=range(len(y))).strongest == (
        str(hat.argmax()),
    )
    groups = leave_group_out(fitted(x, y), factor="size", groups=table["province"])
    moved = {
        name: abs(refit(x[rows], y[rows])[2] - groups.estimate)
        for name in set(table["province"])
        for rows in [(table["province"] != name).to_numpy()]
    }
    assert groups.strongest == (max(moved, key=moved.get),)
    assert replace(groups, groups=groups.groups.iloc[:0]).strongest == ()


def test_a_sign_that_changes_is_said() -> None:
    """Where one group carries the association, leaving it out turns the sign."""
    rng = np.random.default_rng(13)
    z = np.append(rng.normal(size=30), [8, 9, 10])
    y = np.append(-0.5 * z[:30], [8, 9, 10]) + 0.1 * rng.normal(size=33)
    x = np.column_stack([np.ones(33), z])
    groups = ["a"] * 15 + ["b"] * 15 + ["c"] * 3
    found = leave_group_out(fitted(x, y, ["one", "z"]), factor="z", groups=groups)
    assert "Its sign changes: rest nothing on it." in reading(found)


def test_badung_moves_the_coefficient_of_own_source_share(tables, scores, register) -> None:
    """On the real rows Kab. Badung has the greatest leverage and influence by far, and the estimate
    without it is that of the fit to the other rows.
    """
    frame = scores.join(factor_table(tables.factors, 2022, 2024).values)
    frame["is_kota"] = (frame["kind"] == "kota").astype(float)
    factors = ["own_source_share", "log_population", "is_kota"]
    x = frame.assign(intercept=1.0)[["intercept", *factors]].to_numpy()
    y = frame["harmonised_index"].to_numpy()
    found = influence(fitted(x, y, ["intercept", *factors]), factor=factors[0], labels=frame.index)
    badung = register.resolve("Kab. Badung")
    rows = found.rows
    assert rows["leverage"].idxmax() == rows["dfbetas"].abs().idxmax() == badung
    assert rows["leverage"].nlargest(2).iloc[1] < rows.at[badung, "leverage"] / 2
    others = fit_columns(frame.drop(badung), "harmonised_index", factors).beta[1]
    assert rows.at[badung, "estimate_without"] == pytest.approx(others, abs=EXACT)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rows": 5}, "5 rows for 4 columns; at least 6"),
        ({"x": (0, 0, 2.5)}, "No intercept among intercept, share, size, kota"),
        ({"x": (3, 1, np.nan)}, "Missing or infinite numbers in share, row 4"),
        ({"x": (slice(None), 3, 1.0)}, "kota is the same in every row"),
        ({"x": (slice(1, None), 3, 0.0), "first": 1.0}, "Row 1 alone decides a coefficient"),
        ({"y": "exact"}, "reproduce the outcome exactly"),
    ],
)
def test_designs_that_cannot_be_diagnosed_are_refused(x, y, change: dict, message: str) -> None:
    """Each says which column or row, and what to do."""
    x, y = x.copy(), y.copy()
    if "x" in change:
        rows, column, value = change["x"]
        x[rows, column] = value
    x[0, 3] = change.get("first", x[0, 3])
    y = x @ [1.0, 2.0, 0.5, 0.1] if "y" in change else y
    rows = slice(0, None, 40 // change.get("rows", 40))
    with pytest.raises(DataError, match=message):
        usable(fitted(x[rows], y[rows], change.get("names", NAMES)))


def test_what_does_not_fit_the_rows_is_refused(x, y, table) -> None:
    """Labels, groups, centroids, neighbours, powers, and factors that are not there."""
    place = place_of(table)
    off = {**place, "latitude": np.where(np.arange(40) == 2, 95.0, place["latitude"])}
    alone, one = np.ones((40, 1)), ["one"]
    dummies = np.column_stack([np.ones(40), table["kota"]])
    refusals = [
        (
            lambda: influence(fitted(x, y), factor="q", labels=range(40)),
            "No coefficient is called 'q'",
        ),
        (lambda: influence(fitted(x, y), factor="share", labels=[1]), "1 labels for 40 rows"),
        (lambda: leave_group_out(fitted(x, y), factor="share", groups=[1]), "1 groups for 40"),
        (
            lambda: leave_group_out(fitted(x, y), factor="share", groups=["a"] * 39 + [None]),
            "1 rows without a group, 1 groups",
        ),
        (lambda: morans_i(fitted(x, y), **off), "No place on Earth at row 2"),
        (lambda: morans_i(fitted(x, y), **place, neighbours=40), "40 neighbours of 40 rows"),
        (lambda: morans_i(fitted(x, y), longitude=[1], latitude=[2]), "1 centroids for 40 rows"),
        (lambda: collinearity(fitted(alone, y, one)), "No factor beside the intercept"),
        (lambda: heteroskedasticity(fitted(alone, y, one)), "No factor beside the intercept"),
        (lambda: reset(fitted(dummies, y, ["one", "kota"])), "Powers 2, 3 of the fitted values"),
    ]
    for call, message in refusals:
        with pytest.raises((DataError, ParameterError), match=message):
            call()
