"""Two or more years of tables: two-way fixed effects, time since an event (floor 3).

What never changes in a region drops out, and what changes alike everywhere. That leaves changes
inside regions beside those of other regions: still associations, unless regions would have moved
in parallel otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartlib.inference.core.columns import numbers
from smartlib.inference.core.covariance import covariance
from smartlib.inference.core.estimates import Estimate
from smartlib.inference.core.least_squares import least_squares
from smartlib.inference.core.sandwich import infer
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.messages import listed

BEFORE = -1  # relative time that event-time estimates are read against: the last before the event
MOVES = 1e-10  # of a factor's length: less inside units is rounding


@dataclass(frozen=True)
class PanelFit:
    """A regression over several years.

    Attributes
    ----------
    coefficients : tuple of Estimate
        Of the factors, in their order, then of the years (against the first).
    rows, units, years, clusters : int
        What it rests on.
    """

    coefficients: tuple[Estimate, ...]
    rows: int
    units: int
    years: int
    clusters: int

    def __getitem__(self, name: str) -> Estimate:
        """Coefficient of a factor."""
        return next(c for c in self.coefficients if c.name == name)


@dataclass(frozen=True)
class Keys:
    """Columns that say what a row of a panel is.

    Attributes
    ----------
    unit : str
        Region.
    time : str
        Year, a whole number.
    cluster : str
        What errors are clustered by; each unit lies in one.
    """

    unit: str
    time: str
    cluster: str


def two_way_fixed_effects(
    panel: pd.DataFrame, outcome: str, factors: Sequence[str], keys: Keys, *, level: float = 0.95
) -> PanelFit:
    """The outcome on factors, with a level of its own for each unit and each year.

    Parameters
    ----------
    panel : DataFrame, shape (n, ...)
        One row a unit and year; not every unit needs every year.
    outcome, factors : str, sequence of str
        Columns.
    keys : Keys
        Unit, year and cluster.
    level : float, default 0.95
        Of the intervals.

    Returns
    -------
    PanelFit

    Raises
    ------
    DataError
        Missing values, a unit with two rows of a year or in two clusters, fewer than two years,
        a factor that never changes inside a unit.

    Notes
    -----
    y_it = a_i + c_t + x_it b + error. Units' levels are taken out by their means (of outcome,
    factors and year dummies), which gives the same b, CR2 and degrees of freedom as a dummy for
    each unit, since units lie in one cluster (Pustejovsky, Tipton, 2018). Assumes errors
    unrelated with the factors of all years. With an event that comes at several times and with
    differences that vary, b is a weighted mean of them whose weights may be negative
    (Goodman-Bacon, 2021).

    References
    ----------
    Goodman-Bacon, A. (2021). Difference-in-differences with variation in treatment timing.
    Journal of Econometrics, 225(2), 254-277.

    Pustejovsky, J. E., and Tipton, E. (2018). Small-sample methods for cluster-robust variance
    estimation and hypothesis testing in fixed effects models. Journal of Business & Economic
    Statistics, 36(4), 672-683.
    """
    data = _checked(panel, outcome, factors, keys)
    years = _dummies(data[keys.time])
    if years.empty or not len(years.columns):
        raise DataError("All rows are of one year; expected two or more.")
    table = data[[outcome, *factors]].join(years)
    within = table - table.groupby(data[keys.unit]).transform("mean")
    still = [n for n in factors if np.linalg.norm(within[n]) < MOVES * np.linalg.norm(table[n])]
    if still:
        raise DataError(
            f"{listed(still)} never changes inside a unit: its level is part of the unit's own. "
            "Leave it out, or multiply it by a year."
        )
    return _fit(within[[*factors, *years]], within[outcome], data, keys, level)


def event_time(
    panel: pd.DataFrame,
    outcome: str,
    event: str,
    keys: Keys,
    *,
    factors: Sequence[str] = (),
    window: tuple[int, int] = (-4, 4),
    level: float = 0.95,
) -> pd.DataFrame:
    """Differences by years since an event, against the last year before it.

    Parameters
    ----------
    panel : DataFrame, shape (n, ...)
        One row a unit and year.
    outcome : str
        Column.
    event : str
        Column with the year of the unit's event, missing where it never came.
    keys : Keys
        Unit, year and cluster.
    factors : sequence of str, optional
        Columns to adjust for.
    window : tuple of int, default (-4, 4)
        First and last relative year; those beyond join the ends.
    level : float, default 0.95
        Of the intervals.

    Returns
    -------
    DataFrame
        time, estimate, low, high, standard_error, degrees_of_freedom, p_value, rows (of units
        with the event); time -1 is 0 by definition and has no error.

    Raises
    ------
    DataError
        What `two_way_fixed_effects` refuses; a window without years before -1 and from 0 on; no
        unit without the event beside units of one event year.

    Notes
    -----
    Two-way fixed effects with a column for each relative year but -1. Estimates before -1 show
    whether the units moved apart before the event already; that they did not is no proof that
    they would not have afterwards. Where the event came at several times, a relative year's
    estimate is contaminated by other relative years' if differences vary between units of
    different event years (Sun, Abraham, 2021).

    References
    ----------
    Sun, L., and Abraham, S. (2021). Estimating dynamic treatment effects in event studies with
    heterogeneous treatment effects. Journal of Econometrics, 225(2), 175-199.
    """
    first, last = window
    if not first < BEFORE < last:
        raise DataError(f"Window {window}; expected a start below {BEFORE} and an end above it.")
    relative = (panel[keys.time] - panel[event]).clip(first, last)
    times = sorted(int(k) for k in relative.dropna().unique() if k != BEFORE)
    names = {k: f"event {k:+d}" for k in times}
    columns = {name: (relative == k).astype(float) for k, name in names.items()}
    if panel[event].notna().all() and panel[event].nunique() == 1:
        raise DataError(
            "Every unit had the event in the same year; expected units without it, or with "
            "other years, to compare with."
        )
    wide = panel.assign(**columns)
    fit = two_way_fixed_effects(wide, outcome, [*names.values(), *factors], keys, level=level)
    fields = ["estimate", "low", "high", "standard_error", "degrees_of_freedom", "p_value"]
    rows = [
        {"time": k, **{field: getattr(fit[name], field) for field in fields}}
        for k, name in names.items()
    ]
    reference = {"time": BEFORE, "estimate": 0.0, "low": 0.0, "high": 0.0}
    table = pd.DataFrame([*rows, reference]).sort_values("time", ignore_index=True)
    return table.assign(rows=[int((relative == k).sum()) for k in table["time"]])


def _checked(panel: pd.DataFrame, outcome: str, factors: Sequence[str], keys: Keys) -> pd.DataFrame:
    """The columns needed, sorted by unit and year, with rows numbered."""
    data = numbers(panel, [outcome, *factors, keys.time])
    data = data.assign(**{name: panel[name] for name in (keys.unit, keys.cluster)})
    twice = data[data.duplicated([keys.unit, keys.time])]
    if len(twice):
        pairs = zip(twice[keys.unit], twice[keys.time], strict=True)
        places = [f"{unit} {time:g}" for unit, time in pairs]
        raise DataError(f"More than one row of {listed(places)}; expected one a unit and year.")
    spread = data.groupby(keys.unit)[keys.cluster].nunique()
    if (spread != 1).any():
        units = spread.index[spread != 1]
        raise DataError(
            f"Unit {listed(units)} is not in one cluster; expected one, the same in all years."
        )
    return data.sort_values([keys.unit, keys.time], ignore_index=True)


def _dummies(years: pd.Series) -> pd.DataFrame:
    """A column for each year but the first."""
    return pd.DataFrame({f"{t:g}": (years == t).astype(float) for t in sorted(years.unique())[1:]})


def _fit(x: pd.DataFrame, y: pd.Series, data: pd.DataFrame, keys: Keys, level: float) -> PanelFit:
    rows = data[keys.unit].astype(str) + " " + data[keys.time].map("{:g}".format)
    fit = least_squares(x, y, x.columns, rows)
    found = covariance(fit, "cr2", data[keys.cluster])
    groups = 0 if found.clusters is None else len(found.clusters)
    counts = (len(fit.y), data[keys.unit].nunique(), data[keys.time].nunique(), groups)
    return PanelFit(infer(found, level=level), *counts)
