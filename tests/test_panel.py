"""Several years: R's plm and clubSandwich, dummies by hand, a simulated panel of known truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.least_squares import least_squares
from smartlib.inference.core.sandwich import infer
from smartlib.inference.programme.panel import (
    Keys,
    event_time,
    two_way_fixed_effects,
)
from smartlib.vocabulary.errors import DataError

REFERENCE = ROOT / "tests" / "reference"
SIMULATED = pd.read_csv(REFERENCE / "programme.simulated_panel.csv")
R = pd.read_csv(REFERENCE / "programme.csv").set_index(["model", "name"])
KEYS = Keys("unit", "year", "region")
SAME = 1e-8  # two programs' decompositions
SAME_DF = 1e-6  # the same of degrees of freedom, which are ratios of fourth powers
EXACT = 1e-9  # the same arithmetic in another order


def test_estimates_errors_and_degrees_of_freedom_are_those_of_r() -> None:
    """On the simulated panel, five rows lost: lm with dummies and clubSandwich's CR2; plm's two-way
    within estimator has the same slope.
    """
    stored, found = R.loc[("two-way", "x")], two_way_fixed_effects(SIMULATED, "y", ["x"], KEYS)["x"]
    assert found.estimate == pytest.approx(stored["estimate"], rel=SAME)
    assert found.standard_error == pytest.approx(stored["error"], rel=SAME)
    assert found.degrees_of_freedom == pytest.approx(stored["df"], rel=SAME_DF)
    assert found.estimate == pytest.approx(R.at[("two-way plm", "x"), "estimate"], rel=SAME)


def test_taking_out_means_is_a_dummy_for_each_unit() -> None:
    """Years' coefficients too, with errors and degrees of freedom, are those of all dummies."""
    found = two_way_fixed_effects(SIMULATED, "y", ["x"], KEYS)
    dummies = pd.get_dummies(SIMULATED[["unit", "year"]].astype(str), dtype=float)
    x = SIMULATED[["x"]].join(dummies.drop(columns="year_2021"))
    fit = least_squares(x, SIMULATED["y"], x.columns)
    plain = {c.name: c for c in infer(covariance(fit, "cr2", SIMULATED["region"]))}
    for c in found.coefficients:
        other = plain[c.name if c.name == "x" else f"year_{c.name}"]
        assert c.estimate == pytest.approx(other.estimate, rel=SAME)
        assert c.standard_error == pytest.approx(other.standard_error, rel=SAME)
        assert c.degrees_of_freedom == pytest.approx(other.degrees_of_freedom, rel=SAME_DF)
    assert (found.rows, found.units, found.years, found.clusters) == (145, 30, 5, 6)


def test_levels_of_units_and_years_do_not_matter() -> None:
    """Adding any constant to a unit or to a year, and shuffling rows, leaves the slope alone."""
    moved = SIMULATED.assign(
        y=SIMULATED["y"] + SIMULATED["unit"] ** 2 + 3.0 * (SIMULATED["year"] % 3)
    ).sample(frac=1, random_state=1)
    a, b = (two_way_fixed_effects(frame, "y", ["x"], KEYS)["x"] for frame in (SIMULATED, moved))
    assert a.estimate == pytest.approx(b.estimate, rel=1e-7)  # levels up to 900 cost digits
    assert a.standard_error == pytest.approx(b.standard_error, rel=1e-7)


def simulated_event(rng: np.random.Generator, units: int = 60) -> pd.DataFrame:
    """Half of the units have an event in 2022, after which the outcome lies 0.2, 0.4, 0.6 up."""
    frame = pd.DataFrame(
        [(u, t) for u in range(units) for t in range(2019, 2025)], columns=["unit", "year"]
    )
    frame["region"] = frame["unit"] % 15
    frame["event"] = np.where(frame["unit"] < units // 2, 2022.0, np.nan)
    since = (frame["year"] - frame["event"]).fillna(-1)
    level = rng.normal(size=units)[frame["unit"]] + rng.normal(size=6)[frame["year"] - 2019]
    frame["y"] = level + 0.2 * (since + 1).clip(lower=0) + 0.3 * rng.normal(size=len(frame))
    return frame


def test_event_times_are_differences_of_differences() -> None:
    """With one event year each estimate is (group - others) at that year minus the same in the
    last year before the event.
    """
    frame = simulated_event(np.random.default_rng(2))
    found = event_time(frame, "y", "event", KEYS, window=(-5, 5)).set_index("time")
    means = frame.groupby(["year", frame["event"].notna()])["y"].mean().unstack()
    gap = means[True] - means[False]
    for t in range(-3, 3):
        assert found.at[t, "estimate"] == pytest.approx(gap[2022 + t] - gap[2021], abs=EXACT)
    assert found.index.tolist() == [-3, -2, -1, 0, 1, 2]
    assert (found["rows"] == 30).all()
    assert found.at[-1, "estimate"] == 0
    assert np.isnan(found.at[-1, "standard_error"])


def test_event_time_intervals_hold_a_simulated_truth() -> None:
    """Simulated, 60 panels: 95% intervals hold 0, 0, 0.2, 0.4, 0.6 in 84% or more (four binomial
    errors) and are on average right within four errors.
    """
    rng = np.random.default_rng(20241125)
    truth = np.array([0, 0, 0, 0.2, 0.4, 0.6])
    tables = [event_time(simulated_event(rng), "y", "event", KEYS) for _ in range(60)]
    held = np.array([(t["low"] <= truth) & (truth <= t["high"]) for t in tables]).mean(axis=0)
    errors = np.array([t["estimate"] - truth for t in tables])
    assert (held >= 0.84).all()
    others = [0, 1, 3, 4, 5]
    noise = errors.std(axis=0)[others] / 60**0.5
    assert (np.abs(errors.mean(axis=0)[others]) < 4 * noise).all()


def test_years_beyond_the_window_join_its_ends() -> None:
    """A window of one year after the event puts both later years into one estimate."""
    frame = simulated_event(np.random.default_rng(3))
    found = event_time(frame, "y", "event", KEYS, window=(-2, 1)).set_index("time")
    assert found.index.tolist() == [-2, -1, 0, 1]
    assert found["rows"].tolist() == [60, 30, 30, 60]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"unit": 1}, "More than one row of 1 2021"),
        ({"region": np.arange(145)}, "is not in one cluster"),
        ({"x": np.nan}, "No finite number in x"),
    ],
)
def test_panels_that_are_none_are_refused(change: dict, message: str) -> None:
    """Repeated rows, units in two clusters, missing values are named."""
    with pytest.raises(DataError, match=message):
        two_way_fixed_effects(SIMULATED.assign(**change), "y", ["x"], KEYS)


def test_factors_that_never_change_are_refused() -> None:
    """A unit's own constant, one year alone, an event for all at once, a window without before."""
    with pytest.raises(DataError, match="area never changes inside a unit"):
        two_way_fixed_effects(
            SIMULATED.assign(area=SIMULATED["unit"] * 1.7), "y", ["x", "area"], KEYS
        )
    with pytest.raises(DataError, match="All rows are of one year"):
        two_way_fixed_effects(SIMULATED[SIMULATED["year"] == 2022], "y", ["x"], KEYS)
    frame = simulated_event(np.random.default_rng(4)).assign(event=2022)
    with pytest.raises(DataError, match="Every unit had the event in the same year"):
        event_time(frame, "y", "event", KEYS)
    with pytest.raises(DataError, match="expected a start below -1"):
        event_time(frame, "y", "event", KEYS, window=(-1, 3))
