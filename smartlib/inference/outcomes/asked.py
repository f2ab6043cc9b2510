"""What the notebook on outcomes asks of a study, step by step (floor 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from smartlib.inference.core.estimates import Estimate
from smartlib.inference.outcomes.breaks import JUMP, break_years
from smartlib.inference.outcomes.contrast import changes, compare, leave_out
from smartlib.inference.outcomes.groups import Groups
from smartlib.inference.outcomes.honest import HonestBound, relative, smooth
from smartlib.inference.outcomes.library import has_library
from smartlib.inference.outcomes.overlap import FEWEST_EFFECTIVE, HIGHEST
from smartlib.inference.outcomes.paths import Path, path
from smartlib.inference.outcomes.staggered import (
    ESTIMATORS,
    Mixed,
    Stated,
    long_panel,
    mixed,
    stated,
)
from smartlib.inference.outcomes.study import NEAR_KM, Design, Study, most_moving, neighbours
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.tables import FIRM

RELATIVE = (0.5, 1.0)  # M of the bounds by relative magnitudes
CURVED = 0.5  # of the margin: yearly change of slope in the bounds by smoothness
EARLY = (2017, 2018, 2019)  # cohorts with years before and after, ahead of the break of 2020
LIMITS = {
    "effective": f"{FEWEST_EFFECTIVE:g}",
    "highest": f"{HIGHEST:g}",
    "relative": ", ".join(f"{m:g}" for m in RELATIVE),
}
BESIDE = (  # outcomes in their order, last year of the window, whether all regions are in
    ("grdp_c", 2019, True),
    ("grdp_c", 2020, True),
    ("grdp_per_person_a", 2019, True),
    ("grdp_per_person_a", 2019, False),
    ("mean_schooling_d", 2020, True),
    ("human_development_index_d", 2020, True),
    ("life_expectancy_d", 2020, True),
    ("unemployment_rate_c", 2019, True),
)


@dataclass(frozen=True)
class Settings:
    """What all designs of a notebook share: cohort, headline's controls."""

    cohort: tuple[int, ...]
    controls: str


def designed(
    measures: pd.DataFrame, outcome: str, window: Sequence[int], settings: Settings
) -> Design:
    """A design for a measure.

    Parameters
    ----------
    measures : DataFrame
        Indexed by measure: scale, margin.
    outcome : str
        A measure.
    window : sequence of int
        First and last year after.
    settings : Settings
        Cohort and controls.

    Raises
    ------
    DataError
        No such measure, or a window that is not two years.
    """
    if outcome not in measures.index:
        raise DataError(f"There is no outcome '{outcome}'; there are {', '.join(measures.index)}.")
    if len(window) != 2:
        raise DataError(f"The window {list(window)}; expected its first and its last year.")
    row = measures.loc[outcome]
    return Design(
        outcome=outcome,
        is_log=bool(row["scale"] == "log"),
        cohort=settings.cohort,
        controls=settings.controls,
        window=(int(window[0]), int(window[1])),
        margin=float(row["margin"]),
    )


def from_base(study: Study, base: int, groups: Groups, places: pd.DataFrame) -> Estimate:
    """The headline read against another base year.

    Parameters
    ----------
    study : Study
        Whose design is taken.
    base : int
        Base year.
    groups : Groups
        Cohorts and controls.
    places : DataFrame
        The register: province.
    """
    change = changes(study.wide, base, study.design.after).mean(axis=1)
    pair = (groups.treated(study.design.cohort), groups.controls(study.design.controls))
    return compare(change, *pair, places["province"]).estimate()


def omissions(study: Study, places: pd.DataFrame) -> pd.DataFrame:
    """The headline without single parts, by kind.

    Parameters
    ----------
    study : Study
        With all regions.
    places : DataFrame
        The register: region, province, longitude, latitude.

    Returns
    -------
    DataFrame
        kind (region, province, neighbours, breaks), name, and what `leave_out` gives; no line of
        breaks where no region jumps into the base year.
    """
    main, base = study.main, study.design.base
    region, near = most_moving(main), neighbours(main, places)
    provinces = {
        str(name): list(part.index) for name, part in places.groupby("province", observed=True)
    }
    by_province = leave_out(main, provinces)
    far = (by_province["estimate"] - study.headline.estimate).abs().idxmax()
    parts: dict[tuple[str, str], list[str]] = {
        ("region", str(places.at[region, "region"])): [region],
        ("province", str(far)): provinces[str(far)],
        ("neighbours", str(len(near))): near,
    }
    broken = jumping(study.wide, base) if study.design.is_log else []
    if broken:
        parts["breaks", str(len(broken))] = broken
    table = leave_out(main, {f"{kind}:{name}": rows for (kind, name), rows in parts.items()})
    keys = pd.DataFrame(list(parts), columns=["kind", "name"], index=table.index)
    return keys.join(table).reset_index(drop=True).assign(km=NEAR_KM, year=base)


def jumping(logs: pd.DataFrame, year: int) -> list[str]:
    """Regions that jump from the year before into a year.

    Parameters
    ----------
    logs : DataFrame
        Regions x years, logarithms.
    year : int
        The later of the two.
    """
    step = (logs[year] - logs[year - 1]).abs()
    return list(step.index[step > JUMP])


def paths_of(study: Study, places: pd.DataFrame) -> dict[str, Path]:
    """The path beside each kind of controls.

    Parameters
    ----------
    study : Study
        Whose path is beside the headline's controls.
    places : DataFrame
        The register: province.
    """
    found = {study.design.controls: study.path}
    for kind, one in study.comparisons.items():
        if kind not in found:
            rows = one.change.index
            pair = (rows[one.treated], rows[~one.treated])
            years = study.path.years
            found[kind] = path(study.wide, study.design.base, years, pair, places["province"])
    return found


def bounds(study: Study) -> list[HonestBound]:
    """Honest bounds at the departures fixed beforehand; by smoothness where the library is there.

    Parameters
    ----------
    study : Study
        Whose path is bounded.
    """
    found = [relative(study.path, m) for m in RELATIVE]
    if has_library():
        found += [smooth(study.path, m) for m in (0.0, CURVED * study.design.margin)]
    return found


@dataclass(frozen=True)
class Together:
    """The early cohorts as one study: all dated regions, those with firm years, what TWFE mixes."""

    all: tuple[Stated, ...]
    firm: tuple[Stated, ...]
    mixed: Mixed


def together(study: Study, groups: Groups, province: pd.Series) -> Together:
    """The early cohorts beside the never selected, over the years up to the window's end.

    Parameters
    ----------
    study : Study
        Whose outcome and window are taken.
    groups : Groups
        Cohorts and controls.
    province : Series of str
        What errors are clustered by.
    """
    design = study.design
    years = [*design.before(study.wide.columns), design.base, *design.after]
    panels = [
        long_panel(study.wide[years], early(groups, firm), province) for firm in ((), tuple(FIRM))
    ]
    found = [tuple(stated(panel, name) for name in ESTIMATORS) for panel in panels]
    return Together(found[0], found[1], mixed(panels[0]))


def early(groups: Groups, firm: Sequence[str] = ()) -> pd.Series:
    """Year of selection of the early cohorts and the never selected; missing for all others.

    Parameters
    ----------
    groups : Groups
        All regions.
    firm : sequence of str, optional
        Certainties to keep; by default all.
    """
    keep = groups.treated(EARLY, firm).union(groups.controls("never"))
    return groups.cohort.where(groups.cohort.index.isin(keep))


def late_cohorts(groups: Groups, last: int) -> list[int]:
    """Years of selection, but for the last cohort's, that an outcome has no year after.

    Parameters
    ----------
    groups : Groups
        Cohorts.
    last : int
        Last year of the outcome.
    """
    years = groups.cohort.dropna().unique()
    return sorted(int(year) for year in years if last < year < groups.last)


@dataclass(frozen=True)
class Trap:
    """What a break in the data passes off as a difference.

    Attributes
    ----------
    whole, shorter, steady : Stated
        Over all years, up to the year before the break, and over all years without the regions
        that jump in it.
    before, apart : int
        Years before selection, and how many of their intervals leave out 0, over all years.
    jumped : int
        Regions that jump.
    last, until : int
        Last year of each.
    broken : tuple of int
        Years that break after the first selection.
    """

    whole: Stated
    shorter: Stated
    steady: Stated
    before: int
    apart: int
    jumped: int
    last: int
    until: int
    broken: tuple[int, ...]


def trap(wide: pd.DataFrame, groups: Groups, province: pd.Series) -> Trap:
    """The early cohorts over a break, and ahead of it.

    Parameters
    ----------
    wide : DataFrame
        A measure that breaks after the first selection, in logarithms.
    groups : Groups
        Cohorts and controls.
    province : Series of str
        What errors are clustered by.

    Raises
    ------
    DataError
        No year after the first selection breaks.
    """
    table = break_years(wide)
    broken = tuple(int(y) for y in table.index[table["is_break"]] if y > EARLY[0])
    if not broken:
        raise DataError("No year after the first selection breaks: there is nothing to show.")
    years = [year for year in wide.columns if year >= 2010]
    ahead = [year for year in years if year < broken[0]]
    cohort, jumped = early(groups), jumping(wide, broken[0])
    parts = (wide[years], wide[ahead], wide[years].drop(index=jumped))
    whole, shorter, steady = (
        stated(long_panel(part, cohort, province), "group_time") for part in parts
    )
    pre = whole.by_time[whole.by_time["time"] < 0]
    apart = int(((pre["low"] > 0) | (pre["high"] < 0)).sum())
    ends = int(years[-1]), int(ahead[-1])
    return Trap(whole, shorter, steady, len(pre), apart, len(jumped), *ends, broken)
