"""Cohorts of several years together: five estimators, and what the old one mixes (floor 3).

All are the library's (`diff_diff`); here are the questions put to them and their answers as
records. Errors are clustered by province where the estimator can, and hold for many clusters only.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from smartlib.inference.outcomes.library import library
from smartlib.vocabulary.errors import DataError

KEYS = {"outcome": "y", "unit": "unit", "time": "year", "first_treat": "cohort"}


@dataclass(frozen=True)
class Stated:
    """What one estimator says.

    Attributes
    ----------
    name : str
        Of the estimator, a key of `ESTIMATORS`.
    estimate, standard_error, low, high : float
        Average over cohorts and years, with the 95% interval.
    by_time : DataFrame
        time (years since selection), estimate, low, high.
    """

    name: str
    estimate: float
    standard_error: float
    low: float
    high: float
    by_time: pd.DataFrame


@dataclass(frozen=True)
class Mixed:
    """The two-way fixed-effects estimate, and which comparisons it is made of.

    Attributes
    ----------
    estimate : float
        Two-way fixed effects.
    parts : DataFrame
        Indexed by kind of comparison (never, earlier, later): weight, estimate. `later` takes
        regions already selected for controls.
    """

    estimate: float
    parts: pd.DataFrame


def long_panel(wide: pd.DataFrame, cohort: pd.Series, province: pd.Series) -> pd.DataFrame:
    """A balanced panel in the library's shape.

    Parameters
    ----------
    wide : DataFrame
        Regions x years.
    cohort : Series
        Year of selection, 0 for never; regions where it is missing are left out.
    province : Series of str
        What errors are clustered by.

    Raises
    ------
    DataError
        A cohort selected in the first year or before, no never-selected region, no cohort.
    """
    known = wide.loc[wide.index.isin(cohort.dropna().index)].dropna()
    own = cohort[known.index]
    late = sorted(set(own) - {0.0})
    if not late or not (own == 0).any() or late[0] <= known.columns.min():
        raise DataError(
            "Cohorts need years of the outcome before their selection, and regions never selected; "
            f"cohorts {', '.join(f'{y:g}' for y in late) or 'none'}, years from "
            f"{known.columns.min()}, never selected {int((own == 0).sum())}."
        )
    long = known.stack().rename("y").rename_axis(["region", "year"]).reset_index()
    places = {region: place for place, region in enumerate(known.index)}
    return long.assign(
        unit=long["region"].map(places),
        cohort=long["region"].map(own).astype(float),
        province=long["region"].map(province),
    )


def _group_time(diff_diff: Any, control: str) -> Any:
    kind = {"never": "never_treated", "not_yet": "not_yet_treated"}[control]
    return diff_diff.CallawaySantAnna(
        control_group=kind, base_period="universal", cluster="province"
    )


def _stacked(diff_diff: Any, panel: pd.DataFrame) -> Any:
    late = panel.loc[panel["cohort"] > 0, "cohort"]
    after = int(panel["year"].max() - late.max())
    before = int(late.min() - panel["year"].min() - 1)
    return diff_diff.StackedDiD(kappa_pre=min(before, 4), kappa_post=after, cluster="unit")


ESTIMATORS: Mapping[str, Callable[[Any, pd.DataFrame], tuple[Any, dict[str, str]]]] = {
    "group_time": lambda d, _: (_group_time(d, "never"), {"aggregate": "event_study"}),
    "group_time_not_yet": lambda d, _: (_group_time(d, "not_yet"), {"aggregate": "event_study"}),
    "sun_abraham": lambda d, _: (d.SunAbraham(cluster="province"), {}),
    "imputation": lambda d, _: (
        d.ImputationDiD(cluster="province", pretrends=False),
        {"aggregate": "event_study"},
    ),
    "stacked": lambda d, panel: (_stacked(d, panel), {"aggregate": "event_study"}),
}


def stated(panel: pd.DataFrame, name: str) -> Stated:
    """What one estimator says of a panel.

    Parameters
    ----------
    panel : DataFrame
        Output of `long_panel`.
    name : str
        A key of `ESTIMATORS`.

    Raises
    ------
    DataError
        No such estimator; the library is not installed.

    Notes
    -----
    group_time: Callaway, Sant'Anna (2021), never selected as controls; group_time_not_yet: those
    not yet selected too. sun_abraham: Sun, Abraham (2021). imputation: Borusyak, Jaravel, Spiess
    (2024). stacked: a stack for each cohort, weighted (Wing, Freedman, Hollingsworth, 2024), over
    the years after that every cohort has; its errors are clustered by region.

    Verification: csdid 0.4.3, to 1e-8; published: did for R, mpdta; brute force (imputation); and
    by simulation of a known truth.

    References
    ----------
    Borusyak, K., Jaravel, X., and Spiess, J. (2024). Revisiting event-study designs: robust and
    efficient estimation. Review of Economic Studies, 91(6), 3253-3285.

    Callaway, B., and Sant'Anna, P. (2021). Difference-in-differences with multiple time periods.
    Journal of Econometrics, 225(2), 200-230.

    Sun, L., and Abraham, S. (2021). Estimating dynamic treatment effects in event studies with
    heterogeneous treatment effects. Journal of Econometrics, 225(2), 175-199.
    """
    if name not in ESTIMATORS:
        raise DataError(f"No estimator '{name}'; there are {', '.join(ESTIMATORS)}.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of options that are to be renamed in its next version
        estimator, asked = ESTIMATORS[name](library(), panel)
        result = estimator.fit(panel, **KEYS, **asked)
        low, high = result.overall_conf_int
    times = [
        (int(time), float(one["effect"]), *map(float, one["conf_int"]))
        for time, one in sorted(result.event_study_effects.items())
        if np.isfinite(one["se"]) and one["se"] > 0
    ]
    by_time = pd.DataFrame(times, columns=["time", "estimate", "low", "high"])
    estimate, error = float(result.overall_att), float(result.overall_se)
    return Stated(name, estimate, error, float(low), float(high), by_time)


def mixed(panel: pd.DataFrame) -> Mixed:
    """Two-way fixed effects taken apart.

    Parameters
    ----------
    panel : DataFrame
        Output of `long_panel`.

    Notes
    -----
    The estimate is the weighted sum of two-by-two comparisons; those that take regions selected
    earlier for controls subtract what selection went with there (Goodman-Bacon, 2021).

    Verification: published: fixest and bacondecomp for R, mpdta; closed form: demeaned least
    squares.

    References
    ----------
    Goodman-Bacon, A. (2021). Difference-in-differences with variation in treatment timing.
    Journal of Econometrics, 225(2), 254-277.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = library().bacon_decompose(panel, **KEYS)
    kinds = {
        "never": "treated_vs_never",
        "earlier": "earlier_vs_later",
        "later": "later_vs_earlier",
    }
    parts = {
        name: (
            float(getattr(found, f"total_weight_{kind}")),
            float(getattr(found, f"weighted_avg_{kind}") or 0.0),
        )
        for name, kind in kinds.items()
    }
    table = pd.DataFrame.from_dict(parts, orient="index", columns=["weight", "estimate"])
    return Mixed(float(found.twfe_estimate), table)
